"""How each person's risk falls along a provider's line of prices, from no support to all that it can do.

Support goes where it pays best, so that not everyone's odds fall alike: who is helped, and who is left, decides how
far luck carries what is measured. Distributions are of the people as they are at a place of this line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.strata import given, reduce
from pricing.price.outcomes import Response
from pricing.price.schedule import worth_of
from pricing.price.support_hours import chosen_hours
from pricing.resources.pause import pause
from pricing.scenario.scenario import Scenario

FACTORS = np.array([0.0, *np.geomspace(0.05, 40.0, 13)])
"""Prices of the line, as parts of the linear contract's; beyond the last one is all that support can do."""
BEFORE, BEYOND = (1.0, 0.75, 0.5, 0.25, 0.1), (0.1, 0.25, 0.5, 0.75, 1.0, 2.0, 4.0)
"""Steps in everyone's log-odds at which places before no support, and beyond all of it, are looked at."""
STRATA = 20_000
"""Cells up to which each is supported by itself, and strata at most of a larger cohort."""
APART = 1e-9
"""Change by which two places of the line are told apart."""


@dataclass(frozen=True, eq=False)
class Support:
    """How a provider chooses hours of support for a cohort; ``least`` (cells,) of them."""

    scenario: Scenario
    changes: Changes
    response: Response
    least: FloatArray

    def hours(self, prices: Mapping[str, float]) -> FloatArray:
        """Hours that pay best at ``prices`` of one unit of each metric, £ at face value."""
        pause()
        today = {metric: self.scenario.present_value * price for metric, price in prices.items()}
        money = worth_of(today, self.changes.weight, self.changes.risk)
        mission = self.scenario.mission_weight * self.scenario.social_cost
        return chosen_hours(money.plus_mission(mission) if mission else money, self.scenario, self.response, self.least)

    def on_strata(self, most: int) -> tuple["Support", IntArray]:
        """The same for strata in the place of a larger cohort, with the stratum of each cell."""
        cohort, scenario = self.changes.cohort, self.scenario
        if len(cohort.people) <= most:
            return self, np.arange(len(cohort.people))
        strata = reduce(cohort, given(cohort), scenario.area_index, most, scenario.rates_apart)
        people = strata.stacked(1)
        least = np.bincount(strata.stratum, weights=cohort.people * self.least) / people.people
        changes = Changes.of(scenario, people, self.changes.metrics)
        return Support(scenario, changes, Response.of(scenario, people), least), strata.stratum

    def spent(self, hours: FloatArray, effect: FloatArray) -> float:
        """What hours cost, less what a mission makes of the reoffences they avoid, £ per person."""
        avoided = self.changes.cohort.mean(self.changes.risk.rate * -np.expm1(-effect))
        felt = self.scenario.mission_weight * self.scenario.social_cost * avoided
        return self.scenario.hour_cost * self.changes.cohort.mean(hours) - felt


@dataclass(frozen=True, eq=False)
class EffortLine:
    """The line of a linear contract's ``prices`` of one unit of each metric, answered by a provider's ``support``.

    Its places are, least support first, each of `FACTORS` and all that support can do; where nobody is supported, and
    beyond what support can do, everyone's log-odds move alike. A large cohort is supported by strata.
    """

    support: Support
    prices: Mapping[str, float]

    @cached_property
    def places(self) -> list[FloatArray]:
        """The fall in log-odds (cells,) at each place, and before and beyond them."""
        support, stratum = self.support.on_strata(STRATA)
        inside = []
        for factor in FACTORS:
            hours = support.hours({metric: factor * price for metric, price in self.prices.items()})
            inside.append(support.response.effect(hours))
        inside.append(np.maximum(support.response.ceiling * (1 - 1e-9), inside[-1]))
        none = np.zeros_like(inside[0])
        every = [*(none - step for step in BEFORE), none, *inside, *(inside[-1] + step for step in BEYOND)]
        return [effect[stratum] for effect in every]

    @property
    def supported(self) -> slice:
        """The places from no support to all that it can do."""
        return slice(len(BEFORE), len(BEFORE) + len(FACTORS) + 2)

    @cached_property
    def changed(self) -> FloatArray:
        """The cohort's change at each place, (places, metrics)."""
        return np.array([self.support.changes.at(effect) for effect in self.places])

    def by(self, metric: str) -> "OneMetric":
        """The line by the true change on one metric."""
        at = self.changed[:, self.support.changes.metrics.index(metric)]
        kept = rising(at)
        return OneMetric(at[kept], [self.places[place] for place in kept])


def rising(at: FloatArray) -> IntArray:
    """Places of a line that are beyond all before them, (kept,), where it is ``at`` (places,)."""
    return np.flatnonzero(np.diff(np.maximum.accumulate(at), prepend=-np.inf) > APART)


@dataclass(frozen=True, eq=False)
class OneMetric:
    """A line in rising order of the true change on one metric, ``at`` (places,); ``effect`` (cells,) at each place."""

    at: FloatArray
    effect: list[FloatArray]

    def each(self, made: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """What is ``made`` of the effect at each place, one below the other."""
        return np.array([made(effect) for effect in self.effect])

    def middle(self) -> FloatArray:
        """The effect at a change of about a tenth, (cells,): it tells apart whom support goes to."""
        return self.effect[int(np.argmin(np.abs(self.at - 0.1)))]


@dataclass(frozen=True, eq=False)
class OnLine:
    """Values of groups, (places, groups), at the true changes ``at`` (places,) of a line; straight between them."""

    at: FloatArray
    values: FloatArray

    def __call__(self, change: FloatArray | float) -> tuple[FloatArray, FloatArray]:
        """Values (..., groups) at true changes (...), and their derivative by them."""
        at, values = self.at, self.values
        left = np.clip(np.searchsorted(at, change, side="right") - 1, 0, len(at) - 2)
        slope = (values[left + 1] - values[left]) / np.asarray(at[left + 1] - at[left])[..., None]
        return np.asarray(values[left] + np.asarray(change - at[left])[..., None] * slope), np.asarray(slope)
