"""A schedule that was found, as a scenario that a link can hold; or why it cannot be one."""

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from pricing.errors import ScenarioError
from pricing.people.cohort import FloatArray
from pricing.price.outcomes import Risk
from pricing.price.schedule import relativity, units
from pricing.questions.cheapest.covering import Premiums
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.promises import Kept
from pricing.scenario.scenario import Scenario, specs

ROUNDING = 1e-9
"""Share by which a quotient may pass the highest value that it stands for."""
REFUSED = "A link cannot hold this price: "


def as_scenario(ground: Ground, kept: Kept) -> Scenario:
    """The scenario whose evaluation is this schedule; raises ScenarioError, saying why, where there is none.

    The contract value stays as it is, since a fair share of hours follows from it. Fee and price are carried by the
    share on results and by the reduction that the price is set for alone.
    """
    value, fee, found = ground.scenario.contract_value, kept.fee, kept.found
    if fee > value:
        raise ScenarioError(f"{REFUSED}its fee of £{fee:,.0f} is more than the contract value of £{value:,.0f}.")
    premiums = found.premiums or Premiums(0.0)
    if found.premiums is None and len(np.unique(found.prices, axis=1)[0]) > 1:
        raise ScenarioError(f"{REFUSED}it is a table of prices, not premiums. Download the table instead.")
    scenario = replace(
        ground.scenario,
        results_share=1 - fee / value,
        target="own",
        need_premium=_at_most("need_premium", premiums.need_premium),
        multiple_needs_premium=_at_most("multiple_needs_premium", premiums.multiple_needs_premium),
        area_multiplier=premiums.area_multiplier,
        area_shape=premiums.area_shape,
        uplift_applies_to="results",
        total_spend="fixed",
    )
    prices = found.prices[:, 0] if found.premiums is None else np.array([premiums.price])
    return _priced(ground, scenario, prices, value - fee)


def _priced(ground: Ground, scenario: Scenario, prices: FloatArray, money: float) -> Scenario:
    """The scenario with the reduction at which its price per unit is ``prices`` (metrics,), ``money`` £ on results."""
    cohort, spec = ground.cohort, specs()["priced_reduction"]
    risk, weighing = Risk.of(scenario, cohort), _relativity(scenario, ground)

    def earned(reduction: float) -> FloatArray:
        effect = float(-np.log1p(-reduction))
        per_unit = [cohort.mean(weighing * units(m, "own", risk, effect, 0.0)) for m in ground.metrics]
        return np.asarray(prices * per_unit)

    if not earned(spec.low).sum() <= money <= earned(spec.high).sum():
        raise ScenarioError(f"{REFUSED}no reduction from {spec.low:.0%} to {spec.high:.0%} gives its price per result.")
    reduction = float(brentq(lambda at: earned(at).sum() - money, spec.low, spec.high, xtol=1e-15, rtol=1e-14))
    if len(prices) > 1 and money > 0:
        weights = earned(reduction) / money
        names = (f"blend_{metric}" for metric in ground.metrics)
        scenario = scenario.with_(**{n: _at_most(n, float(w)) for n, w in zip(names, weights, strict=True)})
    return replace(scenario, priced_reduction=reduction)


def _at_most(name: str, value: float) -> float:
    """A value that stands at its highest but for the rounding of a division."""
    high = specs()[name].high
    return min(value, high) if value <= high * (1 + ROUNDING) else value


def _relativity(scenario: Scenario, ground: Ground) -> FloatArray:
    return relativity(scenario, ground.cohort.needs, ground.cohort.deciles[scenario.area_index])
