"""Every file that a page offers: Excel opens it ungarbled, its columns and its name say what it holds."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.frame.pages_list import PAGES
from pages.kit import show
from pricing.scenario import shortlist
from pricing.scenario.scenario import Scenario
from pricing.scenario.shortlist import Entry
from pricing.words.written import FORMULA, as_csv, comments
from tests.pages.visit import FOLDS, in_parts, visit

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NUMBERS = re.compile(r"-?\d[\d.,;e+-]*")
"""A number, or a row of them where a spreadsheet parts columns elsewhere."""
NEEDLESS = re.compile(r"-?\d+\.0")
"""A whole number with a decimal."""
NOT_KNOWN = re.compile(r"nan|NaN|inf|<NA>|NaT|-0(\.0+)?")
WORDS = re.compile(r"[A-Z£+][^_]*")
"""A column's name as a page writes it: words, no name of a variable."""
NASTY = "=HYPERLINK(1);*b*"
LINKS = {
    "compare": {"a.need_premium": "0.2"},
    "cheapest_fair_price": {"metric": "frequency"},
    "small_provider": {"clients": "25", "common_shock": "0"},
}
"""What has to be set for every part of a page to show its files, and to be quick about it."""
LISTED = shortlist.write((Entry("Now", Scenario()), Entry(NASTY, Scenario(need_premium=0.3))))
Files = dict[str, str | bytes | Callable[[], str | bytes]]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Files:
    """Each file that is offered by its name, with every fold open."""
    found: Files = {}
    draw = DeltaGenerator.download_button

    def button(place: DeltaGenerator, label: str, data: Any, file_name: str, *rest: Any, **more: Any) -> bool:
        found.setdefault(file_name, data)
        return draw(place, label, data, file_name, *rest, **more)

    def fold(title: str, key: str, content: Callable[[], None]) -> None:
        with st.expander(title, key=key):
            content()

    monkeypatch.setattr(DeltaGenerator, "download_button", button)
    monkeypatch.setattr(st, "download_button", lambda *rest, **more: button(st._main, *rest, **more))
    monkeypatch.setattr(show, "fold", fold)
    return found


@pytest.mark.parametrize("page", [name for name, page in PAGES.items() if page.menu != "room"])
def test_every_file_of_a_page_opens_in_a_spreadsheet_as_it_stands(page: str, offered: Files) -> None:
    at = visit(page, **(LISTED if page == "shortlist" else LINKS.get(page, {})), unfolded=FOLDS)
    for part in in_parts(at, page):
        assert not part.exception
    for name, data in offered.items():
        assert re.fullmatch(r"[a-z0-9_]+(\.schema)?\.(csv|html|txt|xlsx|json|py|toml|zip)", name)
        if name.endswith(".csv"):
            assert len(Path(name).stem) >= 8, "a name that says what the file holds"
            found = data() if callable(data) else data
            hold_csv(found if isinstance(found, bytes) else found.encode())


def hold_csv(data: bytes) -> None:
    """A byte-order mark, columns named in words, nothing undefined, whole numbers as such, and no formula."""
    assert data.startswith(BYTE_ORDER_MARK)
    text = data.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if not row[0].startswith("#")]
    header, *cells = rows
    assert all(map(WORDS.fullmatch, header)), header
    assert len(set(header)) == len(header)
    assert cells
    for row in cells:
        assert len(row) == len(header)
        assert not any(map(NOT_KNOWN.fullmatch, row)), row
    for name, *column in zip(*rows, strict=True):
        numbers = [cell for cell in column if cell]
        assert not numbers or not all(map(NEEDLESS.fullmatch, numbers)), (name, numbers[0])
    hold_no_formula(text)


def hold_no_formula(text: str) -> None:
    """Whatever a spreadsheet parts columns by, no cell is worked out."""
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            for cell in row:
                assert not cell.lstrip().startswith(FORMULA) or NUMBERS.fullmatch(cell), cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@x", " =1", "\t=1", "＝1", "a,=1", "a; +1\tb,\n=2"])
def test_no_text_of_a_stranger_is_a_formula_in_a_file(text: str) -> None:
    """In a cell, a column's name or a comment."""
    written_cell = as_csv(pd.DataFrame({"People": [text], text: [-1.5]}), quoting=csv.QUOTE_NONNUMERIC)
    header, row = csv.reader(io.StringIO(written_cell))
    assert not any(cell.lstrip().startswith(FORMULA) for cell in (*header, row[0]))
    assert row[1] == "-1.5"
    hold_no_formula(comments([text, "a caution"]))
    assert comments([text]).count("\n") == 1
