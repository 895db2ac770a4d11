"""The cheapest schedule of a family whose price is at least what every protected group requires.

A schedule is the smallest results pot that covers the required prices. All families are exact: a table is a linear
programme, the explorer's own premiums are the vertices of one in three numbers under each multiplier.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from pricing.errors import ScenarioError
from pricing.people.cohort import BoolArray, FloatArray, IntArray
from pricing.price.schedule import MANY_NEEDS, by_place
from pricing.questions.cheapest.ground import TENTHS, Ground
from pricing.scenario.scenario import specs

MOST_NEEDS = 5
SHAPES = ("line", "worst_fifth", "steep")
GRID = 41
"""Multipliers looked at in each of the zooms."""
ZOOMS = 4
TIE = 1e-9


@dataclass(frozen=True)
class Premiums:
    """The explorer's own schedule: price q £ per unit, its premiums, and the multiplier with its shape."""

    price: float
    need_premium: float = 0.0
    multiple_needs_premium: float = 0.0
    area_multiplier: float = 1.0
    area_shape: str = "line"


@dataclass(frozen=True, eq=False)
class Found:
    """A schedule: ``prices`` £ per unit (metrics, groups), the ``pot`` £ per person, its premiums where it has them."""

    prices: FloatArray
    pot: float
    premiums: Premiums | None = None


def own(ground: Ground, required: FloatArray, protected: BoolArray) -> Found:
    """A price of its own for each protected group, on the metric that covers it with the least pay."""
    reached = np.isfinite(required)
    _refuse_infinite(ground, np.where(protected & ~np.any(reached, axis=0), np.inf, 0.0))
    finite = np.where(reached, required, 0.0)
    best = np.argmin(np.where(reached, finite * ground.units, np.inf), axis=0)
    prices = np.where(np.arange(len(required))[:, None] == best, finite, 0.0)[:, like(ground, protected)]
    return Found(prices, ground.pot(prices))


def like(ground: Ground, protected: BoolArray) -> IntArray:
    """For each group the one whose price it is paid: itself if protected, else the nearest tenth with as many needs.

    Where no group with as many needs is protected, the nearest group by needs. Of two as near, the more deprived.
    """
    there = np.flatnonzero(protected)
    far = np.abs(ground.needs[:, None] - ground.needs[there]) * 100.0
    far += np.abs(ground.tenth[:, None] - ground.tenth[there]) + (ground.tenth[there] > ground.tenth[:, None]) / 2
    return np.where(protected, np.arange(len(protected)), there[np.argmin(far, axis=1)])


def flat(ground: Ground, required: FloatArray, protected: BoolArray) -> Found:
    """One price per unit for everyone, of one metric or of a mix of several: the least that covers every group."""
    rows = np.divide(1.0, required, out=np.zeros_like(required), where=required > 0)
    needed = protected & np.any(required > 0, axis=0)
    _refuse_infinite(ground, np.where(needed & ~np.any(rows > 0, axis=0), np.inf, 0.0))
    if len(required) == 1:
        level = np.array([float(np.max(required[0, needed], initial=0.0))])
    else:
        level = _solve((ground.units @ ground.share), rows[:, needed].T, np.ones(int(needed.sum())))
    prices = np.repeat(level[:, None], len(ground.people), axis=1)
    premiums = Premiums(float(level[0])) if len(required) == 1 else None
    return Found(prices, ground.pot(prices), premiums)


def table(ground: Ground, required: FloatArray, protected: BoolArray) -> Found:
    """A basic price, and an amount more for each further need and for each more deprived tenth; none below 0."""
    needed = _single(ground, required, protected)
    columns = np.hstack(
        [
            np.ones((len(ground.people), 1)),
            ground.needs[:, None] >= np.arange(1, MOST_NEEDS + 1),
            ground.tenth[:, None] <= np.arange(1, TENTHS),
        ]
    ).astype(float)
    paid = ground.share * ground.units[0]
    prices = columns @ _solve(paid @ columns, columns[protected], needed[protected])
    return Found(prices[None], ground.pot(prices[None]))


def bands(ground: Ground, required: FloatArray, protected: BoolArray, most: int) -> Found:
    """At most ``most`` prices, each for groups whose required prices follow each other: dynamic programming."""
    needed = _single(ground, required, protected)
    there = np.flatnonzero(protected)
    order = there[np.argsort(needed[there], kind="stable")]
    price, upto = needed[order], np.concatenate(([0.0], np.cumsum((ground.share * ground.units[0])[order])))
    size, least, starts = len(order), np.concatenate(([0.0], np.full(len(order), np.inf))), []
    for _ in range(most):
        # Row: the group that a band ends with; column: the group that it begins with.
        whole = least[None, :size] + price[:, None] * (upto[1:, None] - upto[None, :size])
        whole = np.where(np.tri(size, dtype=bool), whole, np.inf)
        starts.append(np.argmin(whole, axis=1))
        least = np.concatenate(([0.0], np.min(whole, axis=1)))
    prices, end = np.zeros(len(protected)), size
    for start in reversed(starts):
        if end:
            begin = int(start[end - 1])
            prices[order[begin:end]], end = price[end - 1], begin
    prices = prices[like(ground, protected)]
    return Found(prices[None], ground.pot(prices[None]))


def explorer(ground: Ground, required: FloatArray, protected: BoolArray) -> Found:
    """The explorer's own premiums on results: the multiplier by a grid that is narrowed, the rest exact at each."""
    needed = _single(ground, required, protected)
    best = min((_best_of_shape(ground, needed, protected, shape) for shape in SHAPES), key=lambda found: found.pot)
    return best


