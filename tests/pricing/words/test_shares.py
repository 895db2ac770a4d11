"""A share on results has two numbers, and the reduction that a price is set for is one of odds."""

import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario.scenario import Scenario
from pricing.words import shares
from pricing.words.spend import share_for_results

GM = shipped.load("greater_manchester")


@pytest.mark.parametrize(("metric", "fall"), [("binary", 0.0379), ("frequency", 0.075)])
def test_the_reduction_is_of_odds_and_less_of_people(metric: str, fall: float) -> None:
    assert shares.falls(evaluate(Scenario(metric=metric), GM))[metric] == pytest.approx(fall, abs=5e-4)


def test_a_share_on_paper_is_another_of_what_is_paid() -> None:
    found = evaluate(Scenario(), GM)
    assert shares.of_what_is_paid(found) == pytest.approx(0.33, abs=0.01)
    assert "Written share on results: 20%." in shares.both(found)
    assert "12.5%" in shares.both(evaluate(Scenario(results_share=0.125), GM))
    assert shares.both(evaluate(Scenario(results_share=1.0), GM)).startswith("Written share on results: 100%.")
    assert "Nothing" in shares.both(evaluate(Scenario(results_share=0.0), GM))


def test_where_more_is_taken_back_than_paid_no_share_of_it_is_told() -> None:
    said = shares.both(evaluate(Scenario(results_share=1.0, need_premium=0.6), GM))
    assert said.endswith("When people get what they need, nothing is paid once what is taken back comes off.")


def test_the_falls_of_a_blend_are_one_sentence() -> None:
    said = shares.priced_fall(evaluate(Scenario(metric="blend", target="own"), GM))
    assert said.count(" and ") == 1
    assert ", days of harm fall by 7.50% and needs met rise by " in said


def test_a_share_below_nothing_is_said_as_what_is_taken_back() -> None:
    assert share_for_results(0.094) == "9%"
    assert share_for_results(-0.476) == "none: 48% as much is taken back"
    said = shares.both(evaluate(Scenario(need_premium=0.6, results_share=0.2), GM))
    assert "−" not in said
