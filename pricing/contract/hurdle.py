"""A binary hurdle: rewards on one measure that are paid only if the binary rate has not risen.

Both measures are their true values plus correlated normal noise, so that every quantity has a closed form in the
bivariate normal distribution, which Owen's T function gives to full precision.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import numpy as np
from scipy.special import ndtr, owens_t

from pricing.contract.pay_under_luck import mixed, mixture
from pricing.contract.payment_rule import SMALLEST_NOISE, Number, PaymentRule, density
from pricing.people.arrays import FloatArray
from pricing.resources.pause import pause

NO_PAY = PaymentRule.through(0.0, 0.0, [])
HIGHEST = 0.999
"""Correlation beyond which the two measures are as good as one."""
AT_ONCE = 50_000
"""Pairs of a change and a knot that are worked out at once."""


def both_below(a: FloatArray, b: FloatArray, correlation: float) -> FloatArray:
    """Chance that two standard normals with a ``correlation`` stay below ``a`` and ``b`` (Owen 1956)."""
    a, b = (np.where(np.abs(v) < 1e-12, 1e-12, v) for v in np.broadcast_arrays(a, b))
    rest = np.sqrt(1 - correlation**2)
    apart = np.where(a * b > 0, 0.0, 0.5)
    slopes = (b / a - correlation) / rest, (a / b - correlation) / rest
    return np.asarray((ndtr(a) + ndtr(b)) / 2 - owens_t(a, slopes[0]) - owens_t(b, slopes[1]) - apart)


def in_pieces(
    work: Callable[[FloatArray, FloatArray], tuple[FloatArray, ...]], change: Number, binary: Number, knots: int
) -> tuple[FloatArray, ...]:
    """What ``work`` finds at many changes of both measures, so many at a time that it can be stopped between."""
    change, binary = np.broadcast_arrays(np.asarray(change, dtype=float), np.asarray(binary, dtype=float))
    length = max(AT_ONCE // max(knots, 1), 1)
    if change.size <= length:
        return work(change, binary)
    found = []
    for start in range(0, change.size, length):
        pause()
        found.append(work(change.ravel()[start : start + length], binary.ravel()[start : start + length]))
    return tuple(np.concatenate(parts).reshape(change.shape) for parts in zip(*found, strict=True))


@dataclass(frozen=True)
class Hurdle:
    """Pay ``held``(X) + ``gated``(X) 1(Y >= 0) for measured changes X, with its noise, and Y of the binary rate.

    By what is measured, ``rewarded`` is paid past it if nothing is ever deducted, and ``any_pay`` is the chance of any.
    Where Y counts whole people, ``least`` is what passes for 0: half a person below it.
    """

    gated: PaymentRule
    held: PaymentRule
    rewarded: PaymentRule
    any_pay: PaymentRule
    noise: float
    binary_noise: float
    correlation: float
    least: float = 0.0

    @classmethod
    def on(cls, rule: PaymentRule, noise: float, binary_noise: float, correlation: float) -> "Hurdle":
        """The rewards of a ``rule`` past the hurdle, and its losses in any case."""
        first = rule.first_reward
        any_pay = PaymentRule.through(0.0, 0.0, [(first, 1.0, 0.0)] if np.isfinite(first) else [])
        rewards = rule.at_least(0.0)
        return cls(rewards, rule.at_most(0.0), rewards, any_pay, noise, binary_noise, correlation)

    def expected(self, change: Number, binary: Number) -> FloatArray:
        """Expected pay at true changes of the measure and of the binary rate."""
        past, held = partial(self._past, self.gated), partial(self.held.expected, noise=self.noise)
        return in_pieces(lambda x, y: (past(x, y) + held(x),), change, binary, len(self.gated.at))[0]

    def chance(self, change: Number, binary: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        return np.clip(self._past(self.any_pay, change, binary), 0.0, 1.0)

    def marginal(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Derivatives of expected pay by the true change of the measure, and by that of the binary rate."""
        own, over = in_pieces(self._marginal, change, binary, len(self.gated.at))
        return own, over

    def _past(self, rule: PaymentRule, change: Number, binary: Number) -> FloatArray:
        """What is expected of a ``rule`` that pays only past the hurdle, and nothing for little."""
        gap, a, b, rho = self._scaled(rule, change, binary)
        past = both_below(a, b, rho)
        rest = np.sqrt(1 - rho**2)
        luck = density(a) * ndtr((b - rho * a) / rest) + rho * density(b) * ndtr((a - rho * b) / rest)
        paid = rule.jumps * past + rule.bends * (gap * past + self._noise * luck)
        passed = ndtr(self._over(binary))
        return np.asarray(rule.level * passed + paid.sum(axis=-1))

    def _marginal(self, change: FloatArray, binary: FloatArray) -> tuple[FloatArray, FloatArray]:
        rewards, bent = self.gated, self.gated.bends != 0
        gap, a, b, rho = self._scaled(rewards, change, binary)
        rest = np.sqrt(1 - rho**2)
        own = rewards.jumps * density(a) * ndtr((b - rho * a) / rest) / self._noise
        own[..., bent] += rewards.bends[bent] * both_below(a[..., bent], b[..., bent], rho)  # steps do not bend
        # Given that the binary rate stands just at the hurdle, the measure is normal with this gap and this noise.
        near, noise = gap - rho * self._noise * b, self._noise * rest
        z = near / noise
        there = rewards.jumps * ndtr(z) + rewards.bends * (near * ndtr(z) + noise * density(z))
        over = density(self._over(binary)) / max(self.binary_noise, SMALLEST_NOISE)
        return own.sum(axis=-1) + self.held.marginal(change, self.noise), over * (rewards.level + there.sum(axis=-1))

    def rewards(self) -> "Hurdle":
        """The same with its rewards alone."""
        return replace(self, gated=self.rewarded, held=NO_PAY)

    @property
    def _noise(self) -> float:
        return max(self.noise, SMALLEST_NOISE)

    def _over(self, binary: Number) -> FloatArray:
        """How far the binary rate's change is over the hurdle, in standard deviations of its noise."""
        return (np.asarray(binary, dtype=float) - self.least) / max(self.binary_noise, SMALLEST_NOISE)

    def _scaled(
        self, rule: PaymentRule, change: Number, binary: Number
    ) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        gap = np.asarray(change, dtype=float)[..., None] - rule.at
        scaled = self._over(binary)[..., None]
        return gap, gap / self._noise, np.broadcast_to(scaled, gap.shape), min(self.correlation, HIGHEST)


