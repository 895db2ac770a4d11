"""The story in six steps: a question to guess at, the answer in words and in a picture, and where to play with it."""

import streamlit as st

from pages.frame import frame, opened_part
from pages.kit import show
from pages.topics.story import answer_box
from pages.topics.story.steps import STEPS

PAGE = "story"
view = frame.view()
number = opened_part.step(PAGE, len(STEPS))
step = STEPS[number - 1]
opened = f"story_open_{step.key}"

st.title("The story in six steps")
if number == 1:
    st.write("Guess first, then see what the model says. The contracts here are fixed; the people are your panel's.")
show.about(view.cohort)
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
    answer_box.draw(step, view, guess)
else:
    st.button("Show the answer", on_click=lambda: st.session_state.update({opened: True}))
back, on, _ = st.columns([1, 1, 2])
opened_part.turn_button(back, "Back", "back", PAGE, number - 1, disabled=number == 1)
opened_part.turn_button(on, "Next step", "on", PAGE, number + 1, disabled=number == len(STEPS))
with st.expander("If you run this in a room"):
    st.write(
        "Put a step on the projector, let people guess with their hands or on their phones, then show the answer. The "
        "keys Page Down and Page Up, which a presenter's clicker sends, go on and back. A guess stays in its own "
        "visit: it is in no link, and nobody else sees it. The address in the browser opens this very step."
    )
