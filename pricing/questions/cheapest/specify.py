"""Specify or pay: whose hours are cheaper to write down and check than to pay for by results."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.cheapest.covering import like
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.patterns import Patterns
from pricing.questions.cheapest.subsets import best


@dataclass(frozen=True, eq=False)
class Mixed:
    """What is cheapest when some hours are specified: £ per person in all, and which groups' hours, (groups,)."""

    cost: float
    specified: BoolArray


def break_even(ground: Ground) -> FloatArray:
    """By group, the checking cost (share of the extra hours' cost) above which paying by results is cheaper.

    (1/pv - 1) U / (U - U at the minimum): what waiting for results costs, against the extra hours. Holds for prices
    of their own at a payback of £1; nan where nothing more is gained.
    """
    more = ground.units[0] - ground.units_at_minimum[0]
    late = 1 / ground.scenario.present_value - 1
    return np.asarray(late * np.divide(ground.units[0], more, out=np.full_like(more, np.nan), where=more > 0))


def results_pay(ground: Ground, required: FloatArray) -> FloatArray:
    """£ per person of results pay at what a promise ``required`` (groups,): inf where no price can keep it."""
    units = ground.units[0]
    return np.asarray(np.multiply(required, units, out=np.full_like(units, np.inf), where=np.isfinite(required)))


def worth_paying(ground: Ground, required: FloatArray) -> FloatArray:
    """By group, the checking cost above which paying what a promise of any kind ``required`` (groups,) is cheaper.

    At a payback of £1 it is :func:`break_even`; nan where no extra hours are needed, inf where no price can keep it.
    """
    wait = (1 - ground.scenario.present_value) * results_pay(ground, required)
    return np.asarray(np.divide(wait, ground.extra_cost, out=np.full_like(wait, np.nan), where=ground.extra_cost > 0))


def all_specified(ground: Ground, checking: float) -> float:
    """£ per person when all needed hours are written down, each extra £1 of them checked at ``checking`` £."""
    return ground.mean_cost + checking * float(ground.share @ ground.extra_cost)


def with_own_prices(ground: Ground, required: FloatArray, checking: float) -> Mixed:
    """Group by group the cheaper of the two; where results then come to more than all that costs, the best together."""
    check = checking * ground.extra_cost
    pay = results_pay(ground, required)
    wait = (1 - ground.scenario.present_value) * pay
    pot = float(ground.share @ np.where(check < wait, 0.0, pay))
    cost = ground.mean_cost + float(ground.share @ np.minimum(check, wait))
    return Mixed(cost, check < wait) if pot <= cost else together(ground, pay, check)


def together(ground: Ground, pay: FloatArray, check: FloatArray) -> Mixed:
    """Whose hours are specified where no fee is left: what is paid is no less than results pay, or than what it covers.

    ``pay`` and ``check`` are £ per person, (groups,): results pay, and checking. What is paid by results is worth the
    checking that it saves.
    """
    some, late = np.flatnonzero(np.isfinite(pay)), 1 - ground.scenario.present_value
    saved = best(ground.share[some] * pay[some], ground.share[some] * check[some])
    covers = ground.mean_cost + float(ground.share @ check) - saved.worth + late * saved.cost
    cost = np.maximum(covers, saved.cost)
    place = int(np.argmin(cost))
    specified = pay > 0  # where nothing has to be paid, nothing is specified
    specified[some] &= ~saved.groups(place)
    return Mixed(float(cost[place]), specified)


def with_pattern(
    ground: Ground, required: FloatArray, protected: BoolArray, checking: float, patterns: Patterns
) -> Mixed:
    """One pattern of premiums that is paid for everyone's results, and hours specified where it is not enough.

    The groups whose price the pattern reaches last are specified first; every pattern is held at every level that one
    of its groups sets. A group that is not protected is specified with the one whose price it is paid.
    """
    there, late = np.flatnonzero(protected), 1 - ground.scenario.present_value
    check = checking * np.bincount(like(ground, protected), ground.share * ground.extra_cost, len(protected))[there]
    level = required[there] / patterns.relativity[:, there]
    order = np.argsort(-level, axis=1, kind="stable")
    none = np.zeros((len(order), 1))
    specified = np.concatenate((none, np.cumsum(check[order], axis=1)), axis=1)
    price = np.concatenate((np.take_along_axis(level, order, axis=1), none), axis=1)
    pot = price * (patterns.relativity @ (ground.share * ground.units[0]))[:, None]
    cost = np.maximum(pot, ground.mean_cost + specified + late * pot)
    pattern, number = np.unravel_index(int(np.argmin(cost)), cost.shape)
    chosen = np.zeros(len(required), dtype=bool)
    chosen[there[order[pattern, :number]]] = True
    return Mixed(float(cost[pattern, number]), chosen[like(ground, protected)])
