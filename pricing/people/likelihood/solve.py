"""A generalised linear model fitted to cells by Fisher scoring.

The algebra of statsmodels' ``GLM.fit`` (McCullagh and Nelder 1989, 2.5) with a design matrix that is never written out
whole: its least squares on 262,000 cells of 20 columns hold several copies of it and take ten times as long. Family and
link are statsmodels' own.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pricing.errors import DataError
from pricing.people.arrays import FloatArray
from pricing.people.likelihood.design import Design

TOLERANCE = 1e-10
"""Largest move of a coefficient at which the fit has settled, well below what curves are compared at."""
MOST_STEPS = 200
SAME = 1e-12
"""Share of its own size below which what a term adds to the others is rounding."""
CERTAIN = 20.0
"""Log-odds, or log of a mean, beyond which an effect, with an error as large, is a certainty and no estimate."""

SAY_THE_SAME = "Two terms of a risk curve say the same of everybody: leave one factor out."


@dataclass(frozen=True, eq=False)
class Solved:
    """Coefficients (terms,), the inverse of their information (terms, terms), and Pearson's dispersion."""

    coefficients: FloatArray
    inverse: FloatArray
    dispersion: float


class DivergedError(DataError):
    """A fit that did not settle; ``factor`` is the one whose levels run away, empty where none does."""

    def __init__(self, factor: str) -> None:
        super().__init__("A risk curve did not converge: the cells cannot tell its terms apart.")
        self.factor = factor


def solve(design: Design, family: Any, seen: FloatArray, weights: FloatArray) -> Solved:
    """Fit the means ``seen`` (cells,) with variance weights (cells,).

    Raises
    ------
    DataError : terms say the same, or the fit does not settle (`DivergedError`).
    """
    try:
        found = _settled(design, family, seen, weights)
    except np.linalg.LinAlgError:
        raise DivergedError("") from None
    if np.diag(found.inverse).max() > CERTAIN**2 and (factor := _runs_away(design, found.coefficients)):
        raise DivergedError(factor)
    return found


def _settled(design: Design, family: Any, seen: FloatArray, weights: FloatArray) -> Solved:
    """The fit as it settles, be it at a certainty."""
    mean = family.starting_mu(seen)
    linear, coefficients = family.link(mean), np.zeros(design.terms)
    towards = linear
    for step in range(MOST_STEPS):
        slope = weights * family.weights(mean)
        move = _least_squares(design, slope, towards + family.link.deriv(mean) * (seen - mean), first=step == 0)
        coefficients = coefficients + move
        linear, towards = design.times(coefficients), np.zeros(1)
        mean = family.fitted(linear)
        if np.abs(move).max() <= TOLERANCE:
            inverse = np.linalg.inv(design.gram(weights * family.weights(mean)))
            pearson = float((weights * (seen - mean) ** 2 / family.variance(mean)).sum())
            return Solved(coefficients, np.asarray(inverse), pearson / max(design.cells - design.terms, 1))
        if not np.isfinite(coefficients).all():
            break
    raise DivergedError(_runs_away(design, coefficients))


def _least_squares(design: Design, slope: FloatArray, towards: FloatArray, *, first: bool) -> FloatArray:
    """Weighted least squares, (terms,); raises DataError for terms that say the same.

    After the first step only the move is solved for, so that an error of the normal equations mends itself.
    """
    gram, right = design.gram(slope), design.sums(slope * towards)[0]
    size = np.sqrt(np.diag(gram))
    scaled = gram / np.outer(size, size) if size.all() else np.zeros_like(gram)
    if first and np.linalg.eigvalsh(scaled)[0] < SAME:
        raise DataError(SAY_THE_SAME)
    return np.asarray(np.linalg.solve(scaled, right / size) / size)


def _runs_away(design: Design, coefficients: FloatArray) -> str:
    """The factor whose levels lie furthest apart, if that is beyond all estimating."""
    apart = {key: float(np.ptp(design.rows[key] @ coefficients[span])) for key, span in design.spans()}
    most = max(apart, key=lambda key: apart[key])
    return most if not apart[most] <= CERTAIN else ""
