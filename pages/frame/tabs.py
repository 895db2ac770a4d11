"""The parts of a page, one at a time behind tabs; the address says which is open, and a link can open there.

A part that is not open is neither worked out nor sent: a page answers a slider as fast as its part that is open.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from pages.frame import opened_part

About = TypeVar("About")
"""What all parts of a page are about."""


def key(page: str) -> str:
    return f"{page}_part"


def draw(page: str, parts: Mapping[str, Callable[[About], None]], about: About) -> None:
    """Draw the part that is open; ``parts`` are by the name on their tab."""
    names = list(parts)
    wanted = names[opened_part.now(page, len(names)) - 1]
    if st.session_state.get(key(page)) != wanted:
        st.session_state[key(page)] = wanted
    for name, tab in zip(names, st.tabs(names, key=key(page), on_change=take, args=(page, names)), strict=True):
        if tab.open:
            with tab:
                parts[name](about)


def take(page: str, names: list[str]) -> None:
    """Stand at the part whose tab a reader has opened."""
    opened_part.go_to(page, names.index(st.session_state[key(page)]) + 1)
