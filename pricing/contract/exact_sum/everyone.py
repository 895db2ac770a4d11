"""All people of a year: their transforms put together, and bounds of what they come to.

The transform of a sum is the product of the transforms: for each segment one person's, to the power of its people; or
where each person is drawn from all segments, the mean of theirs to the power of all. Powers are taken of transforms
and not logarithms interpolated: close to a chance of one half a transform passes close to 0, where a logarithm turns
by half a circle from one shock to the next.
"""

from dataclasses import dataclass

import numpy as np

from pricing.contract.exact_sum.counts import AnyArray, squared_up
from pricing.contract.exact_sum.one_person import OnePerson, each_person
from pricing.contract.exact_sum.people import People
from pricing.contract.exact_sum.shocks import SHOCKS, Shocks, spacing_for, stretch_of, stretches
from pricing.contract.exact_sum.units import Units
from pricing.people.cohort import FloatArray

NOTHING = 25.0
"""Minus the logarithm of a chance that is none: 1 in 100,000 million."""
AT_ONCE = 1 << 15
"""Entries of an array that are worked on at once, so that they stay near the processor."""
WIDEST = 7.0
"""Standard deviations that a strip about the real line is wide, at most."""
ANALYTIC = 1.4
"""Imaginary part of a shock, times its steepest power, within which transforms are analytic; they are up to pi / 2."""
TRIED = (1.0, 0.4)
"""Parts of that width that are tried for the fewest nodes."""
SAMPLED = 24
"""Frequencies at which the width of a strip is judged."""


@dataclass(frozen=True, eq=False)
class Everyone:
    """``people`` under shocks of standard deviation ``sigma``: ``each`` one of them, a segment at a time."""

    people: People
    sigma: float
    each: list[OnePerson]

    @classmethod
    def of(cls, people: People, sigma: float, joint: bool = False) -> "Everyone":
        """``joint`` if the number who reoffend is wanted beside what is paid for."""
        return cls(people, sigma, each_person(people, sigma, joint))

    def moments(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of the year's pay for what is counted, given each shock; (years,)."""
        mean, square, variance = (np.zeros_like(z) for _ in range(3))
        for number, one in zip(self.people.people, self.each, strict=True):
            m, v = one.moments(one.at(z))
            mean, square, variance = mean + number * m, square + number * m**2, variance + number * v
        if self.people.drawn:
            variance = variance + square - mean**2 / self.people.delivered
        return mean, variance

    def transform(self, units: list[Units], z: AnyArray) -> AnyArray:
        """Transform of the year's pay, (years, points), in years with shocks ``z`` (years,)."""
        if self.people.drawn:
            return squared_up(self.mixed(units, z), self.people.delivered)
        whole: AnyArray = np.ones((len(z), 1))
        for number, one, unit in zip(self.people.people, self.each, units, strict=True):
            whole = whole * squared_up(one.transform(unit, one.at(z)), int(np.rint(number)))
        return whole

    def mixed(self, units: list[Units], z: AnyArray) -> AnyArray:
        """Transform of one person who is drawn, (years, points)."""
        whole: AnyArray = np.zeros((len(z), 1))
        for weight, one, unit in zip(self.people.weights, self.each, units, strict=True):
            whole = whole + weight * one.transform(unit, one.at(z))
        return whole

    def over_shocks(self, units: list[Units], shocks: Shocks, carried: FloatArray) -> AnyArray:
        """Transform of the year's pay over all ``shocks``, (points,).

        Stretches of shocks that carry nothing at a point, by :meth:`log_most` (stretches, points), are left out.
        """
        found = np.empty(carried.shape[1], dtype=np.complex128)
        stretch = stretch_of(shocks)
        parts = max(64, AT_ONCE // len(shocks.z))
        for start in range(0, len(found), parts):
            some = slice(start, start + parts)
            near = np.isin(stretch, np.flatnonzero(carried[:, some].max(axis=1) > -NOTHING))
            whole = self.transform([unit.at(some) for unit in units], shocks.z[near])
            found[some] = shocks.weights[near] @ whole
        return found

    def log_moduli(self, units: list[Units], z: AnyArray) -> FloatArray:
        """Logarithm of the modulus of :meth:`transform`, which itself may have no number."""
        with np.errstate(divide="ignore"):
            if self.people.drawn:
                return np.asarray(self.people.delivered * np.log(np.abs(self.mixed(units, z))))
            whole: FloatArray = np.zeros((len(z), 1))
            for number, one, unit in zip(self.people.people, self.each, units, strict=True):
                whole = whole + number * np.log(np.abs(one.transform(unit, one.at(z))))
            return whole

    def log_most(self, units: list[Units]) -> FloatArray:
        """Logarithm of what the transform over each stretch of shocks does not exceed, (stretches, points)."""
        ends, chance = stretches(self.sigma)
        sizes = [one.log_size(unit, one.at(ends)) for one, unit in zip(self.each, units, strict=True)]
        with np.errstate(divide="ignore"):
            if self.people.drawn:
                whole = np.zeros(1)
                for weight, size in zip(self.people.weights, sizes, strict=True):
                    whole = whole + weight * np.exp(size)
                most = self.people.delivered * np.log(whole)
            else:
                most = np.zeros(1)
                for number, size in zip(self.people.people, sizes, strict=True):
                    most = most + number * size
        return np.asarray(most + chance[:, None])

    def spacing(self, units: list[list[Units]]) -> float:
        """Spacing of shocks, standard deviations, that integrates transforms of all these ``units`` to 1e-11."""
        if self.sigma == 0:
            return 1.0
        x = np.linspace(-SHOCKS, SHOCKS, 27)
        steepest = max(1.0, *(one.follows for one in self.each))
        widest = min(WIDEST, ANALYTIC / (self.sigma * steepest))
        found = []
        for part in TRIED:
            away = part * widest
            moduli = [self.log_moduli(u, self.sigma * (x + side * away)) for u in units for side in (1j, -1j)]
            found.append(spacing_for(np.concatenate(moduli, axis=1), x, away))
        return max(found)

    def reach(self, tilts: FloatArray) -> FloatArray:
        """Bounds of the year's pay, (stretches, tilts), by Chernoff: one for each tilt, at the worse end of each."""
        ends, chance = stretches(self.sigma)
        with np.errstate(all="ignore"):
            each = [np.log(one.transform(one.prices.at_real(tilts), one.at(ends))) for one in self.each]
            each = [np.where(np.isnan(one), np.inf, one) for one in each]
            if self.people.drawn:
                logs = [np.log(w) + one for w, one in zip(self.people.weights, each, strict=True)]
                whole = self.people.delivered * np.logaddexp.reduce(logs)
            else:
                whole = sum(n * one for n, one in zip(self.people.people, each, strict=True))
        whole = np.broadcast_to(np.where(np.isnan(whole), np.inf, whole), (len(ends), len(tilts)))
        worst = np.maximum(whole[1:], whole[:-1]) if self.sigma else whole
        return np.asarray((worst + chance[:, None] + NOTHING) / tilts)

    def window(self, sd: float) -> tuple[float, float]:
        """£ outside of which pay lies with a chance of exp(-NOTHING) at most in each stretch of shocks."""
        tilts = np.geomspace(1e-4, 60.0, 80) / sd
        low, high = self.reach(-tilts), self.reach(tilts)
        return float(low.max(axis=1).min()), float(high.min(axis=1).max())
