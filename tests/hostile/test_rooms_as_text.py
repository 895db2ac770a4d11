"""What a facilitator and a room wrote is shown as text: title, questions, choices, units and comments."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from consultation import door, limits
from consultation.records import Question
from pages.kit.consultation import visitor
from pages.topics.room.ask_the_room import lead
from tests.consultation import rooms
from tests.hostile import held
from tests.hostile.visitor import Said, texts
from tests.pages.visit import visit

EVIL = ":smile: www.evil.example $x$ **b** <b>bold</b><br>"
QUESTIONS = (
    Question("choice", f"Which? {EVIL}", (f"One {EVIL}", "[click](https://evil.example)", ":crown:")),
    Question("choice", f"Seat? {EVIL}", (f"Council {EVIL}", "# heading"), seat=True),
    Question("number", f"How much? {EVIL}", low=0, high=10, step=1, unit=":crown:"),
    Question("agreement", f"Is it so? {EVIL}"),
    Question("comment", f"What else? {EVIL}"),
)
COMMENT = f"<img src=x onerror=alert(1)> {EVIL} someone@evil.example"


@pytest.fixture(autouse=True)
def nobody_has_answered() -> None:
    limits.forget()


def said_on(at: AppTest) -> Iterator[Said]:
    """Every text of a page in a test of one process, as a visit to a server gives it."""
    for node in at._tree:
        if (proto := getattr(node, "proto", None)) is not None:
            kind = re.sub(r"(?<!^)(?=[A-Z])", "_", proto.DESCRIPTOR.name).lower()
            yield from (Said(kind, *found) for found in texts(proto))


def hold(at: AppTest) -> None:
    """Nothing that anybody wrote means anything on the page as it stands."""
    assert not at.exception
    assert not list(held.as_text(said_on(at), held.TEMPTING))


def test_a_rooms_words_mean_nothing_on_wall_phone_and_facilitators_page() -> None:
    made = rooms.started(QUESTIONS, title=f"Title {EVIL}")
    code = made.event.code
    wall, phone = visit("presenter", step="1", event=code), visit("answer", event=code)
    phone.session_state[visitor.BROWSER] = rooms.browser(1)
    leader = visit("ask_the_room")
    leader.session_state[lead.SECRET] = made.secret
    for question in made.event.questions:
        door.show(made.secret, question.id)
        for number in range(2, 8):
            value = COMMENT if question.kind == "comment" else 5 if question.kind == "agreement" else 1
            door.answer(code, question.id, rooms.browser(number), value)
        for at in (wall, phone, leader):
            hold(at.run())
        door.stop(made.secret, question.id)
        if question.kind == "comment":
            (first, *_) = door.comments(made.secret, question.id)
            door.let_appear(made.secret, first.id)
        else:
            door.reveal(made.secret, question.id)
        for at in (wall, phone, leader):
            hold(at.run())
    assert all(any(":smile:" in said.text.replace("\\", "") for said in said_on(at)) for at in (wall, phone, leader))


def test_what_is_refused_of_a_room_is_quoted_as_text() -> None:
    at = visit("answer")
    at.text_input[0].set_value(EVIL).run()
    hold(at)
    at = visit("ask_the_room")
    at.text_input("ask_title").set_value(f"{EVIL}\u202e").run()
    next(button for button in at.button if "tart" in button.label).click().run()
    hold(at)
