"""The explorer by keyboard alone; under axe-core its pages stand in test_cold_links."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.frame import pages_list
from pages.frame.pages_list import PAGES
from pages.kit.glossary import GLOSSARY
from pricing.scenario.scenario import specs
from tests.e2e import tables, walk
from tests.e2e.explorer import address, command, open_link, wait_until_it_stands
from tests.e2e.explorer import title as title_of

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
    """A parameter is set, the map's table is taken away, and what a number means is read."""
    page = desktop_page
    open_link(page, app_url)
    passed = tab_to(page, specs()["results_share"].label)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**results_share=0.25**")
    wait_until_it_stands(page)
    passed += tab_to(page, "Table and download")
    others = {specs()["need_premium"].label, "The contract", "Reset", "Copy link", "Show how sure we are"}
    others |= set(pages_list.menu())
    assert others <= set(passed)
    page.keyboard.press("Enter")
    ours = page.get_by_test_id("stDownloadButton").get_by_role("button", name="Download as CSV")
    ours.wait_for()
    wait_until_it_stands(page)
    while not ours.evaluate("button => button === document.activeElement"):
        tab_to(page, "Download as CSV")  # a button of that name over the table, Streamlit's own, comes first
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    heading, table = tables.read(Path(download.value.path()))
    assert "results_share=0.25" in heading
    found = [group for group in command("--set", "results_share=0.25")["groups"] if group["people"] >= 30]
    assert sorted(table["Payback per £1"]) == pytest.approx(sorted(group["payback"] for group in found))
    assert table["People"].sum() == sum(group["people"] for group in found)
    hold_a_cell_in_focus_is_seen(page)
    page.get_by_test_id("stMetric").first.get_by_role("button").focus()
    expect(page.get_by_role("tooltip")).to_contain_text(GLOSSARY["Payback per £1"])


CELL_IN_FOCUS = "() => document.activeElement.matches('canvas td')"


def hold_a_cell_in_focus_is_seen(page: Page) -> None:
    """A table moves the focus on to a cell a moment after it came: into the canvas, where nothing is drawn of it."""
    page.get_by_test_id("stDataFrame").locator("canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(CELL_IN_FOCUS)
    assert page.evaluate(f"({walk.RING})(document.activeElement)")


def test_the_menu_leads_to_a_page_with_the_keyboard_alone(visit: Callable[[str], Page]) -> None:
    page = visit(address("evidence"))
    others = list(pages_list.menu())[1:]
    parts = page.locator(".st-key-menu_parts").get_by_role("link")
    parts.first.focus()
    assert tab_to(page, PAGES["accessibility"].title, most=16)[: len(others)] == others
    parts.nth(1).focus()
    page.keyboard.press("Enter")
    expect(title_of(page)).to_have_text("Set the price")


def test_the_keyboard_passes_over_a_panel_that_is_shut(app_url: str, phone_page: Page) -> None:
    """What stands beside the screen, and arrows that are for pointers: the part of a page that is open comes last."""
    open_link(phone_page, app_url + address("small_provider"))
    found = walk.through(phone_page)
    assert not found.unseen
    assert [stop for stop in found.stops if "Expand sidebar" in stop]
    assert not [stop for stop in found.stops if "What support costs" in stop or "Scroll tabs" in stop]
    expect(phone_page.get_by_role("button", name="Scroll tabs right")).to_have_count(1)
    phone_page.get_by_role("button", name="Expand sidebar").press("Enter")
    expect(phone_page.get_by_role("button", name="Collapse sidebar")).to_be_focused()
    tab_to(phone_page, "What support costs")
    phone_page.get_by_role("button", name="Collapse sidebar").press("Enter")
    expect(phone_page.get_by_role("button", name="Expand sidebar")).to_be_focused()
