"""Fit risk curves to cells, and check them on people held out. The only module that imports statsmodels.

All covariates are discrete, so a term is a table of design rows, one per level (`Basis`). A fit on cells gives the
coefficients of a fit on one row per person: binary, as counts of reoffenders; frequency, as the cell's mean with
``var_weights`` = people (statsmodels ignores ``freq_weights`` under a negative binomial); severity likewise.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import patsy
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.special import digamma

from pricing.errors import DataError
from pricing.people.cells import Cells, Factor, sums_by_level
from pricing.people.cohort import BoolArray, FloatArray
from pricing.people.hold_out import HoldOut, auc, brier, observed_expected
from pricing.people.risk_curves import NORMAL_95, Curve

CAP_QUANTILE = 0.99
KNOT_QUANTILES = (0.25, 0.5, 0.75)
ALPHA_RANGE = (0.02, 50.0)


@dataclass(frozen=True, eq=False)
class Basis:
    """How levels enter the design: ``rows`` by factor, (levels, columns), and the names of all ``terms``."""

    rows: Mapping[str, FloatArray]
    terms: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many people had each number of reoffences, by side of the hold-out; arrays of one shape."""

    held_out: BoolArray
    reoffences: FloatArray
    people: FloatArray

    def where(self, keep: BoolArray) -> "Histogram":
        """Only the entries for which ``keep`` is true."""
        return Histogram(self.held_out[keep], self.reoffences[keep], self.people[keep])


def read_histogram(path: Path) -> Histogram:
    """Read ``counts.csv`` with columns held_out, reoffences, people."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if header != ["held_out", "reoffences", "people"]:
        raise DataError(f"{path.name} has the columns {', '.join(header)}.")
    held_out, reoffences, people = np.array(rows, dtype=np.float64).T
    return Histogram(held_out.astype(bool), reoffences, people)


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
    centred on the people, so cells and rows give the same design.
    """
    share = np.cumsum(people) / people.sum()
    counts = np.minimum(np.arange(len(people)), np.searchsorted(share, CAP_QUANTILE))
    values = np.log1p(counts)
    given: dict[str, Any] = {
        "x": values,
        "knots": np.log1p(np.searchsorted(share, KNOT_QUANTILES)),
        "low": values.min(),
        "high": values.max(),
    }
    formula = "cr(x, knots=knots, lower_bound=low, upper_bound=high{}) - 1"
    free = np.asarray(patsy.dmatrix(formula.format(""), given))
    given["centre"] = np.average(free, axis=0, weights=people)[np.newaxis]
    return np.asarray(patsy.dmatrix(formula.format(", constraints=centre"), given))


def design_matrix(cells: Cells, basis: Basis) -> FloatArray:
    """Design matrix, shape (cells, terms)."""
    columns = [rows[cells.codes[key]] for key, rows in basis.rows.items()]
    return np.hstack([np.ones((len(cells.people), 1)), *columns])


def fit_binary(cells: Cells, basis: Basis) -> Curve:
    """Logistic regression of reoffended against not: the probability P0."""
    reoffended = cells.outcomes["reoffended"]
    model = sm.GLM(
        np.column_stack([reoffended, cells.people - reoffended]),
        design_matrix(cells, basis),
        family=sm.families.Binomial(),
    )
    return _curve("binary", _solve(model), basis)


def fit_frequency(cells: Cells, basis: Basis, histogram: Histogram) -> Curve:
    """Negative binomial regression of reoffences per person, alpha by maximum likelihood: the rate lambda."""
    alpha = profile_alpha(cells, basis, histogram)
    return _curve("frequency", _solve(_frequency_model(cells, basis, alpha)), basis, alpha)


