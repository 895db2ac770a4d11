"""The price: the fee, the price of each result, and what a result is (model, section 3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pricing.errors import ScenarioError
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price.metric_formulas import formulas
from pricing.price.outcomes import Risk, Worth, deprivation
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario

MANY_NEEDS = 3
"""From this many needs on, the premium for multiple needs is paid."""
FEWEST_UNITS = 1e-9
"""Units per person below which a price per unit would have no meaning."""


@dataclass(frozen=True)
class Terms:
    """Fee and unit prices of a scenario, settled for one cohort; they can be applied to other people.

    ``basic_fee`` £ per person before relativities; ``unit_prices`` £ per unit of each metric before relativities (a
    reoffender, a reoffence, a harm-index day, a need); ``baselines`` the cohort's mean outcome per person, by metric;
    ``lump`` £ per unit of relativity on results, whatever the person's own results: what a contract that is not
    linear pays beside its effective prices.
    """

    basic_fee: float
    unit_prices: Mapping[str, float]
    baselines: Mapping[str, float]
    lump: float = 0.0

    def fee(self, on_fee: FloatArray) -> FloatArray:
        """What is paid whatever the results, £ per person, at relativities ``on_fee``."""
        return self.basic_fee * on_fee


@dataclass(frozen=True)
class Schedule:
    """Terms applied to every cell. All arrays (cells,).

    ``fee`` £ per person; ``results_relativity`` r on results, 1 where no premium applies to them; ``deadweight`` £ of
    results pay per person with no effect at all, which is negative for people above a common target; ``worth`` £ of
    results pay gained with the effect. Results are at face value: not yet discounted.
    """

    results_relativity: FloatArray
    fee: FloatArray
    deadweight: FloatArray
    worth: Worth

    def results(self, effect: FloatArray) -> FloatArray:
        """Expected results pay, £ per person at face value, after a fall in log-odds ``effect``."""
        return self.deadweight + self.worth.gain(effect)


def by_place(scenario: Scenario, decile: FloatArray) -> FloatArray:
    """How much of the multiplier a deprivation tenth (1 the most deprived) carries, 0 to 1."""
    d = deprivation(decile)
    return {"line": d, "steep": d**2, "worst_fifth": (decile <= 2).astype(float)}[scenario.area_shape]


Carried = Callable[[Scenario, FloatArray, FloatArray], FloatArray]
"""How many times a premium is carried, from the scenario, numbers of needs and deprivation tenths."""
CARRIED: tuple[Mapping[str, Carried], ...] = (
    {
        "need_premium": lambda scenario, needs, decile: needs,
        "multiple_needs_premium": lambda scenario, needs, decile: (needs >= MANY_NEEDS).astype(float),
    },
    {"area_multiplier": lambda scenario, needs, decile: by_place(scenario, decile)},
)
"""Every premium of a scenario, by name. Premiums of one group add up; the groups multiply."""


def relativity(scenario: Scenario, needs: FloatArray, decile: FloatArray) -> FloatArray:
    """How many times the basic price a person carries: premium for needs times multiplier for place."""
    above, found = scenario.premiums, np.ones(np.broadcast(needs, decile).shape)
    for group in CARRIED:
        found = found * sum((above[name] * carried(scenario, needs, decile) for name, carried in group.items()), 1.0)
    return found


def relativities(scenario: Scenario, needs: FloatArray, decile: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The relativity on the fee and on results: 1 on the part that premiums do not apply to."""
    r = relativity(scenario, needs, decile)
    flat = np.ones_like(r)
    on_fee = r if scenario.premiums_apply_to("fee") else flat
    on_results = r if scenario.premiums_apply_to("results") else flat
    return on_fee, on_results


def outcome(metric: str, risk: Risk, effect: FloatArray | float) -> FloatArray:
    """What a metric counts, per person after a fall in log-odds: reoffenders, reoffences, harm or needs met."""
    return formulas(metric).count(risk, effect)


def units(metric: str, target: str, risk: Risk, effect: float, baseline: float) -> FloatArray:
    """Units of result per person after a fall in log-odds (model, section 3: the table of units).

    ``baseline`` is the cohort's mean outcome, the target when there is one for everyone.
    """
    counted = METRICS[metric]
    reached = outcome(metric, risk, effect)
    if target == "none":
        return reached if counted.rises else 1.0 - reached
    compared = baseline if target == "one" and counted.common_target else outcome(metric, risk, 0.0)
    return reached - compared if counted.rises else compared - reached


