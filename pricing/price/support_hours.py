"""Hours of support: those that a price rewards, and those that a person needs (model, section 4)."""

import numpy as np
from scipy.special import wrightomega

from pricing.pause import pause
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.price.outcomes import Response, Worth
from pricing.scenario.scenario import Scenario

SCAN = 64
"""Stretches into which the effect is cut where the objective may have several peaks."""
STEPS = 100
"""At most this many Newton or bisection steps; bisection alone needs 53 for full precision."""
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


def refine(worth: Worth, cost: FloatArray, theta: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """The root of (theta - y) M(y) = c h in each bracket [low, high], where the left side falls through it.

    Newton's method, kept inside a bracket that shrinks with every step; ``cost`` is c h. All arrays (brackets,).
    """
    y = (low + high) / 2
    for _ in range(STEPS):
        slope, bend = worth.slope(y)
        excess = (theta - y) * slope - cost
        low, high = np.where(excess > 0, y, low), np.where(excess > 0, high, y)
        with np.errstate(divide="ignore", invalid="ignore"):
            newton = y - excess / ((theta - y) * bend - slope)
        following = np.where((newton >= low) & (newton <= high), newton, (low + high) / 2)
        moved = float(np.max(np.abs(following - y), initial=0.0))
        y = following
        if moved < 1e-15:
            break
    return np.asarray(y)


def searched_hours(worth: Worth, hour_cost: float, response: Response, least: FloatArray | float) -> FloatArray:
    """Hours x >= ``least`` that maximise worth(y(x)) - c x, for any worth.

    Where the objective is concave there is one stretch to search; otherwise the effect is scanned, every peak is
    refined, and the best of them is held against the corner at the least.
    """
    theta, cost = response.ceiling, hour_cost * response.hours_scale
    least = np.broadcast_to(np.asarray(least, dtype=np.float64), theta.shape)
    floor = response.effect(least)
    peaked = worth.risk.met_slope * np.max(theta) > 1 and np.any(worth.per_need > 0)
    stretches = SCAN if peaked else 1
    width = (theta - floor) / stretches
    found = []
    below = np.zeros(len(theta), dtype=bool)
    for step, slope in enumerate(worth.slopes_along(floor, width, stretches)):
        pause()
        above = (theta - (floor + step * width)) * slope > cost
        found.append(np.flatnonzero(below & ~above))
        below = above
    cell = np.concatenate(found)
    start = floor[cell] + np.repeat(np.arange(-1.0, stretches), [len(some) for some in found]) * width[cell]
    peaks = refine(worth.take(cell), cost[cell], theta[cell], start, start + width[cell])
    return best_peak(worth, hour_cost, response, (cell, peaks), least)


def best_peak(
    worth: Worth, hour_cost: float, response: Response, found: tuple[IntArray, FloatArray], least: FloatArray
) -> FloatArray:
    """Of the peaks ``found`` (cell, effect), each cell's best, or the ``least`` hours where none beats them."""
    cell, effect = found
    hours = least.copy()
    local = Response(response.ceiling[cell], response.hours_scale[cell])
    reached = np.maximum(local.hours(effect), least[cell])
    gain = worth.take(cell).gain(effect) - hour_cost * reached
    corner = worth.gain(response.effect(least)) - hour_cost * least
    order = np.argsort(gain, kind="stable")
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
        paid_for = (scenario.budget_of_need - scenario.case_cost) / scenario.hour_cost
        hours = paid_for * call_on_support(scenario, cohort) / mean_call
    return np.asarray(np.maximum(hours, scenario.minimum_hours))
