"""What is shown at a position of a slider is what the page shows once the slider is let go there."""

import json
import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.kit import headline
from pages.kit.live import follow, sweep
from pages.kit.live.preview import Previewed
from pages.kit.tables import group_map
from pages.topics.room.presenter import pictures
from pricing.people import shipped
from pricing.scenario.scenario import Scenario, specs
from tests.examples import examples
from tests.pages.visit import PRICED, ROOT, evaluated, maps, visit, visit_with, words

START = Previewed(group_map.PAYBACK, group_map.payback_title, headline.texts)


@pytest.fixture(autouse=True)
def _no_machine_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "SLOWEST", math.inf)


def position(scenario: Scenario, name: str, at: int) -> Scenario:
    return scenario.with_(**{name: sweep.value(specs()[name], at)})


def swept(scenario: Scenario, name: str, at: int, shown: Previewed) -> tuple[tuple[str, ...], list[list[str]]]:
    """Texts and cells at a position, as they are sent to a browser."""
    portion = at // sweep.AT_ONCE
    people = shipped.load(scenario.cohort)
    found = sweep.swept(sweep.without(scenario, name), people, name, portion, shown)[at]
    return found.texts, found.cells


def of_page(at: AppTest) -> list[list[str]]:
    """Text and tint of every cell of the page's map."""
    (drawn,) = maps(at)
    both = zip(drawn.text, drawn.tints, strict=True)
    return [[text, tint] for texts, tints in both for text, tint in zip(texts, tints, strict=True)]


@pytest.mark.parametrize(("scenario", "cohort"), PRICED)
def test_the_first_page_shows_on_release_what_it_showed_before(scenario: Scenario, cohort: str) -> None:
    draw = random.Random(f"{scenario} {cohort}")
    name = draw.choice(follow.SLIDERS)
    place = draw.randrange(sweep.count(specs()[name]))
    before = scenario.with_(cohort=cohort)
    texts, cells = swept(before, name, place, START)
    at = visit_with("start_here", position(before, name, place))
    said = [at.subheader[0].value, at.main.caption[0].value, *(metric.value for metric in at.metric), maps(at)[0].title]
    assert [texts[0], texts[1], *texts[3:7]] == said
    assert texts[2] in words(at)
    assert of_page(at) == cells


def test_the_wall_and_the_map_of_any_measure_do_so_too() -> None:
    scenario = Scenario(target="own", need_premium=0.3)
    texts, cells = swept(scenario, "results_share", 9, pictures.MOVING)
    at = visit_with("presenter", position(scenario, "results_share", 9))
    assert texts[0] == at.header[0].value
    assert {texts[1], texts[2], texts[3]} <= {said.removeprefix("#### ") for said in words(at)}
    assert of_page(at) == cells
    for measure in ("withheld", "margin_at_benchmark"):
        texts, cells = swept(scenario, "area_multiplier", 30, Previewed(group_map.MapChoice("age", "needs", measure)))
        at = visit_with("who_it_pays_to_help", position(scenario, "area_multiplier", 30))
        at.selectbox("measure").select(measure).run()
        at.selectbox("down").select("age").run()
        assert f"#### {texts[0]}" in words(at)
        assert of_page(at) == cells


@examples(8)
@given(st.sampled_from(follow.SLIDERS), st.sampled_from([scenario for scenario, _ in (one.values for one in PRICED)]))
def test_every_position_is_worked_out_once_and_is_an_evaluation(name: str, scenario: Scenario) -> None:
    spec, people = specs()[name], shipped.load(scenario.cohort)
    portions = range(-(-sweep.count(spec) // sweep.AT_ONCE))
    by_portion = [sweep.swept(sweep.without(scenario, name), people, name, one, START) for one in portions]
    found = {at: shown for portion in by_portion for at, shown in portion.items()}
    assert list(found) == list(range(sweep.count(spec)))
    assert sum(map(len, by_portion)) == len(found)
    values = [sweep.value(spec, at) for at in found]
    assert (values[0], values[-1]) == (spec.low, spec.high)
    at = round((scenario.values()[name] - spec.low) / spec.step)  # type: ignore[operator]
    assert found[at] == START.at(evaluated(scenario))


def test_positions_do_not_depend_on_where_the_slider_stands_or_who_the_provider_is() -> None:
    keys = {
        follow._slider(scenario, shipped.load("greater_manchester"), START, "need_premium")["key"]
        for scenario in (Scenario(), Scenario(need_premium=0.4), Scenario(clients=20))
    }
    assert len(keys) == 1
    other = follow._slider(Scenario(results_share=0.5), shipped.load("greater_manchester"), START, "need_premium")
    assert other["key"] not in keys


def test_a_contract_that_is_too_slow_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "SLOWEST", 0.0)
    common = sweep.without(Scenario(hour_cost=51.0), "need_premium")
    assert sweep.swept(common, shipped.load("greater_manchester"), "need_premium", 0, START) == {}


def sent(at: AppTest) -> dict[str, object]:
    """What the page tells the browser's script."""
    (component,) = (one for one in at.get("bidi_component") if one.proto.component_name == "previews")
    found: dict[str, object] = json.loads(component.proto.json)
    return found


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "results_share",
        "results_share:-1:1",
        "results_share:9999:1",
        "results_share:0",
        "results_share:0.1.2.3:1",
        "results_share:0.:1",
        "hour_cost:1:1",
        "a:b:1",
        7,
    ],
)
def test_what_is_not_a_slider_is_not_answered(asked: object) -> None:
    at = visit("start_here")
    at.session_state[follow.ASKED] = asked
    at.run()
    assert not at.exception
    assert "came" not in sent(at)


