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

KEPT = 8
"""Prices whose answers are kept while one contract is settled."""


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
class SupportGiven:
    """What prices lead to: ``hours`` of support and their ``effect``, (cells,), and the ``change`` (metrics,)."""

    hours: FloatArray
    effect: FloatArray
    change: FloatArray


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
        return self._given(worth).change

    def answer(self, worth: FloatArray) -> tuple[FloatArray, float]:
        """That change, and what is spent (:meth:`Support.spent`) on it."""
        given = self._given(worth)
        return given.change, self.support.spent(given.hours, given.effect)

    def rest(self, worth: FloatArray) -> Rest:
        """Hours, change, pay and profit where prices of ``worth`` (metrics,), £ per person, lead."""
        given = self._given(worth)
        pay = float(self.contract.expected(given.change))
        profit = self.scenario.present_value * pay - self.support.spent(given.hours, given.effect)
        return Rest(worth, given.change, given.hours, pay, profit)

    def _given(self, worth: FloatArray) -> SupportGiven:
        """What those prices lead to; a search asks for one of its last few prices again and again."""
        key = worth.tobytes()
        found = self._last.get(key)
        if found is None:
            hours = self.hours(worth)
            effect = self.response.effect(hours)
            found = self._last[key] = SupportGiven(hours, effect, self.changes.at(effect))
            if len(self._last) > KEPT:
                del self._last[next(iter(self._last))]
        return found

    @cached_property
    def _last(self) -> dict[bytes, SupportGiven]:
        return {}

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
