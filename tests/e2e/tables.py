"""A table as it is taken away at a desk."""

from pathlib import Path

import pandas as pd
from playwright.sync_api import Page

from pricing import MODEL_VERSION
from tests.e2e.explorer import wait_until_it_stands


def taken_away(page: Page, place: int) -> tuple[str, pd.DataFrame]:
    """First line and rows of the table under the chart at ``place``."""
    page.locator("summary", has_text="Table and download").nth(place).click()
    button = page.get_by_test_id("stDownloadButton").get_by_role("button", name="Download as CSV")
    button.wait_for()
    wait_until_it_stands(page)
    with page.expect_download() as download:
        button.click()
    return read(Path(download.value.path()))


def read(file: Path) -> tuple[str, pd.DataFrame]:
    """First line, which names the model, and rows of a table that was taken away."""
    heading = file.read_text(encoding="utf-8").splitlines()[0]
    assert f"model {MODEL_VERSION};" in heading
    return heading, pd.read_csv(file, comment="#")
