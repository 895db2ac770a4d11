"""A binary hurdle: rewards on one measure that are paid only if the binary rate has not risen.

Both measures are their true values plus correlated normal noise, so that every quantity has a closed form in the
bivariate normal distribution, which Owen's T function gives to full precision.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import ndtr, owens_t

from pricing.contract.payment_rule import SMALLEST_NOISE, Number, PaymentRule, density
from pricing.people.arrays import FloatArray

HIGHEST = 0.999
"""Correlation beyond which the two measures are as good as one."""


def both_below(a: FloatArray, b: FloatArray, correlation: float) -> FloatArray:
    """Chance that two standard normals with a ``correlation`` stay below ``a`` and ``b`` (Owen 1956)."""
    a, b = (np.where(np.abs(v) < 1e-12, 1e-12, v) for v in np.broadcast_arrays(a, b))
    rest = np.sqrt(1 - correlation**2)
    apart = np.where(a * b > 0, 0.0, 0.5)
    slopes = (b / a - correlation) / rest, (a / b - correlation) / rest
    return np.asarray((ndtr(a) + ndtr(b)) / 2 - owens_t(a, slopes[0]) - owens_t(b, slopes[1]) - apart)


@dataclass(frozen=True)
class Hurdle:
    """Pay f+(X) 1(Y >= 0) - f-(X) for measured changes X, with its noise, and Y of the binary rate."""

    rule: PaymentRule
    noise: float
    binary_noise: float
    correlation: float

    def expected(self, change: Number, binary: Number) -> FloatArray:
        """Expected pay at true changes of the measure and of the binary rate."""
        gap, a, b, rho = self._scaled(change, binary)
        past = both_below(a, b, rho)
        rest = np.sqrt(1 - rho**2)
        luck = density(a) * ndtr((b - rho * a) / rest) + rho * density(b) * ndtr((a - rho * b) / rest)
        rewards = self._rewards
        paid = rewards.jumps * past + rewards.bends * (gap * past + self._noise * luck)
        return np.asarray(paid.sum(axis=-1) + self._losses.expected(change, self.noise))

    def marginal(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Derivatives of expected pay by the true change of the measure, and by that of the binary rate."""
        gap, a, b, rho = self._scaled(change, binary)
        rest = np.sqrt(1 - rho**2)
        rewards = self._rewards
        own = rewards.jumps * density(a) * ndtr((b - rho * a) / rest) / self._noise
        own = own + rewards.bends * both_below(a, b, rho)
        # Given that the binary rate stands just at the hurdle, the measure is normal with this gap and this noise.
        near, noise = gap - rho * self._noise * b, self._noise * rest
        z = near / noise
        there = rewards.jumps * ndtr(z) + rewards.bends * (near * ndtr(z) + noise * density(z))
        noise = max(self.binary_noise, SMALLEST_NOISE)
        over = density(np.asarray(binary) / noise) / noise
        return own.sum(axis=-1) + self._losses.marginal(change, self.noise), over * there.sum(axis=-1)

    def rewards(self) -> "Hurdle":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0))

    @property
    def _noise(self) -> float:
        return max(self.noise, SMALLEST_NOISE)

    @cached_property
    def _rewards(self) -> PaymentRule:
        return self.rule.at_least(0.0)

    @cached_property
    def _losses(self) -> PaymentRule:
        return self.rule.at_most(0.0)

    def _scaled(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        gap = np.asarray(change, dtype=float)[..., None] - self._rewards.at
        scaled = np.asarray(binary, dtype=float)[..., None] / max(self.binary_noise, SMALLEST_NOISE)
        return gap, gap / self._noise, np.broadcast_to(scaled, gap.shape), min(self.correlation, HIGHEST)
