"""The explorer's own premiums on results: the cheapest that pay every protected group at least what it requires.

Under each multiplier for place they are the vertices of a linear programme in three numbers: price, premium per need,
premium for many needs. The multiplier itself is searched for.
"""

from functools import cache
from itertools import combinations

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.price.schedule import MANY_NEEDS, by_place
from pricing.questions.cheapest.covering import MOST_NEEDS, Found, Premiums, single
from pricing.questions.cheapest.ground import Ground
from pricing.resources.pause import pause
from pricing.scenario.scenario import specs

SHAPES = ("line", "worst_fifth", "steep")
GRID = 41
"""Multipliers looked at over all that may be set, beside those at which another tenth comes to bind."""
VALLEYS, ZOOMS, ZOOMED = 3, 9, 11
"""Lowest places that are narrowed down, how often, and multipliers looked at in each."""
TIE = 1e-9


def explorer(ground: Ground, required: FloatArray, protected: BoolArray) -> Found:
    """The explorer's own premiums on results: the multiplier by a grid that is narrowed, the rest exact at each."""
    needed = single(ground, required, protected)
    best = min((_best_of_shape(ground, needed, protected, shape) for shape in SHAPES), key=lambda found: found.pot)
    return best


def reach_of(ground: Ground, shape: str) -> FloatArray:
    """How much of the multiplier each group carries under a shape, (groups,), 0 to 1 (model, section 3)."""
    return by_place(ground.scenario.with_(area_shape=shape), ground.tenth.astype(float))


def _best_of_shape(ground: Ground, needed: FloatArray, protected: BoolArray, shape: str) -> Found:
    """The least pot under any multiplier: not one valley, so each of the lowest of a grid is narrowed down."""
    reach, high = reach_of(ground, shape), specs()["area_multiplier"].high
    multipliers = _multipliers(ground, needed, protected, reach)

    def at(some: FloatArray) -> tuple[FloatArray, FloatArray]:
        return at_multipliers(ground, needed, protected, 1 + (some[:, None] - 1) * reach)

    pots, weights = at(multipliers)
    found = int(np.argmin(pots))
    best = (float(pots[found]), float(multipliers[found]), weights[found])
    for place in valleys(pots):
        low, end = multipliers[max(place - 1, 0)], multipliers[min(place + 1, len(multipliers) - 1)]
        for _ in range(ZOOMS):
            pause()
            some = np.linspace(low, end, ZOOMED)
            pots_here, weights_here = at(some)
            here = int(np.argmin(pots_here))
            best = min(best, (float(pots_here[here]), float(some[here]), weights_here[here]), key=lambda one: one[0])
            low, end = some[max(here - 1, 0)], min(some[min(here + 1, ZOOMED - 1)], high)
    return _with_premiums(ground, best, reach, shape)


def _multipliers(ground: Ground, needed: FloatArray, protected: BoolArray, reach: FloatArray) -> FloatArray:
    """Multipliers to begin with: evenly over what may be set, and where another tenth comes to bind its need count.

    Where two tenths of one need count ask for the same price, the least pot has a kink, and often its bottom.
    """
    spec = specs()["area_multiplier"]
    one, other = np.nonzero(protected[:, None] & protected & (ground.needs[:, None] == ground.needs))
    slope = needed[one] * reach[other] - needed[other] * reach[one]
    with np.errstate(divide="ignore", invalid="ignore"):
        kinks = 1 + (needed[other] - needed[one]) / slope
    kinks = kinks[(kinks > spec.low) & (kinks < spec.high)]
    return np.unique(np.concatenate((np.linspace(spec.low, spec.high, GRID), kinks)))


def valleys(pots: FloatArray) -> IntArray:
    """Places of the lowest local minima, at most VALLEYS."""
    walls = np.concatenate(([np.inf], pots, [np.inf]))
    lows = np.flatnonzero((pots <= walls[:-2]) & (pots <= walls[2:]) & np.isfinite(pots))
    return np.asarray(lows[np.argsort(pots[lows], kind="stable")][:VALLEYS])


def _with_premiums(ground: Ground, best: tuple[float, float, FloatArray], reach: FloatArray, shape: str) -> Found:
    """The schedule of a multiplier, and of a price, a price per need and one for many needs."""
    _, multiplier, (price, per_need, many) = best
    factor = price + per_need * ground.needs + many * (ground.needs >= MANY_NEEDS)
    prices = (factor * (1 + (multiplier - 1) * reach))[None]
    over = max(price, np.finfo(float).tiny)
    premiums = Premiums(float(price), float(per_need / over), float(many / over), multiplier, shape)
    return Found(prices, ground.pot(prices), premiums)


def at_multipliers(
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
    sides, inverses, left = corners()
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
def corners() -> tuple[IntArray, FloatArray, FloatArray]:
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
