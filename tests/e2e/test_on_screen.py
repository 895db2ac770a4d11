"""Every page on a desk's screen and on a phone: whole, within the screen, its charts drawn, its tables to take away."""

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from pages.shared import frame
from pricing import MODEL_VERSION
from tests.conftest import Server
from tests.e2e.explorer import (
    TITLES,
    address,
    command,
    no_complaints,
    open_link,
    title,
    wait_until_it_stands,
)

OUTSIDE = """
    () => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap(chart => {
        const box = chart.querySelector('svg.main-svg').getBoundingClientRect();
        return [...chart.querySelectorAll('svg.main-svg text')].filter(text => text.textContent.trim()).filter(text => {
            const own = text.getBoundingClientRect();
            return own.width > 0 && (own.left < box.left - 1 || own.right > box.right + 1
                || own.top < box.top - 1 || own.bottom > box.bottom + 1);
        }).map(text => text.textContent);
    })
"""
WIDER = "() => [document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e.scrollWidth)"
UNCHARTED = ("story", "evidence", "checked_against_history", "glossary", "accessibility")


@pytest.mark.parametrize("screen", ["desktop_page", "phone_page"])
@pytest.mark.parametrize("opened", frame.PAGES)
def test_a_page_fits_its_screen(opened: str, screen: str, app_server: Server, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(screen)
    with no_complaints(page):
        open_link(page, app_server.url + address(opened))
    expect(title(page)).to_have_text(TITLES[opened])
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert (page.get_by_test_id("stPlotlyChart").count() > 0) == (opened not in UNCHARTED)
    assert max(page.evaluate(WIDER)) <= page.evaluate("innerWidth")
    assert page.evaluate(OUTSIDE) == []
    assert "Traceback" not in app_server.log()


def taken_away(page: Page, place: int) -> tuple[str, pd.DataFrame]:
    """First line and rows of the table under the chart at ``place``."""
    page.locator("summary", has_text="Table and download").nth(place).click()
    button = page.get_by_test_id("stDownloadButton").get_by_role("button")
    button.wait_for()
    wait_until_it_stands(page)
    with page.expect_download() as download:
        button.click()
    path = Path(download.value.path())
    return path.read_text(encoding="utf-8").splitlines()[0], pd.read_csv(path, comment="#")


def test_the_maps_table_can_be_taken_away(app_url: str, desktop_page: Page) -> None:
    open_link(desktop_page, app_url + address("start_here", need_premium="0.3"))
    heading, table = taken_away(desktop_page, 0)
    assert f"model {MODEL_VERSION};" in heading
    assert "need_premium=0.3" in heading
    found = [group for group in command("--set", "need_premium=0.3")["groups"] if group["people"] >= 30]
    assert sorted(table["Payback per £1"]) == pytest.approx(sorted(group["payback"] for group in found))
    assert table["People"].sum() == sum(group["people"] for group in found)


def test_one_persons_money_can_be_taken_away(app_url: str, desktop_page: Page) -> None:
    open_link(desktop_page, app_url + address("set_the_price"))
    heading, table = taken_away(desktop_page, 1)
    assert f"model {MODEL_VERSION};" in heading
    worst = next(group for group in command()["groups"] if (group["needs"], group["decile"]) == (3, 1))
    left = table["£ per person"].sum()
    assert left == pytest.approx(worst["margin_at_chosen"])
    words = f"{'−' if left < 0 else ''}£{abs(left):,.0f} is left per person"
    expect(desktop_page.get_by_test_id("stMain")).to_contain_text(words)
