"""Memory of kept results: all kinds within one bound, the oldest of anyone's first, nothing of who has left."""

from dataclasses import dataclass
from functools import partial
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit import kept
from pages.kit.cost import limits
from pages.kit.kept import Bounded
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.resources import shelf
from pricing.resources.shelf import Shelf, shelved, weigh
from pricing.scenario.scenario import Scenario
from tests.examples import examples

BYTES = 8000
"""Of a thousand numbers."""


@dataclass(frozen=True)
class Held:
    """A result with an array, which may be another's, or a part of one."""

    array: FloatArray
    name: str = "some"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf for ten arrays of a thousand numbers."""
    found = Shelf(10 * (BYTES + 500))
    monkeypatch.setattr(kept, "SHELF", found)
    return found


def thousand() -> Held:
    return Held(np.ones(1000))


def test_a_result_weighs_what_it_holds_and_not_what_it_is_made_of() -> None:
    array = np.ones((1000, 10))
    assert sum(weigh(Held(array)).values()) == pytest.approx(10 * BYTES, rel=0.01)
    assert sum(weigh(Held(array[:, 0])).values()) == pytest.approx(10 * BYTES, rel=0.01), "a part holds the whole"
    assert sum(weigh([Held(array), Held(array)]).values()) == pytest.approx(10 * BYTES, rel=0.02)
    assert sum(weigh((Held(array), thousand()), [array]).values()) == pytest.approx(BYTES, rel=0.1)
    evaluation = evaluate(Scenario(), cohort := shipped.load("greater_manchester"))
    assert 1e6 < sum(weigh(evaluation, (cohort,)).values()) < 3e6


@given(st.integers(0, 2**32 - 1))
@examples(20)
def test_what_is_counted_is_what_is_held(seed: int) -> None:
    """Owners who put, ask, take and leave at random: bytes are those of the distinct arrays on the shelf."""
    luck, held = Random(seed), Shelf(6 * (BYTES + 500))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "SHELF", held)
        owners = [Bounded(4) for _ in range(3)]
        arrays = [np.ones(1000) for _ in range(12)]
        for _ in range(60):
            owner, key = luck.choice(owners), luck.randrange(12)
            owner.get(key, partial(Held, arrays[key]))
            if luck.random() < 0.1:
                owners.remove(owner)
                del owner
                owners.append(Bounded(4))
            there = {id(one.array) for each in owners for one in each.results.values()}
            assert len(there) * BYTES <= held.most
            assert all(len(each.results) <= 4 for each in owners)
        owners[0].get("last", thousand)  # who has left is forgotten at the next that is kept
        there = {id(one.array) for each in owners for one in each.results.values()}
        small_parts = sum(weight[0] for weight in held.entries.values())
        assert held.bytes == pytest.approx(BYTES * len(there) + small_parts, abs=200 * len(there))
        assert {number for number, _ in held.entries} <= {each.number for each in owners}


def test_all_kinds_share_one_bound_and_the_oldest_of_anyones_goes(small: Shelf) -> None:
    one, other = Bounded(48), Bounded(48)
    for key in range(8):
        one.get(key, thousand)
    one.get(0, thousand)
    for key in range(6):
        other.get(key, thousand)
    assert small.bytes <= small.most
    assert list(other.results) == list(range(6))
    assert list(one.results) == [6, 7, 0] or list(one.results) == [5, 6, 7, 0]


def test_one_that_is_too_large_is_kept_alone(small: Shelf) -> None:
    one = Bounded(48)
    one.get("small", thousand)
    assert one.get("large", lambda: Held(np.ones(10**6))).array.size == 10**6
    assert list(one.results) == ["large"]
    one.get("small", thousand)
    assert list(one.results) == ["small"]


def test_what_is_shared_counts_once(small: Shelf) -> None:
    array, one = np.ones(1000), Bounded(48)
    for key in range(40):
        one.get(key, lambda: Held(array))
    assert len(one.results) == 40
    assert small.bytes < 2 * BYTES + 40 * 500


def test_the_process_has_one_shelf() -> None:
    assert shelf.SHELF.most == limits.MOST_BYTES_KEPT
    assert Bounded(1).lock is shelf.SHELF.lock


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf for ten arrays, which functions of the domain stand on."""
    found = Shelf(10 * (BYTES + 800))
    monkeypatch.setattr(shelf, "SHELF", found)
    return found


def test_what_the_domain_keeps_goes_when_others_need_the_room(only: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SHELF", only)
    asked: list[int] = []

    @shelved(4)
    def thousands(number: int) -> FloatArray:
        asked.append(number)
        return np.full(1000, float(number))

    for number in (0, 1, 2, 3, 4, 1, 0):
        assert thousands(number)[0] == number
    assert asked == [0, 1, 2, 3, 4, 0], "the oldest of five is gone, the others are at hand"
    assert only.bytes == pytest.approx(4 * BYTES, rel=0.1)
    other = Bounded(48)
    for key in range(9):
        other.get(key, thousand)
    assert only.bytes <= only.most
    assert thousands(0)[0] == 0
    assert asked == [0, 1, 2, 3, 4, 0], "asked for last: it is still there"
    thousands(4)
    assert asked == [0, 1, 2, 3, 4, 0, 4], "others needed the room"


def test_what_the_domain_keeps_is_found_by_what_it_was_given_alone(only: Shelf) -> None:
    @shelved(2)
    def array(size: int, value: float) -> FloatArray:
        return np.full(size, value)

    first = array(3, 1.0)
    assert array(3, 1.0) is first
    assert array(3, 2.0)[0] == 2
    assert array(2, 1.0).size == 2
    assert len(only.entries) == 2
    with pytest.raises(TypeError, match="by position"):
        array(3, value=1.0)


def test_a_shelf_that_was_emptied_holds_nothing(only: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SHELF", only)
    one = Bounded(4)
    for key in range(3):
        one.get(key, thousand)
    only.empty()
    assert not one.results
    assert only.bytes == 0
    one.get(0, thousand)
    assert list(one.results) == [0]
