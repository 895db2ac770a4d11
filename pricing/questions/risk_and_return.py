"""Risk and return along one factor: a fitted curve, what was observed beside it, and what the price pays back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pricing import evaluate
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cells import Cells, Factor
from pricing.people.cohort import Cohort
from pricing.people.fitted import RiskCurves
from pricing.people.risk_curves import along, level_codes, needs_by_prevalence, observed, rate_from_probability
from pricing.people.shipped import AREA_INDICES, MIDDLE_TENTH, needs_by_kind
from pricing.price.outcomes import deprivation

NEEDS = "needs"
BREAK_EVEN = 1.0
"""£ paid back per extra £1; below it, it pays to disinvest."""


@dataclass(frozen=True, eq=False)
class Seen:
    """Everyone in the cohort by level of a factor, or by band of a count. Arrays (groups,).

    ``position`` is where a group stands on the axis; ``mean``, ``low`` and ``high`` (95%) are nan where fewer than 30
    people are in it, and where the outcome was not counted. ``group`` (levels,) says which group a level is in.
    """

    group: IntArray
    labels: tuple[str, ...]
    position: FloatArray
    people: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, eq=False)
class AlongCurve:
    """One person's risk, and the return on supporting them, along a factor. Arrays (levels,).

    Attributes
    ----------
    factor, label : the factor's key, and the words a reader sees; ``labels`` are those of its levels.
    kind : ``binary`` (probability), ``frequency`` (reoffences per person) or ``severity`` (days per reoffence).
    implied : whether the outcome was not counted, but follows from the probability.
    ordered : whether the levels stand in an order, so that a line may join them.
    position : where each level stands on the axis; a count is spread as its logarithm, as it is in the fit.
    low, fitted, high : the fitted mean with its 95% band.
    payback : £ paid back per extra £1 of the support this person needs; nan where no more is needed.
    seen : everyone with that value, whatever else is true of them.
    """

    factor: str
    label: str
    labels: tuple[str, ...]
    kind: str
    implied: bool
    ordered: bool
    position: FloatArray
    low: FloatArray
    fitted: FloatArray
    high: FloatArray
    payback: FloatArray
    seen: Seen

    @property
    def below(self) -> tuple[tuple[int, int], ...]:
        """Runs of levels (first, last) at which it pays to disinvest: a payback under £1."""
        under = np.concatenate([[False], np.nan_to_num(self.payback, nan=BREAK_EVEN) < BREAK_EVEN, [False]])
        turns = np.flatnonzero(under[1:] != under[:-1])
        return tuple((int(first), int(end) - 1) for first, end in zip(turns[::2], turns[1::2], strict=True))

    @property
    def stretches(self) -> tuple[tuple[float, float], ...]:
        """The same runs as stretches of the axis: to where the payback crosses £1, or half-way to the next level."""
        if not self.ordered:
            return tuple((self.position[first] - 0.5, self.position[last] + 0.5) for first, last in self.below)
        return tuple((self._crossing(first, first - 1), self._crossing(last, last + 1)) for first, last in self.below)

    def _crossing(self, under: int, neighbour: int) -> float:
        """Where between two levels the payback is £1; the level under £1 itself where there is no neighbour."""
        here = float(self.position[under])
        if not 0 <= neighbour < len(self.payback) or np.isnan(self.payback[neighbour]):
            return here
        share = (BREAK_EVEN - self.payback[under]) / (self.payback[neighbour] - self.payback[under])
        return here + float(share) * (float(self.position[neighbour]) - here)


@dataclass(frozen=True)
class AreaCase:
    """An assumed effect of place, and the probability that it gives a person in two places.

    ``odds_ratio`` is per standard deviation of deprivation, net of everything else about the person.
    """

    name: str
    odds_ratio: float
    most_deprived: float
    least_deprived: float


def factors(curves: RiskCurves) -> dict[str, str]:
    """Key and label of all that a curve can be drawn along: factors in the fit, and the number of needs if known."""
    declared = curves.declaration.factors
    needs = {NEEDS: "Number of needs"} if curves.declaration.of_kind("need") else {}
    return {key: declared[key].label for key in curves.curves["binary"].rows} | needs


def kinds(curves: RiskCurves) -> tuple[str, ...]:
    """The risks that can be drawn: a rate always, since it can be implied; severity where harm was recorded."""
    return ("binary", "frequency", "severity") if "severity" in curves.curves else ("binary", "frequency")


def follow(
    evaluation: Evaluation, curves: RiskCurves, profile: Mapping[str, int], factor: str, kind: str
) -> AlongCurve:
    """The curve of ``kind`` and the payback for a person like ``profile`` (codes) at each level of ``factor``."""
    levels = along(curves.cells, profile, factor)
    _, labels = level_codes(curves.cells, factor)
    low, fitted, high = band(curves, kind, levels)
    declared = curves.cells.factors.get(factor)
    steps = np.arange(len(labels), dtype=np.float64)
    return AlongCurve(
        factor=factor,
        label=factors(curves)[factor] if declared is None else declared.label,
        labels=labels,
        kind=kind,
        implied=kind not in curves.curves,
        ordered=is_ordered(declared),
        position=spread(declared, steps),
        low=low,
        fitted=fitted,
        high=high,
        payback=payback(evaluation, curves, levels),
        seen=seen(evaluation.cohort, curves.cells, factor, kind),
    )


def is_ordered(factor: Factor | None) -> bool:
    """Whether a factor's levels stand in an order; no factor stands for the number of needs, which do."""
    return factor is None or factor.kind in ("count", "decile") or factor.key == "age"


