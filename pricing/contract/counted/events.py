"""How far luck carries a measured number of reoffences, or their harm, for people who are few or unlike.

Such sums are skewed: counts are negative binomial and harm is gamma, so that some hundreds of people are far from
normal. The transform of the sum is known in closed form, and its Fourier transform is the distribution: at whole
numbers where everyone counts alike, and on a fine lattice otherwise. Of some tens of people that sum is far from
smooth: what one reoffence counts, and what a person brings, then goes to the lattice by itself, its mean kept.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.amounts import of_gamma, parting
from pricing.contract.counted.complex_numbers import ComplexArray, log
from pricing.contract.counted.groups import beyond_average, lopsided, parted
from pricing.contract.counted.lattice_sum import LatticeSum, Rates
from pricing.contract.effort_line import OneMetric, OnLine
from pricing.people.arrays import FloatArray
from pricing.price.metric_formulas import ALPHA, HARM_DISPERSION, formulas
from pricing.scenario.metrics import METRICS

FINE = 40.0
"""Steps of the lattice in one standard deviation, at least, where a sum is not of whole numbers."""
REACH = 14.0
"""Standard deviations that the lattice holds beyond the mean; skewed sums reach further above than below."""
TAIL = 16.0
"""Times the scale of the longest tail that one person has, which the lattice holds beyond the mean: 1 in 10 million."""
SMOOTH = 1e-7
"""What the lattice's last frequency may carry of a sum that is smooth: beyond it there is nothing then."""
LEAST_ALPHA = 1e-3
"""An alpha that is as good as none."""
BEYOND = np.linspace(1.0, 8.0, 600)
"""Multiples of the last frequency at which that is looked at."""


