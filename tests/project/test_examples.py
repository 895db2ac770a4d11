"""The gate draws the same examples whatever else is imported."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
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


ROOT = Path(__file__).parents[2]
MORE = {"EXPLORING", "turn_of", "rows"}
"""What a test tries more by when exploring."""
RUN = {"EXPLORED", "given", "in_turn", "PRICED_IN_TURN"}
"""What lets ``make explore`` run a test."""


def names(tree: ast.AST) -> set[str]:
    """Every name in a piece of code."""
    return {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}


def imported(module: ast.Module) -> set[str]:
    """What a module takes of how many examples there are."""
    lines = [one for one in module.body if isinstance(one, ast.ImportFrom) and one.module == "tests.examples"]
    return {name.name for line in lines for name in line.names}


def passed_over(text: str) -> Iterator[str]:
    """Tests of a module that would try more when exploring and that ``make explore`` does not run.

    Of what stands outside its tests any of them may make use: then one of them is run at least.
    """
    module = ast.parse(text)
    more = imported(module) & MORE
    tests = [one for one in module.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]
    run = [one for one in tests if any(names(mark) & RUN for mark in one.decorator_list)]
    yield from (one.name for one in tests if one not in run and names(one) & more)
    beside = [one for one in module.body if one not in tests]
    if not run and any(names(one) & more for one in beside):
        yield "what stands beside its tests"


def test_whatever_tries_more_when_exploring_is_run_by_it() -> None:
    own = Path(__file__)
    modules = [path for path in (ROOT / "tests").rglob("test_*.py") if path != own]
    assert len(modules) > 100
    found = {path.name: list(passed_over(path.read_text(encoding="utf-8"))) for path in modules}
    assert not {name: tests for name, tests in found.items() if tests}


def test_what_exploring_passes_over_is_named() -> None:
    whole = "from tests.examples import EXPLORING, turn_of\nMOST = 9 if EXPLORING else 1\n{mark}"
    whole += "def test_it():\n    for part in {what}: pass\n"
    assert list(passed_over(whole.format(mark="", what="turn_of(PARTS, 0)"))) == [
        "test_it",
        "what stands beside its tests",
    ]
    assert list(passed_over(whole.format(mark="", what="MOST"))) == ["what stands beside its tests"]
    assert not list(passed_over(whole.format(mark="@EXPLORED\n", what="turn_of(PARTS, 0)")))
