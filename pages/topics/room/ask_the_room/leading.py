"""An event that is led from here: its code and its wall, its questions, files, and its end."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from consultation import door
from consultation.leaving.forms import FORMS, file_name
from consultation.records import Question, RoomEvent
from pages.frame import joined, menu, room
from pages.kit import link_code, show
from pages.kit.consultation import wall
from pages.kit.consultation import words as room_words
from pages.kit.markdown import escape
from pages.topics.room.ask_the_room import lead, one_question, questions, words
from pricing.errors import EventError, ExplorerError

REFUSED, SURE = "ask_lead_refused", "ask_sure"


def act(work: Callable[..., object], *given: object) -> None:
    """Do something as the facilitator; why it was refused is said on the page."""
    try:
        work(*given)
        st.session_state[REFUSED] = ""
    except ExplorerError as problem:
        st.session_state[REFUSED] = str(problem)


def draw(secret: str) -> None:
    """The event that this secret leads; says why where there is none."""
    try:
        event = door.facilitator(secret)
    except ExplorerError as problem:
        st.error(escape(str(problem)))
        if isinstance(problem, EventError):
            st.button("Start another, or paste the link again", key="ask_leave", on_click=lead.leave)
        return
    if joined.code() != event.code:
        joined.join(event.code)
        st.rerun()
    if lead.to_tell():
        draw_secret(secret)
    else:
        draw_event(secret, event)


def draw_secret(secret: str) -> None:
    """The facilitator's link, this once."""
    st.warning(words.KEEP)
    place = st.container()
    link_code.in_letters(place, lead.link(secret))
    st.button("I have kept it: go on", key="ask_told", on_click=lead.told)


def draw_event(secret: str, event: RoomEvent) -> None:
    """The wall beside the way in; then what the facilitator can do."""
    st.caption(f"**{escape(event.title)}** · {event.code}. {words.status(event)}")
    if st.session_state.get(REFUSED):
        st.error(escape(st.session_state[REFUSED]))
    left, right = st.columns([3, 1], gap="medium")
    with left:
        wall.draw(event, "lead", whole=True)
        if event.closed is None:
            one_question.draw_next(secret, event, act)
    with right:
        draw_way_in(event)
    st.subheader("The questions", anchor=False)
    st.caption(words.COUNTS)
    for place, question in enumerate(event.questions, 1):
        one_question.draw(secret, event, place, question, act)
    if event.closed is None:
        show.fold("Move, leave out or add questions", "ask_arrange", lambda: draw_arranging(secret, event))
    st.subheader("Files", anchor=False)
    draw_files(secret, event)
    st.subheader("The end", anchor=False)
    draw_end(secret, event)


def draw_way_in(event: RoomEvent) -> None:
    """The code, the QR code and the short address for the phones in the room."""
    if said := room_words.invitation(event):
        st.markdown(said)
        room.invite(wall.link(event.code), room.BESIDE)
    menu.link_to("presenter", label="The wall, for a projector")


def draw_arranging(secret: str, event: RoomEvent) -> None:
    """The questions in another order, fewer or more."""
    st.write(words.RUNNING)

    def put(asked: Sequence[Question]) -> None:
        act(door.arrange, secret, asked)

    questions.draw(event.questions, put)
    questions.draw_adding(event.questions, put)


def draw_files(secret: str, event: RoomEvent) -> None:
    """A button for each file, built when it is pressed."""
    st.write(
        "One row for each answer, sorted by random ids, so that no order says who sat where. A file that you take is "
        "yours to keep and to delete."
    )
    with show.grid(2, border=True) as boxes:
        for form, declared in FORMS.items():
            with boxes.cell():
                st.write(f"**{declared.name[0].upper()}{declared.name[1:]}.** {declared.what}")
                st.download_button(
                    f"Download the {declared.name}",
                    partial(content, secret, form, link_code.served()),
                    file_name(event, form),
                    declared.media,
                    key=f"ask_file_{form}",
                    on_click="ignore",
                )


def content(secret: str, form: str, beside: str) -> bytes:
    """An event as a file."""
    return door.export(secret, form, beside).content


def draw_end(secret: str, event: RoomEvent) -> None:
    """Close the event, delete it, or lead it here no longer."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if event.closed is None:
            st.button("Close the event", key="ask_close", on_click=act, args=(door.close, secret))
        st.button("Stop leading it in this browser", key="ask_leave", on_click=lead.leave)
    st.text_input(
        f"To delete everything at once and for good, type the code of the event ({event.code})", key=SURE, max_chars=12
    )
    st.button("Delete everything", key="ask_delete", on_click=delete, args=(secret, event))


def delete(secret: str, event: RoomEvent) -> None:
    """Delete the event, once its code was typed."""
    if st.session_state[SURE].strip().upper() != event.code:
        st.session_state[REFUSED] = "Nothing was deleted: type the code of the event first."
        return
    act(door.delete, secret)
    if not st.session_state[REFUSED]:
        lead.leave()
        st.toast(f"The event {event.code} is deleted, with every answer to it.")