def settle(scenario: Scenario, cohort: Cohort) -> Terms:
    """Work out the fee and the price per unit for a cohort; raises ScenarioError where a metric cannot be priced.

    With a fixed total the mean fee is (1 - X) V whatever the premiums, and the results money is earned in full when
    everyone's risk falls by the priced reduction.
    """
    on_fee, on_results = relativities(scenario, cohort.needs, cohort.deciles[scenario.area_index])
    fixed = scenario.total_spend == "fixed"
    risk = Risk.of(scenario, cohort)
    weights = scenario.weights()
    baselines = {metric: cohort.mean(outcome(metric, risk, 0.0)) for metric in weights}
    weighing = on_results if fixed else np.ones_like(on_results)
    prices = {m: w * unit_price(m, scenario, cohort, weighing) for m, w in weights.items()}
    fee = (1 - scenario.results_share) * scenario.contract_value
    return Terms(fee / cohort.mean(on_fee) if fixed else fee, prices, baselines)


def unit_price(metric: str, scenario: Scenario, cohort: Cohort, weighing: FloatArray) -> float:
    """Price q, £ per unit: all the results money over the mean units that the priced reduction would earn."""
    earned = cohort.mean(weighing * units_priced(metric, scenario, cohort))
    if not earned > FEWEST_UNITS:
        raise ScenarioError(
            f"The {metric} metric cannot be priced for these people: "
            "the reduction that the price is set for would earn no units to pay for."
        )
    return scenario.results_share * scenario.contract_value / earned


def units_priced(metric: str, scenario: Scenario, cohort: Cohort) -> FloatArray:
    """Units per person, (cells,), that the reduction the price is set for would earn.

    Under a target the units are the change alone; with no target they include what would have happened anyway.
    """
    reference = float(-np.log1p(-scenario.priced_reduction))
    target = "none" if scenario.target == "none" else "own"
    return units(metric, target, Risk.of(scenario, cohort), reference, 0.0)


def apply(scenario: Scenario, terms: Terms, cohort: Cohort) -> Schedule:
    """Apply settled terms to people, who need not be those that they were settled for."""
    on_fee, on_results = relativities(scenario, cohort.needs, cohort.deciles[scenario.area_index])
    risk = Risk.of(scenario, cohort)
    prices = terms.unit_prices
    standing = [q * units(m, scenario.target, risk, 0.0, terms.baselines[m]) for m, q in prices.items()]
    return Schedule(
        results_relativity=on_results,
        fee=terms.fee(on_fee),
        deadweight=on_results * (np.sum(standing, axis=0) + terms.lump),
        worth=worth_of(prices, on_results, risk),
    )


def worth_of(prices: Mapping[str, float], on_results: FloatArray, risk: Risk) -> Worth:
    """What results are worth under a price per unit of each metric, times the relativity ``on_results`` (cells,).

    Raises ScenarioError for a metric without formulas.
    """
    stakes = [(price, formulas(metric).stake(risk)) for metric, price in prices.items()]
    per_reoffender = sum((q * s.reoffender for q, s in stakes if s.reoffender is not None), 0.0)
    per_reoffence = sum((q * s.reoffence for q, s in stakes if s.reoffence is not None), 0.0)
    per_need = sum((q * s.need for q, s in stakes if s.need is not None), 0.0)
    return Worth(
        risk=risk,
        per_reoffender=on_results * per_reoffender,
        per_decay=on_results * per_reoffence * risk.rate,
        per_need=on_results * per_need * risk.needs.weight,
    )


def published(scenario: Scenario, terms: Terms) -> pd.DataFrame:
    """The schedule as a commissioner would publish it: £ by need count (0-5) and deprivation tenth (1-10).

    Columns: needs, decile, fee, and one per metric that is paid, £ per unit.
    """
    needs, decile = (a.ravel() for a in np.meshgrid(np.arange(6.0), np.arange(1.0, 11.0), indexing="ij"))
    on_fee, on_results = relativities(scenario, needs, decile)
    prices = {metric: q * on_results for metric, q in terms.unit_prices.items()}
    return pd.DataFrame({"needs": needs, "decile": decile, "fee": terms.fee(on_fee), **prices})
