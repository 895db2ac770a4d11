"""Fit the risk curves of the shipped cohorts and write ``curves.json`` beside their cells.

Run ``python -m data.fit_curves``. The file holds what prediction needs, the report on the people held out, and the
SHA-256 of the cells it was fitted to. It is read without statsmodels.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from data.build_tables import COHORTS, HERE, STATIC, TABLES
from pricing.people.cells import read_cells, read_declaration, sha256
from pricing.people.fitting import check, fit_curves
from pricing.people.reoffence_counts import read_histogram
from pricing.people.risk_curves import Curve


def fitted(folder: Path) -> dict[str, Any]:
    """Content of the curves file of the cohort in ``folder``."""
    cells_file = folder / "cells.csv"
    counts_file = folder / "counts.csv"
    cells = read_cells(cells_file, read_declaration(folder / "cohort.toml"))
    histogram = read_histogram(counts_file) if counts_file.exists() else None
    curves = fit_curves(cells, histogram)
    return {
        "cells_sha256": sha256(cells_file),
        "curves": {kind: plain(curve) for kind, curve in curves.items()},
        "hold_out": asdict(check(cells, histogram)),
    }


def plain(curve: Curve) -> dict[str, Any]:
    """A curve as JSON can hold it: lists of numbers."""
    fields = asdict(curve)
    fields["rows"] = {key: rows.tolist() for key, rows in curve.rows.items()}
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in fields.items()}


def rounded(value: Any) -> Any:
    """The same nested lists, with numbers to 10 significant digits: what lies beyond hangs on the number of threads."""
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return [rounded(part) for part in value] if isinstance(value, list | tuple) else value


def main() -> None:
    """Write the curves of every declared cohort, then the checksums of all that is shipped."""
    for declared in sorted(COHORTS.glob("*/cohort.toml")):
        content = json.dumps(rounded(fitted(declared.parent)), separators=(",", ":"))
        declared.with_name("curves.json").write_text(content + "\n", encoding="utf-8")
    (HERE / "SHA256SUMS").write_text(checksums(), encoding="utf-8")


def checksums() -> str:
    """One line per shipped table, cohort, curve and shape, as ``sha256sum`` writes them in this folder."""
    files = [path for folder in (STATIC, COHORTS, TABLES) for path in sorted(folder.rglob("*")) if path.is_file()]
    return "".join(f"{sha256(path)}  {os.path.relpath(path, HERE)}\n" for path in files)


if __name__ == "__main__":
    main()
