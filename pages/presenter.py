"""Presenter view: one large picture, the four controls that matter, and the way for a room's phones to join."""

import streamlit as st

from pages.shared import address, controls, frame, room, room_pictures, show
from pages.shared.wording import in_force, verdict

PAGE = "presenter"
view = frame.view()
evaluation = view.evaluation
pictures = room_pictures.offered(evaluation)
number = address.step(PAGE, len(pictures))
name, home, draw = pictures[number - 1]
room.large_type()

left, right = st.columns([7, 2], gap="medium")
with left:
    title, back, on = st.columns([3, 1, 1], vertical_alignment="center")
    title.title("Presenter view")
    before, after = number - 1 or len(pictures), number % len(pictures) + 1
    back.button("Previous", on_click=address.go_to, args=(PAGE, before), shortcut="PageUp", width="stretch")
    on.button("Next", on_click=address.go_to, args=(PAGE, after), shortcut="PageDown", width="stretch")
    st.header(verdict(evaluation))
    picture = draw(evaluation)
    show.chart(picture.title, room.for_this_screen(picture.figure), picture.reading, f"room_{number}")
    st.caption(
        f"Picture {number} of {len(pictures)}: {name}. {view.cohort.caution} The price: {in_force(view.scenario)}"
    )
with right:
    controls.draw_lifted(PAGE)
    room.invite(address.short_link("" if home == frame.HOME else home))
    frame.link_to(frame.HOME)
