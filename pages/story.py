"""The story in six steps: a question to guess at, the answer in words and in a picture, and where to play with it."""

import streamlit as st

from pages.frame import address, frame, menu, opened_part, panel, room
from pages.topics.begin.story import answer_box, for_the_room, memory
from pages.topics.begin.story.steps import STEPS

PAGE = "story"
view = frame.view()
number = opened_part.step(PAGE, len(STEPS))
step = STEPS[number - 1]
room.large_type()
memory.keep()


def draw_step() -> None:
    """The question, a guess that stands once the answer is seen, and the answer."""
    st.header(f"{number} of {len(STEPS)}. {step.title}")
    st.write(step.text)
    st.markdown(f"**{step.question}**")
    guess = st.radio(
        step.question,
        step.choices,
        None,
        key=memory.guess_key(step),
        persist_state="session",
        label_visibility="collapsed",
        disabled=memory.seen(step),
    )
    for_the_room.keep(step, guess)
    if memory.seen(step):
        answer_box.draw(step, view, guess)
        if number == len(STEPS):
            menu.link_to("cheapest_fair_price", label="With your own settings: what would leave no group behind")
    else:
        st.button("Show the answer", on_click=memory.show, args=(step,))
    back, on, _ = st.columns([1, 1, 2])
    opened_part.turn_button(back, "Back", -1, PAGE, len(STEPS))
    opened_part.turn_button(on, "Next step", 1, PAGE, len(STEPS))


left, right = st.columns([3, 1], gap="medium")
with left:
    view.title()
    if number == 1:
        st.write(
            "Guess first, then see what the model says. The contracts here are fixed; the people are yours to pick."
        )
    view.about()
    draw_step()
with right:
    panel.draw_lifted(PAGE)
    st.markdown("**Open this step on your phone**")
    room.invite(address.short_link(PAGE, number), room.BESIDE)
    with st.expander("If you run this in a room"):
        st.write(
            "Put a step on the projector, let people guess with their hands or on their phones, then show the answer. "
            "The keys Page Down and Page Up, which a presenter's clicker sends, go on and back. A guess stays in its "
            "own tab, also when that is reloaded: it is in no link, and nobody else sees it. Once the answer is shown, "
            "the guess can no longer be changed."
        )