def reach_of(ground: Ground, shape: str) -> FloatArray:
    """How much of the multiplier each group carries under a shape, (groups,), 0 to 1 (model, section 3)."""
    return by_place(ground.scenario.with_(area_shape=shape), ground.tenth.astype(float))


def _best_of_shape(ground: Ground, needed: FloatArray, protected: BoolArray, shape: str) -> Found:
    low, high = specs()["area_multiplier"].low, specs()["area_multiplier"].high
    reach, found = reach_of(ground, shape), None
    for _ in range(ZOOMS):
        multipliers = np.linspace(low, high, GRID)
        pots, weights = _vertices(ground, needed, protected, 1 + (multipliers[:, None] - 1) * reach)
        at = int(np.argmin(pots))
        step = multipliers[1] - multipliers[0]
        found = (float(pots[at]), float(multipliers[at]), weights[at])
        low = max(specs()["area_multiplier"].low, multipliers[at] - step)
        high = min(specs()["area_multiplier"].high, multipliers[at] + step)
    assert found is not None
    _, multiplier, (price, per_need, many) = found
    factor = price + per_need * ground.needs + many * (ground.needs >= MANY_NEEDS)
    prices = (factor * (1 + (multiplier - 1) * reach))[None]
    over = max(price, np.finfo(float).tiny)
    premiums = Premiums(float(price), float(per_need / over), float(many / over), multiplier, shape)
    return Found(prices, ground.pot(prices), premiums)


def _vertices(
    ground: Ground, needed: FloatArray, protected: BoolArray, factors: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The least pot at each multiplier, and its price, price per need and price for many needs.

    ``factors`` (multipliers, groups) is what the place multiplies the price by. The constraints' left sides are the
    same under every multiplier, so their vertices are inverted once.
    """
    rows = np.zeros((len(factors), MOST_NEEDS + 1))
    for k in range(MOST_NEEDS + 1):
        there = protected & (ground.needs == k)
        rows[:, k] = np.max(needed[there] / factors[:, there], axis=1, initial=0.0)
    sides, inverses, left = _corners()
    right = np.concatenate((rows, np.zeros((len(factors), len(left) - rows.shape[1]))), axis=1)
    points = np.einsum("vij,mvj->mvi", inverses, right[:, sides])
    slack = points @ left.T - right[:, None, :]
    feasible = np.all(slack >= -TIE * (1 + np.abs(right[:, None, :])), axis=2)
    paid = ground.share * ground.units[0] * factors
    cost = np.stack(
        [paid.sum(axis=1), paid @ ground.needs.astype(float), paid @ (ground.needs >= MANY_NEEDS).astype(float)], axis=1
    )
    pots = np.where(feasible, np.einsum("mvi,mi->mv", points, cost), np.inf)
    best = np.argmin(pots, axis=1)
    return pots[np.arange(len(pots)), best], points[np.arange(len(pots)), best]


@cache
def _corners() -> tuple[FloatArray, FloatArray, FloatArray]:
    """The triples of constraints that meet in one point, their inverses, and all left sides (constraints, 3).

    In price, price per need and price for many needs: each count of needs is covered; 0 to the most premium allowed.
    """
    counts = np.arange(MOST_NEEDS + 1.0)
    cover = np.stack([np.ones_like(counts), counts, (counts >= MANY_NEEDS).astype(float)], axis=1)
    most_need, most_many = specs()["need_premium"].high, specs()["multiple_needs_premium"].high
    limits = np.array([[0, 1, 0], [most_need, -1, 0], [0, 0, 1], [most_many, 0, -1]], dtype=float)
    left = np.concatenate((cover, limits))
    triples = np.array(list(combinations(range(len(left)), 3)))
    meet = np.abs(np.linalg.det(left[triples])) > TIE
    return triples[meet], np.linalg.inv(left[triples[meet]]), left


def _solve(cost: FloatArray, left: FloatArray, right: FloatArray) -> FloatArray:
    """Least ``cost @ x`` over x >= 0 with ``left @ x >= right``."""
    found = linprog(cost, A_ub=-left, b_ub=-right, method="highs")
    if found.status != 0:
        raise ScenarioError(f"No schedule of this kind was found: {found.message}")
    return np.asarray(found.x)


def _single(ground: Ground, required: FloatArray, protected: BoolArray) -> FloatArray:
    if len(required) > 1:
        raise ScenarioError("A blend is answered with one mix of prices for everyone, and with prices of their own.")
    _refuse_infinite(ground, np.where(protected, required[0], 0.0))
    return np.asarray(required[0])


def _refuse_infinite(ground: Ground, required: FloatArray) -> None:
    """Name the people for whom no price can keep the promise."""
    without = ~np.isfinite(required)
    if np.any(without):
        raise ScenarioError(
            f"No price on this measure can keep the promise to {ground.people[without].sum():,.0f} people: "
            "nothing that support changes for them is counted."
        )


def protected_groups(ground: Ground, smallest: float) -> BoolArray:
    """The groups of at least ``smallest`` people; raises ScenarioError where there is none."""
    there = ground.people >= smallest
    if not np.any(there):
        raise ScenarioError(f"No group by needs and deprivation tenth has {smallest:,.0f} people or more.")
    return there


FAMILIES = {"explorer": explorer, "table": table, "own": own, "flat": flat}


def covers(found: Found, required: FloatArray, groups: Iterable[int]) -> bool:
    """Whether a schedule pays each of the ``groups`` at least what it requires, on some metric."""
    chosen = list(groups)
    paid = np.divide(found.prices, required, out=np.zeros_like(required), where=required > 0).sum(axis=0)
    free = np.all(required == 0, axis=0)
    return bool(np.all((paid[chosen] >= 1 - 1e-9) | free[chosen]))
