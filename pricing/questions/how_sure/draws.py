"""Draws of what is uncertain, the same on every machine: 100 evenly spread values of each quantity, in a fixed order.

Each quantity has a name, and its values depend on the name alone. So a slider moves the picture and not the draws, a
quantity more or less changes none of the others, and the same link gives the same draws anywhere: orders come from
SHA-256, not from a random number generator, whose stream a library may change.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
from scipy.special import ndtri

from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.people.fitted import RiskCurves
from pricing.people.risk_curves import Curve
from pricing.people.strata import RiskDraws, given
from pricing.questions.how_sure.assumed_ranges import alpha_around
from pricing.resources.shelf import shelved

DRAWS = 100
SEED = "how sure 1"


@cache
def evenly(name: str) -> FloatArray:
    """The middles of 100 equal parts of 0 to 1, (draws,), in an order that depends on ``name`` alone."""
    order = sorted(range(DRAWS), key=lambda draw: hashlib.sha256(f"{SEED}/{name}/{draw}".encode()).digest())
    found = np.empty(DRAWS)
    found[order] = (np.arange(DRAWS) + 0.5) / DRAWS
    found.flags.writeable = False
    return found


def normals(name: str) -> FloatArray:
    """Standard normals (draws,): evenly spread, mean 0, standard deviation 1."""
    values = ndtri(evenly(name))
    return np.asarray(values / values.std())


def positions(name: str) -> FloatArray:
    """Places in an assumed range (draws,), -1 low, 0 central, 1 high: symmetric, the nearer to 0 the more."""
    share = evenly(name)
    return np.where(share < 0.5, np.sqrt(2 * share) - 1, 1 - np.sqrt(2 * (1 - share)))


def coefficients(curve: Curve, name: str) -> FloatArray:
    """Coefficients (draws, terms), normal about the fitted ones with their covariance, dispersion included."""
    root = np.linalg.cholesky(curve.covariance)
    standard = np.column_stack([normals(f"{name}/{curve.kind}/{term}") for term in curve.terms])
    return np.asarray(curve.coefficients + standard @ root.T)


@shelved(2)
def fitted(name: str) -> RiskDraws:
    """Draws of a built-in cohort's risks, 20 to 30 MB: kept for the strata that are made of them."""
    return around(shipped.load(name), shipped.curves(name))


def around(central: Cohort, curves: RiskCurves) -> RiskDraws:
    """Draws of the risks of a cohort whose curves were fitted.

    The curves are drawn apart from each other. Where reoffences were not counted, the implied alpha is drawn from its
    assumed range; where they were, alpha shapes the fit of the rate but enters no risk, so it is not drawn.
    """
    codes = curves.cells.group(list(curves.declaration.factors)).codes
    found = [drawn.risks(codes) for drawn in drawn_curves(curves)]
    whole = ((central.probability, central.rate, central.severity), *found)
    return RiskDraws(*(np.stack(risks) for risks in zip(*whole, strict=True)))


def drawn_curves(curves: RiskCurves) -> list[RiskCurves]:
    """The curves of a cohort under each draw."""
    declared = curves.declaration
    drawn = {kind: coefficients(curve, declared.name) for kind, curve in curves.curves.items()}
    alpha = None if declared.implied_alpha is None else alpha_draws(declared.name, declared.implied_alpha)
    return [
        replace(
            curves,
            curves=with_coefficients(curves.curves, {kind: values[draw] for kind, values in drawn.items()}),
            declaration=declared if alpha is None else replace(declared, implied_alpha=float(alpha[draw])),
        )
        for draw in range(DRAWS)
    ]


def alpha_draws(name: str, central: float) -> FloatArray:
    """Draws of an implied alpha (draws,)."""
    return alpha_around(central).at(positions(f"{name}/implied_alpha"))


def with_coefficients(curves: Mapping[str, Curve], values: Mapping[str, FloatArray]) -> dict[str, Curve]:
    """The same curves with other coefficients."""
    return {kind: replace(curve, coefficients=values[kind]) for kind, curve in curves.items()}


def of(cohort: Cohort) -> RiskDraws:
    """The draws of a cohort's risks; where they are given, as in a table of risks, they stand as they are."""
    if cohort.name in shipped.names():
        return fitted(cohort.name)
    return given(cohort) if cohort.fitted is None else around(cohort, cohort.fitted)
