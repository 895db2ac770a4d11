"""Contracts that are not linear: what holds for every one of them, and the linear one left as it was."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.contract import results_pay
from pricing.contract.cohort_change import Changes
from pricing.contract.effective_price import Mechanics
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.how_sure import how_sure
from pricing.questions.results_paid import AREAS, Path, chance_in_area, contract_of, curve, in_area, results_paid
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups, take
from tests.examples import examples, in_turn
from tests.properties.test_identities import cohorts, scenarios

CLAUSES = [
    {"flat_zone": "fixed", "measured_people": 2000.0},
    {"flat_zone": "interval", "measured_people": 2000.0, "pay_on": "excess"},
    {"flat_zone": "interval", "measured_people": 6000.0, "measured_period": "quarter", "annual_top_up": "yes"},
    {"threshold": 0.1, "measured_people": 3000.0, "deductions": "none"},
    {"threshold": 0.05, "threshold_rule": "all_or_nothing", "measured_people": 800.0, "results_share": 0.6},
    {"threshold": 0.02, "threshold_rule": "steps", "deductions": "none", "measured_people": 5000.0},
    {"results_cap": 0.5, "most_deducted": 0.25, "measured_people": 5000.0, "results_share": 0.6},
    {"metric": "frequency", "target": "own", "binary_hurdle": "yes", "measured_people": 3000.0},
    {"metric": "blend", "deductions": "none", "measured_people": 3000.0, "need_premium": 0.3},
]


def bent(scenario: Scenario, people: Cohort) -> tuple[Evaluation, Mechanics]:
    found = evaluate(scenario, people)
    assert found.mechanics is not None
    return found, found.mechanics


@given(scenarios(), cohorts(), st.floats(1, 40000), st.sampled_from(["year", "quarter"]))
def test_luck_alone_leaves_every_number_of_the_linear_contract(
    scenario: Scenario, people: Cohort, measured: float, period: str
) -> None:
    plain = evaluate(scenario, people)
    lucky = evaluate(scenario.with_(measured_people=measured, measured_period=period), people)
    assert lucky.mechanics is None
    assert lucky.totals == plain.totals
    assert lucky.rows().equals(plain.rows())


@given(scenarios(target="own"), cohorts(), st.floats(0, 40000))
def test_the_linear_contracts_effective_price_is_its_price(scenario: Scenario, people: Cohort, measured: float) -> None:
    terms = evaluate(scenario, people).terms
    found = results_pay.settle(scenario.with_(measured_people=measured, most_deducted=0.0), terms, people)
    assert found.straight
    for change in (-0.1, 0.0, 0.2):
        assert np.array_equal(found.marginal(np.full(len(found.metrics), change)), found.value)
    assert found.unit_prices(found.value) == pytest.approx(dict(terms.unit_prices), rel=1e-12)


@given(scenarios(), cohorts(), st.floats(0.025, 3))
def test_a_limit_on_deductions_that_cannot_be_reached_leaves_every_number_of_the_linear_contract(
    scenario: Scenario, people: Cohort, most: float
) -> None:
    plain, limited = evaluate(scenario, people), evaluate(scenario.with_(most_deducted=most), people)
    money = scenario.results_share * scenario.contract_value * float(people.people.sum())
    if scenario.total_spend == "fixed" and plain.totals["deadweight"] > -most * money * (1 - 1e-9):
        assert limited.mechanics is None
    if limited.mechanics is None:
        assert limited.totals == plain.totals
        assert limited.rows().equals(plain.rows())
    else:
        assert scenario.target == "one"
        assert limited.totals["deadweight"] > plain.totals["deadweight"]


@pytest.mark.parametrize("blend", [False, True])
def test_no_more_is_deducted_than_the_limit_where_a_common_target_with_premiums_asks_for_more(blend: bool) -> None:
    scenario = Scenario(need_premium=1.0, metric="blend" if blend else "binary", results_share=0.4, most_deducted=0.2)
    people = six_groups()
    _, found = bent(scenario, people)
    money, change = 0.4 * scenario.contract_value, np.zeros(len(found.contract.metrics))
    unlimited = evaluate(scenario.with_(most_deducted=0.0), people).totals["deadweight"] / people.people.sum()
    assert unlimited < -0.2 * money
    assert found.pay_at_no_effect == pytest.approx(-0.2 * money, rel=1e-9)
    assert found.pay >= -0.2 * money * (1 + 1e-9)
    far = np.array([0.01, 0.2, 0.4])[:, None] + change
    expected = np.maximum(found.contract.linear(far), -0.2 * money)
    assert found.contract.expected(far) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("period", ["year", "quarter"])
def test_a_blend_under_a_limit_is_what_simulated_measures_of_its_metrics_together_would_pay(period: str) -> None:
    plain = Scenario(metric="blend", measured_people=900.0, measured_period=period, results_share=0.3)
    scenario = plain.with_(most_deducted=1.0)
    people = six_groups()
    _, found = bent(scenario, people)
    contract, changes = found.contract, Changes.of(scenario, people, found.contract.metrics)
    luck = np.random.default_rng(11)
    size = 900 / (4 if period == "quarter" else 1)
    money, line = 0.3 * scenario.contract_value, contract.line
    assert line is not None
    for effect, change in zip(line.places, line.changed, strict=True):
        # Luck is that of the people as their provider's support leaves them; without any, of the people as they were.
        there = changes.covariance(np.clip(effect, 0.0, line.places[line.supported][-1]))
        draws = luck.multivariate_normal(np.zeros(4), there / np.outer(changes.base, changes.base), 50_000)
        paid = np.maximum((change + draws / np.sqrt(size)) @ contract.value, -money)
        error = 4 * paid.std() / np.sqrt(len(paid))
        assert float(contract.expected(change)) == pytest.approx(paid.mean(), abs=error + 1e-3 * money)


@examples(15)
@given(scenarios(mechanics=True), cohorts())
def test_whatever_the_clauses_payments_sum_to_the_commissioners_spend(scenario: Scenario, people: Cohort) -> None:
    found = evaluate(scenario, people)
    paid = found.schedule.fee + found.schedule.results(found.account.response.effect(found.incentives.chosen_hours))
    scale = 1e-9 * people.total(np.abs(paid)) + 1e-6
    assert people.people @ paid == pytest.approx(found.totals["spend_at_chosen"], abs=scale)
    if found.mechanics is not None:
        expected = float(people.people.sum()) * found.mechanics.pay
        tolerance = 1e-6 * abs(expected) + 1e-6 * scenario.contract_value * float(people.people.sum())
        assert found.totals["spend_at_chosen"] - found.totals["fee"] == pytest.approx(expected, abs=tolerance)


@examples(10)
@given(scenarios(mechanics=True), cohorts())
def test_the_curves_of_any_contract_are_numbers(scenario: Scenario, people: Cohort) -> None:
    found = results_paid(evaluate(scenario, people))
    for values in vars(found.curve).values():
        assert np.all(np.isfinite(values))
    assert np.all((found.curve.chance >= 0) & (found.curve.chance <= 1))
    assert np.all(found.curve.low <= found.curve.high)
    # Between the places at which luck of many people is known, a polynomial mixes it: pay may fall by so little.
    assert np.all(found.curve.factor >= -1e-5)


@pytest.mark.parametrize("clauses", CLAUSES)
def test_the_effective_price_is_the_derivative_of_expected_pay_at_the_chosen_effort(clauses: dict[str, Any]) -> None:
    _, found = bent(Scenario(**clauses), six_groups())
    chosen, contract, step = found.equilibrium.chosen, found.contract, 1e-5
    for k, worth in enumerate(chosen.worth):
        move = np.eye(len(chosen.worth))[k] * step
        at = [float(contract.expected(chosen.change + j * move)) for j in (-2, -1, 1, 2)]
        slope = (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * step)
        assert worth == pytest.approx(slope, rel=1e-6, abs=1e-5 * contract.value.max())


@pytest.mark.parametrize("clauses", CLAUSES)
def test_the_chosen_hours_bring_about_the_change_they_are_priced_at(clauses: dict[str, Any]) -> None:
    found, what = bent(Scenario(**clauses), six_groups())
    changes = Changes.of(found.scenario, found.cohort, what.contract.metrics)
    reached = changes.at(found.account.response.effect(found.incentives.chosen_hours))
    assert reached == pytest.approx(what.equilibrium.chosen.change, abs=1e-8)


@pytest.mark.parametrize("clauses", CLAUSES)
def test_splitting_ordering_and_scaling_leave_the_equilibrium_alone(clauses: dict[str, Any]) -> None:
    people = six_groups()
    scenario = Scenario(
        **clauses, contract_value=3000.0, needed_budget=3000.0, hour_cost=30.0, case_cost=600.0, social_cost=20000.0
    )
    split = take(people, [5, 0, 0, 2, 1, 3, 4])
    split.people[1] *= 0.25
    split.people[2] *= 0.75
    dearer = scenario.with_(
        contract_value=6000.0, needed_budget=6000.0, hour_cost=60.0, case_cost=1200.0, social_cost=40000.0
    )
    one = evaluate(scenario, people)
    other, scaled = evaluate(scenario, split), evaluate(dearer, people)
    assert other.totals == pytest.approx(one.totals, rel=1e-7, abs=1e-3)
    assert scaled.incentives.chosen_hours == pytest.approx(one.incentives.chosen_hours, rel=1e-6, abs=1e-5)
    assert scaled.totals["spend_at_chosen"] == pytest.approx(2 * one.totals["spend_at_chosen"], rel=1e-7)


@pytest.mark.parametrize("clauses", CLAUSES[:7])
def test_no_other_level_of_support_near_the_rest_leaves_more(clauses: dict[str, Any]) -> None:
    """Brute force along the line of prices: the profit of the whole cohort has a peak at each rest."""
    people = six_groups()
    found, what = bent(Scenario(**clauses), people)
    contract, scenario, response = what.contract, found.scenario, found.account.response
    changes = Changes.of(scenario, people, contract.metrics)
    best = what.equilibrium.chosen
    for scale in (0.9, 0.99, 1.01, 1.1):
        minimum = scenario.minimum_hours
        hours = minimum + scale * (best.hours - minimum)
        pay = scenario.present_value * float(contract.expected(changes.at(response.effect(hours))))
        assert pay - scenario.hour_cost * people.mean(hours) <= best.profit + 1e-6


def test_a_contract_that_rewards_good_work_only_if_it_is_done_already_is_shown_as_a_trap() -> None:
    trap = Scenario(threshold=0.06, threshold_rule="all_or_nothing", deductions="none", results_share=0.8)
    found, what = bent(trap.with_(measured_people=20000.0), shipped.load("greater_manchester"))
    ends = what.equilibrium
    assert ends.others == (ends.from_minimum,)
    assert ends.chosen is ends.from_benchmark
    assert ends.from_minimum.hours == pytest.approx(np.full_like(ends.chosen.hours, 6.0))
    assert found.cohort.mean(ends.chosen.hours) > 20
    assert ends.chosen.profit > ends.from_minimum.profit


def test_a_zone_wider_than_anyone_aims_for_rewards_nothing() -> None:
    found, what = bent(Scenario(flat_zone="fixed"), shipped.load("greater_manchester"))
    assert what.factor < 1e-9
    assert found.payback == pytest.approx(0.0, abs=1e-9)
    assert found.totals["parked_people"] == found.totals["people"]


def test_a_premium_on_results_can_hold_a_cohort_below_a_common_target() -> None:
    people = shipped.load("greater_manchester")
    settings = {"deductions": "none", "measured_people": 3000.0}
    premium = {"need_premium": 0.3, "area_multiplier": 1.5}
    _, without = bent(Scenario(**settings), people)
    _, common = bent(Scenario(**settings, **premium), people)
    _, own = bent(Scenario(**settings, **premium, target="own"), people)
    assert common.factor < 0.05
    assert min(without.factor, own.factor) > 0.5


def test_terms_at_the_margin_say_what_one_more_person_meets() -> None:
    found, what = bent(Scenario(flat_zone="fixed", measured_people=3000.0), six_groups())
    price = found.terms.unit_prices["binary"]
    assert found.terms_at_margin.unit_prices["binary"] == pytest.approx(what.factor * price, rel=1e-9)
    assert replace(found.terms_at_margin, unit_prices=found.terms.unit_prices, lump=0.0) == found.terms


@pytest.mark.parametrize("clauses", [CLAUSES[0], CLAUSES[7]])
def test_draws_stand_around_the_contract_as_it_is_bent(clauses: dict[str, Any]) -> None:
    """The central draw, before it is anchored, is the evaluation itself: strata lose little, and prices nothing."""
    people = shipped.load("greater_manchester")
    found, _ = bent(Scenario(**clauses), people)
    drawn = how_sure.draw(found, how_sure.strata_for(found.scenario, people))
    centre = drawn.sums["extra_pay"][0] @ drawn.strata.people / (drawn.sums["extra_cost"][0] @ drawn.strata.people)
    assert centre == pytest.approx(found.payback, rel=0.05)


@pytest.mark.parametrize(
    ("clauses", "area"), in_turn([{}, *CLAUSES], [name for name in AREAS if name != "small_year"]), ids=str
)
def test_an_area_of_the_contracts_own_size_has_the_contracts_own_curve(
    clauses: dict[str, float | str], area: str
) -> None:
    """Whatever its clauses, a hurdle among them, which is one metric more than those that are priced.

    The contract's is read off a table, the area's is not. The table goes by the places of a line that bends at each:
    expected pay is off by a few in 100,000, its slope and a chance by 1 in 1,000.
    """
    people, period = AREAS["small_year"]
    scenario = Scenario(**clauses | {"measured_people": people, "measured_period": period, "annual_top_up": "no"})  # type: ignore[arg-type]
    evaluation = evaluate(scenario, six_groups())
    own, path = results_paid(evaluation).curve, Path.of(contract_of(evaluation))
    there = {name: curve(*in_area(evaluation, name), path) for name in ("small_year", area)}
    for name, values in vars(own).items():
        near = {"expected": 5e-5, "factor": 2e-3, "chance": 2e-3}.get(name, 1e-9) * float(np.abs(values).max())
        assert vars(there["small_year"])[name] == pytest.approx(values, rel=1e-9, abs=near), name
    for name, whole in there.items():
        found = chance_in_area(evaluation, name)
        assert np.array_equal(found.points, whole.points)
        assert np.abs(found.chance - whole.chance).max() < 0.03
