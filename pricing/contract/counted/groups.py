"""Groups of people alike that stand for a cohort where what is counted of few is worked out exactly."""

import numpy as np

from pricing.people.arrays import FloatArray, IntArray

SLICES, UNITS = 40, (6, 8)
"""Groups of people alike that stand for a cohort: by rate, or where a reoffence does not count the same for all, by
what it counts and then by rate. Half are equal parts of the people, half of what luck there is."""
FEW, FEW_UNITS = 100, (8, 6)
"""People up to whom single ones are felt, and what stands for a cohort then."""
SAME = 1e-12
"""Part by which what people bring may differ and be the same."""


def beyond_average(each: FloatArray, people: FloatArray) -> FloatArray:
    """By how much ``each`` (cells,) is beyond the average of the ``people``: none where only last digits are."""
    beyond = each - np.average(each, weights=people)
    return np.where(np.abs(beyond) > SAME * np.abs(each).max(), beyond, 0.0)


def parted(unit: FloatArray, rate: FloatArray, people: FloatArray, units: tuple[int, int] = UNITS) -> IntArray:
    """Code of each cell's group, (cells,), of parts equal in ``people``."""
    if float(np.ptp(unit)) <= 1e-12 * float(unit.max()):
        return sliced(rate, people, SLICES)
    found = sliced(unit, people, units[0])
    by_rate = np.zeros_like(found)
    for each in np.unique(found):
        some = found == each
        by_rate[some] = sliced(rate[some], people[some], units[1])
    return units[1] * found + by_rate


def sliced(values: FloatArray, people: FloatArray, number: int) -> IntArray:
    """Which of so many equal parts of the people each cell is in, along ``values``; equal values stay together."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(people[order]) - people[order] / 2
    place = np.empty(len(values))
    place[order] = below / people.sum()
    kept, which = np.unique(values, return_inverse=True)
    first = np.full(len(kept), np.inf)
    np.minimum.at(first, which, place)
    return np.minimum((number * first[which]).astype(np.int64), number - 1)
