"""What titles, metrics and sentences claim is so: under drawn scenarios, every preset, and settings at the edge."""

import re

import numpy as np
import pytest
from hypothesis import given

from pages.kit import by_metric, draws_words, groups, persons_money
from pages.topics.money.who_pays_who_saves import offer_words, value_words
from pages.topics.money.who_pays_who_saves import words as savings_words
from pages.topics.money.who_pays_who_saves.words import rewarded
from pages.topics.people.places import footprint_words
from pages.topics.price.how_results_are_paid import charts, words
from pages.topics.trust.how_sure import turning_words
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.how_sure import tornado
from pricing.questions.places import footprint
from pricing.questions.results_paid import results_paid
from pricing.questions.savings.appraisal import appraise
from pricing.questions.savings.pot import FIRST_FALL, Pot
from pricing.questions.savings.saved import savings
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.words import spend
from pricing.words.numbers import NOT_SHOWN
from tests.cohorts import cohort, six_groups
from tests.examples import examples
from tests.properties.test_identities import cohorts, scenarios

EDGES: tuple[dict[str, float | str], ...] = (
    {"results_share": 0.0},
    {"results_share": 1.0},
    {"contract_value": 500.0},
    {"needed_budget": 500.0},
    {"contract_value": 500.0, "needed_budget": 0.0},
    {"hour_cost": 120.0, "case_cost": 3000.0},
    {"need_premium": 1.0},
    {"max_effect": 0.05},
    {"measured_people": 1.0},
    {"metric": "progress", "target": "own"},
    {"mission_weight": 1.0},
)
NUMBER = r"−?£?[\d,]+(?:\.\d+)?%?"
SAME_ENDS = re.compile(rf"(?:from |between )?({NUMBER}) (?:to|→|and) \1(?![\d.])")
WRONG = re.compile(
    r"(?<![\d,.])1 (?:people|needs)\b|\bnone more|-\d|-£|£-|£\d{4}|\bnan\b|\bback ,|[−-]0(?:\.0+)?\b|of 0 groups|"
    r"£0 is taken|£0(?:\.00)? (?:of it|off )|\b0\.0% of",
    re.I,
)


def is_true(said: str) -> None:
    """Nothing stands in a sentence that is wrong whatever the numbers are."""
    assert not (found := WRONG.search(said)), (found, said)
    assert not (found := SAME_ENDS.search(said)), (found, said)


def hold(evaluation: Evaluation) -> None:
    """What the pages' headlines say of one price."""
    scenario = evaluation.scenario
    is_true(groups.payback_title(evaluation))
    for measure in ("payback", "withheld", "margin_at_benchmark", "parked"):
        ends = groups.extremes(evaluation, "decile", "needs", measure)
        values = [end.split(" for ")[0] for end in ends]
        assert len(set(values)) == len(values) or measure != "payback" or len(ends) == 1
        for end in ends:
            is_true(end)
    is_true(spend.sentence(evaluation))
    for needed in (False, True):
        hold_savings(evaluation, at_benchmark=needed)
    if not scenario.results_share:
        assert "rewards" not in rewarded(scenario)
        return
    found = results_paid(evaluation)
    title = charts.title_of_pay(found)
    is_true(title)
    assert ("taken back" in title) == (round(found.pay) < 0)
    assert "0.0 points" not in title
    assert found.others or ("rewards" in title) == bool(round(found.pay))
    said = words.unearned(evaluation, found)
    is_true(f"{said} {words.people(found.measured)}")
    if "rewards of" in said:
        assert round(found.luck) > 0 or "less than £1" in said
        assert ("by luck" in said.replace("not by luck", "")) == bool(found.noise_points)
    for label, value, _ in words.metrics(evaluation, found):
        is_true(f"{label}: {value}")
        if label == "Of rewards, paid with no true change":
            assert value == NOT_SHOWN or round(found.rewards)
            assert "no rewards are to be expected" not in said or value in (NOT_SHOWN, "0%")


def hold_savings(evaluation: Evaluation, *, at_benchmark: bool) -> None:
    """What is said of who saves, of the pot, and of value for money."""
    value, pot = appraise(evaluation, at_benchmark=at_benchmark), Pot(savings(evaluation, at_benchmark=at_benchmark))
    for said in (
        savings_words.headline(evaluation, pot, at_benchmark=at_benchmark),
        savings_words.title_of_agencies(pot),
        savings_words.title_of_pot(pot),
        savings_words.what_it_buys(pot),
        value_words.title(value),
        value_words.reading(evaluation),
    ):
        is_true(said)
    assert not (pot.put_in and "Nobody puts anything in" in savings_words.reading_of_pot(pot))
    assert ("nothing to appraise" in value_words.title(value)) == (value["society"].spent == 0)
    assert "less than 1p" not in value_words.title(value) or value["agencies"].gained > 0
    below = pot.scenario.pot_rule == "reinvestment" and 0 < pot.savings.fall < FIRST_FALL
    assert not below or "fall of 5.0% nothing" not in savings_words.title_of_pot(pot)


