"""A year's luck that all people share: a normal shift of everyone's log-odds that leaves every mean where it is.

The shock is integrated by the trapezoidal rule, whose error for a function that is analytic within ``a`` standard
deviations of the real line is at most 2 M / (exp(2 pi a / h) - 1), h the spacing of its nodes and M the integral of
the function's modulus along the worse edge of that strip (Trefethen and Weideman 2014, theorem 5.1).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import logit, ndtr

from pricing.people.cohort import FloatArray, IntArray

SHOCKS = 6.5
"""Standard deviations to which common shocks are followed; what lies beyond has a chance of 1 in 10,000 million."""
STRETCHES = np.linspace(-SHOCKS, SHOCKS, 14)
"""Ends of the stretches of shocks for which bounds are set."""
COARSE, FINE = 0.9, 0.005
"""Spacing of the rule's nodes, standard deviations: at most, and at least."""
ERROR = 25.0
"""Minus the logarithm of the rule's error: 1 in 100,000 million."""
NEWTON = 12


@dataclass(frozen=True, eq=False)
class Shocks:
    """Years with a common shock: its size ``z`` in log-odds and the weight of each, both (years,)."""

    z: FloatArray
    weights: FloatArray
    sigma: float

    @classmethod
    def of(cls, sigma: float, spacing: float = 0.25) -> "Shocks":
        """Nodes of a normal shock, ``spacing`` standard deviations apart."""
        if sigma == 0:
            return cls(np.zeros(1), np.ones(1), 0.0)
        x, weights = rule(int(np.ceil(SHOCKS / spacing)))
        return cls(sigma * x, weights, sigma)


@lru_cache(maxsize=64)
def rule(half: int) -> tuple[FloatArray, FloatArray]:
    """Nodes of the standard normal within SHOCKS, ``half`` on either side of 0, and their weights."""
    x = SHOCKS * np.arange(-half, half + 1) / half
    weights = np.exp(-(x**2) / 2)
    return x, weights / weights.sum()


def stretches(sigma: float) -> tuple[FloatArray, FloatArray]:
    """The shocks that end stretches, and the logarithm of the chance of each stretch; without a shock one of each."""
    if sigma == 0:
        return np.zeros(1), np.zeros(1)
    return sigma * STRETCHES, np.log(np.diff(ndtr(STRETCHES)))


def stretch_of(shocks: Shocks) -> IntArray:
    """The stretch in which each shock lies, (years,)."""
    if shocks.sigma == 0:
        return np.zeros(1, dtype=np.int64)
    inside = np.searchsorted(STRETCHES, shocks.z / shocks.sigma, side="right") - 1
    return np.clip(inside, 0, len(STRETCHES) - 2)


def spacing_for(log_moduli: FloatArray, x: FloatArray, away: float) -> float:
    """Spacing of nodes with an error of exp(-ERROR) at most.

    ``log_moduli`` (shocks, functions) of what is integrated, at shocks ``x`` (shocks,) in standard deviations, ``away``
    from the real line; ``x`` in even steps.
    """
    along = log_moduli + ((away**2 - x**2) / 2)[:, None]
    top = along.max()
    whole = top + np.log(np.exp(along - top).sum(axis=0).max() * (x[1] - x[0]) / np.sqrt(2 * np.pi))
    return float(np.clip(2 * np.pi * away / (max(whole, 0.0) + np.log(2) + ERROR), FINE, COARSE))


def expit(values: FloatArray) -> FloatArray:
    """Logistic function, of complex numbers too."""
    return np.asarray(1 / (1 + np.exp(-values)))


def recentred(chance: FloatArray, sigma: float) -> FloatArray:
    """Log-odds whose chance, averaged over shocks, is ``chance``: a normal shock pulls chances towards one half."""
    with np.errstate(divide="ignore"):
        start = np.asarray(logit(chance))
    inner = np.isfinite(start)
    if sigma == 0 or not inner.any():
        return start
    shocks, wanted, found = Shocks.of(sigma), chance[inner], start[inner]
    for _ in range(NEWTON):
        there = expit(found[:, None] + shocks.z)
        step = (there @ shocks.weights - wanted) / ((there * (1 - there)) @ shocks.weights)
        found = found - np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-14:
            break
    start[inner] = found
    return start
