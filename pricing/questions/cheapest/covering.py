"""The cheapest schedule of a family whose price is at least what every protected group requires.

A schedule is the smallest results pot that covers the required prices. All of these are exact: a table is a linear
programme, bands follow by dynamic programming. The explorer's own premiums are in `own_premiums`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from pricing.errors import NothingCountedError, ScenarioError
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.questions.cheapest.ground import TENTHS, Ground
from pricing.resources.pause import pause

MOST_NEEDS = 5
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
    pay = np.where(reached, finite * ground.units, np.inf)
    # Of metrics that cost as much the first, whatever rounding says: the price that others are paid hangs on it.
    best = np.argmax(pay <= np.min(pay, axis=0) * (1 + TIE), axis=0)
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
        level = solve((ground.units @ ground.share), rows[:, needed].T, np.ones(int(needed.sum())))
    prices = np.repeat(level[:, None], len(ground.people), axis=1)
    premiums = Premiums(float(level[0])) if len(required) == 1 else None
    return Found(prices, ground.pot(prices), premiums)


def table(ground: Ground, required: FloatArray, protected: BoolArray) -> Found:
    """A basic price, and an amount more for each further need and for each more deprived tenth; none below 0."""
    needed = single(ground, required, protected)
    columns = table_columns(ground)
    paid = ground.share * ground.units[0]
    prices = columns @ solve(paid @ columns, columns[protected], needed[protected])
    return Found(prices[None], ground.pot(prices[None]))


def table_columns(ground: Ground) -> FloatArray:
    """What the basic price, each further need and each more deprived tenth add, (groups, amounts): 1 or 0."""
    return np.hstack(
        [
            np.ones((len(ground.people), 1)),
            ground.needs[:, None] >= np.arange(1, MOST_NEEDS + 1),
            ground.tenth[:, None] <= np.arange(1, TENTHS),
        ]
    ).astype(float)


def bands(ground: Ground, required: FloatArray, protected: BoolArray, most: int) -> Found:
    """At most ``most`` prices, each for groups whose required prices follow each other: dynamic programming."""
    needed = single(ground, required, protected)
    there = np.flatnonzero(protected)
    order = there[np.argsort(needed[there], kind="stable")]
    price, upto = needed[order], np.concatenate(([0.0], np.cumsum((ground.share * ground.units[0])[order])))
    size, least, starts = len(order), np.concatenate(([0.0], np.full(len(order), np.inf))), []
    for _ in range(most):
        pause()
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


def solve(cost: FloatArray, left: FloatArray, right: FloatArray) -> FloatArray:
    """Least ``cost @ x`` over x >= 0 with ``left @ x >= right``."""
    pause()
    found = linprog(cost, A_ub=-left, b_ub=-right, method="highs")
    if found.status != 0:
        raise ScenarioError(f"No schedule of this kind was found: {found.message}")
    return np.asarray(found.x)


def single(ground: Ground, required: FloatArray, protected: BoolArray) -> FloatArray:
    """What is required on the one metric that is paid; raises ScenarioError for a blend, or where no price will do."""
    if len(required) > 1:
        raise ScenarioError("A blend is answered with one mix of prices for everyone, and with prices of their own.")
    _refuse_infinite(ground, np.where(protected, required[0], 0.0))
    return np.asarray(required[0])


def _refuse_infinite(ground: Ground, required: FloatArray) -> None:
    """Name the people for whom no price can keep the promise."""
    without = ~np.isfinite(required)
    if np.any(without):
        raise NothingCountedError(
            f"No price on this measure can keep the promise to {ground.people[without].sum():,.0f} people"
            f"{who_they_are(ground, without)}: nothing that support changes for them is counted."
        )


def who_they_are(ground: Ground, without: BoolArray) -> str:
    """What the groups have in common to whom a measure pays nothing, (groups,); "" where that is not known."""
    if not np.any(ground.needs[without]):
        return " without a need"
    return " without a need that is paid for" if ground.metrics == ("progress",) else ""


def protected_groups(ground: Ground, smallest: float) -> BoolArray:
    """The groups of at least ``smallest`` people; raises ScenarioError where there is none."""
    there = ground.people >= smallest
    if not np.any(there):
        raise ScenarioError(f"No group by needs and deprivation tenth has {smallest:,.0f} people or more.")
    return there


def covers(found: Found, required: FloatArray, groups: Iterable[int]) -> bool:
    """Whether a schedule pays each of the ``groups`` at least what it requires, on some metric."""
    chosen = list(groups)
    paid = np.divide(found.prices, required, out=np.zeros_like(required), where=required > 0).sum(axis=0)
    free = np.all(required == 0, axis=0)
    return bool(np.all((paid[chosen] >= 1 - 1e-9) | free[chosen]))
