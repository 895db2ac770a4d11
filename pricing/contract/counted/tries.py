"""Luck in what happens once at most: who reoffends where some count for more than others, and which needs are met.

Everyone has so many tries, one to reoffend or one for each need, each with a chance. What they come to goes to the same
lattice as reoffences and harm (`events`).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.complex_numbers import ComplexArray, log
from pricing.contract.counted.events import Events
from pricing.contract.counted.groups import FEW, beyond_average, parted, sliced
from pricing.contract.counted.lattice_sum import Rates
from pricing.contract.effort_line import OneMetric, OnLine
from pricing.people.arrays import FloatArray, IntArray
from pricing.price.metric_formulas import per_event
from pricing.price.schedule import outcome
from pricing.scenario.metrics import METRICS

NEWTON = 30
SURE = 1e-9
"""By which a chance stays away from 0 and 1."""
KINDS, FINEST = 80, (12, 8)
"""Kinds of people at most that each stand for themselves; and into how many more are parted, by what they count and by
risk."""
HELPED = 6
"""Kinds of people by how much they are helped, where that alone tells them apart."""
SMALLEST = 20
"""Parts of the smallest amount that the others may be multiples of."""
LEFT = 0.5, 1.0, 1.25
"""Shares of the risk that are left at which a sum has to be smooth."""


@dataclass(frozen=True, eq=False)
class Tries(Events):
    """Sums of what goes wrong in the tries of ``size`` people in groups; arrays (groups,) beside those of `Events`.

    ``tries`` of one person, each with a ``risk``. ``rises`` where what goes right is measured, as a share of what does
    with no change. Everyone is drawn; where everyone is held against what is expected of them, as of needs met, they
    bring it along.
    """

    tries: FloatArray
    risk: FloatArray
    rises: bool

    @classmethod
    def like(cls, changes: Changes, metric: str, size: int, line: OneMetric | None = None) -> "Tries":
        """What a ``metric`` counts for ``size`` people who are like a cohort, and whose risks fall along a ``line``.

        People of one group count alike: exactly, unless more than one premium is carried in very many combinations.
        """
        cohort, rises, weight = changes.cohort, METRICS[metric].rises, changes.weight
        unit = weight * per_event(metric, changes.risk)
        tries, risk = np.ones_like(unit), cohort.probability
        if rises:
            unit, tries = unit * changes.risk.need_rate, cohort.needs
            risk = np.full_like(unit, 1 - expit(changes.risk.met_base))
        alone = changes.own_target or not METRICS[metric].common_target or not changes.drawn

        def after(effect: FloatArray) -> FloatArray:
            met = expit(changes.risk.met_base + changes.risk.met_slope * effect)
            return np.asarray(1 - met if rises else changes.risk.reoffending(effect))

        expected = unit * tries * risk
        brought = expected if alone else weight * cohort.mean(outcome(metric, changes.risk, 0.0))
        apart = sliced(after(line.middle()), cohort.people, HELPED).astype(float) if rises and line else risk
        codes = grouped(tries, unit, apart if alone else np.ones_like(risk), cohort.people)
        group = np.unique(codes, return_inverse=True)[1]
        people = cohort.people / cohort.people.sum()

        def mean(values: FloatArray, of: FloatArray) -> FloatArray:
            return np.asarray(np.bincount(group, weights=of * values) / np.bincount(group, weights=of))

        of_tries = people * np.maximum(tries, SURE)
        share, number = np.bincount(group, weights=people).astype(np.float64), mean(tries, people)
        chance, each = mean(risk, of_tries), mean(unit, of_tries * risk)
        brings, none = mean(brought, people), np.zeros_like(share)
        step = common_step(np.concatenate([each, brings])) if rises and size <= FEW else 0.0
        offset = cohort.mean(brought) if step else 0.0
        brings = brings if step else mean(beyond_average(brought, cohort.people), people)
        along = OnLine(line.at, line.each(lambda effect: mean(after(effect), of_tries))) if line else None
        counted = size, share, number * chance, each, none, brings, 0.0, True, number, chance, rises
        return cls(*counted, line=along, step=step, offset=offset)

    @property
    def scale(self) -> float:
        """What is measured of one person with no change."""
        return float(np.sum(self.share * self.unit * self.tries * (1 - self.risk))) if self.rises else self.base

    def after(self, left: float) -> tuple[FloatArray, FloatArray]:
        """Risks (groups,) at the true change 1 - ``left``, and their derivative by it."""
        if self.line is not None:
            p, slope = self.line(1 - left)
            return np.clip(p, SURE, 1 - SURE), slope
        if self.rises:
            # Every need has the same chance to be met, which is what changes.
            right = (1 - self.risk) * (2 - left)
            return 1 - np.clip(right, SURE, 1 - SURE), self.risk - 1
        weight, start = self.share * self.unit, logit(self.risk)
        wanted = min(max(left * self.base, SURE * weight.sum()), (1 - SURE) * weight.sum())
        moved = 0.0
        for _ in range(NEWTON):
            p = expit(start - moved)
            step = float((weight @ p - wanted) / (weight @ (p * (1 - p))))
            moved += min(max(step, -1.0), 1.0)
            if abs(step) < 1e-13:
                break
        p = expit(start - moved)
        return p, -p * (1 - p) * self.base / float(weight @ (p * (1 - p)))

    @property
    def _lefts(self) -> tuple[float, ...]:
        return LEFT

    def rates(self, left: float) -> Rates:
        """Risks (groups,) at the true change 1 - ``left``, and their derivative by it."""
        return self.after(left)

    def _one(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        inner = 1 + rates[0][:, None] * one
        return np.asarray((self.share @ (self._others(inner, brought) * inner))[None])

    def _one_and_slope(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        p, slope = rates
        inner = 1 + p[:, None] * one
        others = self._others(inner, brought)
        return np.array([self.share @ (others * inner), (self.share * self.tries * slope) @ (others * one)])

    def _others(self, inner: ComplexArray, brought: ComplexArray) -> ComplexArray:
        """All tries of a person but one, of which there is none before a single one, with what the person brings."""
        if np.all(self.tries == 1):
            return brought
        return np.asarray(np.exp((self.tries[:, None] - 1) * log(inner)) * brought)


def common_step(amounts: FloatArray) -> float:
    """The largest part of the smallest amount of which all are multiples; 0 where that is under a SMALLEST part."""
    amounts = amounts[amounts > SURE]
    for parts in range(1, SMALLEST + 1):
        step = float(amounts.min()) / parts
        if np.all(np.abs(amounts / step - np.round(amounts / step)) < SURE * SMALLEST * 100):
            return step
    return 0.0


def grouped(tries: FloatArray, unit: FloatArray, risk: FloatArray, people: FloatArray) -> IntArray:
    """Code of each cell's group, (cells,): those who are alike, or where they are very many kinds, about alike."""
    kinds, found = np.unique(np.column_stack([tries, unit, risk]), axis=0, return_inverse=True)
    if len(kinds) <= KINDS:
        return np.asarray(found.ravel())
    found = np.zeros(len(tries), dtype=np.int64)
    for each in np.unique(tries):
        some = tries == each
        found[some] = 10_000 * int(each) + parted(unit[some], risk[some], people[some], FINEST)
    return found
