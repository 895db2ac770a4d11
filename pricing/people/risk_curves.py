"""Risk curves already fitted, and what was observed beside them. Needs numpy only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cells import SMALLEST_GROUP, Cells, Factor, sums_by_level

NORMAL_95 = 1.959963984540054


def rate_from_probability(probability: FloatArray, alpha: float) -> FloatArray:
    """Rate lambda of the negative binomial whose chance of at least one event is ``probability``.

    lambda = ((1 - P)^(-alpha) - 1) / alpha, so dP/dlambda = (1 - P)^(1 + alpha): the likelier someone is to
    reoffend, the less one reoffence avoided moves a binary measure.
    """
    # expm1 and log1p keep all digits where the probability is small.
    return np.asarray(np.expm1(-alpha * np.log1p(-probability)) / alpha)


def probability_from_rate(rate: FloatArray, alpha: float) -> FloatArray:
    """Chance of at least one event: P = 1 - (1 + alpha lambda)^(-1/alpha); inverse of `rate_from_probability`."""
    return np.asarray(-np.expm1(-np.log1p(alpha * rate) / alpha))


@dataclass(frozen=True, eq=False)
class Curve:
    """One fitted generalised linear model, as an intercept and a table of design rows per factor.

    Attributes
    ----------
    kind : ``binary`` (probability), ``frequency`` (reoffences per person) or ``severity`` (days per reoffence).
    link : ``logit`` or ``log``.
    alpha : negative binomial alpha of counts about the fitted mean, for ``frequency`` alone.
    dispersion : scale of the variance; 1 but for ``severity``.
    terms : names of the coefficients, the intercept first, shape (terms,).
    coefficients : on the link scale, shape (terms,).
    covariance : of the coefficients, shape (terms, terms), as bands and draws use it: people independent; for
        ``frequency`` robust to how unevenly reoffences fall.
    area_covariance, areas : the same if only areas are independent (clustered errors), and how many the fit counts;
        none and 0 where the cohort has too few areas.
    rows : by factor: what each of its levels puts into the design, shape (levels, columns); the columns of all
        factors, in order, follow the intercept.
    """

    kind: str
    link: str
    alpha: float | None
    dispersion: float
    terms: tuple[str, ...]
    coefficients: FloatArray
    covariance: FloatArray
    rows: Mapping[str, FloatArray]
    area_covariance: FloatArray | None = None
    areas: int = 0

    def design(self, levels: Mapping[str, IntArray]) -> FloatArray:
        """Design matrix, shape (points, terms), for codes of every factor in ``rows``, each of shape (points,)."""
        columns = [self.rows[key][levels[key]] for key in self.rows]
        return np.hstack([np.ones((len(columns[0]), 1)), *columns])

    def predict(self, levels: Mapping[str, IntArray]) -> FloatArray:
        """Fitted mean, shape (points,), for codes of every factor, each of shape (points,)."""
        linear = np.array(self.coefficients[0])
        column = 1
        for key, rows in self.rows.items():
            effect = rows @ self.coefficients[column : column + rows.shape[1]]
            linear = linear + effect[levels[key]]
            column += rows.shape[1]
        return self._mean(linear)

    def band(self, levels: Mapping[str, IntArray]) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Low, middle and high of the 95% band of the mean, each (points,); symmetric on the link scale."""
        design = self.design(levels)
        linear = design @ self.coefficients
        reach = NORMAL_95 * np.sqrt(np.einsum("ij,jk,ik->i", design, self.covariance, design))
        return self._mean(linear - reach), self._mean(linear), self._mean(linear + reach)

    def _mean(self, linear: FloatArray) -> FloatArray:
        return np.asarray(1 / (1 + np.exp(-linear)) if self.link == "logit" else np.exp(linear))


@dataclass(frozen=True)
class Ratio:
    """An odds ratio (binary) or a ratio of means (frequency, severity) with its 95% interval.

    ``factor`` and ``label`` say what differs, ``against`` from what; other factors stay the same.
    """

    kind: str
    factor: str
    label: str
    against: str
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Observed:
    """Observed means by level of a factor, each array of shape (levels,).

    ``mean``, ``low`` and ``high`` (95%) are nan where fewer than 30 people are in the level.
    """

    people: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray


def level_codes(cells: Cells, factor: str) -> tuple[IntArray, tuple[str, ...]]:
    """Codes (cells,) and labels of a factor's levels; the factor ``needs`` is the number of needs."""
    if factor == "needs":
        count = len(needs_by_prevalence(cells))
        return cells.needs, tuple(str(number) for number in range(count + 1))
    return cells.codes[factor], cells.factors[factor].labels


