"""The trustees' report: its figures are the model's, its sentences hold, it is whole and escaped.

How it prints is tests/e2e/test_take_away.py's.
"""

from dataclasses import replace
from functools import cache

import pytest

from pricing.evaluate import Evaluation
from pricing.questions.small_provider import cash, surplus, trustees
from pricing.questions.small_provider.said import questions, verdict_words, words
from pricing.scenario import in_words
from pricing.scenario.provider import GROUP
from pricing.scenario.scenario import Scenario, specs
from pricing.take_away import board, trustees_report
from pricing.words.numbers import pounds
from tests.pricing.take_away import covers
from tests.pricing.take_away.test_printed import Parts

SMALL = covers.OWN.with_(clients=12, held="prime", partners=3, reserves=20_000, cost_of_capital=0.1, need_premium=0.2)
MIX = covers.OWN.with_(who_comes="mix")
"""Where exactly these people come, luck is worked out in a tenth of the time."""
DEALS = {
    "as it stands": Scenario(),
    "without a limit": MIX.with_(most_lost=0),
    "success only": MIX.with_(deductions="none"),
    "nothing on results": covers.OWN.with_(results_share=0),
    "poor": MIX.with_(contract_value=900),
    "rich": MIX.with_(contract_value=6000),
    "small, under a prime": SMALL,
}


@cache
def report(scenario: Scenario) -> str:
    """The report of a scenario, read once for all tests."""
    return trustees_report.write(covers.of(scenario))


def said_of(scenario: Scenario) -> str:
    """The words of a scenario's report, on one line."""
    return " ".join(Parts(report(scenario)).words.split())


def under(scenario: Scenario, **changes: float) -> tuple[Evaluation, Scenario]:
    """The scenario's evaluation with other settings of its provider."""
    other = scenario.with_(**changes)  # type: ignore[arg-type]
    return replace(covers.of(scenario).evaluation, scenario=other), other


@pytest.mark.parametrize("name", DEALS)
def test_what_the_report_says_is_what_the_model_finds(name: str) -> None:
    scenario = DEALS[name]
    cover = covers.of(scenario)
    evaluation = cover.evaluation
    said = said_of(scenario)
    year = surplus.of(evaluation)
    assert verdict_words.verdict(trustees.verdict(evaluation)) in said
    assert words.headline(year) in said
    assert cover.evaluation.cohort.caution in said
    for short in (0.16, 0.48):
        left = surplus.of(under(scenario, volume_delivered=round(1 - short, 2))[0]).expected
        assert f"{words.brings(left)} with {100 * short:.0f}% fewer" in said
    assert questions.EXIT in said
    assert questions.TITLE in said


@pytest.mark.parametrize("name", DEALS)
def test_the_least_that_results_must_bring_leaves_an_average_year_at_nothing(name: str) -> None:
    scenario = DEALS[name]
    year = surplus.of(covers.of(scenario).evaluation)
    line = board.results_line(scenario, year)
    if not scenario.results_share:
        assert line.startswith("Nothing is paid on results")
        return
    least = year.costs + year.set_up - year.fee
    assert line.endswith(f"{board.bring(least)}.")
    assert ("only if" in line) == (year.expected < 0)


@pytest.mark.parametrize("name", DEALS)
def test_the_limit_on_what_is_taken_back_is_told_with_the_worst_year_under_another(name: str) -> None:
    scenario = DEALS[name]
    line = said_of(scenario).partition("The contract says what can be taken back. ")[2].partition("You can wait")[0]
    if scenario.deductions == "none" or not scenario.results_share:
        assert "nothing is ever taken back" in line
        return
    other = 0.0 if scenario.most_lost else 1.0
    worst = surplus.of(under(scenario, most_lost=other)[0]).worst_year
    assert words.loss_or_gain(-worst) in line
    assert ("there is no limit" in line) == (not scenario.most_lost)


def test_a_range_of_clients_under_a_prime_has_one_average_year_and_one_worst() -> None:
    """Its questions were filled from a second working of the same year: £4 and £22 from the figures above them."""
    ranged = SMALL.with_(clients=60, volume_spread=0.3, partners=1)
    said, year = said_of(ranged), surplus.of(covers.of(ranged).evaluation)
    above, _, asked = said.partition(questions.TITLE)
    assert f"Left in the worst year in 20{pounds(-year.worst_year)}" in above
    assert "42 to 78 clients a year of 60 promised, each number as likely: a mix" in above
    assert f"in the worst year in 20 {words.loss_or_gain(-year.worst_year)}." in asked
    assert f"In an average year we would have {words.loss_or_gain(year.expected)}, in the worst" in asked
    assert above.count(words.give_or_take(ranged)) == asked.count(words.give_or_take(ranged)) == 1


def test_amounts_that_results_bring_keep_their_direction() -> None:
    assert board.bring(1200) == "bring £1,200"
    assert board.bring(-1200) == "take back £1,200"
    assert board.bring(-0.3) == "bring nothing"


def test_who_waits_for_money_is_told_what_is_missing() -> None:
    bank = cash.cash(cash.plan(SMALL, surplus.of(covers.of(SMALL).evaluation)))
    assert bank.trough < 0
    assert f"{pounds(-bank.trough)} is missing in month {bank.trough_month}: a loan" in said_of(SMALL)
    assert f"at 10% a year, interest added to what is owed, costs {pounds(bank.interest)}." in said_of(SMALL)


def test_every_setting_of_the_provider_stands_on_it_and_those_changed_are_marked() -> None:
    parts = Parts(report(SMALL))
    for name, spec in specs().items():
        if spec.group == GROUP:
            marked = f"● {spec.label}" in parts.words
            assert spec.label in parts.words
            assert marked == (name in in_words.changes(SMALL)), name
    assert "premium per complex need: 20%" in parts.words
    assert "stand at their defaults" in board.of_price(Scenario(clients=7))
    assert "the link holds them" in board.of_price(covers.extreme())


def test_what_cannot_be_followed_is_said_in_its_place() -> None:
    late = Scenario(contract_months=12, payment_lag_months=24)
    said = Parts(trustees_report.write(covers.of(late))).words
    assert trustees_report.CANNOT in said
    assert "Results are paid 24 months after the work" in said
    assert questions.TITLE not in said


@pytest.mark.parametrize("name", ["markup", "template"])
def test_it_fetches_and_runs_nothing_whatever_a_table_is_called(name: str) -> None:
    parts = Parts(trustees_report.write(covers.of(covers.OWN, covers.HOSTILE[name])))
    assert not {"script", "img", "link", "iframe", "object"} & set(parts.tags)
    assert all(not key.startswith("on") and key != "src" for key, _ in parts.attributes)
    assert in_words.stated(covers.OWN, "reserves") in parts.words


def test_the_same_cover_gives_the_same_text() -> None:
    assert trustees_report.write(covers.of(MIX)) == report(MIX)
