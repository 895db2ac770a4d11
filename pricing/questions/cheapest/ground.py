"""What is given, group by group: people, what they need and cost, and the units of result that the hours bring."""

from dataclasses import dataclass, replace

import numpy as np

from pricing.errors import ScenarioError
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.price.outcomes import Response, Risk
from pricing.price.schedule import outcome, worth_of
from pricing.price.support_hours import benchmark_hours, call_on_support, least_hours
from pricing.scenario.scenario import Scenario

TENTHS = 10


@dataclass(frozen=True, eq=False)
class Ground:
    """Groups by number of needs and deprivation tenth, at the hours that people need. Arrays (groups,) unless said.

    Attributes
    ----------
    scenario, cohort : what is given; the target is taken as each person's own.
    metrics : those that are paid, in order; arrays named by them are (metrics, groups).
    codes : (cells,), the group of each cell.
    needs, tenth : the group's number of needs; its deprivation tenth, 1 = most deprived, of the index that sets the
        multiplier.
    people, share : number of people, and the share of everyone.
    cost : £ per person of holding the case and giving the needed hours.
    extra_cost : £ per person of the needed hours beyond those that the contract specifies.
    units, units_at_minimum : (metrics, groups), mean units of result per person at the needed hours, at the minimum.
    """

    scenario: Scenario
    cohort: Cohort
    metrics: tuple[str, ...]
    codes: IntArray
    needs: IntArray
    tenth: IntArray
    people: FloatArray
    share: FloatArray
    cost: FloatArray
    extra_cost: FloatArray
    units: FloatArray
    units_at_minimum: FloatArray
    needed_hours: FloatArray

    @property
    def mean_cost(self) -> float:
        """C, £ per person over everyone, of doing what is needed."""
        return float(self.share @ self.cost)

    @property
    def payback_per_pound(self) -> FloatArray:
        """A (metrics, groups): payback per extra £1 of support for a price of £1 per unit; nan where none is needed."""
        gained = self.scenario.present_value * (self.units - self.units_at_minimum)
        return np.divide(gained, self.extra_cost, out=np.full_like(gained, np.nan), where=self.extra_cost > 0)

    def pooled(self, values: FloatArray) -> FloatArray:
        """Means over people of ``values`` (cells,) by group."""
        sums = np.bincount(self.codes, weights=self.cohort.people * values, minlength=len(self.people))
        return np.asarray(sums / self.people)

    def pot(self, prices: FloatArray) -> float:
        """P, £ per person paid on results when everyone gets what they need, at ``prices`` (metrics, groups)."""
        return float(np.sum(self.share * self.units * prices))

    def price_for_hours(self, metric: str) -> FloatArray:
        """The price per unit (cells,) at which the last needed hour is worth just what it costs (model, section 4).

        Results pay for what the provider's mission leaves: 0 where that is worth the hour, or where none is needed.
        """
        response, risk = Response.of(self.scenario, self.cohort), Risk.of(self.scenario, self.cohort)
        effect = response.effect(self.needed_hours)
        left = response.ceiling - effect
        cost = self.scenario.hour_cost * response.hours_scale - left * self.mission * risk.reoffences(effect)
        owed = np.where(self.needed_hours > least_hours(self.scenario, self.needed_hours), np.maximum(cost, 0.0), 0.0)
        paid = self.scenario.present_value * left * self.slope(metric, risk, effect)
        return np.divide(owed, paid, out=np.where(owed > 0, np.inf, 0.0), where=paid > 0)

    @property
    def mission(self) -> float:
        """£ that the provider feels as its own for each reoffence avoided."""
        return self.scenario.mission_weight * self.scenario.social_cost

    def last_hour(self, metric: str) -> FloatArray:
        """Units of result (cells,) that one more hour brings where the needed hours are given."""
        response, risk = Response.of(self.scenario, self.cohort), Risk.of(self.scenario, self.cohort)
        effect = response.effect(self.needed_hours)
        return (response.ceiling - effect) * self.slope(metric, risk, effect) / response.hours_scale

    @staticmethod
    def slope(metric: str, risk: Risk, effect: FloatArray) -> FloatArray:
        """Units (cells,) per unit of fall in log-odds, at ``effect``."""
        return worth_of({metric: 1.0}, np.ones_like(effect), risk).slope(effect)[0]


def take(scenario: Scenario, cohort: Cohort) -> Ground:
    """The ground of a scenario; raises ScenarioError where nobody needs more than the contract specifies."""
    scenario = replace(scenario, target="own")
    response, risk = Response.of(scenario, cohort), Risk.of(scenario, cohort)
    needed = benchmark_hours(scenario, cohort, response, cohort.mean(call_on_support(scenario, cohort)))
    least = least_hours(scenario, needed)
    if not np.any(needed > least):
        raise ScenarioError("Nobody here needs more support than the contract specifies: there is nothing to promise.")
    codes = cohort.needs.astype(np.int64) * TENTHS + cohort.deciles[scenario.area_index].astype(np.int64) - 1
    present, codes = np.unique(codes, return_inverse=True)
    people = np.bincount(codes, weights=cohort.people).astype(np.float64)
    metrics = tuple(scenario.weights())
    ground = Ground(
        scenario=scenario,
        cohort=cohort,
        metrics=metrics,
        codes=codes,
        needs=present // TENTHS,
        tenth=present % TENTHS + 1,
        people=people,
        share=people / people.sum(),
        cost=np.empty(0),
        extra_cost=np.empty(0),
        units=np.empty(0),
        units_at_minimum=np.empty(0),
        needed_hours=needed,
    )
    hours = ground.pooled(needed)

    def gained(effect: FloatArray) -> FloatArray:
        before = {m: outcome(m, risk, 0.0) for m in metrics}
        return np.array([ground.pooled(np.abs(outcome(m, risk, effect) - before[m])) for m in metrics])

    return replace(
        ground,
        cost=scenario.cost_before_support + scenario.hour_cost * hours,
        extra_cost=scenario.hour_cost * (hours - ground.pooled(least)),
        units=gained(response.effect(needed)),
        units_at_minimum=gained(response.effect(least)),
    )
