"""Transforms of sums, worked out a few frequencies at a time: what is in hand then stays close by in a processor."""

from collections.abc import Iterator

import numpy as np

from pricing.contract.counted.complex_numbers import NEAR_BY, ComplexArray
from pricing.people.arrays import FloatArray

Rates = tuple[FloatArray, ...]
"""What groups do, and how that moves with the true change; arrays (groups,)."""


class InPieces:
    """A sum over groups of people, whose transform is worked out in pieces: how it is, its heirs say."""

    def rates(self, left: float) -> Rates:
        """What groups do where ``left`` of what they did is left."""
        raise NotImplementedError

    def _transform(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> ComplexArray:
        """A piece of the transform, (frequencies,), at given rates."""
        raise NotImplementedError

    def _both(self, one: ComplexArray, brought: ComplexArray, rates: Rates) -> tuple[ComplexArray, ComplexArray]:
        """The same, and its derivative by the change."""
        raise NotImplementedError

    def _sum(self, one: ComplexArray, brought: ComplexArray, left: float) -> ComplexArray:
        """Transform of the sum, (frequencies,), where rates are ``left`` of what they were.

        From those of one reoffence less 1, and of what a person brings, both (groups, frequencies).
        """
        rates = self.rates(left)
        each = [self._transform(one[:, part], brought[:, part], rates) for part in pieces(*one.shape)]
        return np.concatenate(each)

    def _sum_and_slope(self, one: ComplexArray, brought: ComplexArray, left: float) -> ComplexArray:
        """The same and its derivative by the change, (2, frequencies), in twice the work."""
        rates, found = self.rates(left), np.empty((2, one.shape[1]), dtype=np.complex128)
        for part in pieces(*one.shape):
            found[:, part] = self._both(one[:, part], brought[:, part], rates)
        return found


def pieces(groups: int, frequencies: int) -> Iterator[slice]:
    """Frequencies one after the other, as many at a time as are worked on at once."""
    length = max(NEAR_BY // groups, 1)
    for start in range(0, frequencies, length):
        yield slice(start, start + length)
