"""Pages that are opened stand in a line: few at a time, first come first, and who leaves it holds up nobody."""

from collections.abc import Callable
from functools import partial
from threading import Event, Thread

import pytest

from pages.kit.cost import heavy, openings
from pages.kit.cost.openings import AT_ONCE, Openings


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "TICK", 0.01)


def thread(work: Callable[[], object]) -> Thread:
    one = Thread(target=work, daemon=True)
    one.start()
    return one


def in_line(line: Openings, number: int) -> None:
    """Wait until so many stand in the line."""
    with line.changed:
        assert line.changed.wait_for(lambda: len(line.waiting) == number, 10)


def test_few_are_opened_at_once_and_in_the_order_in_which_they_came() -> None:
    line, came, most = Openings(), [], []
    go_on = Event()

    def visit(name: int) -> None:
        line.enter(lambda: None)
        came.append(name)
        most.append(len(line.inside))
        go_on.wait(10)
        line.leave()

    threads = []
    for name in range(6):
        threads.append(thread(partial(visit, name)))
        in_line(line, max(name + 1 - AT_ONCE, 0))
    go_on.set()
    for one in threads:
        one.join(10)
    assert came[AT_ONCE:] == sorted(came[AT_ONCE:])
    assert max(most) == AT_ONCE
    assert not line.waiting
    assert not line.inside


def hold(line: Openings, until: Event) -> Thread:
    """Somebody who is let in and stays."""
    inside = Event()

    def visit() -> None:
        line.enter(lambda: None)
        inside.set()
        until.wait(10)
        line.leave()

    one = thread(visit)
    assert inside.wait(10)
    return one


def gone() -> None:
    raise KeyboardInterrupt


def test_who_leaves_while_waiting_holds_up_nobody() -> None:
    line, done, until = Openings(), [], Event()
    holders = [hold(line, until) for _ in range(AT_ONCE)]
    with pytest.raises(KeyboardInterrupt):
        line.enter(gone)
    assert not line.waiting

    def stays() -> None:
        line.enter(lambda: None)
        done.append("opened")
        line.leave()

    last = thread(stays)
    in_line(line, 1)
    until.set()
    for one in (*holders, last):
        one.join(10)
    assert done == ["opened"]


def test_long_work_gives_the_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Openings()
    monkeypatch.setattr(heavy, "OPENINGS", line)
    line.enter(lambda: None)
    assert len(line.inside) == 1
    piece = heavy.Piece(2.0)
    piece.began -= heavy.LIGHT + 0.1  # as if it had worked so long
    piece.pause()
    assert not line.inside
    heavy.TURNS.leave(piece)
