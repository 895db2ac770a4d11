"""A provider that serves a cohort under a contract: the hours that pay best at a price, and what they leave it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.effort_line import Support
from pricing.contract.results_pay import ResultsContract
from pricing.people.arrays import FloatArray
from pricing.price.outcomes import Response
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Rest:
    """A place where nothing pays better nearby.

    ``worth`` £ per person for a change of the whole baseline, at the margin, and ``change``: both (metrics,);
    ``hours`` (cells,) of support; ``pay`` expected results pay and ``profit`` what it leaves, £ per person.
    """

    worth: FloatArray
    change: FloatArray
    hours: FloatArray
    pay: float
    profit: float


@dataclass(frozen=True, eq=False)
class Provider:
    """A provider that serves a cohort under a contract, and answers prices with hours; ``least`` (cells,) of them."""

    scenario: Scenario
    contract: ResultsContract
    changes: Changes
    response: Response
    least: FloatArray

    @cached_property
    def support(self) -> Support:
        """How it chooses hours."""
        return Support(self.scenario, self.changes, self.response, self.least)

    def hours(self, worth: FloatArray) -> FloatArray:
        """Hours that pay best where each metric is ``worth`` (metrics,) £ per person at the margin."""
        return self.support.hours(self.contract.unit_prices(np.maximum(worth, 0.0)))

    def change(self, worth: FloatArray) -> FloatArray:
        """The cohort's change on each metric that those hours bring about."""
        return self.changes.at(self.response.effect(self.hours(worth)))

    def answer(self, worth: FloatArray) -> tuple[FloatArray, float]:
        """That change, and what is spent (:meth:`Support.spent`) on it."""
        hours = self.hours(worth)
        effect = self.response.effect(hours)
        return self.changes.at(effect), self.support.spent(hours, effect)

    def rest(self, worth: FloatArray) -> Rest:
        """Hours, change, pay and profit where prices of ``worth`` (metrics,), £ per person, lead."""
        hours = self.hours(worth)
        effect = self.response.effect(hours)
        change = self.changes.at(effect)
        pay = float(self.contract.expected(change))
        return Rest(worth, change, hours, pay, self.scenario.present_value * pay - self.support.spent(hours, effect))

    @cached_property
    def along(self) -> FloatArray:
        """How the metrics move together when everyone's log-odds fall alike, (metrics,)."""
        step = 1e-4
        return self.changes.at(np.full_like(self.response.ceiling, step)) / step

    def factor(self, change: FloatArray, along: FloatArray | None = None) -> FloatArray:
        """Effective price over the linear contract's, at true changes (..., metrics).

        For a step ``along`` (..., metrics), if it is not one in which everyone's log-odds fall alike.
        """
        step = self.along if along is None else along
        whole = step @ self.contract.value
        return np.asarray((self.contract.marginal(change) * step).sum(axis=-1) / whole)
