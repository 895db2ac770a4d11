"""How far luck carries a measured rate from the true one.

The count of people who reoffend in a cohort is a Poisson-binomial variable. Up to `EXACT_UP_TO` people its exact
distribution is used, beyond that the normal one; at the switch the two differ by less than 0.02 in a chance and 2% of
the results money in what is expected (held by a test). So it is with needs that are met, and with people who do not all
count alike (`tries`). Numbers of reoffences and their harm are counted exactly too, up to more people, since they are
skewed (`events`), and so are the quarters of a year that tops them up (`quarters_of_counts`), the people of a baseline
(`baseline`) and a hurdle (`hurdle_of_counts`). Blends with a limit in common are taken as normal. Everyone's log-odds
are taken to move alike: support that goes to those who reoffend most leaves less luck than that.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, cast

import numpy as np
from numpy.polynomial.chebyshev import chebval
from scipy.fft import dct
from scipy.special import expit, logit

from pricing.contract.counted.baseline import ANY, TIE, BaselineError
from pricing.contract.counted.events import Events
from pricing.contract.payment_rule import Number, PaymentRule
from pricing.pause import pause
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort

EXACT_UP_TO = 1000
"""People measured at a time up to whom the exact distribution is used."""
SLICES = 25
"""Groups of equal risk that stand for a small cohort, taken along the risk distribution of the larger one."""
NEWTON = 30
TABLED = -0.25, 0.7
"""True changes over which expected pay is tabulated; beyond them it is worked out each time."""
FEWEST_TERMS, MOST_TERMS = 32, 512
TABLE_ERROR = 1e-10
NOTHING = 40.0
"""Minus the logarithm of what is lost in the last digit of a chance."""


class Paid(Protocol):
    """A payment rule under luck; methods take true changes of any shape and return that shape, in the rule's unit."""

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
    """A rule on a measure with normal noise of a fixed standard deviation, a share of the baseline rate.

    ``baseline`` is the error of one that is counted, beside the noise.
    """

    rule: PaymentRule
    noise: float
    baseline: BaselineError | None = None

    @cached_property
    def _over(self) -> PaymentRule:
        return self.rule if self.baseline is None else self.baseline.over(self.rule)

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        return self._over.expected(change, self.noise)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        return self._over.marginal(change, self.noise)

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        if self.baseline is None:
            return self.rule.chance(change, self.noise)
        return np.clip(self.baseline.chances @ self.rule.chance(self.baseline.beside(change), self.noise), 0.0, 1.0)

    def rewards(self) -> "Normal":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0))


