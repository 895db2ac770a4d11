"""Before an event: its title, how long it is kept, its questions and its price; or the link of one that is on."""

from collections.abc import Sequence

import streamlit as st

from consultation import door
from consultation.ready import ready_set
from consultation.records import Question
from pages.frame import menu
from pages.frame.frame import View
from pages.kit.callbacks import if_there
from pages.kit.markdown import escape, in_force
from pages.topics.room.ask_the_room import lead, questions, words
from pricing.errors import ExplorerError
from pricing.scenario.scenario import OWN_TABLE, Scenario

DRAFT, TITLE, DAYS, REFUSED, PASTED = "ask_draft", "ask_title", "ask_days", "ask_refused", "ask_pasted"


def draft() -> tuple[Question, ...]:
    """The questions as they are going to be asked: the ready ones to begin with."""
    found: tuple[Question, ...] | None = st.session_state.get(DRAFT)
    return ready_set() if found is None else found


def put(asked: Sequence[Question]) -> None:
    """Hold the questions in another order."""
    st.session_state[DRAFT] = tuple(asked)


def draw(view: View) -> None:
    """The form of a new event; says first where there is no database."""
    st.write(words.ABOUT)
    try:
        door.ready()
    except ExplorerError as problem:
        st.error(escape(str(problem)))
        return
    with st.expander("I have a facilitator’s link"):
        st.write(words.LEAD)
        st.text_input("The link", key=PASTED, type="password", on_change=if_there(PASTED, paste), autocomplete="off")
        if st.session_state.get(PASTED):
            st.warning(words.NO_LINK)
    st.header("A new event", anchor=False)
    st.text_input("Title, which the room sees", key=TITLE, max_chars=door.LONGEST_TITLE)
    st.number_input(
        f"Delete everything after so many days ({door.FEWEST_DAYS} to {door.MOST_DAYS})",
        door.FEWEST_DAYS,
        door.MOST_DAYS,
        door.USUAL_DAYS,
        key=DAYS,
    )
    st.write(f"The event is about the price that you have set. {in_force(view.scenario)}")
    if view.scenario.cohort == OWN_TABLE:
        st.caption("Your own table stays in this visit: the event keeps the settings, held against the shipped people.")
    menu.link_to("set_the_price", label="Set another price first")
    st.subheader("The questions, in the order in which you mean to ask them", anchor=False)
    questions.draw(draft(), put)
    with st.expander("Add a question"):
        questions.draw_adding(draft(), put)
    st.button("Start the event", key="ask_start", on_click=start, args=(view.scenario,))
    if st.session_state.get(REFUSED):
        st.error(escape(st.session_state[REFUSED]))
    menu.link_to("what_is_kept")


def start(scenario: Scenario) -> None:
    """Start the event and lead it from here; says why where it cannot be started."""
    try:
        made = door.start(st.session_state[TITLE], draft(), scenario, int(st.session_state[DAYS]))
    except ExplorerError as problem:
        st.session_state[REFUSED] = str(problem)
        return
    st.session_state[REFUSED] = ""
    st.session_state.pop(DRAFT, None)
    lead.begin(made)


def paste() -> None:
    """Lead the event whose link was pasted; the box forgets it at once."""
    if lead.take(st.session_state[PASTED]):
        st.session_state[PASTED] = ""
