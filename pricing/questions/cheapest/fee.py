"""The flat fee of the cheapest price under which nobody is a loss: the fee lowers what results have to cover.

At given premiums for place the cost is convex in the fee, since what a group requires is convex in it and a programme
under such constraints is too. Tables, prices of their own and one price are one linear programme with the fee in it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.price.schedule import MANY_NEEDS
from pricing.questions.cheapest import covering
from pricing.questions.cheapest.covering import MOST_NEEDS, like, single, table_columns
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.own_premiums import SHAPES, corners, reach_of, valleys
from pricing.scenario.scenario import specs

GRID, VALLEYS, ZOOMS, ZOOMED = 41, 3, 6, 11
"""Multipliers looked at for each shape; lowest places narrowed down, how often, and multipliers in each."""
TANGENTS = 12
"""Steps towards the cheapest fee of one multiplier: the cost is made of straight pieces, and few of them."""
NEAR = 1e-5
"""£ per person to either side of a fee at which the cost may leap."""
EXACT = 1e-6
"""£ per person to which the least cost is known where the tangents cannot meet lower."""
FEES = 41
"""Fees looked at before the best of them is narrowed down, for a mix of several metrics."""


def columns(ground: Ground, family: str, protected: BoolArray) -> FloatArray:
    """What each number that a family is free to choose adds to each group's price, (groups, numbers)."""
    if family == "table":
        return table_columns(ground)
    if family == "own":
        return np.eye(len(protected))[like(ground, protected)][:, protected]
    return np.ones((len(protected), 1))


def by_programme(ground: Ground, free: FloatArray, needed: FloatArray, protected: BoolArray) -> float:
    """The fee where prices are ``free`` @ x, x >= 0: a programme in x and the fee; ``needed`` (groups,)."""
    worth = ground.scenario.present_value * ground.units[0]
    scale = float(np.max(ground.cost)) / max(float(np.mean(ground.units[0])), np.finfo(float).tiny)
    paid = free[protected] * scale
    left = np.vstack(
        (
            np.hstack((paid, np.zeros((len(paid), 1)))),
            np.hstack((paid * worth[protected, None], np.ones((len(paid), 1)))),
        )
    )
    right = np.concatenate((needed[protected], ground.cost[protected]))
    cost = np.append((ground.share * ground.units[0]) @ free * scale, 1.0)
    return float(covering.solve(cost, left, right)[-1])


def of_mix(ground: Ground, needed: FloatArray, protected: BoolArray) -> tuple[FloatArray, float]:
    """One price per unit of each metric for everyone, (metrics,), and the fee: a programme in all of them.

    ``needed`` (metrics, groups) is the other condition: each price as a share of it, summed, comes to 1 or more.
    """
    scale = float(np.max(ground.cost)) / np.maximum(np.mean(ground.units, axis=1), np.finfo(float).tiny)
    asked = protected & np.any(needed > 0, axis=0)
    shares = np.divide(scale[:, None], needed, out=np.zeros_like(needed), where=needed > 0)[:, asked].T
    earned = ground.scenario.present_value * (ground.units * scale[:, None])[:, protected].T
    cost = np.append(ground.units @ ground.share * scale, 1.0)
    left = np.vstack((np.hstack((shares, np.zeros((len(shares), 1)))), np.hstack((earned, np.ones((len(earned), 1))))))
    found = covering.solve(cost, left, np.concatenate((np.ones(len(shares)), ground.cost[protected])))
    return found[:-1] * scale, float(found[-1])


def turns(ground: Ground, needed: FloatArray, protected: BoolArray) -> FloatArray:
    """The fees on both sides of which another promise, or another metric, binds a group: between them cost is straight.

    ``needed`` (metrics, groups). For prices of their own.
    """
    reached = protected & np.isfinite(needed)
    owed = ground.scenario.present_value * ground.units * np.where(reached, needed, 0.0)
    fees = np.concatenate((ground.cost[protected], (ground.cost - owed)[reached]))
    return np.concatenate((fees - NEAR, fees, fees + NEAR))


def by_search(ground: Ground, cost: Callable[[float], float], others: FloatArray) -> float:
    """The fee of least ``cost``: of a grid and ``others``, and each of the lowest places is narrowed down.

    The metric that a group is paid on moves with the fee, so the cost is not one valley.
    """
    high = float(np.max(ground.cost))
    fees = np.unique(np.concatenate((np.linspace(0.0, high, FEES), others[(others > 0) & (others < high)])))
    costs = np.array([cost(float(fee)) for fee in fees])
    found = [(float(np.min(costs)), float(fees[np.argmin(costs)]))]
    for place in valleys(costs)[:2]:
        ends = (float(fees[max(place - 1, 0)]), float(fees[min(place + 1, len(fees) - 1)]))
        here = minimize_scalar(cost, bounds=ends, method="bounded", options={"xatol": 1e-4})
        found.append((float(here.fun), float(here.x)))
    return min(found)[1]


