"""Presenter view: one picture at a time, the controls that matter in reach, and the address for the room."""

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from consultation import door
from consultation.records import Question
from pages.frame.pages_list import PAGES
from pages.kit.markdown import escape
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from pricing.take_away import qr
from tests.consultation import rooms
from tests.pages.visit import check, evaluated, maps, pictures, press, visit, visit_with, words

TITLE = "Presenter view"
LAST = 4


def address_for_the_room(at: AppTest) -> str:
    shown: str = at.main.code[0].value
    return shown


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_each_picture_stands_alone_with_its_verdict(number: int, cohort: str) -> None:
    at = visit("presenter", step=str(number), cohort=cohort, need_premium="0.3", target="own")
    check(at, TITLE)
    assert at.header[0].value.startswith("This price rewards")
    assert pictures(at) == (number < LAST)
    assert [widget.key for widget in at.main.slider] == list(PAGES["presenter"].lifted[:3])
    assert [image.proto.imgs[0].alt.partition(" ")[0] for image in at.main.get("image")] == ["QR"]


def test_the_controls_are_the_scenarios_own() -> None:
    at = visit("presenter")
    at.slider("need_premium").set_value(0.3).run()
    at.selectbox("metric").select("frequency").run()
    found = evaluated(Scenario(need_premium=0.3, metric="frequency"))
    assert f"pays back £{found.payback:.2f} on average" in at.header[0].value
    best = found.groups("needs", "decile").query("people >= 30")["payback"].max()
    assert any(f"£{best:.2f}" in cell for row in maps(at)[0].text for cell in row)
    assert (at.query_params["need_premium"], at.query_params["metric"]) == ("0.3", "frequency")


def test_next_and_previous_go_round() -> None:
    at = visit("presenter")
    for expected in ("2", "3", "4", ""):
        press(at, "Next")
        assert at.query_params.get("step", "") == expected
    press(at, "Previous")
    assert at.query_params["step"] == "4"


def test_the_rooms_address_holds_this_scenario_and_no_more() -> None:
    scenario = Scenario(need_premium=0.3, target="own")
    at = visit_with("presenter", scenario)
    query = parse_qs(urlsplit(address_for_the_room(at)).query)
    assert set(query) == {"need_premium", "target", "model"}
    assert links.read(query).scenario == scenario
    assert "?" not in address_for_the_room(visit("presenter"))
    assert "/risk_curves?" in address_for_the_room(visit("presenter", step="3", hour_cost="61"))


def test_a_code_is_black_on_white_with_a_quiet_zone() -> None:
    code = qr.draw("http://192.0.2.1:8501/?need_premium=0.3")
    assert code is not None
    drawing = code.drawing
    assert 'fill="#fff"' in drawing
    assert 'stroke="#000"' in drawing
    assert "M4 4.5h7" in drawing


def test_settings_that_contradict_each_other_can_be_put_right_where_they_were_made() -> None:
    at = visit("presenter", target="none")
    at.selectbox("metric").select("frequency").run()
    assert not at.exception
    assert at.main.error
    at.selectbox("metric").select("progress").run()
    check(at, TITLE)


def test_no_table_of_ones_own_yet_loses_nothing() -> None:
    at = visit("presenter", need_premium="0.3")
    at.selectbox("cohort").select("own_table").run()
    assert not at.exception
    at.selectbox("cohort").select("georgia_parole").run()
    check(at, TITLE)
    assert at.slider("need_premium").value == 0.3


WALL = "1"


