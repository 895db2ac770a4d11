"""A room of 200, and a process killed at 50 moments: ``python -m benchmarks.bench_consultation``.

On a file and on a PostgreSQL of its own, side by side in one run. Each person looks at the event, answers and looks
again, as a phone's page does; the wall asks every two seconds.
"""

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import a_room, serving
from benchmarks.phones import Phone
from pricing.consultation import door
from pricing.consultation.kept import answers, place, store
from pricing.consultation.records import Question, RoomEvent, Started
from pricing.scenario.scenario import defaults
from tests.postgresql_server import running
from tests.programs import find, none

PEOPLE, SECONDS = 200, 10.0
EVERY = 2.0
"""Seconds between two looks of the wall."""
EAGER = 2000
"""Answers of the saturated room."""
MOMENTS = 50
MOST_KILLED_AT = 60
"""Answers of which a process has told one to this many when it is killed."""
TOGETHER = 10
"""Phones that open the page at one time, before anything is measured."""
CHOICE = Question("choice", "Which?", ("One", "Two", "Three"))
QUESTION = Question("number", "Which are you?", low=0, high=10**9, step=1)


def started() -> Started:
    """An event with its one question on the wall."""
    made = door.start("A room of 200", [QUESTION], defaults())
    return Started(door.show(made.secret, made.event.questions[0].id), made.secret)


def visit(event: RoomEvent, place: int) -> None:
    """What one phone asks of the store to answer once."""
    who = a_room.browser(place)
    door.event(event.code)
    door.own_answers(event.code, who)
    door.answer(event.code, event.shown, who, place)
    door.event(event.code)
    door.own_answers(event.code, who)


def room() -> str:
    """200 people within 10 seconds: how long each waited, and how long until the wall said 200."""
    event = started().event
    draw, begun = Random(1), time.perf_counter()
    moments = sorted(draw.uniform(0, SECONDS) for _ in range(PEOPLE))
    waited, last, seen = [0.0] * PEOPLE, [0.0], [0.0]

    def person(place: int) -> None:
        time.sleep(max(begun + moments[place] - time.perf_counter(), 0))
        before = time.perf_counter()
        visit(event, place)
        waited[place] = time.perf_counter() - before
        last[0] = max(last[0], time.perf_counter())

    def wall() -> None:
        while door.tally(event.code, event.shown).answered < PEOPLE and time.perf_counter() < begun + 6 * SECONDS:
            time.sleep(EVERY)
        seen[0] = time.perf_counter()

    looking = threading.Thread(target=wall)
    looking.start()
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(person, range(PEOPLE)))
    looking.join()
    assert kept_in(event) == list(range(PEOPLE)), "an answer is lost, or there twice"
    half, most = 1e3 * np.quantile(waited, (0.5, 0.95))
    return (
        f"{PEOPLE} people in {SECONDS:.0f} s: none lost, none doubled; acknowledged after {half:.0f} ms (median), "
        f"{most:.0f} ms (95 in 100), {1e3 * max(waited):.0f} ms (last); "
        f"the wall says so {max(seen[0] - last[0], 0):.1f} s later"
    )


def on_the_page() -> str:
    """The same people on *Answer*, each a phone that looks for news as the page asks it to."""
    made = door.start("A room of 200", [CHOICE], defaults())
    event = door.show(made.secret, made.event.questions[0].id)
    with serving.explorer() as server:
        waited = asyncio.run(phones_answer(server.url, event))
    counted = door.counts(event.code)[event.shown]
    assert counted == PEOPLE, "an answer is lost, or there twice"
    half, most = np.quantile(waited, (0.5, 0.95))
    return (
        f"{PEOPLE} phones on Answer in {SECONDS:.0f} s: {counted} kept; {half:.1f} s (median), {most:.1f} s (95 in 100)"
    )


