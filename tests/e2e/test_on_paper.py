"""What a browser prints: A4 upright, with nothing of the map lost at the right."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.e2e.explorer import address, cells, wait_until_it_stands

A4 = [595.3, 841.9]
"""Points across and down."""


def test_the_map_prints_whole(app_url: str, desktop_page: Page) -> None:
    desktop_page.goto(app_url + address("start_here"))
    wait_until_it_stands(desktop_page)
    wanted = cells(desktop_page)
    pdf = PdfReader(io.BytesIO(desktop_page.pdf(prefer_css_page_size=True)))
    assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(A4, abs=2)
    words = " ".join(page.extract_text() for page in pdf.pages).split()
    assert len(wanted) > 30
    assert not set(wanted) - set(words)
    assert all(words.count(one) >= wanted.count(one) for one in wanted)
