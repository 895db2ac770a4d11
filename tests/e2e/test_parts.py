"""Pages in parts, on a phone: a link opens one of them, a tab the others, and each fits and can be used by all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.frame.pages_list import PAGES
from tests.conftest import Server
from tests.e2e import axe
from tests.e2e.explorer import (
    address,
    expect_fit,
    expect_whole,
    no_complaints,
    open_link,
    settings,
    wait_until_it_stands,
)

CROWDED = {"partners": "3", "reserves": "20000", "held": "prime", "metric": "frequency", "target": "own"}
"""Settings with which lines end close to each other and numbers are long."""


@pytest.mark.parametrize("opened", [name for name, page in PAGES.items() if page.parts])
def test_every_part_fits_a_phone_and_holds_nothing_grave(
    opened: str, app_server: Server, phone_page: Page, hold_nothing_grave: Callable[[dict[str, str]], None]
) -> None:
    """What stands around the parts is read once, with the first of them that is opened."""
    found: dict[str, str] = {}
    parts = [part.key for part in PAGES[opened].parts]
    phone_page.set_viewport_size(axe.TALL_PHONE)
    with no_complaints(phone_page):
        open_link(phone_page, app_server.url + address(opened, **CROWDED, part=parts[1]))
        tabs = phone_page.get_by_role("tab")
        expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
        expect(tabs).to_have_text([part.title for part in PAGES[opened].parts])
        for number in (*range(1, len(parts)), 0):
            tabs.nth(number).tap()
            expect(tabs.nth(number)).to_have_attribute("aria-selected", "true")
            asked = parts[number] if number else None
            phone_page.wait_for_url(lambda url, asked=asked: settings(url).get("part") == asked)  # type: ignore[misc]
            wait_until_it_stands(phone_page)
            expect_fit(phone_page)
            found |= axe.kinds(phone_page, axe.RULES, axe.EVERYTHING if number == 1 else axe.OPEN_PART)
        expect_whole(phone_page, opened)  # with the first part, as the page opens by itself
    hold_nothing_grave(found)
    assert "Traceback" not in app_server.log()
