"""What a price costs, and the line that says what it is, against sums of their own and settings drawn at random."""

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.small_provider import seats
from pricing.scenario import in_words
from pricing.scenario.scenario import Scenario, specs
from pricing.words import cautions
from pricing.words.numbers import in_force, pounds, prices
from pricing.words.spend import sentence, spend
from tests.cohorts import thinned
from tests.examples import examples

GM = shipped.load("greater_manchester")
SOME = thinned(GM, 300)
"""Of whom words are held against sums of their own, whatever the price."""
FOUR_TIMES = Scenario(
    metric="frequency",
    results_share=0.1,
    need_premium=0.3,
    area_multiplier=1.5,
    contract_value=2500.0,
    target="own",
    priced_reduction=0.03,
    total_spend="grows",
)
"""A price whose 2,500 a person, 10% of it on results, costs four times that, half of it for results."""
TERMS = [name for name, spec in specs().items() if spec.group in in_words.TERMS and name != "cohort"]


def codes(evaluation: Evaluation) -> set[str]:
    return {caution.code for caution in cautions.find(evaluation)}


def test_a_price_that_costs_four_times_what_is_set_aside_says_so() -> None:
    found = evaluate(FOUR_TIMES, GM)
    cost = spend(found)["chosen"]
    people, schedule = GM.people, found.schedule
    paid = people @ (schedule.fee + found.incentives.results_at_chosen)
    assert cost.in_all == pytest.approx(paid)
    assert cost.a_head == pytest.approx(paid / people.sum())
    assert cost.on_results == pytest.approx(1 - people @ schedule.fee / paid)
    assert 4 * 2500 < cost.a_head < 4.2 * 2500
    assert 0.45 < cost.on_results < 0.5
    said = sentence(found)
    for text in (f"£81.54m (£10,192 a person, {cost.on_results:.0%} of it for results)", "£75.96m (£9,494 a person"):
        assert text in said
    assert said.endswith("Set aside: £20.00m (£2,500 a person).")
    assert "beyond_set_aside" in codes(found)
    line = in_force(FOUR_TIMES)
    assert line.startswith("£2,500 per person per year set aside, 10% of it on results; ")
    for text in ("; premium per complex need: 30%", "most deprived areas: 1.5×", "price is set for: 3%", "Own target"):
        assert text in line


LOSES = Scenario(results_share=0.5, need_premium=0.3, area_multiplier=1.5)
"""A price that looks cheap: it costs half of what is set aside, and pays less than what it rewards costs."""


def test_a_price_that_pays_less_than_support_costs_is_said_to_be_no_saving() -> None:
    found = evaluate(LOSES, GM)
    seat = seats.large_provider(found)
    assert seat.margin < 0
    said = {caution.code: caution.sentence for caution in cautions.find(found)}["loses_at_best"]
    assert said.startswith(f"Even doing what pays best, a provider loses {pounds(-seat.margin)} a person on average")
    assert said.endswith("is no saving: part of the work is not paid for.")
    assert "walks_away" in {flag.code for flag in seat.flags}
    with_mission = {each.code: each.sentence for each in cautions.find(evaluate(LOSES.with_(mission_weight=0.2), GM))}
    assert with_mission["loses_at_best"].startswith("With the support that it and the mission that is set reward, a")
    assert "loses_at_best" not in codes(evaluate(Scenario(), GM))
    given = Scenario(results_share=0.0, mission_weight=1.0, contract_value=1500.0, needed_budget=2240.0)
    dear = cautions.loses_at_best(evaluate(given, GM))
    assert dear is not None
    assert "no saving" not in dear.sentence, "it costs what was set aside"


def test_the_default_is_named_alone_and_costs_less_than_was_set_aside() -> None:
    found = evaluate(Scenario(), GM)
    assert in_force(Scenario()) == "£2,240 per person per year set aside, 20% of it on results."
    assert "beyond_set_aside" not in codes(found)
    assert spend(found)["benchmark"].a_head > 2240 > spend(found)["chosen"].a_head > 0.8 * 2240


def test_a_fee_costs_the_same_at_any_effort() -> None:
    said = sentence(evaluate(Scenario(results_share=0.0), GM))
    assert said.startswith("Expected to cost £17.92m (£2,240 a person, none of it for results), with the support that")
    assert "£17.92m (£2,240 a person)." in said


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Prices with up to six terms off their defaults; no target goes with no clause, which would be refused."""
    names = draw(st.lists(st.sampled_from([n for n in TERMS if n != "target"]), max_size=6, unique=True))
    values: dict[str, Any] = {"target": draw(st.sampled_from(["one", "own"]))}
    for name in names:
        spec = specs()[name]
        value = st.sampled_from(list(spec.choices)) if spec.choices else st.floats(spec.low, spec.high)
        values[name] = float(round(drawn)) if isinstance(drawn := draw(value), float) and spec.counted else drawn
    if values.get("metric") == "blend":
        values = {name: value for name, value in values.items() if not name.startswith("blend_")}
    return Scenario(**values)


@examples(60)
@given(scenarios())
def test_every_term_that_differs_is_named_and_the_warning_is_right(scenario: Scenario) -> None:
    line, found = in_force(scenario), evaluate(scenario, SOME)
    for name in in_words.changes(scenario):
        spec, weighed = specs()[name], {"blend": scenario.metric == "blend", "rate_card": False}
        if weighed.get(spec.group, True) and name not in ("contract_value", "results_share"):
            assert f"; {spec.label[0].lower()}{spec.label[1:]}: " in line
    cost = spend(found)["chosen"]
    assert cost.a_head * SOME.people.sum() == pytest.approx(found.totals["spend_at_chosen"])
    assert ("beyond_set_aside" in codes(found)) == (round(cost.a_head) > scenario.contract_value)
    assert f"({pounds(cost.a_head)} a person" in sentence(found)
    left = float(SOME.people @ found.incentives.margin_at_chosen) / SOME.people.sum()
    assert ("loses_at_best" in codes(found)) == (left <= -cautions.ROUNDING and "below_cost" not in codes(found))
    assert math.isnan(cost.on_results) or cost.on_results <= 1
    assert ("taken back" in sentence(found)) >= (round(cost.for_results) < 0 < scenario.results_share)


def test_a_line_for_print_counts_what_it_leaves_out() -> None:
    named = in_force(FOUR_TIMES, 2)
    assert named.endswith("; and 4 more terms that are not at their defaults.")
    assert named.count(": ") == 2


def test_one_term_left_out_is_one() -> None:
    assert in_force(FOUR_TIMES, 5).endswith("; and 1 more term that is not at its default.")


def test_a_small_price_is_not_rounded_by_a_percent() -> None:
    found = evaluate(Scenario(metric="blend", target="own"), GM)
    said = [float(text.replace(",", "")) for text in re.findall(r"£([\d,.]+\d)", prices(found))]
    assert said == [pytest.approx(price, rel=0.011) for price in found.terms.unit_prices.values()]
