"""Pages on a phone: whole, within the screen, their charts drawn; tables to take away at a desk."""

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from pricing import MODEL_VERSION
from tests.conftest import Server
from tests.e2e.explorer import (
    MINUS,
    address,
    command,
    expect_whole,
    no_complaints,
    open_link,
    wait_until_it_stands,
)

TOUCHED = ("places", "presenter")
"""Pages that do something of their own on a phone."""


@pytest.mark.parametrize("opened", TOUCHED)
def test_a_page_fits_a_phone(opened: str, app_server: Server, phone_page: Page) -> None:
    """That every page fits a screen as wide as a desk's and as narrow as a phone's is held in test_cold_links."""
    with no_complaints(phone_page):
        open_link(phone_page, app_server.url + address(opened))
    expect_whole(phone_page, opened)
    assert "Traceback" not in app_server.log()


def taken_away(page: Page, place: int) -> tuple[str, pd.DataFrame]:
    """First line and rows of the table under the chart at ``place``."""
    page.locator("summary", has_text="Table and download").nth(place).click()
    button = page.get_by_test_id("stDownloadButton").get_by_role("button", name="Download as CSV")
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
    words = f"{MINUS if left < 0 else ''}£{abs(left):,.0f} is left per person"
    expect(desktop_page.get_by_test_id("stMain")).to_contain_text(words)
