"""Hours of support: those that a price rewards, and those that a person needs (model, section 4)."""

import numpy as np
from scipy.special import expit, wrightomega

from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.price.outcomes import Response, Worth
from pricing.resources.pause import pause
from pricing.scenario.scenario import Scenario

FIRST_SCAN, SCAN = 16, 64
"""Stretches into which the effect is cut where the objective may have several peaks: of everyone, and of those whose
first ones may hide any."""
BLOCK = 32_000
"""Numbers of a scan that are worked out at once, about: of few people several stretches together."""
FEW = 0.25
"""Of all brackets, those that are left, from which on they go on alone."""
STEPS = 100
"""At most this many Newton or bisection steps; bisection alone needs 53 for full precision."""
CLOSE, NONE = 1e-10, 1e-15
"""A Newton step after which nothing is left but the last digit, as what is left goes with its square; and no step."""
FLAT = 1e-9
"""By how much a slope may seem to rise and does not: with a quarter of needs met anyway it is level at its steepest."""
GUIDELINE_RISK = (0.25, 0.50, 0.75)
GUIDELINE_HOURS = (0.0, 100.0, 200.0, 300.0)
"""Hours by risk: high-risk people gain from 200 hours or more (Sperber, Latessa & Makarios 2013)."""


def closed_form_hours(
    per_decay: FloatArray, hour_cost: float, response: Response, least: FloatArray | float
) -> FloatArray:
    """Hours x >= ``least`` that maximise A (1 - exp(-y)) - c x, for a worth A = ``per_decay`` £ (cells,).

    z = W0(exp(theta) c h / A), x = h ln(theta / z) where A theta > c h, else the least. At x the last hour is
    worth what it costs. Wright's omega is W0 of an exponential, for real numbers alone.
    """
    theta, h = response.ceiling, response.hours_scale
    hours = np.broadcast_to(np.asarray(least, dtype=np.float64), h.shape).copy()
    inner = per_decay * theta > hour_cost * h
    remaining = wrightomega(theta[inner] + np.log(hour_cost * h[inner] / per_decay[inner]))
    hours[inner] = np.maximum(h[inner] * np.log(theta[inner] / remaining), hours[inner])
    return hours


def refine(
    worth: Worth, cost: FloatArray, theta: FloatArray, low: FloatArray, high: FloatArray, y: FloatArray
) -> FloatArray:
    """The root of (theta - y) M(y) = c h in each bracket [low, high], where the left side falls through it.

    Newton's method from ``y``, kept inside a bracket that shrinks with every step; ``cost`` is c h. All arrays
    (brackets,).
    """
    for _ in range(STEPS):
        slope, bend = worth.slope(y)
        excess = (theta - y) * slope - cost
        low, high = np.where(excess > 0, y, low), np.where(excess > 0, high, y)
        with np.errstate(divide="ignore", invalid="ignore"):
            newton = y - excess / ((theta - y) * bend - slope)
        # A root that is as good as found may lie a last digit outside: to halve the bracket would lead away from it.
        close = np.abs(newton - y) < CLOSE
        inside = close | ((newton >= low) & (newton <= high))
        following = np.where(inside, np.clip(newton, low, high), (low + high) / 2)
        left = np.flatnonzero(~close & (np.abs(following - y) >= NONE))
        y = following
        if len(left) <= FEW * len(y):
            if len(left):
                some = (cost[left], theta[left], low[left], high[left], y[left])
                y[left] = refine(worth.take(left), *some)
            break
    return np.asarray(y)


def searched_hours(worth: Worth, hour_cost: float, response: Response, least: FloatArray | float) -> FloatArray:
    """Hours x >= ``least`` that maximise worth(y(x)) - c x, for any worth.

    Of people whose objective has one peak at most there is one stretch to search. Of others the effect is scanned,
    every peak is refined, and the best of them is held against the corner at the least. A search always begins in the
    same place: from the hours of another price it would end a last digit away, which is enough for a solver at a cliff
    to go elsewhere.
    """
    least = np.broadcast_to(np.asarray(least, dtype=np.float64), response.ceiling.shape)
    theta, cost, floor = response.ceiling, hour_cost * response.hours_scale, response.effect(least)
    several = has_several(worth, theta, floor)
    cell, *bracket = peaks(worth, cost, theta, floor, several)
    local = worth if len(cell) == len(theta) and not several.any() else worth.take(cell)
    effect = refine(local, cost[cell], theta[cell], *bracket)
    if several.any():
        return best_peak(worth, hour_cost, response, (cell, local, effect), least)
    hours = least.copy()
    hours[cell] = np.maximum(Response(theta[cell], response.hours_scale[cell]).hours(effect), least[cell])
    return hours


