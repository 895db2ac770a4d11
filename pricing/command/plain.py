"""Numbers ready for JSON."""

import math
from collections.abc import Mapping


def number(value: float) -> float | None:
    """A number, or null where it is not defined: JSON has no nan."""
    return None if math.isnan(value) else float(value)


def record(row: Mapping[str, float]) -> dict[str, float | int | None]:
    """One row of a table; whole numbers stay whole."""
    return {name: value if isinstance(value, int) else number(value) for name, value in row.items()}
