"""The gate draws the same examples whatever else is imported."""

import importlib.util
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import EXPLORING, in_turn, rows, turn_of


def drawn() -> list[float]:
    """What a property is tried on in this run."""
    found: list[float] = []

    @given(st.floats(0, 100000), st.integers(0, 100000))
    def keep(value: float, whole: int) -> None:
        found.extend([value, whole])

    keep()
    return found


@pytest.mark.skipif(EXPLORING, reason="exploring draws fresh examples")
def test_examples_do_not_depend_on_the_numbers_in_imported_modules(tmp_path: Path) -> None:
    """Else a neutral parameter more would change what every property is tried on."""
    before = drawn()
    path = tmp_path / "numbers_beside.py"
    path.write_text(
        f"NUMBERS = {[k + 0.37 for k in range(1000, 1300)]}, {list(range(70000, 70300))}\n", encoding="utf-8"
    )
    spec = importlib.util.spec_from_file_location("numbers_beside", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "numbers_beside", module)
        assert drawn() == before


def test_what_is_crossed_is_taken_in_turn_and_whole_when_exploring() -> None:
    """Each of either in the gate; and what stands in every second place of one list meets more than one of another."""
    prices, people = "abcdefgh", "xy"
    found = rows(prices, people)
    assert {price for price, _ in found} == set(prices)
    assert (
        {who for price, who in found if price in "aceg"}
        == {who for price, who in found if price in "bdfh"}
        == set(people)
    )
    assert set(found) <= set(product(prices, people))
    assert len(found) == len(prices) * (len(people) if EXPLORING else 1)
    assert [row.values for row in in_turn(prices, people)] == found
    assert all(mark.name == "explored" for row in in_turn(prices, people) for mark in row.marks)
    assert {*turn_of("abcde", 0), *turn_of("abcde", 1)} == set("abcde")
    assert len(turn_of("abcde", 1)) == (5 if EXPLORING else 2)
