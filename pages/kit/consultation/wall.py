"""The wall: the question large, how many have answered, the result once it is revealed; it keeps itself up to date.

It runs as a fragment: no control of the page around it is drawn again, so a slider that is being moved is left alone.
"""

import streamlit as st

from consultation import door
from consultation.records import Question, RoomEvent, Tally
from pages.kit import link_code
from pages.kit.consultation import result, words
from pages.kit.markdown import escape
from pricing.errors import ExplorerError

EVERY = 2.0
"""Seconds between two looks of a wall."""
SEEN = "room_result_seen"


def draw(event: RoomEvent, key: str, fit: result.Fit = result.as_it_is, *, whole: bool = False) -> None:
    """The wall of an event; ``whole``: the page around it has to follow what another facilitator does."""
    every = EVERY if event.closed is None else None
    with st.container(key="wall"):
        st.fragment(run_every=every)(_draw)(event, key, fit, whole=whole)


def found(code: str) -> RoomEvent | None:
    """The event with this code; says why, and gives none, where it cannot be shown."""
    try:
        return door.event(code)
    except ExplorerError as problem:
        st.warning(escape(str(problem)))
        return None


def _draw(drawn: RoomEvent, key: str, fit: result.Fit, *, whole: bool) -> None:
    try:
        event = door.event(drawn.code)
        question = event.on_the_wall
        tally = seen(event, question) if question else None
    except ExplorerError as problem:
        st.warning(escape(str(problem)))
        return
    invites = words.invitation(event) != words.invitation(drawn)
    if (whole and event.revision != drawn.revision) or event.closed != drawn.closed or invites:
        st.rerun()
    if question is None or tally is None:
        st.header(escape(event.title), anchor=False)
        st.write("This event is closed." if event.closed else "The first question comes in a moment.")
        return
    st.header(escape(question.words), anchor=False)
    st.markdown(f"#### {words.answered(tally.answered)}{'' if question.state == 'open' else f'. {words.NO_MORE}'}")
    if tally.seen:
        result.draw(tally, event, key, fit)
    elif offered := words.to_choose(question):
        st.markdown("\n".join(f"- {escape(one)}" for one in offered))
    st.caption("A count is of browsers, not of people. Those who were in the room speak for themselves alone.")


def seen(event: RoomEvent, question: Question) -> Tally:
    """What the room may see of a question. It is kept in the visit alone, and only while nothing of it can change."""
    key = (event.id, question.id, event.revision)
    if not question.revealed:
        return door.tally(event.code, question.id)
    kept: tuple[object, Tally] | None = st.session_state.get(SEEN)
    if kept is None or kept[0] != key:
        kept = st.session_state[SEEN] = (key, door.tally(event.code, question.id))
    return kept[1]


def link(code: str) -> str:
    """The short address of an event for the phones in the room."""
    return f"{link_code.served()}answer?event={code}"
