"""What support changes, and what that change is worth in £ (model, sections 2 and 3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy.special import expit, logit

from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.price.rate_card import PaidNeeds
from pricing.scenario.scenario import Scenario

STEEPEST = 1 / (6 * 3**0.5)
"""The most by which the slope of the logistic curve changes."""


def deprivation(decile: FloatArray) -> FloatArray:
    """Depth of deprivation d = (10 - decile) / 9: 1 in the most deprived tenth, 0 in the least."""
    return (10.0 - decile) / 9.0


class HowSupportWorks(Protocol):
    """Parameters of the response: one value each in a scenario, one per cell in draws."""

    @property
    def max_effect(self) -> FloatArray | float:
        """Largest fall in log-odds, in the least deprived tenth."""

    @property
    def hours_scale(self) -> FloatArray | float:
        """Hours for 63% of the effect, with no needs."""

    @property
    def need_drag(self) -> FloatArray | float:
        """Share of hours that each need adds."""

    @property
    def area_drag(self) -> FloatArray | float:
        """Share of the effect lost in the most deprived tenth."""


@dataclass(frozen=True)
class Response:
    """Response of a person's risk to support: y(x) = theta (1 - exp(-x / h)).

    ``ceiling`` theta is the largest fall in log-odds, ``hours_scale`` h the hours for 63% of it; both (cells,).
    """

    ceiling: FloatArray
    hours_scale: FloatArray

    @classmethod
    def of(cls, support: HowSupportWorks, cohort: Cohort) -> "Response":
        """The response of each cell: needs lengthen h, deprivation lowers theta."""
        drag = 1 - support.area_drag * deprivation(cohort.deciles["overall"])
        slower = 1 + support.need_drag * cohort.needs
        return cls(support.max_effect * drag, support.hours_scale * slower)

    def effect(self, hours: FloatArray | float) -> FloatArray:
        """Fall in log-odds y after ``hours`` x of support."""
        return self.ceiling * -np.expm1(-hours / self.hours_scale)

    def hours(self, effect: FloatArray) -> FloatArray:
        """Hours x that reach the fall in log-odds ``effect`` y, below the ceiling."""
        return -self.hours_scale * np.log1p(-effect / self.ceiling)


@dataclass(frozen=True)
class Risk:
    """A person's expected outcomes after a fall y in log-odds. All arrays (cells,).

    Reoffending P = expit(logit P0 - y); reoffences = rate exp(-y); needs met R = expit(logit base + slope y).
    """

    log_odds: FloatArray
    rate: FloatArray
    severity: FloatArray
    needs: PaidNeeds
    met_base: FloatArray | float
    met_slope: float

    @classmethod
    def of(cls, scenario: Scenario, cohort: Cohort) -> "Risk":
        """The baseline risks of a cohort, with a scenario's parameters of progress."""
        return cls(
            log_odds=logit(cohort.probability),
            rate=cohort.rate,
            severity=cohort.severity,
            needs=PaidNeeds.of(scenario, cohort),
            met_base=float(logit(scenario.progress_base)),
            met_slope=scenario.progress_effect,
        )

    def after(self, effect: FloatArray) -> "Risk":
        """The risks that are left after a fall in log-odds of ``effect`` (cells,)."""
        return replace(
            self,
            log_odds=self.log_odds - effect,
            rate=self.reoffences(effect),
            met_base=self.met_base + self.met_slope * effect,
        )

    def reoffending(self, effect: FloatArray | float) -> FloatArray:
        """Probability P of at least one proven reoffence."""
        return np.asarray(expit(self.log_odds - effect))

    def reoffences(self, effect: FloatArray | float) -> FloatArray:
        """Expected number of proven reoffences."""
        return np.asarray(self.rate * np.exp(-np.asarray(effect)))

    def harm(self, effect: FloatArray | float) -> FloatArray:
        """Expected harm, in Cambridge harm-index days."""
        return self.severity * self.reoffences(effect)

    def needs_met(self, effect: FloatArray | float) -> FloatArray:
        """Expected number of needs met, each counted at its rate."""
        return self.needs.weight * np.asarray(expit(self.met_base + self.met_slope * np.asarray(effect)))


