"""Groups of people alike that stand for a cohort where what is counted of few is worked out exactly."""

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.price.metric_formulas import ALPHA

SLICES, UNITS = 40, (7, 8)
"""Groups of people alike that stand for a cohort: by rate, or where a reoffence does not count the same for all, by
what it counts and then by rate, which is more where fewer are told apart by what it counts."""
FEW = 100
"""People up to whom single ones are felt."""
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
    kinds, found = np.unique(sliced(unit, people, units[0]), return_inverse=True)
    each, by_rate = units[0] * units[1] // len(kinds), np.zeros_like(found)
    for kind in range(len(kinds)):
        some = found == kind
        by_rate[some] = sliced(rate[some], people[some], each)
    return np.asarray(each * found + by_rate)


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


def lopsided(unit: FloatArray, rate: FloatArray, dispersion: float) -> FloatArray:
    """The third cumulant of what a person counts, (cells,), which is what makes a sum of few people lopsided.

    Those who have much of it are in smaller groups. By its root all chances are nearest to those of single cells: of
    harm in Greater Manchester to .003 for 25 people and .001 for 300.
    """
    each = unit * rate
    one = unit**2 * (1 + dispersion) * (1 + 2 * dispersion)
    return each * (one + 3 * ALPHA * each * unit * (1 + dispersion) + 2 * ALPHA**2 * each**2)
