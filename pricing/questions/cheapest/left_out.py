"""Who is left out when the pot is too small for everyone: the pattern or the prices that protect most of it."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.questions.cheapest import limits
from pricing.questions.cheapest.covering import Premiums
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.patterns import Patterns

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
    cost = ground.share * required * ground.units[0]
    some, groups = np.flatnonzero(protected & (cost <= pot)), np.zeros(len(protected), dtype=bool)
    if len(some):
        within = LinearConstraint(cost[some][None], ub=pot)
        found = milp(
            -ground.people[some],
            integrality=np.ones(len(some), dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=within,
            options={"mip_rel_gap": 0.0},
        )
        groups[some] = np.asarray(found.x) > 0.5
    return WithinPot(groups, float(ground.people @ groups))


def worst_off_first(ground: Ground, required: FloatArray, protected: BoolArray, pot: float) -> WithinPot:
    """Prices of their own, for the people with most needs in the most deprived tenths first."""
    return _in_order(ground, required, protected, pot, np.lexsort((ground.tenth, -ground.needs)), stop=True)


def _in_order(
    ground: Ground, required: FloatArray, protected: BoolArray, pot: float, order: IntArray, *, stop: bool = False
) -> WithinPot:
    """Protect groups in an order while the pot lasts: the first that does not fit is passed over, or ends it."""
    groups, spent = np.zeros(len(protected), dtype=bool), 0.0
    for group in order[protected[order]]:
        price = float((ground.share * required * ground.units[0])[group])
        if spent + price > pot * (1 + 1e-12):
            if stop:
                break
            continue
        groups[group], spent = True, spent + price
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
    pots = [limits.by_share(ground, share) for share in SHARES]
    kept = {
        "explorer": [by_pattern(ground, required, protected, pot, patterns) for pot in pots],
        "most_people": [most_people(ground, required, protected, pot) for pot in pots],
        "worst_off_first": [worst_off_first(ground, required, protected, pot) for pot in pots],
    }
    everyone = float(ground.people @ protected)
    return {name: np.array([1 - each.people / everyone for each in found]) for name, found in kept.items()}