@dataclass(frozen=True, eq=False)
class Events(LatticeSum):
    """Reoffences of ``size`` people in groups of people alike, all arrays (groups,).

    ``share`` of the people, ``rate`` of reoffences, ``unit`` that one reoffence counts on average, with squared
    coefficient of variation ``dispersion``; ``alpha`` negative binomial, with how unlike the people of a group are in
    it, so that the variance of the sum is the cohort's. ``brought`` is what a person brings to the target beyond the
    average one: more with a premium, or with a target of their own. ``drawn`` where each person is drawn from all
    groups. Where all amounts are multiples of one ``step`` they fall on the lattice, what each brings whole: ``offset``
    is the average person's. ``line`` has rates and alphas of groups, one after the other, along a line of effort;
    without one all rates fall alike.
    """

    size: int
    share: FloatArray
    rate: FloatArray
    unit: FloatArray
    alpha: FloatArray
    brought: FloatArray
    dispersion: float
    drawn: bool
    line: OnLine | None = field(default=None, kw_only=True)
    step: float = field(default=0.0, kw_only=True)
    offset: float = field(default=0.0, kw_only=True)

    @classmethod
    def like(cls, changes: Changes, metric: str, size: int, line: OneMetric | None = None) -> "Events":
        """What a ``metric`` counts for ``size`` people who are like a cohort, and whose risks fall along a ``line``.

        Within a slice means and variances are kept approximately.
        """
        cohort, weight = changes.cohort, changes.weight
        each = formulas(metric).stake(changes.risk).reoffence
        assert each is not None
        severity = np.broadcast_to(each, weight.shape)
        unit, expected = weight * severity, severity * cohort.rate
        target = expected if changes.own_target else cohort.mean(expected)
        brought = beyond_average(weight * target, cohort.people) * changes.drawn
        uneven = METRICS[metric].event == "harm" and bool(np.ptp(cohort.severity) > 0)
        dispersion = HARM_DISPERSION if uneven else 0.0
        felt = cohort.people * lopsided(unit, cohort.rate, dispersion) ** 0.5
        group = np.unique(parted(unit, cohort.rate, felt), return_inverse=True)[1]
        people = cohort.people / cohort.people.sum()

        def total(values: FloatArray) -> FloatArray:
            return np.bincount(group, weights=people * values).astype(np.float64)

        share, counted, square = (total(v) for v in (np.ones_like(unit), cohort.rate * unit, cohort.rate * unit**2))
        # A unit that keeps the spread of what single reoffences count, at a rate that keeps the mean.
        one, brings = square / counted, total(brought) / share

        def at(effect: FloatArray | float) -> FloatArray:
            """Rates and alphas of groups, (2 groups,): they keep means, and how far luck and who comes carry those."""
            each = cohort.rate * np.exp(-np.asarray(effect)) * unit
            mean = total(each) / share
            unlike = total((each - brought) ** 2) / share - (mean - brings) ** 2
            spread = ALPHA * total(each**2) / share + changes.drawn * np.maximum(unlike, 0.0)
            spread = spread + (1 + dispersion) * (total(each * unit) / share - mean * one)
            return np.concatenate([mean / one, np.maximum(spread / mean**2, LEAST_ALPHA)])

        rate, alpha = np.split(at(0.0), 2)
        along = OnLine(line.at, line.each(at)) if line else None
        return cls(size, share, rate, one, alpha, brings, dispersion, changes.drawn, line=along)

    @cached_property
    def base(self) -> float:
        """Expected count of one person with no change."""
        return float(np.sum(self.share * self.rate * self.unit))

    @property
    def scale(self) -> float:
        """What a whole change is of, for one person."""
        return self.base

    @property
    def amounts(self) -> FloatArray:
        """What one of them counts on average, (groups,), or where a group has several kinds, (kinds groups,)."""
        return self.unit

    @property
    def square(self) -> FloatArray:
        """Expected sum of the squares of what is counted of a person, but for dispersion, (groups,)."""
        return self.rate * self.unit**2

    @cached_property
    def _sd(self) -> float:
        """Standard deviation of the sum where more is done by half, about: no less than it is."""
        each = self.square * (1 + self.dispersion) + self.alpha * (self.rate * self.unit) ** 2
        between = (
            self.share @ (self.rate * self.unit - self.brought) ** 2 - (self.base - self.offset) ** 2
            if self.drawn
            else 0.0
        )
        return float(np.sqrt(1.5**2 * self.size * (self.share @ each + between)))

    @cached_property
    def _lattice(self) -> tuple[float, int, int]:
        """Step between points, their number, and the first in steps: what people bring may come to more than they do.

        Enough for no change and for more reoffending by half.
        """
        sd = self._sd
        amounts, step = self.amounts, self.step or float(self.unit[0])
        if not self._whole:
            step = sd / FINE
            if not self._smooth(step):
                # The smallest of what is counted falls on the lattice; and what is parted adds little, if much is.
                much = self.size * (1.0 if self.brought.any() else min(float(self.share @ self.rate), 1.0))
                step, least = step / max(much**0.5 / 3, 1.0), float(amounts[amounts > 0].min())
                step = least / np.ceil(least / step) if least > step else step
        longest = self.unit * (1 + self.dispersion + 1.5 * self.alpha * self.rate) + np.abs(self.brought)
        tail = max(float(np.max(longest)), float(amounts.max()))
        # Each may bring up to a step more, as it is put on the lattice.
        least = min(self.size * (max(float(self.brought.max()), 0.0) + step), REACH * sd + self.size * self.offset)
        low = least if self.brought.any() else 0.0
        points = 1.5 * self.size * self.base + max(REACH * sd, TAIL * tail) + low
        return step, int(2 ** np.ceil(np.log2(max(points / step, 64)))), -int(np.ceil(low / step))

    def _smooth(self, step: float) -> bool:
        """Whether a lattice of that ``step`` misses nothing of the sum, as long as half of it is left.

        Amounts that recur carry nothing at its last frequency, and as much again at a higher one.
        """
        found = self._anywhere(np.pi / step * BEYOND)
        return all(np.abs(self._sum(*found, left)).max() < SMOOTH for left in self._lefts)

    @property
    def _lefts(self) -> tuple[float, ...]:
        """Shares of what they do that are left, at which a sum has to be smooth: that at which it is least so."""
        return (0.5,)

    @cached_property
    def _whole(self) -> bool:
        """Whether the sum is a whole number of one unit, or step."""
        alike = float(np.ptp(self.amounts)) <= 1e-12 * float(self.amounts[0])
        return self.step > 0 or (self.dispersion == 0 and alike and not self.brought.any())

    @property
    def width(self) -> float:
        """Change that one point of the lattice stands for evenly; 0 where it stands for itself."""
        step = self._lattice[0]
        return 0.0 if self._whole else step / (self.size * self.scale)

    @cached_property
    def changes(self) -> FloatArray:
        """Measured change at each point, a share of the baseline."""
        step, points, first = self._lattice
        expected = self.size * (self.base - self.offset)
        return np.asarray((expected - step * (first + np.arange(points))) / (self.size * self.scale))

    def _anywhere(self, angle: FloatArray) -> tuple[ComplexArray, ComplexArray]:
        """Transform less 1 of what one reoffence counts, and of what a person brings, at each ``angle`` a unit."""
        turn = 1j * angle * self.amounts[:, None]
        one = (1 + self.dispersion * turn) ** (-1 / self.dispersion) if self.dispersion else np.exp(-turn)
        brings = np.exp(1j * angle * self.brought[:, None]) if self.brought.any() else np.ones((1, 1))
        return np.asarray(one - 1), np.broadcast_to(brings, (len(self.share), one.shape[1]))

    @cached_property
    def _parted(self) -> tuple[ComplexArray, ComplexArray] | None:
        """The same at all frequencies where the sum is not smooth: each amount goes to points by itself then."""
        amounts, (step, points, _) = self.amounts, self._lattice
        if self._whole or self._smooth(step):
            return None
        angle = 2 * np.pi * np.arange(points // 2 + 1) / points
        one = of_gamma(amounts / step, self.dispersion, points) if self.dispersion else parting(amounts / step, angle)
        return np.asarray(one - 1), parting(-self.brought / step, angle)

    def _one(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        rate, alpha = rates[:2]
        grown = log(1 - (alpha * rate)[:, None] * one)
        if not self.drawn:
            return np.asarray(((self.share / -alpha) @ grown)[None])
        return np.asarray((self.share @ (np.exp(grown / -alpha[:, None]) * brought))[None])

    def _one_and_slope(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        rate, alpha, moving, bending = rates
        inner = 1 - (alpha * rate)[:, None] * one
        grown, moved = log(inner), one / inner
        by_rate, by_alpha = self.share * (moving + rate * bending / alpha), self.share * bending / alpha**2
        if not self.drawn:
            return np.array([(self.share / -alpha) @ grown, by_rate @ moved + by_alpha @ grown])
        each = np.exp(grown / -alpha[:, None]) * brought
        return np.array([self.share @ each, by_rate @ (moved * each) + by_alpha @ (grown * each)])

    def rates(self, left: float) -> Rates:
        """Rates and alphas (groups,) at the true change 1 - ``left``, and the derivatives of both by it."""
        if self.line is None:
            return self.rate * left, self.alpha, -self.rate, np.zeros_like(self.alpha)
        values, slopes = self.line(1 - left)
        (rate, alpha), (moving, bending) = np.split(values, 2), np.split(slopes, 2)
        return np.maximum(rate, 1e-9), np.maximum(alpha, LEAST_ALPHA), moving, bending
