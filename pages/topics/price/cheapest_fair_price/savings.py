"""What leaving people out of the promise would save, £ a person: every figure is solved again. No streamlit."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.people.cohort import BoolArray
from pricing.questions.cheapest import promises
from pricing.questions.cheapest.answer import Answer


@dataclass(frozen=True)
class WithoutThem:
    """``by_group``: each group that sets the price, left out alone. ``by_needs``: everyone with as many needs."""

    by_group: Mapping[int, float]
    by_needs: Mapping[int, float]


def of(found: Answer) -> WithoutThem:
    """What leaving out each group that sets the price, and each number of needs, would save."""
    setting, needs = np.flatnonzero(found.sets_price), found.ground.needs
    return WithoutThem(
        {int(group): without(found, np.arange(len(needs)) == group) for group in setting},
        {int(n): without(found, needs == n) for n in np.unique(needs[found.protected])},
    )


def without(found: Answer, groups: BoolArray) -> float:
    """What leaving ``groups`` (groups,) out saves; all of what the promise costs where nobody is left.

    Never less than nothing: who is left out may still be paid as before.
    """
    others = found.protected & ~groups
    cost = promises.keep(found.ground, found.family, others).cost if others.any() else found.ground.mean_cost
    return max(found.chosen.cost - cost, 0.0)
