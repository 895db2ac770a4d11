"""Curves and hold-out as ``curves.json`` holds them, beside the cells that they were fitted to."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from pricing.people.cells import read_cells, read_declaration, sha256
from pricing.people.hold_out import HoldOut
from pricing.people.reoffence_counts import read_histogram
from pricing.people.risk_curves import Curve


def fitted(folder: Path) -> str:
    """Content of the curves file of the cohort in ``folder``: what prediction needs, and the report on the hold-out."""
    from pricing.people.fitting import check, fit_curves  # noqa: PLC0415 - a second that only those pay who fit

    cells_file, counts_file = folder / "cells.csv", folder / "counts.csv"
    cells = read_cells(cells_file, read_declaration(folder / "cohort.toml"))
    histogram = read_histogram(counts_file) if counts_file.exists() else None
    return text(sha256(cells_file), fit_curves(cells, histogram), check(cells, histogram))


def text(cells_sha256: str, curves: Mapping[str, Curve], hold_out: HoldOut) -> str:
    """The file, one line of JSON."""
    content = {
        "cells_sha256": cells_sha256,
        "curves": {kind: plain(curve) for kind, curve in curves.items()},
        "hold_out": asdict(hold_out),
    }
    return json.dumps(rounded(content), separators=(",", ":")) + "\n"


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