@dataclass(frozen=True, eq=False)
class Count:
    """A small cohort as groups of equal risk: ``risk`` P0 and whole numbers of ``people``, both (groups,).

    ``drawn`` where each person is drawn from all of them, so that who comes is luck too.
    """

    risk: FloatArray
    people: FloatArray
    drawn: bool = False
    width = 0.0

    @classmethod
    def like(cls, cohort: Cohort, size: int, drawn: bool = False) -> "Count":
        """``size`` people who are like a cohort: the mean risk of equal slices of it, lowest risk first."""
        groups = min(size, SLICES)
        people = np.diff(np.round(np.linspace(0, size, groups + 1)))
        order = np.argsort(cohort.probability, kind="stable")
        share = np.concatenate([[0.0], np.cumsum(cohort.people[order])]) / cohort.people.sum()
        summed = np.concatenate([[0.0], np.cumsum((cohort.people * cohort.probability)[order])]) / cohort.people.sum()
        at = np.interp(np.concatenate([[0.0], np.cumsum(people)]) / size, share, summed)
        return cls(np.diff(at) * size / people, people, drawn)

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
        share = self.people / self.size
        rate = p @ share
        spread = rate * (1 - rate) * self.size if self.drawn else (p * (1 - p)) @ self.people
        variance = float(np.min(spread))
        top = np.arccos(max(1 - NOTHING / variance, -1.0)) / (2 * np.pi)
        turn = np.exp(-2j * np.pi * np.arange(min(count // 2, int(top * count) + 1) + 1) / count) - 1
        if self.drawn:
            one = 1 + rate[:, None] * turn
            whole = one**self.size
            return np.fft.irfft(whole, count), np.fft.irfft(
                self.size * whole * ((slope @ share)[:, None] * turn) / one, count
            )
        each = 1 + p[:, :, None] * turn
        whole = np.exp(np.einsum("g,dgk->dk", self.people, np.log(each)))
        moved = whole * np.einsum("g,dgk->dk", self.people, slope[:, :, None] * turn / each)
        return np.fft.irfft(whole, count), np.fft.irfft(moved, count)


@dataclass(frozen=True)
class Exact:
    """A rule on what is counted among a number of people.

    ``noise`` is that of a baseline which is normal, and ``baseline`` the error of one that is counted; ``standing`` the
    change against the target with no effect, which is part of the changes that functions are given. Of one that is
    asked about ``once``, at some dozens of changes, no table is made: it would take the work of twice as many.
    """

    rule: PaymentRule
    count: Count | Events
    noise: float = 0.0
    standing: float = 0.0
    baseline: BaselineError | None = None
    once: bool = False

    @property
    def _blur(self) -> float:
        """Standard deviation about a point of what is measured there."""
        return float(np.hypot(self.noise, self.count.width / np.sqrt(12)))

    @property
    def _measured(self) -> FloatArray:
        """What is measured at each point. A count on a threshold reaches it, whatever the last digits say."""
        return self.count.changes + self.standing + TIE

    @cached_property
    def _paid(self) -> FloatArray:
        if self.baseline is not None:
            return self.baseline.mean(self.rule, self._measured)
        return self.rule.expected(self._measured, self._blur) if self._blur > 0 else self.rule(self._measured)

    @cached_property
    def _rewarded(self) -> FloatArray:
        return self._chances_of(self.rule)

    def _chances_of(self, paid: PaymentRule) -> FloatArray:
        """Chance at each point that a rule pays more than nothing."""
        if self.baseline is not None:
            return self.baseline.mean(lambda at: (paid(at) > ANY).astype(float), self._measured)
        if self._blur > 0:
            return paid.chance(self._measured, self._blur)
        return (paid(self._measured) > ANY).astype(float)

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        if self.rule.linear:
            return self.rule.expected(change, 0.0)
        return self._sum(change, 0)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        if self.rule.linear:
            return self.rule.marginal(change, 0.0)
        return self._sum(change, 1)

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        # A sum of chances may miss 0 or 1 in its last digits.
        return np.clip(self._sum(change, 2), 0.0, 1.0)

    def rewards(self) -> "Exact":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0))

    def _sum(self, change: Number, part: int) -> FloatArray:
        """Expected pay, its derivative or the chance of pay (``part`` 0, 1, 2) at changes against the target."""
        changes = np.asarray(change, dtype=float) - self.standing
        flat = np.ravel(changes)
        if self.once:
            return self._asked_once(flat)[:, part].reshape(changes.shape)
        inside = (flat >= TABLED[0]) & (flat <= TABLED[1]) & (self._table is not None)
        found = np.empty(len(flat))
        if np.any(inside):
            found[inside] = chebval(scaled(flat[inside]), cast(FloatArray, self._table)[:, part])
        if not np.all(inside):
            found[~inside] = self._worked_out(flat[~inside])[:, part]
        return found.reshape(changes.shape)

    def _worked_out(self, changes: FloatArray) -> FloatArray:
        """The three parts at true changes (changes,) from the distribution itself: (changes, 3)."""
        chances, slopes = self.count.chances(changes)
        return np.stack([chances @ self._paid, slopes @ self._paid, chances @ self._rewarded], axis=1)

    def _asked_once(self, changes: FloatArray) -> FloatArray:
        """The same, kept for the changes that were asked for last: pay, its slope and its chance are asked in turn."""
        key, last = changes.tobytes(), self._last
        if key not in last:
            last.clear()
            last[key] = self._worked_out(changes)
        return last[key]

    @cached_property
    def _last(self) -> dict[bytes, FloatArray]:
        return {}

    @cached_property
    def _table(self) -> FloatArray | None:
        """Chebyshev coefficients, (terms, 3), of the three parts over TABLED; None where MOST_TERMS are too few.

        Each is a smooth function of the true change, as wide as the luck in the measure: some dozens of terms hold it
        to TABLE_ERROR of its largest value, which the last quarter of the terms tells.
        """
        terms = FEWEST_TERMS
        while terms <= MOST_TERMS:
            pause()
            nodes = np.cos(np.pi * (np.arange(terms) + 0.5) / terms)
            values = self._worked_out(TABLED[0] + (nodes + 1) * (TABLED[1] - TABLED[0]) / 2)
            found = np.asarray(dct(values, type=2, axis=0)) / terms
            found[0] /= 2
            if np.all(np.abs(found[-terms // 4 :]).max(axis=0) <= TABLE_ERROR * np.abs(found).max(axis=0)):
                return found
            terms *= 2
        return None


def scaled(change: FloatArray) -> FloatArray:
    """A change within TABLED, from -1 to 1."""
    return np.asarray(2 * (change - TABLED[0]) / (TABLED[1] - TABLED[0]) - 1)
