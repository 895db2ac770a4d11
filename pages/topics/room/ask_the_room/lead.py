"""Who leads an event: the secret of their link, taken from behind the # of the address and never put into one again.

It stands in the state of the visit and in the browser's tab: in no address, title, link of another page or log.
"""

import re
from pathlib import Path

import streamlit as st

from consultation.records import Started
from pages.frame import joined
from pages.kit import link_code

KEY = "room_lead"
SECRET, LEFT, TOLD = "room_lead_secret", "room_lead_left", "room_lead_told"
WHOLE = re.compile(r"[0-9a-f]{32}", re.ASCII)
TAB = st.components.v2.component(KEY, js=(Path(__file__).parent / "lead.js").read_text(encoding="utf-8"))


def secret() -> str:
    """The secret of the event that this visit leads; "" if none."""
    known: str = st.session_state.get(SECRET, "")
    with st.container(key="browser_lead"):
        TAB(
            key=KEY,
            data={"known": known, "left": bool(st.session_state.get(LEFT))},
            default={"secret": None},
            on_secret_change=_given,
        )
    return known


def _given() -> None:
    take(str(st.session_state[KEY].get("secret") or ""))


def take(text: str) -> bool:
    """Lead the event whose secret this text ends in, a whole link or the secret alone; whether it is one."""
    found = WHOLE.findall(text.strip()[-40:])
    if not found:
        return False
    st.session_state[SECRET], st.session_state[LEFT] = found[-1], False
    st.session_state.pop(TOLD, None)
    return True


def begin(started: Started) -> None:
    """Lead an event that was just started; its link is to be told once."""
    take(started.secret)
    st.session_state[TOLD] = False
    joined.join(started.event.code)


def to_tell() -> bool:
    """Whether the link has still to be told."""
    return st.session_state.get(TOLD) is False


def told() -> None:
    """The facilitator has kept the link: it is not shown again."""
    st.session_state.pop(TOLD, None)


def leave() -> None:
    """Lead no event here any more; the browser's tab forgets the secret too."""
    for name in (SECRET, TOLD):
        st.session_state.pop(name, None)
    st.session_state[LEFT] = True
    joined.join("")


def link(known: str) -> str:
    """The facilitator's link. What follows the # stays in the browser: it is in no server's log."""
    return f"{link_code.served()}ask_the_room#lead={known}"