def spread(factor: Factor | None, values: FloatArray) -> FloatArray:
    """Where values stand on the axis: a count as log(1 + count), all else evenly."""
    return np.log1p(values) if factor is not None and factor.kind == "count" else values


def band(curves: RiskCurves, kind: str, levels: Mapping[str, IntArray]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Low, middle and high of the 95% band of the mean; a rate that was not counted is implied by the probability."""
    if kind in curves.curves:
        return curves.curves[kind].band(levels)
    low, middle, high = curves.curves["binary"].band(levels)
    alpha = curves.declaration.implied_alpha or 0.0
    return rate_from_probability(low, alpha), rate_from_probability(middle, alpha), rate_from_probability(high, alpha)


def payback(evaluation: Evaluation, curves: RiskCurves, levels: Mapping[str, IntArray]) -> FloatArray:
    """£ paid back per extra £1 for one person at each point, under the terms settled for the whole cohort."""
    people = one_person_each(evaluation.cohort, curves, levels)
    held = evaluate.apply(evaluation.scenario, evaluation.terms_at_margin, evaluation.mean_call, people)
    return held.incentives.payback


def one_person_each(cohort: Cohort, curves: RiskCurves, levels: Mapping[str, IntArray]) -> Cohort:
    """One person per point, with the baseline risks of the curves; ``levels`` holds a code per point and factor."""
    probability, rate, severity = curves.risks(levels)
    needs, middle = np.zeros_like(probability), np.full_like(probability, MIDDLE_TENTH - 1)
    for factor in curves.declaration.of_kind("need"):
        needs += levels[factor.key]
    tenth = levels.get("decile", middle)  # who was put in the middle tenth for want of any stays there
    return replace(
        cohort,
        people=np.ones_like(probability),
        needs=needs,
        deciles={index: (levels.get(key, tenth) + 1).astype(float) for index, key in AREA_INDICES.items()},
        probability=probability,
        rate=rate,
        severity=severity,
        dimensions={},
        needs_by_kind=needs_by_kind(curves.declaration, levels, len(probability)),
    )


def seen(cohort: Cohort, cells: Cells, factor: str, kind: str) -> Seen:
    """The observed rates beside a curve; a count is seen by band, at the mean of the people in it."""
    declared = cells.factors.get(factor)
    codes, labels = level_codes(cells, factor)
    group = np.arange(len(labels))
    if declared is not None and declared.kind == "count":
        group = np.digitize(group, declared.bands) - 1
        labels = cohort.dimensions[factor].levels
        cells = in_bands(cells, declared, labels)
    counted = kind == "binary" or "reoffences" in cells.outcomes
    found = observed(cells, factor, kind if counted else "binary")
    sums = np.bincount(group[codes], weights=cells.people * codes, minlength=len(labels))
    shown = 1.0 if counted else np.nan
    return Seen(
        group=group,
        labels=labels,
        position=spread(declared, sums / np.maximum(found.people, 1)),
        people=found.people,
        mean=found.mean * shown,
        low=found.low * shown,
        high=found.high * shown,
    )


def in_bands(cells: Cells, count: Factor, labels: tuple[str, ...]) -> Cells:
    """The same cells with a count reduced to its declared bands."""
    codes = np.digitize(cells.codes[count.key], count.bands) - 1
    banded = replace(count, kind="category", levels=labels, labels=labels)
    factors, every = {**cells.factors, count.key: banded}, {**cells.codes, count.key: codes.astype(np.int64)}
    return replace(cells, factors=factors, codes=every)


def area_cases(curves: RiskCurves, profile: Mapping[str, int]) -> tuple[AreaCase, ...]:
    """The probability in the most and the least deprived tenth under each declared effect of place.

    Each case turns about the fitted probability at the cohort's mean deprivation. Empty where none is declared.
    """
    levels = along(curves.cells, profile, "decile")
    probability = curves.curves["binary"].predict(levels)
    log_odds = np.log(probability / (1 - probability))
    place = deprivation(np.asarray(curves.cells.codes["decile"] + 1, dtype=np.float64))
    mean = float(np.average(place, weights=curves.cells.people))
    deviation = float(np.sqrt(np.average((place - mean) ** 2, weights=curves.cells.people)))
    middle = log_odds[-1] + (log_odds[0] - log_odds[-1]) * mean

    def at(odds_ratio: float, depth: float) -> float:
        return float(1 / (1 + np.exp(-middle - np.log(odds_ratio) * (depth - mean) / deviation)))

    declared = curves.declaration.area_odds_ratios
    return tuple(AreaCase(name, ratio, at(ratio, 1.0), at(ratio, 0.0)) for name, ratio in declared.items())


def needs_in_order(cells: Cells) -> tuple[str, ...]:
    """Labels of the needs in the order in which the number of needs adds them, the most common first."""
    return tuple(need.label for need in needs_by_prevalence(cells))
