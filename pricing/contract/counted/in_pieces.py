"""Transforms of sums, worked out a few frequencies at a time: what is in hand then stays close by in a processor."""

from collections.abc import Iterator

import numpy as np

from pricing.contract.counted.complex_numbers import NEAR_BY, ComplexArray, raised
from pricing.people.arrays import FloatArray

Rates = tuple[FloatArray, ...]
"""What groups do, and how that moves with the true change; arrays (groups,)."""


class InPieces:
    """A sum over groups of people, whose transform is worked out in pieces: how it is, its heirs say.

    What is found of one person is the transform of one of the ``size`` people who is drawn from all groups; where they
    are not ``drawn``, a logarithm: that of everyone's, a person.
    """

    size: int
    drawn: bool

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


def pieces(groups: int, frequencies: int) -> Iterator[slice]:
    """Frequencies one after the other, as many at a time as are worked on at once."""
    length = max(NEAR_BY // groups, 1)
    for start in range(0, frequencies, length):
        yield slice(start, start + length)
