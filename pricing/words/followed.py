"""The group that a reader follows, such as people with 3 needs or more in tenths 1 to 3: its figures, in words."""

import math
from dataclasses import dataclass, replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import Scenario, defaults
from pricing.words.groups import smallest_shown
from pricing.words.numbers import count, hours, pence, percent, pounds

MEANS = ("benchmark_hours", "chosen_hours", "margin_at_benchmark", "parked")
"""Measures that average over the people of the group."""


@dataclass(frozen=True)
class Followed:
    """The figures of the group. ``payback`` £ per extra £1, nan where nobody in it needs more than the minimum.

    ``benchmark_hours`` and ``chosen_hours`` a person, needed and rewarded; ``margin_at_benchmark`` £ left a person
    when done right; ``parked`` share for whom it pays to do the minimum.
    """

    people: float
    payback: float
    benchmark_hours: float
    chosen_hours: float
    margin_at_benchmark: float
    parked: float


def is_set(scenario: Scenario) -> bool:
    """Whether a group is followed that is not simply everyone."""
    usual = defaults()
    return (scenario.followed_needs, scenario.followed_tenths) != (usual.followed_needs, usual.followed_tenths)


def name(scenario: Scenario) -> str:
    """The group in words."""
    needs, last = math.ceil(scenario.followed_needs), math.floor(scenario.followed_tenths)
    many = f"{needs} need{'' if needs == 1 else 's'}{' or more' if needs < 5 else ''}"
    place = "in the most deprived tenth" if last == 1 else f"in deprivation tenths 1 to {last}"
    return " ".join(["people", *([f"with {many}"] if needs else []), *([place] if last < 10 else [])])


def who(scenario: Scenario, cohort: Cohort) -> BoolArray:
    """Which cells are in the group, (cells,), by the number of needs and the overall deprivation of the area."""
    many, deprived = cohort.needs >= scenario.followed_needs, cohort.deciles["overall"] <= scenario.followed_tenths
    return np.asarray(many & deprived)


def of(evaluation: Evaluation) -> Followed | None:
    """The figures of the group; None where none is followed, or there are too few people in it to be shown."""
    scenario, cohort = evaluation.scenario, evaluation.cohort
    if not is_set(scenario):
        return None
    there = who(scenario, cohort)
    pooled = evaluation.pooled(there.astype(np.int64), 2)
    people = float(pooled["people"][1])
    if not people or people < smallest_shown(evaluation):
        return None
    weights = np.where(there, cohort.people, 0.0) / people
    means = {measure: float(weights @ getattr(evaluation.incentives, measure)) for measure in MEANS}
    return Followed(people, float(pooled["payback"][1]), **means)


def sentence(evaluation: Evaluation, a: Evaluation | None = None) -> str:
    """The group followed, with its figures, and those under a price A beside it; "" where none is followed."""
    scenario = evaluation.scenario
    if not is_set(scenario):
        return ""
    called, found = name(scenario).capitalize(), of(evaluation)
    if found is None:
        return f"{called}: too few to be shown."
    beside = None if a is None else of(a_followed(a, scenario))
    said = f"{called} ({count(found.people)}): {figures(found)}."
    return said if beside is None else f"{said} Under A: {figures(beside)}."


def a_followed(a: Evaluation, scenario: Scenario) -> Evaluation:
    """An evaluation with the group that another scenario follows: it moves no figure."""
    changes = {"followed_needs": scenario.followed_needs, "followed_tenths": scenario.followed_tenths}
    return replace(a, scenario=a.scenario.with_(**changes))


def figures(found: Followed) -> str:
    """The figures in a part of a sentence."""
    paid = "nobody needs more than the minimum"
    if not math.isnan(found.payback):
        paid = (
            f"an extra £1 pays back {pence(found.payback)}, and it pays to do the minimum for {percent(found.parked)}"
        )
    return (
        f"{paid}; {hours(found.chosen_hours)} of {hours(found.benchmark_hours)} needed hours are rewarded; "
        f"{pounds(found.margin_at_benchmark)} is left a person when done right"
    )
