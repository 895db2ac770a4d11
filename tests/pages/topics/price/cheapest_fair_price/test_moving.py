"""What is shown at a position of a slider is what the page shows once the slider is let go there."""

import random

import pytest
from streamlit.testing.v1 import AppTest

from pages.kit.live import sweep
from pages.topics.price.cheapest_fair_price import moving
from pricing.people import shipped
from pricing.scenario.scenario import Scenario, specs
from tests.pages.visit import visit_with

PAGE = "cheapest_fair_price"
WIDE = {"most_on_results": 1.0, "most_spent": 6000.0}
"""Limits that luck alone can break."""
ASKED = [
    ("results_share", Scenario(need_premium=0.2)),
    ("area_multiplier", Scenario(metric="frequency", cohort="georgia_parole", clients=40.0)),
    ("most_on_results", Scenario(most_spent=4000.0)),
    ("most_on_results", Scenario(promise="no_loss", cohort="georgia_parole", target="own")),
    ("promise_floor", Scenario(metric="blend", results_share=0.4)),
    ("promise_floor", Scenario(promise="last_pound", cohort="georgia_parole", **WIDE)),  # type: ignore[arg-type]
    ("promise_people", Scenario(promise="most_people", mission_weight=0.1)),
]


def at_position(scenario: Scenario, name: str, part: str) -> tuple[Scenario, tuple[str, ...]]:
    """A scenario with the slider at a place that is drawn, and the texts that are sent for it."""
    spec = specs()[name]
    place = random.Random(f"{name} {scenario}").randrange(1, sweep.count(spec))
    price, others = moving.of_part(part)
    shown = others.get(name, price)
    common, people = sweep.without(scenario, name, whole=shown.whole), shipped.load(scenario.cohort)
    found = shown.at(sweep.evaluated(common, people, name, place))
    assert found.cells == []
    return scenario.with_(**{name: sweep.value(spec, place)}), found.texts


def said(at: AppTest) -> list[str]:
    """The verdict, and each number with what stands under it."""
    assert not at.exception
    return [at.subheader[0].value.replace("\\", ""), *(t for one in at.main.metric for t in (one.value, one.delta))]


@pytest.mark.parametrize(("name", "scenario"), ASKED)
def test_the_answer_shows_on_release_what_it_showed_before(name: str, scenario: Scenario) -> None:
    there, texts = at_position(scenario, name, "answer")
    at = visit_with(PAGE, there)
    shown = said(at)
    solved = name in ("promise_floor", "promise_people")
    assert list(texts[1:5]) == shown[1:5]
    assert list(texts[5:7]) == (list(moving.LATER) if solved else shown[5:])
    assert texts[7] in [one.value for one in at.main.markdown]
    if solved and texts[0].startswith("Yes"):
        assert texts[0].endswith("Luck is not in this answer.")
        assert texts[0].partition(": ")[2].partition(". That")[0] in shown[0]
    else:
        assert texts[0] == shown[0]


def test_only_the_verdict_moves_while_another_part_is_open() -> None:
    there, texts = at_position(Scenario(), "most_on_results", "what_sets_it")
    assert list(texts) == said(visit_with(PAGE, there))[:1]


def test_a_limit_is_held_against_what_was_solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many positions: all of them are the same question."""
    at_position(Scenario(hour_cost=43.0), "most_on_results", "answer")
    monkeypatch.setattr("pages.kit.kept.solve", None)
    people = shipped.load("greater_manchester")
    shown = moving.of_part("answer")[1]["most_on_results"]
    common = sweep.without(Scenario(hour_cost=43.0), "most_on_results", whole=True)
    assert len(sweep.swept(common, people, "most_on_results", 1, shown)) == sweep.AT_ONCE
