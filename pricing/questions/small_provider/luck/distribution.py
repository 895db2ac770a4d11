"""A sum of money that luck decides: every amount it may come to, with its chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.resources.pause import pause

CELLS = 8192
"""Stretches into which the amounts are put together."""
PENNY = 1e-6
"""£ within which two amounts are one: what the last digits of a sum leave over."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """Amounts of £ in rising order, and the chance of each; both (amounts,). The chances sum to 1.

    Each amount stands for itself, or where ``width`` is above 0 for as many £ about it, evenly.
    """

    values: FloatArray
    chances: FloatArray
    width: float = 0.0

    @classmethod
    def of(cls, values: FloatArray, chances: FloatArray) -> "Distribution":
        """From amounts in any order, which need not differ."""
        order = np.argsort(values, kind="stable")
        values, chances = values[order], chances[order]
        starts = np.flatnonzero(np.diff(values, prepend=-np.inf) > PENNY)
        summed = np.add.reduceat(chances, starts)
        return cls(values[starts], summed / summed.sum())

    @classmethod
    def sure(cls, value: float) -> "Distribution":
        """An amount that luck does not touch."""
        return cls(np.array([value]), np.ones(1))

    @property
    def mean(self) -> float:
        """Expected £."""
        return float(self.values @ self.chances)

    @property
    def sd(self) -> float:
        """Standard deviation, £."""
        return float(np.sqrt(self.chances @ (self.values - self.mean) ** 2))

    def below(self, amount: float) -> float:
        """Chance of less than ``amount``; standing on it is not below it."""
        if self.width == 0:
            return float(self.chances[self.values < amount - PENNY].sum())
        return float(self.chances @ np.clip((amount - self.values) / self.width + 0.5, 0.0, 1.0))

    def quantile(self, share: float) -> float:
        """The smallest amount such that it or less has a chance of ``share``: 0.05 for the worst year in 20."""
        upto = np.cumsum(self.chances)
        at = min(int(np.searchsorted(upto, share * (1 - 1e-12))), len(upto) - 1)
        part = 1 - (upto[at] - share) / self.chances[at]
        return float(self.values[at] + self.width * (part - 0.5))

    def mean_of_worst(self, share: float) -> float:
        """Mean over the worst ``share`` of chances; the amount on its edge counts for the part that lies inside."""
        before = np.cumsum(self.chances) - self.chances
        inside = np.clip(share - before, 0.0, self.chances)
        part = np.divide(inside, self.chances, out=np.ones_like(inside), where=self.chances > 0)
        return float(inside @ (self.values + self.width * (part - 1) / 2) / share)

    def moved(self, times: float = 1.0, plus: float = 0.0) -> "Distribution":
        """The same luck on ``times`` each amount ``plus`` something sure; ``times`` at least 0."""
        if times == 0:
            return Distribution.sure(plus)
        return Distribution(times * self.values + plus, self.chances, times * self.width)


def in_cells(values: Sequence[FloatArray], chances: Sequence[FloatArray], cells: int = CELLS) -> Distribution:
    """Many amounts put together in so many ``cells``: each goes to the middles of the two next to it, its mean kept.

    Both come in pieces that a processor holds. Chances that the last digits leave below 0 cancel with those beside them
    before what is left of them is cut off.
    """
    low, high = float(min(each.min() for each in values)), float(max(each.max() for each in values))
    width = (high - low) / (cells - 2)
    whole, above, total = np.zeros(cells), np.zeros(cells), 0.0
    for value, chance in zip(values, chances, strict=True):
        pause()
        place = (value - low) / width
        below = place.astype(np.int64)
        whole += np.bincount(below, chance, cells)
        above += np.bincount(below, chance * (place - below), cells)
        total += float(value @ chance)
    mass = whole - above
    mass[1:] += above[:-1]
    mass = mass.clip(min=0.0) / mass.clip(min=0.0).sum()
    middles = low + width * np.arange(cells, dtype=np.float64)
    return Distribution(middles + total - float(middles @ mass), mass, width)
