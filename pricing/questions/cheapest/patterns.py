"""Every pattern of the explorer's premiums on the sliders' steps, for what is not a single covering problem."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.price.schedule import MANY_NEEDS
from pricing.questions.cheapest.covering import Premiums
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.own_premiums import SHAPES, reach_of

NEED = np.linspace(0, 1, 21)
MANY = np.linspace(0, 2, 11)
MULTIPLIER = np.linspace(1.1, 3, 20)


@dataclass(frozen=True, eq=False)
class Patterns:
    """Relativities (patterns, groups), and the premiums behind each: need, many needs, multiplier, shape's number."""

    relativity: FloatArray
    premiums: FloatArray

    def named(self, at: int, price: float) -> Premiums:
        """One pattern as premiums, at a price per unit."""
        need, many, multiplier, shape = self.premiums[at]
        return Premiums(price, float(need), float(many), float(multiplier), SHAPES[int(shape)])


@cache
def _steps() -> FloatArray:
    """(patterns, 4): premium per need, for many needs, multiplier, number of its shape; a multiplier of 1 once."""
    places = [(1.0, 0.0), *((m, shape) for shape in range(len(SHAPES)) for m in MULTIPLIER)]
    return np.array([(need, many, *place) for place in places for need in NEED for many in MANY])


def of(ground: Ground) -> Patterns:
    """All patterns, spelled out for the ground's groups."""
    steps = _steps()
    reach = np.array([reach_of(ground, shape) for shape in SHAPES])
    place = 1 + (steps[:, 2:3] - 1) * reach[steps[:, 3].astype(int)]
    needs = 1 + steps[:, :1] * ground.needs + steps[:, 1:2] * (ground.needs >= MANY_NEEDS)
    return Patterns(needs * place, steps)
