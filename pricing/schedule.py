"""The price: the fee, the price of each result, and what a result is (model, section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.cohort import Cohort, FloatArray
from pricing.errors import ScenarioError
from pricing.outcomes import Risk, Worth, deprivation
from pricing.parameters import Scenario

MANY_NEEDS = 3
"""From this many needs on, the premium for multiple needs is paid."""


@dataclass(frozen=True)
class Schedule:
    """A price, spelled out for every cell.

    ``fee`` £ per person; ``unit_prices`` £ per unit of each metric before relativities (a reoffender, a reoffence,
    a harm-index day, a need); ``relativity`` and ``results_relativity`` r where a premium applies and on results;
    ``deadweight`` £ of results pay per person with no effect at all, which is negative for people above a common
    target; ``worth`` £ of results pay gained with the effect. Results are at face value: not yet discounted.
    """

    relativity: FloatArray
    results_relativity: FloatArray
    fee: FloatArray
    unit_prices: Mapping[str, float]
    deadweight: FloatArray
    worth: Worth

    def results(self, effect: FloatArray) -> FloatArray:
        """Expected results pay, £ per person at face value, after a fall in log-odds ``effect``."""
        return self.deadweight + self.worth.gain(effect)


def relativity(scenario: Scenario, cohort: Cohort) -> FloatArray:
    """How many times the basic price a person carries: premium for needs times multiplier for place."""
    needs = 1 + scenario.need_premium * cohort.needs
    needs = needs + scenario.multiple_needs_premium * (cohort.needs >= MANY_NEEDS)
    decile = cohort.deciles[scenario.area_index]
    d = deprivation(decile)
    shape = {"line": d, "steep": d**2, "worst_fifth": (decile <= 2).astype(float)}[scenario.area_shape]
    return np.asarray(needs * (1 + (scenario.area_multiplier - 1) * shape))


def units(metric: str, target: str, risk: Risk, effect: float, people: FloatArray) -> FloatArray:
    """Units of result per person after a common fall in log-odds (model, section 3: the table of units)."""
    if metric == "progress":
        return risk.needs_met(effect) - (0.0 if target == "none" else risk.needs_met(0.0))
    outcome = {"binary": risk.reoffending, "frequency": risk.reoffences, "severity": risk.harm}[metric]
    if target == "none":
        return 1.0 - outcome(effect)
    expected = outcome(0.0)
    baseline = expected if target == "own" else np.average(expected, weights=people)
    return np.asarray(baseline - outcome(effect))


def unit_price(metric: str, share: float, scenario: Scenario, cohort: Cohort, r: FloatArray) -> float:
    """q, £ per unit: the results money over the units that the priced reduction would earn.

    ``share`` is the metric's part of the results money. With a fixed total, ``r`` weighs the units, so that
    premiums move money and add none.
    """
    risk = Risk.of(scenario, cohort)
    reference = -np.log1p(-scenario.priced_reduction)
    earned = units(metric, scenario.target, risk, reference, cohort.people)
    if scenario.target != "none":
        earned = earned - units(metric, scenario.target, risk, 0.0, cohort.people)
    weighed = cohort.mean(r * earned if scenario.total_spend == "fixed" else earned)
    if not weighed > 0:
        raise ScenarioError(
            f"The {metric} metric cannot be priced for these people: "
            "the reduction that the price is set for would earn no units at all."
        )
    return share * scenario.results_share * scenario.contract_value / weighed


def build(scenario: Scenario, cohort: Cohort) -> Schedule:
    """Spell out the price of ``scenario`` for ``cohort``; raises ScenarioError where it has no meaning."""
    r = relativity(scenario, cohort)
    flat = np.ones_like(r)
    on_fee = r if scenario.uplift_applies_to in ("fee", "both") else flat
    on_results = r if scenario.uplift_applies_to in ("results", "both") else flat
    level = cohort.mean(on_fee) if scenario.total_spend == "fixed" else 1.0
    risk = Risk.of(scenario, cohort)
    prices = {m: unit_price(m, w, scenario, cohort, on_results) for m, w in scenario.weights().items()}
    standing = [q * units(m, scenario.target, risk, 0.0, cohort.people) for m, q in prices.items()]
    decay = prices.get("frequency", 0.0) + prices.get("severity", 0.0) * cohort.severity
    return Schedule(
        relativity=r,
        results_relativity=on_results,
        fee=(1 - scenario.results_share) * scenario.contract_value * on_fee / level,
        unit_prices=prices,
        deadweight=on_results * np.sum(standing, axis=0),
        worth=Worth(
            risk=risk,
            per_reoffender=on_results * prices.get("binary", 0.0),
            per_decay=on_results * decay * cohort.rate,
            per_need=on_results * prices.get("progress", 0.0) * cohort.needs,
        ),
    )
