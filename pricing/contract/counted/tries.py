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
KINDS, FINEST, FINER = 80, (12, 8), (10, 2)
"""Kinds of people at most that each stand for themselves; and into how many more are parted, by what they count and by
risk: of each number of tries, or where those are more than `FEW_KINDS`, of needs that are paid at several rates."""
FEW_KINDS = 8
HELPED = 6
"""Kinds of people by how much they are helped, where that alone tells them apart."""
SMALLEST = 20
"""Parts of the smallest amount that the others may be multiples of."""
LEFT = 0.5, 1.0, 1.25
"""Shares of the risk that are left at which a sum has to be smooth."""


@dataclass(frozen=True, eq=False)
class Tries(Events):
    """Sums of what goes wrong in the tries of ``size`` people in groups; arrays (groups,) beside those of `Events`.

    ``tries`` of one person, (groups, kinds), each with a ``risk``; what one of each kind counts is ``kinds`` (kinds,)
    of a group's ``unit``, and ``rate`` what a person does. ``rises`` where what goes right is measured, as a share of
    what does with no change. Everyone is drawn; where everyone is held against what is expected of them, as of needs
    met, they bring it along.
    """

    tries: FloatArray
    risk: FloatArray
    rises: bool
    kinds: FloatArray

    @classmethod
    def like(cls, changes: Changes, metric: str, size: int, line: OneMetric | None = None) -> "Tries":
        """What a ``metric`` counts for ``size`` people who are like a cohort, and whose risks fall along a ``line``.

        People of one group count alike: exactly, unless more than one premium is carried in very many combinations.
        """
        cohort, rises, weight = changes.cohort, METRICS[metric].rises, changes.weight
        unit, needs = weight * per_event(metric, changes.risk), changes.risk.needs.paid
        tries, kinds, risk = np.ones((len(unit), 1)), np.ones(1), cohort.probability
        if rises:
            tries, kinds = needs.number, needs.rate
            risk = np.full_like(unit, 1 - expit(changes.risk.met_base))
        alone = changes.own_target or not METRICS[metric].common_target or not changes.drawn

        def after(effect: FloatArray) -> FloatArray:
            met = expit(changes.risk.met_base + changes.risk.met_slope * effect)
            return np.asarray(1 - met if rises else changes.risk.reoffending(effect))

        counts = tries @ kinds
        expected = unit * counts * risk
        brought = expected if alone else weight * cohort.mean(outcome(metric, changes.risk, 0.0))
        apart = sliced(after(line.middle()), cohort.people, HELPED).astype(float) if rises and line else risk
        codes = grouped(tries, unit, apart if alone else np.ones_like(risk), cohort.people)
        group = np.unique(codes, return_inverse=True)[1]
        people = cohort.people / cohort.people.sum()

        def mean(values: FloatArray, of: FloatArray) -> FloatArray:
            return np.asarray(np.bincount(group, weights=of * values) / np.bincount(group, weights=of))

        of_tries = people * np.maximum(counts, SURE)
        share, number = np.bincount(group, weights=people).astype(np.float64), mean(counts, people)
        chance, each = mean(risk, of_tries), mean(unit, of_tries * risk)
        tried = np.stack([mean(kind, people) for kind in tries.T], axis=1)
        brings, none = mean(brought, people), np.zeros_like(share)
        amounts = np.append(np.outer(each, kinds), brings)
        step = common_step(amounts) if rises and size <= FEW else 0.0
        offset = cohort.mean(brought) if step else 0.0
        brings = brings if step else mean(beyond_average(brought, cohort.people), people)
        along = OnLine(line.at, line.each(lambda effect: mean(after(effect), of_tries))) if line else None
        counted = size, share, number * chance, each, none, brings, 0.0, True
        return cls(*counted, tried, chance, rises, kinds, line=along, step=step, offset=offset)

    @property
    def scale(self) -> float:
        """What is measured of one person with no change."""
        return float(np.sum(self.share * self.unit * self.counts * (1 - self.risk))) if self.rises else self.base

    @property
    def counts(self) -> FloatArray:
        """What a person counts whose tries all go wrong, in units, (groups,)."""
        return self.tries @ self.kinds

    @property
    def amounts(self) -> FloatArray:
        """What a try of each kind counts, (kinds groups,): kind by kind."""
        return np.outer(self.kinds, self.unit).ravel()

    @property
    def square(self) -> FloatArray:
        """Expected sum of the squares of what is counted of a person, (groups,)."""
        return (self.tries @ self.kinds**2) * self.risk * self.unit**2

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
        inner = self._inner(rates[0], self._by_kind(one))
        others = self._others(inner, brought)
        return np.asarray((self.share @ (others * np.prod(inner, axis=0)))[None])

    def _one_and_slope(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        (p, slope), kinds = rates, self._by_kind(one)
        inner = self._inner(p, kinds)
        others = self._others(inner, brought)
        found, moved = self.share @ (others * np.prod(inner, axis=0)), np.zeros(one.shape[1], dtype=complex)
        for kind, tries in enumerate(self.tries.T):
            rest = np.prod(np.delete(inner, kind, axis=0), axis=0)
            moved += (self.share * tries * slope) @ (others * rest * kinds[kind])
        return np.array([found, moved])

    def _by_kind(self, one: ComplexArray) -> ComplexArray:
        """What is found of `amounts`, (kinds, groups, frequencies)."""
        return one.reshape(len(self.kinds), len(self.share), -1)

    def _inner(self, risk: FloatArray, kinds: ComplexArray) -> ComplexArray:
        """Transform of one try of each kind, (kinds, groups, frequencies); 1 where a person has none."""
        return np.asarray(1 + np.where(self.tries.T > 0, risk, 0.0)[:, :, None] * kinds)

    def _others(self, inner: ComplexArray, brought: ComplexArray) -> ComplexArray:
        """All tries of a person but one of each kind, of which there is none before, with what the person brings."""
        found = brought
        for some, tries in zip(inner, self.tries.T, strict=True):
            if not np.all((tries == 0) | (tries == 1)):  # where there is none, what is found of it is 1
                found = found * np.exp((tries[:, None] - 1) * log(some))
        return np.asarray(found)


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
    as_many = np.unique(tries, axis=0, return_inverse=True)[1].ravel()
    finest, found = FINEST if as_many.max() < FEW_KINDS else FINER, np.zeros(len(unit), dtype=np.int64)
    for each in range(as_many.max() + 1):
        some = as_many == each
        found[some] = 10_000 * each + parted(unit[some], risk[some], people[some], finest)
    return found
