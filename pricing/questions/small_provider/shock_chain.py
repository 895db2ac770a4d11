"""The luck that all clients share from year to year: a normal shock that in part persists, on a grid of its values.

The shock of a year and that of the next are jointly normal with a correlation. On the grid the chances of going from
one value to another are that density, scaled so that every single year has the same chances of each shock.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from pricing.people.arrays import FloatArray

ENDS = 3.6
"""Standard deviations to which shocks are followed; what lies beyond has a chance of 3 in 10,000."""
APART = (0.9, 0.2)
"""Standard deviations between two values of the grid: at most, and at least."""
FINE = 1.8
"""Values of the grid, about, in a stretch of shocks over which own luck hides what the shock does."""
ROUNDS = 60
"""Rounds in which the chances are scaled: each leaves a small part of what was wrong."""
ALL = 0.9999
"""A correlation that is as good as 1."""


@dataclass(frozen=True, eq=False)
class Chain:
    """Shocks ``z`` in log-odds with the ``chances`` of each in any year, both (states,).

    ``following`` the chances of the next year's shock, (states now, states next).
    """

    z: FloatArray
    chances: FloatArray
    following: FloatArray


def chain(sigma: float, persists: float, reach: float) -> Chain:
    """Shocks of standard deviation ``sigma`` of which a part ``persists``, a correlation from 0 to 1.

    ``reach`` is by how many standard deviations of own luck a shock of one sigma moves the year: the farther, the
    finer is the grid. Without a shock there is one state.
    """
    if sigma == 0:
        return Chain(np.zeros(1), np.ones(1), np.ones((1, 1)))
    apart = float(np.clip(FINE / np.hypot(1.0, reach), APART[1], APART[0]))
    half = int(np.ceil(ENDS / apart))
    x = ENDS * np.arange(-half, half + 1) / half
    chances = np.exp(-(x**2) / 2)
    chances /= chances.sum()
    return Chain(sigma * x, chances, following(x, chances, persists))


def following(x: FloatArray, chances: FloatArray, persists: float) -> FloatArray:
    """Chances of the next year's shock, (states now, states next), shocks ``x`` in standard deviations.

    A coarse grid moves the correlation of the density that is put on it, so the density is chosen such that the
    chances on the grid have the correlation that is asked for.
    """
    if persists >= ALL:
        return np.eye(len(x))

    def missed(correlation: float) -> float:
        found = scaled(x, chances, correlation)
        return float((chances * x) @ found @ x / (chances @ x**2)) - persists

    ends = (0.0, 1 - 1e-6)
    if missed(ends[0]) >= 0 or missed(ends[1]) <= 0:
        return scaled(x, chances, persists)
    return scaled(x, chances, float(brentq(missed, *ends, xtol=1e-6)))


def scaled(x: FloatArray, chances: FloatArray, correlation: float) -> FloatArray:
    """The normal density with a ``correlation`` on the grid, scaled so that every year has the same ``chances``."""
    left = 1 - correlation**2
    away = correlation**2 * (x[:, None] ** 2 + x**2) - 2 * correlation * x[:, None] * x
    joint = chances[:, None] * chances * np.exp(-away / (2 * left)) / np.sqrt(left)
    scaling = np.ones_like(x)
    for _ in range(ROUNDS):
        scaling = np.sqrt(scaling * chances / (joint @ scaling))
    found = scaling[:, None] * joint * scaling
    return np.asarray(found / found.sum(axis=1, keepdims=True))
