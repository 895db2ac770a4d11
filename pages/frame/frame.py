"""What every page stands in: navigation, sidebar, the scenario of this visit, and its link.

Streamlit runs a page's file alone when a link to it is the first request to a fresh server. So every page begins with
``frame.view()``, which then runs the whole frame instead and stops.
"""

import gc
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Literal, NoReturn

import streamlit as st

from pages.frame import address, browser, menu, own_table_upload, panel, room, undo_buttons
from pages.frame.page_record import Page
from pages.frame.pages_list import PAGES
from pages.kit import kept, link_code, show
from pages.kit.cost import coarser, heavy, one_opening
from pages.kit.cost.runs import RUNS
from pages.kit.markdown import version_line
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults
from pricing.words import followed, need

SIDEBAR_WIDTH = 350
"""Pixels: the longest choice fits. On a phone the panel begins shut, and what moves most stands on the page."""


@dataclass(frozen=True)
class View:
    """What a page shows: a scenario held against its people."""

    page: Page
    scenario: Scenario
    cohort: Cohort
    evaluation: Evaluation

    def head(self, lead: str) -> None:
        """The head of a page whose figures are of people: its title, what it is about, and whom."""
        self.title()
        st.write(lead)
        self.about()

    def title(self) -> None:
        """The title of the page, as its record has it."""
        st.title(self.page.own_title)

    def about(self) -> None:
        """The people without whose caution no figure of theirs may stand."""
        show.about(self.cohort)


SHOWN: ContextVar[View | None] = ContextVar("shown", default=None)
"""The view of this run while its page runs. Not in the session's state, which a stopped run may not write to."""


def run() -> None:
    """Answer a reader: draw the frame, then the page that was asked for."""
    with heavy.answering(), coarser.telling(), panel.read_once(), one_opening.opening():
        draw_all()


def draw_all() -> None:
    """The frame, and the page in it."""
    page = menu.navigate()
    opened = menu.name_of(page)
    take_settings(opened)
    draw_around(opened)
    RUNS.give_way()
    address.write(opened)
    address.show_name()
    address.show_problems()
    undo_buttons.show_replay()
    prepared = prepare(opened)
    shown = SHOWN.set(prepared)
    try:
        with one_opening.as_far_as_it_goes():
            draw_followed(opened, prepared)
            RUNS.give_way()
            page.run()
    except ExplorerError as problem:
        st.error("The rest of this page cannot be shown with these settings. Change one of them in the panel.")
        st.text(str(problem))
    finally:
        SHOWN.reset(shown)
    draw_foot(prepared)
    set_aside()


def take_settings(opened: str) -> None:
    """Dress the page, and set the widgets from the address before any of them is drawn."""
    shut = bool(PAGES[opened].lifted) or room.on_phone()
    sidebar: Literal["collapsed"] | int = "collapsed" if shut else SIDEBAR_WIDTH
    st.set_page_config(page_title=menu.window_title(opened), layout="wide", initial_sidebar_state=sidebar)
    browser.draw()
    travelled = address.take(opened)
    address.take_next()
    panel.remember()
    undo_buttons.record(travelled=travelled)
    menu.keep_scenario()


def draw_around(opened: str) -> None:
    """The menu and the panel, where the page has them."""
    if not (PAGES[opened].alone or (PAGES[opened].lifted and PAGES[opened].panel)):
        menu.draw(opened)
        menu.draw_way_back(opened)
    if PAGES[opened].panel:
        with st.sidebar:
            draw_sidebar(opened)
    panel.draw_at_hand(opened)


def draw_foot(shown: View) -> None:
    """What is said once, at the foot of every page whose figures hang on it."""
    said = f"{need.sentence(shown.scenario)} " if shown.page.panel else ""
    with st.container(key="foot"):
        st.caption(f"{said}{version_line()}")


def draw_followed(opened: str, shown: View) -> None:
    """The group that a reader follows, over every page that the panel moves; beside A where one is pinned."""
    if not (PAGES[opened].panel and followed.is_set(shown.scenario)):
        return
    a, beside = address.pinned(), None
    try:
        if a is not None and a.cohort == shown.scenario.cohort:
            beside = kept.of(a.with_need_of(shown.scenario), shown.cohort)
    except ExplorerError:
        pass  # "A and B" says why A cannot be shown
    st.container(key="followed").info(f"**The group that you follow.** {followed.sentence(shown.evaluation, beside)}")


@cache
def set_aside() -> None:
    """Once in a process, after its first page: take what was imported and read out of the garbage collector's sight.

    It stays for good, and looking through it held a rerun up by 50 ms every now and then.
    """
    gc.collect()
    gc.freeze()


def draw_sidebar(opened: str) -> None:
    """What can be done with the settings, seen without scrolling, and the settings under it."""
    with st.container(horizontal=True, gap="xsmall", key="actions"):
        link_code.copy_button("panel", address.full_link(opened))
        undo_buttons.draw_pin()
        undo_buttons.draw_buttons()
    if address.pinned() is not None:
        st.caption("A is pinned, and in the link. “A and B” shows what has changed since.")
    panel.draw(opened)


def prepare(opened: str) -> View:
    """The view of this run; where there is none, says why and stops."""
    scenario = panel.scenario()
    if isinstance(scenario, ExplorerError):
        refuse(scenario, opened)
    if PAGES[opened].brings and own_table_upload.held() is None and scenario.cohort == OWN_TABLE:
        scenario = scenario.with_(cohort=defaults().cohort)
    cohort = people_of(scenario, opened)
    if cohort is None:
        panel.draw_lifted(opened)
        st.stop()
    try:
        return View(PAGES[opened], scenario, cohort, kept.of(scenario, cohort))
    except ExplorerError as problem:
        refuse(problem, opened)


def people_of(scenario: Scenario, opened: str) -> Cohort | None:
    """The people of a scenario; those of a reader's own are asked for as long as they are not here."""
    if scenario.cohort != OWN_TABLE or PAGES[opened].brings:
        return own_table_upload.people_of(scenario)
    cohort = own_table_upload.cohort()
    menu.link_to("your_people", label="Bring records, or other records, on Your people")
    return cohort


def refuse(problem: ExplorerError, opened: str) -> NoReturn:
    """Say why there is nothing to show, and stop."""
    st.title(PAGES[opened].own_title)
    too_long = isinstance(problem, heavy.OverBudgetError)
    why = "take too long to work out" if too_long else "cannot be shown together"
    st.error(f"These settings {why}. Change one in the panel (» opens it where it is closed).")
    st.text(str(problem))
    panel.draw_lifted(opened)
    st.stop()


def view() -> View:
    """The view for a page to show. A page that runs without its frame gets the frame instead."""
    shown = SHOWN.get()
    if shown is None:
        run()
        st.stop()
    return shown
