"""The menu: every page, by parts, and links to them that keep the scenario."""

from collections.abc import Mapping
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from pages.frame import address, joined, opened_part, pages_list
from pages.frame.page_record import HOME
from pages.frame.pages_list import LEADS, PAGES

FOLDER = Path(__file__).parent.parent


@dataclass(frozen=True)
class Ways:
    """The pages of this run, by file name, and the query by which each keeps the scenario."""

    pages: Mapping[str, StreamlitPage]
    query: Mapping[str, str]


WAYS: ContextVar[Ways] = ContextVar("ways")
"""Made once in each run: links are many."""


def navigate() -> StreamlitPage:
    """Tell Streamlit of every page; the one that was asked for."""
    found = pages()
    WAYS.set(Ways(found, {}))
    return st.navigation([*found.values(), *aliases()], position="hidden")


def keep_scenario() -> None:
    """Let links of this run carry the scenario, once it is known."""
    WAYS.set(Ways(WAYS.get().pages, address.query()))


def pages() -> dict[str, StreamlitPage]:
    """Every page, by file name: copies, since Streamlit marks the one that this run may draw."""
    return {name: copy(declared(name)) for name in PAGES}


@cache
def declared(name: str) -> StreamlitPage:
    """The page of this file name, once in a process: making one looks for its file.

    Its path is absolute, since Streamlit resolves others against the file it was started on. The address has to be the
    file's name: on a fresh server Streamlit looks for a file before it knows of our pages.
    """
    page = PAGES[name]
    return st.Page(FOLDER / f"{name}.py", title=page.title, url_path=page.path or None, default=name == HOME)


def aliases() -> list[StreamlitPage]:
    """The same pages for whoever types an address with dashes for underscores."""
    if "-" not in urlsplit(st.context.url or "").path:
        return []
    other = {name.replace("_", "-"): name for name in PAGES if "_" in name}
    return [
        st.Page(FOLDER / f"{name}.py", title=PAGES[name].title, url_path=path, visibility="hidden")
        for path, name in other.items()
    ]


def name_of(page: StreamlitPage) -> str:
    """The file name of a page, whichever of its addresses was asked for."""
    return page.url_path.replace("-", "_") or HOME


def window_title(opened: str) -> str:
    """What the browser's tab and a bookmark say: the page, and whose it is (WCAG 2.4.2)."""
    return f"{PAGES[opened].title} – Pricing-structure explorer"


def draw(opened: str) -> None:
    """Above the page, links to the first page of each part, and under them to the pages of the part that is open.

    Plain links, in the order in which they stand: a keyboard comes to them as an eye does, which it would not in a
    menu that opens over the page.
    """
    menu, here = pages_list.menu(), PAGES[opened].menu
    with row("parts"):
        for part, pages in menu.items():
            link_to(pages[0].name, icon=None, label=f"**{part}**" if part == here else part)
    with row("pages"):
        for page in menu[here]:
            link_to(page.name, icon=None)


def draw_way_back(opened: str) -> None:
    """For whoever takes part in an event: back to the room's question, from every page that they went to meanwhile."""
    if joined.code() and opened not in LEADS:
        link_to("answer", icon=":material/arrow_back:", label=f"Back to the room’s question (event {joined.code()})")


def row(name: str) -> DeltaGenerator:
    """A row of links, which wraps on a phone."""
    return st.container(horizontal=True, gap="xsmall", key=f"menu_{name}")


def link_to(name: str, icon: str | None = ":material/arrow_forward:", label: str | None = None) -> None:
    """A link to a page that keeps the scenario; its title unless there is a ``label``."""
    ways = WAYS.get()
    st.page_link(ways.pages[name], label=label, icon=icon, query_params={**ways.query, **opened_part.of(name)})