@dataclass(frozen=True)
class Worth:
    """£ gained, per person, as the fall in log-odds y rises from 0. All arrays (cells,).

    ``per_reoffender`` £ per reoffender avoided; ``per_decay`` £ per unit of 1 - exp(-y), which prices reoffences
    and harm; ``per_need`` £ on all of a person's needs at their rates, per unit of the probability that a need is met.
    """

    risk: Risk
    per_reoffender: FloatArray
    per_decay: FloatArray
    per_need: FloatArray

    def gain(self, effect: FloatArray) -> FloatArray:
        """£ gained at ``effect`` over no effect."""
        found = self.per_decay * -np.expm1(-effect)
        if self._of_people:
            found = found + self.per_reoffender * (expit(self.risk.log_odds) - self.risk.reoffending(effect))
        if self._of_needs:
            met = expit(self.risk.met_base + self.risk.met_slope * effect) - expit(self.risk.met_base)
            found = found + self.per_need * met
        return np.asarray(found)

    def slope(self, effect: FloatArray) -> tuple[FloatArray, FloatArray]:
        """First and second derivative of the gain by the effect: M(y) and M'(y)."""
        first = self.per_decay * np.exp(-effect)
        second = -first
        if self._of_people:
            p = self.risk.reoffending(effect)
            binary = self.per_reoffender * p * (1 - p)
            first, second = first + binary, second + binary * (2 * p - 1)
        if self._of_needs:
            slope = self.risk.met_slope
            r = expit(self.risk.met_base + slope * effect)
            progress = self.per_need * slope * r * (1 - r)
            first, second = first + progress, second + progress * slope * (1 - 2 * r)
        return np.asarray(first), np.asarray(second)

    @cached_property
    def _of_people(self) -> bool:
        """Whether anything is paid for people who do not reoffend: a search asks for slopes again and again."""
        return bool(np.any(self.per_reoffender))

    @cached_property
    def _of_needs(self) -> bool:
        return bool(np.any(self.per_need))

    def slopes_along(self, start: FloatArray, step: FloatArray, steps: int, at_once: int = 1) -> Iterator[FloatArray]:
        """First derivative of the gain at ``start`` and after each of so many equal steps, both (cells,).

        Several steps ``at_once``: (steps, cells) each time. Exponentials of equally spaced effects are a geometric
        series: one product a step stands for each of them.
        """
        risk, rows = self.risk, min(at_once, steps + 1)
        odds = np.exp(risk.log_odds)
        by_person, by_need = self.per_reoffender * odds, self.per_need * risk.met_slope
        left, each = np.exp(-start), np.exp(-step)
        unmet, each_unmet = np.exp(-(risk.met_base + risk.met_slope * start)), np.exp(-risk.met_slope * step)
        series, series_unmet = powers(each, rows), powers(each_unmet, rows)
        for first in range(0, steps + 1, rows):
            here = min(rows, steps + 1 - first)
            gone, open_needs = left * series[:here], unmet * series_unmet[:here]
            by_risk = gone * (by_person / (1 + odds * gone) ** 2 + self.per_decay)
            yield by_risk + by_need * open_needs / (1 + open_needs) ** 2
            left, unmet = gone[-1] * each, open_needs[-1] * each_unmet

    def bend(self, theta: FloatArray) -> FloatArray:
        """What the second derivative of (theta - y) M(y) by the effect y never exceeds, y being 0 to theta; (cells,).

        The logistic curve's second derivative is at most 1/(6 sqrt 3), its third 1/8.
        """
        slope = self.risk.met_slope
        first = STEEPEST * (self.per_reoffender + self.per_need * slope**2) + self.per_decay
        second = (self.per_reoffender + self.per_need * slope**3) / 8 + self.per_decay
        return np.asarray(theta * second + 2 * first)

    def plus_mission(self, value_per_reoffence: float) -> "Worth":
        """The same, with ``value_per_reoffence`` £ added for each reoffence avoided."""
        return replace(self, per_decay=self.per_decay + value_per_reoffence * self.risk.rate)

    def take(self, cells: IntArray) -> "Worth":
        """The same for the chosen cells only."""
        risk = replace(
            self.risk,
            log_odds=self.risk.log_odds[cells],
            rate=self.risk.rate[cells],
            severity=self.risk.severity[cells],
            needs=self.risk.needs.take(cells),
        )
        return Worth(risk, self.per_reoffender[cells], self.per_decay[cells], self.per_need[cells])


def powers(base: FloatArray, number: int) -> FloatArray:
    """So many powers of a ``base`` (cells,), from none on: (number, cells)."""
    found = np.ones((number, len(base)))
    found[1:] = base
    return np.asarray(np.multiply.accumulate(found, axis=0))
