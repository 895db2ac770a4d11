"""Where it pays best to stop: the best of every place there is, against grids of prices and of hours."""

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pricing.contract.cohort_change import Changes
from pricing.contract.provider import Provider
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.scenario.scenario import Scenario
from pricing.words import cautions
from tests.cohorts import six_groups
from tests.examples import examples

CONTRACTS: dict[str, list[Any]] = {
    "metric": ["binary", "binary", "frequency", "severity", "progress", "blend"],
    "target": ["own", "one"],
    "results_share": [0.2, 0.5, 0.8, 1.0],
    "measured_people": [0.0, 0.0, 300.0, 2000.0, 10000.0],
    "measured_period": ["year", "year", "quarter"],
    "annual_top_up": ["no", "yes"],
    "flat_zone": ["none", "fixed", "interval"],
    "zone_points": [1.0, 3.0],
    "pay_on": ["whole", "half", "excess"],
    "threshold": [0.0, 0.03, 0.06, 0.1, 0.15],
    "threshold_rule": ["per_result", "per_result", "all_or_nothing", "steps"],
    "binary_hurdle": ["no", "yes"],
    "deductions": ["full", "none"],
    "results_cap": [0.0, 0.5, 2.0],
    "most_deducted": [0.0, 0.25, 1.0],
    "need_premium": [0.0, 0.3],
    "priced_reduction": [0.075, 0.15],
    "max_effect": [0.3, 0.5, 0.8],
    "hour_cost": [15.0, 40.0],
}


MISSED = Scenario(
    **{"metric": "blend", "results_share": 0.8, "need_premium": 0.3, "target": "own", "measured_period": "quarter"},  # type: ignore[arg-type]
    **{"annual_top_up": "yes", "flat_zone": "fixed", "pay_on": "half", "threshold": 0.06, "deductions": "none"},  # type: ignore[arg-type]
    **{"results_cap": 0.5, "most_deducted": 1.0, "max_effect": 0.8, "progress_effect": 1.0},  # type: ignore[arg-type]
)
"""Its best rest stands past a cliff that evenly spaced places on the line step over: £46 a head were missed."""
UNENDED = Scenario(
    **{"metric": "blend", "blend_binary": 0.0, "blend_frequency": 0.0, "results_share": 0.215, "threshold": 0.125},  # type: ignore[arg-type]
    **{"contract_value": 10000.0, "priced_reduction": 0.3, "specified_share": 1.0, "baseline_people": 40000.0},  # type: ignore[arg-type]
    **{"case_cost": 0.0, "hours_scale": 174.6, "area_drag": 0.0, "payment_lag_months": 0.0},  # type: ignore[arg-type]
)
"""Its line ended where a further result still paid, as its metrics move there: no turn was found, and it failed."""


def contracts() -> st.SearchStrategy[Scenario]:
    return st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CONTRACTS.items()}).map(
        lambda values: Scenario(**values)
    )


def provider_of(found: Evaluation) -> Provider:
    assert found.mechanics is not None
    contract = found.mechanics.contract
    changes = Changes.of(found.scenario, found.cohort, contract.metrics)
    return Provider(found.scenario, contract, changes, found.account.response, found.incentives.least_hours)


def best_of_grid(provider: Provider) -> float:
    """The most that is left at any of many prices alike for all metrics."""
    value: FloatArray = provider.contract.value
    factors = [0.0, *np.geomspace(0.01, 30.0, 80)]
    left = [provider.rest(factor * value).profit for factor in factors]
    at = factors[int(np.argmax(left))]
    return max(left + [provider.rest(factor * value).profit for factor in np.linspace(0.96 * at, 1.04 * at, 21)])


@example(MISSED)
@example(UNENDED)
@examples(6)
@given(contracts())
def test_no_grid_of_prices_leaves_a_pound_more_than_the_best_stop(scenario: Scenario) -> None:
    found = evaluate(scenario, six_groups())
    if found.mechanics is not None:
        assert best_of_grid(provider_of(found)) <= found.mechanics.equilibrium.chosen.profit + 1.0


