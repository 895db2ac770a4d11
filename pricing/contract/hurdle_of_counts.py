"""A binary hurdle where few people are counted: how many reoffend and how often, jointly and exactly.

Those who reoffend do so 1 + n times, n negative binomial, so that the mean and the variance of their number are those
of the curves. The joint distribution of both counts is worked out with no change; from there the number of reoffences
follows its own exact distribution, and the chance that the hurdle is passed, given that number, follows how far the two
have moved apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from numpy.polynomial.chebyshev import chebder, chebval2d
from scipy.fft import dct, next_fast_len
from scipy.special import expit, logit, ndtr, roots_hermitenorm

from pricing.contract.events import sliced
from pricing.contract.pay_under_luck import TABLED, scaled
from pricing.contract.payment_rule import FLAT, Number, PaymentRule
from pricing.pause import pause
from pricing.people.cohort import Cohort, FloatArray
from pricing.price.metric_formulas import ALPHA

ComplexArray = npt.NDArray[np.complex128]
GROUPS = 40
"""Groups of people of like risk that stand for a cohort."""
FEWEST, MOST = 32, 160
"""Chebyshev terms by each of the two changes, at least and at most."""
SHARP = 2.6
"""Terms wanted, in widths of the tabulated changes over the luck in a measure."""
REACH = 12.0
"""Standard deviations that the lattice holds beyond the mean."""
NOTHING = 30.0
"""Minus the logarithm of what a frequency carries that carries nothing."""
NEVER = 1e-12
"""A chance that is left out."""
COMMON, CLOSEST = 5, 0.999
"""Nodes of what the errors of a baseline have in common; and the correlation beyond which they are as good as one."""
FINE = 0.04
"""Standard deviations of noise."""
TIE = 1e-9
"""By which a count that stands on the hurdle or on a threshold may miss it."""


@dataclass(frozen=True, eq=False)
class Offenders:
    """``size`` people in groups, all arrays (groups,); ``drawn`` as in `Events`.

    ``share`` of the people, ``probability``, ``rate``, and ``square`` the mean of the square of their rates.
    """

    size: int
    share: FloatArray
    probability: FloatArray
    rate: FloatArray
    square: FloatArray
    drawn: bool

    @classmethod
    def like(cls, cohort: Cohort, size: int, drawn: bool) -> "Offenders":
        """``size`` people who are like a cohort, in groups of like risk."""
        group = np.unique(sliced(cohort.probability, cohort.people, GROUPS), return_inverse=True)[1]
        whole = np.bincount(group, weights=cohort.people)
        each = (cohort.probability, cohort.rate, cohort.rate**2)
        p, rate, square = (np.bincount(group, cohort.people * values) / whole for values in each)
        return cls(size, whole / whole.sum(), p, rate, square, drawn)

    @property
    def means(self) -> tuple[float, float]:
        """How many of the people reoffend, and how many reoffences there are, with no change: both expected."""
        return float(self.size * self.share @ self.probability), float(self.size * self.share @ self.rate)

    @cached_property
    def sd(self) -> float:
        """Standard deviation of the number of reoffences, about: no less than it is."""
        each = self.rate + ALPHA * self.rate**2 + (self.rate - self.share @ self.rate) ** 2
        return float(np.sqrt(self.size * self.share @ each))

    @cached_property
    def points(self) -> int:
        """Points of the lattice of reoffences: enough for no change and for half as many again."""
        return int(next_fast_len(int(1.5 * self.means[1] + REACH * self.sd) + 64, real=True))

    def groups_after(self, change: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Risk, reoffences of those who reoffend, and alpha of those after the first, once rates fell by ``change``.

        The alpha is such that the variance is that of the curves, with how unlike the people of a group are where they
        are drawn; but no tail is longer than before.
        """
        left = max(1 - change, 1e-6)
        p = expit(logit(self.probability) + np.log(left))
        rate, square = self.rate * left, self.square * left**2
        again, bouts = rate / p, ALPHA * square + self.drawn * (square - rate**2)
        more = np.maximum(again - 1, 1e-9)
        spread = (rate + bouts + rate**2) / p - again**2
        return p, again, np.clip((spread - more) / more**2, 1e-9, bouts / (rate * more))

    def of_one(self, change: float) -> tuple[FloatArray, ComplexArray]:
        """Risk (groups, 1), and the transform of the reoffences of one who reoffends, (groups, frequencies)."""
        p, again, bouts = (v[:, None] for v in self.groups_after(change))
        turn = np.exp(-2j * np.pi * np.arange(self.points // 2 + 1) / self.points)
        often = turn * (1 - bouts * (np.maximum(again, 1.0) - 1) * (turn - 1)) ** (-1 / bouts)
        return p, np.where(again > 1, often, 1 + np.minimum(again, 1.0) * (turn - 1))

    def together(self, each: ComplexArray) -> ComplexArray:
        """Transform of the sum over all people of what one of each group has, (groups, ...)."""
        if self.drawn:
            return np.asarray(np.tensordot(self.share, each, 1) ** self.size)
        return np.asarray(np.exp(np.tensordot(self.size * self.share, np.log(each), 1)))

    def chances(self, change: float) -> FloatArray:
        """Chance of each number of reoffences, (points,)."""
        p, often = self.of_one(change)
        return np.fft.irfft(self.together(1 + p * (often - 1)), self.points).clip(min=0.0)

    @cached_property
    def by_number(self) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of how many reoffend, given each number of reoffences: both (points,)."""
        p, often = self.of_one(0.0)
        one, there = 1 + p * (often - 1), p * often
        whole = self.together(one)
        if self.drawn:
            of_each = np.tensordot(self.share, there, 1) / np.tensordot(self.share, one, 1)
            first, pairs = self.size * of_each, self.size * (self.size - 1) * of_each**2
        else:
            people = self.size * self.share
            first = np.tensordot(people, there / one, 1)
            pairs = first**2 - np.tensordot(people, (there / one) ** 2, 1)
        alone = np.fft.irfft(whole, self.points)
        sure = np.flatnonzero(alone > NEVER)
        mean, square = (np.fft.irfft(whole * each, self.points)[sure] / alone[sure] for each in (first, pairs))
        every, variance = np.arange(self.points), np.maximum(square + mean - mean**2, 0.0)
        return np.interp(every, sure, mean), np.interp(every, sure, variance)

    def passed(self, let: FloatArray) -> FloatArray:
        """Chance that the hurdle is passed, given each number of reoffences: (kinds, points).

        ``let`` is the chance that each number of people who reoffend, 0 to ``size``, passes it: (kinds, size + 1).
        """
        p, often = self.of_one(0.0)
        number = self.size + 1
        carried = np.flatnonzero(np.abs(self.together(1 + p * (often - 1))) > np.exp(-NOTHING))
        upto = int(carried[-1]) + 2
        turn, weight = np.exp(-2j * np.pi * np.arange(number) / number), np.fft.ifft(let, axis=1).T
        joint = np.zeros((len(let), self.points // 2 + 1), dtype=np.complex128)
        for angle, times in zip(turn, weight, strict=True):
            pause()
            joint[:, :upto] += times[:, None] * self.together(1 + p * (angle * often[:, :upto] - 1))
        both, alone = np.fft.irfft(joint, self.points), self.chances(0.0)
        sure = np.flatnonzero(alone > NEVER)
        found = np.clip(both[:, sure] / alone[sure], 0.0, 1.0)
        return np.array([np.interp(np.arange(self.points), sure, each) for each in found])


@dataclass(frozen=True)
class MeasuredBaseline:
    """The error of a baseline that is measured, normal: of reoffences and of reoffenders, shares of each.

    Part of both is the luck of who was measured, which is followed at a few ``nodes`` with their ``weights``.
    """

    sd: float = 0.0
    binary_sd: float = 0.0
    correlation: float = 0.0

    @cached_property
    def nodes(self) -> tuple[FloatArray, FloatArray]:
        """Of what both have in common, in standard deviations, with the weight of each."""
        if not self.sd:
            return np.zeros(1), np.ones(1)
        at, weights = roots_hermitenorm(COMMON)
        return at, weights / weights.sum()

    @property
    def parts(self) -> tuple[float, float]:
        """Share of a standard deviation that both have in common, and that each has alone."""
        common = float(np.clip(self.correlation, 0.0, CLOSEST))
        return common**0.5, (1 - common) ** 0.5


@dataclass(frozen=True, eq=False)
class CountedHurdle:
    """Pay by the changes X of reoffences and Y of reoffenders that ``people`` measure.

    It is ``rule``(X) where Y >= 0, else ``held``(X). ``paid`` is the chance of more than nothing past the hurdle, where
    the rule does not tell it.
    """

    rule: PaymentRule
    held: PaymentRule
    people: Offenders
    baseline: MeasuredBaseline = MeasuredBaseline()
    paid: PaymentRule | None = None

    def expected(self, change: Number, binary: Number) -> FloatArray:
        """Expected pay at true changes of the measure and of the binary rate."""
        return np.asarray(chebval2d(*self._inside(change, binary), self._table))

    def marginal(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Derivatives of expected pay by the true change of the measure, and by that of the binary rate."""
        x, y = self._inside(change, binary)
        wide = (TABLED[1] - TABLED[0]) / 2
        own, over = (chebval2d(x, y, chebder(self._table, axis=axis)) / wide for axis in (0, 1))
        return np.asarray(own), np.asarray(over)

    def chance(self, change: Number, binary: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        return np.asarray(np.clip(chebval2d(*self._inside(change, binary), self._chances), 0.0, 1.0))

    def rewards(self) -> "CountedHurdle":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0), held=self.held.at_least(0.0))

    @staticmethod
    def _inside(change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Both changes where they are tabulated, from -1 to 1."""
        x, y = np.broadcast_arrays(*(np.clip(np.asarray(v, dtype=float), *TABLED) for v in (change, binary)))
        return scaled(x), scaled(y)

    @cached_property
    def _passed(self) -> FloatArray:
        """Chance that the hurdle is passed, given each number of reoffences: (nodes, points)."""
        at, (common, alone) = self.baseline.nodes[0], self.baseline.parts
        people, sd = self.people, self.baseline.binary_sd
        left = 1 - np.arange(people.size + 1) / people.means[0] + sd * common * at[:, None]
        if not sd:
            return people.passed((left * people.means[0] >= -TIE).astype(float))
        return people.passed(ndtr(left / (sd * alone)))

    def _of_each(self, rule: PaymentRule, part: str = "expected") -> FloatArray:
        """What a ``rule`` makes of each number of reoffences, or another ``part`` of it: (nodes, points)."""
        at, (common, alone) = self.baseline.nodes[0], self.baseline.parts
        change = 1 - np.arange(self.people.points) / self.people.means[1] + self.baseline.sd * common * at[:, None]
        if self.baseline.sd:
            return blurred(getattr(rule, part), change, self.baseline.sd * alone)
        pay = rule(change + TIE)
        return pay if part == "expected" else np.asarray((pay > FLAT).astype(float))

    @property
    def _table(self) -> FloatArray:
        return self._tables[0]

    @property
    def _chances(self) -> FloatArray:
        return self._tables[1]

    @cached_property
    def _tables(self) -> tuple[FloatArray, FloatArray]:
        """Chebyshev coefficients by the two changes, (terms, terms), of expected pay and of the chance of any."""
        held, past = self._of_each(self.held), self._of_each(self.rule)
        chance = self._of_each(self.rule, "chance") if self.paid is None else self._of_each(self.paid)
        people, counts = self.people, np.arange(self.people.points)
        blur = float(np.hypot(people.sd / people.means[1], self.baseline.sd))
        terms = int(np.clip(SHARP * (TABLED[1] - TABLED[0]) / blur, FEWEST, MOST))
        at, values = nodes(terms), np.zeros((2, terms, terms))
        for row, change in enumerate(at):
            pause()
            chances = people.chances(float(change))
            some = np.flatnonzero(chances > NEVER)
            # Where reoffending has fallen by more than reoffences, a number of these comes from fewer people.
            place = counts[some, None] * (1 - at) / (1 - change)
            for node, weight in enumerate(weight * chances[some] for weight in self.baseline.nodes[1]):
                there = np.interp(place, counts, self._passed[node])
                values[0, row] += (weight * (past - held)[node, some]) @ there + weight @ held[node, some]
                values[1, row] += (weight * chance[node, some]) @ there
        pay, any_pay = (coefficients(coefficients(each).T).T for each in values)
        return pay, any_pay


def blurred(made: Callable[[FloatArray, float], FloatArray], change: FloatArray, sd: float) -> FloatArray:
    """What is ``made`` of each change with normal noise ``sd``; of many changes, read off between places FINE apart.

    What a jump of 1 is missed by there is under FINE squared / 32.
    """
    low, high = float(change.min()), float(change.max())
    places = int((high - low) / (FINE * sd)) + 2
    if places > change.size:
        return np.asarray(made(change, sd))
    at = np.linspace(low, high, places)
    return np.interp(change, at, made(at, sd))


def nodes(terms: int) -> FloatArray:
    """Chebyshev's points over the changes that are tabulated."""
    x = np.cos(np.pi * (np.arange(terms) + 0.5) / terms)
    return np.asarray(TABLED[0] + (x + 1) * (TABLED[1] - TABLED[0]) / 2)


def coefficients(values: FloatArray) -> FloatArray:
    """Chebyshev coefficients along the first axis from values at Chebyshev's points."""
    found = np.asarray(dct(values, type=2, axis=0)) / len(values)
    found[0] /= 2
    return found