@pytest.mark.parametrize(
    ("changes", "nobody"),
    [
        ({"pot_members": "each"}, True),
        ({"pot_members": "each", "puts_nhs": 0.05}, False),
        ({"pot_share": 0.0}, True),
        ({"pot_share": 0.0, "pot_rule": "reinvestment"}, False),
        ({}, False),
    ],
)
def test_where_nobody_puts_anything_into_the_pot_no_rule_is_said(changes: dict[str, float | str], nobody: bool) -> None:
    evaluation = evaluate(Scenario(cohort=OWN_TABLE, results_share=1.0, **changes), six_groups())  # type: ignore[arg-type]
    said = savings_words.reading_of_pot(Pot(savings(evaluation, at_benchmark=False)))
    assert said.startswith("Nobody puts anything in") == nobody
    assert ("from the first reoffence" in said) <= (not nobody)


@pytest.mark.parametrize(("share", "text"), [(0.04996, "4.996%"), (0.05, "5.0%"), (0.031, "3.1%"), (0.0504, "5.04%")])
def test_a_share_is_told_apart_from_the_line_that_it_is_not_on(share: float, text: str) -> None:
    assert savings_words.told_apart(share, 0.05) == text


@given(scenario=scenarios(cohort=OWN_TABLE), people=cohorts())
@examples(10)
def test_headlines_are_true_of_drawn_prices_and_people(scenario: Scenario, people: Cohort) -> None:
    try:
        evaluation = evaluate(scenario, people)
    except ExplorerError:
        return
    hold(evaluation)


@pytest.mark.parametrize("changes", [*EDGES, *({**preset.changes} for preset in PRESETS)], ids=str)
def test_headlines_are_true_of_presets_and_at_the_edges(changes: dict[str, float | str]) -> None:
    hold(evaluate(Scenario(cohort=OWN_TABLE, **changes), six_groups()))  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_what_moves_nothing_is_not_said_to_move_the_payback(share: float) -> None:
    evaluation = evaluate(Scenario(cohort=OWN_TABLE, results_share=share), six_groups())
    title = turning_words.tornado_title(tornado.tornado(evaluation))
    is_true(title)
    assert title.startswith("None of the assumptions") == (share == 0)


def test_where_nobody_needs_more_every_headline_says_so() -> None:
    evaluation = evaluate(Scenario(hour_cost=120, case_cost=3000), six_groups())
    assert np.isnan(evaluation.payback)
    lines = by_metric.title([])
    assert "Nobody" in groups.payback_title(evaluation)
    assert "Nobody" in lines
    sure = type("Sure", (), {"under_one": np.full(60, np.nan)})
    assert "Nobody" in draws_words.surest(evaluation, sure)  # type: ignore[arg-type]


def test_one_group_that_pays_alike_everywhere_is_told_once() -> None:
    people = cohort(
        {name: [value, value] for name, value in {"people": 90, "probability": 0.5, "rate": 1, "severity": 2}.items()}
        | {"needs": [1, 1], "decile": [3, 4]}
    )
    evaluation = evaluate(Scenario(results_share=0), people)
    assert groups.extremes(evaluation, "decile", "needs", "payback") == ("£0.00 for every group shown",)


def test_a_range_whose_ends_read_alike_is_one_value() -> None:
    assert draws_words.from_to("85%", "85%") == "85%"
    assert draws_words.from_to("85%", "86%") == "85% to 86%"
    assert offer_words.arrow("£0.045", "£0.045") == "£0.045 as now"


def test_a_movement_within_chance_is_called_chance() -> None:
    evaluation = evaluate(Scenario(), shipped.load("greater_manchester"))
    wide = footprint.wide(evaluation)
    shown = np.ones(len(wide.names), dtype=bool)
    title = footprint_words.footprint_title(wide, shown)
    assert ("chance" in title) == bool(np.all(np.abs(wide.moved) <= wide.chance) and np.abs(wide.moved).max() >= 0.5)


def test_where_the_places_that_get_less_are_hidden_the_last_shown_gets_more() -> None:
    said = [footprint_words.more_or_less(moved) for moved in (12.4, -12.4, 0.0)]
    assert said == ["£12 more", "£12 less", "£0 more"]


def test_a_mission_is_named_where_it_sets_the_hours() -> None:
    assert "own cost" in persons_money.doing_best(Scenario(mission_weight=1))
    assert persons_money.doing_best(Scenario()) == "doing what pays best"
