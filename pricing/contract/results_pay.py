"""A contract's results pay for a whole cohort: what is expected, and what one more result is worth, at a true change.

The cohort's change on a metric is how much less its people reoffend than at baseline, each weighted by the relativity
on results, as a share of the baseline. The linear contract pays ``value`` times that change; clauses and luck turn it
into the expectation of a :mod:`payment rule <pricing.contract.payment_rule>`.
"""

from dataclasses import dataclass, replace

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.baseline import BaselineError
from pricing.contract.counted.events import Events
from pricing.contract.counted.hurdle_of_counts import ByRule, CountedHurdle, MeasuredBaseline
from pricing.contract.counted.offenders import Offenders
from pricing.contract.counted.quarters_of_counts import topped_up_count
from pricing.contract.counted.topped_hurdle import most_past_hurdle, topped_hurdle
from pricing.contract.counted.tries import Tries
from pricing.contract.hurdle import Hurdle
from pricing.contract.pay_limits import UNLIMITED, PayLimits
from pricing.contract.pay_under_luck import EXACT_UP_TO, Count, Exact, Normal, Paid
from pricing.contract.payment_rule import LINEAR, Clauses, from_clauses
from pricing.contract.top_up import QUARTERS, ToppedUp, topped_up
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.people.risk_curves import NORMAL_95
from pricing.price.metric_formulas import per_event
from pricing.price.schedule import Terms
from pricing.scenario.metrics import GATE, GATED, METRICS
from pricing.scenario.scenario import Scenario

MOST_COUNTED = {"reoffender": EXACT_UP_TO, "need": EXACT_UP_TO, "reoffence": 5000, "harm": 20000}
"""People measured at a time up to whom what is counted has its own distribution: the more skewed, the more."""
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
    full : change at which the results money is earned in full. noise : standard deviation of the
        measured change in one measure, and ``of_baseline`` what the baseline adds, being measured too.
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
    of_baseline: FloatArray
    paid: tuple[Paid, ...]
    clauses: tuple[Clauses, ...]
    hurdle: Hurdle | CountedHurdle | None
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
        hurdle = self.hurdle and self.hurdle.rewards()
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
    if scenario.measured_people or scenario.baseline_people:
        return True
    if scenario.target != "one" or not raised(scenario):
        return False
    contract = settle(scenario, terms, cohort)
    limits = PayLimits.of(scenario, float(contract.value @ contract.full))
    return bool(contract.value @ contract.standing < limits.lowest)


def settle(scenario: Scenario, terms: Terms, cohort: Cohort) -> ResultsContract:
    """Work out a contract's results pay for a cohort."""
    gated = scenario.binary_hurdle == "yes" and GATED in terms.unit_prices
    metrics = tuple(dict.fromkeys([*terms.unit_prices, *([GATE] if gated else [])]))
    changes = Changes.of(scenario, cohort, metrics)
    full = changes.at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    noise = noise_of(people_measured(scenario), changes)
    rate = cohort.mean(cohort.probability)
    clauses = tuple(clauses_of(scenario, rate, f, n) for f, n in zip(full, noise, strict=True))
    value = np.array([terms.unit_prices.get(m, 0.0) for m in metrics]) * changes.base
    together = None
    if len(metrics) > 1 and scenario.limits_deductions and not scenario.bends_pay:
        clauses = tuple(replace(each, limits=UNLIMITED) for each in clauses)
        together = limited_together(scenario, changes, value, full)
    of_baseline = noise_of(people_of_baseline(scenario), changes)
    standing = changes.standing(scenario, terms)
    luck = zip(noise.tolist(), of_baseline.tolist(), standing.tolist(), strict=True)
    paid = tuple(
        measure(scenario, changes, metric, each, about)
        for metric, each, about in zip(metrics, clauses, luck, strict=True)
    )

    def hurdle_at(place: int) -> Hurdle | CountedHurdle:
        both = float(standing[place]), float(standing[metrics.index(GATE)])
        return hurdle_of(scenario, clauses[place], paid[place], changes, both)

    return ResultsContract(
        metrics=metrics,
        value=value,
        base=changes.base,
        standing=standing,
        full=full,
        noise=noise,
        of_baseline=of_baseline,
        paid=paid,
        clauses=clauses,
        hurdle=hurdle_at(metrics.index(GATED)) if gated else None,
        together=together,
    )


def people_measured(scenario: Scenario) -> float:
    """People in one measure, at least one; 0 where the measure is without luck."""
    if not scenario.measured_people:
        return 0.0
    return max(scenario.measured_people / (QUARTERS if scenario.measured_period == "quarter" else 1), 1.0)


def people_of_baseline(scenario: Scenario) -> float:
    """People that the baseline was measured on, at least one; 0 where it is known exactly."""
    return max(scenario.baseline_people, 1.0) if scenario.baseline_people else 0.0


def noise_of(people: float, changes: Changes) -> FloatArray:
    """Standard deviation, as a share of the baseline, of each metric measured on so many people; 0 without luck."""
    if not people:
        return np.zeros(len(changes.metrics))
    return np.asarray(np.sqrt(np.diag(changes.covariance()) / people) / changes.base)


