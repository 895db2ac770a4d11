"""Transforms of counts of reoffences and of their harm."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc

from pricing.people.cohort import FloatArray

AnyArray = npt.NDArray[Any]
SMALLEST = 1e-9
"""Alpha below which a count is as good as Poisson."""


def power(values: AnyArray, exponent: float) -> AnyArray:
    """``values`` to a power: whole ones above 0 by squaring; others on the principal branch.

    Real values at or below 0, at which a moment generating function has come to its end, are infinite.
    """
    if exponent > 0 and exponent == int(exponent):
        return squared_up(values, int(exponent))
    if values.dtype.kind != "c":
        return np.where(values > 0, np.abs(values) ** exponent, np.inf)
    # By their parts: numpy's own complex power takes several times as long.
    size = np.exp((exponent / 2) * np.log(values.real**2 + values.imag**2))
    turn = exponent * np.arctan2(values.imag, values.real)
    found = np.empty_like(values)
    found.real, found.imag = size * np.cos(turn), size * np.sin(turn)
    return found


def squared_up(values: AnyArray, exponent: int) -> AnyArray:
    """``values`` to a whole power above 0, by repeated squaring: exact to the last digits, with no logarithm."""
    found: AnyArray | None = None
    square = values
    while True:
        if exponent & 1:
            found = square if found is None else found * square
        exponent >>= 1
        if not exponent:
            break
        square = square * square
    return np.asarray(found)


def count_transform(alpha: float, turned: AnyArray) -> AnyArray:
    """Transform of a negative binomial count; ``turned`` is its mean times (what one counts - 1)."""
    return np.asarray(np.exp(turned)) if alpha < SMALLEST else power(1 - alpha * turned, -1 / alpha)


def log_size_of_count(alpha: float, turned: AnyArray) -> FloatArray:
    """Logarithm of the modulus of :func:`count_transform`."""
    if alpha < SMALLEST:
        return np.asarray(turned.real)
    return np.asarray(np.log((1 - alpha * turned.real) ** 2 + (alpha * turned.imag) ** 2) / (-2 * alpha))


@lru_cache(maxsize=64)
def gamma_spectrum(mean: float, dispersion: float, size: int) -> AnyArray:
    """Fourier transform of :func:`gamma_masses`, (size // 2 + 1,); kept, since it is asked for again at once."""
    return np.fft.rfft(gamma_masses(mean, dispersion, size), size)


def gamma_masses(mean: float, dispersion: float, size: int) -> FloatArray:
    """A gamma variable on the whole numbers 0, 1, ... below ``size``: each part goes to its two neighbours.

    The masses are second differences of the expected value limited to each number, which keeps the mean.
    """
    shape = 1 / dispersion
    scale = mean * dispersion
    last = min(size - 1, int(np.ceil(mean + 40 * scale)) + 2)
    at = np.arange(last + 1) / scale
    limited = mean * gammainc(shape + 1, at) + at * scale * (1 - gammainc(shape, at))
    rises = np.append(np.diff(limited), 0.0)
    return -np.diff(rises, prepend=1.0)
