"""Errors of fitted coefficients that hold when a curve's variance is wrong, or when people of one area are alike.

Both are sandwiches: the inverse information, the spread of the scores, the inverse information. Cells carry what the
scores of their people sum to, so the result is that of one row per person. There is no correction for few cells: cells
are not people, and a factor of cells / (cells - terms) would change with how finely people were grouped.
Needs numpy only.
"""

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cells import Cells, Factor
from pricing.people.likelihood.design import Design
from pricing.people.risk_curves import Curve

FEWEST_AREAS = 50
"""Areas below which errors by area are not given: with few, they come out too small and tell no terms apart."""


def area_factor(cells: Cells) -> Factor | None:
    """The place with the most levels, by which errors are clustered; none where there are under 50 areas."""
    places = [factor for factor in cells.factors.values() if factor.kind == "place"]
    finest = max(places, key=lambda factor: len(factor.levels), default=None)
    return finest if finest is not None and len(finest.levels) >= FEWEST_AREAS else None


def by_person(curve: Curve, cells: Cells) -> FloatArray:
    """Covariance (terms, terms) of coefficients if people are independent, whatever the variance of their outcomes.

    ``curve`` holds the fitted coefficients. Severity takes a cell as the unit, since cells do not carry how the harm
    of their people varies.
    """
    design = Design(curve.rows, cells.codes)
    bread = np.linalg.inv(design.gram(_information(curve, cells)))
    return np.asarray(bread @ design.gram(_squares(curve, cells)) @ bread)


def by_area(curve: Curve, cells: Cells, area: IntArray) -> FloatArray:
    """Covariance (terms, terms) if areas are independent and people in one are not; ``area`` (cells,) holds codes."""
    design = Design(curve.rows, cells.codes)
    bread = np.linalg.inv(design.gram(_information(curve, cells)))
    scores = design.sums(_residuals(curve, cells), area, int(area.max()) + 1)
    return np.asarray(bread @ (scores.T @ scores) @ bread)


def areas_that_count(curve: Curve, cells: Cells, area: IntArray) -> int:
    """Areas with somebody whom the fit says anything of: of harm, who reoffended; ``area`` (cells,) holds codes."""
    return len(np.unique(area[_information(curve, cells) > 0]))


def _information(curve: Curve, cells: Cells) -> FloatArray:
    """Weight of each cell in the information that the fit maximised, (cells,)."""
    mean = curve.predict(cells.codes)
    if curve.kind == "binary":
        return np.asarray(cells.people * mean * (1 - mean))
    return np.asarray(cells.people * mean) if curve.kind == "frequency" else cells.outcomes["reoffences"]


def _residuals(curve: Curve, cells: Cells) -> FloatArray:
    """What the score of each cell holds beside its design row, summed over its people, (cells,)."""
    mean, seen = curve.predict(cells.codes), cells.outcomes
    if curve.kind == "severity":
        return np.asarray(seen["harm"] / mean - seen["reoffences"])
    return np.asarray(seen["reoffended" if curve.kind == "binary" else "reoffences"] - cells.people * mean)


def _squares(curve: Curve, cells: Cells) -> FloatArray:
    """Squared residuals summed over the people in each cell, (cells,)."""
    mean, seen, people = curve.predict(cells.codes), cells.outcomes, cells.people
    if curve.kind == "binary":
        return np.asarray(seen["reoffended"] * (1 - 2 * mean) + people * mean**2)
    if curve.kind == "frequency":
        return np.asarray(seen["reoffences_squared"] - 2 * mean * seen["reoffences"] + people * mean**2)
    return _residuals(curve, cells) ** 2
