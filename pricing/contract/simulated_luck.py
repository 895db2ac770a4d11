"""What luck makes of one contract: draws of what it pays at given true changes, with the same luck at each."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from pricing.contract.cohort_change import Changes
from pricing.contract.payment_rule import PaymentRule, from_clauses
from pricing.contract.results_pay import ResultsContract, of_the_year
from pricing.contract.top_up import QUARTERS
from pricing.people.arrays import FloatArray
from pricing.scenario.metrics import GATE, GATED
from pricing.scenario.scenario import Scenario

DRAWS = 512
"""Sets of luck: a fixed low-discrepancy sequence, the same on every machine and at every setting."""
MOST_CORRELATED = 0.999


@dataclass(frozen=True, eq=False)
class Luck:
    """Standard normal luck in every measure of a period, and last in the baseline.

    ``draws`` has shape (DRAWS, periods + 1, metrics).
    """

    contract: ResultsContract
    quarter: tuple[PaymentRule, ...]
    year: tuple[PaymentRule, ...]
    draws: FloatArray

    @classmethod
    def of(cls, scenario: Scenario, contract: ResultsContract, changes: Changes) -> "Luck":
        """The luck of a contract: one period, or the four of a year that is topped up. Only counts are correlated."""
        topped = scenario.annual_top_up == "yes" and scenario.measured_period == "quarter"
        periods, metrics = QUARTERS if topped else 1, len(contract.metrics)
        # One more set for the baseline, whose error all periods share.
        uniform = qmc.Sobol((periods + 1) * metrics, scramble=False).random(DRAWS) + 0.5 / DRAWS
        normal = ndtri(uniform).reshape(DRAWS, periods + 1, metrics)
        if {GATE, GATED} <= set(contract.metrics):
            one, other = contract.metrics.index(GATE), contract.metrics.index(GATED)
            rho = min(changes.correlation(GATE, GATED), MOST_CORRELATED)
            normal[..., other] = rho * normal[..., one] + np.sqrt(1 - rho**2) * normal[..., other]
        yearly = [of_the_year(scenario, clauses) for clauses in contract.clauses]
        rules = tuple(from_clauses(clauses) for clauses in contract.clauses)
        return cls(contract, rules, tuple(from_clauses(clauses) for clauses in yearly), normal)

    def pay(self, change: FloatArray) -> FloatArray:
        """What is paid at true changes (points, metrics), in each draw: (points, DRAWS), £ per person."""
        at = change + self.contract.standing
        luck = self.contract.noise * self.draws[:, :-1] + self.contract.of_baseline * self.draws[:, -1:]
        measured = at[:, None, None, :] + luck
        if self.contract.together is not None:
            whole = float(self.contract.value.sum())
            rule = self.contract.together.rule
            return np.asarray(whole * rule(measured @ self.contract.value / whole).mean(axis=2))
        pay = np.zeros(measured.shape[:2])
        for k, metric in enumerate(self.contract.metrics):
            each = self.quarter[k](measured[..., k]).mean(axis=2)
            if self.draws.shape[1] > 2:
                each = np.maximum(each, self.year[k](measured[..., k].mean(axis=2)))
            if self.contract.hurdle is not None and metric == GATED:
                binary = measured[..., self.contract.metrics.index(GATE)].mean(axis=2)
                each = np.where(binary < 0, np.minimum(each, 0), each)
            pay += self.contract.value[k] * each
        return pay
