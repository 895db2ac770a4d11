"""Two prices side by side, A and B: which settings differ, who gains and who loses, in people and £."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.price.incentives import NEAR_MINIMUM
from pricing.scenario.scenario import Scenario
from pricing.words.spend import spend

SMALL_SUM = 0.5
"""£ per person by which money has to change before anyone is said to gain or lose it."""
NO_CHANGE = 1e-6
"""£, or hours, per person up to which a change is the last digits of the computation, and none."""
NEED = "needed_budget"
TOTALS: Mapping[str, Callable[[Evaluation], float]] = {
    "people": lambda e: e.totals["people"],
    "payback": lambda e: e.payback,
    "parked_share": lambda e: e.totals["parked_people"] / e.totals["people"],
    "withheld": lambda e: e.withheld,
    "spend_at_chosen": lambda e: e.totals["spend_at_chosen"],
    "spend_at_benchmark": lambda e: e.totals["spend_at_benchmark"],
    "a_head_at_chosen": lambda e: spend(e)["chosen"].a_head,
    "a_head_at_benchmark": lambda e: spend(e)["benchmark"].a_head,
    "on_results_at_chosen": lambda e: spend(e)["chosen"].on_results,
    "on_results_at_benchmark": lambda e: spend(e)["benchmark"].on_results,
    "hours_rewarded": lambda e: e.cohort.total(e.incentives.chosen_hours),
    "reoffences_avoided_chosen": lambda e: e.totals["reoffences_avoided_chosen"],
    "temptation": lambda e: e.totals["temptation"],
}
"""What is compared over everyone: £ per £1, shares, £ at face value, hours, numbers."""


@dataclass(frozen=True)
class Setting:
    """A parameter that stands at ``a`` under A and at ``b`` under B."""

    name: str
    a: float | str
    b: float | str


@dataclass(frozen=True)
class GainAndLoss:
    """Who gains and who loses something: people, and how much of it in all, both 0 or more.

    ``hardly`` are the people whom B moves by too little to count among either; ``hardly_more`` is what that comes to in
    all, less than 0 where they lose more of it than they gain.
    """

    gainers: float
    gained: float
    losers: float
    lost: float
    hardly: float
    hardly_more: float

    @property
    def more(self) -> float:
        """How much more there is over everyone."""
        return self.gained - self.lost + self.hardly_more


@dataclass(frozen=True, eq=False)
class Comparison:
    """Price B held beside price A. ``settings`` are those that differ; ``totals`` are (A, B) by name of TOTALS."""

    a: Evaluation
    b: Evaluation
    settings: tuple[Setting, ...]
    totals: Mapping[str, tuple[float, float]]

    @property
    def same_people(self) -> bool:
        """Whether both prices are held against the same cohort; otherwise only settings and totals compare."""
        return self.a.cohort.digest == self.b.cohort.digest

    def per_cell(self) -> dict[str, FloatArray]:
        """What B changes for one person of each cell, (cells,): £ of pay, hours rewarded, left at the minimum.

        ``money`` is fee and expected results at the hours that pay best; ``no_longer`` and ``newly`` are 1 where B
        ends or begins to make the minimum pay best. Raises ScenarioError where the people are not the same.
        """
        if not self.same_people:
            raise ScenarioError("A and B are about different people, so no group can be held beside itself.")
        one, other = self.a.incentives, self.b.incentives
        return {
            "money": money(self.b) - money(self.a),
            "hours": other.chosen_hours - one.chosen_hours,
            "no_longer": (one.parked & ~other.parked).astype(float),
            "newly": (~one.parked & other.parked).astype(float),
        }

    def moved(self, measure: str) -> GainAndLoss:
        """Who gains and who loses ``money`` (£) or rewarded ``hours``, by more than 50p, or half an hour, a person."""
        change, people = self.per_cell()[measure], self.a.cohort.people
        least = {"money": SMALL_SUM, "hours": NEAR_MINIMUM}[measure]
        up, down = np.where(change > least, people, 0), np.where(change < -least, people, 0)
        little = np.where((np.abs(change) <= least) & (np.abs(change) > NO_CHANGE), people, 0)
        gained, lost, hardly = (float(moved @ change) for moved in (up, down, little))
        return GainAndLoss(float(up.sum()), gained, float(down.sum()), 0.0 - lost, float(little.sum()), hardly)

    def people(self, measure: str) -> float:
        """People who are ``no_longer``, or ``newly``, left at the minimum."""
        return self.a.cohort.total(self.per_cell()[measure])

    def groups(self, *keys: str) -> pd.DataFrame:
        """One row per combination of dimensions ``keys`` that has people, in reading order.

        Columns: a code per key and people; ``payback_a`` and ``payback_b``; ``money`` (£) and ``hours`` more under B
        per person, ``money_total`` and ``hours_total`` over the group; ``no_longer`` and ``newly`` in people.
        """
        found = self.a.groups(*keys)
        table = found[[*keys, "people"]].copy()
        table["payback_a"], table["payback_b"] = found["payback"], self.b.groups(*keys)["payback"]
        table["payback"] = table["payback_b"] - table["payback_a"]
        dimensions = [self.a.cohort.dimensions[key] for key in keys]
        shape = tuple(len(dimension.levels) for dimension in dimensions)
        codes = np.ravel_multi_index(tuple(dimension.codes for dimension in dimensions), shape)
        present = np.ravel_multi_index(tuple(table[key].to_numpy() for key in keys), shape)
        for name, change in self.per_cell().items():
            sums = np.bincount(codes, self.a.cohort.people * change, int(np.prod(shape)))[present]
            if name in ("money", "hours"):
                table[name], table[f"{name}_total"] = sums / table["people"], sums
            else:
                table[name] = sums
        return table


def money(evaluation: Evaluation) -> FloatArray:
    """What the commissioner pays for one person of each cell, £ at face value, at the hours that pay best."""
    return np.asarray(evaluation.schedule.fee + evaluation.incentives.results_at_chosen)


def settings(a: Scenario, b: Scenario) -> tuple[Setting, ...]:
    """The parameters in which two scenarios differ, in the order of declaration.

    A budget of need that is the contract value differs from no other that comes to as much.
    """
    other, alike = b.values(), {NEED} if a.budget_of_need == b.budget_of_need else set()
    differing = (name for name, value in a.values().items() if value != other[name] and name not in alike)
    return tuple(Setting(name, a.values()[name], other[name]) for name in differing)


def compare(a: Evaluation, b: Evaluation) -> Comparison:
    """Hold price B beside price A."""
    totals = {name: (total(a), total(b)) for name, total in TOTALS.items()}
    return Comparison(a, b, settings(a.scenario, b.scenario), totals)
