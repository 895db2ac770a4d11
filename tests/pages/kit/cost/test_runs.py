"""Runs of pages stand in a line: few at a time, who asks for little first, and who leaves it holds up nobody."""

from collections.abc import Callable
from functools import partial
from threading import Event, Thread

import pytest

from pages.kit.cost import heavy, runs
from pages.kit.cost.runs import AT_ONCE, LONG, LONG_AT_ONCE, Runs

LIGHT = LONG / 10


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "TICK", 0.01)


def thread(work: Callable[[], object]) -> Thread:
    one = Thread(target=work, daemon=True)
    one.start()
    return one


def until(stands: Callable[[], bool]) -> None:
    """Wait until something stands."""
    waiting = Event()
    for _ in range(1000):
        if stands():
            return
        waiting.wait(0.01)
    raise AssertionError("it never stood so")


def hold(line: Runs, end: Event, likely: float = LIGHT) -> Thread:
    """Somebody who is let in and stays."""
    inside = Event()

    def visit() -> None:
        line.enter(likely, lambda: None)
        inside.set()
        end.wait(10)
        line.leave()

    one = thread(visit)
    assert inside.wait(10)
    return one


def in_order(line: Runs, asked: list[float], ahead: frozenset[int] = frozenset()) -> list[int]:
    """Who is let in after whom, of visits that come one after another while others hold every place.

    Those of the places ``ahead`` in the list work out what nobody has asked to see yet.
    """
    came: list[int] = []
    first, last = Event(), Event()
    holders = [hold(line, first), *(hold(line, last) for _ in range(AT_ONCE - 1))]

    def visit(name: int, likely: float) -> None:
        line.enter(likely, lambda: None, ahead=name in ahead)
        came.append(name)
        line.leave()

    threads = []
    for name, likely in enumerate(asked):
        threads.append(thread(partial(visit, name, likely)))
        until(lambda name=name: len(line.waiting) == name + 1)  # type: ignore[misc]
    first.set()
    for one in threads:
        one.join(10)
    last.set()
    for one in holders:
        one.join(10)
    assert not line.waiting
    assert not line.inside
    return came


def test_what_is_worked_out_ahead_waits_until_nobody_else_does() -> None:
    assert in_order(Runs(), [LIGHT / 10, LIGHT, heavy.OPENING], frozenset({0})) == [1, 2, 0]


def test_of_what_is_worked_out_ahead_there_is_one_at_a_time_and_others_are_let_in_beside_it() -> None:
    line, end, came = Runs(), Event(), list[bool]()

    def visit(ahead: bool) -> None:
        line.enter(LIGHT, lambda: None, ahead=ahead)
        came.append(ahead)
        end.wait(10)
        line.leave()

    threads = [thread(partial(visit, True)) for _ in range(3)]
    until(lambda: came == [True] and len(line.waiting) == 2)
    threads.append(thread(partial(visit, False)))
    until(lambda: came == [True, False])
    assert len(line.waiting) == 2
    end.set()
    for one in threads:
        one.join(10)
    assert came == [True, False, True, True]


@pytest.mark.parametrize(
    ("likely", "at_once"), [(LIGHT, AT_ONCE), (LONG, LONG_AT_ONCE)], ids=["what takes little", "what takes long"]
)
def test_few_are_inside_at_once(likely: float, at_once: int) -> None:
    line, most = Runs(), []

    def visit() -> None:
        line.enter(likely, lambda: None)
        most.append(len(line.inside))
        Event().wait(0.01)
        line.leave()

    threads = [thread(visit) for _ in range(6)]
    for one in threads:
        one.join(10)
    assert len(most) == 6
    assert max(most) == at_once


def test_a_slider_is_answered_while_a_page_is_opened_and_others_wait_for_that() -> None:
    line, end = Runs(), Event()
    opening = hold(line, end, LONG)
    other = thread(lambda: (line.enter(LONG, lambda: None), line.leave()))
    until(lambda: len(line.waiting) == 1)
    line.enter(LIGHT, lambda: None)
    assert len(line.inside) == 2
    line.leave()
    end.set()
    opening.join(10)
    other.join(10)
    assert not line.inside


def test_who_leaves_while_waiting_holds_up_nobody() -> None:
    line, end = Runs(), Event()
    holders = [hold(line, end) for _ in range(AT_ONCE)]

    def gone() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        line.enter(LIGHT, gone)
    assert not line.waiting
    done: list[str] = []
    last = thread(lambda: (line.enter(LIGHT, lambda: None), done.append("answered"), line.leave()))
    until(lambda: len(line.waiting) == 1)
    end.set()
    for one in (*holders, last):
        one.join(10)
    assert done == ["answered"]


def test_long_work_gives_the_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Runs()
    monkeypatch.setattr(heavy, "RUNS", line)
    line.enter(LIGHT, lambda: None)
    assert len(line.inside) == 1
    piece = heavy.Piece(2.0)
    piece.began -= heavy.LIGHT + 0.1  # as if it had worked so long
    piece.pause()
    assert not line.inside
    heavy.TURNS.leave(piece)


def test_who_asks_for_little_goes_first_and_who_asks_for_as_much_in_the_order_of_coming() -> None:
    assert in_order(Runs(), [LONG, LIGHT, 0.9 * LONG, LIGHT, LONG]) == [1, 3, 2, 0, 4]


def test_nobody_is_passed_over_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has waited long enough goes before those who ask for little and have just come."""
    clock = iter([0.0, 0.0, 0.0, runs.PATIENCE * LONG, 2 * runs.PATIENCE * LONG])
    monkeypatch.setattr(runs, "monotonic", lambda: next(clock))
    assert in_order(Runs(), [LONG, LIGHT, LIGHT]) == [0, 1, 2]


def test_a_page_that_is_opened_gives_way_to_a_slider_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    line, waits = Runs(), []
    monkeypatch.setattr(runs, "sleep", waits.append)
    line.enter(LONG, lambda: None)
    line.give_way()
    assert not waits, "nobody else is there"
    end = Event()
    slider = hold(line, end)
    line.give_way()
    line.give_way()
    assert sum(waits) == pytest.approx(runs.MOST_GIVEN, abs=2 * runs.BREATH)
    end.set()
    slider.join(10)
    line.leave()


def test_a_slider_gives_way_to_nobody_and_who_is_in_no_line_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    line, waits, end = Runs(), [], Event()
    monkeypatch.setattr(runs, "sleep", waits.append)
    others = [hold(line, end, LONG)]
    line.give_way()
    line.enter(LIGHT, lambda: None)
    line.give_way()
    line.leave()
    end.set()
    others[0].join(10)
    assert not waits
