"""Small groups are hidden, and nobody with a pencil gets them back: tables drawn at random, attacked every way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from pricing.people import shipped, small_numbers
from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.small_numbers import RULE, WHOLE, shown_counts, shown_rates, shown_total
from tests.cohorts import six_groups
from tests.pricing.people.disclosure_attack import given_back, lines

SIZES = st.sampled_from([0.0, 1.0, 2.0, 4.0, 5.0, 7.0, 9.0, 10.0, 12.0, 20.0, 29.0, 30.0, 31.0, 60.0, 500.0])
LISTS = arrays(np.float64, st.integers(1, 7), elements=SIZES)
TABLES = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=4), elements=SIZES)


def whole_page(people: FloatArray, shown: BoolArray, limit: float, rates: bool) -> list[str]:
    """Attack a two-way table together with its margins, each shown as the rule says."""
    rule = shown_rates if rates else shown_counts
    parts = [(lines(people.shape, axis), rule(people.sum(axis=1 - axis))) for axis in (0, 1)]
    each = [np.eye(people.size)[place].reshape(people.shape) for place in range(people.size)]
    return given_back(people, [*parts, (each, shown)], limit)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([50, 40, 60], [True, True, True]),
        ([3, 40, 60], [False, False, True]),  # 3 = total - 40 - 60, so 40 goes with it
        ([3, 4, 60], [False, False, False]),  # 3 + 4 is a count under 10 too
        ([3, 8, 60], [False, False, True]),  # 11 together: neither is told
        ([0, 40, 60], [False, False, True]),
        ([10, 40], [True, True]),
        ([5], [False]),
        ([], []),
    ],
)
def test_counts_of_a_list(people: list[float], expected: list[bool]) -> None:
    assert shown_counts(np.array(people)).tolist() == expected


def test_rates_need_thirty_people_and_leave_no_single_one_out() -> None:
    assert shown_rates(np.array([25.0, 40, 60])).tolist() == [False, False, True]
    assert shown_rates(np.array([15.0, 20, 60])).tolist() == [False, False, True]
    assert shown_rates(np.array([5.0, 12, 12, 500, 31])).tolist() == [False, False, False, True, False]


def test_a_rate_tells_the_number_who_did_and_the_number_who_did_not() -> None:
    people = np.array([100.0, 200.0, 300.0, 400.0])
    assert shown_rates(people).all()
    assert shown_rates(people, events=np.array([4.0, 50, 60, 70])).tolist() == [False, False, True, True]
    assert shown_rates(people, events=np.array([50.0, 50, 60, 396])).tolist() == [False, True, True, False]


def test_a_table_with_its_totals() -> None:
    people = np.array([[5.0, 100, 100], [100, 100, 100], [100, 100, 100]])
    shown = shown_counts(people)
    assert (~shown).sum() == 4, "a rectangle is the least that hides one group"
    assert not shown[0, 0]
    assert whole_page(people, shown, RULE.count, rates=False) == []


def test_a_line_of_its_own_needs_more_than_two_in_each_line() -> None:
    """Two hidden in each row and column, yet one of them is told: the chain between two blocks."""
    people = np.full((6, 6), 100.0)
    shown = np.ones((6, 6), dtype=bool)
    for row, column in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)]:
        shown[row, column] = False
    people[1, 2] = 5
    assert "5 is told by subtraction" in whole_page(people, shown, RULE.count, rates=False)


def test_the_attack_sees_what_was_left_open() -> None:
    people = np.array([3.0, 40, 60])
    alone = [np.eye(3)[place] for place in range(3)]
    assert given_back(people, [(alone, people >= 10)], 10) == [
        "3 is known to be under 10",
        "3 is told by subtraction",
    ]


def test_a_readers_own_table_is_shown_whole() -> None:
    assert small_numbers.rule_for(six_groups()) == WHOLE
    assert small_numbers.rule_for(shipped.load("georgia_parole")) == RULE
    assert shown_counts(np.array([[1.0, 2], [3, 0]]), WHOLE).all()
    assert shown_rates(np.array([1.0, 500]), WHOLE).all()
    assert shown_total(np.array([1.0]), WHOLE)
    assert not shown_total(np.array([29.0]))


@given(LISTS)
def test_nobody_gets_a_count_back_from_a_list(people: FloatArray) -> None:
    each = list(np.eye(len(people)))
    assert given_back(people, [(each, shown_counts(people))], RULE.count) == []


@given(LISTS)
def test_nobody_gets_a_rate_back_from_a_list(people: FloatArray) -> None:
    shown = shown_rates(people)
    assert given_back(people, [(list(np.eye(len(people))), shown)], RULE.people) == []
    assert not np.any(shown & ~shown_counts(people))


@given(TABLES)
def test_nobody_gets_a_count_back_from_a_table(people: FloatArray) -> None:
    assert whole_page(people, shown_counts(people), RULE.count, rates=False) == []


@given(TABLES)
def test_nobody_gets_a_rate_back_from_a_table(people: FloatArray) -> None:
    assert whole_page(people, shown_rates(people), RULE.people, rates=True) == []


@given(TABLES)
def test_lists_of_the_same_people_stand_safely_side_by_side(people: FloatArray) -> None:
    parts = [(lines(people.shape, axis), shown_counts(people.sum(axis=1 - axis))) for axis in (0, 1)]
    assert given_back(people, parts, RULE.count) == []


@given(LISTS)
def test_where_nothing_is_small_nothing_is_hidden(people: FloatArray) -> None:
    assert shown_counts(people + RULE.count).all()
    assert shown_rates(np.add.outer(people, people) + RULE.people).all()


@given(TABLES, st.data())
def test_what_is_hidden_as_a_count_is_hidden_as_a_rate_and_small_numbers_always(
    people: FloatArray, data: st.DataObject
) -> None:
    share = data.draw(arrays(np.float64, people.shape, elements=st.sampled_from([0.0, 0.1, 0.5, 1.0])))
    events = np.floor(people * share)
    rates, counts = shown_rates(people, events=events), shown_counts(people)
    assert not np.any(counts & (people < RULE.count))
    assert not np.any(rates & ((people < RULE.people) | ~counts))
    assert not np.any(rates & ((events < RULE.count) | (people - events < RULE.count)))


@given(TABLES, st.data())
def test_nobody_gets_the_number_who_reoffended_back(people: FloatArray, data: st.DataObject) -> None:
    share = data.draw(arrays(np.float64, people.shape, elements=st.sampled_from([0.0, 0.1, 0.5, 1.0])))
    events = np.floor(people * share)
    parts = [
        (lines(people.shape, axis), shown_rates(people.sum(axis=1 - axis), events=events.sum(axis=1 - axis)))
        for axis in (0, 1)
    ]
    each = [np.eye(people.size)[place].reshape(people.shape) for place in range(people.size)]
    assert given_back(events, [*parts, (each, shown_rates(people, events=events))], RULE.count) == []
