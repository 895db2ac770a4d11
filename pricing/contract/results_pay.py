"""A contract's results pay for a whole cohort: what is expected, and what one more result is worth, at a true change.

The cohort's change on a metric is how much less its people reoffend than at baseline, each weighted by the relativity
on results, as a share of the baseline. The linear contract pays ``value`` times that change; clauses and luck turn it
into the expectation of a :mod:`payment rule <pricing.contract.payment_rule>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.hurdle import Hurdle
from pricing.contract.pay_under_luck import EXACT_UP_TO, Count, Exact, Normal, Paid
from pricing.contract.payment_rule import LINEAR, Clauses, from_clauses
from pricing.contract.top_up import QUARTERS, ToppedUp, topped_up
from pricing.people.cohort import Cohort, FloatArray
from pricing.people.risk_curves import NORMAL_95
from pricing.price.schedule import Terms
from pricing.scenario.metrics import GATE, GATED, METRICS
from pricing.scenario.scenario import Scenario

INNER = {"whole": 1.0, "half": 0.5, "excess": 0.0}


@dataclass(frozen=True, eq=False)
class ResultsContract:
    """Results pay as a function of the cohort's true change on each metric; arrays (metrics,).

    Attributes
    ----------
    metrics : those that pay, and ``binary`` where it is a hurdle to others.
    value : £ per person that the linear contract pays for a change of the whole baseline.
    base : baseline units per person, weighted by relativity. standing : change with no effect at all, against the
        target; other than 0 only where premiums meet a common target.
    full : change at which the results money is earned in full. noise : standard deviation of the measured change.
    paid : pay in shares of the baseline, by metric. hurdle : what stands for frequency instead, if there is one.
    together : what the metrics of a blend come to together, in shares of ``value``'s sum, where a limit on deductions
        is all that bends it; with other clauses each metric keeps to its own limit.
    """

    metrics: tuple[str, ...]
    value: FloatArray
    base: FloatArray
    standing: FloatArray
    full: FloatArray
    noise: FloatArray
    paid: tuple[Paid, ...]
    clauses: tuple[Clauses, ...]
    hurdle: Hurdle | None
    together: Normal | None = None

    @property
    def straight(self) -> bool:
        """Whether expected pay is that of the linear contract, whatever the luck and the change."""
        ruled = self.hurdle is not None or self.together is not None
        return not ruled and all(from_clauses(clauses).linear for clauses in self.clauses)

    def expected(self, change: FloatArray) -> FloatArray:
        """Expected results pay, £ per person; ``change`` (..., metrics) from the support given."""
        at = change + self.standing
        if self.together is not None:
            whole = float(self.value.sum())
            return np.asarray(whole * self.together.expected(at @ self.value / whole))
        pay = np.zeros(at.shape[:-1])
        for k, metric in enumerate(self.metrics):
            if self.hurdle is not None and metric == GATED:
                each = self.hurdle.expected(at[..., k], at[..., self.metrics.index(GATE)])
            else:
                each = self.paid[k].expected(at[..., k])
            pay = pay + self.value[k] * each
        return np.asarray(pay)

    def marginal(self, change: FloatArray) -> FloatArray:
        """Derivative of expected pay by the change on each metric, £ per person, shape (..., metrics)."""
        at = change + self.standing
        if self.together is not None:
            return np.asarray(self.together.marginal(at @ self.value / self.value.sum())[..., None] * self.value)
        worth = np.zeros(at.shape)
        for k, metric in enumerate(self.metrics):
            if self.hurdle is not None and metric == GATED:
                binary = self.metrics.index(GATE)
                own, gate = self.hurdle.marginal(at[..., k], at[..., binary])
                worth[..., k] += self.value[k] * own
                worth[..., binary] += self.value[k] * gate
            else:
                worth[..., k] += self.value[k] * self.paid[k].marginal(at[..., k])
        return worth

    def rewards(self) -> "ResultsContract":
        """The same contract with its rewards alone: nothing is ever deducted."""
        hurdle = self.hurdle and replace(self.hurdle, rule=self.hurdle.rule.at_least(0.0))
        return replace(self, paid=tuple(paid.rewards() for paid in self.paid), hurdle=hurdle, together=None)

    def linear(self, change: FloatArray) -> FloatArray:
        """What the linear contract pays, £ per person."""
        return np.asarray((change + self.standing) @ self.value)

    def unit_prices(self, worth: FloatArray) -> dict[str, float]:
        """£ per unit of each metric, from £ per person for a change of the whole baseline."""
        return {m: float(w / b) for m, w, b in zip(self.metrics, worth, self.base, strict=True)}


def bends(scenario: Scenario, terms: Terms, cohort: Cohort) -> bool:
    """Whether clauses can make a contract's pay differ from results times price for these people.

    A limit on deductions alone does so only where it can be reached: through luck, or where a common target with
    premiums deducts that much from people who get no support at all. Pay never falls as support rises, so without
    luck a limit that is not reached there is never reached, and the contract is the linear one.
    """
    if not scenario.results_share:
        return False
    if scenario.bends_pay or not scenario.limits_deductions:
        return scenario.bends_pay
    if scenario.measured_people:
        return True
    if scenario.target != "one" or not raised(scenario):
        return False
    contract = settle(scenario, terms, cohort)
    return bool(contract.value @ (contract.standing + scenario.most_deducted * contract.full) < 0)


def settle(scenario: Scenario, terms: Terms, cohort: Cohort) -> ResultsContract:
    """Work out a contract's results pay for a cohort."""
    gated = scenario.binary_hurdle == "yes" and GATED in terms.unit_prices
    metrics = tuple(dict.fromkeys([*terms.unit_prices, *([GATE] if gated else [])]))
    changes = Changes.of(scenario, cohort, metrics)
    full = changes.at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    noise = np.array([measured_noise(m, scenario, cohort, changes) for m in metrics])
    rate = cohort.mean(cohort.probability)
    clauses = tuple(clauses_of(scenario, rate, f, n) for f, n in zip(full, noise, strict=True))
    value = np.array([terms.unit_prices.get(m, 0.0) for m in metrics]) * changes.base
    together = None
    if len(metrics) > 1 and scenario.limits_deductions and not scenario.bends_pay:
        clauses = tuple(replace(each, floor=float("-inf")) for each in clauses)
        together = limited_together(scenario, changes, value, full)
    paid = tuple(measure(scenario, cohort, c, n) for c, n in zip(clauses, noise, strict=True))
    return ResultsContract(
        metrics=metrics,
        value=value,
        base=changes.base,
        standing=changes.standing(scenario, terms),
        full=full,
        noise=noise,
        paid=paid,
        clauses=clauses,
        hurdle=hurdle_of(paid[metrics.index(GATED)], dict(zip(metrics, noise, strict=True)), changes)
        if gated
        else None,
        together=together,
    )