def observed(cells: Cells, factor: str, kind: str) -> Observed:
    """Observed rate of ``kind`` (see `Curve`) by level of ``factor`` (or ``needs``), with its 95% interval."""
    codes, labels = level_codes(cells, factor)
    sums = {name: sums_by_level(codes, values, len(labels)) for name, values in cells.outcomes.items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "binary":
            mean, low, high = wilson(sums["reoffended"], sums["people"])
        elif kind == "frequency":
            mean, low, high = _normal(
                sums["reoffences"] / sums["people"],
                (sums["reoffences_squared"] - sums["reoffences"] ** 2 / sums["people"]) / (sums["people"] - 1),
                sums["people"],
            )
        else:
            mean, low, high = _harm_per_reoffence(cells, codes, sums)
    shown = np.where(sums["people"] >= SMALLEST_GROUP, 1.0, np.nan)
    return Observed(sums["people"], mean * shown, low * shown, high * shown)


def wilson(events: FloatArray, people: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Share, and low and high of its 95% Wilson score interval."""
    share = events / people
    spread = NORMAL_95**2 / people
    middle = (share + spread / 2) / (1 + spread)
    reach = np.sqrt(spread * share * (1 - share) + spread**2 / 4) / (1 + spread)
    return share, middle - reach, middle + reach


def _normal(mean: FloatArray, variance: FloatArray, size: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean with a 95% normal interval, never below zero."""
    reach = NORMAL_95 * np.sqrt(variance / size)
    return mean, np.maximum(mean - reach, 0), mean + reach


def _harm_per_reoffence(
    cells: Cells, codes: IntArray, sums: Mapping[str, FloatArray]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Days per reoffence; its variance takes cells as the unit, since one person's reoffences resemble each other."""
    mean = sums["harm"] / sums["reoffences"]
    residual = cells.outcomes["harm"] - mean[codes] * cells.outcomes["reoffences"]
    residual = np.where(cells.outcomes["reoffences"] > 0, residual, 0.0)
    variance = sums_by_level(codes, residual**2, len(mean)) / sums["reoffences"]
    return _normal(mean, variance, sums["reoffences"])


def needs_by_prevalence(cells: Cells) -> tuple[Factor, ...]:
    """The need factors, the most common first."""
    needs = [factor for factor in cells.factors.values() if factor.kind == "need"]
    return tuple(sorted(needs, key=lambda factor: -float(cells.people @ cells.codes[factor.key])))


def typical_profile(cells: Cells) -> dict[str, int]:
    """A profile at which other things are held, as codes: the median of a count, the most common level of others."""
    profile = {}
    for key, factor in cells.factors.items():
        people = sums_by_level(cells.codes[key], cells.people, len(factor.levels))
        middle = np.searchsorted(np.cumsum(people), people.sum() / 2)
        profile[key] = int(middle if factor.kind == "count" else people.argmax())
    return profile


def along(cells: Cells, profile: Mapping[str, int], factor: str) -> dict[str, IntArray]:
    """Codes of a person who is like ``profile`` at each level of ``factor``; arrays of shape (levels of it,).

    For the factor ``needs``, point k has the k most common needs and no other.
    """
    needs = needs_by_prevalence(cells)
    points = len(needs) + 1 if factor == "needs" else len(cells.factors[factor].levels)
    levels = {key: np.full(points, code, dtype=np.int64) for key, code in profile.items()}
    if factor == "needs":
        for rank, need in enumerate(needs):
            levels[need.key] = (np.arange(points) > rank).astype(np.int64)
    else:
        levels[factor] = np.arange(points, dtype=np.int64)
    return levels


def ratios(curve: Curve, factors: Mapping[str, Factor]) -> tuple[Ratio, ...]:
    """Each factor's ratios with 95% intervals: against its most common level, none, or the least deprived tenth."""
    found = []
    column = 1
    for key, rows in curve.rows.items():
        factor, span = factors[key], slice(column, column + rows.shape[1])
        column = span.stop
        against, levels = _compared(factor, rows)
        contrast = rows[levels] - rows[against]
        middle = contrast @ curve.coefficients[span]
        reach = NORMAL_95 * np.sqrt(np.einsum("ij,jk,ik->i", contrast, curve.covariance[span, span], contrast))
        low, high = np.exp(middle - reach), np.exp(middle + reach)
        for point, level in enumerate(levels):
            words = (curve.kind, key, factor.labels[level], factor.labels[against])
            found.append(Ratio(*words, float(np.exp(middle[point])), float(low[point]), float(high[point])))
    return tuple(found)


def by_area(curve: Curve, factors: Mapping[str, Factor]) -> tuple[Ratio, ...]:
    """The same ratios with intervals clustered by area; empty where the cohort has too few areas."""
    if curve.area_covariance is None:
        return ()
    return ratios(replace(curve, covariance=curve.area_covariance), factors)


def _compared(factor: Factor, rows: FloatArray) -> tuple[int, list[int]]:
    """The code that others are compared with, and the codes that are shown beside it."""
    if factor.kind == "count":
        return 0, [first for first in factor.bands if first > 0]
    against = int(np.flatnonzero(~rows.any(axis=1))[0])
    if factor.kind == "decile":
        return against, [0]
    return against, [code for code in range(len(rows)) if code != against]
