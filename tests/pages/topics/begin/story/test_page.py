"""The story: guess, answer, next; nothing told before it is asked for; a link to each step and out of each."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from consultation import door
from consultation.records import Question, Started
from pages.frame import opened_part, panel
from pages.kit.consultation import visitor
from pages.kit.live import follow, sweep
from pages.topics.begin.story import memory, play
from pages.topics.begin.story.steps import STEPS
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, specs
from tests.consultation import rooms
from tests.pages.visit import UNFORMATTED, check, copied, evaluated, pictures, press, visit, words

TITLE = "The story in six steps"
LAST = len(STEPS)


def place(at: AppTest) -> str:
    shown: str = at.header[0].value
    return shown.partition(" of ")[0]


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_an_answer_stands_only_when_it_is_asked_for(number: int, cohort: str) -> None:
    at = visit("story", step=str(number), cohort=cohort)
    check(at, TITLE)
    assert place(at) == str(number)
    assert not at.main.success
    assert not pictures(at)
    at.radio[0].set_value(STEPS[number - 1].choices[0]).run()
    assert not at.main.success
    press(at, "Show the answer")
    check(at, TITLE)
    assert "You guessed" in at.main.success[0].value
    assert not UNFORMATTED.search(at.main.success[0].value)
    assert pictures(at) == 1 + STEPS[number - 1].plays
    out = at.main.get("link_button")[0].proto
    scenario = links.read(parse_qs(urlsplit(out.url).query)).scenario
    assert scenario.cohort == cohort
    assert out.url.startswith("./?" if STEPS[number - 1].page == "start_here" else f"{STEPS[number - 1].page}?")


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
def test_the_last_contract_is_moved_on_the_spot_and_nothing_that_the_reader_set(cohort: str) -> None:
    at = visit("story", step=str(LAST), cohort=cohort, results_share="0.5", need_premium="0.1")
    assert not at.slider
    press(at, "Show the answer")
    out = links.read(parse_qs(urlsplit(at.main.get("link_button")[0].proto.url).query))
    contract = out.scenario
    assert contract.results_share != 0.5
    begins = at.slider(play.SLIDER).value
    assert begins - specs()["results_share"].step < contract.results_share <= begins, "the first step that is enough"
    assert set(play.texts(evaluated(contract.with_(results_share=begins)))) <= set(words(at))
    for position in (0, 13, sweep.count(specs()["results_share"]) - 1):
        share = sweep.value(specs()["results_share"], position)
        at.session_state[follow.ASKED] = f"{play.SLIDER}:{position // sweep.AT_ONCE}:1"
        came = told(at.run())["came"]["at"][str(position)]
        at.slider(play.SLIDER).set_value(share).run()
        check(at, TITLE)
        assert told(at)["now"] == came
        assert set(play.texts(evaluated(contract.with_(results_share=share)))) <= set(words(at))
        now = links.read(parse_qs(urlsplit(at.main.get("link_button")[0].proto.url).query))
        assert (now.scenario, now.pinned) == (contract, out.pinned)
    assert [value for name, value in panel_values(at).items() if name == "results_share"] == [0.5]


def told(at: AppTest) -> dict[str, Any]:
    """What the page tells the script that follows the finger."""
    (component,) = (one for one in at.get("bidi_component") if one.proto.component_name == "previews")
    found: dict[str, Any] = json.loads(component.proto.json)
    return found


def panel_values(at: AppTest) -> dict[str, float | str]:
    """What the settings of the visit stand at."""
    found: dict[str, float | str] = at.session_state[panel.KEPT]
    return found


def test_a_press_on_a_picture_that_is_being_turned_turns_the_next_one() -> None:
    """A clicker does not wait: pressed on what was drawn for step 1 once step 2 has begun, it leads to step 3."""
    at = visit("story")
    on = next(button for button in at.button if button.label == "Next step")
    at.session_state[opened_part.key("story")] = 2
    on.click().run()
    assert place(at) == "3"


def test_one_goes_on_and_back_and_finds_the_answer_where_one_left_it() -> None:
    at = visit("story")
    assert [button.disabled for button in at.button if button.label == "Back"] == [True]
    press(press(at, "Show the answer"), "Next step")
    assert place(at) == "2"
    assert not at.main.success
    assert at.query_params["step"] == "2"
    press(at, "Back")
    assert at.main.success
    assert dict(at.query_params) == {}
    for _ in range(LAST - 1):
        press(at, "Next step")
    assert place(at) == str(LAST)
    assert [button.disabled for button in at.button if button.label == "Next step"] == [True]


def test_the_step_is_in_the_address_and_in_the_copied_link_beside_the_settings() -> None:
    at = visit("story", step="3", hour_cost="61")
    assert dict(at.query_params) == {"step": "3", "hour_cost": "61"}
    assert "step=3" in copied(at)
    at.selectbox("cohort").select("georgia_parole").run()
    assert (at.query_params["step"], at.query_params["cohort"]) == ("3", "georgia_parole")
    press(at, "Next step")
    assert (at.query_params["step"], at.query_params["hour_cost"]) == ("4", "61")
    story = next(link for link in at.main.get("page_link") if link.proto.label == TITLE)
    assert "step=4" in story.proto.query_string


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("0", "step: “0” is not the number of a step."),
        ("two", "step: “two” is not the number of a step."),
        ("99999", "step: “99999” is not the number of a step."),
        ("-1", "step: “-1” is not the number of a step."),
    ],
)
def test_a_step_that_is_no_number_is_named(step: str, said: str) -> None:
    at = visit("story", step=step)
    assert at.main.text[0].value == said
    assert place(at) == "1"


def test_a_step_beyond_the_last_is_named() -> None:
    at = visit("story", step="9")
    assert at.main.warning[0].value.startswith("There is no step 9 here")
    assert place(at) == "1"
    press(at, "Next step")
    assert not at.main.warning
    assert place(at) == "2"


def way_out(at: AppTest) -> links.Link:
    """What the link says that leads from an answer to a page."""
    out = press(at, "Show the answer").main.get("link_button")[0].proto
    return links.read(parse_qs(urlsplit(out.url).query))


@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_the_way_out_keeps_all_that_a_reader_has_set(number: int) -> None:
    """A charity's own figures stay set; a price of the reader's own goes along as A."""
    out = way_out(visit("story", step=str(number), clients="30", reserves="15000", council_cost="250"))
    assert (out.scenario.clients, out.scenario.reserves, out.scenario.council_cost) == (30, 15000, 250)
    assert out.pinned is None
    out = way_out(visit("story", step=str(number), clients="30", hour_cost="61", results_share="0.4"))
    assert out.pinned is not None
    assert (out.pinned.hour_cost, out.pinned.results_share, out.pinned.clients) == (61, 0.4, 30)
    assert not out.problems


def test_a_guess_is_final_once_its_answer_is_seen_and_what_a_tab_kept_is_restored() -> None:
    at = visit("story")
    assert not at.radio[0].disabled
    at.radio[0].set_value(STEPS[0].choices[1]).run()
    press(at, "Show the answer")
    assert at.radio[0].disabled
    stored = json.loads(next(c.proto.json for c in at.get("bidi_component") if c.proto.component_name == memory.KEY))
    assert stored == {"kept": {STEPS[0].key: [STEPS[0].choices[1], True]}}
    assert list(memory.usable(stored["kept"])) == [(STEPS[0], STEPS[0].choices[1], True)]
    for bent in (None, 7, "x", {STEPS[0].key: 3}, {STEPS[0].key: [{}, 1, 2]}, {"none": [None, True]}):
        assert list(memory.usable(bent)) == []
    assert list(memory.usable({STEPS[1].key: ["<b>", "yes"]})) == [(STEPS[1], None, False)]


def test_the_readers_own_price_changes_nothing_that_is_told() -> None:
    told = []
    for scenario in (Scenario(), Scenario(results_share=0.6, hour_cost=80.0, metric="progress")):
        query = {name: str(value) for name, value in scenario.values().items()}
        told.append(words(press(visit("story", step="2", **query), "Show the answer")))
    assert told[0] == told[1]


def test_no_table_of_ones_own_yet_is_no_failure() -> None:
    at = visit("story", step="2", cohort="own_table")
    assert not at.exception
    assert not at.title


def guessed_in(made: Started, step: int, browser: str = rooms.browser(1)) -> AppTest:
    """The story at a step, for whoever came through an event's link."""
    at = visit("story", step=str(step), event=made.event.code)
    at.session_state[visitor.BROWSER] = browser
    return at.run()


