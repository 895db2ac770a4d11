"""A payment rule: what is paid for a measured change, its expected pay and its chance of pay under luck.

A rule is piecewise linear with jumps and never falls: ``f(x) = level + slope x`` plus, at each knot a_i, a jump and a
bend, ``jump_i 1(x >= a_i) + bend_i (x - a_i)+``. A change x is a share of the baseline rate, a fall counted as
positive; f is in the same unit, so that the linear contract is f(x) = x. Where the measured change is the true one
plus normal noise, what is expected and its derivative have closed forms (moments of the truncated normal).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.interpolate import make_interp_spline
from scipy.special import ndtr

from pricing.contract.pay_limits import UNLIMITED, PayLimits
from pricing.people.arrays import FloatArray, IntArray
from pricing.resources.pause import pause

SMALLEST_NOISE = 1e-4
"""Standard deviation that stands for a measure without error: a ten-thousandth of the baseline rate."""
NARROWEST_STEP = 0.005
"""Steps narrower than this are as good as none: pay rises evenly."""
STEPS_BEYOND = 32
"""Steps for a fall of more than all of the baseline, or than the first that is paid for: among few people, some of whom
count more or have targets of their own, it may be measured. From there on pay goes through the middle of the steps."""
FAR = 9.0
"""Standard deviations from which on luck reaches nothing: a chance of 1e-19."""
AT_ONCE = 1_000_000
"""Pairs of a change and a knot looked at at once."""
FEW_PAIRS = 4000
"""Of them, so few that all are looked at whether luck reaches them or not."""
PER_NOISE, DEGREE = 12, 7
"""Places in one standard deviation of luck that a spline of this degree goes through."""
FLAT = 1e-12
"""A slope, or an amount, that is none: what the last digits of a sum leave over."""
ROOT_TAU = float(np.sqrt(2 * np.pi))
Number = FloatArray | float


def density(z: Number) -> FloatArray:
    """Density of the standard normal."""
    return np.asarray(np.exp(-0.5 * np.square(z)) / ROOT_TAU)


@dataclass(frozen=True, eq=False)
class PaymentRule:
    """One rule; ``at``, ``jumps`` and ``bends`` have shape (knots,), in rising order of ``at``."""

    level: float
    slope: float
    at: FloatArray
    jumps: FloatArray
    bends: FloatArray

    @classmethod
    def through(cls, level: float, slope: float, knots: list[tuple[float, float, float]]) -> "PaymentRule":
        """A rule from its knots, each (where, jump, bend); those in one place are one, those without effect none."""
        found: dict[float, tuple[float, float]] = {}
        for where, jump, bend in knots:
            before = found.get(where + 0.0, (0.0, 0.0))
            found[where + 0.0] = (before[0] + jump, before[1] + bend)
        kept = [(where, *change) for where, change in sorted(found.items()) if any(change)]
        at, jumps, bends = np.array(kept, dtype=float).reshape(-1, 3).T
        return cls(level, slope, at, jumps, bends)

    @property
    def linear(self) -> bool:
        """Whether it pays the change itself, neither more nor less."""
        return not len(self.at) and self.level == 0 and self.slope == 1

    @cached_property
    def _pieces(self) -> tuple[FloatArray, FloatArray]:
        """Intercept and slope of each stretch between knots, shape (knots + 1,)."""
        slopes = np.cumsum([self.slope, *self.bends])
        levels = np.cumsum([self.level, *(self.jumps - self.bends * self.at)])
        return levels, slopes

    def __call__(self, measured: Number) -> FloatArray:
        """What is paid for a measured change."""
        levels, slopes = self._pieces
        piece = np.searchsorted(self.at, measured, side="right")
        return np.asarray(levels[piece] + slopes[piece] * measured)

    def expected(self, change: Number, noise: float) -> FloatArray:
        """E f(change + noise Z): what is expected at a true change.

        Of many knots those that luck reaches are looked at one by one; the others are passed, or are not.
        """
        change, noise = np.asarray(change, dtype=float), max(noise, SMALLEST_NOISE)
        first, some = self._reached(change, noise)
        if change.size * some > AT_ONCE:
            return self._many(change, noise, some)
        if 2 * some >= len(self.at):
            parts = self._past(change, noise, slice(None))
            return np.asarray(self.level + self.slope * change + parts.sum(axis=-1))
        near = first[..., None] + np.arange(some)
        parts = np.where(near < len(self.at), self._past(change, noise, np.minimum(near, len(self.at) - 1)), 0.0)
        levels, slopes = self._pieces
        return np.asarray(levels[first] + slopes[first] * change + parts.sum(axis=-1))

    def _reached(self, change: FloatArray, noise: float) -> tuple[IntArray, int]:
        """The first knot that luck reaches from each change, and how many it reaches at most."""
        first = np.searchsorted(self.at, change - FAR * noise)
        return first, int(np.max(np.searchsorted(self.at, change + FAR * noise) - first, initial=0))

    def _many(self, change: FloatArray, noise: float, some: int) -> FloatArray:
        """:meth:`expected` at many changes with ``some`` knots near each, piece by piece.

        It is as smooth as luck is wide: where changes stand closer than that, it is looked at evenly, and between by a
        spline, to a few in 1e-11 of what a knot pays.
        """
        low, high = float(change.min()), float(change.max())
        places = int((high - low) / noise * PER_NOISE) + 2 * DEGREE
        if places < change.size:
            at = np.linspace(low, high, places)
            return np.asarray(make_interp_spline(at, self.expected(at, noise), DEGREE)(change))
        flat, length = change.ravel(), max(AT_ONCE // some, 1)
        found = np.empty(len(flat))
        for start in range(0, len(flat), length):
            pause()
            found[start : start + length] = self.expected(flat[start : start + length], noise)
        return found.reshape(change.shape)

    def _past(self, change: FloatArray, noise: float, knots: slice | IntArray) -> FloatArray:
        """What is expected of some of the knots at a true change, (..., knots)."""
        gap = change[..., None] - self.at[knots]
        z = gap / noise
        past = ndtr(z)
        return np.asarray(self.jumps[knots] * past + self.bends[knots] * (gap * past + noise * density(z)))

    def marginal(self, change: Number, noise: float) -> FloatArray:
        """Derivative of :meth:`expected` by the true change: the effective price over the linear contract's."""
        change, noise = np.asarray(change, dtype=float), max(noise, SMALLEST_NOISE)
        if change.size * len(self.at) <= FEW_PAIRS:
            return np.asarray(self.slope + self._steeper(change, noise, slice(None)).sum(axis=-1))
        first, some = self._reached(change, noise)
        flat, first, found = change.ravel(), first.ravel(), np.empty(change.size)
        length = max(AT_ONCE // max(some, 1), 1)
        for start in range(0, len(flat), length):
            pause()
            part = slice(start, start + length)
            near = first[part, None] + np.arange(some)
            parts = self._steeper(flat[part], noise, np.minimum(near, len(self.at) - 1))
            found[part] = self._pieces[1][first[part]] + np.where(near < len(self.at), parts, 0.0).sum(axis=-1)
        return found.reshape(change.shape)

    def _steeper(self, change: FloatArray, noise: float, knots: slice | IntArray) -> FloatArray:
        """The derivative of `_past`, (..., knots)."""
        z = (change[..., None] - self.at[knots]) / noise
        return np.asarray(self.jumps[knots] * density(z) / noise + self.bends[knots] * ndtr(z))

    def chance(self, change: Number, noise: float) -> FloatArray:
        """Chance that more than nothing is paid at a true change; without noise it is paid or it is not."""
        if noise <= 0:
            return (self(change) > FLAT).astype(float)
        return np.asarray(ndtr((np.asarray(change) - self.first_reward) / max(noise, SMALLEST_NOISE)))

    @property
    def first_reward(self) -> float:
        """Measured change from which on something is paid; infinite where nothing ever is."""
        return self.reaching(0.0)

    def reaching(self, height: float) -> float:
        """The infimum of the measured changes for which more than ``height`` is paid."""
        levels, slopes = self._pieces
        ends = [-np.inf, *self.at, np.inf]
        for piece, (level, slope) in enumerate(zip(levels, slopes, strict=True)):
            start, end = ends[piece], ends[piece + 1]
            if slope > FLAT:
                # What the last digits leave above the height at the end of a piece is not more than it.
                if level + slope * end > height + FLAT:
                    return float(max(start, (height - level) / slope))
            elif level > height + FLAT:
                return float(start)
        return float("inf")

    def on_even_knots(self, apart: float) -> "PaymentRule":
        """About the same with its knots ``apart``: what lies between two goes to both, its mean place kept."""
        place = (self.at - self.at[0]) / apart
        below, at = place.astype(np.int64), self.at[0] + apart * np.arange(int(place[-1]) + 2)

        def parted(each: FloatArray) -> FloatArray:
            above = each * (place - below)
            return np.asarray(np.bincount(below, each - above, len(at)) + np.bincount(below + 1, above, len(at)) + 0.0)

        return PaymentRule(self.level, self.slope, at, parted(self.jumps), parted(self.bends))

    def at_least(self, low: float) -> "PaymentRule":
        """The same, but never less than ``low``."""
        if not self.slope and self.level >= low:
            return self
        start = self.reaching(low)
        if np.isneginf(start):
            return self
        inside = self.at > start
        levels, slopes = self._pieces
        piece = int(np.searchsorted(self.at, start, side="right"))
        if np.isposinf(start):
            return PaymentRule.through(low, 0.0, [])
        first = (start, float(levels[piece] + slopes[piece] * start) - low, float(slopes[piece]))
        rest = zip(self.at[inside], self.jumps[inside], self.bends[inside], strict=True)
        return PaymentRule.through(low, 0.0, [first, *rest])

    def at_most(self, high: float) -> "PaymentRule":
        """The same, but never more than ``high``."""
        end = self.reaching(high)
        if np.isposinf(end):
            return self
        levels, slopes = self._pieces
        inside = self.at < end
        piece = int(inside.sum())
        last = (end, high - float(levels[piece] + slopes[piece] * end), -float(slopes[piece]))
        rest = zip(self.at[inside], self.jumps[inside], self.bends[inside], strict=True)
        return PaymentRule.through(self.level, self.slope, [*rest, last])


def tabulated(at: FloatArray, left: FloatArray, right: FloatArray, slopes: tuple[float, float]) -> PaymentRule:
    """A rule through values just ``left`` and ``right`` of each place, with these ``slopes`` beyond the outermost."""
    inner = (left[1:] - right[:-1]) / np.diff(at)
    bends = np.diff(np.concatenate([slopes[:1], inner, slopes[1:]]))
    return PaymentRule(float(left[0] - slopes[0] * at[0]), slopes[0], at, right - left, bends)


def ladder(rungs: Mapping[float, float]) -> PaymentRule:
    """A rule in steps: from each change on, what stands beside it in ``rungs``, and nothing before the first.

    ``rungs`` maps a change to the whole amount paid from there, in any one unit; amounts must not fall. Raises
    ValueError where they do, or where one is negative.
    """
    steps = sorted(rungs.items())
    jumps = np.diff([0.0, *(amount for _, amount in steps)])
    if np.any(jumps < 0):
        raise ValueError("A higher rung must not pay less.")
    return PaymentRule.through(0.0, 0.0, [(at, float(jump), 0.0) for (at, _), jump in zip(steps, jumps, strict=True)])


LINEAR = PaymentRule.through(0.0, 1.0, [])
"""Every result is paid for and every setback deducted, one for one."""


@dataclass(frozen=True)
class Clauses:
    """What a contract says about pay for a measured change; every change is a share of the baseline rate.

    ``zone`` half-width of the flat zone; ``threshold`` smallest fall that is rewarded; ``inner`` share of the change
    inside zone or threshold that is paid once it is passed (1 the whole reduction, 0 only the excess); ``shape``
    per_result, all_or_nothing or steps; ``full`` the change that earns the whole results money; ``deducts`` whether a
    rise lowers pay; ``limits`` of pay in the unit of ``full``.
    """

    zone: float
    threshold: float
    inner: float
    shape: str
    full: float
    deducts: bool
    limits: PayLimits = UNLIMITED


def from_clauses(clauses: Clauses) -> PaymentRule:
    """The rule that a contract's clauses come to; with no clause it is the linear one.

    All or nothing has no deductions: the reward is all that is at stake.
    """
    knots = rewards(clauses)
    deducted = clauses.deducts and clauses.shape != "all_or_nothing"
    if deducted:
        knots.append((-clauses.zone, clauses.inner * clauses.zone, -1.0))
        rule = PaymentRule.through((1 - clauses.inner) * clauses.zone, 1.0, knots)
    else:
        rule = PaymentRule.through(0.0, 0.0, knots)
    return clauses.limits.over(rule)


def rewards(clauses: Clauses) -> list[tuple[float, float, float]]:
    """Knots of the pay for a fall."""
    start = max(clauses.zone, clauses.threshold)
    if clauses.shape == "all_or_nothing":
        return [(start, clauses.full, 0.0)]
    if clauses.shape == "steps" and clauses.threshold >= NARROWEST_STEP:
        first = int(np.ceil(start / clauses.threshold - 1e-9))
        last = max(int(1 / clauses.threshold), first) + STEPS_BEYOND
        steps = [(clauses.threshold * number, clauses.threshold, 0.0) for number in range(first + 1, last + 1)]
        ever_on = (clauses.threshold * (last + 0.5), 0.0, 1.0)
        return [(clauses.threshold * first, clauses.inner * clauses.threshold * first, 0.0), *steps, ever_on]
    return [(start, clauses.inner * start, 1.0)]
