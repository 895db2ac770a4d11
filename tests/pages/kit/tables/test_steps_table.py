"""A table of steps ends at their sum, writes each of them, and its bars follow one another."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pages.kit.markdown import pounds
from pages.kit.tables.steps_table import bars, waterfall
from tests.examples import examples
from tests.pages.visit import read_steps

BAR = re.compile(r"left:([\d.]+)%;width:([\d.]+)%")


def test_it_ends_at_the_sum_and_writes_every_step() -> None:
    body = waterfall([("Fee", 100.0), ("Cost", -250.0)], "Left", pounds).html("A <title>")
    assert read_steps(body) == {"Fee": ("£100", 100.0), "Cost": ("−£250", -250.0), "Left": ("−£150", -150.0)}
    assert [tuple(map(float, bar)) for bar in BAR.findall(body)] == [(60.0, 40.0), (0.0, 100.0), (0.0, 60.0)]
    assert "--zero:60.00%" in body
    assert "<title>" not in body


@examples(50)
@given(st.lists(st.floats(-1e6, 1e6), max_size=6))
def test_no_bar_leaves_the_table(amounts: list[float]) -> None:
    body = waterfall([(str(at), amount) for at, amount in enumerate(amounts)], "Left", pounds).html("")
    found = [tuple(map(float, bar)) for bar in BAR.findall(body)]
    assert len(found) == len(amounts) + 1
    assert all(left >= 0 and left + width <= 100.02 for left, width in found)


def test_amounts_side_by_side_begin_at_nothing_and_bear_their_chance() -> None:
    body = bars(["Bolton", "Bury"], [-10.0, 30.0], [5.0, 0.0], pounds).html("")
    assert read_steps(body) == {"Bolton": ("−£10", -10.0), "Bury": ("£30", 30.0)}
    assert "--zero:33.33%" in body
    assert BAR.findall(body) == [("11.11", "22.22"), ("0.00", "22.22"), ("33.33", "66.67")]
