"""How a table on a page writes its numbers."""

import pandas as pd
import pytest
import streamlit as st

from pages.kit import show
from pages.kit.markdown import escape


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (1792.4, "£%.0f", "£1,792"),
        (-585.0, "£%.0f", "−£585"),
        (-0.004, "£%.2f", "£0.00"),
        (0.6902, "percent", "69%"),
        (-362.4, "%.0f", "−362"),
        (1234.0, "%+,.0f", "+1,234"),
        (-0.04, "%+.1f", "0.0"),
        (8000.0, "localized", "8,000"),
        (float("nan"), "£%.0f", "–"),
    ],
)
def test_a_table_writes_numbers_as_sentences_do(value: float, style: str, written: str) -> None:
    assert show.writer(style)(value) == written


def test_a_strangers_words_at_the_head_of_rows_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seat's name stands over its column."""
    written: list[str] = []
    monkeypatch.setattr(st, "markdown", written.append)
    name = "A | [b](http://192.0.2.1)"
    show.in_rows(pd.DataFrame([("One", "5")], columns=["Answer", name]))
    head, _, row = written[0].splitlines()
    assert head == f"Answer|{escape(name)}"
    assert row == "One|5"
