"""How far luck carries a measured rate from the true one.

The count of people who reoffend in a cohort is a Poisson-binomial variable. Up to `EXACT_UP_TO` people its exact
distribution is used, beyond that the normal one; at the switch the two differ by less than 0.02 in a chance and 2% of
the results money in what is expected (held by a test). Everything but the binary rate is taken as normal.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy.special import expit, logit

from pricing.contract.payment_rule import Number, PaymentRule
from pricing.people.cohort import Cohort, FloatArray

EXACT_UP_TO = 1000
"""People measured at a time up to whom the exact distribution is used."""
SLICES = 25
"""Groups of equal risk that stand for a small cohort, taken along the risk distribution of the larger one."""
NEWTON = 30
NOTHING = 40.0
"""Minus the logarithm of what is lost in the last digit of a chance."""


class Paid(Protocol):
    """What a rule comes to under some distribution of luck; each function takes true changes of any shape."""

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        ...

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        ...

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        ...

    def rewards(self) -> "Paid":
        """The same with its rewards alone: nothing is ever deducted."""
        ...


@dataclass(frozen=True)
class Normal:
    """A rule on a measure with normal noise of a fixed standard deviation, a share of the baseline rate."""

    rule: PaymentRule
    noise: float

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        return self.rule.expected(change, self.noise)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        return self.rule.marginal(change, self.noise)

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        return self.rule.chance(change, self.noise)

    def rewards(self) -> "Normal":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0))


@dataclass(frozen=True, eq=False)
class Count:
    """A small cohort as groups of equal risk: ``risk`` P0 and whole numbers of ``people``, both (groups,)."""

    risk: FloatArray
    people: FloatArray

    @classmethod
    def like(cls, cohort: Cohort, size: int) -> "Count":
        """``size`` people who are like a cohort: the mean risk of equal slices of it, lowest risk first."""
        groups = min(size, SLICES)
        people = np.diff(np.round(np.linspace(0, size, groups + 1)))
        order = np.argsort(cohort.probability, kind="stable")
        share = np.concatenate([[0.0], np.cumsum(cohort.people[order])]) / cohort.people.sum()
        summed = np.concatenate([[0.0], np.cumsum((cohort.people * cohort.probability)[order])]) / cohort.people.sum()
        at = np.interp(np.concatenate([[0.0], np.cumsum(people)]) / size, share, summed)
        return cls(np.diff(at) * size / people, people)

    @property
    def size(self) -> int:
        """Number of people."""
        return int(self.people.sum())

    @property
    def rate(self) -> float:
        """Baseline rate: expected share who reoffend."""
        return float(self.people @ self.risk / self.size)

    @cached_property
    def changes(self) -> FloatArray:
        """Measured change for each possible count 0..size, a share of the baseline rate."""
        return 1 - np.arange(self.size + 1) / (self.size * self.rate)

    def after(self, change: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Risks (..., groups) once all log-odds have moved alike to a true change, and their derivative by it."""
        wanted = np.clip(self.rate * (1 - np.ravel(change)), 1e-9, 1 - 1e-9)
        start = logit(self.risk)
        effect = logit(self.rate) - logit(wanted)
        for _ in range(NEWTON):
            p = expit(start - effect[:, None])
            step = (p @ self.people / self.size - wanted) / (p * (1 - p) @ self.people / self.size)
            effect = effect + np.clip(step, -1, 1)
            if np.max(np.abs(step), initial=0.0) < 1e-14:
                break
        p = expit(start - effect[:, None])
        slope = -p * (1 - p)
        return p, slope * (self.rate / (-slope @ self.people / self.size))[:, None]

    def chances(self, change: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Chance of each count, (changes, size + 1), and its derivative by the true change.

        The characteristic function of the sum is the product of the people's own; its Fourier transform is exact.
        """
        p, slope = self.after(change)
        count = self.size + 1
        # A frequency w carries at most exp(-variance (1 - cos w)); those that carry nothing are left out.
        variance = float(np.min((p * (1 - p)) @ self.people))
        top = np.arccos(max(1 - NOTHING / variance, -1.0)) / (2 * np.pi)
        turn = np.exp(-2j * np.pi * np.arange(min(count // 2, int(top * count) + 1) + 1) / count) - 1
        each = 1 + p[:, :, None] * turn
        whole = np.exp(np.einsum("g,dgk->dk", self.people, np.log(each)))
        moved = whole * np.einsum("g,dgk->dk", self.people, slope[:, :, None] * turn / each)
        return np.fft.irfft(whole, count), np.fft.irfft(moved, count)


@dataclass(frozen=True)
class Exact:
    """A rule on the share who reoffend among a small number of people, all of whom count alike."""

    rule: PaymentRule
    count: Count

    @cached_property
    def _paid(self) -> FloatArray:
        # A count that stands on a threshold reaches it, whatever the last digit of a quotient says.
        return self.rule(self.count.changes + 1e-12)

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        if self.rule.linear:
            return self.rule.expected(change, 0.0)
        return self._sum(change, 0, self._paid)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        if self.rule.linear:
            return self.rule.marginal(change, 0.0)
        return self._sum(change, 1, self._paid)

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        return self._sum(change, 0, (self._paid > 0).astype(float))

    def rewards(self) -> "Exact":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0))

    def _sum(self, change: Number, part: int, values: FloatArray) -> FloatArray:
        changes = np.asarray(change, dtype=float)
        return np.asarray(self.count.chances(changes)[part] @ values).reshape(changes.shape)
