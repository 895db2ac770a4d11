"""Evaluation of a scenario for a cohort, from which every page and command takes its figures."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from pricing.contract import effective_price
from pricing.contract.effective_price import NOTHING_KNOWN, KnownContract, Mechanics
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.price import incentives, schedule
from pricing.price.incentives import Account, Incentives, ratio
from pricing.price.outcomes import Response
from pricing.price.schedule import Schedule, Terms
from pricing.price.support_hours import call_on_support
from pricing.resources.pause import pause
from pricing.scenario.scenario import Scenario

PER_PERSON = (
    "fee",
    "benchmark_hours",
    "chosen_hours",
    "margin_at_benchmark",
    "margin_at_chosen",
    "temptation",
)
SHARES = ("parked", "avoided", "perverse")


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A price held against a cohort: per cell in ``schedule`` and ``incentives``, summed up by the methods.

    ``terms`` and ``mean_call`` are settled for the whole cohort and can be applied to other people. Where clauses of
    the contract bend pay, ``mechanics`` holds what they come to; ``schedule`` and ``incentives`` are then those of the
    effective prices at the chosen effort, and the totals are of expected pay.
    """

    scenario: Scenario
    cohort: Cohort
    terms: Terms
    mean_call: float
    schedule: Schedule
    account: Account
    incentives: Incentives
    mechanics: Mechanics | None = None

    @property
    def terms_at_margin(self) -> Terms:
        """The terms that one more person, or one more result, would meet."""
        return self.terms if self.mechanics is None else self.mechanics.terms

    @property
    def totals(self) -> dict[str, float]:
        """Sums over the cohort: people, £ at face value for spend, £ for temptation, numbers for the rest."""
        total, found = self.cohort.total, self.incentives
        people = float(self.cohort.people.sum())
        at_benchmark, deadweight = (
            total(self.schedule.fee + found.results_at_benchmark),
            total(self.schedule.deadweight),
        )
        if self.mechanics is not None:
            at_benchmark = total(self.schedule.fee) + people * self.mechanics.pay_at_benchmark
            deadweight = people * self.mechanics.pay_at_no_effect
        return {
            "people": people,
            "spend_at_benchmark": at_benchmark,
            "spend_at_chosen": total(self.schedule.fee + found.results_at_chosen),
            "fee": total(self.schedule.fee),
            "deadweight": deadweight,
            "temptation": total(found.temptation),
            "parked_people": total(found.parked.astype(float)),
            "avoided_people": total(found.avoided.astype(float)),
            "reoffences_avoided_chosen": total(found.reoffences_avoided_chosen),
            "reoffences_avoided_benchmark": total(found.reoffences_avoided_benchmark),
        }

    @property
    def payback(self) -> float:
        """£ paid back per extra £1 of needed support, over everyone; nan where nobody needs more."""
        return float(self.of_everyone["payback"][0])

    @property
    def withheld(self) -> float:
        """Share of all benchmark hours that the price rewards withholding; nan where none are needed."""
        return float(self.of_everyone["withheld"][0])

    @cached_property
    def of_everyone(self) -> Mapping[str, FloatArray]:
        """The same of everyone as one group; sentences ask for it several times."""
        return self.pooled(np.zeros(len(self.cohort.people), dtype=np.int64), 1)

    def pooled(self, codes: IntArray, size: int) -> dict[str, FloatArray]:
        """People, and the two measures that pool as a ratio of sums, of each group ``codes`` (cells,) in 0..size-1."""
        found = self.incentives
        missing = np.maximum(found.benchmark_hours - found.chosen_hours, 0)

        def over(values: FloatArray) -> FloatArray:
            return np.bincount(codes, weights=self.cohort.people * values, minlength=size).astype(np.float64)

        return {
            "people": over(np.ones_like(missing)),
            "payback": ratio(over(found.extra_pay), over(found.extra_cost)),
            "withheld": ratio(over(missing), over(found.benchmark_hours)),
        }

    def per_cell(self) -> dict[str, FloatArray]:
        """Every measure that averages over people, per cell."""
        found = self.incentives
        columns: dict[str, FloatArray] = {"fee": self.schedule.fee}
        columns |= {name: getattr(found, name).astype(float) for name in (*PER_PERSON[1:], *SHARES)}
        return columns

    def in_groups(self, measure: str, *keys: str) -> tuple[FloatArray, FloatArray]:
        """People and one measure of :meth:`groups`, each as an array over the levels of the dimensions.

        The measure is nan where there is nobody.
        """
        codes, shape = self.coded(keys)
        size = math.prod(shape)
        found = self.pooled(codes, size)
        people = found["people"]
        if measure not in found:
            sums = np.bincount(codes, weights=self.cohort.people * self.per_cell()[measure], minlength=size)
            found[measure] = np.divide(sums, people, out=np.full(size, np.nan), where=people > 0)
        return people.reshape(shape), found[measure].reshape(shape)

    def coded(self, keys: Sequence[str]) -> tuple[IntArray, tuple[int, ...]]:
        """Which combination of levels of dimensions each cell belongs to, and how many levels each has."""
        dimensions = [self.cohort.dimensions[key] for key in keys]
        shape = tuple(len(dimension.levels) for dimension in dimensions)
        return np.ravel_multi_index(tuple(dimension.codes for dimension in dimensions), shape), shape

    def groups(self, *keys: str) -> pd.DataFrame:
        """One row per combination of one or two dimensions that has people, in reading order.

        Columns: a code per key, people, payback, withheld, then means over people (£, hours) and shares.
        """
        codes, shape = self.coded(keys)
        size = math.prod(shape)
        pooled = self.pooled(codes, size)
        present = np.flatnonzero(pooled["people"] > 0)
        columns: dict[str, FloatArray | IntArray] = dict(zip(keys, np.unravel_index(present, shape), strict=True))
        columns |= {name: values[present] for name, values in pooled.items()}
        for name, values in self.per_cell().items():
            sums = np.bincount(codes, weights=self.cohort.people * values, minlength=size)
            columns[name] = sums[present] / columns["people"]
        return pd.DataFrame(columns)

    def rows(self) -> pd.DataFrame:
        """One row per cell, in order, with needs, decile and the columns of :meth:`groups`."""
        table = pd.DataFrame({"needs": self.cohort.needs, "decile": self.cohort.deciles["overall"]})
        table["people"] = self.cohort.people
        table["payback"] = self.incentives.payback
        table["withheld"] = self.incentives.withheld
        return table.assign(**self.per_cell())


def evaluate(scenario: Scenario, cohort: Cohort, known: KnownContract = NOTHING_KNOWN) -> Evaluation:
    """Hold a price against a cohort; raises ScenarioError where the price has no meaning for it.

    ``known`` is what is known already of a contract whose clauses bend pay.
    """
    pause()
    terms = schedule.settle(scenario, cohort)
    mean_call = cohort.mean(call_on_support(scenario, cohort))
    bent = effective_price.settle(scenario, terms, cohort, mean_call, known)
    found = apply(scenario, terms if bent is None else bent.terms, mean_call, cohort)
    return found if bent is None else replace(found, terms=terms, mechanics=bent)


def apply(scenario: Scenario, terms: Terms, mean_call: float, people: Cohort) -> Evaluation:
    """Hold terms that were settled elsewhere against ``people``, such as the points along a risk curve."""
    priced = schedule.apply(scenario, terms, people)
    account = Account(scenario, priced, Response.of(scenario, people))
    return Evaluation(
        scenario, people, terms, mean_call, priced, account, incentives.assess(account, people, mean_call)
    )
