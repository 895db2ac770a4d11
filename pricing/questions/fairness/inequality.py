"""Indices of inequality over people in order of need, and over groups. Values are per person; people are weights.

Whoever shares a rank variable shares the middle of their ranks, so that splitting a group in two changes nothing.
Definitions as in O'Donnell and others, Analyzing Health Equity Using Household Survey Data (World Bank, 2008).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from pricing.people.arrays import FloatArray, IntArray


def fractional_rank(people: FloatArray, by: FloatArray) -> FloatArray:
    """Fractional rank of people, 0 to 1, in rising order of ``by``; all (groups,). Ties get the mean of their ranks."""
    _, tie = np.unique(by, return_inverse=True)
    together = np.bincount(tie, weights=people)
    middles = np.cumsum(together) - together / 2
    return np.asarray(middles[tie] / people.sum())


def slope_index(people: FloatArray, values: FloatArray, rank: FloatArray) -> FloatArray:
    """How far ``values`` (..., groups) rise along a straight line from rank 0 to rank 1; nan where all share a rank.

    The slope index of inequality: the gap between the two ends of the order, taking everyone between into account.
    """
    spread = _mean(people, (rank - _mean(people, rank)) ** 2)
    return _covariance(people, values, rank) / (spread if spread > 0 else np.nan)


def concentration_index(people: FloatArray, values: FloatArray, rank: FloatArray) -> FloatArray:
    """Twice the covariance of ``values`` (..., groups) with the rank, over their mean; nan where that is 0.

    0: the same share to each rank. Above 0, up to 1: more goes to the higher ranks; below 0, to the lower.
    """
    mean = _mean(people, values)
    return np.asarray(2 * _covariance(people, values, rank) / np.where(mean == 0, np.nan, mean))


@dataclass(frozen=True)
class Theil:
    """Theil's T of some values, each 0 or more, and the two parts that it is the sum of; nan where all are 0."""

    total: float
    between: float
    within: float

    @property
    def share_between(self) -> float:
        """Share of the inequality that lies between the groups; nan where there is none."""
        return self.between / self.total if self.total > 1e-9 else float("nan")


UNKNOWN = Theil(float("nan"), float("nan"), float("nan"))


def theil(people: FloatArray, values: FloatArray, codes: IntArray) -> Theil:
    """Theil's T = mean of (v/m) ln(v/m), between and within the groups ``codes``; all (cells,), 0 ln 0 being 0."""
    weights = np.zeros((int(codes.max()) + 1, len(codes)))
    weights[codes, np.arange(len(codes))] = people
    return theil_shared(weights, values)


def theil_shared(weights: FloatArray, values: FloatArray) -> Theil:
    """The same for people shared out over groups: ``weights`` (groups, cells) are people, ``values`` (cells,)."""
    people = weights.sum(axis=1)
    weights = weights[people > 0]
    people = people[people > 0]
    mean = float(weights.sum(axis=0) @ values / people.sum())
    if mean <= 0:
        return UNKNOWN
    total = float(weights.sum(axis=0) @ xlogy(values, values) / people.sum() / mean - np.log(mean))
    means = weights @ values / people
    between = float(people @ xlogy(means, means) / people.sum() / mean - np.log(mean))
    return Theil(max(total, 0.0), max(between, 0.0), max(total - between, 0.0))


def _mean(people: FloatArray, values: FloatArray) -> FloatArray:
    return np.asarray(values @ people / people.sum())


def _covariance(people: FloatArray, values: FloatArray, rank: FloatArray) -> FloatArray:
    return _mean(people, values * (rank - _mean(people, rank)))
