"""Smooth functions worked out at a few places, Chebyshev's points, and taken to many from there."""

from collections.abc import Callable

import numpy as np

from pricing.contract.counted.complex_numbers import ComplexArray
from pricing.people.arrays import FloatArray

WORTH = 0.5
"""Share of the places that are wanted from which on it is not worth it to work out others."""


def from_few(
    work: Callable[[FloatArray], ComplexArray], wanted: FloatArray, number: tuple[int, int], missed: float
) -> ComplexArray:
    """What ``work`` finds at the places that are ``wanted``, (..., wanted), from a few places if it is smooth.

    ``wanted`` rise from 0. It is worked out at the first ``number`` of places, and as long as more than ``missed`` is
    between what they say of those between them and what is found there, at twice as many; at all that are wanted, where
    the second number would not do. What is missed falls geometrically, so that with the places between it is about the
    square of that.
    """
    (count, most), last = number, float(wanted[-1])
    most = min(most, int(WORTH * len(wanted)))
    if 2 * count > most:
        return work(wanted)
    found = work(chebyshev(count, last))
    while 2 * count <= most:
        at, finer = chebyshev(count, last), chebyshev(2 * count, last)
        between = work(finer[1::2])
        every = np.empty((*found.shape[:-1], len(finer)), dtype=np.complex128)
        every[..., ::2], every[..., 1::2] = found, between
        if float(np.abs(taken_to(found, at, finer[1::2]) - between).max()) <= missed:
            return taken_to(every, finer, wanted)
        found, count = every, 2 * count
    return work(wanted)


def chebyshev(count: int, last: float) -> FloatArray:
    """Chebyshev's points from the ``last`` to 0, (count + 1,); every second of twice as many is one of them."""
    return np.asarray(last * (1 + np.cos(np.pi * np.arange(count + 1) / count)) / 2)


def taken_to(values: ComplexArray, at: FloatArray, wanted: FloatArray) -> ComplexArray:
    """``values`` at Chebyshev's points, (..., at), by the polynomial through them where they are ``wanted``."""
    between = interpolation(at, wanted).T
    return np.asarray(values.real @ between + 1j * (values.imag @ between))


def interpolation(at: FloatArray, wanted: FloatArray) -> FloatArray:
    """Matrix (wanted, at) that takes values at Chebyshev's points to other places (barycentric formula)."""
    weights = (-1.0) ** np.arange(len(at))
    weights[[0, -1]] /= 2
    away = wanted[:, None] - at
    on = away == 0
    parts = np.where(on.any(axis=1, keepdims=True), on.astype(float), weights / np.where(on, 1.0, away))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))
