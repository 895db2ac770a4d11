"""A cohort that is to be shared tells no small number, keeps its totals, and moves what it says it moves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import RecordsError
from pricing.people.cells import Cells
from pricing.people.records import build, counted
from pricing.people.records.build import Settled
from pricing.people.records.join import join, moved, smallest_counts, tail_joined
from pricing.people.records.mapping.types import RecordsMap
from pricing.people.reoffence_counts import Histogram
from tests.examples import examples
from tests.pricing.people.records.maps import HERE_MAP, people
from tests.pricing.people.records.plain_loop import reduce


def settled(table: pd.DataFrame, found: RecordsMap = HERE_MAP) -> Settled:
    answer, first = reduce(table.to_dict("records"), found)
    return build.settled(counted.counted(answer, found, first, leave_out=True), found)


@given(number=st.integers(700, 1500), seed=st.integers(0, 10**6), smallest=st.integers(2, 20))
@examples(8)
def test_no_small_number_is_left_and_everybody_is(number: int, seed: int, smallest: int) -> None:
    exact = settled(people(number, seed))
    curve = build.fit(exact, "made_up").curves.curves["binary"]
    small = join(exact, curve, smallest)
    assert smallest_counts(exact.cells, exact.histogram) < smallest
    assert smallest_counts(small.cells, small.histogram) >= smallest
    assert small.histogram is not None
    for name, sums in exact.cells.outcomes.items():
        for side in (False, True):
            before, after = sums[exact.cells.held_out == side], small.cells.outcomes[name][small.cells.held_out == side]
            assert after.sum() == pytest.approx(before.sum(), rel=1e-12)
    assert small.histogram.people.sum() == small.cells.people.sum()
    told = small.histogram.people @ small.histogram.reoffences
    assert told == pytest.approx(small.cells.outcomes["reoffences"].sum())
    assert not any(" row" in line for line in small.said)


def test_larger_cells_are_coarser_and_curves_move_little() -> None:
    exact = settled(people(6000, 3))
    fine = build.fit(exact, "made_up").curves
    cells = []
    for smallest in (5, 10, 25):
        small = join(exact, fine.curves["binary"], smallest)
        again = build.fit(small, "made_up")
        cells.append(len(small.cells.people))
        assert not again.may_disclose
        assert "do not share" not in again.cohort.caution
        before, after = (one.cells.people @ one.risks(one.cells.codes)[0] for one in (fine, again.curves))
        assert after == pytest.approx(before, rel=1e-6)
    assert cells == sorted(cells, reverse=True)
    assert [line.split(":")[0] for line in moved(fine.curves, fine.curves, exact.cells)] == [*fine.curves]
    assert all("0.0 of its standard errors" in line for line in moved(fine.curves, fine.curves, exact.cells))
    assert all("0.0% of itself" in line for line in moved(fine.curves, fine.curves, exact.cells))


def test_a_level_that_joining_emptied_is_not_said_to_have_had_nobody() -> None:
    """Of 439 people of an age it was said that nobody has it."""
    exact = settled(people(6000, 3))
    curve, emptied = build.fit(exact, "made_up").curves.curves["binary"], 0
    for smallest in (25, 60, 120, 250):
        said = join(exact, curve, smallest).said
        assert not any("nobody has" in line for line in said)
        emptied += sum("joined with others, and nobody is left with" in line for line in said)
    assert emptied


def test_without_joining_it_says_that_it_may_disclose() -> None:
    built = build.fit(settled(people(1500, 3)), "made_up")
    assert built.may_disclose
    assert "these figures may disclose; do not share them" in built.cohort.caution


def test_a_side_too_small_for_the_size_is_refused() -> None:
    exact = settled(people(700, 3))
    curve = build.fit(exact, "made_up").curves.curves["binary"]
    with pytest.raises(RecordsError, match="One side of the hold-out is too small for cells of 400"):
        join(exact, curve, 400)


def test_the_tail_of_counts_is_joined_at_its_mean() -> None:
    told = Histogram(np.zeros(5, dtype=bool), np.array([0.0, 1, 2, 5, 9]), np.array([50.0, 20, 12, 6, 3]))
    found = tail_joined(told, 10)
    assert found.people.tolist() == [50, 20, 21]
    assert found.reoffences[2] == pytest.approx((24 + 30 + 27) / 21)


def test_no_margin_tells_a_small_number() -> None:
    exact = settled(people(2000, 5))
    small = join(exact, build.fit(exact, "made_up").curves.curves["binary"], 10)
    cells: Cells = small.cells
    for key in cells.factors:
        level = cells.codes[key]
        for code in np.unique(level):
            inside = cells.where(level == code)
            assert inside.people.sum() >= 10
            assert inside.outcomes["reoffended"].sum() in {0.0} | set(np.arange(10.0, 2001))
