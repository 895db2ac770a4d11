"""Being a small provider in a real browser: its own parameters stay and are shared, its sections fit a phone."""

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


def choose(page: Page, section: str) -> None:
    """Show a section."""
    page.get_by_role("tab", name=section, exact=True).click()
    wait_until_it_stands(page)


def test_a_parameter_of_the_page_stays_on_the_way_and_the_link_carries_it(
    app_url: str, desktop_page: Page, phone_page: Page
) -> None:
    open_link(desktop_page, app_url + address(PAGE))
    before = metrics(desktop_page)
    box = desktop_page.get_by_role("spinbutton", name=specs()["clients"].label)
    box.fill("12")
    box.press("Enter")
    expect_address(desktop_page, clients="12")
    wait_until_it_stands(desktop_page)
    changed = metrics(desktop_page)
    assert changed != before
    for name in ("set_the_price", "evidence", PAGE):
        go_to(desktop_page, name)
        expect_address(desktop_page, clients="12")
    expect(desktop_page.get_by_role("spinbutton", name=specs()["clients"].label)).to_have_value("12")
    assert metrics(desktop_page) == changed
    link = copied_link(desktop_page)
    assert settings(link)["clients"] == "12"
    open_link(phone_page, link)
    assert metrics(phone_page) == changed


def test_the_questions_to_the_prime_are_taken_away_with_their_settings(app_url: str, desktop_page: Page) -> None:
    open_link(desktop_page, app_url + address(PAGE, clients="30"))
    choose(desktop_page, "Under a prime")
    with desktop_page.expect_download() as download:
        desktop_page.get_by_role("button", name="Download the questions").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("Questions to ask the prime contractor\n")
    assert f"model {MODEL_VERSION};" in text.splitlines()[-1]
    assert "&clients=30&" in text.splitlines()[-1]


def test_nonsense_is_refused_where_it_was_set_and_can_be_mended(app_url: str, desktop_page: Page) -> None:
    open_link(desktop_page, app_url + address(PAGE, clients="5", partners="6"))
    main = desktop_page.get_by_test_id("stMain")
    expect(main).to_contain_text("a consortium needs at least as many clients as partners")
    box = desktop_page.get_by_role("spinbutton", name=specs()["clients"].label)
    box.fill("6")
    box.press("Enter")
    expect_address(desktop_page, clients="6", partners="6")
    wait_until_it_stands(desktop_page)
    assert len(metrics(desktop_page)) == 3