def test_a_rest_far_from_both_starts_is_found() -> None:
    """It was missed where only the turns next to the minimum and to the benchmark were looked at.

    Past the threshold every result is paid for, so the support is that of the linear contract.
    """
    scenario = Scenario(metric="binary", threshold=0.1, results_share=1.0, deductions="none", target="own")
    found = evaluate(scenario, shipped.load("greater_manchester"))
    assert found.mechanics is not None
    ends, mean = found.mechanics.equilibrium, found.cohort.mean
    linear = evaluate(scenario.with_(threshold=0.0, deductions="full"), found.cohort)
    assert mean(ends.chosen.hours) == pytest.approx(mean(linear.incentives.chosen_hours), abs=1e-6)
    assert mean(ends.chosen.hours) == pytest.approx(71.9, abs=0.05)
    assert ends.chosen.profit == pytest.approx(2946, abs=0.5)
    assert [(mean(rest.hours), rest.profit) for rest in ends.others] == [pytest.approx((6.0, -240.0), abs=1e-6)]
    (caution,) = [each for each in cautions.find(found) if each.code == "trap"]
    assert "6 hours a person (−£240), 72 hours a person (£2,946)" in caution.sentence


def test_every_stop_of_a_flight_of_steps_is_there_with_its_hours_and_what_it_leaves() -> None:
    """A step is met and not more: each further stop stands just on a whole number of thresholds."""
    scenario = Scenario(
        threshold=0.03, threshold_rule="steps", deductions="none", metric="frequency", target="own", results_share=1.0
    )
    found = evaluate(scenario, six_groups())
    assert found.mechanics is not None
    ends = found.mechanics.equilibrium
    steps = np.array([float(rest.change[0]) / 0.03 for rest in ends.rests[1:]])
    assert len(steps) >= 2
    assert steps == pytest.approx(np.round(steps), abs=0.03)
    assert np.all(np.diff(np.round(steps)) == 1)
    assert ends.chosen.profit == max(rest.profit for rest in ends.rests)
    assert ends.rests[0] is ends.from_minimum
    for rest in ends.rests:
        assert provider_of(found).rest(rest.worth).profit == pytest.approx(rest.profit)


BLENDS_WITH_CLIFFS: list[tuple[dict[str, Any], float]] = [
    (
        {"results_share": 0.8, "pay_on": "half", "threshold_rule": "all_or_nothing", "results_cap": 0.5}
        | {"most_deducted": 0.25},
        267.69,
    ),
    (
        {"results_share": 1.0, "annual_top_up": "yes", "flat_zone": "interval", "zone_points": 1.0}
        | {"results_cap": 2.0, "most_deducted": 1.0, "max_effect": 0.8},
        3139.92,
    ),
]
"""What sets two contracts apart, and the most that any of many prices alike for all metrics leaves, £ per person."""


@pytest.mark.parametrize(("values", "grid"), BLENDS_WITH_CLIFFS)
def test_a_large_cohort_is_searched_beside_the_line(values: dict[str, Any], grid: float) -> None:
    """Both were missed: the grid left £358 and £759 more, since only small cohorts were searched."""
    scenario = Scenario(
        **{"metric": "blend", "need_premium": 0.3, "target": "own", "priced_reduction": 0.15, "threshold": 0.1},
        **{"binary_hurdle": "yes", "deductions": "none", "hour_cost": 15.0, "progress_effect": 1.0, **values},
    )
    found = evaluate(scenario, shipped.load("georgia_parole"))
    assert found.mechanics is not None
    assert found.mechanics.equilibrium.chosen.profit > grid + 1.0