@pytest.mark.parametrize("question", rooms.EACH, ids=lambda one: f"{one.kind}{one.seat}")
def test_the_wall_shows_the_question_and_how_many_answered_and_the_result_once_it_is_revealed(
    question: Question,
) -> None:
    made = rooms.started((question,) if question.seat else (rooms.SEAT, question))
    key = rooms.key(made.event, question)
    at = visit("presenter", step=WALL, event=made.event.code)
    check(at, TITLE)
    assert at.header[0].value == "In Manchester"
    rooms.asked_of_all(made, 7, until="stopped")
    door.show(made.secret, key)
    at.run()
    check(at, TITLE)
    assert at.header[0].value == escape(question.words)
    assert any(text.startswith("#### 7 answered") for text in words(at))
    assert pictures(at) == 0
    if question.kind == "comment":
        (first, *_) = door.comments(made.secret, key)
        door.let_appear(made.secret, first.id)
        assert str(first.value) in words(at.run())
        return
    door.reveal(made.secret, key)
    at.run()
    check(at, TITLE)
    assert len(at.main.get("plotly_chart")) == 1
    invented = [text for text in words(at) if "invented people" in text]
    assert len(invented) == (question.kind == "price"), "the maps of payback are of the event's people"


def test_the_walls_result_goes_with_its_event() -> None:
    made = rooms.started((rooms.CHOICE,))
    rooms.asked_of_all(made, 7)
    at = visit("presenter", step=WALL, event=made.event.code)
    assert at.main.get("plotly_chart")
    door.delete(made.secret)
    at.run()
    assert not at.main.get("plotly_chart")
    assert at.warning[0].value.startswith("No event has this code")


def test_the_wall_comes_first_where_there_is_an_event_and_is_not_there_without_one() -> None:
    made = rooms.started((rooms.CHOICE,))
    at = visit("presenter", event=made.event.code)
    assert at.header[0].value == "In Manchester"
    for _ in range(LAST):
        press(at, "Next")
        assert at.header[0].value.startswith("This price rewards")
    press(at, "Next")
    assert at.header[0].value == "In Manchester"
    assert visit("presenter").header[0].value.startswith("This price rewards")


def test_a_wall_invites_nobody_to_an_event_that_is_closed_or_gone() -> None:
    made = rooms.started((rooms.CHOICE,))
    door.show(made.secret, rooms.key(made.event, rooms.CHOICE))
    at = visit("presenter", event=made.event.code)
    assert address_for_the_room(at).endswith(f"/answer?event={made.event.code}")
    for end in (door.close, door.delete):
        end(made.secret)
        at.run()
        check(at, TITLE)
        assert not at.main.code
        assert not any("To answer" in text for text in words(at))


def invited(at: AppTest) -> str:
    """What the wall invites phones to; "" where it does not."""
    said = [text.strip("*") for text in words(at) if "open this on your phone" in text]
    assert len(said) == len(at.main.code) <= 1
    return said[0].partition(",")[0] if said else ""


def test_a_wall_invites_to_what_takes_answers_and_to_what_is_still_to_come() -> None:
    """To answer, open this on your phone: it stood there after no more answers were taken."""
    made = rooms.started((rooms.GUESS, rooms.CHOICE))
    guess, choice = (one.id for one in made.event.questions)
    at = visit("presenter", step=WALL, event=made.event.code)
    steps = [
        (lambda: None, "For the next question"),
        (lambda: door.show(made.secret, guess), "To answer"),
        (lambda: door.stop(made.secret, guess), "For the next question"),
        (lambda: door.reveal(made.secret, guess, 1), "For the next question"),
        (lambda: door.show(made.secret, choice), "To answer"),
        (lambda: door.stop(made.secret, choice), ""),
        (lambda: door.show(made.secret, choice), "To answer"),
        (lambda: door.reveal(made.secret, choice), ""),
    ]
    for act, invitation in steps:
        act()
        at.run()
        check(at, TITLE)
        assert invited(at) == invitation


def test_the_models_answer_to_a_guess_stands_with_whose_it_is() -> None:
    made = rooms.started((rooms.GUESS,))
    (key,) = (one.id for one in made.event.questions)
    rooms.asked_of_all(made, 3, until="stopped")
    door.reveal(made.secret, key, 1)
    at = visit("presenter", step=WALL, event=made.event.code)
    assert any("invented people" in text for text in words(at))