async def phones_answer(url: str, event: RoomEvent) -> list[float]:
    """Seconds that each phone waited until the page said that its answer is kept."""
    phones: list[Phone] = []
    looking: list[asyncio.Task[None]] = []
    while len(phones) < PEOPLE:
        first = len(phones)
        names = [a_room.browser(place) for place in range(first, min(first + TOGETHER, PEOPLE))]
        opened = await asyncio.gather(*(Phone.open(url, event.code, name) for name in names))
        phones += opened
        # Each looks for news from when it came: two hundred that look at one moment are no room.
        looking += [asyncio.create_task(phone.look()) for phone in opened]
    draw = Random(1)

    async def person(phone: Phone, moment: float, place: int) -> float:
        await asyncio.sleep(moment)
        return await phone.answer(place)

    answers = (person(phone, draw.uniform(0, SECONDS), draw.randrange(len(CHOICE.choices))) for phone in phones)
    waited = await asyncio.gather(*answers)
    for task in looking:
        task.cancel()
    await asyncio.gather(*looking, return_exceptions=True)
    await asyncio.gather(*(phone.close() for phone in phones))
    return list(waited)


def kept_in(event: RoomEvent) -> list[int]:
    """The numbers that are in the store, in order."""
    whole = store.the_store().read(lambda connection: answers.every(connection, event))
    return sorted(int(float(one.value)) for one in whole[event.shown])


def eager() -> str:
    """Answers a second where everybody answers at once."""
    event = started().event
    begun = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(lambda place: visit(event, place), range(EAGER)))
    return f"at once: {EAGER / (time.perf_counter() - begun):.0f} visits a second"


def kills(address: str) -> str:
    """Killed at random moments under load: every acknowledged answer is there."""
    event, draw, promised = started().event, Random(2), 0
    with TemporaryDirectory() as folder:
        for moment in range(MOMENTS):
            file = Path(folder) / str(moment)
            with a_room.answering(address, event, file, first=moment * 10**6) as process:
                a_room.await_answers(file, draw.randint(1, MOST_KILLED_AT))
                process.kill()
                process.join()
            told = a_room.acknowledged(file)
            promised += len(told)
            found = kept_in(event)
            assert set(told) <= set(found), "an acknowledged answer is lost"
            assert len(found) == len(set(found)), "an answer is there twice"
    whole = integrity(address)
    return f"killed at {MOMENTS} moments: {promised} acknowledged answers, none lost; integrity check: {whole}"


def integrity(address: str) -> str:
    """What the database says of itself."""
    path = place.file_of(address)
    if path is None:
        rows = store.the_store().read(
            lambda connection: connection.exec_driver_sql("SELECT count(*), count(DISTINCT id) FROM answer").one()
        )
        return "ok" if rows[0] == rows[1] else "failed"
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("PRAGMA integrity_check").fetchone()[0])


def two_processes(address: str) -> str:
    """Two processes on one store, each with half a room: both count the same."""
    event = started().event
    with TemporaryDirectory() as folder:
        files = [Path(folder) / "one", Path(folder) / "other"]
        begun = time.perf_counter()
        with (
            a_room.answering(address, event, files[0], most=PEOPLE) as one,
            a_room.answering(address, event, files[1], first=PEOPLE, most=PEOPLE) as other,
        ):
            one.join()
            other.join()
        taken = time.perf_counter() - begun
    assert kept_in(event) == list(range(2 * PEOPLE))
    return f"two processes, {2 * PEOPLE} answers at once: all there after {taken:.1f} s"


@contextmanager
def named(address: str) -> Iterator[str]:
    """A store for the time of a measurement."""
    os.environ[place.VARIABLE] = address
    try:
        yield address
    finally:
        store.close_all()
        del os.environ[place.VARIABLE]


def measured(title: str, address: str) -> None:
    """Every figure of one store."""
    with named(address):
        for figure in (room, on_the_page, eager, *_on(address)):
            print(f"{title}: {figure()}", flush=True)


def _on(address: str) -> list[Callable[[], str]]:
    return [lambda: kills(address), lambda: two_processes(address)]


def main() -> None:
    """Print the figures of both stores."""
    with TemporaryDirectory() as folder:
        measured("SQLite", f"sqlite:///{folder}/rooms.sqlite")
    if find("pg_ctl") is None:
        print(f"PostgreSQL: {none('pg_ctl')}")
        return
    with running() as server:
        measured("PostgreSQL", server.address)


if __name__ == "__main__":
    main()
