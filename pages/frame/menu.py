"""The menu: every page, by parts, and links to them that keep the scenario."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from pages.frame import address, opened_part

FOLDER = Path(__file__).parent.parent
MENU: Mapping[str, Mapping[str, str]] = {
    "Begin": {"start_here": "Start here", "story": "The story in six steps"},
    "The price": {
        "set_the_price": "Set the price",
        "how_results_are_paid": "How results are paid",
        "compare": "A and B",
    },
    "People and places": {
        "who_it_pays_to_help": "Who it pays to help",
        "places": "Places",
        "fairness": "Fairness",
        "risk_curves": "Risk curves",
    },
    "Money and risk": {
        "who_pays_who_saves": "Who pays, who saves",
        "small_provider": "Being a small provider",
    },
    "In the room": {"take_away": "Take it away", "presenter": "Presenter view"},
    "How far to trust it": {
        "how_sure": "How sure",
        "checked_against_history": "Checked against history",
        "evidence": "Evidence",
        "glossary": "Glossary",
        "accessibility": "Accessibility",
    },
}
"""Part of the menu -> page file -> title; the file's name is also its address. Add a page here and as a file."""
PAGES: Mapping[str, str] = {name: title for part in MENU.values() for name, title in part.items()}
HOME = "start_here"


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
    """Every page, by file name; absolute paths, since Streamlit resolves others against the file it was started on.

    The address has to be the file's name: on a fresh server Streamlit looks for a file before it knows of our pages.
    """
    return {
        name: st.Page(FOLDER / f"{name}.py", title=title, url_path=None if name == HOME else name, default=name == HOME)
        for name, title in PAGES.items()
    }


def aliases() -> list[StreamlitPage]:
    """The same pages for whoever types an address with dashes for underscores."""
    if "-" not in urlsplit(st.context.url or "").path:
        return []
    other = {name.replace("_", "-"): name for name in PAGES if "_" in name}
    return [
        st.Page(FOLDER / f"{name}.py", title=PAGES[name], url_path=path, visibility="hidden")
        for path, name in other.items()
    ]


def name_of(page: StreamlitPage) -> str:
    """The file name of a page, whichever of its addresses was asked for."""
    return page.url_path.replace("-", "_") or HOME


def draw(opened: str) -> None:
    """Above the page, links to the first page of each part, and under them to the pages of the part that is open.

    Plain links, in the order in which they stand: a keyboard comes to them as an eye does, which it would not in a
    menu that opens over the page.
    """
    with row("parts"):
        for part, names in MENU.items():
            link_to(next(iter(names)), icon=None, label=f"**{part}**" if opened in names else part)
    with row("pages"):
        for name in next(names for names in MENU.values() if opened in names):
            link_to(name, icon=None)


def row(name: str) -> DeltaGenerator:
    """A row of links, which wraps on a phone."""
    return st.container(horizontal=True, gap="xsmall", key=f"menu_{name}")


def link_to(name: str, icon: str | None = ":material/arrow_forward:", label: str | None = None) -> None:
    """A link to a page that keeps the scenario; its title unless there is a ``label``."""
    ways = WAYS.get()
    st.page_link(ways.pages[name], label=label, icon=icon, query_params={**ways.query, **opened_part.of(name)})
