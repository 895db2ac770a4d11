"""A process killed in the middle, two processes at once, a server that goes away: nothing acknowledged is lost.

Real processes, a real SIGKILL and a real PostgreSQL; benchmarks/bench_consultation.py does the same at fifty moments.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks import a_room
from consultation import door
from consultation.kept import answers, store
from consultation.records import RoomEvent, Started
from pricing.errors import StoreError
from tests.consultation import rooms
from tests.consultation.conftest import NEEDS_POSTGRESQL
from tests.examples import EXPLORED, EXPLORING
from tests.postgresql_server import PostgreSQL

MOMENTS = 10 if EXPLORING else 3


@pytest.fixture
def open_number(database: str) -> Started:
    made = rooms.started((door.Question("number", "Which are you?", low=0, high=10**7, step=1),))
    return Started(door.show(made.secret, made.event.questions[0].id), made.secret)


@pytest.fixture(scope="module", autouse=True)
def a_script_that_ran() -> str:
    """A script of Streamlit's leaves itself as the program: a process that began with it could not run it again."""

    def script(given: str) -> None:
        assert given

    assert not AppTest.from_function(script, args=("what it is given",)).run().exception
    return str(sys.modules["__main__"].__file__)


def test_no_process_begins_with_a_script_that_ran(a_script_that_ran: str) -> None:
    assert getattr(sys.modules["__main__"], "__file__", None) != a_script_that_ran


def kept(event: RoomEvent) -> list[int]:
    """The numbers that are in the store, in order."""
    whole = store.the_store().read(lambda connection: answers.every(connection, event))
    return sorted(int(float(one.value)) for one in whole[event.shown])


@EXPLORED
def test_a_process_killed_at_any_moment_loses_nothing(database: str, open_number: Started, tmp_path: Path) -> None:
    draw, event, promised = Random(5), open_number.event, list[int]()
    for moment in range(MOMENTS):
        file = tmp_path / f"acknowledged-{moment}"
        store.close_all()
        with a_room.answering(database, event, file, first=moment * 10**6) as process:
            a_room.await_answers(file, draw.randint(1, 40))
            process.kill()
            process.join()
        promised += a_room.acknowledged(file)
        found = kept(event)
        assert set(promised) <= set(found)
        assert len(found) == len(set(found)), "nor is anything there twice"
    assert len(kept(event)) <= len(promised) + MOMENTS * a_room.THREADS, "what was under way may be there, and no more"
    if database.startswith("sqlite"):
        check = store.the_store().read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar())
        assert check == "ok"


def test_two_processes_on_one_store_tell_the_same(database: str, open_number: Started, tmp_path: Path) -> None:
    event, files = open_number.event, [tmp_path / "one", tmp_path / "other"]
    with (
        a_room.answering(database, event, files[0], most=40) as one,
        a_room.answering(database, event, files[1], first=20, most=40) as other,
    ):
        for process in (one, other):
            process.join(a_room.PATIENCE)
            assert process.exitcode == 0
    told = set(a_room.acknowledged(files[0])) | set(a_room.acknowledged(files[1]))
    assert told == set(range(60))
    assert kept(event) == list(range(60)), "twenty browsers answered through both, and count once"
    assert door.counts(event.code) == {event.shown: 60}
    assert door.reveal(open_number.secret, event.shown).question(event.shown) is not None
    assert door.tally(event.code, event.shown).values == tuple(map(float, range(60)))


@NEEDS_POSTGRESQL
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_restarted_in_the_middle_loses_nothing(open_number: Started, postgresql: PostgreSQL) -> None:
    event = open_number.event

    def answer(number: int) -> int | None:
        try:
            door.answer(event.code, event.shown, rooms.browser(number), number)
        except StoreError:
            return None
        return number

    with ThreadPoolExecutor(4) as pool:
        first = list(pool.map(answer, range(20)))
        rest = pool.map(answer, range(20, 200))
        postgresql.stop("immediate")
        postgresql.start("fsync=off", "full_page_writes=off")
        told = {number for number in (*first, *rest) if number is not None}
    found = kept(event)
    assert told <= set(found)
    assert len(found) == len(set(found))
    assert answer(200) == 200
    assert set(range(20)) < told


@NEEDS_POSTGRESQL
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_stays_away_is_one_sentence(
    open_number: Started, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = open_number.event
    monkeypatch.setattr(store, "PAUSES", (0.01, 0.02))
    postgresql.stop()
    try:
        for work in (
            lambda: door.answer(event.code, event.shown, rooms.browser(1), 1),
            lambda: door.event(event.code),
            lambda: door.counts(event.code),
        ):
            assert "does not answer" in rooms.refusal(work, StoreError)
    finally:
        postgresql.start("fsync=off", "full_page_writes=off")
    door.answer(event.code, event.shown, rooms.browser(1), 1)
    assert kept(event) == [1]
