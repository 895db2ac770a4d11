"""How risk curves describe people who were held out from the fit. Needs numpy only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cells import Cells
from pricing.people.likelihood.design import Design
from pricing.people.risk_curves import NORMAL_95, Curve, level_codes

RISK_TENTHS = tuple(f"{tenth}{end}" for tenth, end in enumerate(["", " (lowest)", *[""] * 8, " (highest)"]))[1:]
EVERYONE = "everyone"
COUNTED = {"binary": "reoffended", "frequency": "reoffences", "severity": "harm"}
"""Which outcome is observed, by kind of risk."""


@dataclass(frozen=True)
class ObservedExpected:
    """People held out from the fit: events observed over events expected, in one group.

    ``kind`` says of what: reoffenders (``binary``), reoffences (``frequency``), days of harm in all (``severity``).
    ``low`` to ``high`` holds the ratio in 95 of 100 samples if the curves are right.
    """

    kind: str
    factor: str
    label: str
    people: float
    observed: float
    expected: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """Observed over expected."""
        return self.observed / self.expected

    @property
    def outside(self) -> bool:
        """Whether the ratio lies outside its interval; never where there were too few people to tell it (nan)."""
        return self.ratio < self.low or self.ratio > self.high


@dataclass(frozen=True)
class HoldOut:
    """How curves fitted without them describe the people held out.

    Attributes
    ----------
    people, fitted_on : people held out, and people in the fit that is checked.
    slope, intercept : of the logistic regression of the outcome on the predicted log-odds, with the 95% intervals
        ``slope_interval`` and ``intercept_interval``; 1 and 0 are perfect.
    auc : chance that a person who reoffended had the higher predicted probability.
    brier, brier_base_rate : mean squared error of the probability, and that of giving everyone the held-out rate.
    groups : observed against expected for everyone, by risk tenth, number of needs and deprivation tenth.
    """

    people: float
    fitted_on: float
    slope: float
    slope_interval: tuple[float, float]
    intercept: float
    intercept_interval: tuple[float, float]
    auc: float
    brier: float
    brier_base_rate: float
    groups: tuple[ObservedExpected, ...]

    @property
    def outside(self) -> tuple[ObservedExpected, ...]:
        """The groups whose observed over expected lies outside its 95% interval."""
        return tuple(group for group in self.groups if group.outside)


def auc(probability: FloatArray, reoffended: FloatArray, people: FloatArray) -> float:
    """Chance that a reoffender had the higher probability than someone who did not reoffend; ties count half."""
    _, rank = np.unique(probability, return_inverse=True)
    events, others = np.bincount(rank, reoffended), np.bincount(rank, people - reoffended)
    below = np.cumsum(others) - others / 2
    return float(events @ below / (events.sum() * others.sum()))


def brier(probability: FloatArray, reoffended: FloatArray, people: FloatArray) -> float:
    """Mean squared difference between the probability and the outcome (1 or 0), over people."""
    squares = reoffended * (1 - probability) ** 2 + (people - reoffended) * probability**2
    return float(squares.sum() / people.sum())


def observed_expected(
    kind: str, cells: Cells, mean: FloatArray, variance: FloatArray, curves: Sequence[Curve] = ()
) -> tuple[ObservedExpected, ...]:
    """Observed over expected for everyone, by risk tenth, needs and deprivation, where these were recorded.

    ``mean`` and ``variance`` (cells,) are per person; the risk of ``severity`` is the harm of all reoffences.
    The interval is normal: the sum of independent people's variances, and the error of the ``curves`` whose product
    the mean is, fitted on other people. For counts and harm, whose tails are heavy, it is somewhat too narrow in
    small groups. A level that nobody has is left out.
    """
    everyone = np.zeros(len(mean), dtype=np.int64), (EVERYONE,)
    groupings = {EVERYONE: everyone, "risk": (tenths(mean, cells.people), RISK_TENTHS)}
    recorded = [factor for factor, kind in (("needs", "need"), ("decile", "decile")) if has_kind(cells, kind)]
    groupings |= {factor: level_codes(cells, factor) for factor in recorded}
    total, found = cells.outcomes[COUNTED[kind]], []
    for factor, (codes, labels) in groupings.items():
        slopes = [_slopes(curve, cells, mean, codes, len(labels)) for curve in curves]
        for code in np.unique(codes):
            group = codes == code
            people = cells.people[group]
            expected = float(people @ mean[group])
            moved = [slope[code] for slope in slopes]
            error = sum(float(m @ curve.covariance @ m) for m, curve in zip(moved, curves, strict=True))
            reach = NORMAL_95 * float(np.sqrt(people @ variance[group] + error)) / expected
            counts = float(people.sum()), float(total[group].sum()), expected
            found.append(ObservedExpected(kind, factor, labels[code], *counts, 1 - reach, 1 + reach))
    return tuple(found)


def _slopes(curve: Curve, cells: Cells, mean: FloatArray, group: IntArray, groups: int) -> FloatArray:
    """Change of the sum of ``mean`` over each group's people with each coefficient of a curve, (groups, terms)."""
    steep = 1 - curve.predict(cells.codes) if curve.link == "logit" else 1.0
    return Design(curve.rows, cells.codes).sums(cells.people * mean * steep, group, groups)


def has_kind(cells: Cells, kind: str) -> bool:
    """Whether any factor of the cells is of this kind."""
    return any(factor.kind == kind for factor in cells.factors.values())


def tenths(values: FloatArray, people: FloatArray) -> IntArray:
    """Code 0 to 9 of the tenth of people that each cell stands in, lowest values first."""
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(people[order]) - people[order] / 2
    codes = np.empty(len(values), dtype=np.int64)
    codes[order] = (10 * middle / people.sum()).astype(np.int64)
    return codes
