"""Flags that a seat raises: the limits, each once, and how a flag is written.

The limits are this explorer's own choice; no published source sets them.
"""

from dataclasses import dataclass

import numpy as np

MANY = 0.25
"""Share of people for whom it pays to do the minimum, or who lose money whatever is done."""
TEMPTING = 0.10
"""What cutting support gains, as a share of the contract value."""
RISKY = 0.20
"""Chance of a loss; and share of the contract paid on results, the ceiling of the consultation answer of 2013."""
RUINOUS = 0.05
"""Chance that reserves run out: one year in 20."""
BY_LUCK = 0.25
"""Chance that results are paid for although support has changed nothing."""

Raised = tuple[bool, str, str]
"""Whether a flag is raised, its code, and its sentence."""


@dataclass(frozen=True)
class Flag:
    """A flag: a stable ``code`` and a ``sentence`` with its number, its limit and why it matters."""

    code: str
    sentence: str


def money(amount: float) -> str:
    """Whole £ for a sentence, with a true minus sign."""
    if np.isnan(amount):
        return "no number of £"
    return f"{'−' if round(amount) < 0 else ''}£{abs(amount):,.0f}"


def raised(found: list[Raised]) -> tuple[Flag, ...]:
    """The flags that are raised."""
    return tuple(Flag(code, sentence) for up, code, sentence in found if up)
