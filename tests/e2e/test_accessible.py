"""Every page under axe-core, light and dark, beside a bare Streamlit page; and the explorer by keyboard alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from pages.shared import frame
from pages.shared.glossary import GLOSSARY
from pricing.parameters import specs
from tests.conftest import Server
from tests.e2e.explorer import address, open_link, wait_until_it_stands

GRAVE = ("serious", "critical")
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""The rule of WCAG 2.2 that a target is at least 24 pixels wide and high is off unless asked for."""
TALL = {"width": 1400, "height": 5000}
"""A screen on which no page scrolls: axe passes over what is scrolled out of sight."""
BARE = """\
import streamlit as st
st.title("Bare")
with st.sidebar:
    st.slider("A slider", 0.0, 1.0, 0.5)
    st.number_input("A number", 0.0, 1.0, 0.5)
    st.selectbox("A choice", ["one", "two"])
st.dataframe({"a": [1, 2]})
"""


def kinds(page: Page) -> dict[str, str]:
    """What axe finds that is serious or critical: rule and what it is about -> the first place, for the report."""
    found: dict[str, str] = {}
    response: dict[str, Any] = Axe().run(page, options=RULES).response
    for violation in response["violations"]:
        if violation["impact"] in GRAVE:
            for node in violation["nodes"]:
                kind = page.evaluate(KIND, node["target"][-1])
                found.setdefault(f"{violation['id']} on {kind}", f"{node['html'][:160]} {node['failureSummary'][:300]}")
    return found


KIND = """
    selector => {
        const element = document.querySelector(selector);
        return element.tagName.toLowerCase() + ' in ' + element.closest('[data-testid]')?.dataset.testid;
    }
"""


@pytest.fixture(scope="module")
def screen(browser: Any) -> Iterator[Page]:
    """One tall screen for all pages: what a browser keeps need not be fetched again."""
    context: BrowserContext = browser.new_context(viewport=TALL, locale="en-GB", color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def bare(
    screen: Page, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], AbstractContextManager[Server]]
) -> set[str]:
    """What axe finds on a page of Streamlit's own, with nothing of ours on it."""
    script = tmp_path_factory.mktemp("bare") / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    with serve(script) as server:
        screen.goto(server.url)
        screen.get_by_test_id("stDataFrame").wait_for()
        return both(screen).keys()


def both(page: Page) -> dict[str, str]:
    """What axe finds in the light theme and in the dark one, which a page takes up from the browser by itself."""
    found = kinds(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'")
    found |= kinds(page)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("opened", frame.PAGES)
def test_axe_finds_nothing_grave_that_a_bare_page_has_not(
    opened: str, screen: Page, bare: set[str], app_url: str
) -> None:
    open_link(screen, app_url + address(opened))
    found = both(screen)
    assert not {kind: where for kind, where in found.items() if kind not in bare}


def test_nor_where_things_are_open(screen: Page, bare: set[str], app_url: str) -> None:
    """A table, groups of parameters, the link to copy, and an answer of the story."""
    open_link(screen, app_url)
    screen.locator("summary", has_text="Table and download").click()
    screen.get_by_test_id("stDataFrame").wait_for()
    for group in screen.get_by_test_id("stSidebar").locator("summary").all():
        group.click()
    screen.get_by_test_id("stPopover").get_by_role("button").click()
    wait_until_it_stands(screen)
    found = both(screen)
    open_link(screen, app_url + address("story"))
    screen.get_by_role("button", name="Show the answer").click()
    screen.get_by_test_id("stPlotlyChart").wait_for()
    wait_until_it_stands(screen)
    found |= both(screen)
    assert not {kind: where for kind, where in found.items() if kind not in bare}


FOCUSED = """
    () => {
        const on = document.activeElement;
        const named = on.tagName === 'MAIN' ? '' : on.innerText;
        return on.getAttribute('aria-label') || on.labels?.[0]?.innerText || named || on.tagName;
    }
"""


def tab_to(page: Page, name: str, most: int = 90) -> list[str]:
    """Press the tab key until what has that name is in focus; the names passed on the way.

    The words of a button stand on lines of their own beside the names of its icons.
    """
    passed: list[str] = []
    while name not in passed:
        assert len(passed) < most, passed
        page.keyboard.press("Tab")
        passed += page.evaluate(FOCUSED).splitlines()
    return passed


def test_the_panel_and_the_map_can_be_used_with_the_keyboard_alone(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    open_link(page, app_url)
    passed = tab_to(page, specs()["results_share"].label)
    assert [name for name in frame.PAGES.values() if name not in passed] == []
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**results_share=0.25**")
    wait_until_it_stands(page)
    passed = tab_to(page, "Table and download")
    others = {specs()["need_premium"].label, "The contract", "Reset", "Copy link", "Show how sure we are"}
    assert others <= set(passed)
    page.keyboard.press("Enter")
    ours = page.get_by_test_id("stDownloadButton").get_by_role("button")
    ours.wait_for()
    wait_until_it_stands(page)
    while not ours.evaluate("button => button === document.activeElement"):
        tab_to(page, "Download as CSV")  # a button of that name over the table, Streamlit's own, comes first
    with page.expect_download():
        page.keyboard.press("Enter")


def test_what_a_number_means_can_be_read_with_the_keyboard(app_url: str, desktop_page: Page) -> None:
    open_link(desktop_page, app_url)
    hint = desktop_page.get_by_test_id("stMetric").first.get_by_role("button")
    hint.focus()
    expect(desktop_page.get_by_role("tooltip")).to_contain_text(GLOSSARY["Payback per £1"])
