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
from consultation import door
from consultation.kept import answers, place, store
from consultation.records import Question, RoomEvent, Started
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
SETTLE = 3.0
"""Seconds in which phones that sat down look for news at moments of their own."""
CHOICE = Question("choice", "Which?", ("One", "Two", "Three"))
NEXT = Question("choice", "And then?", ("Four", "Five", "Six"))
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
    """The same people on *Answer*, each a phone that looks for news as the page asks it to, once the next is shown."""
    made = door.start("A room of 200", [CHOICE, NEXT], defaults())
    event = door.show(made.secret, made.event.questions[0].id)
    with serving.explorer() as server:
        shown, waited, spent = asyncio.run(phones_answer(server, made))
    counted = door.counts(event.code)[event.questions[1].id]
    assert counted == PEOPLE, "an answer is lost, or there twice"
    half, most = np.quantile(waited, (0.5, 0.95))
    there = np.quantile(shown, 0.95)
    return (
        f"{PEOPLE} phones on Answer: the next question stands there after {there:.1f} s (95 in 100); "
        f"{counted} answers in {SECONDS:.0f} s are kept, after {half:.2f} s (median), {most:.2f} s (95 in 100); "
        f"{spent:.1f} s of processor"
    )


async def phones_answer(server: serving.Server, made: Started) -> tuple[list[float], list[float], float]:
    """A result is revealed and the next question shown; then everybody answers within some seconds.

    Seconds until each phone showed that question, and until each was told that its answer is kept; of processor in all.
    """
    phones = await open_phones(server.url, made.event)
    looking = [asyncio.create_task(phone.look()) for phone in phones]
    await asyncio.sleep(SETTLE)
    before = server.processor()
    first, following = (one.id for one in made.event.questions)
    door.reveal(made.secret, first)
    door.show(made.secret, following)
    begun, draw = time.perf_counter(), Random(1)

    async def person(phone: Phone, moment: float, choice: int) -> tuple[float, float]:
        await phone.shows(f"answer_{following}")
        shown = time.perf_counter() - begun
        await asyncio.sleep(begun + moment - time.perf_counter())
        return shown, await phone.answer(choice)

    answers = (person(phone, draw.uniform(0, SECONDS), draw.randrange(len(NEXT.choices))) for phone in phones)
    told = await asyncio.gather(*answers)
    spent = server.processor() - before
    for task in looking:
        task.cancel()
    await asyncio.gather(*looking, return_exceptions=True)
    await asyncio.gather(*(phone.close() for phone in phones))
    return [shown for shown, _ in told], [waited for _, waited in told], spent


async def open_phones(url: str, event: RoomEvent) -> list[Phone]:
    """The room sits down, some phones at a time."""
    phones: list[Phone] = []
    while len(phones) < PEOPLE:
        first = len(phones)
        names = [a_room.browser(place) for place in range(first, min(first + TOGETHER, PEOPLE))]
        phones += await asyncio.gather(*(Phone.open(url, event.code, name) for name in names))
    return phones


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
