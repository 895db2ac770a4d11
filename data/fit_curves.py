"""Fit the risk curves of the shipped cohorts and write ``curves.json`` beside their cells.

Run ``python -m data.fit_curves``, for all, or with the names of some. The file holds what prediction needs, the report
on the people held out, and the SHA-256 of the cells it was fitted to. It is read without statsmodels. A file that says
the same is left as it is.
"""

import json
import math
import os
import sys
from collections.abc import Sequence
from typing import Any

from data.build_tables import COHORTS, HERE, STATIC, TABLES
from pricing.people.cells import sha256
from pricing.people.records.curves_file import fitted

AGREE = 1e-8
"""Relative difference below which two fits are one: the tenth digit hangs on the machine."""


def main(names: Sequence[str] = ()) -> None:
    """Write the curves of the cohorts with these names, or of all, then the checksums of all that is shipped."""
    for folder in [COHORTS / name for name in names] or sorted(path.parent for path in COHORTS.glob("*/cohort.toml")):
        file, found = folder / "curves.json", fitted(folder)
        if not file.exists() or not same(json.loads(file.read_text(encoding="utf-8")), json.loads(found)):
            file.write_text(found, encoding="utf-8")
    (HERE / "SHA256SUMS").write_text(checksums(), encoding="utf-8")


def same(one: Any, other: Any) -> bool:
    """Whether two values of JSON agree, numbers up to AGREE of the larger."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=AGREE)
    return bool(one == other)


def checksums() -> str:
    """One line per shipped table, cohort, curve and shape, as ``sha256sum`` writes them in this folder."""
    files = [path for folder in (STATIC, COHORTS, TABLES) for path in sorted(folder.rglob("*")) if path.is_file()]
    return "".join(f"{sha256(path)}  {os.path.relpath(path, HERE)}\n" for path in files)


if __name__ == "__main__":
    main(sys.argv[1:])
