"""Which questions, in which order: moved, left out and added, before an event starts and while it runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from consultation import kinds
from consultation.checks import LONGEST_QUESTION, LONGEST_UNIT
from consultation.kinds import KINDS
from consultation.records import Question
from pages.kit.consultation import words as room_words
from pages.kit.markdown import escape
from pages.topics.begin.story.steps import STEPS
from pricing.errors import ParameterError

Put = Callable[[Sequence[Question]], None]
"""Takes the questions in their new order."""
REFUSED = "ask_question_refused"
WORDS, CHOICES, SEAT = "ask_words", "ask_choices", "ask_seat"
LOW, HIGH, STEP, UNIT = "ask_low", "ask_high", "ask_step", "ask_unit"
KIND, STORY = "ask_kind", "ask_story"
CONTROLS = (KIND, STORY, WORDS, CHOICES, SEAT, LOW, HIGH, STEP, UNIT)


def draw(questions: Sequence[Question], put: Put) -> None:
    """Every question with what can be done to its place."""
    for place, question in enumerate(questions):
        with st.container(border=True):
            st.markdown(f"**{place + 1}.** {escape(question.words)}")
            st.caption(about(question))
            with st.container(horizontal=True):
                if place:
                    up = (*questions[: place - 1], question, questions[place - 1], *questions[place + 1 :])
                    st.button("Move up", key=f"ask_up_{place}", on_click=put, args=(up,))
                if question.state == "waiting" and len(questions) > 1:
                    rest = (*questions[:place], *questions[place + 1 :])
                    st.button("Leave out", key=f"ask_out_{place}", on_click=put, args=(rest,))


def about(question: Question) -> str:
    """What kind of question it is, and its choices."""
    name = "Choice of a seat, by which results can be told" if question.seat else KINDS[question.kind].name
    if question.choices:
        return f"{name}: {escape('; '.join(question.choices))}"
    if question.kind == "number":
        low, high = (escape(room_words.number(question, end)) for end in (question.low, question.high))
        return f"{name}: {low} to {high}"
    return name


def draw_adding(questions: Sequence[Question], put: Put) -> None:
    """What a question needs, by its kind."""
    kind = st.selectbox("Kind of question", list(KINDS), format_func=lambda key: KINDS[key].name, key=KIND)
    st.caption(KINDS[kind].what)
    if kind == "guess":
        st.selectbox("Step of the story", list(STEPS), format_func=lambda step: step.title, key=STORY)
    else:
        st.text_input("The statement" if kind == "agreement" else "The question", key=WORDS, max_chars=LONGEST_QUESTION)
    if kind == "choice":
        st.text_area("The choices, one on each line", key=CHOICES, max_chars=800)
        if not any(one.seat for one in questions):
            st.checkbox("It asks from which seat somebody speaks", key=SEAT)
    if kind == "number":
        draw_range()
    st.button("Add this question", key="ask_add", on_click=add, args=(tuple(questions), put))
    if st.session_state.get(REFUSED):
        st.error(escape(st.session_state[REFUSED]))


def draw_range() -> None:
    """The range of a number, and its unit."""
    with st.container(horizontal=True):
        st.number_input("Lowest", value=0.0, key=LOW, width=140)
        st.number_input("Highest", value=100.0, key=HIGH, width=140)
        st.number_input("In steps of", value=1.0, key=STEP, width=140)
        st.text_input("Unit, if any", key=UNIT, max_chars=LONGEST_UNIT, width=140)


def add(questions: tuple[Question, ...], put: Put) -> None:
    """Put a question more at the end; says why where it cannot be asked."""
    try:
        question = kinds.declared(written({name: st.session_state.get(name) for name in CONTROLS}))
    except ParameterError as problem:
        st.session_state[REFUSED] = str(problem)
        return
    st.session_state[REFUSED] = ""
    for name in (WORDS, CHOICES):
        if name in st.session_state:
            st.session_state[name] = ""
    put((*questions, question))


def written(state: Mapping[str, object]) -> Question:
    """The question that the controls describe."""
    kind = str(state[KIND])
    if kind == "guess":
        step = state[STORY]
        assert isinstance(step, type(STEPS[0]))
        return Question(kind, step.question, step.choices, story=step.key)
    found = Question(kind, str(state[WORDS]))
    if kind == "choice":
        choices = tuple(filter(str.strip, str(state[CHOICES]).splitlines()))
        return replace(found, choices=choices, seat=bool(state[SEAT]))
    if kind == "number":
        low, high, step_of = (float(str(state[name])) for name in (LOW, HIGH, STEP))
        return replace(found, low=low, high=high, step=step_of, unit=str(state[UNIT] or ""))
    return found
