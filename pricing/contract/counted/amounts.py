"""Transforms of amounts that are put on the points of a lattice, their means kept."""

import numpy as np
from scipy.special import gammainc, gammaincc

from pricing.contract.counted.complex_numbers import ComplexArray
from pricing.people.arrays import FloatArray


def parting(place: FloatArray, angle: FloatArray) -> ComplexArray:
    """Transform, (groups, angles), of amounts at a ``place`` in steps, parted between two points: the mean is kept."""
    below = np.floor(place)[:, None]
    part = place[:, None] - below
    return np.asarray(np.exp(-1j * angle * below) * (1 - part + part * np.exp(-1j * angle)))


def of_gamma(mean: FloatArray, dispersion: float, points: int) -> ComplexArray:
    """Transform, (groups, frequencies), of gammas of that ``mean`` in steps, put on a lattice: their mean is kept.

    What is expected of the smaller of a gamma and x says by its second differences how much comes to each point.
    """
    x, shape = np.arange(points + 1.0), 1 / dispersion
    scaled = x / (mean[:, None] * dispersion)
    upto = mean[:, None] * gammainc(shape + 1, scaled) + x * gammaincc(shape, scaled)
    chances = -np.diff(upto, 2, axis=1, prepend=-upto[:, 1:2])
    chances[:, 0] = 1 - upto[:, 1]
    return np.asarray(np.fft.rfft(chances, points, axis=1))
