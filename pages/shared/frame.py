"""What every page stands in: navigation, sidebar, the scenario of this visit, and its link.

Streamlit runs a page's file alone when a link to it is the first request to a fresh server. So every page begins with
``frame.view()``, which then runs the whole frame instead and stops.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.shared import address, compute, controls, own_table_door
from pages.shared.wording import version_line
from pricing import builtin_cohorts
from pricing.cohort import Cohort
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation
from pricing.parameters import OWN_TABLE, Scenario

FOLDER = Path(__file__).parent.parent
PAGES: Mapping[str, str] = {
    "start_here": "Start here",
    "set_the_price": "Set the price",
    "how_results_are_paid": "How results are paid",
    "who_it_pays_to_help": "Who it pays to help",
    "small_provider": "Being a small provider",
    "risk_curves": "Risk curves",
    "how_sure": "How sure",
    "checked_against_history": "Checked against history",
    "evidence": "Evidence",
}
"""Page file -> title; the file's name is also its address. Add a page here and as a file in pages/."""
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
    st.set_page_config(page_title="Pricing-structure explorer", layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    page = st.navigation([*pages().values(), *aliases()], position="hidden")
    address.take()
    with st.sidebar:
        draw_sidebar(name_of(page))
    address.write()
    address.show_problems()
    shown = SHOWN.set(prepare())
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


def draw_sidebar(opened: str) -> None:
    st.markdown("**Pricing-structure explorer**")
    for page in pages().values():
        st.page_link(page, query_params=address.query())
    st.divider()
    controls.draw(opened)
    left, right = st.columns(2)
    left.button("Reset", on_click=address.reset, help="Set every parameter back to its default.", width="stretch")
    with right.popover("Copy link", width="stretch"):
        st.write("This link holds every value and the model version. Copy it with the button at its right.")
        st.code(address.full_link(), language=None, wrap_lines=True)


def prepare() -> View:
    """The view of this run; where there is none, says why and stops."""
    scenario = controls.scenario()
    if isinstance(scenario, ExplorerError):
        refuse(scenario)
    if scenario.cohort == OWN_TABLE and not own_table_door.given():
        controls.keep_own()
    cohort = own_table_door.cohort() if scenario.cohort == OWN_TABLE else builtin_cohorts.load(scenario.cohort)
    try:
        return View(scenario, cohort, compute.of(scenario, cohort))
    except ExplorerError as problem:
        refuse(problem)


def refuse(problem: ExplorerError) -> NoReturn:
    controls.keep_own()
    st.error("These settings cannot be shown together. Change one of them in the panel at the left.")
    st.text(str(problem))
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
    st.page_link(pages()[name], icon=":material/arrow_forward:", query_params=address.query())
