"""Being a small provider in a real browser: its own parameters stay and are shared, its sections fit a phone."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from pricing import MODEL_VERSION
from pricing.scenario.scenario import specs
from tests.e2e.explorer import (
    address,
    copied_link,
    expect_address,
    go_to,
    metrics,
    open_link,
    settings,
    wait_until_it_stands,
)

PAGE = "small_provider"
KEPT = {"hour_cost": "61", "volume_delivered": "0.4"}
"""What is no parameter of its own."""


def test_its_parameters_are_mended_stay_on_the_way_and_are_shared_and_taken_away(
    visit: Callable[[str], Page], phone_page: Page
) -> None:
    page = visit(address(PAGE, clients="1", partners="6", **KEPT))
    expect(page.get_by_test_id("stMain")).to_contain_text("No client comes")
    set_clients(page, 6)
    before = metrics(page)
    assert len(before) == 3
    set_clients(page, 12)
    changed = metrics(page)
    assert changed != before
    for name in ("set_the_price", "evidence", PAGE):
        go_to(page, name)
        expect_address(page, clients="12", partners="6", **KEPT)
    expect(page.get_by_role("spinbutton", name=specs()["clients"].label)).to_have_value("12")
    assert metrics(page) == changed
    link = copied_link(page)
    assert settings(link)["clients"] == "12"
    open_link(phone_page, link)
    assert metrics(phone_page) == changed
    hold_questions(page)


def set_clients(page: Page, number: int) -> None:
    """Type a number of clients and wait for what it changes."""
    box = page.get_by_role("spinbutton", name=specs()["clients"].label)
    box.fill(str(number))
    box.press("Enter")
    expect_address(page, clients=str(number), partners="6", **KEPT)
    wait_until_it_stands(page)


def hold_questions(page: Page) -> None:
    """The questions to the prime are taken away with their settings."""
    page.get_by_role("tab", name="Under a prime", exact=True).click()
    wait_until_it_stands(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the questions").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("Questions to ask the prime contractor\n")
    assert f"model {MODEL_VERSION};" in text.splitlines()[-1]
    assert "&clients=12&" in text.splitlines()[-1]