PAST_A_CLIFF: list[tuple[str, dict[str, Any], float]] = [
    (
        "georgia_parole",
        {"metric": "blend", "threshold": 0.1, "threshold_rule": "steps", "pay_on": "half", "results_cap": 0.5}
        | {"max_effect": 0.3, "target": "own"},
        -103.93,
    ),
    (
        "greater_manchester",
        {"metric": "frequency", "results_share": 0.5, "pay_on": "excess", "binary_hurdle": "yes", "results_cap": 2.0}
        | {"deductions": "none", "need_premium": 0.3, "priced_reduction": 0.15, "max_effect": 0.8},
        16.24,
    ),
    (
        "greater_manchester",
        {"metric": "blend", "results_share": 0.8, "flat_zone": "interval", "zone_points": 1.0, "threshold": 0.1}
        | {"threshold_rule": "all_or_nothing", "binary_hurdle": "yes", "deductions": "none", "most_deducted": 1.0}
        | {"max_effect": 0.3, "hour_cost": 15.0, "target": "own"},
        744.40,
    ),
]
"""People, contracts without luck, and the most that any of many prices alike for all metrics leaves, £ per person."""


@pytest.mark.parametrize(("people", "values", "grid"), PAST_A_CLIFF)
def test_just_past_a_cliff_of_one_metric_most_may_be_left(people: str, values: dict[str, Any], grid: float) -> None:
    """They were missed, by £136, £259 (beyond the end of the line) and £2 a head."""
    found = evaluate(Scenario(**{"results_share": 1.0, **values}), shipped.load(people))
    assert found.mechanics is not None
    assert found.mechanics.equilibrium.chosen.profit > grid - 0.01


def test_a_blends_turn_is_where_its_profit_turns() -> None:
    """It was taken where a fall of everyone's log-odds alike would not pay: −£195, though the grid left −£180."""
    scenario = Scenario(
        **{"metric": "blend", "target": "own", "measured_people": 10000.0, "measured_period": "quarter"},  # type: ignore[arg-type]
        **{"flat_zone": "interval", "threshold": 0.06, "binary_hurdle": "yes", "most_deducted": 1.0},  # type: ignore[arg-type]
        progress_effect=1.0,
    )
    found = evaluate(scenario, shipped.load("georgia_parole"))
    assert found.mechanics is not None
    assert found.mechanics.equilibrium.chosen.profit > -179.6


def test_a_rest_far_from_the_line_is_reached_whatever_was_asked_before() -> None:
    """Hours sought from those of another price ended a last digit away, and the rest that was found left £790 less."""
    contract = {"metric": "blend", "target": "own", "results_share": 0.6594, "priced_reduction": 0.01}
    blend = {"blend_severity": 0.0, "blend_progress": 0.0, "contract_value": 10_000.0, "total_spend": "grows"}
    premiums = {"need_premium": 1.0, "area_multiplier": 1.8963, "multiple_needs_premium": 0.5009}
    measured = {"measured_people": 40_000.0, "baseline_people": 33_649.0, "who_comes": "mix", "annual_top_up": "yes"}
    clauses = {"threshold": 0.0398, "threshold_rule": "steps", "pay_on": "excess", "binary_hurdle": "yes"}
    limits = {"deductions": "none", "results_cap": 3.0, "most_deducted": 1.4082, "flat_zone": "fixed"}
    support = {"hour_cost": 120.0, "case_cost": 0.0, "minimum_hours": 65.8546, "max_effect": 1.0, "need_drag": 1.0}
    others = {"area_drag": 0.6003, "social_cost": 1000.0, "benchmark": "socially_worthwhile", "zone_points": 0.0}
    away = {"area_index": "employment", "payment_lag_months": 0.0, "cost_of_capital": 0.3, "needed_budget": 587.5398}
    values: dict[str, Any] = contract | blend | premiums | measured | clauses | limits | support | others | away
    found = evaluate(Scenario(cohort="georgia_parole", **values), shipped.load("georgia_parole"))
    assert found.mechanics is not None
    assert found.mechanics.equilibrium.chosen.profit == pytest.approx(78_665.55, abs=0.1)
