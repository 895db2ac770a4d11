"""A lattice of £ on which a year's pay is added up: how fine, how long, and which of its frequencies carry anything.

Amounts that do not fall on the lattice go to their two neighbours, which keeps the mean; what that adds to the
variance is taken off again by drawing the lattice together. Where all amounts are the same, that amount is the step
and nothing is lost. A Chernoff bound fixes how far the lattice must reach on either side; nothing is wrapped.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.fft import next_fast_len

from pricing.contract.exact_sum.counts import AnyArray
from pricing.contract.exact_sum.everyone import NOTHING, Everyone
from pricing.contract.exact_sum.people import People
from pricing.contract.exact_sum.shocks import Shocks
from pricing.contract.exact_sum.units import Units
from pricing.errors import ScenarioError
from pricing.people.cohort import FloatArray, IntArray

FINENESS = (60.0, 1000.0)
"""Steps of the lattice in one standard deviation, where amounts differ: at least, and at most."""
WORK = 1.5e6
"""Points times segments times shocks to aim at: few are worth a finer lattice."""
COARSENESS = 4
"""Steps at least in one standard deviation of own luck, the common shock apart."""
OFTEN = 4.0
"""Standard deviations within which a shock is near enough to ask for those steps."""
SMOOTH = 0.4
"""Share of the lattice's points up to which frequencies may carry much for the sum to count as smooth."""
USUAL = 27.0
"""Shocks that an integral takes where there is one, as a rule."""
LEAST = 1e-3
"""Standard deviations that own luck is taken to have, at least."""
PARTS = 20
"""Amounts that are multiples of the smallest, or of one of its first 20 parts, set the step."""
MANY = 1 << 13
"""Points up to which they do so even if the step is finer than it need be."""
ALIKE = 1e-9
"""Relative difference of amounts that are the same."""
LONGEST = 1 << 20
"""Points of a lattice at most."""


@dataclass(frozen=True)
class Lattice:
    """Points ``step`` £ apart, ``size`` of them, the first at ``first`` steps.

    ``exact`` if all amounts fall on points; if not, they are ``split`` between two points or, where the sum is so
    smooth that no frequency beyond the lattice's carries anything, left where they are.
    """

    step: float
    size: int
    first: int
    exact: bool
    split: bool = True

    @property
    def angles(self) -> FloatArray:
        """The lattice's frequencies, (size // 2 + 1,)."""
        return np.asarray(2 * np.pi * np.arange(self.size // 2 + 1) / self.size)

    def units(self, everyone: Everyone, some: IntArray | slice = slice(None)) -> list[Units]:
        """Units of each segment's person at ``some`` of the frequencies."""
        angles = self.angles[some]
        return [one.prices.at_angles(angles, self.step, self.size, self.split) for one in everyone.each]

    def on_points(self, transform: AnyArray) -> tuple[FloatArray, FloatArray]:
        """The points, £, and the chance of each up to its last digits, from a ``transform``; both (size,)."""
        chances = np.roll(np.fft.irfft(transform, self.size), -self.first)
        return self.step * (self.first + np.arange(self.size, dtype=float)), chances


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of the year's pay over all shocks, and the ``least`` of them given a likely one."""

    mean: float
    sd: float
    least: float


def spread_of(everyone: Everyone) -> Spread:
    """How a year's pay spreads, in closed form."""
    shocks = Shocks.of(everyone.sigma)
    means, variances = everyone.moments(shocks.z)
    mean, own = float(shocks.weights @ means), float(shocks.weights @ variances)
    variance = own + float(shocks.weights @ (means - mean) ** 2)
    near = float(variances[np.abs(shocks.z) <= OFTEN * shocks.sigma].min())
    return Spread(mean, max(variance, 0.0) ** 0.5, max(near, 0.0) ** 0.5)


@dataclass(frozen=True, eq=False)
class Prepared:
    """A ``lattice``, ``some`` of its frequencies, and the most that they carry, (stretches, some)."""

    lattice: Lattice
    some: IntArray
    carried: FloatArray

    @classmethod
    def of(cls, everyone: Everyone, lattice: Lattice) -> "Prepared":
        """The frequencies of a lattice that carry anything."""
        carried = everyone.log_most(lattice.units(everyone))
        some = np.flatnonzero(carried.max(axis=0) > -NOTHING)
        return cls(lattice, some, carried[:, some])

    @property
    def smooth(self) -> bool:
        """Whether frequencies far below the lattice's highest carry all there is."""
        return bool(self.some[-1] < SMOOTH * self.lattice.size)

    def units(self, everyone: Everyone) -> list[Units]:
        """Units of each segment's person at the frequencies."""
        return self.lattice.units(everyone, self.some)


def prepared(everyone: Everyone, spread: Spread, points: int | None = None, most: float = np.inf) -> Prepared:
    """The lattice for a year's pay.

    ``points`` of it, chosen if not given; ``most`` steps in one standard deviation where amounts differ.
    """
    ends = everyone.window(spread.sd)
    length = (ends[1] - ends[0]) / spread.sd
    shocks = 1.0 if everyone.sigma == 0 else USUAL
    detail = float(np.clip(2 * WORK / (length * shocks * len(everyone.each)), *FINENESS))
    fine = min(spread.sd / min(detail, most), max(spread.least, LEAST * spread.sd) / COARSENESS)
    lattice = fitting(everyone.people, fine, ends, points)
    if not lattice.exact:
        found = Prepared.of(everyone, replace(lattice, split=False))
        if found.smooth:
            return found
    return Prepared.of(everyone, lattice)


def fitting(people: People, fine: float, ends: tuple[float, float], points: int | None) -> Lattice:
    """A lattice that holds all between two ``ends``, £; raises ScenarioError where ``points`` are too few."""
    length = ends[1] - ends[0]
    step, exact = step_for(people, fine, length)
    first = int(np.floor(ends[0] / step)) - 1
    needed = int(np.ceil(ends[1] / step)) + 2 - first
    if needed > (points or LONGEST):
        raise ScenarioError(
            f"The year's pay may come to anything from £{ends[0]:,.0f} to £{ends[1]:,.0f}: "
            f"{points or LONGEST:,} steps of £{step:,.2f} cannot hold that."
        )
    return Lattice(step, points or int(next_fast_len(needed, real=True)), first, exact)


def step_for(people: People, fine: float, length: float) -> tuple[float, bool]:
    """£ between points, and whether all amounts fall on them: multiples of one amount, or of a small part of it.

    If they do not, or the lattice would be far longer than with ``fine`` steps, those are taken.
    """
    harm = people.per_reoffence[1]
    beside = people.apart if people.drawn else np.zeros(1)
    amounts = np.abs(np.concatenate([harm, beside, *(p for m, p in people.prices.items() if m != "severity")]))
    amounts = amounts[amounts > 0]
    if not (people.dispersion > 0 and np.any(harm)):
        for parts in range(1, PARTS + 1):
            step = float(amounts.min()) / parts
            if step < fine and length > MANY * step:
                break
            if np.all(np.abs(amounts / step - np.rint(amounts / step)) <= ALIKE * amounts / step):
                return float((amounts / np.rint(amounts / step)).mean()), True
    return fine, False
