"""The story in six steps: a question to guess at, the answer in words and in a picture, and where to play with it."""

import streamlit as st

from pages.frame import frame, menu, opened_part
from pages.kit import kept, show
from pages.topics.story.answers import Changes
from pages.topics.story.steps import STEPS
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation
from pricing.scenario import links
from pricing.scenario.scenario import Scenario

PAGE = "story"
view = frame.view()
cohort = view.cohort
number = opened_part.now(PAGE, len(STEPS))
step = STEPS[number - 1]
opened = f"story_open_{step.key}"


def fixed(changes: Changes) -> Scenario:
    return Scenario(cohort=view.scenario.cohort).with_(**changes)


def hold(changes: Changes) -> Evaluation:
    return kept.of(fixed(changes), cohort)


def draw_answer() -> None:
    try:
        answer = step.answer(hold)
    except ExplorerError as problem:
        st.warning("The contract of this step has no meaning for these people.")
        st.text(str(problem))
        return
    right = step.choices[answer.choice]
    guessed = "" if guess is None else "You guessed it. " if guess == right else f"You guessed: {guess}. "
    st.success(f"**{right}.** {guessed}{answer.told}")
    show.chart(answer.title, answer.figure, answer.reading, f"story_{step.key}")
    place = "./" if step.page == menu.HOME else step.page
    st.link_button(
        f"{step.invitation}: {menu.PAGES[step.page]}",
        f"{place}?{links.to_query(links.write(fixed(answer.changes)) | opened_part.asked(step.part))}",
        icon=":material/open_in_new:",
        wrap=True,
    )


st.title("The story in six steps")
if number == 1:
    st.write("Guess first, then see what the model says. The contracts here are fixed; the people are your panel's.")
show.about(cohort)
st.header(f"{number} of {len(STEPS)}. {step.title}")
st.write(step.text)
st.markdown(f"**{step.question}**")
guess = st.radio(
    step.question,
    step.choices,
    None,
    key=f"story_guess_{step.key}",
    persist_state="session",
    label_visibility="collapsed",
)
if st.session_state.get(opened):
    draw_answer()
else:
    st.button("Show the answer", on_click=lambda: st.session_state.update({opened: True}))
back, on, _ = st.columns([1, 1, 2])
back.button(
    "Back",
    on_click=opened_part.go_to,
    args=(PAGE, number - 1),
    disabled=number == 1,
    shortcut="PageUp",
    width="stretch",
)
on.button(
    "Next step",
    on_click=opened_part.go_to,
    args=(PAGE, number + 1),
    disabled=number == len(STEPS),
    shortcut="PageDown",
    width="stretch",
)
with st.expander("If you run this in a room"):
    st.write(
        "Put a step on the projector, let people guess with their hands or on their phones, then show the answer. The "
        "keys Page Down and Page Up, which a presenter's clicker sends, go on and back. A guess stays in its own "
        "visit: it is in no link, and nobody else sees it. The address in the browser opens this very step."
    )
