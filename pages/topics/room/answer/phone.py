"""The page for a phone: what is kept, the question shown now, others that are open, and results as tables.

What a room answers and looks at is a fragment: two hundred people answer within seconds, and to run the page around it
for each would take three times as long. A price alone needs the whole page, whose panel its controls belong to.
"""

from collections.abc import Mapping

import streamlit as st

from consultation import door
from consultation.records import Question, RoomAnswer, RoomEvent
from pages.frame import address, joined, menu
from pages.frame.frame import View
from pages.kit.callbacks import if_there
from pages.kit.consultation import news, result, visitor, wall
from pages.kit.consultation import words as room_words
from pages.kit.cost import heavy
from pages.kit.markdown import escape
from pages.topics.room.answer import asking, words
from pages.topics.room.answer.asking import Asked
from pricing.errors import ExplorerError, StoreError
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults

TYPED = "answer_code_typed"
BEGUN = "answer_begun_at_price_of"
UNSEEN = -1
"""A revision that no event has: whatever is heard next is news."""


def ask_for_code() -> None:
    """A box for the code that stands on the wall."""
    st.text_input(
        "Code of the event", key=TYPED, on_change=if_there(TYPED, take_code), max_chars=12, placeholder="ABC234"
    )
    st.button("Go on", width="stretch", on_click=if_there(TYPED, take_code))
    typed = st.session_state.get(TYPED, "")
    if typed and not joined.code():
        st.warning("This is not the code of an event.")
    st.write(words.NO_CODE)


def take_code() -> None:
    """Take part in the event whose code was typed."""
    joined.join(links.read_event(st.session_state[TYPED], []))


def leave() -> None:
    """Take part in no event."""
    st.session_state.pop(TYPED, None)
    joined.join("")


def draw(view: View) -> None:
    """The event that this visit takes part in; why it cannot be shown, where it cannot."""
    whole = asks_for_a_price()
    (draw_event if whole else draw_alone)(view, whole=whole)
    with st.container(horizontal=True, vertical_alignment="center"):
        menu.link_to("start_here", icon=None)
        menu.link_to("what_is_kept", icon=None)
        st.button("Another event", key="leave_event", on_click=leave, type="tertiary")


def asks_for_a_price() -> bool:
    """Whether the event takes prices just now; not where it cannot be shown."""
    try:
        return any(one.kind == "price" for one in door.event(joined.code()).open_questions)
    except ExplorerError:
        return False


@st.fragment
def draw_alone(view: View, *, whole: bool) -> None:
    """The event without the page around it."""
    with heavy.answering():
        draw_event(view, whole=whole)


def draw_event(view: View, *, whole: bool) -> None:
    """The event as it stands now, or why it cannot be shown; ``whole``: with the page around it."""
    code, browser = joined.code(), visitor.browser()
    try:
        event, own = door.sat_down(code, browser) if browser else (door.event(code), {})
        begin_at_its_price(event, view.scenario)
        if whole != any(one.kind == "price" for one in event.open_questions):
            st.rerun()
        draw_seat(event, own, browser, view)
        revision = event.revision
    except ExplorerError as problem:
        st.error(escape(str(problem)))
        st.write("Everything else of the explorer works.")
        if not isinstance(problem, StoreError):
            return
        revision = UNSEEN
    news.draw(code, revision)


def begin_at_its_price(event: RoomEvent, scenario: Scenario) -> None:
    """A visit that has set nothing takes the price of the event as it joins: what is sent unchanged does not differ.

    A price that the reader came with stands. So does that of people whom the phone does not have.
    """
    if st.session_state.get(BEGUN) == event.code:
        return
    st.session_state[BEGUN] = event.code
    own = links.read(links.from_url(event.link)).scenario
    if scenario == defaults() and own not in (scenario, own.with_(cohort=OWN_TABLE)):
        address.begin_at(own)


def draw_seat(event: RoomEvent, own: Mapping[str, RoomAnswer], browser: str, view: View) -> None:
    """The question on the wall, and whatever else is open.

    What is kept is said first; once this browser has answered, under what is asked, so that a thumb need not scroll.
    """
    kept = f"**{escape(event.title)}** · {event.code}. {room_words.kept(event)}"
    if not own:
        st.caption(kept)
    if not browser:
        st.write(words.FINDING)
        return
    if visitor.forgetful():
        st.warning(words.FORGETFUL)
    with st.container(key="on_phone"):
        draw_questions(event, own, browser, view)
    if own:
        st.caption(kept)


def draw_questions(event: RoomEvent, own: Mapping[str, RoomAnswer], browser: str, view: View) -> None:
    """The question on the wall or why there is none, then others that are open: the seat, for who comes late."""
    if event.closed is not None:
        st.info(words.CLOSED)
    elif event.on_the_wall is None:
        st.info(words.NOTHING)
    if event.on_the_wall is not None:
        draw_question(Asked(event, event.on_the_wall, browser, own.get(event.on_the_wall.id), view))
    for question in event.open_questions:
        if question != event.on_the_wall:
            asked = Asked(event, question, browser, own.get(question.id), view)
            if asked.own is None:
                draw_question(asked)
            else:
                with st.expander(f"Answered: {escape(question.words)}"):
                    draw_question(asked)


def draw_question(asked: Asked) -> None:
    """A question that is open, or what came of it."""
    question = asked.question
    st.header(escape(question.words), anchor=False)
    if question in asked.event.open_questions:
        asking.draw(asked)
        return
    st.write(words.state(question, closed=asked.event.closed is not None))
    draw_own(question, asked.own)
    tally = wall.seen(asked.event, question)
    if tally.seen and question.kind == "comment":
        result.draw_comments(tally)
    elif tally.seen and tally.answered:
        st.markdown(f"**{room_words.finding(tally)}.**")
        result.draw_people(tally, asked.event)
        result.draw_rows(tally)


def draw_own(question: Question, own: RoomAnswer | None) -> None:
    """What this browser answered."""
    if own is None:
        st.caption("You did not answer it.")
    else:
        st.caption(f"You answered: {room_words.plain(room_words.of_answer(question, own.value))}")
