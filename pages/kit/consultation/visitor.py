"""Who answers: a random number that a browser keeps by itself, known from the second run of a visit on."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

KEY = "room_visitor"
BROWSER, UNKEPT = "room_browser", "room_browser_unkept"
OWN = st.components.v2.component(KEY, js=(Path(__file__).parent / "visitor.js").read_text(encoding="utf-8"))


def browser() -> str:
    """The number of this browser; "" until it has told it, which begins another run."""
    known: str = st.session_state.get(BROWSER, "")
    with st.container(key="browser_visitor"):
        OWN(key=KEY, data={"known": known}, default={"browser": None}, on_browser_change=_told)
    return known


def forgetful() -> bool:
    """Whether the browser keeps nothing: a reload then makes another person of whoever answers."""
    return bool(st.session_state.get(UNKEPT))


def _told() -> None:
    told = st.session_state[KEY].get("browser")
    if isinstance(told, Mapping):
        st.session_state[BROWSER] = str(told.get("id", ""))
        st.session_state[UNKEPT] = told.get("kept") is False
