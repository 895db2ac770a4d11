"""Figures that a page draws itself hold on every other page, in links, and until they are reset."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.explorer import address, go_to, metrics, no_complaints, wait_until_it_stands

PAGE = "who_pays_who_saves"


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("spinbutton", name=label)


def go_to_figures(page: Page) -> None:
    go_to(page, PAGE)
    page.locator("summary", has_text="Your figures").click()


def test_own_figures_outlive_their_page_and_end_with_a_reset(visit: Callable[[str], Page]) -> None:
    page = visit(address("set_the_price", metric="frequency", target="own", council_cost="250"))
    with no_complaints(page):
        go_to_figures(page)
        expect(box(page, "What a reoffence costs councils")).to_have_value("250")
        plain = metrics(page)
        box(page, "Part of savings that is cashable").fill("0.4")
        box(page, "Part of savings that is cashable").press("Enter")
        expect(page.get_by_test_id("stMetricValue").nth(2)).not_to_have_text(plain[2])
        wait_until_it_stands(page)
        dearer = metrics(page)
        assert dearer != plain
        go_to(page, "set_the_price")
        assert "cashable=0.4" in page.url
        page.get_by_role("button", name="Reset").click()
        page.wait_for_url(lambda url: "cashable" not in url)
        wait_until_it_stands(page)
        go_to_figures(page)
        expect(box(page, "What a reoffence costs councils")).to_have_value("0")
        expect(box(page, "Part of savings that is cashable")).to_have_value("0.20")
