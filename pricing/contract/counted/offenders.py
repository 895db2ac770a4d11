"""How many people reoffend, and how often together: both counts of few people, jointly.

Those who reoffend do so 1 + n times, n negative binomial, so that the mean and the variance of their number are those
of the curves. The sum of what their reoffences count follows its own exact distribution on a lattice. How many reoffend
is known from there: exactly of few people who are drawn and count alike, and by its mean and variance otherwise.
"""

from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
from scipy.fft import next_fast_len
from scipy.special import betaln, expit, logit, xlog1py, xlogy

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.amounts import parting
from pricing.contract.counted.baseline import TIE
from pricing.contract.counted.complex_numbers import ComplexArray, log, raised
from pricing.contract.counted.events import BEYOND, SMOOTH
from pricing.contract.counted.groups import parted
from pricing.contract.effort_line import OneMetric, OnLine
from pricing.contract.pay_under_luck import TABLED
from pricing.people.arrays import FloatArray
from pricing.price.metric_formulas import ALPHA

GROUPS = (5, 8)
"""Groups of people alike that stand for a cohort: by what they count, and then by rate."""
REACH, TAIL = 12.0, 16.0
"""What the lattice holds beyond the mean: standard deviations, and times the scale of one person's longest tail."""
FINE = 40.0
"""Steps of the lattice in one standard deviation, where a sum is not of whole numbers."""
LUMPY = 150
"""People up to whom each one who reoffends is felt."""
NOTHING = 30.0
"""Minus the logarithm of what a frequency carries that carries nothing."""
CARRIED = 36.0
"""The same, where the sums themselves are looked at: in the last digit of a chance."""
BETWEEN = 0.0, 0.3
"""True changes at which that is looked at beside the first and the last."""
NEVER = 1e-12
"""A chance that is left out."""
LEAST = 1e-12
"""A variance that is none."""


