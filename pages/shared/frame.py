"""What every page stands in: navigation, sidebar, the scenario of this visit, and its link.

Streamlit runs a page's file alone when a link to it is the first request to a fresh server. So every page begins with
``frame.view()``, which then runs the whole frame instead and stops.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.shared import address, compute, controls, own_table_door, page_step, replay
from pages.shared.wording import version_line
from pricing import builtin_cohorts
from pricing.cohort import Cohort
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation
from pricing.parameters import OWN_TABLE, Scenario

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
    "In the room": {"presenter": "Presenter view", "take_away": "Take it away"},
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
SIDEBAR_WIDTH = 350
"""Pixels: the longest choice fits. On a phone the panel opens over the page, as Streamlit does by itself."""


@dataclass(frozen=True)
class View:
    """What a page shows: a scenario held against its people."""

    scenario: Scenario
    cohort: Cohort
    evaluation: Evaluation


SHOWN: ContextVar[View | None] = ContextVar("shown", default=None)
"""The view of this run while its page runs. Not in the session's state, which a stopped run may not write to."""


def run() -> None:
    """Draw the frame, then the page that was asked for."""
    page = st.navigation([*pages().values(), *aliases()], position="hidden")
    opened = name_of(page)
    panel: Literal["collapsed"] | int = "collapsed" if opened in controls.LIFTED else SIDEBAR_WIDTH
    st.set_page_config(page_title="Pricing-structure explorer", layout="wide", initial_sidebar_state=panel)
    replay.record(travelled=address.take(opened))
    controls.remember()
    if opened not in controls.LIFTED:
        draw_menu(opened)
    with st.sidebar:
        draw_sidebar(opened)
    address.write(opened)
    address.show_problems()
    replay.show_replay()
    shown = SHOWN.set(prepare(opened))
    try:
        page.run()
        st.caption(version_line())
    finally:
        SHOWN.reset(shown)


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
    other = {name.replace("_", "-"): name for name in PAGES if "_" in name}
    return [
        st.Page(FOLDER / f"{name}.py", title=PAGES[name], url_path=path, visibility="hidden")
        for path, name in other.items()
    ]


def name_of(page: StreamlitPage) -> str:
    """The file name of a page, whichever of its addresses was asked for."""
    return page.url_path.replace("-", "_") or HOME


def draw_menu(opened: str) -> None:
    """Links to every page, part by part, above the page; the part that the page is in stands out."""
    found, query = pages(), address.query()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="menu"):
        for part, names in MENU.items():
            # Its key is the page's own: an open part of the menu closes when another page is reached.
            with st.popover(part, type="secondary" if opened in names else "tertiary", key=f"{part} on {opened}"):
                for name in names:
                    st.page_link(found[name], query_params=query | page_step.of(name))


def draw_sidebar(opened: str) -> None:
    controls.draw(opened)
    replay.draw_buttons()
    left, right = st.columns(2)
    replay.draw_pin(left)
    with right.popover("Copy link", width="stretch"):
        st.write("This link holds every value and the model version. Copy it with the button at its right.")
        st.code(address.full_link(opened), language=None, wrap_lines=True)
    if address.pinned() is not None:
        st.caption("A is pinned, and in the link. “A and B” shows what has changed since.")


def prepare(opened: str) -> View:
    """The view of this run; where there is none, says why and stops."""
    scenario = controls.scenario()
    if isinstance(scenario, ExplorerError):
        refuse(scenario, opened)
    cohort = own_table_door.cohort() if scenario.cohort == OWN_TABLE else builtin_cohorts.load(scenario.cohort)
    if cohort is None:
        controls.draw_lifted(opened)
        st.stop()
    try:
        return View(scenario, cohort, compute.of(scenario, cohort))
    except ExplorerError as problem:
        refuse(problem, opened)


def refuse(problem: ExplorerError, opened: str) -> NoReturn:
    st.error("These settings cannot be shown together. Change one of them in the panel at the left.")
    st.text(str(problem))
    controls.draw_lifted(opened)
    st.stop()


def view() -> View:
    """The view for a page to show. A page that runs without its frame gets the frame instead."""
    shown = SHOWN.get()
    if shown is None:
        run()
        st.stop()
    return shown


def link_to(name: str) -> None:
    """A link to another page that keeps the scenario."""
    st.page_link(pages()[name], icon=":material/arrow_forward:", query_params=address.query() | page_step.of(name))
