"""A schedule that was found, as a scenario that a link can hold; or why it cannot be one."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.price.outcomes import Risk
from pricing.price.schedule import relativity, units
from pricing.questions.cheapest import ground as given
from pricing.questions.cheapest import limits
from pricing.questions.cheapest.covering import Premiums
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.promises import Kept
from pricing.scenario.scenario import Scenario, specs

ROUNDING = 1e-9
"""Part of a range by which what is worked out may pass its ends."""
REFUSED = "A link cannot hold this price: "


def as_scenario(ground: Ground, kept: Kept) -> Scenario:
    """The scenario whose evaluation is this schedule; raises ScenarioError, saying why, where there is none.

    The contract value stays as it is wherever it pays for the fee. Fee and price are carried by the share on results
    and by the reduction that the price is set for alone.
    """
    value, fee, found = _set_aside(ground, kept), kept.fee, kept.found
    if fee > value * (1 + ROUNDING):
        raise ScenarioError(f"{REFUSED}its fee of £{fee:,.0f} is more than the contract value of £{value:,.0f}.")
    premiums = found.premiums or Premiums(0.0)
    if found.premiums is None and len(np.unique(found.prices, axis=1)[0]) > 1:
        raise ScenarioError(f"{REFUSED}it is a table of prices, not premiums. Download the table instead.")
    scenario = replace(
        ground.scenario,
        contract_value=value,
        results_share=_inside("results_share", 1 - fee / value),
        target="own",
        need_premium=_inside("need_premium", premiums.need_premium),
        multiple_needs_premium=_inside("multiple_needs_premium", premiums.multiple_needs_premium),
        area_multiplier=_inside("area_multiplier", premiums.area_multiplier),
        area_shape=premiums.area_shape,
        uplift_applies_to="results",
        total_spend="fixed",
    )
    prices = found.prices[:, 0] if found.premiums is None else np.array([premiums.price])
    return _priced(ground, scenario, prices, value - fee)


def _set_aside(ground: Ground, kept: Kept) -> float:
    """The contract value, £ per person: where it does not pay for the fee, what the price costs, if that moves no need.

    What people need may be a share of the contract value, which then cannot be raised for the same people.
    """
    value = ground.scenario.contract_value
    raised = kept.fee > value and not ground.scenario.need_follows_value
    return min(kept.cost, specs()["contract_value"].high) if raised else value


def reduction_at(check: Evaluation) -> Callable[[float], float]:
    """The reduction that a part of a schedule's prices is set for, by that part; ``check`` is the schedule, evaluated.

    As the part falls the fee makes up the cost. Where no reduction that a link can hold gives its price, the nearest.
    """
    ground = given.take(check.scenario, check.cohort)
    prices = np.array([check.terms.unit_prices[metric] for metric in ground.metrics])
    pot = (check.totals["spend_at_benchmark"] - check.totals["fee"]) / check.totals["people"]
    earned, value = _earned(ground, check.scenario, prices), check.scenario.contract_value

    def reduction(level: float) -> float:
        money = (value - limits.fee(ground, level * pot)) / level if level > 0 else 0.0
        return _reduction(earned, money)

    return reduction


def _earned(ground: Ground, scenario: Scenario, prices: FloatArray) -> Callable[[float], FloatArray]:
    """£ per person by metric that a reduction earns at ``prices`` per unit (metrics,)."""
    cohort, risk, weighing = ground.cohort, Risk.of(scenario, ground.cohort), _relativity(scenario, ground)

    def earned(reduction: float) -> FloatArray:
        effect = float(-np.log1p(-reduction))
        per_unit = [cohort.mean(weighing * units(m, "own", risk, effect, 0.0)) for m in ground.metrics]
        return np.asarray(prices * per_unit)

    return earned


def _reduction(earned: Callable[[float], FloatArray], money: float) -> float:
    """The reduction in the range of a link that earns ``money`` £ per person, or the end of the range nearest to it."""
    low, high = specs()["priced_reduction"].low, specs()["priced_reduction"].high
    if money <= earned(low).sum():
        return low
    if money >= earned(high).sum():
        return high
    return float(brentq(lambda at: earned(at).sum() - money, low, high, xtol=1e-15, rtol=1e-14))


def _priced(ground: Ground, scenario: Scenario, prices: FloatArray, money: float) -> Scenario:
    """The scenario with the reduction at which its price per unit is ``prices`` (metrics,), ``money`` £ on results."""
    spec, earned = specs()["priced_reduction"], _earned(ground, scenario, prices)
    if not earned(spec.low).sum() <= money <= earned(spec.high).sum():
        raise ScenarioError(f"{REFUSED}no reduction from {spec.low:.0%} to {spec.high:.0%} gives its price per result.")
    reduction = _reduction(earned, money)
    if len(prices) > 1 and money > 0:
        weights = earned(reduction) / money
        names = (f"blend_{metric}" for metric in ground.metrics)
        scenario = scenario.with_(**{n: _inside(n, float(w)) for n, w in zip(names, weights, strict=True)})
    return replace(scenario, priced_reduction=reduction)


def _inside(name: str, value: float) -> float:
    """A value that stands at an end of its range but for the rounding of what it comes from."""
    low, high = specs()[name].low, specs()[name].high
    about = ROUNDING * max(abs(low), abs(high))
    return min(max(value, low), high) if low - about <= value <= high + about else value


def _relativity(scenario: Scenario, ground: Ground) -> FloatArray:
    return relativity(scenario, ground.cohort.needs, ground.cohort.deciles[scenario.area_index])