def people_measured(scenario: Scenario) -> float:
    """People in one measure, at least one; 0 where the measure is without luck."""
    if not scenario.measured_people:
        return 0.0
    return max(scenario.measured_people / (QUARTERS if scenario.measured_period == "quarter" else 1), 1.0)


def measured_noise(metric: str, scenario: Scenario, cohort: Cohort, changes: Changes) -> float:
    """Standard deviation of the measured change of one period, a share of the baseline; 0 without luck."""
    people = people_measured(scenario)
    if not people:
        return 0.0
    return float(np.sqrt(changes.variance(metric, metric) / people) / changes.base[changes.metrics.index(metric)])


def limited_together(scenario: Scenario, changes: Changes, value: FloatArray, full: FloatArray) -> Normal:
    """A blend whose deductions are limited in sum; ``value`` and ``full`` (metrics,) as in :class:`ResultsContract`."""
    whole, people = float(value.sum()), people_measured(scenario)
    weight = value / whole / changes.base
    noise = float(np.sqrt(weight @ changes.covariance() @ weight / people)) if people else 0.0
    return Normal(LINEAR.at_least(-scenario.most_deducted * float(value @ full) / whole), noise)


def clauses_of(scenario: Scenario, rate: float, full: float, noise: float) -> Clauses:
    """A scenario's clauses in shares of the baseline; points are turned by the binary ``rate``."""
    zone = {"none": 0.0, "fixed": scenario.zone_points / 100 / rate, "interval": NORMAL_95 * noise}
    return Clauses(
        zone=zone[scenario.flat_zone],
        threshold=scenario.threshold,
        inner=INNER[scenario.pay_on],
        shape=scenario.threshold_rule,
        full=float(full),
        deducts=scenario.deductions == "full",
        cap=scenario.results_cap * full if scenario.results_cap > 0 else float("inf"),
        floor=-scenario.most_deducted * full if scenario.limits_deductions else float("-inf"),
    )


def measure(scenario: Scenario, cohort: Cohort, clauses: Clauses, noise: float) -> Paid:
    """The rule with its luck: topped up by the year, an exact count of few people who count alike, or normal."""
    if scenario.annual_top_up == "yes" and scenario.measured_period == "quarter" and noise > 0:
        return topped_up(clauses, of_the_year(scenario, clauses), noise)
    people = round(people_measured(scenario))
    alike = all(METRICS[m].event == "reoffender" for m in scenario.weights()) and not raised(scenario)
    if alike and 0 < people <= EXACT_UP_TO:
        return Exact(from_clauses(clauses), Count.like(cohort, people))
    return Normal(from_clauses(clauses), noise)


def of_the_year(scenario: Scenario, by_quarter: Clauses) -> Clauses:
    """The clauses of the annual measure that tops up a quarterly one: luck is half as wide, and so is its interval."""
    return replace(by_quarter, zone=by_quarter.zone / 2) if scenario.flat_zone == "interval" else by_quarter


def raised(scenario: Scenario) -> bool:
    """Whether anyone's results carry a premium."""
    premium = scenario.need_premium + scenario.multiple_needs_premium + scenario.area_multiplier - 1
    return scenario.uplift_applies_to != "fee" and premium > 0


def hurdle_of(paid: Paid, noise: Mapping[str, float], changes: Changes) -> Hurdle:
    """The binary hurdle on frequency pay, judged on the same measure: the year's where the year tops up."""
    assert isinstance(paid, Normal | ToppedUp)
    yearly = paid.noise / noise[GATED] if noise[GATED] > 0 else 1.0
    return Hurdle(paid.rule, paid.noise, yearly * noise[GATE], changes.correlation(GATE, GATED))
