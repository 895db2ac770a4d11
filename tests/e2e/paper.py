"""What a browser prints: A4 upright, with nothing of the map lost at the right."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.e2e.explorer import cells

A4 = [595.3, 841.9]
"""Points across and down."""


def hold_map_on_paper(page: Page) -> None:
    """Hold that every number of the page's map is printed as often as it stands there."""
    wanted = cells(page)
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(A4, abs=2)
    words = " ".join(page.extract_text() for page in pdf.pages).split()
    assert len(wanted) > 30
    assert not set(wanted) - set(words)
    assert all(words.count(one) >= wanted.count(one) for one in wanted)
