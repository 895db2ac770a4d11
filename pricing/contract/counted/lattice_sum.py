"""Sums over groups of people on a lattice: their distribution and what is expected of it, by their transform.

That is worked out a few frequencies at a time, so that what is in hand stays close by in a processor.
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from pricing.contract.counted.complex_numbers import NEAR_BY, ComplexArray, raised
from pricing.contract.counted.few_places import from_few
from pricing.people.arrays import FloatArray, IntArray
from pricing.resources.pause import pause

NOTHING = 36.0
"""Minus the logarithm of what is lost in the last digit of a chance."""
LEFTS, LEAST_LEFT = (0.3, 1.25), 1e-6
"""Shares of the rates that are left where expected pay is tabulated, first to last; and the least that ever is."""
AT_ONCE = 1024
"""Frequencies looked at at once."""
FEWEST, MISSED = 16, 1e-9
"""Places from which what is found of one person may be known at others, and what it may be missed by at half as many:
with all of them what is left is the last digits of a transform, which so many people's raises so many times."""
EACH = 8
"""Places at most for each group: with more of them it takes longer to go from place to place than to work it out."""
Rates = tuple[FloatArray, ...]
"""What groups do, and how that moves with the true change; arrays (groups,)."""


class LatticeSum:
    """A sum over groups of people, on a lattice: what each of them brings to it, its heirs say.

    What is found of one person is the transform of one of the ``size`` people who is drawn from all groups; where they
    are not ``drawn``, a logarithm: that of everyone's, a person.
    """

    size: int
    share: FloatArray
    drawn: bool

    @property
    def _lattice(self) -> tuple[float, int, int]:
        """Step between points, their number, and the first in steps."""
        raise NotImplementedError

    @property
    def _sd(self) -> float:
        """Standard deviation of the sum, about: no less than it is."""
        raise NotImplementedError

    @property
    def _parted(self) -> tuple[ComplexArray, ComplexArray] | None:
        """What `_anywhere` gives, at all frequencies of the lattice, where amounts are put on it one by one."""
        raise NotImplementedError

    def _anywhere(self, angle: FloatArray) -> tuple[ComplexArray, ComplexArray]:
        """Transform less 1 of what one reoffence counts, and of what a person brings, at each ``angle`` a unit."""
        raise NotImplementedError

    def rates(self, left: float) -> Rates:
        """What groups do where ``left`` of what they did is left."""
        raise NotImplementedError

    def _one(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        """A piece of what is found of one person, (1, frequencies), at given rates."""
        raise NotImplementedError

    def _one_and_slope(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        """The same and its derivative by the change, (2, frequencies)."""
        raise NotImplementedError

    def of_all(self, found: ComplexArray) -> ComplexArray:
        """Transform of the sum from what is ``found`` of one person, (..., 1 or 2, frequencies): and its derivative."""
        one, *slope = np.moveaxis(found, -2, 0)
        if not self.drawn:
            whole = np.exp(self.size * one)
            return np.stack([whole, *(self.size * whole * each for each in slope)], axis=-2)
        # At a frequency at which nothing is left of one person, nothing is left of the sum or of its derivative.
        before = raised(one, self.size - 1)
        return np.stack([before * one, *(self.size * before * each for each in slope)], axis=-2)

    def of_one(self, one: ComplexArray, brought: ComplexArray, left: float, kinds: int) -> ComplexArray:
        """What is found of one person, (``kinds``, frequencies), where rates are ``left`` of what they were.

        From the transform of one reoffence less 1, and that of what a person brings, both (groups, frequencies). The
        second of two kinds is the derivative by the change: twice the work.
        """
        rates, found = self.rates(left), np.empty((kinds, one.shape[1]), dtype=np.complex128)
        work = self._one if kinds == 1 else self._one_and_slope
        for part in pieces(*one.shape):
            found[:, part] = work(one[:, part], brought[:, part], rates)
        return found

    def _sum(self, one: ComplexArray, brought: ComplexArray, left: float, kinds: int = 1) -> ComplexArray:
        """Transform of the sum and, of two ``kinds``, its derivative by the change, as `of_one` has them."""
        return self.of_all(self.of_one(one, brought, left, kinds))

    def chances(self, change: FloatArray) -> FloatArray:
        """Chance of each point at true changes, (changes, points)."""
        _, points, first = self._lattice
        found = self._transforms(change, 1)[:, 0]
        pause()
        return np.asarray(np.roll(np.fft.irfft(found, points), -first, axis=-1))

    def means(self, change: FloatArray, values: FloatArray) -> FloatArray:
        """What is expected of ``values`` (kinds, points) at true changes, (changes, kinds)."""
        return np.asarray(self._means(change, values, 1)[0])

    def means_and_slopes(self, change: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same and its derivative by the true change, which takes twice the work."""
        mean, slope = self._means(change, values, 2)
        return mean, slope

    def _means(self, change: FloatArray, values: FloatArray, kinds: int) -> FloatArray:
        """The means and, of two ``kinds``, their derivatives, (``kinds``, changes, values).

        By Parseval's equation, from the frequencies that carry anything: no chance of a point is worked out.
        """
        _, points, first = self._lattice
        found = np.moveaxis(self._transforms(change, kinds), 1, 0)
        number = np.arange(found.shape[-1])
        of_values = np.fft.rfft(np.roll(values, first, axis=-1))[:, : len(number)].conj()
        # Each stands for its like below none too, but for none itself and for the last of an even number of points.
        both = np.where(2 * number % points == 0, 1.0, 2.0) / points
        return np.asarray((found @ (both * of_values).T).real)

    def _transforms(self, change: FloatArray, kinds: int) -> ComplexArray:
        """Transforms at true changes, (changes, ``kinds``, frequencies), and of two kinds their derivatives by those.

        Frequencies are taken until they carry nothing any more, at the change at which they carry most. What is found
        of one person is smooth over those of many people: it is worked out at a few of them.
        """
        left = np.clip(1 - np.ravel(change), LEAST_LEFT, None)
        ends = float(left.min()), float(left.max())
        inside = LEFTS[0] <= ends[0] and ends[1] <= LEFTS[-1]
        number = np.arange(self._carried if inside else self._carrying(ends))

        def work(one: ComplexArray, brought: ComplexArray) -> ComplexArray:
            found = np.empty((len(left), kinds, one.shape[1]), dtype=np.complex128)
            for place, each in enumerate(left.tolist()):
                pause()
                found[place] = self.of_one(one, brought, each, kinds)
            return found

        if self._parted is not None:
            return self.of_all(work(*self._at(number)))
        step, points, _ = self._lattice
        angle, places = 2 * np.pi * number / points / step, (FEWEST, EACH * len(self.share))
        return self.of_all(from_few(lambda some: work(*self._anywhere(some)), angle, places, MISSED))

    @cached_property
    def _carried(self) -> int:
        """Frequencies, from none on, that carry anything where `LEFTS` of the rates are left."""
        return self._carrying(LEFTS)

    def _carrying(self, lefts: tuple[float, ...]) -> int:
        """The same for other shares that are ``lefts``.

        What a sum carries rises and falls over one radian a standard deviation: twice in that it is looked at.
        """
        step, points, _ = self._lattice
        every = points // 2 + 1
        apart = max(int(points * step / (4 * np.pi * self._sd)), 1)
        some = np.unique(np.append(np.arange(0, every, apart), every - 1))
        carried = 0
        for part in np.array_split(some, max(len(some) // AT_ONCE, 1)):
            pause()
            one, brought = self._at(part)
            size = np.max([np.abs(self._sum(one, brought, left)[0]) for left in set(lefts)], axis=0)
            carried = max(carried, int(np.max(part[size > np.exp(-NOTHING)] + apart, initial=0)))
        return min(carried + 1, every)

    def _at(self, number: IntArray) -> tuple[ComplexArray, ComplexArray]:
        """The same at frequencies of the lattice, given by their ``number``."""
        step, points, _ = self._lattice
        if self._parted is None:
            return self._anywhere(2 * np.pi * number / points / step)
        one, brought = self._parted
        return one[:, number], brought[:, number]


def pieces(groups: int, frequencies: int) -> Iterator[slice]:
    """Frequencies one after the other, as many at a time as are worked on at once."""
    length = max(NEAR_BY // groups, 1)
    for start in range(0, frequencies, length):
        yield slice(start, start + length)
