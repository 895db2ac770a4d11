"""A contract's results pay for a whole cohort: what is expected, and what one more result is worth, at a true change.

The cohort's change on a metric is how much less its people reoffend than at baseline, each weighted by the relativity
on results, as a share of the baseline. The linear contract pays ``value`` times that change; clauses and luck turn it
into the expectation of a :mod:`payment rule <pricing.contract.payment_rule>`.
"""

from dataclasses import dataclass, replace

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.hurdle_of_counts import CountedHurdle
from pricing.contract.effort_line import EffortLine, Support
from pricing.contract.hurdle import Hurdle, HurdleByChange
from pricing.contract.measured import (
    Measured,
    hold_enough_to_measure,
    limited_together,
    noise_of,
    people_measured,
    people_of_baseline,
)
from pricing.contract.pay_limits import UNLIMITED, PayLimits
from pricing.contract.pay_under_luck import Paid
from pricing.contract.payment_rule import Clauses, from_clauses
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.people.risk_curves import NORMAL_95
from pricing.price.outcomes import Response
from pricing.price.schedule import Terms
from pricing.scenario.metrics import GATE, GATED
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
    full : change at which the results money is earned in full. noise : standard deviation of the
        measured change in one measure, and ``of_baseline`` what the baseline adds, being measured too.
    paid : pay in shares of the baseline, by metric. hurdle : what stands for frequency instead, if there is one.
    together : what the metrics of a blend come to together, in shares of ``value``'s sum, where a limit on deductions
        is all that bends it; with other clauses each metric keeps to its own limit.
    line : along which the people measured are known; where there is none all log-odds move alike.
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
    hurdle: Hurdle | HurdleByChange | CountedHurdle | None
    together: Paid | None = None
    line: EffortLine | None = None

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


def settle(scenario: Scenario, terms: Terms, cohort: Cohort, least: FloatArray | None = None) -> ResultsContract:
    """Work out a contract's results pay for a cohort.

    Where the ``least`` hours (cells,) of its provider are given, luck is that of the people as the provider's line of
    prices leaves them. Otherwise all log-odds move alike. Raises ScenarioError where next to nothing is measured.
    """
    gated = scenario.binary_hurdle == "yes" and GATED in terms.unit_prices
    metrics = tuple(dict.fromkeys([*terms.unit_prices, *([GATE] if gated else [])]))
    hold_enough_to_measure(scenario, cohort, metrics)
    changes = Changes.of(scenario, cohort, metrics)
    line = None
    if least is not None:
        line = EffortLine(Support(scenario, changes, Response.of(scenario, cohort), least), terms.unit_prices)
    full = changes.at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    noise = noise_of(people_measured(scenario), changes)
    rate = cohort.mean(cohort.probability)
    clauses = tuple(clauses_of(scenario, rate, f, n) for f, n in zip(full, noise, strict=True))
    value = np.array([terms.unit_prices.get(m, 0.0) for m in metrics]) * changes.base
    standing = changes.standing(scenario, terms)
    measured = Measured(scenario, changes, line)
    together = None
    if len(metrics) > 1 and scenario.limits_deductions and not scenario.bends_pay:
        clauses = tuple(replace(each, limits=UNLIMITED) for each in clauses)
        # With no money on results there is nothing that could be limited.
        together = limited_together(measured, value, full, standing) if value.any() else None
    paid = tuple(
        measured.pays(metric, *about) for metric, *about in zip(metrics, clauses, standing.tolist(), strict=True)
    )
    hurdle = None
    if gated:
        place, gate = metrics.index(GATED), metrics.index(GATE)
        hurdle = measured.hurdle(clauses[place], (float(standing[place]), float(standing[gate])))
    of_baseline = noise_of(people_of_baseline(scenario), changes)
    return ResultsContract(
        metrics, value, changes.base, standing, full, noise, of_baseline, paid, clauses, hurdle, together, line
    )


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


def raised(scenario: Scenario) -> bool:
    """Whether anyone's results carry a premium."""
    return scenario.has_premium and scenario.premiums_apply_to("results")
