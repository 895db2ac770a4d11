"""What a price rewards, cell by cell (model, section 4). An index of financial incentive, not a forecast."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.cohort import Cohort
from pricing.price.outcomes import Response, Worth
from pricing.price.schedule import Schedule
from pricing.price.support_hours import benchmark_hours, chosen_hours, least_hours
from pricing.scenario.scenario import Scenario

NEAR_MINIMUM = 0.5
"""Hours above the minimum up to which a person still counts as left at it."""


@dataclass(frozen=True)
class Incentives:
    """What the price rewards for one person of each cell. All arrays (cells,).

    Attributes
    ----------
    least_hours : hours per person that the contract obliges the provider to give: the minimum.
    benchmark_hours, chosen_hours : x_B and x*, hours per person.
    extra_pay, extra_cost : £ that the contract pays back, today, and £ that it costs, to go from the minimum to the
        benchmark; their ratio is the payback per £1.
    margin_at_benchmark, margin_at_chosen, margin_at_minimum : £ per person, as the provider values it today.
    temptation : £ per person gained by leaving the benchmark, at no mission; at least 0.
    results_at_benchmark, results_at_chosen : expected results pay, £ per person at face value.
    reoffences_avoided_benchmark, reoffences_avoided_chosen : per person.
    parked, avoided, perverse : it pays to do the minimum; even at best the person loses money; parked at a profit.
    """

    least_hours: FloatArray
    benchmark_hours: FloatArray
    chosen_hours: FloatArray
    extra_pay: FloatArray
    extra_cost: FloatArray
    margin_at_benchmark: FloatArray
    margin_at_chosen: FloatArray
    margin_at_minimum: FloatArray
    temptation: FloatArray
    results_at_benchmark: FloatArray
    results_at_chosen: FloatArray
    reoffences_avoided_benchmark: FloatArray
    reoffences_avoided_chosen: FloatArray
    parked: BoolArray
    avoided: BoolArray
    perverse: BoolArray

    @property
    def payback(self) -> FloatArray:
        """£ paid back per extra £1 of the support a person needs; nan where no extra is needed."""
        return ratio(self.extra_pay, self.extra_cost)

    @property
    def withheld(self) -> FloatArray:
        """Share of the benchmark hours that the price rewards withholding; nan where the benchmark is 0."""
        return ratio(np.maximum(self.benchmark_hours - self.chosen_hours, 0), self.benchmark_hours)


def ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """``part / whole``, nan where the whole is 0."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


@dataclass(frozen=True)
class Account:
    """Results pay and margin of one provider under one price, as functions of hours; arrays (cells,)."""

    scenario: Scenario
    schedule: Schedule
    response: Response

    def results(self, hours: FloatArray | float) -> FloatArray:
        """Expected results pay, £ per person at face value."""
        return self.schedule.results(self.response.effect(hours))

    def margin(self, hours: FloatArray | float) -> FloatArray:
        """pi(x) = F + pv results(x) - case cost - hour cost x, £ per person."""
        cost = self.scenario.cost_before_support + self.scenario.hour_cost * hours
        return self.schedule.fee + self.scenario.present_value * self.results(hours) - cost

    def discounted(self) -> Worth:
        """What the effect is worth today, in results pay alone."""
        pv, face = self.scenario.present_value, self.schedule.worth
        return Worth(face.risk, pv * face.per_reoffender, pv * face.per_decay, pv * face.per_need)


def assess(account: Account, cohort: Cohort, mean_call: float) -> Incentives:
    """Everything the price rewards, for every cell; ``mean_call`` as in :func:`support_hours.benchmark_hours`."""
    scenario, response = account.scenario, account.response
    money = account.discounted()
    needed = benchmark_hours(scenario, cohort, response, mean_call)
    least = least_hours(scenario, needed)
    selfish = chosen_hours(money, scenario, response, least)
    mission = scenario.mission_weight * scenario.social_cost
    chosen = chosen_hours(money.plus_mission(mission), scenario, response, least) if mission else selfish
    at_least, at_needed = account.margin(least), account.margin(needed)
    extra_cost = scenario.hour_cost * (needed - least)
    left = (chosen <= least + NEAR_MINIMUM) & (needed > least + NEAR_MINIMUM)
    at_chosen = account.margin(chosen)
    return Incentives(
        least_hours=least,
        benchmark_hours=needed,
        chosen_hours=chosen,
        extra_pay=at_needed - at_least + extra_cost,
        extra_cost=extra_cost,
        margin_at_benchmark=at_needed,
        margin_at_chosen=at_chosen,
        margin_at_minimum=at_least,
        temptation=np.maximum(account.margin(selfish) - at_needed, 0.0),
        results_at_benchmark=account.results(needed),
        results_at_chosen=account.results(chosen),
        reoffences_avoided_benchmark=cohort.rate * -np.expm1(-response.effect(needed)),
        reoffences_avoided_chosen=cohort.rate * -np.expm1(-response.effect(chosen)),
        parked=left,
        avoided=at_chosen < 0,
        perverse=left & (at_least > 0),
    )
