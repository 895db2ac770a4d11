"""A question as its facilitator has it: how it stands, what can be done with it, its result and its comments."""

from collections.abc import Callable

import streamlit as st

from consultation import door
from consultation.records import Question, RoomAnswer, RoomEvent
from pages.kit import kept, show
from pages.kit.consultation import result
from pages.kit.consultation import words as room_words
from pages.kit.markdown import escape
from pages.topics.begin.story.steps import STEPS
from pages.topics.room.ask_the_room import words
from pricing.errors import ExplorerError
from pricing.people import shipped
from pricing.scenario import links
from pricing.scenario.scenario import Scenario

Act = Callable[..., None]
"""Does something as the facilitator, and holds why it was refused."""


def draw(secret: str, event: RoomEvent, place: int, question: Question, act: Act) -> None:
    """A question with its buttons, and what came of it so far."""
    with st.container(border=True, key=f"asked_{question.id}"):
        here = " On the wall." if question.id == event.shown else ""
        st.markdown(f"**{place}.** {escape(question.words)}")
        st.caption(f"{state(question)}{here}")
        if event.closed is None:
            with st.container(horizontal=True):
                draw_buttons(secret, event, question, act)
        if question.state != "waiting":
            draw_answers(secret, event, question, act)


def draw_next(secret: str, event: RoomEvent, act: Act) -> None:
    """What is done most, right under the wall: stop or reveal what is on it, and show the next."""
    now = event.on_the_wall
    coming = next((one for one in event.questions if one.state == "waiting"), None)
    with st.container(horizontal=True):
        if now is not None:
            draw_buttons(secret, event, now, act, "now")
        if coming is not None:
            button("Show the next question", "next", coming, act, door.show, secret, coming.id)
    if coming is not None:
        st.caption(f"Next: {escape(coming.words)}")


def state(question: Question) -> str:
    """How a question stands; comments are never revealed, they appear one by one."""
    if question.kind == "comment" and question.state == "stopped":
        return "Stopped: it takes no more comments."
    return room_words.STATES[question.state]


def draw_buttons(secret: str, event: RoomEvent, question: Question, act: Act, where: str = "") -> None:
    """What can be done with a question as it stands; ``where`` on the page, if it is there twice."""
    shown = question.id == event.shown
    if not shown or question.state == "stopped":
        label = {"stopped": "Open it again", "revealed": "Show it again"}.get(question.state, "Show it")
        button(label, f"{where}show", question, act, door.show, secret, question.id)
    if question.state == "open":
        button("Stop it", f"{where}stop", question, act, door.stop, secret, question.id)
    if question.state in ("open", "stopped") and question.kind != "comment":
        button("Reveal the result", f"{where}reveal", question, act, reveal, secret, event, question)


def button(label: str, what: str, question: Question, act: Act, *given: object) -> None:
    """A button that does something with a question."""
    st.button(label, key=f"ask_{what}_{question.id}", on_click=act, args=given)


def reveal(secret: str, event: RoomEvent, question: Question) -> None:
    """Let the room see the result, of a guess with the model's answer for the event's people."""
    door.reveal(secret, question.id, right(event, question) if question.kind == "guess" else None)


def right(event: RoomEvent, question: Question) -> int | None:
    """The model's choice of a guess; None where its step has no answer for these people, or asks something else now."""
    step = next((one for one in STEPS if one.key == question.story), None)
    if step is None or step.choices != question.choices:
        return None
    name = links.read(links.from_url(event.link)).scenario.cohort
    cohort = shipped.load(name)
    try:
        return step.answer(lambda changes: kept.of(Scenario(cohort=name).with_(**changes), cohort)).choice
    except ExplorerError:
        return None


def draw_answers(secret: str, event: RoomEvent, question: Question, act: Act) -> None:
    """What came of a question, folded away: the projector may show this page."""
    if question.kind == "comment":
        title, content = "Read the comments, and let them appear", lambda: draw_comments(secret, question, act)
    else:
        title, content = "Look at the result yourself", lambda: draw_result(secret, event, question)
    show.fold(title, f"ask_look_{question.id}", lambda: draw_anew(question, content))


def draw_anew(question: Question, content: Callable[[], None]) -> None:
    """What came so far, and a button that looks again: it stays as it is until then, so that no button moves away."""
    if not question.revealed:
        st.button("Look again for what came since", key=f"ask_again_{question.id}")
    content()


def draw_result(secret: str, event: RoomEvent, question: Question) -> None:
    """The result for the facilitator's eyes; read anew each time, and kept nowhere."""
    if not question.revealed:
        st.warning(words.HIDDEN)
    tally = door.facilitator_tally(secret, question.id)
    result.draw(tally, event, f"own_{question.id}")
    if not question.revealed:
        st.caption(words.SEATS)


def draw_comments(secret: str, question: Question, act: Act) -> None:
    """Every comment, with a button that lets the room see it, or see it no longer."""
    found = door.comments(secret, question.id)
    if not found:
        st.write("No comment yet.")
    for one in found:
        with st.container(border=True):
            st.markdown(room_words.plain(str(one.value)))
            draw_appearing(secret, one, act)


def draw_appearing(secret: str, comment: RoomAnswer, act: Act) -> None:
    """The button of one comment."""
    label = "Take it off the wall" if comment.appears else "Let it appear"
    args = (door.let_appear, secret, comment.id, not comment.appears)
    st.button(label, key=f"ask_appear_{comment.id}", on_click=act, args=args)
