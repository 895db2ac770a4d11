"""How many of few people reoffend, each of them with a risk of their own: the exact distribution."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.fft import irfft, next_fast_len
from scipy.special import expit, logit

from pricing.contract.counted.complex_numbers import log, raised
from pricing.contract.effort_line import OneMetric, OnLine
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort

SLICES = 25
"""Groups of equal risk that stand for a small cohort, taken along the risk distribution of the larger one."""
NEWTON = 30
NOTHING = 40.0
"""Minus the logarithm of what is lost in the last digit of a chance."""


@dataclass(frozen=True, eq=False)
class Count:
    """A small cohort as groups of equal risk: ``risk`` P0 and whole numbers of ``people``, both (groups,).

    ``drawn`` where each person is drawn from all of them, so that who comes is luck too. ``line`` has risks of groups
    along a line of effort; without one all log-odds move alike.
    """

    risk: FloatArray
    people: FloatArray
    drawn: bool = False
    line: OnLine | None = None
    width = 0.0

    @classmethod
    def like(cls, cohort: Cohort, size: int, drawn: bool = False, line: OneMetric | None = None) -> "Count":
        """``size`` people who are like a cohort: the mean risk of equal slices of it, lowest risk first.

        What is counted of people who are drawn follows from their mean risk alone, whoever a ``line`` helps.
        """
        groups = min(size, SLICES)
        people = np.diff(np.round(np.linspace(0, size, groups + 1)))
        order = np.argsort(cohort.probability, kind="stable")
        share = np.concatenate([[0.0], np.cumsum(cohort.people[order])]) / cohort.people.sum()
        ends = np.concatenate([[0.0], np.cumsum(people)]) / size

        def sliced(risk: FloatArray) -> FloatArray:
            summed = np.concatenate([[0.0], np.cumsum((cohort.people * risk)[order])]) / cohort.people.sum()
            return np.asarray(np.diff(np.interp(ends, share, summed)) * size / people)

        start = logit(cohort.probability)
        along = OnLine(line.at, line.each(lambda effect: sliced(expit(start - effect)))) if line else None
        return cls(sliced(cohort.probability), people, drawn, along)

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
        """Risks (..., groups) at a true change, and their derivative by it."""
        if self.line is not None:
            p, slope = self.line(np.ravel(change))
            return np.clip(p, 1e-9, 1 - 1e-9), slope
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

    def chances(self, change: FloatArray) -> FloatArray:
        """Chance of each count at true changes, (changes, size + 1)."""
        return self._with_slopes(change)[0]

    def _with_slopes(self, change: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Chance of each count, (changes, size + 1), and its derivative by the true change.

        The characteristic function of the sum is the product of the people's own; its Fourier transform is exact.
        """
        p, slope = self.after(change)
        # Any length that holds all counts is exact; one of small factors is many times faster than a prime.
        length = int(next_fast_len(self.size + 1, real=True))
        # A frequency w carries at most exp(-variance (1 - cos w)); those that carry nothing are left out.
        share = self.people / self.size
        rate = p @ share
        spread = rate * (1 - rate) * self.size if self.drawn else (p * (1 - p)) @ self.people
        variance = float(np.min(spread))
        top = np.arccos(max(1 - NOTHING / variance, -1.0)) / (2 * np.pi)
        turn = np.exp(-2j * np.pi * np.arange(min(length // 2, int(top * length) + 1) + 1) / length) - 1
        if self.drawn:
            one = 1 + rate[:, None] * turn
            whole = raised(one, self.size)
            moved = self.size * whole * ((slope @ share)[:, None] * turn) / one
        else:
            each = 1 + p[:, :, None] * turn
            whole = np.exp(np.einsum("g,dgk->dk", self.people, log(each)))
            moved = whole * np.einsum("g,dgk->dk", self.people, slope[:, :, None] * turn / each)
        chances, slopes = (np.asarray(irfft(found, length))[:, : self.size + 1] for found in (whole, moved))
        return chances, slopes

    def means(self, change: FloatArray, values: FloatArray) -> FloatArray:
        """What is expected of ``values`` (kinds, counts) at true changes, (changes, kinds)."""
        return self.means_and_slopes(change, values)[0]

    def means_and_slopes(self, change: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same and its derivative by the true change."""
        chances, slopes = self._with_slopes(change)
        # A transform leaves chances of -1e-17.
        return np.maximum(chances, 0.0) @ values.T, slopes @ values.T
