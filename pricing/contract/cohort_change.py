"""What effects on people come to for a whole cohort, metric by metric, and how much of that luck can move."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price.metric_formulas import covariance, formulas
from pricing.price.outcomes import Risk
from pricing.price.schedule import Terms, outcome, relativities, units
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Changes:
    """Turns effects on people into the cohort's change on each metric; ``base`` (metrics,), ``weight`` (cells,).

    ``drawn`` where the people measured are drawn from the cohort and not exactly its mix; ``own_target`` where each is
    held against what is expected of them, so that who comes moves no mean and adds no variance.
    """

    cohort: Cohort
    risk: Risk
    metrics: tuple[str, ...]
    weight: FloatArray
    base: FloatArray
    drawn: bool
    own_target: bool = False

    @classmethod
    def of(cls, scenario: Scenario, cohort: Cohort, metrics: tuple[str, ...]) -> "Changes":
        """Those of a scenario's relativities on results."""
        _, weight = relativities(scenario, cohort.needs, cohort.deciles[scenario.area_index])
        risk = Risk.of(scenario, cohort)
        base = np.array([cohort.mean(weight * outcome(m, risk, 0.0)) for m in metrics])
        return cls(cohort, risk, metrics, weight, base, scenario.who_comes == "drawn", scenario.target == "own")

    def at(self, effect: FloatArray) -> FloatArray:
        """Change on each metric, (metrics,), after a fall in log-odds of ``effect`` (cells,); better is positive."""
        share = self.weight * self.cohort.people / self.cohort.people.sum()
        sign = np.array([-METRICS[m].better for m in self.metrics])
        after = np.array([share @ outcome(m, self.risk, effect) for m in self.metrics])
        return self.of_base(sign * (self.base - after))

    def of_base(self, counted: FloatArray) -> FloatArray:
        """What is ``counted`` of each metric, (metrics,), as a share of its baseline: nothing of what is nothing there.

        People without needs have none to meet.
        """
        return np.asarray(np.divide(counted, self.base, out=np.zeros_like(counted), where=self.base != 0))

    def standing(self, scenario: Scenario, terms: Terms) -> FloatArray:
        """Change against the target with no effect, (metrics,)."""
        if scenario.target != "one":
            return np.zeros(len(self.metrics))
        found = [
            self.cohort.mean(self.weight * units(m, "one", self.risk, 0.0, self._mean(m, terms))) for m in self.metrics
        ]
        return np.where(np.ptp(self.weight) > 0, self.of_base(np.array(found)), 0.0)

    def _mean(self, metric: str, terms: Terms) -> float:
        return terms.baselines.get(metric, self.cohort.mean(outcome(metric, self.risk, 0.0)))

    def correlation(self, one: str, other: str, effect: FloatArray | None = None) -> float:
        """Correlation of what two metrics count, after an ``effect`` (cells,)."""
        product = self.variance(one, one, effect) * self.variance(other, other, effect)
        return self.variance(one, other, effect) / float(np.sqrt(product))

    def spread_of_rate(self) -> float:
        """Variance per person of the share who reoffend, everyone counting alike."""
        p = self.cohort.probability
        return self.cohort.mean(p * (1 - p)) + (self._between(p, p) if self.drawn and not self.own_target else 0.0)

    def variance(self, one: str, other: str, effect: FloatArray | None = None) -> float:
        """Weighted (co)variance per person of what two metrics count, in their units, after an ``effect`` (cells,).

        Within people, and between them where each person measured is ``drawn`` from the cohort. A metric for which each
        person is always held against what is expected of them varies with who comes as far as support has changed them.
        """
        risk = self.risk if effect is None else self.risk.after(effect)
        of = formulas(one).variance if one == other else covariance(one, other)
        within = self.cohort.mean(self.weight**2 * of(risk))
        alone = self.own_target or not all(METRICS[metric].common_target for metric in (one, other))
        if not self.drawn or (alone and effect is None):
            return within
        return within + self._between(*(self._beside_target(metric, risk) for metric in (one, other)))

    def _beside_target(self, metric: str, risk: Risk) -> FloatArray:
        """What is expected of each person at a ``risk`` beyond their target, weighted, (cells,).

        A person brings the target along with the count: with a premium, both of them so many times over.
        """
        before = outcome(metric, self.risk, 0.0)
        common = METRICS[metric].common_target and not self.own_target
        return self.weight * (outcome(metric, risk, 0.0) - (self.cohort.mean(before) if common else before))

    def covariance(self, effect: FloatArray | None = None) -> FloatArray:
        """Covariances of the measured changes of one person, in units of each metric; (metrics, metrics)."""
        return np.array([[self.variance(one, other, effect) for other in self.metrics] for one in self.metrics])

    def _between(self, one: FloatArray, other: FloatArray) -> float:
        return self.cohort.mean(one * other) - self.cohort.mean(one) * self.cohort.mean(other)
