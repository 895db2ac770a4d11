"""A room that answers from a process of its own, and may be killed at any moment: for a benchmark and for tests.

Each acknowledged answer is a line in a file of the process: what is there was promised to somebody.
"""

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

from consultation import door
from consultation.kept import place as placed
from pricing.errors import ExplorerError

THREADS = 4
PATIENCE = 60.0
"""Seconds for something that takes a moment."""
MODULES = ["benchmarks.a_room", "consultation.kept.schema", "consultation.kept.store"]


def browser(place: int) -> str:
    """The random id of a browser."""
    return f"room-browser-{place:08d}"


def answer_on(address: str, code: str, question: str, file: str, first: int = 0, most: int = 10**6) -> None:
    """Answer with one browser after another, on several threads at once, and note what was acknowledged.

    Each browser answers with its own number; it waits until the file says "go".
    """
    os.environ[placed.VARIABLE] = address
    door.ready()
    numbers, lock = count(first), threading.Lock()
    notes = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    os.write(notes, b"ready\n")

    def work() -> None:
        while True:
            with lock:
                place = next(numbers)
            if place >= first + most:
                return
            try:
                door.answer(code, question, browser(place), place)
            except ExplorerError as problem:
                os.write(notes, f"refused {place} {problem}\n".encode())
            else:
                os.write(notes, f"{place}\n".encode())

    threads = [threading.Thread(target=work, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def acknowledged(file: Path) -> list[int]:
    """The numbers of the browsers whose answers were acknowledged; a line that was cut off was not told to anybody."""
    lines = file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
    return [int(line) for line in lines if line.isdecimal()]


@contextmanager
def answering(
    address: str, event: door.RoomEvent, file: Path, first: int = 0, most: int = 10**6
) -> Iterator[BaseProcess]:
    """A process that answers the question on the wall; killed at the end if it still runs."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(MODULES)  # libraries are loaded once, and each process is there at once
    process = context.Process(target=answer_on, args=(address, event.code, event.shown, str(file), first, most))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def await_answers(file: Path, number: int) -> list[int]:
    """Wait until so many are acknowledged; raises TimeoutError where they never are."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if len(found := acknowledged(file)) >= number:
            return found
        time.sleep(0.001)
    raise TimeoutError(f"{len(acknowledged(file))} of {number} answers were acknowledged")
