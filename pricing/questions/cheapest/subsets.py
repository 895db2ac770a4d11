"""Which groups to choose: the choices that no other beats both in what they cost and in what they are worth."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.resources.pause import pause

MOST = 20_000
"""Choices that are gone on with. Of more, those alike in worth to such a part of all are one, the cheapest: what is
missed is less than one such part for each group."""


@dataclass(frozen=True, eq=False)
class Choices:
    """Choices of groups, the cheapest first: what each costs and is worth, both rising, (choices,).

    ``steps`` (groups,) : of which choices each was made, by group; those with the group are numbered after the others.
    """

    cost: FloatArray
    worth: FloatArray
    steps: tuple[IntArray, ...]

    def within(self, most: FloatArray | float) -> IntArray:
        """Places of the choices that are worth most and cost no more than ``most``."""
        return np.asarray(np.searchsorted(self.cost, np.asarray(most) * (1 + 1e-12), side="right") - 1)

    def groups(self, place: int) -> BoolArray:
        """The groups of the choice at a ``place``, (groups,)."""
        chosen = np.zeros(len(self.steps), dtype=bool)
        sizes = [1, *(len(step) for step in self.steps)]
        for group in reversed(range(len(self.steps))):
            number = int(self.steps[group][place])
            chosen[group], place = number >= sizes[group], number % sizes[group]
        return chosen


def best(cost: FloatArray, worth: FloatArray, most: float = np.inf) -> Choices:
    """The choices of groups, each with a ``cost`` and a ``worth`` (groups,), that cost no more than ``most`` in all.

    Group by group, every choice with it and without, of which those go that another beats (Nemhauser and Ullmann,
    1969). It takes some milliseconds of 60 groups, where an integer programme took up to .6 s and wrote on the console.
    """
    most = max(most, 0.0) * (1 + 1e-12)
    costs, worths, steps = np.zeros(1), np.zeros(1), list[IntArray]()
    for one, gain in zip(cost, worth, strict=True):
        pause()
        costs, worths = np.concatenate([costs, costs + one]), np.concatenate([worths, worths + gain])
        order = np.argsort(costs, kind="stable")
        order = order[costs[order] <= most]
        before = np.maximum.accumulate(np.append(-1.0, worths[order]))[:-1]
        kept = order[worths[order] > before]
        if len(kept) > MOST:
            parts = np.floor(worths[kept] / worths[kept[-1]] * MOST)
            kept = kept[np.unique(parts, return_index=True)[1]]
        steps.append(kept)
        costs, worths = costs[kept], worths[kept]
    return Choices(costs, worths, tuple(steps))