def profile_alpha(cells: Cells, basis: Basis, histogram: Histogram) -> float:
    """The alpha at which the profile likelihood is highest: the root of its score in r = 1/alpha.

    Given the fitted means, the likelihood needs each person's count only through the histogram.
    """
    people, total = cells.people, cells.outcomes["reoffences"]
    start: FloatArray | None = None

    def score(log_alpha: float) -> float:
        nonlocal start
        r = np.exp(-log_alpha)
        fit = _solve(_frequency_model(cells, basis, float(np.exp(log_alpha))), start)
        start, mean = fit.params, fit.fittedvalues
        counts = histogram.people @ (digamma(histogram.reoffences + r) - digamma(r))
        means = people @ (np.log(r / (r + mean)) + 1) - ((total + people * r) / (r + mean)).sum()
        return float(counts + means)

    low, high = np.log(ALPHA_RANGE)
    return float(np.exp(brentq(score, float(low), float(high), xtol=1e-12)))


def _frequency_model(cells: Cells, basis: Basis, alpha: float) -> Any:
    return sm.GLM(
        cells.outcomes["reoffences"] / cells.people,
        design_matrix(cells, basis),
        family=sm.families.NegativeBinomial(alpha=alpha),
        var_weights=cells.people,
    )


def fit_severity(cells: Cells, basis: Basis) -> Curve:
    """Gamma regression of mean harm per reoffence, log link, weighted by reoffences: the severity kappa."""
    some = cells.where(cells.outcomes["reoffences"] > 0)
    model = sm.GLM(
        some.outcomes["harm"] / some.outcomes["reoffences"],
        design_matrix(some, basis),
        family=sm.families.Gamma(link=sm.families.links.Log()),
        var_weights=some.outcomes["reoffences"],
    )
    return _curve("severity", _solve(model), basis)


def _solve(model: Any, start: FloatArray | None = None) -> Any:
    """Iterate until no coefficient moves by 1e-10, well below what the curves are compared at."""
    fit = model.fit(start_params=start, maxiter=200, tol=1e-10, tol_criterion="params")
    if not fit.converged:
        raise DataError("A risk curve did not converge: the cells cannot tell its terms apart.")
    return fit


def _curve(kind: str, fit: Any, basis: Basis, alpha: float | None = None) -> Curve:
    return Curve(
        kind=kind,
        link="logit" if kind == "binary" else "log",
        alpha=alpha,
        dispersion=float(fit.scale),
        terms=basis.terms,
        coefficients=np.asarray(fit.params),
        covariance=np.asarray(fit.cov_params()),
        rows=basis.rows,
    )


def fit_curves(cells: Cells, histogram: Histogram | None) -> dict[str, Curve]:
    """Every curve that the cohort's outcomes allow, by kind: without counts, the binary one alone."""
    cells = model_cells(cells)
    basis = make_basis(cells)
    curves = {"binary": fit_binary(cells, basis)}
    if histogram is not None:
        curves["frequency"] = fit_frequency(cells, basis, histogram)
        curves["severity"] = fit_severity(cells, basis)
    return curves


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
    groups = observed_expected("binary", held, probability, probability * (1 - probability))
    if "frequency" in curves:
        rate = curves["frequency"].predict(held.codes)
        groups += observed_expected("frequency", held, rate, rate + (curves["frequency"].alpha or 0) * rate**2)
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
        groups=groups,
    )


def calibration(
    probability: FloatArray, reoffended: FloatArray, people: FloatArray
) -> tuple[tuple[float, float], list[tuple[float, float]]]:
    """Intercept and slope of the logistic regression of the outcome on predicted log-odds, and their intervals."""
    design = sm.add_constant(np.log(probability / (1 - probability)))
    response = np.column_stack([reoffended, people - reoffended])
    fit = _solve(sm.GLM(response, design, family=sm.families.Binomial()))
    reach = NORMAL_95 * fit.bse
    intervals = [(float(b - r), float(b + r)) for b, r in zip(fit.params, reach, strict=True)]
    return (float(fit.params[0]), float(fit.params[1])), intervals