@dataclass(frozen=True, eq=False)
class _Covered:
    """The protected groups in order of needs: ``worth`` of a unit, where each need count that is there begins."""

    needed: FloatArray
    cost: FloatArray
    worth: FloatArray
    order: IntArray
    starts: IntArray
    counts: IntArray

    def at(self, fees: FloatArray, factors: FloatArray) -> tuple[FloatArray, FloatArray]:
        """What each need count requires before the multiplier, (rows, counts), and what £1 more of fee adds to it."""
        owed = (self.cost - fees[:, None]) / self.worth
        asked = np.maximum(owed, self.needed) / factors
        falls = np.where(owed > self.needed, -1 / (self.worth * factors), 0.0)
        most = np.maximum.reduceat(asked, self.starts, axis=1)
        spread = np.repeat(most, np.diff(np.append(self.starts, asked.shape[1])), axis=1)
        return most, np.minimum.reduceat(np.where(asked >= spread, falls, 0.0), self.starts, axis=1)


def _covered(ground: Ground, needed: FloatArray, protected: BoolArray) -> _Covered:
    there = np.flatnonzero(protected)
    order = there[np.argsort(ground.needs[there], kind="stable")]
    counts, starts = np.unique(ground.needs[order], return_index=True)
    worth = ground.scenario.present_value * ground.units[0][order]
    return _Covered(needed[order], ground.cost[order], np.maximum(worth, 1e-12), order, starts, counts)


def of_premiums(ground: Ground, required: FloatArray, protected: BoolArray) -> float:
    """The fee beside the explorer's premiums: for each multiplier the best fee, and the best multiplier of a grid."""
    groups = _covered(ground, single(ground, required, protected), protected)
    spec = specs()["area_multiplier"]
    multipliers = np.linspace(spec.low, spec.high, GRID)
    found = [_at(ground, groups, shape, multipliers) for shape in SHAPES]
    walled = np.pad(np.array([costs for costs, _ in found]), ((0, 0), (1, 1)), constant_values=np.inf)
    here = walled[:, 1:-1]
    shapes, places = np.nonzero((here <= walled[:, :-2]) & (here <= walled[:, 2:]))
    best = []
    for one in np.argsort(here[shapes, places], kind="stable")[:VALLEYS]:
        low, high = multipliers[max(places[one] - 1, 0)], multipliers[min(places[one] + 1, GRID - 1)]
        best.append(_narrowed(ground, groups, SHAPES[shapes[one]], float(low), float(high)))
    return min(best)[1]


def _narrowed(ground: Ground, groups: _Covered, shape: str, low: float, high: float) -> tuple[float, float]:
    """The least cost between two multipliers, and its fee."""
    best = (np.inf, 0.0)
    for _ in range(ZOOMS):
        some = np.linspace(low, high, ZOOMED)
        costs, fees = _at(ground, groups, shape, some)
        here = int(np.argmin(costs))
        best = min(best, (float(costs[here]), float(fees[here])))
        low, high = float(some[max(here - 1, 0)]), float(some[min(here + 1, ZOOMED - 1)])
    return best


def _at(ground: Ground, groups: _Covered, shape: str, multipliers: FloatArray) -> tuple[FloatArray, FloatArray]:
    """At each multiplier the least cost under any fee, and that fee: where the tangents of both sides meet."""
    factors = 1 + (multipliers[:, None] - 1) * reach_of(ground, shape)
    weights = _duals(ground, factors)[:, :, groups.counts]
    inside = factors[:, groups.order]

    def cost(fees: FloatArray) -> tuple[FloatArray, FloatArray]:
        most, falls = groups.at(fees, inside)
        pots = np.einsum("mvk,mk->mv", weights, most)
        binds = np.argmax(pots, axis=1)
        rows = np.arange(len(fees))
        return fees + pots[rows, binds], 1 + np.einsum("mk,mk->m", weights[rows, binds], falls)

    low, high = np.zeros(len(multipliers)), np.full(len(multipliers), float(np.max(groups.cost)))
    (left, down), (right, up) = cost(low), cost(high)
    best, fee = np.where(left <= right, left, right), np.where(left <= right, low, high)
    for _ in range(TANGENTS):
        apart = np.maximum(up - down, 1e-12)
        middle = np.clip((left - right + up * high - down * low) / apart, low, high)
        if np.all(best - left - down * (middle - low) < EXACT):
            break
        here, slope = cost(middle)
        best, fee = np.minimum(best, here), np.where(here < best, middle, fee)
        rises = slope >= 0
        low, left, down = np.where(rises, low, middle), np.where(rises, left, here), np.where(rises, down, slope)
        high, right, up = np.where(rises, middle, high), np.where(rises, here, right), np.where(rises, slope, up)
    return best, fee


def _duals(ground: Ground, factors: FloatArray) -> FloatArray:
    """Vertices of the dual programme, (multipliers, vertices, counts): the least pot is the most of these @ required.

    A vertex that is none under a multiplier is 0 there, which never is more than the least pot.
    """
    sides, inverses, left = corners()
    paid = ground.share * ground.units[0] * factors
    cost = paid @ np.stack((np.ones(len(ground.needs)), ground.needs, ground.needs >= MANY_NEEDS), axis=1).astype(float)
    prices = np.einsum("mi,vij->mvj", cost, inverses)
    feasible = np.all(prices >= -1e-12 * cost.max(axis=1)[:, None, None], axis=2)
    found = np.zeros((len(factors), len(sides), len(left)))
    np.put_along_axis(found, np.broadcast_to(sides, prices.shape), np.where(feasible[:, :, None], prices, 0.0), axis=2)
    return found[:, :, : MOST_NEEDS + 1]
