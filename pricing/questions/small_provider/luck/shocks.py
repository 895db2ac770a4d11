"""A year's luck that all clients share: a normal shift of everyone's log-odds, by Gauss-Hermite quadrature."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, roots_hermitenorm

from pricing.contract.counted.complex_numbers import ComplexArray
from pricing.people.arrays import FloatArray

SHOCKS = 5.0
"""Standard deviations to which common shocks are followed; what lies beyond has a chance of 6 in 10 million."""
NEAREST = np.pi / 2
"""Distance from the real axis of the nearest singularity in the shock, in log-odds: of a count's transform."""
MISSED = 1e-14
"""What a transform may be missed by."""
STRETCHES = np.linspace(-SHOCKS, SHOCKS, 11)
"""Ends of the stretches of shocks for which bounds are set."""


@dataclass(frozen=True, eq=False)
class Shocks:
    """Years with a common shock: its size ``z`` in log-odds and the weight of each, both (years,)."""

    z: FloatArray
    weights: FloatArray
    sigma: float

    @classmethod
    def of(cls, sigma: float, nodes: int) -> "Shocks":
        """Gauss-Hermite nodes of a normal shock."""
        if sigma == 0:
            return cls(np.zeros(1), np.ones(1), 0.0)
        x, weights = hermite(nodes)
        return cls(sigma * x, weights, sigma)


@lru_cache(maxsize=32)
def hermite(nodes: int) -> tuple[FloatArray, FloatArray]:
    """Nodes of the standard normal within SHOCKS, and their weights."""
    x, weights = roots_hermitenorm(nodes)
    near = np.abs(x) <= SHOCKS
    return x[near], weights[near] / weights[near].sum()


def stretches(sigma: float, ends: FloatArray = STRETCHES) -> tuple[FloatArray, FloatArray]:
    """The shocks that end stretches, and the logarithm of the chance of each stretch; without a shock one of each."""
    if sigma == 0:
        return np.zeros(1), np.zeros(1)
    return sigma * ends, np.log(np.diff(ndtr(ends)))


def coarse(shocks: Shocks) -> FloatArray:
    """The shocks at which a client's transform is worked out: Chebyshev's points, or the nodes if those are as few.

    A transform has no singularity nearer to the real shocks than NEAREST, so the polynomial through n points misses it
    by at most about rho^-n, rho the size of the largest ellipse about the shocks without one (Bernstein).
    """
    reach = SHOCKS * shocks.sigma
    rho = (NEAREST + np.hypot(NEAREST, reach)) / reach if reach else np.inf
    few = int(np.ceil(np.log(1 / MISSED) / np.log(rho))) + 2
    if len(shocks.z) <= few:
        return shocks.z
    return reach * np.cos(np.pi * np.arange(few) / (few - 1))


def at_shocks(transforms: ComplexArray, few: slice, between: FloatArray | None) -> ComplexArray:
    """Transforms (shocks, ...) taken to a ``few`` of the shocks by the rows of what lies ``between``, if not there.

    A few at once: one by one all of the transforms would be read again for each.
    """
    if between is None:
        return np.asarray(transforms[few])
    # Real weights of complex numbers: as pairs of reals, half of the work.
    flat = np.ascontiguousarray(transforms, dtype=np.complex128).reshape(len(transforms), -1).view(np.float64)
    return np.asarray((between[few] @ flat).view(np.complex128).reshape(-1, *transforms.shape[1:]))
