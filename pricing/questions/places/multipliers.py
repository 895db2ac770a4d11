"""Comparison of multipliers by three deprivation indices: overall, employment, housing.

The money moved is what a person's place sends them, fee and results for the priced reduction, less what the same price
without its multiplier would. With a fixed total it sums to zero over people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.price import schedule
from pricing.questions.places.money import sent
from pricing.questions.places.neighbourhoods import Neighbourhoods
from pricing.scenario.scenario import Scenario, specs

AS_IF = 1.5
"""Multiplier that stands in where the scenario has none: there would be nothing to compare."""
LARGE_STEP = 100.0
"""£ per person per year between neighbours from which a step is counted."""
TENTHS = np.arange(1.0, 11.0)


@dataclass(frozen=True, eq=False)
class Moved:
    """What one multiplier moves.

    Attributes
    ----------
    by_cell : £ per person, (cells,); its mean over people is 0 where the total is fixed, else what the multiplier adds.
    by_borough : mean £ per person of each borough, (boroughs,).
    by_tenth : £ for the same average person in each tenth of the index, (10,).
    """

    by_cell: FloatArray
    by_borough: FloatArray
    by_tenth: FloatArray


@dataclass(frozen=True, eq=False)
class Cliffs:
    """Steps in what the same person brings, between neighbours.

    ``step`` £ per person, (pairs,), 0 or more; ``largest`` £; ``large`` how many pairs step by LARGE_STEP or more;
    ``top`` indices of the highest steps, the longest border first among equals.
    """

    step: FloatArray
    largest: float
    large: int
    top: IntArray


def as_if(scenario: Scenario) -> Scenario:
    """The scenario, or where it has no multiplier the same with one of AS_IF."""
    return scenario if scenario.area_multiplier > 1 else scenario.with_(area_multiplier=AS_IF)


def compare(scenario: Scenario, cohort: Cohort) -> Mapping[str, Moved]:
    """What the scenario's multiplier would move if it followed each index, by ``area_index``."""
    return {index: moved(scenario.with_(area_index=index), cohort) for index in specs()["area_index"].choices}


def moved(scenario: Scenario, cohort: Cohort) -> Moved:
    """What the scenario's own multiplier moves."""
    flat = scenario.with_(area_multiplier=1.0)
    without = sent(flat, schedule.settle(flat, cohort), cohort).planned
    by_cell = sent(scenario, schedule.settle(scenario, cohort), cohort).planned - without
    borough = cohort.dimensions["borough"]
    sums = np.bincount(borough.codes, cohort.people * by_cell, len(borough.levels))
    people = np.bincount(borough.codes, cohort.people, len(borough.levels))
    return Moved(by_cell, sums / np.maximum(people, 1e-300), same_person(scenario, cohort) - cohort.mean(without))


def same_person(scenario: Scenario, cohort: Cohort) -> FloatArray:
    """£ that the average person would bring in each tenth of the scenario's index, (10,).

    Money is in proportion to the place's relativity, part by part, so people are counted once, at no multiplier.
    """
    terms = schedule.settle(scenario, cohort)
    plain = sent(scenario.with_(area_multiplier=1.0), terms, cohort)
    on_fee, on_results = schedule.relativities(scenario, np.zeros(10), TENTHS)
    return cohort.mean(plain.fee) * on_fee + cohort.mean(plain.results) * on_results


def cliffs(by_tenth: FloatArray, tenths: FloatArray, places: Neighbourhoods, top: int = 10) -> Cliffs:
    """Steps between neighbours of what ``by_tenth`` (10,) gives the same person; ``tenths`` (n,) of the index."""
    money = by_tenth[tenths.astype(np.int64) - 1]
    step = np.abs(money[places.pairs[:, 0]] - money[places.pairs[:, 1]])
    # Rounded to pence, so that equal steps are equal and the border decides between them.
    order = np.lexsort((-places.border, -np.round(step, 2)))[:top]
    return Cliffs(step, float(step.max()), int(np.sum(step >= LARGE_STEP - 0.005)), order[np.round(step[order], 2) > 0])


def by_shape(scenario: Scenario, cohort: Cohort, places: Neighbourhoods) -> Mapping[tuple[str, str], Cliffs]:
    """The cliffs of every shape and index, at the scenario's multiplier."""
    found = {}
    for shape in specs()["area_shape"].choices:
        for index in specs()["area_index"].choices:
            money = same_person(scenario.with_(area_shape=shape, area_index=index), cohort)
            found[shape, index] = cliffs(money, places.tenths[index], places)
    return found
