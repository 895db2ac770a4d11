"""Fit the risk curves of the shipped cohorts and write ``curves.json`` beside their cells.

Run ``python -m data.fit_curves``. The file holds what prediction needs, the report on the people held out, and the
SHA-256 of the cells it was fitted to. It is read without statsmodels.
"""

import os

from data.build_tables import COHORTS, HERE, STATIC, TABLES
from pricing.people.cells import sha256
from pricing.records.curves_file import fitted


def main() -> None:
    """Write the curves of every declared cohort, then the checksums of all that is shipped."""
    for declared in sorted(COHORTS.glob("*/cohort.toml")):
        declared.with_name("curves.json").write_text(fitted(declared.parent), encoding="utf-8")
    (HERE / "SHA256SUMS").write_text(checksums(), encoding="utf-8")


def checksums() -> str:
    """One line per shipped table, cohort, curve and shape, as ``sha256sum`` writes them in this folder."""
    files = [path for folder in (STATIC, COHORTS, TABLES) for path in sorted(folder.rglob("*")) if path.is_file()]
    return "".join(f"{sha256(path)}  {os.path.relpath(path, HERE)}\n" for path in files)


if __name__ == "__main__":
    main()
