"""Answer: a phone in the room, in every state of an event and for each kind of question."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from consultation import door, limits
from consultation.records import Question, Started
from pages.kit.consultation import news, visitor
from pages.kit.markdown import escape
from pricing.scenario.scenario import Scenario
from tests.consultation import rooms
from tests.pages.visit import check, press, visit, words

TITLE = "Answer"
ME = rooms.browser(1)


def sat_down(made: Started, browser: str = ME, **query: str) -> AppTest:
    """A phone in the room, whose browser has told its number."""
    at = visit("answer", event=made.event.code, **query)
    at.session_state[visitor.BROWSER] = browser
    return at.run()


def asked(question: Question, *, others: Sequence[Question] = ()) -> tuple[Started, str]:
    """An event that asks this question now."""
    made = rooms.started((question, *others))
    key = rooms.key(made.event, question)
    door.show(made.secret, key)
    return made, key


def kept(made: Started, key: str, browser: str = ME) -> object:
    found = door.own_answers(made.event.code, browser).get(key)
    return None if found is None else found.value


def control(key: str) -> str:
    return f"answer_{key}"


def test_without_a_code_it_asks_for_one_however_it_is_written() -> None:
    made = rooms.started()
    at = visit("answer")
    check(at, TITLE)
    typed = f" {made.event.code[:3].lower()}-{made.event.code[3:]}"
    at.text_input[0].set_value("nonsense").run()
    assert [box.value for box in at.warning] == ["This is not the code of an event."]
    at.text_input[0].set_value(typed).run()
    check(at, TITLE)
    assert at.query_params["event"] == made.event.code
    press(at, "Another event")
    assert "event" not in at.query_params


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [(rooms.CHOICE, 0, 2), (rooms.GUESS, 1, 0), (rooms.AGREEMENT, 4, 0), (rooms.SEAT, 2, 1)],
    ids=["choice", "guess", "agreement", "seat"],
)
def test_a_choice_is_kept_as_it_is_tapped_changed_and_taken_back(question: Question, first: int, second: int) -> None:
    made, key = asked(question)
    at = sat_down(made)
    check(at, TITLE)
    assert at.header[0].value == escape(question.words)
    offset = question.kind == "agreement"
    for chosen in (first, second):
        at.radio(control(key)).set_value(chosen).run()
        assert kept(made, key) == chosen + offset
        assert at.success[0].value.startswith("Kept: ")
    again = sat_down(made)
    assert again.radio(control(key)).value == second
    press(at, "Take my answer back")
    assert kept(made, key) is None
    assert not at.success
    assert at.radio(control(key)).value is None
    assert door.counts(made.event.code)[key] == 0


def test_a_number_is_sent_by_its_button() -> None:
    made, key = asked(rooms.NUMBER)
    at = sat_down(made)
    at.number_input(control(key)).set_value(35).run()
    assert kept(made, key) is None
    press(at, "Send")
    assert kept(made, key) == 35
    assert at.success[0].value == "Kept: 35%"
    press(sat_down(made, rooms.browser(2)), "Send")
    assert door.counts(made.event.code)[key] == 1, "nothing typed is no answer"


@pytest.mark.parametrize("typed", [0.35, 0.05, 0.5])
def test_a_share_typed_as_a_fraction_is_asked_about_before_anything_is_kept(typed: float) -> None:
    """Elsewhere 0.35 is 35%; here 0.35 was kept, and told as 0.3%."""
    made, key = asked(rooms.NUMBER)
    as_share = round(100 * typed, 9)
    for place, meant in enumerate((as_share, typed)):
        at = sat_down(made, rooms.browser(place))
        at.number_input(control(key)).set_value(typed).run()
        press(at, "Send")
        check(at, TITLE)
        assert kept(made, key, rooms.browser(place)) is None
        assert at.warning[0].value.startswith(f"{escape(f'{typed:g}')} can be read in two ways")
        press(at, escape(f"{meant:g}%"))
        assert kept(made, key, rooms.browser(place)) == meant
        assert at.success[0].value == f"Kept: {escape(f'{meant:g}%')}"
        assert at.number_input(control(key)).value == meant, "the box shows what is kept"
        assert not at.warning


def test_a_question_about_a_number_goes_once_another_is_typed() -> None:
    made, key = asked(rooms.NUMBER)
    at = sat_down(made)
    at.number_input(control(key)).set_value(0.35).run()
    press(at, "Send")
    assert at.warning
    at.number_input(control(key)).set_value(40.0).run()
    assert not at.warning
    press(at, "Send")
    assert kept(made, key) == 40


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (rooms.NUMBER, 12.5),
        (rooms.NUMBER, 33.33),
        (rooms.NUMBER, 1.0),
        (rooms.NUMBER, 0.0),
        (replace(rooms.NUMBER, high=5.0, step=0.1), 0.35),
        (replace(rooms.NUMBER, unit="hours a week", high=40.0), 0.35),
    ],
    ids=str,
)
def test_a_number_with_one_meaning_is_kept_and_shown_with_all_of_its_digits(question: Question, typed: float) -> None:
    """12.5% was kept where the box showed 13."""
    made, key = asked(question)
    at = sat_down(made)
    at.number_input(control(key)).set_value(typed).run()
    press(at, "Send")
    assert kept(made, key) == typed
    unit = "%" if question.unit == "%" else " hours a week"
    assert at.success[0].value == f"Kept: {escape(f'{typed:g}{unit}')}"
    box = at.number_input(control(key)).proto
    assert float(box.format % typed) == typed
    assert question.unit in box.label.replace("\\", "")
    assert bool(box.icon) == (question.unit == "%")


def test_a_phone_says_whose_figures_a_price_is_about() -> None:
    made, _ = asked(rooms.PRICE)
    assert any("invented people" in one.value for one in sat_down(made).caption)


def test_a_price_is_the_one_that_the_panel_stands_at() -> None:
    made, key = asked(rooms.PRICE)
    at = sat_down(made, area_multiplier="1.5", metric="frequency")
    check(at, TITLE)
    press(at, "Send this price")
    assert kept(made, key) == door.price_answer(Scenario(area_multiplier=1.5, metric="frequency"))
    at.slider("results_share").set_value(0.4).run()
    press(at, "Send this price")
    assert kept(made, key) == door.price_answer(Scenario(area_multiplier=1.5, metric="frequency", results_share=0.4))
    press(at, "Start from the event’s price")
    assert at.slider("need_premium").value == rooms.OWN.need_premium
    press(at, "Send this price")
    assert kept(made, key) == door.price_answer(rooms.OWN)


def test_a_phone_that_has_set_nothing_begins_at_the_price_of_the_event() -> None:
    """Sent as it stands it differs in nothing; counted as an answer that differs, it said what nobody had chosen."""
    made, key = asked(rooms.PRICE)
    at = sat_down(made)
    check(at, TITLE)
    assert at.slider("need_premium").value == rooms.OWN.need_premium
    press(at, "Send this price")
    assert kept(made, key) == door.price_answer(rooms.OWN)
    at.slider("need_premium").set_value(0.0).run()
    press(at, "Send this price")
    assert kept(made, key) == door.price_answer(rooms.OWN.with_(need_premium=0.0)), "it is set once"


def test_a_price_that_a_phone_came_with_stands_as_it_joins() -> None:
    made, _ = asked(rooms.PRICE)
    at = visit("answer", area_multiplier="1.5")
    at.session_state[visitor.BROWSER] = ME
    at.text_input[0].set_value(made.event.code).run()
    assert at.slider("area_multiplier").value == 1.5
    assert at.slider("need_premium").value == Scenario().need_premium
    at = visit("answer")
    at.session_state[visitor.BROWSER] = ME
    at.text_input[0].set_value(made.event.code).run()
    assert at.slider("need_premium").value == rooms.OWN.need_premium


def test_a_comment_is_shown_to_nobody_before_it_is_let_appear() -> None:
    made, key = asked(rooms.COMMENT)
    at = sat_down(made)
    said = "**Bold** [x](http://192.0.2.1) <img src=x>\n\n# Not a heading £5 $x$"
    at.text_area(control(key)).set_value(said)
    press(at, "Send")
    assert kept(made, key) == said
    other = sat_down(made, rooms.browser(2))
    door.stop(made.secret, key)
    assert not any("Bold" in text for text in words(other.run()))
    (one,) = door.comments(made.secret, key)
    door.let_appear(made.secret, one.id)
    shown = next(text for text in words(other.run()) if "Bold" in text)
    assert shown.startswith("\\*\\*Bold\\*\\* \\[x\\]\\(http\\:")
    assert "\\<img" in shown
    assert "\\# Not" in shown


@pytest.mark.parametrize("question", rooms.EACH, ids=lambda one: f"{one.kind}{one.seat}")
def test_a_result_is_seen_once_it_is_revealed_and_not_before(question: Question) -> None:
    made = rooms.started((question,))
    rooms.asked_of_all(made, 6, until="stopped")
    key = rooms.key(made.event, question)
    door.show(made.secret, key)
    at = sat_down(made)
    assert at.success[0].value.startswith("Kept: ")
    door.stop(made.secret, key)
    hidden = at.run()
    check(hidden, TITLE)
    assert any("takes no more answers" in text for text in words(hidden))
    assert not hidden.radio
    assert not any(" | " in text or "|---" in text for text in words(hidden)), "a table tells the result"
    if question.kind == "comment":
        return
    door.reveal(made.secret, key, 1 if question.kind == "guess" else None)
    seen = at.run()
    check(seen, TITLE)
    assert any("|---" in text for text in words(seen))
    assert not seen.get("plotly_chart"), "a phone is spared the drawing library"
    if question.kind == "guess":
        assert any("the model’s answer" in text for text in words(seen))


def test_between_questions_and_after_the_end_it_says_so() -> None:
    made, key = asked(rooms.CHOICE)
    waiting = rooms.started()
    at = sat_down(waiting)
    check(at, TITLE)
    assert at.info[0].value.startswith("Nothing is asked just now")
    at = sat_down(made)
    at.radio(control(key)).set_value(1).run()
    door.close(made.secret)
    at.run()
    check(at, TITLE)
    assert not at.radio
    assert any(box.value.startswith("This event is closed") for box in at.info)
    assert not any("reveals it" in text for text in words(at)), "what was not revealed stays so"
    assert any(text.startswith("You answered: Two") for text in words(at))
    door.delete(made.secret)
    at.run()
    assert at.error[0].value.startswith("No event has this code")


def test_an_answer_that_comes_too_late_is_refused_with_a_sentence() -> None:
    made, key = asked(rooms.CHOICE)
    at = sat_down(made)
    door.stop(made.secret, key)
    at.radio(control(key)).set_value(1).run()
    assert kept(made, key) is None
    assert not at.exception
    assert any("takes no more answers" in text for text in words(at))


@pytest.mark.parametrize("question", [rooms.CHOICE, rooms.AGREEMENT], ids=["choice", "agreement"])
def test_a_choice_that_was_refused_can_be_sent_again(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tap on the choice that is chosen already is no change, so the browser would tell nobody of it."""
    made, key = asked(question)
    at = sat_down(made)
    with monkeypatch.context() as away:
        away.setattr(limits, "MOST", 0)
        at.radio(control(key)).set_value(1).run()
    assert at.error[0].value == escape(limits.TOO_OFTEN)
    assert kept(made, key) is None
    press(at, "Send it again")
    check(at, TITLE)
    assert kept(made, key) == 1 + (question.kind == "agreement")
    assert not any(button.label == "Send it again" for button in at.button)


