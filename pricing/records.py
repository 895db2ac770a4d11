"""Numbers ready for JSON."""

import math


def number(value: float) -> float | None:
    """A number, or null where it is not defined: JSON has no nan."""
    return None if math.isnan(value) else float(value)
