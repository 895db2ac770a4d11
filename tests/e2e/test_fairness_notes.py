"""The notes for an assessment are written when a reader asks for them, so only a browser sees them written."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.explorer import address, copied_link


def test_the_notes_can_be_taken_away(visit: Callable[[str], Page]) -> None:
    query = {"cohort": "georgia_parole", "need_premium": "0.3", "part": "assessment"}
    desktop_page = visit(address("fairness", **query))
    with desktop_page.expect_download() as download:
        desktop_page.get_by_role("button", name="Download notes for an assessment").click()
    assert download.value.suggested_filename == "equality_notes.html"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("<table>") == 7
    assert "Race, as recorded (protected characteristic)" in text
    assert copied_link(desktop_page) in unescape(text)
