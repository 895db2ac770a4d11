"""Points that fill a cube evenly: the Sobol sequence, the same on every machine.

As `scipy.stats.qmc.Sobol` gives it, which a test holds to the last digit; but to load `scipy.stats` takes a second of
processor, which every command and every server would pay as it starts.
"""

from functools import lru_cache

import numpy as np

from pricing.people.arrays import FloatArray, IntArray

BITS = 13
"""Of a point: for 8,192 of them."""
ROWS = (
    (1,),
    (3, 1),
    (7, 1, 3),
    (11, 1, 3, 1),
    (13, 1, 1, 1),
    (19, 1, 1, 3, 3),
    (25, 1, 3, 5, 13),
    (37, 1, 1, 5, 5, 17),
    (41, 1, 1, 5, 5, 5),
    (47, 1, 1, 7, 11, 19),
    (55, 1, 1, 5, 1, 1),
    (59, 1, 1, 1, 3, 11),
    (61, 1, 3, 5, 5, 31),
    (67, 1, 3, 3, 9, 7, 49),
    (91, 1, 1, 1, 15, 21, 21),
    (97, 1, 3, 1, 13, 27, 49),
    (103, 1, 1, 1, 15, 7, 5),
    (109, 1, 3, 1, 15, 13, 25),
    (115, 1, 1, 5, 5, 19, 61),
    (131, 1, 3, 7, 11, 23, 15, 103),
    (137, 1, 3, 7, 13, 13, 15, 69),
    (143, 1, 1, 3, 13, 7, 35, 63),
    (145, 1, 3, 5, 9, 1, 25, 53),
    (157, 1, 3, 1, 13, 9, 35, 107),
    (167, 1, 3, 1, 5, 27, 61, 31),
    (171, 1, 1, 5, 11, 19, 41, 61),
    (185, 1, 3, 5, 3, 3, 13, 69),
    (191, 1, 1, 7, 13, 1, 19, 1),
    (193, 1, 3, 7, 5, 13, 19, 59),
    (203, 1, 1, 3, 9, 25, 29, 41),
)
"""Of each dimension a primitive polynomial, as bits, and the first direction numbers: Joe & Kuo 2008."""


@lru_cache(maxsize=8)
def even_points(number: int, dimensions: int) -> FloatArray:
    """So many points in the unit cube, (number, dimensions), the first in its corner; not to be written to.

    Raises ValueError where there are more than 2 to the power of BITS, or more dimensions than ROWS.
    """
    if number > 1 << BITS or dimensions > len(ROWS):
        raise ValueError("There are no direction numbers for so many.")
    gray = np.arange(number) ^ (np.arange(number) >> 1)
    set_bits = (gray[:, None] >> np.arange(BITS)) & 1
    parts = np.array([directions(*row) for row in ROWS[:dimensions]])
    points = np.bitwise_xor.reduce(set_bits[:, None] * parts, axis=2) / (1 << BITS)
    points.flags.writeable = False
    return np.asarray(points)


def scrambled(points: FloatArray, seed: int) -> FloatArray:
    """Points as even, each dimension with its halves exchanged by chance, and theirs, and so on for ever (Owen 1995).

    The last bits of a plain point are known once its first ones are: across dimensions they would go together.
    """
    luck = np.random.default_rng(seed)
    whole = np.rint(points * (1 << BITS)).astype(np.int64)
    for bit in range(BITS):
        above = whole >> (BITS - bit)
        for k, each in enumerate(above.T):
            whole[:, k] ^= luck.integers(0, 2, 1 << bit)[each] << (BITS - 1 - bit)
    return np.asarray((whole + luck.random(whole.shape)) / (1 << BITS))


@lru_cache(maxsize=2)
def even_ranks(dimensions: int, times: int) -> FloatArray:
    """All points so many ``times``, scrambled anew each time: (dimensions, points); not to be written to."""
    points = even_points(1 << BITS, dimensions)
    found = np.concatenate([scrambled(points, seed) for seed in range(times)]).T
    found.flags.writeable = False
    return np.asarray(found)


def directions(polynomial: int, *first: int) -> IntArray:
    """Direction numbers of one dimension, (BITS,), as whole parts of 2 to the power of BITS."""
    found, degree = list(first), len(first)
    while len(found) < BITS:
        following = found[-degree] if degree else 1
        for k in range(degree):
            if polynomial >> (degree - 1 - k) & 1:
                following ^= found[-1 - k] << (k + 1)
        found.append(following)
    return np.array(found) << np.arange(BITS - 1, -1, -1)
