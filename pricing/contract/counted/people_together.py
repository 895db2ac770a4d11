"""How metrics go together that are counted of the same few people: those are drawn, group by group.

One person who reoffends often moves three metrics at once, and a year in which nobody does moves them all: the counts
of few people go together more than normal luck that is as correlated. Only their order is taken from here; what each
metric counts has a distribution of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit, ndtri

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.groups import sliced
from pricing.contract.counted.offenders import Offenders
from pricing.people.arrays import FloatArray, IntArray
from pricing.price.metric_formulas import HARM_DISPERSION
from pricing.price.schedule import outcome
from pricing.resources.kept_with import kept_with
from pricing.resources.pause import pause
from pricing.scenario.metrics import METRICS

BITS = 15
MEASURES = 1 << BITS
"""Measures that are drawn: luck of the draw leaves .002 in a chance that hangs on how metrics go together."""
SEED = 2013
FEW = 12
"""People up to whom they are drawn one by one."""
GROUPS = 2, 3
"""Parts of people with as many needs, where those are counted: by how much they count, and each by rate."""


@dataclass(frozen=True, eq=False)
class PeopleTogether:
    """People in groups, and what metrics count of them: arrays (groups,), or (metrics, groups).

    ``people`` and how they reoffend; their ``needs`` (groups, rates) by what each counts, one of the ``rates``, and the
    chance that each is ``met``. ``events`` that the metrics count, the ``unit`` that one of them counts, and the
    ``target`` of a person, (metrics, groups): more is better. ``dispersion`` of the harm of one reoffence: its squared
    coefficient of variation. ``drawn`` as in `Events`.
    """

    people: Offenders
    needs: FloatArray
    rates: FloatArray
    met: float
    events: tuple[str, ...]
    unit: FloatArray
    target: FloatArray
    dispersion: FloatArray
    drawn: bool

    @classmethod
    def like(cls, changes: Changes, size: int) -> "PeopleTogether":
        """``size`` people who are like a cohort, as they were before any support."""
        cohort, risk, group = changes.cohort, changes.risk, grouped(changes, size)
        people = np.bincount(group, cohort.people)

        def mean(values: FloatArray) -> FloatArray:
            return np.asarray(np.bincount(group, cohort.people * values) / people)

        # Held against what is expected of each, people of a group who are unlike move nothing by coming.
        unlike = changes.drawn and not changes.own_target
        rate, square = mean(cohort.rate), mean(cohort.rate**2)
        none = np.zeros_like(rate)
        those = size, people / people.sum(), mean(cohort.probability), rate, square, none + 1, (none, none), unlike
        # The harm of a reoffence differs by whose it is, too.
        harm, harm_squared = (mean(cohort.rate * cohort.severity**power) / rate for power in (1, 2))
        uneven = (1 + HARM_DISPERSION) * harm_squared / harm**2 - 1 if np.ptp(cohort.severity) > 0 else none
        needs, met = risk.needs.paid, float(expit(risk.met_base))
        often = {"reoffender": mean(cohort.probability), "need": mean(needs.weight) * met}
        unit, target = [], []
        for metric in changes.metrics:
            expected, better = outcome(metric, risk, 0.0), METRICS[metric].better
            common = METRICS[metric].common_target and not changes.own_target
            whole, number = mean(changes.weight * expected), often.get(METRICS[metric].event, rate)
            unit.append(better * np.divide(whole, number, np.zeros_like(number), where=number > 0))
            target.append(better * (mean(changes.weight) * cohort.mean(expected) if common else whole))
        events = tuple(METRICS[metric].event for metric in changes.metrics)
        of_needs = np.stack([mean(number) for number in needs.number.T], axis=1), needs.rate, met
        return cls(Offenders(*those), *of_needs, events, np.array(unit), np.array(target), uneven, changes.drawn)

    @cached_property
    def reoffending(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Risk, reoffences of those who reoffend, and alpha of those after the first, each (groups,)."""
        return self.people.groups_after(0.0)

    def measured(self) -> FloatArray:
        """What is measured beyond the targets, (MEASURES, metrics): better is more."""
        luck = np.random.default_rng(SEED)
        found = np.zeros((MEASURES, len(self.events)))
        for group, people in self._each(luck):
            pause()
            counted = self._counted(group, people, luck)
            for k, event in enumerate(self.events):
                found[:, k] += self.unit[k, group] * counted[event] - self.target[k, group] * people
        return found

    def _each(self, luck: np.random.Generator) -> Iterator[tuple[IntArray | int, IntArray | int]]:
        """Groups with how many of each come, (MEASURES,); or where people are FEW one after the other, and who that is.

        Exactly this mix is every so manieth of the people in a row, from a start that is drawn.
        """
        size, upto = self.people.size, np.cumsum(self.people.share)
        upto[-1] = 1.0
        start = luck.random(MEASURES)
        if size <= FEW:
            for person in range(size):
                place = luck.random(MEASURES) if self.drawn else (person + start) / size
                yield np.searchsorted(upto, place, side="right"), 1
        else:
            come = np.diff(np.floor(size * upto[:, None] + start).astype(np.int64), axis=0, prepend=0)
            yield from enumerate(luck.multinomial(size, self.people.share, MEASURES).T if self.drawn else come)

    def _counted(
        self, group: IntArray | int, people: IntArray | int, luck: np.random.Generator
    ) -> dict[str, IntArray | FloatArray]:
        """What so many ``people`` of a group come to, by event, each (MEASURES,)."""
        found: dict[str, IntArray | FloatArray] = {}
        if "need" in self.events:
            found["need"] = self._needs_met(group, people, luck)
        if set(self.events) == {"need"}:
            return found
        risk, again, bouts = (each[group] for each in self.reoffending)
        those = found["reoffender"] = luck.binomial(people, risk, MEASURES)
        once = luck.binomial(those, np.minimum(again, 1.0))
        often = found["reoffence"] = once + luck.poisson(luck.gamma(those / bouts, np.maximum(again - 1, 0.0) * bouts))
        uneven = self.dispersion[group]
        return found | {"harm": uneven * luck.gamma(often / uneven) if np.all(uneven) else often}

    def _needs_met(self, group: IntArray | int, people: IntArray | int, luck: np.random.Generator) -> FloatArray:
        """What the needs count that ``people`` of a group have met, (MEASURES,); a part of one is a chance."""
        found = np.zeros(MEASURES)
        for number, rate in zip(self.needs.T, self.rates, strict=True):
            whole, part = np.divmod(np.round(number[group], 9), 1)
            tries = people * whole.astype(np.int64)
            tries = tries + luck.binomial(people, part, MEASURES) if np.any(part) else tries
            found += rate * luck.binomial(tries, self.met, MEASURES)
        return found


