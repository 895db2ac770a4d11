"""A shared link as the very first request to a server: it opens as it was shared."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.frame.page_record import HOME
from pages.frame.pages_list import PAGES
from pricing import MODEL_VERSION
from pricing.scenario.scenario import specs
from tests.conftest import Server
from tests.e2e import axe, paper, tables, walk, widths
from tests.e2e.explorer import (
    MINUS,
    address,
    cells,
    command,
    copied_link,
    expect_whole,
    map_of,
    metrics,
    no_complaints,
    open_link,
    settings,
    slider,
    wait_until_it_stands,
)
from tests.examples import EXPLORED, EXPLORING

DESK = {"width": 1400, "height": 900}
SHARED = {"metric": "progress", "target": "own", "results_share": "0.45", "need_premium": "0.37", "hour_cost": "61"}
"""A premium between two steps of its slider, and a value that stands in a folded group."""
PROMISED = {"cheapest_fair_price": {"metric": "frequency"}}
"""Nothing can be promised on needs met to people without needs: that page is opened on another measure."""


FORCED = tuple(PAGES) if EXPLORING else ("small_provider", "start_here")
"""Pages that are gone through in forced colours too: two in the gate, every one when exploring."""
MEASURED = ("small_provider", "start_here", "presenter")
"""Pages that are measured at every width, not only at a phone's: the panel beside them, and a page without one."""

WITH_FIGURES = ("start_here", "set_the_price", "who_it_pays_to_help")
"""Pages whose figures are the command's for the same link."""


@EXPLORED
@pytest.mark.parametrize("opened", PAGES)
def test_a_link_opens_as_it_was_shared(
    opened: str,
    fresh_server: Callable[[], Server],
    desktop_page: Page,
    hold_nothing_grave: Callable[[dict[str, str]], None],
) -> None:
    """As it was shared, whole, with the command's figures, and usable by all at every width."""
    server = fresh_server()
    shared = SHARED | PROMISED.get(opened, {})
    link = server.url + address(opened, **shared)
    with no_complaints(desktop_page):
        open_link(desktop_page, link)
    expect_whole(desktop_page, opened)
    expect(desktop_page.get_by_text("Page not found")).to_have_count(0)
    if PAGES[opened].panel:
        expect(slider(desktop_page, "need_premium")).to_have_attribute("aria-valuetext", "37%")
        expect(slider(desktop_page, "results_share")).to_have_value("0.45")
        metric = desktop_page.get_by_role("combobox", name=specs()["metric"].label)
        expect(metric).to_have_value(specs()["metric"].choices[shared["metric"]])
    parts = PAGES[opened].parts
    where = {"part": parts[0].key} if parts else {"step": "1"} if opened == "story" else {}
    if PAGES[opened].panel or PAGES[opened].stepped:  # the others offer no link to copy
        assert settings(copied_link(desktop_page)) == shared | {"model": MODEL_VERSION} | where
    hold_nothing_grave(hold_usable_by_all(opened, desktop_page))
    if opened in WITH_FIGURES:
        hold_figures(opened, desktop_page, link)
    assert "Traceback" not in server.log()


ALL_AT_ONCE = "groups => groups.forEach(group => group.click())"
"""One run of the script for all of them: a click on each in turn took a third of the page's time."""


def open_table_and_panel(page: Page) -> None:
    """A table, and the groups of parameters in the panel."""
    page.locator("summary", has_text="Table and download").click()
    page.get_by_test_id("stDataFrame").wait_for()
    groups = page.get_by_test_id("stSidebar").locator("details:not([open]) > summary")
    groups.evaluate_all(ALL_AT_ONCE)
    expect(groups).to_have_count(0)


def show_the_answer(page: Page) -> None:
    """An answer of the story."""
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".group-map").wait_for()


OPENING: dict[str, Callable[[Page], None]] = {HOME: open_table_and_panel, "story": show_the_answer}
"""Pages that axe sees with things open too."""


def hold_usable_by_all(opened: str, page: Page) -> dict[str, str]:
    """A walk with the Tab key shows at each stop where it is, and it fits; what axe finds.

    The panel is the same on every page: it is gone through on the first one alone.
    """
    within, context = ("body", axe.EVERYTHING) if opened == HOME else ("[data-testid=stMain]", axe.WITHOUT_PANEL)
    assert not walk.through(page, within).unseen
    found: dict[str, str] = {}
    if opened in FORCED:
        page.emulate_media(forced_colors="active")
        assert not walk.through(page, within).unseen
        page.set_viewport_size(axe.TALL)
        found |= axe.kinds(page, axe.COLOURS, context)
        page.emulate_media(forced_colors="none")
        page.set_viewport_size(DESK)
    if opened in MEASURED:
        assert widths.hold_at_every_width(page) or opened != "small_provider"
    else:
        widths.hold_narrow(page)
    page.set_viewport_size(axe.TALL)
    if opened in OPENING:
        found |= axe.kinds(page, axe.RULES, axe.WITHOUT_PANEL)  # which is read with its groups open
        OPENING[opened](page)
        wait_until_it_stands(page)
    return found | axe.both(page, context)


def hold_figures(opened: str, page: Page, link: str) -> None:
    """The page's figures are those of the command for the same link, on ``WITH_FIGURES``."""
    found = command("--link", link)
    people = found["totals"]["people"]
    worst = next(group for group in found["groups"] if (group["needs"], group["decile"]) == (3, 1))
    main = page.get_by_test_id("stMain")
    if opened in ("start_here", "who_it_pays_to_help"):
        assert cells(page) == map_of(found)
    if opened == "start_here":
        paper.hold_map_on_paper(page)
        assert metrics(page)[1] == f"{found['totals']['parked_people'] / people:.0%} of people"
    if opened == "set_the_price":
        left = worst["margin_at_chosen"]
        assert tables.taken_away(page, 1)[1]["£ per person"].sum() == pytest.approx(left)
        expect(main).to_contain_text(f"{MINUS if left < 0 else ''}£{abs(left):,.0f} is left per person")
        fee = sum(group["fee"] * group["people"] for group in found["groups"]) / people
        expect(main).to_contain_text(f"On average the fee is £{fee:,.0f} per person")
    if opened == "who_it_pays_to_help":
        page.get_by_role("tab", name="One group’s money").click()
        expect(main).to_contain_text(f"they need {worst['benchmark_hours']:.0f}")
        expect(main).to_contain_text(f"An extra £1 pays back £{worst['payback']:.2f}")