def test_a_guess_is_kept_for_the_room_that_asks_for_it_just_now() -> None:
    step = STEPS[1]
    made = rooms.started((Question("guess", step.question, step.choices, story=step.key),))
    (question,) = made.event.questions
    at = guessed_in(made, 2)
    at.radio[0].set_value(step.choices[1]).run()
    assert "The room is not asked this just now: a guess stays in your browser." in words(at)
    assert door.counts(made.event.code) == {question.id: 0}
    door.show(made.secret, question.id)
    at.run()
    assert door.own_answers(made.event.code, rooms.browser(1))[question.id].value == 1
    at.radio[0].set_value(step.choices[3]).run()
    check(at, TITLE)
    assert door.own_answers(made.event.code, rooms.browser(1))[question.id].value == 3
    assert f"Your guess is kept for the room (event {made.event.code})." in words(at)
    door.stop(made.secret, question.id)
    other = guessed_in(made, 2, rooms.browser(2))
    other.radio[0].set_value(step.choices[0]).run()
    assert not other.exception
    assert door.counts(made.event.code) == {question.id: 1}


def test_a_guess_of_a_reader_who_takes_part_in_nothing_goes_nowhere() -> None:
    step = STEPS[0]
    made = rooms.started((Question("guess", step.question, step.choices, story=step.key),))
    (question,) = made.event.questions
    door.show(made.secret, question.id)
    at = visit("story")
    at.radio[0].set_value(step.choices[1]).run()
    assert not any("room" in text for text in words(at) if "guess" in text)
    other = guessed_in(made, 2)
    other.radio[0].set_value(STEPS[1].choices[1]).run()
    assert door.counts(made.event.code) == {question.id: 0}