def test_the_seat_stays_open_beside_the_question_on_the_wall() -> None:
    made = rooms.started((rooms.SEAT, rooms.CHOICE))
    for question in (rooms.SEAT, rooms.CHOICE):
        door.show(made.secret, rooms.key(made.event, question))
    at = sat_down(made)
    assert [one.value for one in at.header] == [escape(rooms.CHOICE.words), escape(rooms.SEAT.words)]
    at.radio(control(rooms.key(made.event, rooms.SEAT))).set_value(1).run()
    assert kept(made, rooms.key(made.event, rooms.SEAT)) == 1


def test_it_says_what_is_kept_by_whom_and_until_when() -> None:
    made = rooms.started(title="<b>Bold</b> *title*")
    said = sat_down(made).caption[0].value
    day = made.event.delete_on
    assert said.startswith("**\\<b\\>Bold\\<\\/b\\> \\*title\\***")
    assert f"{day.day} {day:%B %Y}" in said
    assert "whoever runs this explorer" in said


def test_until_the_browser_has_told_its_number_nothing_is_asked() -> None:
    made, _ = asked(rooms.CHOICE)
    at = visit("answer", event=made.event.code)
    check(at, TITLE)
    assert not at.radio


def test_without_a_database_it_says_why_and_other_pages_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_DATABASE", "/proc/nowhere/rooms.sqlite")
    at = visit("answer", event="ABC234")
    check(at, TITLE)
    assert "There is no database for what rooms say" in at.error[0].value
    check(visit("glossary", event="ABC234"), "Glossary")