class PastHurdle(Protocol):
    """What is paid past a hurdle and short of it, at true changes of the measure and of the binary rate."""

    def expected(self, change: Number, binary: Number) -> FloatArray:
        """Expected pay."""
        ...

    def chance(self, change: Number, binary: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        ...

    def marginal(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Derivatives of expected pay by both true changes."""
        ...

    def rewards(self) -> "PastHurdle":
        """The same with its rewards alone."""
        ...


@dataclass(frozen=True, eq=False)
class HurdleByChange:
    """A hurdle where luck changes with the true change of the measure, as `pay_under_luck.LuckByChange`."""

    at: FloatArray
    each: tuple[PastHurdle, ...]

    def expected(self, change: Number, binary: Number) -> FloatArray:
        """Expected pay at true changes of the measure and of the binary rate."""
        return mixed(mixture(self.at, change)[0], [hurdle.expected(change, binary) for hurdle in self.each])

    def chance(self, change: Number, binary: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        found = mixed(mixture(self.at, change)[0], [hurdle.chance(change, binary) for hurdle in self.each])
        return np.clip(found, 0.0, 1.0)

    def marginal(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Derivatives of expected pay by the true change of the measure, and by that of the binary rate."""
        weights, slopes = mixture(self.at, change)
        own, over = zip(*(hurdle.marginal(change, binary) for hurdle in self.each), strict=True)
        beside = mixed(slopes, [hurdle.expected(change, binary) for hurdle in self.each])
        return mixed(weights, own) + beside, mixed(weights, over)

    def rewards(self) -> "HurdleByChange":
        """The same with its rewards alone."""
        return replace(self, each=tuple(hurdle.rewards() for hurdle in self.each))
