"""A cohort: people reduced to cells, each with its baseline risks and its place."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.people.area_map import AreaMap
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.fitted import RiskCurves


@dataclass(frozen=True)
class Dimension:
    """One way of grouping people, for maps and tables.

    ``codes`` has shape (cells,) and indexes ``levels``, which stand in reading order.
    """

    label: str
    levels: tuple[str, ...]
    codes: IntArray


@dataclass(frozen=True, eq=False)
class Cohort:
    """Cells of people who share the same covariates. Every array has shape (cells,).

    Attributes
    ----------
    name, label : the identifier used in links, and the words a reader sees.
    caution : one sentence that stands wherever the cohort's figures are shown.
    notes : sentences on what is implied, assumed or missing.
    digest : SHA-256 (hex) of the content; two cohorts with the same digest are the same.
    people : number of people in the cell, above 0.
    needs : complex needs per person, 0 to 5.
    deciles : by ``area_index`` (overall, employment, housing): deprivation decile, 1 = most deprived.
    probability : P0, chance of at least one proven reoffence in the follow-up, without extra support.
    rate : lambda, reoffences per person in the follow-up, without extra support.
    severity : kappa, mean harm per reoffence, in Cambridge harm-index days.
    dimensions : the ways in which the cells can be grouped, by key; always ``needs`` and ``decile``.
    country : where the people are, as it stands after "in"; empty where that is not known.
    area_map : the map of the area that these people live in; None where there is none.
    no_map : a sentence on why there is no map; empty where there is one.
    needs_by_kind : how many of each kind of need a person has, (cells, kinds), in the order of
        `pricing.scenario.rate_card.KINDS`; None where only their number is known.
    fitted : the curves that its risks come from, with their cells; None where risks are given, as in a table of them.
    """

    name: str
    label: str
    caution: str
    notes: tuple[str, ...]
    digest: str
    people: FloatArray
    needs: FloatArray
    deciles: Mapping[str, FloatArray]
    probability: FloatArray
    rate: FloatArray
    severity: FloatArray
    dimensions: Mapping[str, Dimension]
    country: str = ""
    area_map: AreaMap | None = None
    no_map: str = ""
    needs_by_kind: FloatArray | None = None
    fitted: RiskCurves | None = None

    @property
    def area(self) -> str:
        """The area that the map of these people shows; empty where they have none."""
        return self.area_map.area if self.area_map else ""

    def mean(self, values: FloatArray) -> float:
        """Mean of ``values`` (cells,) over people, not over cells."""
        return float(np.average(values, weights=self.people))

    def total(self, values: FloatArray) -> float:
        """Sum over all people of ``values`` (cells,), which are per person."""
        return float(self.people @ values)


RISK_BANDS = (0.10, 0.25, 0.50, 0.75)
"""Probabilities at the bounds of the risk bands."""


NEED_LEVELS = ("No needs", "1 need", "2 needs", "3 needs", "4 needs", "5 needs")
DECILE_LEVELS = ("1 (most)", *(str(decile) for decile in range(2, 10)), "10 (least)")


def needs_dimension(needs: FloatArray) -> Dimension:
    """Groups by the number of complex needs, from none to the most that anyone in the cohort has."""
    return Dimension("Number of needs", NEED_LEVELS[: int(needs.max()) + 1], needs.astype(np.int64))


def decile_dimension(decile: FloatArray) -> Dimension:
    """Groups by deprivation tenth of the area, the most deprived first."""
    return Dimension("Deprivation tenth", DECILE_LEVELS, decile.astype(np.int64) - 1)


def risk_dimension(probability: FloatArray) -> Dimension:
    """Groups by risk of reoffending."""
    levels = ("Under 10%", "10 to 25%", "25 to 50%", "50 to 75%", "75% or more")
    return Dimension("Risk of reoffending", levels, np.searchsorted(RISK_BANDS, probability, side="right"))