@dataclass(frozen=True, eq=False)
class Offenders:
    """``size`` people in groups, all arrays (groups,); ``drawn`` as in `Events`.

    ``share`` of the people, ``probability``, ``rate``, and ``square`` the mean of the square of their rates; ``weight``
    of each in what is paid; ``brought`` to the targets beyond the average person, of reoffenders and of reoffences.
    """

    size: int
    share: FloatArray
    probability: FloatArray
    rate: FloatArray
    square: FloatArray
    weight: FloatArray
    brought: tuple[FloatArray, FloatArray]
    drawn: bool
    line: OnLine | None = None

    @classmethod
    def like(cls, changes: Changes, size: int, line: OneMetric | None = None) -> "Offenders":
        """``size`` people who are like a cohort, in groups of like weight and rate; risks fall along a ``line``."""
        cohort, weight = changes.cohort, changes.weight
        luck = (weight * cohort.rate) ** 2 + weight * cohort.rate
        by_luck = cohort.people * (1 + luck / cohort.mean(luck))
        group = np.unique(parted(weight, cohort.rate, by_luck, GROUPS), return_inverse=True)[1]
        whole = np.bincount(group, weights=cohort.people)

        def mean(values: FloatArray) -> FloatArray:
            return np.asarray(np.bincount(group, cohort.people * values) / whole)

        def brought(risk: FloatArray) -> FloatArray:
            target = weight * (risk if changes.own_target else cohort.mean(risk))
            return mean(target - cohort.mean(target)) * float(changes.drawn and np.ptp(target) > 0)

        def at(effect: FloatArray | float) -> FloatArray:
            rate = changes.risk.reoffences(effect)
            return np.concatenate(
                [
                    mean(changes.risk.reoffending(effect)),
                    mean(weight * rate) / felt,
                    mean((weight * rate) ** 2) / felt**2,
                ]
            )

        felt = mean(weight * cohort.rate) / mean(cohort.rate)
        p, rate, square = np.split(at(0.0), 3)
        both = brought(cohort.probability), brought(cohort.rate)
        along = OnLine(line.at, line.each(at)) if line else None
        return cls(size, whole / whole.sum(), p, rate, square, felt, both, changes.drawn, along)

    @property
    def means(self) -> tuple[float, float]:
        """What those who reoffend count, and what reoffences count, with no change: both expected of one person."""
        each = self.share * self.weight
        return float(each @ self.probability), float(each @ self.rate)

    @cached_property
    def whole(self) -> bool:
        """Whether everyone counts alike, so that the sums are whole numbers of one weight."""
        alike = float(np.ptp(self.weight)) <= 1e-12 * float(self.weight[0])
        return alike and not any(each.any() for each in self.brought)

    @cached_property
    def sd(self) -> float:
        """Standard deviation of what reoffences count, about: no less than it is."""
        each = self.weight**2 * (self.rate + ALPHA * self.square)
        between = (self.weight * self.rate - self.brought[1] - self.means[1]) ** 2
        spread = self.weight**2 * np.maximum(self.square - self.rate**2, 0.0)
        return float(np.sqrt(self.size * self.share @ (each + self.drawn * (between + spread))))

    @cached_property
    def _lattice(self) -> tuple[float, int, int]:
        """Step between points, their number, and the first in steps: for no change and for half as many again."""
        step = float(self.weight[0]) if self.whole else self.sd / FINE
        brings = 0.0 if self.whole else max(float(self.brought[1].max()), 0.0) + step
        low = min(self.size * brings, REACH * self.sd)
        tail = TAIL * float(np.max(self.weight * (1 + 1.5 * ALPHA * self.rate)))
        reach = 1.5 * self.size * self.means[1] + max(REACH * self.sd, tail) + low
        return step, int(next_fast_len(int(reach / step) + 64, real=True)), -int(np.ceil(low / step))

    @cached_property
    def changes(self) -> FloatArray:
        """Measured change of reoffences at each point, a share of their baseline."""
        step, points, first = self._lattice
        return np.asarray(1 - step * (first + np.arange(points)) / (self.size * self.means[1]))

    def least(self, before: int) -> float:
        """Change of reoffenders that passes the hurdle, which is none: where they are whole numbers, half a step below.

        Of a baseline that was measured on so many people ``before`` both are, as shares of people: steps between them
        are of the largest part that both have in common. 0 for one that is known.
        """
        if not (self.whole and self.size):
            return 0.0
        most = self.size * self.means[0] / self.weight[0]
        if before:
            return float(-gcd(before, self.size) / before / most / 2)
        # As many as the baseline has pass, whatever its last digits say: 176 where it is 175.99999997.
        return float(1 - (np.floor(most * (1 + TIE)) + 0.5) / most)

    def along(self, change: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Change of reoffenders where reoffences have changed by ``change`` (...); its derivative."""
        each = self.share * self.weight / self.means[0]
        (risk, *_), (slope, *_) = self._risks(np.asarray(change, dtype=float))
        return np.asarray(1 - risk @ each), np.asarray(-slope @ each)

    def _risks(self, change: FloatArray) -> tuple[list[FloatArray], list[FloatArray]]:
        """Risks, rates and their mean squares, each (..., groups), at true changes (...), and their derivatives."""
        if self.line is not None:
            values, slopes = self.line(change)
            return np.split(np.maximum(values, 1e-9), 3, axis=-1), np.split(slopes, 3, axis=-1)
        left = np.maximum(1 - change[..., None], 1e-6)
        p = expit(logit(self.probability) + np.log(left))
        moving = [-p * (1 - p) / left, -self.rate * np.ones_like(left), -2 * left * self.square]
        return [p, self.rate * left, self.square * left**2], moving

    def groups_after(self, change: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Risk, reoffences of those who reoffend, and alpha of those after the first, at a true ``change``.

        The alpha is such that the variance is that of the curves, with how unlike the people of a group are where they
        are drawn; but no tail is longer than before.
        """
        p, rate, square = self._risks(np.asarray(change))[0]
        p, square = np.minimum(p, 1 - 1e-9), np.maximum(square, rate**2)
        again, bouts = rate / p, ALPHA * square + self.drawn * (square - rate**2)
        more = np.maximum(again - 1, 1e-9)
        spread = (rate + bouts + rate**2) / p - again**2
        return p, again, np.clip((spread - more) / more**2, 1e-9, bouts / (rate * more))

    def _of_one(self, change: float, upto: int | None = None) -> tuple[FloatArray, ComplexArray, ComplexArray]:
        """Risk (groups, 1), and transforms (groups, frequencies): reoffences of those who do, and what one brings.

        At the first ``upto`` frequencies, or all.
        """
        p, again, bouts = (v[:, None] for v in self.groups_after(change))
        turn, brings = (each[:, :upto] for each in self._whatever_changes)
        return p, of_those(turn, again, bouts), brings

    @cached_property
    def _whatever_changes(self) -> tuple[ComplexArray, ComplexArray]:
        """Transforms, (groups, frequencies), of one reoffence and of what one brings, which no change moves."""
        step, points, _ = self._lattice
        angle = 2 * np.pi * np.arange(points // 2 + 1) / points
        turn, brings = (self._turned(each / step, angle) for each in (self.weight, -self.brought[1]))
        return turn, brings

    def _turned(self, place: FloatArray, angle: FloatArray) -> ComplexArray:
        """Transform, (groups, frequencies), of amounts at a ``place`` in steps."""
        if self._smooth:
            return np.asarray(np.exp(-1j * place[:, None] * angle))
        return parting(place, angle)

    @cached_property
    def _smooth(self) -> bool:
        """Whether no frequency beyond the lattice's carries anything, so that amounts may lie between its points."""
        if self.whole:
            return True
        p, again, bouts = (v[:, None] for v in self.groups_after(0.5))
        angles = np.pi / self._lattice[0] * BEYOND
        turn, brings = (np.exp(-1j * angles * each[:, None]) for each in (self.weight, -self.brought[1]))
        each = (1 + p * (of_those(turn, again, bouts) - 1)) * brings
        return bool(np.abs(self.share @ each).max() ** self.size < SMOOTH)

    def _back(self, transform: ComplexArray) -> FloatArray:
        """What a transform (..., frequencies) is of, at each point."""
        _, points, first = self._lattice
        return np.asarray(np.roll(np.fft.irfft(transform, points), -first, axis=-1))

    def given(self, change: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Chance of each point at a true ``change``; from there, mean and standard deviation of reoffenders' change.

        All (points,).
        """
        inside = TABLED[0] <= change <= TABLED[1]
        chance, mean, square = self._back(self._sums(change, self._carried if inside else None))
        sure = np.flatnonzero(chance > NEVER)
        mean, square = mean[sure] / chance[sure], square[sure] / chance[sure]
        unit = self.size * self.means[0]
        spread = np.sqrt(np.maximum(square - mean**2, LEAST))
        every = np.arange(len(chance))
        found = np.interp(every, sure, 1 - mean / unit), np.interp(every, sure, spread / unit)
        return np.maximum(chance, 0.0), *found

    def _sums(self, change: float, upto: int | None = None) -> ComplexArray:
        """Transforms of the sum of reoffences, and of its first two moments of who reoffends: (3, frequencies)."""
        p, often, brings = self._of_one(change, upto)
        y, w = self.brought[0][:, None], self.weight[:, None]
        there, all_ = p * often * brings, (1 + p * (often - 1)) * brings
        moments = all_, w * there - y * all_, (w**2 - 2 * w * y) * there + y**2 * all_
        if self.drawn:
            one, first, second = (np.tensordot(self.share, each, 1) for each in moments)
            return np.array(self._drawn_sums(one, first, second))
        return np.array(self._mixed_sums(*moments))

    @cached_property
    def _carried(self) -> int:
        """Frequencies, from none on, beyond which nothing is carried at any change that is tabulated.

        The fewer reoffences are left the more is carried: it is looked at from where most are left to where fewest.
        What is left out of a chance is under exp(-CARRIED).
        """
        sizes = np.abs([self._sums(change) for change in (*TABLED, *BETWEEN)])
        carried = np.flatnonzero((sizes > np.exp(-CARRIED) * sizes[:, :, :1]).any(axis=(0, 1)))
        return min(int(carried[-1]) + 2, int(sizes.shape[-1]))

    def _drawn_sums(self, one: ComplexArray, first: ComplexArray, second: ComplexArray) -> tuple[ComplexArray, ...]:
        """Transforms of the sum, and of its first two moments of who reoffends, from those of one who is drawn."""
        before = raised(one, max(self.size - 2, 0))
        rest = before * one if self.size > 1 else np.ones_like(one)
        pairs = self.size * (self.size - 1) * before * first**2
        return rest * one, self.size * rest * first, self.size * rest * second + pairs

    def _mixed_sums(self, one: ComplexArray, first: ComplexArray, second: ComplexArray) -> tuple[ComplexArray, ...]:
        """The same for exactly this mix of groups, from those of one of each."""
        people = self.size * self.share
        whole = np.exp(np.tensordot(people, log(one), 1))
        mean = np.tensordot(people, first / one, 1)
        spread = np.tensordot(people, second / one - (first / one) ** 2, 1)
        return whole, whole * mean, whole * (mean**2 + spread)

    def passed(self, change: float, let: FloatArray) -> FloatArray:
        """Chance that few people who are drawn and count alike pass, given each number of reoffences: (kinds, points).

        ``let`` is the chance that each number of people who reoffend, 0 to ``size``, passes: (kinds, size + 1).
        """
        p, often, _ = self._of_one(change)
        risk = float(self.share @ p[:, 0])
        those = np.tensordot(self.share, p * often, 1) / risk
        one = 1 + risk * (those - 1)
        upto = int(np.flatnonzero(self.size * np.log(np.abs(one) + 1e-300) > -NOTHING)[-1]) + 2
        number = np.arange(self.size + 1)
        powers = those[:upto] ** number[:, None]
        joint = np.zeros((len(let) + 1, len(those)), dtype=np.complex128)
        joint[:, :upto] = (np.vstack([let, np.ones(self.size + 1)]) * of_so_many(self.size, risk)) @ powers
        found = self._back(joint)
        sure = np.flatnonzero(found[-1] > NEVER)
        chances = np.clip(found[:-1, sure] / found[-1, sure], 0.0, 1.0)
        return np.array([np.interp(np.arange(found.shape[1]), sure, each) for each in chances])


def of_those(turn: ComplexArray, again: FloatArray, bouts: FloatArray) -> ComplexArray:
    """Transform of the reoffences of one who reoffends, from that of one reoffence; as `Offenders.groups_after`."""
    often = turn * np.exp(log(1 - bouts * (np.maximum(again, 1.0) - 1) * (turn - 1)) / -bouts)
    return np.where(again > 1, often, 1 + np.minimum(again, 1.0) * (turn - 1))


def of_so_many(people: int, risk: float) -> FloatArray:
    """Chance of each number, 0 to ``people``, of those who have a ``risk`` each: the binomial distribution."""
    number = np.arange(people + 1)
    ways = -betaln(people - number + 1, number + 1) - np.log(people + 1)
    return np.asarray(np.exp(ways + xlogy(number, risk) + xlog1py(people - number, -risk)))
