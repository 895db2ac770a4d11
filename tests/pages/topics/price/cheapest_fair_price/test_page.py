"""The cheapest fair price: every part opens for every price and people, says what the model says, and can be used."""

import pytest

from pages.topics.price.cheapest_fair_price import left_out_words
from pages.topics.price.cheapest_fair_price.parts import OTHERS
from pricing.people import shipped
from pricing.questions.cheapest.answer import answer
from pricing.scenario.scenario import Scenario, specs
from tests.examples import EXPLORED
from tests.pages.visit import all_words, check, check_parts, evaluated, press, settings, visit, visit_with, words

METRICS = ["binary", "frequency", "blend"]
PAGE, TITLE = "cheapest_fair_price", "The cheapest fair price"


@EXPLORED
@pytest.mark.parametrize("cohort", shipped.names())
@pytest.mark.parametrize("metric", METRICS)
def test_every_part_can_be_shown(cohort: str, metric: str) -> None:
    """Each part for each people, and for each metric."""
    at = visit_with(PAGE, Scenario(cohort=cohort, metric=metric))
    check_parts(at, TITLE, PAGE, shipped.names().index(cohort) + METRICS.index(metric))


def test_the_verdict_is_the_models() -> None:
    at = visit(PAGE)
    found = answer(evaluated(Scenario()))
    said = at.subheader[0].value.replace("\\", "")
    assert said.startswith("It can be done, but not within your limits")
    assert f"£{found.chosen.cost:,.0f} a person" in said
    assert at.main.metric[1].value == f"{found.chosen.share:.0%}"
    everything = " ".join(all_words(at, PAGE)).replace("\\", "")
    assert "3 groups set this price" in everything
    assert "at most £2.54 a person" in everything
    assert "kept to 3,170 of 7,794 people" in everything
    assert "the minimum for 31% of people (parking)" in everything
    assert "costs £2,310 a person" in everything


def test_within_wide_limits_it_says_yes() -> None:
    at = visit(PAGE, most_on_results="0.9", most_spent="3000")
    assert at.subheader[0].value.startswith("It can be done, but not")
    assert visit(PAGE, most_on_results="0.9", most_spent="3000", reserves="500000").subheader[0].value.startswith("Yes")
    assert visit(PAGE, most_spent="1500").subheader[0].value.startswith("Not within your limits")


def test_the_price_can_be_used_and_keeps_its_promise() -> None:
    at = press(visit(PAGE), "Use this price")
    found = settings(at)
    assert found["target"] == "own"
    assert found["results_share"] == pytest.approx(0.819, abs=1e-3)
    assert found["need_premium"] == pytest.approx(0.2175, abs=1e-4)


def test_what_cannot_be_promised_is_refused_in_words() -> None:
    at = visit(PAGE, metric="progress", target="own")
    check(at, TITLE)
    assert at.error[0].value == "There is no answer to this question."
    assert "No price on this measure can keep the promise to 1,043 people without a need: " in at.text[-1].value


@pytest.mark.parametrize("metric", OTHERS)
def test_where_no_price_on_needs_met_will_do_another_measure_is_a_press_away(metric: str) -> None:
    at = visit(PAGE, metric="progress", most_spent="3000")
    assert left_out_words.NOTHING_COUNTED in words(at)
    press(at, f"Pay for: {specs()['metric'].choices[metric]}")
    check(at, TITLE)
    assert not at.error
    assert at.subheader[0].value
    assert (settings(at)["metric"], settings(at)["most_spent"]) == (metric, 3000.0)


def test_a_question_with_another_mistake_offers_no_other_measure() -> None:
    at = visit(PAGE, specified_share="1", metric="progress")
    assert at.error
    assert left_out_words.NOTHING_COUNTED not in words(at)


def test_a_measure_that_contradicts_the_rest_is_not_offered() -> None:
    at = visit(PAGE, metric="progress", target="none")
    offered = [button.label for button in at.main.button if button.label.startswith("Pay for: ")]
    assert offered == [f"Pay for: {specs()['metric'].choices['binary']}"]


def test_clauses_and_prices_that_no_link_holds_are_said() -> None:
    bent = visit(PAGE, threshold="0.05", measured_people="5000")
    assert any("Clauses that bend pay are left out" in said.value for said in bent.main.caption)
    table = visit(PAGE, schedules="table", part="answer")
    assert any("Download the table instead" in said.value for said in table.main.text)
