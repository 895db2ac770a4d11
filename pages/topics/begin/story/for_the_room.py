"""A guess is kept for the room as well, for whoever came through the link of an event that asks this step just now."""

import streamlit as st

from consultation import door
from consultation.records import Question
from pages.frame import joined
from pages.kit.consultation import visitor
from pages.kit.markdown import escape
from pages.topics.begin.story.steps import Step
from pricing.errors import ExplorerError


def keep(step: Step, guess: str | None) -> None:
    """Keep a guess, and say whether it is kept; nothing for a reader who takes part in no event."""
    if not joined.code():
        return
    browser = visitor.browser()
    try:
        question = asked(step)
        if question is None:
            st.caption("The room is not asked this just now: a guess stays in your browser.")
        elif browser and guess is not None:
            send(question, step.choices.index(guess), browser)
            st.caption(f"Your guess is kept for the room (event {joined.code()}).")
        else:
            st.caption(f"Your guess will be kept for the room (event {joined.code()}), without a name.")
    except ExplorerError as problem:
        st.warning(escape(str(problem)))


def asked(step: Step) -> Question | None:
    """The question of the event that takes guesses at this step now."""
    open_now = door.event(joined.code()).open_questions
    return next((one for one in open_now if one.story == step.key and one.choices == step.choices), None)


def send(question: Question, choice: int, browser: str) -> None:
    """Send a guess, once for each that differs from the last that was sent."""
    sent = f"story_sent_{question.id}"
    if st.session_state.get(sent) != choice:
        door.answer(joined.code(), question.id, browser, choice)
        st.session_state[sent] = choice
