"""Fit risk curves to cells, and check them on people held out. The only module that imports statsmodels.

All covariates are discrete, so a term is a table of design rows, one per level (`Basis`). A fit on cells gives the
coefficients of a fit on one row per person: binary, as the share who reoffended, weighted by people; frequency, as the
cell's mean, likewise; severity, as its mean harm, weighted by reoffences.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import patsy
from statsmodels.genmod import families

from pricing.errors import DataError
from pricing.people.arrays import FloatArray
from pricing.people.cells import Cells, Factor, sums_by_level
from pricing.people.hold_out import HoldOut, ObservedExpected, auc, brier, observed_expected
from pricing.people.likelihood import robust_errors
from pricing.people.likelihood.design import Design
from pricing.people.likelihood.solve import DivergedError, Solved, solve
from pricing.people.reoffence_counts import Histogram, alpha_given_mean
from pricing.people.risk_curves import NORMAL_95, Curve

CAP_QUANTILE = 0.99
KNOT_QUANTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True, eq=False)
class Basis:
    """How levels enter the design: ``rows`` by factor, (levels, columns), and the names of all ``terms``."""

    rows: Mapping[str, FloatArray]
    terms: tuple[str, ...]


def make_basis(cells: Cells) -> Basis:
    """The recipe: a term per factor, with references, knots and cap taken from the people in ``cells``."""
    rows, terms = {}, ["intercept"]
    for key, factor in cells.factors.items():
        if factor.kind == "place":
            continue
        people = sums_by_level(cells.codes[key], cells.people, len(factor.levels))
        if factor.kind == "count":
            rows[key] = spline_rows(people)
            names = [f"spline {column + 1}" for column in range(rows[key].shape[1])]
        else:
            rows[key], names = _linear_rows(factor, people)
        terms += [f"{key}: {name}" for name in names]
    return Basis(rows, tuple(terms))


def _linear_rows(factor: Factor, people: FloatArray) -> tuple[FloatArray, list[str]]:
    """Rows of a category (against its most common level), a need (0 or 1) or a decile (d = (10 - decile)/9)."""
    if factor.kind == "decile":
        return np.arange(9, -1, -1)[:, np.newaxis] / 9, ["most against least deprived tenth"]
    if not people.all():
        raise DataError(f"Nobody has the level {factor.levels[int(people.argmin())]} of {factor.key}.")
    against = 0 if factor.kind == "need" else int(people.argmax())
    kept = [level for level in range(len(people)) if level != against]
    return np.eye(len(people))[:, kept], [factor.labels[level] for level in kept]


def spline_rows(people: FloatArray) -> FloatArray:
    """Natural cubic spline of log1p(count), 4 columns, for the counts 0, 1, ... held by ``people``.

    Counts above the 99th percentile enter as that percentile. Knots are people-weighted quantiles, and columns are
    centred on the people, so cells and rows give the same design. Knots that fall together or on an end, as where most
    people have a count of 0, are left out; without any the line alone is left.
    """
    share = np.cumsum(people) / people.sum()
    counts = np.minimum(np.arange(len(people)), max(1, int(np.searchsorted(share, CAP_QUANTILE))))
    values = np.log1p(counts)
    knots = np.unique(np.log1p(np.searchsorted(share, KNOT_QUANTILES)))
    knots = knots[(knots > values.min()) & (knots < values.max())]
    if not len(knots):
        return np.asarray((values - np.average(values, weights=people))[:, np.newaxis])
    given: dict[str, Any] = {
        "x": values,
        "knots": knots,
        "low": values.min(),
        "high": values.max(),
    }
    formula = "cr(x, knots=knots, lower_bound=low, upper_bound=high{}) - 1"
    free = np.asarray(patsy.dmatrix(formula.format(""), given))
    given["centre"] = np.average(free, axis=0, weights=people)[np.newaxis]
    return np.asarray(patsy.dmatrix(formula.format(", constraints=centre"), given))


def fit_binary(cells: Cells, basis: Basis) -> Curve:
    """Logistic regression of reoffended against not: the probability P0."""
    share = cells.outcomes["reoffended"] / cells.people
    return _fit("binary", families.Binomial(), cells, basis, share, cells.people)


def fit_frequency(cells: Cells, basis: Basis, histogram: Histogram) -> Curve:
    """Poisson pseudo-likelihood of reoffences per person: the rate lambda, its errors robust to the spread of counts.

    Needs only that the mean is right (Gourieroux, Monfort and Trognon 1984), and its equations make reoffences fitted
    equal those observed, in all and for every level of a category. A negative binomial with a log link does neither.
    Alpha, for luck, is estimated given that mean.
    """
    each = cells.outcomes["reoffences"] / cells.people
    curve = _fit("frequency", families.Poisson(), cells, basis, each, cells.people)
    alpha = alpha_given_mean(cells, curve.predict(cells.codes), histogram)
    return replace(curve, alpha=alpha, covariance=robust_errors.by_person(curve, cells))


def fit_severity(cells: Cells, basis: Basis) -> Curve:
    """Gamma regression of mean harm per reoffence, log link, weighted by reoffences: the severity kappa."""
    some = cells.where(cells.outcomes["reoffences"] > 0)
    reoffences = some.outcomes["reoffences"]
    each = some.outcomes["harm"] / reoffences
    return _fit("severity", families.Gamma(link=families.links.Log()), some, basis, each, reoffences)


def _fit(kind: str, family: Any, cells: Cells, basis: Basis, seen: FloatArray, weights: FloatArray) -> Curve:
    """A curve of the means ``seen`` (cells,) with ``weights`` (cells,); raises DataError where none can be fitted."""
    try:
        solved = solve(Design(basis.rows, cells.codes), family, seen, weights)
    except DivergedError as problem:
        if not problem.factor:
            raise
        raise DataError(certain(cells.factors[problem.factor], kind)) from None
    return _curve(kind, solved, basis)


def certain(factor: Factor, kind: str) -> str:
    """What is said where levels of a factor tell an outcome of everybody in them, so that no estimate is finite."""
    of_whom = {"binary": "everybody or nobody reoffended", "frequency": "nobody reoffended"}
    seen = of_whom.get(kind, "reoffences did no harm")
    return (
        f"{factor.label} has levels at which {seen}, so its effect has no end. If it was recorded after the outcome, "
        "or follows from it, leave it out; if few people have those levels, join them with others."
    )


def _curve(kind: str, solved: Solved, basis: Basis) -> Curve:
    dispersion = solved.dispersion if kind == "severity" else 1.0
    return Curve(
        kind=kind,
        link="logit" if kind == "binary" else "log",
        alpha=None,
        dispersion=dispersion,
        terms=basis.terms,
        coefficients=solved.coefficients,
        covariance=solved.inverse * dispersion,
        rows=basis.rows,
    )


def fit_curves(cells: Cells, histogram: Histogram | None) -> dict[str, Curve]:
    """Every curve that the cohort's outcomes allow, by kind: without counts the binary one alone, without harm no
    severity.
    """
    grouped = model_cells(cells)
    basis = make_basis(grouped)
    curves = {"binary": fit_binary(grouped, basis)}
    if histogram is not None:
        curves["frequency"] = fit_frequency(grouped, basis, histogram)
        if "harm" in grouped.outcomes:
            curves["severity"] = fit_severity(grouped, basis)
    return {kind: with_areas(curve, cells) for kind, curve in curves.items()}


def with_areas(curve: Curve, cells: Cells) -> Curve:
    """The curve with its covariance by area beside the one that is used, where the cohort has areas enough."""
    factor = robust_errors.area_factor(cells)
    if factor is None:
        return curve
    area = cells.codes[factor.key]
    number = robust_errors.areas_that_count(curve, cells, area)
    return replace(curve, area_covariance=robust_errors.by_area(curve, cells, area), areas=number)


def model_cells(cells: Cells) -> Cells:
    """Cells on the factors that have a term in the curves."""
    return cells.group([key for key, factor in cells.factors.items() if factor.kind != "place"])


def check(cells: Cells, histogram: Histogram | None) -> HoldOut:
    """Fit on the people who were not held out, and describe those who were."""
    kept = None if histogram is None else histogram.where(~histogram.held_out)
    curves = fit_curves(cells.where(~cells.held_out), kept)
    held = model_cells(cells.where(cells.held_out))
    probability = curves["binary"].predict(held.codes)
    people, reoffended = held.people, held.outcomes["reoffended"]
    (intercept, slope), intervals = calibration(probability, reoffended, people)
    share = reoffended.sum() / people.sum()
    return HoldOut(
        people=float(people.sum()),
        fitted_on=float(cells.people[~cells.held_out].sum()),
        slope=slope,
        slope_interval=intervals[1],
        intercept=intercept,
        intercept_interval=intervals[0],
        auc=auc(probability, reoffended, people),
        brier=brier(probability, reoffended, people),
        brier_base_rate=brier(np.full_like(people, share), reoffended, people),
        groups=groups_held_out(curves, held),
    )


def groups_held_out(curves: Mapping[str, Curve], held: Cells) -> tuple[ObservedExpected, ...]:
    """Observed over expected of reoffenders, and where they were counted of reoffences and of total harm."""
    probability = curves["binary"].predict(held.codes)
    groups = observed_expected("binary", held, probability, probability * (1 - probability), [curves["binary"]])
    if "frequency" not in curves:
        return groups
    rate = curves["frequency"].predict(held.codes)
    spread = rate + (curves["frequency"].alpha or 0) * rate**2
    groups = (*groups, *observed_expected("frequency", held, rate, spread, [curves["frequency"]]))
    if "severity" not in curves:
        return groups
    days = curves["severity"].predict(held.codes)
    harm_spread = days**2 * (spread + curves["severity"].dispersion * rate)
    both = [curves["frequency"], curves["severity"]]
    return (*groups, *observed_expected("severity", held, rate * days, harm_spread, both))


def calibration(
    probability: FloatArray, reoffended: FloatArray, people: FloatArray
) -> tuple[tuple[float, float], list[tuple[float, float]]]:
    """Intercept and slope of the logistic regression of the outcome on predicted log-odds, and their intervals."""
    log_odds = np.log(probability / (1 - probability))
    design = Design({"log-odds": log_odds[:, np.newaxis]}, {"log-odds": np.arange(len(people))})
    fit = solve(design, families.Binomial(), reoffended / people, people)
    reach = NORMAL_95 * np.sqrt(np.diag(fit.inverse))
    intervals = [(float(b - r), float(b + r)) for b, r in zip(fit.coefficients, reach, strict=True)]
    return (float(fit.coefficients[0]), float(fit.coefficients[1])), intervals
