"""What may happen to each person of a cohort, and what that counts: the distribution of one who is drawn from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import expit

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.few_people.harm_of_one import harm_of_one
from pricing.people.arrays import FloatArray, IntArray
from pricing.price.metric_formulas import ALPHA, formulas, per_event
from pricing.price.outcomes import Risk
from pricing.price.schedule import outcome
from pricing.scenario.metrics import METRICS

UNLIKELY, UNSEEN = 1e-8, 1e-10
"""Chance of what one drawn from all comes to that is left out at the far end, and of more reoffences in one cell than
are told apart: what is left out counts as the last that is not."""
AT_ONCE = 100_000
"""Chances that are looked at at once."""
Happening = tuple[IntArray | slice, FloatArray, FloatArray | float]
"""Some cells, the chance of what may happen to a person there, and how much that counts in units."""
EVERY = slice(None)


@dataclass(frozen=True)
class Grid:
    """Points a ``step`` apart, so many ``points``, from ``first`` steps on down: no change is one of them."""

    step: float
    first: int
    points: int

    @classmethod
    def within(cls, ends: tuple[float, float], step: float) -> "Grid":
        """One that holds all between both ``ends``."""
        first = int(np.ceil(ends[1] / step)) + 1
        return cls(step, first, first - int(np.floor(ends[0] / step)) + 2)

    def sums(self, size: int) -> FloatArray:
        """What so many people on its points come to together, at each point of theirs."""
        return (size * self.first - np.arange(size * (self.points - 1) + 1.0)) * self.step

    def nearest(self, chance: FloatArray, measured: FloatArray) -> FloatArray:
        """Chances at its points, (points,), each of them at the nearest: what is as much less as more stays so."""
        place = self.first - np.round(measured / self.step).astype(np.int64)
        return np.asarray(np.bincount(np.clip(place, 0, self.points - 1), chance, self.points))

    def holding(self, chance: FloatArray, measured: FloatArray) -> FloatArray:
        """Chances at its points, (points,): what lies between two of them goes to both, its mean kept."""
        place = np.round(np.clip(self.first - measured / self.step, 0.0, self.points - 1.0), 9)
        below = place.astype(np.int64)
        part, length = chance * (place - below), self.points + 1
        return np.asarray(np.bincount(below, chance - part, length) + np.bincount(below + 1, part, length))[:-1]


@dataclass(frozen=True, eq=False)
class Persons:
    """The people of a cohort, all arrays (cells,), and what a ``metric`` counts of them.

    ``share`` of the people; what is measured when one event more happens, ``unit``, is below 0 where that is worse;
    ``target`` in the same units, of each or of all. ``uneven`` where the harm of one reoffence varies.
    """

    metric: str
    share: FloatArray
    unit: FloatArray
    target: FloatArray
    uneven: bool

    @classmethod
    def of(cls, changes: Changes, metric: str) -> "Persons":
        """Those of a cohort, by what its members count under a scenario's premiums."""
        cohort, risk, of = changes.cohort, changes.risk, METRICS[metric]
        harms = of.event == "harm"
        each = formulas(metric).stake(risk).reoffence if harms or of.event == "reoffence" else per_event(metric, risk)
        assert each is not None
        expected = outcome(metric, risk, 0.0)
        alone = changes.own_target or not of.common_target
        target = expected if alone else np.full_like(expected, cohort.mean(expected))
        uneven = harms and bool(np.ptp(risk.severity) > 0)
        counted = of.better * changes.weight
        return cls(metric, cohort.people / cohort.people.sum(), counted * each, counted * target, uneven)

    def standing(self, risk: Risk) -> float:
        """What is measured of one of them on average, at a ``risk``."""
        return sum(float(chance @ measured) for chance, measured in self.measured(risk))

    def ends(self, risk: Risk) -> tuple[float, float]:
        """The least and the most that may be measured of one of them, but for what is UNLIKELY of all."""
        chance, measured = together(list(self.measured(risk)))
        order = np.argsort(measured)
        least = int(np.searchsorted(np.cumsum(chance[order]), UNLIKELY))
        return float(measured[order[least]]), float(measured[order[-1]])

    def measured(self, risk: Risk) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Chances of what may be measured of one of them, and how much that is, many at a time."""
        every, held = [], 0
        for cells, chance, amount in self.happening(risk):
            every.append((self.share[cells] * chance, self.unit[cells] * amount - self.target[cells]))
            held += len(chance)
            if held > AT_ONCE:
                yield together(every)
                every, held = [], 0
        if every:
            yield together(every)

    def happening(self, risk: Risk) -> Iterator[Happening]:
        """What may happen to a person at a ``risk``, in order of how much."""
        match METRICS[self.metric].event:
            case "reoffender":
                chance = risk.reoffending(0.0)
                yield from ((EVERY, 1 - chance, 0.0), (EVERY, chance, 1.0))
            case "need":
                yield from needs_met(risk)
            case "harm" if self.uneven:
                yield from ((EVERY, *each) for each in harm_of_one(risk.rate))
            case _:
                yield from reoffences(risk.rate, self.share)


def together(every: list[tuple[FloatArray, FloatArray]]) -> tuple[FloatArray, FloatArray]:
    """Chances and amounts of all, each in one row."""
    chance, measured = (np.concatenate(each) for each in zip(*every, strict=True))
    return chance, measured


def reoffences(rate: FloatArray, share: FloatArray) -> Iterator[Happening]:
    """Chances of each number of reoffences, negative binomial about a ``rate`` (cells,), of a ``share`` of all people.

    Fewer and fewer people may have so many.
    """
    some, odds, number = np.arange(len(rate)), ALPHA * rate / (1 + ALPHA * rate), 0
    chance, left = (1 + ALPHA * rate) ** (-1 / ALPHA), np.ones_like(rate)
    while len(some):
        left = left - chance
        on = left * share[some] > UNSEEN
        yield some, np.where(on, chance, chance + left), float(number)
        some, odds, left = some[on], odds[on], left[on]
        chance = chance[on] * odds * (number + 1 / ALPHA) / (number + 1)
        number += 1


def needs_met(risk: Risk) -> Iterator[Happening]:
    """Chances of each combination of needs met, at their rates; a part of a need is one that there may be."""
    needs, met = risk.needs.paid, expit(risk.met_base) + np.zeros_like(risk.rate)
    of_kind = [met_of_kind(number, met) for number in needs.number.T]
    for numbers in product(*(range(len(kind)) for kind in of_kind)):
        chances = [kind[number] for kind, number in zip(of_kind, numbers, strict=True)]
        yield EVERY, np.prod(chances, axis=0), float(np.dot(needs.rate, numbers))


def met_of_kind(number: FloatArray, met: FloatArray) -> FloatArray:
    """Chances that so many of a ``number`` (cells,) of needs are ``met``: (numbers, cells)."""
    found = np.ones((1, len(number)))
    for tried in range(int(np.ceil(number.max()))):
        chance = met * np.clip(number - tried, 0.0, 1.0)
        none = np.zeros((1, len(number)))
        found = np.concatenate([found * (1 - chance), none]) + np.concatenate([none, found * chance])
    return found
