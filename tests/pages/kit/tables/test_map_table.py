"""A map of groups says what the numbers say, in text and tint, and nothing from outside becomes markup."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit import measures
from pages.kit.tables import map_table
from pricing.words import tints
from tests.examples import examples
from tests.pages.visit import read_map

PAYBACK = measures.MEASURES["payback"]
WITHHELD = measures.MEASURES["withheld"]


def test_every_cell_has_its_number_and_what_is_under_a_pound_is_marked() -> None:
    grid = np.array([[0.5, 1.25], [np.nan, 0.999]])
    drawn = read_map(map_table.tabulate(grid, ["a", "b"], ["No needs", "1 need"], PAYBACK, "Tenth").html("A title"))
    assert drawn.title == "A title"
    assert (drawn.rows, drawn.columns) == (["a", "b"], ["0", "1"])
    assert drawn.text == [["£0.50\n▼", "£1.25"], ["", "£1.00\n▼"]]
    assert drawn.tints[1] == ["", tints.tint(0.999, 1.0, 1.0)]


def test_an_empty_map_is_still_a_table() -> None:
    drawn = read_map(map_table.tabulate(np.full((2, 2), np.nan), ["a", "b"], ["c", "d"], WITHHELD).html(""))
    assert drawn.text == drawn.tints == [["", ""], ["", ""]]


@examples(50)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_a_larger_value_is_never_paler_on_a_sequential_scale(values: list[float]) -> None:
    drawn = map_table.tabulate(np.array([values]), ["a"], [str(at) for at in range(len(values))], WITHHELD)
    red = [int(cell.tint[1:3], 16) for cell in drawn.cells[0]]
    order = np.argsort(values, kind="stable")
    assert np.all(np.diff(np.array(red)[order]) <= 0)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a & b", '"quoted"', "1 > 0"])
def test_names_from_outside_stand_as_text(name: str) -> None:
    body = map_table.tabulate(np.ones((1, 1)), [name], [name], WITHHELD, name).html(name)
    drawn = read_map(body)
    assert (drawn.title, drawn.rows, drawn.columns) == (name, [name], [name])
    assert "<script" not in body


def test_other_words_leave_tints_and_empty_cells_alone() -> None:
    before = map_table.tabulate(np.array([[1.0, np.nan]]), ["a"], ["b", "c"], WITHHELD)
    after = before.with_texts([["yes", "no"]], [["unseen", "unseen"]])
    assert [cell.text for cell in after.cells[0]] == ["yes", ""]
    assert [cell.tint for cell in after.cells[0]] == [cell.tint for cell in before.cells[0]]
    assert read_map(after.html("")).text == [["yesunseen", ""]]