def test_a_question_from_before_an_undo_takes_nothing_back() -> None:
    """With it come the settings of the drawing that it is from; a setting that is neither is the reader's."""
    at = visit("start_here")
    at.slider("need_premium").set_value(0.3).run()
    assert [stood["need_premium"] for stood in at.session_state[follow.DRAWN].values()] == [0.0, 0.3]
    now, before = {"need_premium": 0.3, "metric": "binary"}, {"need_premium": 0.0, "metric": "binary"}
    for browser, left in ((0.0, 0.3), (0.3, 0.3), (0.5, 0.5)):
        assert follow.taken(now, before, {"need_premium": browser, "metric": "binary"})["need_premium"] == left
    assert follow.taken(now, {}, {"need_premium": 0.0, "metric": "binary"})["need_premium"] == 0.0


def test_a_portion_beyond_the_end_is_empty() -> None:
    at = visit("start_here")
    at.session_state[follow.ASKED] = "results_share:99:1"
    assert sent(at.run())["came"] == {"name": "results_share", "portions": [99], "at": {}}


def test_portions_that_are_asked_for_together_come_together() -> None:
    at = visit("start_here")
    at.session_state[follow.ASKED] = "results_share:0.2.6:1"
    came: dict[str, Any] = sent(at.run())["came"]  # type: ignore[assignment]
    assert came["portions"] == [0, 2, 6]
    assert list(map(int, came["at"])) == [0, 1, 2, 6, 7, 8, 18, 19, 20]


def test_with_draws_shown_nothing_follows() -> None:
    at = visit("start_here")
    at.toggle("sure").set_value(True).run()
    assert not [one for one in at.get("bidi_component") if one.proto.component_name == follow.KEY]


def test_people_of_a_readers_own_are_followed_too() -> None:
    at = visit("start_here", cohort="own_table")
    table = ROOT / "tests" / "tables" / "five_groups.csv"
    at.get("file_uploader")[0].set_value((table.name, table.read_bytes(), "text/csv")).run()
    at.session_state[follow.ASKED] = f"results_share:{5 // sweep.AT_ONCE}:1"
    came = sent(at.run())["came"]["at"]  # type: ignore[index]
    at.slider("results_share").set_value(0.25).run()
    assert came["5"] == sent(at)["now"]
    assert came["5"][1] == of_page(at)


@pytest.mark.parametrize(
    ("name", "value", "between"),
    [
        ("results_share", 0.2, False),
        ("results_share", 0.22, True),
        ("results_share", 0.425, True),
        ("need_premium", 0.333, True),
        ("need_premium", 0.35, False),
        ("area_multiplier", 1.1, False),
        ("area_multiplier", 1.12, True),
    ],
)
def test_a_value_between_two_steps_is_told_from_the_step_beside_it(name: str, value: float, between: bool) -> None:
    """Both stand at one place of the slider, and what the page was drawn for is not what that step rewards."""
    scenario = Scenario().with_(**{name: value})
    told = follow._slider(scenario, shipped.load("greater_manchester"), START, name)
    assert told["between"] == between
    at_step = swept(scenario, name, told["at"], START)
    drawn = START.at(evaluated(scenario))
    assert (at_step == (drawn.texts, drawn.cells)) != between


def test_each_step_of_each_slider_of_the_price_is_at_a_step() -> None:
    people = shipped.load("greater_manchester")
    for name in follow.SLIDERS:
        for at in range(sweep.count(specs()[name])):
            told = follow._slider(position(Scenario(), name, at), people, START, name)
            assert (told["at"], told["between"]) == (at, False)
