"""Presenter view: the wall of an event or a large picture, the controls that matter, the way for phones to join."""

import streamlit as st

from pages.frame import address, frame, joined, menu, opened_part, panel, room
from pages.frame.page_record import HOME
from pages.kit import show
from pages.kit.consultation import wall, words
from pages.kit.live import follow
from pages.topics.room.presenter import pictures

PAGE = "presenter"
view = frame.view()
evaluation = view.evaluation
offered = pictures.offered(evaluation)
walls = int(bool(joined.code()))
last = walls + len(offered) + 1
number = opened_part.step(PAGE, last)
place = number - walls
joining, asking = number == last, place == 0
shown = offered[0 if joining or asking else place - 1]
link = wall.link(joined.code()) if asking else address.short_link(shown.home, shown.part)
room.large_type()


def draw_picture() -> None:
    picture = shown.draw(evaluation)
    show.chart(picture.title, room.for_this_screen(picture.figure), picture.reading, f"room_{number}")
    st.caption(f"Picture {number} of {last}: {shown.name}. {view.cohort.caution}")
    st.caption(pictures.price_and_cost(evaluation)[0])


left, right = st.columns([3, 1], gap="medium")
with left:
    title, back, on = st.columns([3, 1, 1], vertical_alignment="center")
    title.title(view.page.title)
    opened_part.turn_button(back, "Previous", -1, PAGE, last, around=True)
    opened_part.turn_button(on, "Next", 1, PAGE, last, around=True)
    event = wall.found(joined.code()) if asking else None
    if event is not None:
        wall.draw(event, "wall", room.for_this_screen)
    elif not asking:
        with follow.region():
            st.header(*pictures.said(evaluation))
            if joining:
                st.markdown("#### Open this price on your phone, and move its sliders yourself")
                room.invite(link, room.ALONE)
            else:
                draw_picture()
    if place == 1:
        follow.draw(evaluation, pictures.MOVING)
with right:
    if event is not None and (said := words.invitation(event)):
        st.markdown(said)
        room.invite(link, room.BESIDE)
    panel.draw_lifted(PAGE)
    if not (joining or asking):
        st.markdown("**Open this on your phone**")
        room.invite(link, room.BESIDE)
    menu.link_to(HOME)
