"""The gate draws the same examples whatever else is imported."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import EXPLORING


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
