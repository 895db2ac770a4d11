"""A share on results has two numbers, and the reduction that a price is set for is one of odds."""

import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario.in_words import SINGULAR, written
from pricing.scenario.scenario import Scenario, specs
from pricing.words import shares
from pricing.words.numbers import counted, in_100, short_of_a_pound
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
    assert share_for_results(-0.001) == "0%"
    assert share_for_results(-0.476) == "none: 48% as much is taken back"
    said = shares.both(evaluate(Scenario(need_premium=0.6, results_share=0.2), GM))
    assert "−" not in said


def test_what_may_be_is_never_none_in_a_hundred() -> None:
    """Half of one was rounded to even."""
    assert [in_100(chance) for chance in (0.0, 0.004, 0.005, 0.006, 0.025, 0.9951, 1.0)] == [
        *("0 in 100", "under 1 in 100", "1 in 100", "1 in 100", "2 in 100", "over 99 in 100", "100 in 100")
    ]


def test_one_of_anything_is_in_the_singular() -> None:
    assert [counted(number, "person", "people") for number in (0, 1, 1.2, 2, 1e6)] == [
        *("0 people", "1 person", "1 person", "2 people", "1,000,000 people")
    ]
    for name, spec in specs().items():
        if spec.unit in SINGULAR and spec.low <= 1 <= spec.high:
            assert written(spec, 1.0) == (spec.worded(1.0) or f"1 {SINGULAR[spec.unit]}"), name
    units = {spec.unit for spec in specs().values()}
    assert set(SINGULAR) <= units


def test_what_is_a_pound_but_for_its_last_digits_is_one() -> None:
    """The cheapest price pays the groups that set it back £1 exactly: no mark of less than that stands beside them."""
    amounts = (0.5, 0.9965, 0.99999, 1 - 1e-9, 1.0, 1.004, float("nan"))
    assert [short_of_a_pound(amount) for amount in amounts] == [*[True] * 3, *[False] * 4]