@kept_with
def measures(changes: Changes, size: int) -> FloatArray:
    """Standard normal scores of each metric in measures of ``size`` people, (MEASURES, metrics): see `in_line`."""
    found = PeopleTogether.like(changes, size).measured()
    ties = np.random.default_rng(SEED + 1).random(found.shape)
    return in_line(normal_scores(found, ties))


def luck_together(changes: Changes, size: int, at: FloatArray) -> FloatArray:
    """Standard normal luck of each metric ``at`` even points (draws, periods) of all measures: with metrics, last."""
    found = measures(changes, size)
    each = [found[(of_period * MEASURES).astype(np.int64)] for of_period in at.T]
    return np.stack([normal_scores(some, np.zeros_like(some)) for some in each], axis=1)


def grouped(changes: Changes, size: int) -> IntArray:
    """Number of each cell's group, (cells,): people with as many needs who count and reoffend about alike.

    Where people are FEW each cell is one, in a row by what it counts.
    """
    cohort = changes.cohort
    if size <= FEW:
        return np.argsort(np.lexsort((cohort.rate, cohort.probability, changes.weight)), kind="stable")
    events = {METRICS[metric].event for metric in changes.metrics}
    found = np.rint(cohort.needs).astype(np.int64) * ("need" in events)
    for values, parts in zip((changes.weight, cohort.rate), GROUPS, strict=True):
        finer = np.zeros_like(found)
        for kind in np.unique(found):
            some = found == kind
            finer[some] = sliced(values[some], cohort.people[some], parts)
        found = found * parts + finer
    return np.asarray(np.unique(found, return_inverse=True)[1])


def normal_scores(values: FloatArray, ties: FloatArray) -> FloatArray:
    """Standard normal scores of ``values`` (number, kinds) by their rank in each kind; ``ties`` in another order."""
    number = len(values)
    found = np.empty(values.shape)
    for k in range(values.shape[1]):
        order = np.lexsort((ties[:, k], values[:, k]))
        found[order, k] = ndtri((np.arange(number) + 0.5) / number)
    return found


def in_line(scores: FloatArray) -> FloatArray:
    """The same rows one after the other so that those near each other are alike: by the first kind, and so on.

    Even points of a line then are even points of all kinds together.
    """
    kinds = scores.shape[1]
    block = np.zeros(len(scores), dtype=np.int64)
    for k in range(kinds):
        bits = BITS * (k + 1) // kinds - BITS * k // kinds
        order = np.lexsort((scores[:, k], block))
        size = len(scores) >> (BITS * k // kinds)
        block[order] = block[order] << bits | (np.arange(len(scores)) % size) >> (BITS - BITS * (k + 1) // kinds)
    return np.asarray(scores[np.argsort(block, kind="stable")])
