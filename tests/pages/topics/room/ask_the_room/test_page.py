"""Ask the room: an event started, led, exported, closed and deleted; and nobody else who can."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from consultation import door
from consultation.ready import ready_set
from consultation.records import Question, Started
from pages.kit.markdown import escape
from pages.topics.begin.story.steps import STEPS
from pages.topics.room.ask_the_room import lead, leading, one_question
from pricing.errors import EventError
from tests.consultation import rooms
from tests.pages.visit import check, press, visit, words

TITLE = "Ask the room"


def led(made: Started) -> AppTest:
    """The page of a facilitator whose tab has given the secret."""
    at = visit("ask_the_room")
    at.session_state[lead.SECRET] = made.secret
    return at.run()


def pressed(at: AppTest, what: str, key: str) -> AppTest:
    return at.button(f"ask_{what}_{key}").click().run()


def anywhere(at: AppTest) -> str:
    """Everything that was sent to the page, codes, components and addresses among it."""
    sent = [str(element.proto) for element in at.main if hasattr(element, "proto")]
    return " ".join([*sent, *map(str, at.query_params.items())])


def test_an_event_is_started_and_its_link_told_once() -> None:
    at = visit("ask_the_room", need_premium="0.3")
    check(at, TITLE)
    press(at, "Start the event")
    assert at.error[0].value == escape("The title is empty: type one.")
    at.text_input("ask_title").set_value("Voices of <b>Bolton</b>")
    at.number_input("ask_days").set_value(30)
    press(at, "Start the event")
    check(at, TITLE)
    secret = at.session_state[lead.SECRET]
    event = door.facilitator(secret)
    assert at.code[0].value.endswith(f"/ask_the_room#lead={secret}")
    assert (event.title, event.link) == ("Voices of <b>Bolton</b>", "need_premium=0.3&model=" + event.model)
    assert [one.words for one in event.questions] == [one.words for one in ready_set()]
    press(at, "I have kept it: go on")
    check(at, TITLE)
    assert at.query_params["event"] == event.code
    assert at.code[0].value.endswith(f"/answer?event={event.code}")
    shown = [text for text in words(at) if secret in text] + [one.value for one in at.code if secret in one.value]
    assert not shown
    assert at.caption[0].value.startswith("**Voices of \\<b\\>Bolton")


def test_questions_are_moved_left_out_and_added_before_the_start() -> None:
    at = visit("ask_the_room")
    at.button("ask_up_2").click().run()
    at.button("ask_out_0").click().run()
    ready = ready_set()
    wanted = [ready[2], ready[1], *ready[3:]]
    at.selectbox("ask_kind").select("choice").run()
    at.text_input("ask_words").set_value("Tea or coffee?")
    at.text_area("ask_choices").set_value("Tea\n\nCoffee\n")
    press(at, "Add this question")
    at.selectbox("ask_kind").select("guess").run()
    press(at, "Add this question")
    at.selectbox("ask_kind").select("number").run()
    press(at, "Add this question")
    assert any("empty" in box.value for box in at.error)
    at.text_input("ask_words").set_value("How many?")
    at.text_input("ask_unit").set_value("people")
    press(at, "Add this question")
    at.text_input("ask_title").set_value("Room")
    press(at, "Start the event")
    event = door.facilitator(at.session_state[lead.SECRET])
    wanted += [
        Question("choice", "Tea or coffee?", ("Tea", "Coffee")),
        Question("guess", STEPS[0].question, STEPS[0].choices, story=STEPS[0].key),
        Question("number", "How many?", low=0, high=100, step=1, unit="people"),
    ]
    assert [replace(one, id="") for one in event.questions] == wanted


def test_questions_are_shown_stopped_opened_again_and_revealed() -> None:
    made = rooms.started((rooms.CHOICE, rooms.COMMENT))
    choice, comment = (one.id for one in made.event.questions)
    at = led(made)
    check(at, TITLE)
    states = []
    for what in ("show", "stop", "show", "reveal"):
        pressed(at, what, choice)
        question = door.event(made.event.code).question(choice)
        assert question
        states.append(question.state)
    assert states == ["open", "stopped", "open", "revealed"]
    assert not [one for one in at.button if one.key in (f"ask_stop_{choice}", f"ask_reveal_{choice}")]
    pressed(at, "show", comment)
    assert not [one for one in at.button if one.key == f"ask_reveal_{comment}"]
    check(at, TITLE)


def test_phones_are_invited_to_what_takes_answers_and_to_what_is_still_to_come() -> None:
    made = rooms.started((rooms.CHOICE,))
    (key,) = (one.id for one in made.event.questions)
    for act, invitation in (
        (lambda: None, "For the next question"),
        (lambda: door.show(made.secret, key), "To answer"),
        (lambda: door.stop(made.secret, key), ""),
    ):
        act()
        at = led(made)
        check(at, TITLE)
        assert [f"{invitation}, open this on your phone" in text for text in words(at) if "on your phone" in text] == (
            [True] if invitation else []
        )
        assert bool(at.code) == bool(invitation)


def test_a_comment_is_let_appear_and_taken_off() -> None:
    made = rooms.started((rooms.COMMENT,))
    (key,) = (one.id for one in made.event.questions)
    door.show(made.secret, key)
    kept = door.answer(made.event.code, key, rooms.browser(1), "# Loud\n<script>")
    at = led(made)
    assert not any("Loud" in text for text in words(at)), "folded away: the projector may show the page"
    at.session_state[f"ask_look_{key}"] = True
    at.run()
    assert any(text.startswith("\\# Loud") for text in words(at))
    pressed(at, "appear", kept.id)
    assert [one.id for one in door.tally(made.event.code, key).comments] == [kept.id]
    pressed(at, "appear", kept.id)
    assert not door.tally(made.event.code, key).comments


@pytest.mark.parametrize("question", rooms.EACH, ids=lambda one: f"{one.kind}{one.seat}")
def test_a_result_is_the_facilitators_alone_until_it_is_revealed(question: Question) -> None:
    made = rooms.started((question,) if question.seat else (rooms.SEAT, question))
    rooms.asked_of_all(made, 6, until="stopped")
    key = rooms.key(made.event, question)
    door.show(made.secret, key)
    at = led(made)
    check(at, TITLE)
    assert not at.get("plotly_chart")
    assert not any("|---" in text for text in words(at))
    at.session_state[f"ask_look_{key}"] = True
    at.run()
    check(at, TITLE)
    assert len(at.get("plotly_chart")) == (question.kind != "comment")
    if question.kind != "comment":
        pressed(at, "reveal", key)
        at.session_state[f"ask_look_{key}"] = False
        at.session_state["room_table_lead"] = at.session_state["room_prices_lead"] = True
        at.run()
        check(at, TITLE)
        assert len(at.get("plotly_chart")) == 1
        assert any("|---" in text for text in words(at))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_the_models_answer_to_a_guess_is_the_storys(step: object) -> None:
    assert isinstance(step, type(STEPS[0]))
    made = rooms.started((Question("guess", step.question, step.choices, story=step.key),))
    event = made.event
    found = one_question.right(event, event.questions[0])
    at = visit("story", step=str(STEPS.index(step) + 1))
    press(at, "Show the answer")
    assert found is not None
    assert at.success[0].value.startswith(f"**{step.choices[found]}.**")
    other = replace(event.questions[0], choices=("Another", "time"))
    assert one_question.right(event, other) is None


def test_a_running_event_takes_other_questions() -> None:
    made = rooms.started((rooms.CHOICE, rooms.NUMBER))
    door.show(made.secret, rooms.key(made.event, rooms.CHOICE))
    at = led(made)
    at.session_state["ask_arrange"] = True
    at.run()
    assert not [one for one in at.button if one.key == "ask_out_0"], "what was shown stays"
    at.button("ask_up_1").click().run()
    at.selectbox("ask_kind").select("agreement").run()
    at.text_input("ask_words").set_value("It is fair.")
    press(at, "Add this question")
    kinds = [one.kind for one in door.event(made.event.code).questions]
    assert kinds == ["number", "choice", "agreement"]
    check(at, TITLE)


def test_it_is_closed_and_then_deleted_by_its_code_alone() -> None:
    made = rooms.started((rooms.CHOICE,))
    at = led(made)
    press(at, "Close the event")
    check(at, TITLE)
    assert door.event(made.event.code).closed
    assert not [one for one in at.button if (one.key or "").startswith("ask_show")]
    press(at, "Delete everything")
    assert any("Nothing was deleted" in box.value for box in at.error)
    at.text_input("ask_sure").set_value(made.event.code.lower())
    press(at, "Delete everything")
    check(at, TITLE)
    assert [said.value for said in at.toast] == [f"The event {made.event.code} is deleted, with every answer to it."]
    with pytest.raises(EventError):
        door.event(made.event.code)
    assert lead.SECRET not in at.session_state
    assert "event" not in at.query_params


def test_the_files_are_the_doors() -> None:
    made = rooms.started()
    rooms.asked_of_all(made, 2)
    at = led(made)
    assert len(at.get("download_button")) == len(door.FORMS)
    for form in door.FORMS:
        assert leading.content(made.secret, form, "http://x/") == door.export(made.secret, form, "http://x/").content


@pytest.mark.parametrize("guessed", ["0" * 32, "f" * 32])
def test_a_guessed_link_leads_nothing(guessed: str) -> None:
    made = rooms.started()
    at = led(Started(made.event, guessed))
    check(at, TITLE)
    assert at.error[0].value == escape(
        "No event has this link. It may have been cut off, or the event has been deleted."
    )
    assert not at.get("download_button")
    press(at, "Start another, or paste the link again")
    at.text_input("ask_pasted").set_value("no link").run()
    assert at.warning
    at.text_input("ask_pasted").set_value(f" http://192.0.2.1/ask_the_room#lead={made.secret}\n").run()
    check(at, TITLE)
    assert at.caption[0].value.startswith("**In Manchester**")


def test_the_code_of_an_event_opens_nothing_of_its_facilitators() -> None:
    made = rooms.started()
    rooms.asked_of_all(made, 2, until="stopped")
    for page in ("ask_the_room", "answer", "presenter", "what_is_kept"):
        at = visit(page, event=made.event.code)
        assert not at.exception
        assert not at.get("download_button")
        assert not [one for one in at.button if (one.key or "").startswith(("ask_show", "ask_reveal", "ask_look"))]
        assert not any("Comment " in text for text in words(at))
        assert made.secret not in anywhere(at)
    for name in ("lead", "secret", "room_lead_secret"):
        at = visit("ask_the_room", event=made.event.code, **{name: made.secret})
        assert not at.get("download_button"), "a secret in the query of an address leads nothing"


def test_the_secret_is_in_no_other_page_of_the_facilitators_visit() -> None:
    made = rooms.started((rooms.CHOICE,))
    at = led(made)
    assert made.secret not in "".join(str(link.proto) for link in at.main.get("page_link"))
    assert made.secret not in str(dict(at.query_params))
    for page in ("presenter", "take_away", "set_the_price"):
        at.switch_page(f"pages/{page}.py").run()
        assert not at.exception
        assert made.secret not in anywhere(at)


def test_without_a_database_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_DATABASE", "/proc/nowhere/rooms.sqlite")
    at = visit("ask_the_room")
    check(at, TITLE)
    assert "There is no database for what rooms say" in at.error[0].value
    assert not [one for one in at.button if one.key == "ask_start"]
    at.session_state[lead.SECRET] = "0" * 32
    at.run()
    assert "There is no database" in at.error[0].value
