"""The columns of a reader's own table: what each holds, within what bounds, and an example."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray

MEANING: Mapping[str, str] = MappingProxyType(
    {
        "people": "How many people are in the group.",
        "needs": "How many complex needs each person of it has, from 0 to 5 (“Complex need” in the glossary).",
        "decile": "The tenth of areas by deprivation in which they live: 1 is the most deprived, 10 the least.",
        "probability": (
            "The share of them who reoffend at least once in the follow-up (usually a year) without extra support: "
            "0.47, or 47%."
        ),
        "rate": (
            "How many reoffences there are per person of the group in that time, those who do not reoffend counted in: "
            "at least the share who reoffend."
        ),
        "severity": (
            "The mean harm of a reoffence, in days of prison by the Cambridge Crime Harm Index. Where you do not know "
            "it, give every group the same: it counts only where a price pays by harm."
        ),
        "decile_employment": "The tenth by deprivation in employment, if you know it; the overall tenth stands in.",
        "decile_housing": "The tenth by barriers to housing and services, if you know it; the overall tenth stands in.",
    }
)
"""What each column holds, in a sentence; the last two may be left out."""
COLUMNS = tuple(MEANING)
REQUIRED = COLUMNS[:6]
OPTIONAL = COLUMNS[6:]
SHARES = ("probability", "rate")
"""Columns in which a percent sign has one meaning."""
EXAMPLE = f"{','.join(REQUIRED)}\n420,0,9,0.12,0.15,6.0\n800,3,1,0.47,1.80,8.5\n"
"""A table of two groups, to be written over."""
FEWEST, MOST = 1, 10_000_000
"""People of a whole table. With the bounds of each column, what every question has been tried at."""
RULES: dict[str, tuple[str, Callable[[FloatArray], BoolArray]]] = {
    "people": ("above 0", lambda v: v > 0),
    "needs": ("a whole number from 0 to 5", lambda v: (v >= 0) & (v <= 5) & (v == np.floor(v))),
    "decile": ("a whole number from 1 to 10", lambda v: (v >= 1) & (v <= 10) & (v == np.floor(v))),
    "probability": ("from 0.0001 to 0.999", lambda v: (v >= 0.0001) & (v <= 0.999)),
    "rate": ("from 0.0001 to 100", lambda v: (v >= 0.0001) & (v <= 100)),
    "severity": ("from 0.001 to 10,000", lambda v: (v >= 0.001) & (v <= 10_000)),
}
RULES |= dict.fromkeys(OPTIONAL, RULES["decile"])