def has_several(worth: Worth, theta: FloatArray, floor: FloatArray) -> BoolArray:
    """Whose objective may have several peaks, (cells,): (theta - y) M(y) may rise somewhere from the ``floor`` on.

    Of events it never does; of needs where (theta - y) s (1 - 2 R) is more than 1, of people where
    (theta - y) (2 P - 1) is, which takes a theta of more than 1, as may be drawn. Their factors are largest at the
    floor.
    """
    several = np.zeros(len(theta), dtype=bool)
    if np.any(worth.per_need):
        met = expit(worth.risk.met_base + worth.risk.met_slope * floor)
        several |= (worth.per_need > 0) & ((theta - floor) * worth.risk.met_slope * (1 - 2 * met) > 1 + FLAT)
    if np.max(theta) > 1 and np.any(worth.per_reoffender):
        rises = (theta - floor) * (2 * worth.risk.reoffending(floor) - 1) > 1 + FLAT
        several |= (worth.per_reoffender > 0) & rises
    return np.asarray(several)


def peaks(
    worth: Worth, cost: FloatArray, theta: FloatArray, floor: FloatArray, several: BoolArray
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
    """As `peaks_between`, of those who may have ``several`` (cells,), and as `one_peak` of the others."""
    if not several.any():
        return one_peak(worth, cost, theta, floor)
    if several.all():
        return peaks_between(worth, cost, theta, floor)
    many, rest = np.flatnonzero(several), np.flatnonzero(~several)
    first, *scan = peaks_between(worth.take(many), cost[many], theta[many], floor[many])
    other, *rested = one_peak(worth.take(rest), cost[rest], theta[rest], floor[rest])
    parts = zip((many[first], *scan), (rest[other], *rested), strict=True)
    cell, low, high, y = (np.concatenate(both) for both in parts)
    return cell, low, high, y


def one_peak(
    worth: Worth, cost: FloatArray, theta: FloatArray, floor: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
    """As `peaks_between`, of an objective that has one peak at most: it rises at first, and not at the end."""
    excess = (theta - floor) * worth.slope(floor)[0] - cost
    cell = np.flatnonzero(excess > 0)
    low, high, rise = floor[cell], theta[cell], excess[cell]
    return cell, low, high, low + (high - low) * rise / (rise + cost[cell])


def peaks_between(
    worth: Worth, cost: FloatArray, theta: FloatArray, floor: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
    """The stretches in which the objective has a peak, from the effect ``floor`` on: whose, both ends, and a guess.

    People whose first scan may have missed a peak are scanned again more finely. ``cost`` and ``theta`` as in `refine`.
    """
    cell, low, high, unclear = scanned(worth, cost, theta, floor, FIRST_SCAN)
    if len(unclear):
        others, first, last, _ = scanned(worth.take(unclear), cost[unclear], theta[unclear], floor[unclear], SCAN)
        clear = np.isin(cell, unclear, invert=True)
        cell = np.concatenate([cell[clear], unclear[others]])
        low, high = np.concatenate([low[clear], first]), np.concatenate([high[clear], last])
    return cell, low, high, (low + high) / 2


def scanned(
    worth: Worth, cost: FloatArray, theta: FloatArray, floor: FloatArray, stretches: int
) -> tuple[IntArray, FloatArray, FloatArray, IntArray]:
    """The stretches in which the objective has a peak, and who may have another.

    (theta - y) M(y) - c h is looked at between the stretches. Inside one it is off a straight line by its second
    derivative at most, times the width squared / 8; and falls through 0 only once where it falls by more than that
    times the width squared.

    Returns
    -------
    Whose the peak is, and the ends of its stretch, all (peaks,); cells that may have a peak that was not seen.
    """
    width = (theta - floor) / stretches
    bent = worth.bend(theta) * width**2
    before, unclear, found, first = np.full((1, len(theta)), -np.inf), np.zeros(len(theta), dtype=bool), [], 0
    for slopes in worth.slopes_along(floor, width, stretches, max(BLOCK // len(theta), 1)):
        pause()
        step = first + np.arange(len(slopes))[:, None]
        excess = (theta - (floor + step * width)) * slopes - cost
        unclear |= (np.abs(excess) < bent / 8).any(axis=0)
        lasts = np.vstack([before, excess[:-1]])
        turn, cell = np.nonzero((lasts > 0) != (excess > 0))
        start, end = lasts[turn, cell], excess[turn, cell]
        unclear[cell[np.maximum(np.abs(start), np.abs(end)) < bent[cell]]] = True
        falls = start > 0
        found.append((cell[falls], first + turn[falls]))
        before, first = excess[-1:], first + len(slopes)
    cell, at = (np.concatenate(each) for each in zip(*found, strict=True))
    return cell, floor[cell] + (at - 1.0) * width[cell], floor[cell] + at * width[cell], np.flatnonzero(unclear)


def best_peak(
    worth: Worth, hour_cost: float, response: Response, found: tuple[IntArray, Worth, FloatArray], least: FloatArray
) -> FloatArray:
    """Of the peaks ``found`` (cell, its worth, effect), each cell's best, or the ``least`` hours if none beats them."""
    cell, local, effect = found
    hours = least.copy()
    reached = np.maximum(Response(response.ceiling[cell], response.hours_scale[cell]).hours(effect), least[cell])
    gain = local.gain(effect) - hour_cost * reached
    corner = worth.gain(response.effect(least)) - hour_cost * least
    # Where a cell has several, the best comes last.
    order = np.arange(len(cell)) if np.all(cell[1:] > cell[:-1]) else np.argsort(gain, kind="stable")
    order = order[gain[order] > corner[cell[order]]]
    hours[cell[order]] = reached[order]
    return hours


def least_hours(scenario: Scenario, needed: FloatArray) -> FloatArray:
    """Hours that the contract obliges the provider to give each person, (cells,).

    The contractual minimum, or the share of the ``needed`` hours that is written down where that is more.
    """
    return np.asarray(np.maximum(scenario.specified_share * needed, scenario.minimum_hours))


def chosen_hours(worth: Worth, scenario: Scenario, response: Response, least: FloatArray) -> FloatArray:
    """x*, the hours per person that maximise the provider's objective, ``least`` (cells,) or more.

    ``worth`` is what the effect is worth to the provider today: discounted results plus what its mission adds.
    """
    if np.any(worth.per_reoffender > 0) or np.any(worth.per_need > 0):
        return searched_hours(worth, scenario.hour_cost, response, least)
    return closed_form_hours(worth.per_decay, scenario.hour_cost, response, least)


def call_on_support(scenario: Scenario, cohort: Cohort) -> FloatArray:
    """Relative size of a person's fair share of the hours, (cells,): (0.25 + P0)(1 + need_weight needs)."""
    return np.asarray((0.25 + cohort.probability) * (1 + scenario.need_weight * cohort.needs))


def benchmark_hours(scenario: Scenario, cohort: Cohort, response: Response, mean_call: float) -> FloatArray:
    """Benchmark x_B, needed hours per person, (cells,), at least the contractual minimum.

    ``mean_call`` is the mean call on support of the cohort that the contract pays for. A fair share is of the hours
    that :attr:`Scenario.budget_of_need` pays for, whatever the contract is worth.
    """
    if scenario.benchmark == "socially_worthwhile":
        value = scenario.social_cost * cohort.rate
        return closed_form_hours(value, scenario.hour_cost, response, scenario.minimum_hours)
    if scenario.benchmark == "guideline":
        band = np.searchsorted(GUIDELINE_RISK, cohort.probability, side="right")
        hours = np.array(GUIDELINE_HOURS)[band]
    else:
        paid_for = (scenario.budget_of_need - scenario.cost_before_support) / scenario.hour_cost
        hours = paid_for * call_on_support(scenario, cohort) / mean_call
    return np.asarray(np.maximum(hours, scenario.minimum_hours))