def limited_together(scenario: Scenario, changes: Changes, value: FloatArray, full: FloatArray) -> Normal:
    """A blend whose deductions are limited in sum; ``value`` and ``full`` (metrics,) as in :class:`ResultsContract`."""
    whole = float(value.sum())
    weight = value / whole / changes.base
    parts = [1 / people for people in (people_measured(scenario), people_of_baseline(scenario)) if people]
    noise = float(np.sqrt(weight @ changes.covariance() @ weight * sum(parts)))
    return Normal(PayLimits.of(scenario, float(value @ full) / whole).over(LINEAR), noise)


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
        limits=PayLimits.of(scenario, full),
    )


def measure(
    scenario: Scenario, changes: Changes, metric: str, clauses: Clauses, luck: tuple[float, float, float]
) -> Paid:
    """The rule with its luck: an exact count of few people, or normal; topped up by the year where the contract is so.

    ``luck`` is the noise of one measure, that of the baseline, and the change against the target with no effect.
    """
    noise, of_baseline, standing = luck
    people, rule = round(people_measured(scenario)), from_clauses(clauses)
    few = count_of(scenario, changes, metric, people)
    of_few = count_of(scenario, changes, metric, round(people_of_baseline(scenario)))
    baseline = None if of_few is None else BaselineError.of(of_few)
    of_baseline = of_baseline if baseline is None else 0.0
    if scenario.annual_top_up == "yes" and scenario.measured_period == "quarter" and noise > 0:
        of_year = of_the_year(scenario, clauses)
        whole = count_of(scenario, changes, metric, QUARTERS * people)
        if few is not None and whole is not None:
            return topped_up_count((few, whole), (rule, from_clauses(of_year)), of_baseline, standing, baseline)
        topped = topped_up(clauses, of_year, noise)
        return replace(topped, noise=float(np.hypot(topped.noise, of_baseline)), baseline=baseline)
    if few is not None:
        return Exact(rule, few, of_baseline, standing, baseline)
    return Normal(rule, float(np.hypot(noise, of_baseline)), baseline)


def count_of(scenario: Scenario, changes: Changes, metric: str, people: int) -> Count | Events | None:
    """What a ``metric`` counts among so many ``people``, where they are few enough to be counted exactly."""
    event = METRICS[metric].event
    past_hurdle = scenario.binary_hurdle == "yes" and (metric == GATED or metric not in scenario.weights())
    if past_hurdle or not 0 < people <= MOST_COUNTED.get(event, 0):
        return None
    if event not in ("reoffender", "need"):
        return Events.like(changes, metric, people)
    alike = float(np.ptp(changes.weight * per_event(metric, changes.risk))) == 0
    if event == "need" or not alike or (changes.drawn and changes.own_target):
        return Tries.like(changes, metric, people)
    return Count.like(changes.cohort, people, changes.drawn)


def of_the_year(scenario: Scenario, by_quarter: Clauses) -> Clauses:
    """The clauses of the annual measure that tops up a quarterly one: luck is half as wide, and so is its interval."""
    return replace(by_quarter, zone=by_quarter.zone / 2) if scenario.flat_zone == "interval" else by_quarter


def raised(scenario: Scenario) -> bool:
    """Whether anyone's results carry a premium."""
    return scenario.has_premium and scenario.premiums_apply_to("results")


def hurdle_of(
    scenario: Scenario, clauses: Clauses, paid: Paid, changes: Changes, standing: tuple[float, float]
) -> Hurdle | CountedHurdle:
    """The binary hurdle on frequency pay, judged on the same measure: the year's where the year tops up.

    Few people are counted exactly. ``standing`` of reoffences and of reoffenders.
    """
    topped, correlation = isinstance(paid, ToppedUp), changes.correlation(GATE, GATED)
    people = round(people_measured(scenario)) * (QUARTERS if topped else 1)
    of_one = dict(zip(changes.metrics, noise_of(1.0, changes), strict=True))
    if 0 < people <= most_past_hurdle(scenario):
        offenders, baseline = Offenders.like(changes, people), MeasuredBaseline.known()
        before = round(people_of_baseline(scenario))
        if before > EXACT_UP_TO:
            error = before**-0.5
            baseline = MeasuredBaseline.normal(error * of_one[GATED], error * of_one[GATE], correlation)
        elif before:
            baseline = MeasuredBaseline.counted(Offenders.like(changes, before))
        if topped:
            by_year = of_the_year(scenario, clauses)
            return topped_hurdle(changes, offenders, (clauses, by_year), baseline, standing)
        pays = ByRule(from_clauses(clauses), offenders, baseline, standing[0])
        return CountedHurdle(pays, offenders, baseline, standing)
    assert isinstance(paid, Normal | ToppedUp)
    # Both are measured on the same people: the one's luck is in proportion to the other's.
    return Hurdle(paid.rule, paid.noise, float(paid.noise * of_one[GATE] / of_one[GATED]), correlation)