def asks(at: AppTest) -> list[dict[str, object]]:
    """What the page lets the browser ask for news with."""
    found = [one.proto for one in at.main.get("bidi_component")]
    return [json.loads(one.json) for one in found if one.id.endswith(f"-{news.KEY}")]


def test_the_browser_asks_for_news_from_what_the_page_shows_until_the_event_is_gone() -> None:
    made = rooms.started((rooms.CHOICE, rooms.PRICE))
    choice, price = (one.id for one in made.event.questions)
    at = sat_down(made)
    for act, question in ((door.show, choice), (door.reveal, choice), (door.show, price), (door.stop, price)):
        event = act(made.secret, question)
        assert asks(at.run()) == [{"at": f"{news.KEY}/{event.code}", "said": str(event.revision), "every": 2000}]
        check(at, TITLE)
    event = door.close(made.secret)
    assert asks(at.run())[0]["said"] == str(event.revision), "a result may be revealed after the end"
    door.delete(made.secret)
    assert asks(at.run()) == []


def test_a_phone_that_met_no_database_hears_when_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made, key = asked(rooms.CHOICE)
    at = sat_down(made)
    with monkeypatch.context() as away:
        away.setenv("EXPLORER_DATABASE", "/proc/nowhere/rooms.sqlite")
        assert "There is no database" in at.run().error[0].value
        assert asks(at)[0]["said"] not in {str(number) for number in range(100)}
    assert at.run().radio(control(key))


def test_the_event_goes_along_to_other_pages_and_back() -> None:
    made, _ = asked(rooms.CHOICE)
    at = visit("set_the_price", event=made.event.code, need_premium="0.3")
    assert at.query_params["event"] == made.event.code
    at.slider("need_premium").set_value(0.4).run()
    assert at.query_params["event"] == made.event.code
    labels = [link.proto.label for link in at.main.get("page_link")]
    assert f"Back to the room’s question (event {made.event.code})" in labels
    assert not any("Back to the room" in link.proto.label for link in visit("set_the_price").main.get("page_link"))


def test_a_code_that_is_none_is_named() -> None:
    at = visit("answer", event="O0O0O0")
    assert at.main.text[0].value == "event: “O0O0O0” is not the code of an event."
