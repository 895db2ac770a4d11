"""Who is left out when the pot is too small for everyone: the pattern or the prices that protect most of it."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.questions.cheapest import limits
from pricing.questions.cheapest.covering import Premiums
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.patterns import Patterns
from pricing.questions.cheapest.subsets import Choices, best

SHARES = np.arange(1, 20) / 20
"""Shares on results along which the frontier is drawn."""


@dataclass(frozen=True, eq=False)
class WithinPot:
    """Which protected groups a pot keeps the promise to, (groups,), how many people that is, and the pattern."""

    groups: BoolArray
    people: float
    premiums: Premiums | None = None


def most_people(ground: Ground, required: FloatArray, protected: BoolArray, pot: float) -> WithinPot:
    """Prices of their own for the groups of most people together that a pot can protect."""
    some, kept = _choices(ground, required, protected, pot)
    groups = np.zeros(len(protected), dtype=bool)
    groups[some] = kept.groups(len(kept.cost) - 1)
    return WithinPot(groups, float(ground.people @ groups))


def _choices(ground: Ground, required: FloatArray, protected: BoolArray, pot: float) -> tuple[IntArray, Choices]:
    """The groups that some price can protect, and the choices of them within a ``pot``, by people."""
    cost = _cost(ground, required)
    some = np.flatnonzero(protected & np.isfinite(cost))
    return some, best(cost[some], ground.people[some], pot)


def _cost(ground: Ground, required: FloatArray) -> FloatArray:
    """What a price of its own for each group takes of a pot, £ per person of all, (groups,)."""
    return np.asarray(ground.share * required * ground.units[0])


def worst_off_first(ground: Ground, required: FloatArray, protected: BoolArray, pot: float) -> WithinPot:
    """Prices of their own, for the people with most needs in the most deprived tenths first, while the pot lasts."""
    order = np.lexsort((ground.tenth, -ground.needs))
    order = order[protected[order]]
    lasts = np.cumsum(_cost(ground, required)[order]) <= pot * (1 + 1e-12)
    groups = np.zeros(len(protected), dtype=bool)
    groups[order[lasts]] = True
    return WithinPot(groups, float(ground.people @ groups))


def by_pattern(ground: Ground, required: FloatArray, protected: BoolArray, pot: float, patterns: Patterns) -> WithinPot:
    """The pattern of the explorer's premiums that protects most people within a pot."""
    relativity = patterns.relativity
    price = pot / (relativity @ (ground.share * ground.units[0]))
    covered = (required <= price[:, None] * relativity * (1 + 1e-9)) & protected
    people = covered @ ground.people
    best = int(np.argmax(people))
    return WithinPot(covered[best], float(people[best]), patterns.named(best, float(price[best])))


def frontier(ground: Ground, required: FloatArray, protected: BoolArray, patterns: Patterns) -> dict[str, FloatArray]:
    """Share of the people in protected groups to whom the promise is broken, along the share on results (points,).

    Keys: explorer (best pattern), most_people and worst_off_first (prices of their own).
    """
    pots = np.array([limits.by_share(ground, share) for share in SHARES])
    _, choices = _choices(ground, required, protected, float(pots.max()))
    kept = {
        "explorer": [by_pattern(ground, required, protected, pot, patterns).people for pot in pots],
        "most_people": choices.worth[choices.within(pots)],
        "worst_off_first": [worst_off_first(ground, required, protected, pot).people for pot in pots],
    }
    everyone = float(ground.people @ protected)
    return {name: 1 - np.array(people) / everyone for name, people in kept.items()}
