"""The parts of a page, one at a time behind tabs; the address says which is open, and a link can open there.

A part that is not open is neither worked out nor sent: a page answers a slider as fast as its part that is open.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from pages.frame import opened_part
from pages.frame.pages_list import PAGES
from pages.kit.callbacks import if_there

About = TypeVar("About")
"""What all parts of a page are about."""


def key(page: str) -> str:
    return f"{page}_part"


def draw(page: str, parts: Mapping[str, Callable[[About], None]], about: About) -> None:
    """Draw the tabs of a page's record, and in the one that is open its part; ``parts`` are by key."""
    titles = {part.title: part.key for part in PAGES[page].parts}
    wanted = next(title for title, part in titles.items() if part == opened_part.now(page))
    if st.session_state.get(key(page)) != wanted:
        st.session_state[key(page)] = wanted
    tabs = st.tabs(list(titles), key=key(page), on_change=if_there(key(page), take), args=(page,))
    for title, tab in zip(titles, tabs, strict=True):
        if tab.open:
            with tab:
                parts[titles[title]](about)


def take(page: str) -> None:
    """Stand at the part whose tab a reader has opened."""
    titles = {part.title: part.key for part in PAGES[page].parts}
    opened_part.go_to(page, titles[st.session_state[key(page)]])
