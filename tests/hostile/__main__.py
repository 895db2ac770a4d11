"""Hostile links, files and commands at a fresh seed; run ``make hostile`` (``ARGS="--minutes 30 --seed 7"``).

Each draw has the name "seed/kind/number", by which ``--again`` draws it once more. The server is a real one, which
tells how long the thread of each answer was at work, so that several are asked at once; a command is a fork of a
process that has the libraries, and each fiftieth is started as a shell would. Printed are what was wrong, each draw
that took over two seconds of processor, and the slowest of each kind: how long a page takes depends on the machine too,
so that is named and fails nothing.
"""

import argparse
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from random import Random

from benchmarks import serving
from pages.frame.page_record import Page
from pages.frame.pages_list import PAGES
from tests.hostile import found, one_command
from tests.hostile.found import MOST, Found, Target
from tests.hostile.measured import LOOP, Log
from tests.hostile.visitor import Visit

Try = Callable[[Random], Found]
KINDS = ("link", "file", "command")
SHOWN = 5
IN_A_TURN = {"command": 4, "file": 2, "link": 10}
"""Draws of each kind in one turn."""
AT_ONCE = 3
"""Draws at once: while one is looked through, the server answers another."""
TOLD = 100
"""Of so many draws one is told, so that what was ended from outside can be gone on with."""
STARTED = 50
"""Of so many commands one is started as a shell would."""
SERVED = ("tests.hostile.measured",)
"""The module that serves."""


def read(line: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description="Hostile draws at a fresh seed.")
    parser.add_argument("--minutes", type=float, default=5.0, help="when to end (default: 5)")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="default: a fresh one, which is printed")
    parser.add_argument("--first", type=int, default=0, help="the number of the first draw of each kind (default: 0)")
    for kind in KINDS:
        parser.add_argument(f"--{kind}s", type=int, help=f"so many {kind}s, unless the time is over before")
    parser.add_argument("--again", metavar="SEED/KIND/NUMBER", nargs="+", help="these draws alone, one at a time")
    return parser.parse_args(line)


def names(arguments: argparse.Namespace) -> Iterator[str]:
    """The names of the draws: as many of each kind as were asked for, or kinds in turn, until the time is over."""
    if arguments.again:
        yield from arguments.again
        return
    end = time.monotonic() + 60 * arguments.minutes
    asked = {kind: getattr(arguments, f"{kind}s") or 0 for kind in KINDS}
    for kind, number in some_of_each(asked) if any(asked.values()) else in_turn():
        if time.monotonic() > end:
            return
        yield f"{arguments.seed}/{kind}/{arguments.first + number}"


def some_of_each(asked: dict[str, int]) -> Iterator[tuple[str, int]]:
    """So many of each kind, one kind after another."""
    yield from ((kind, number) for kind in KINDS for number in range(asked[kind]))


def in_turn() -> Iterator[tuple[str, int]]:
    """Kinds in turn, without an end."""
    for turn in count():
        for kind, several in IN_A_TURN.items():
            yield from ((kind, number) for number in range(turn * several, (turn + 1) * several))


def tried(name: str, ways: dict[str, Try]) -> tuple[str, Found]:
    """One draw by its name, and what was wrong said at once."""
    try:
        one = ways[way(name)](Random(name))
    except Exception as problem:  # a look that fails is no look: it is named, and the next draw is tried
        one = Found(0.0, "", (f"what looks at it failed: {type(problem).__name__}: {problem}",))
    for fault in one.wrong:
        print(f"WRONG {name}: {fault[:400]}\n      {one.what[:300]!r}", flush=True)
    if one.seconds > MOST:
        print(f"SLOW  {name}: {one.seconds:.2f} s of processor\n      {one.what[:600]!r}", flush=True)
    if one.short:
        print(f"SHORT {name}: {one.short}… {one.what[:400]!r}", flush=True)
    return name, one


def way(name: str) -> str:
    """How a draw is tried: by its kind, but for the commands that are started as a shell would."""
    kind, number = name.split("/")[-2:]
    return "started" if kind == "command" and int(number) % STARTED == STARTED - 1 else kind


def each(names: Iterable[str], ways: dict[str, Try], at_once: int) -> Iterator[tuple[str, Found]]:
    """What each draw came to, so many at once, none begun before a place is free."""
    waiting = iter(names)
    with ThreadPoolExecutor(at_once) as pool:
        under_way = {pool.submit(tried, name, ways) for name in islice(waiting, at_once)}
        while under_way:
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            under_way |= {pool.submit(tried, name, ways) for name in islice(waiting, len(done))}
            yield from (one.result() for one in done)


def report(results: dict[str, list[Found]]) -> int:
    """How many of each kind, the slowest; how many were wrong."""
    for kind, all_of_it in results.items():
        wrong, slow = sum(bool(one.wrong) for one in all_of_it), sum(one.seconds > MOST for one in all_of_it)
        mean = sum(one.seconds for one in all_of_it) / len(all_of_it)
        short = sum(bool(one.short) for one in all_of_it)
        print(
            f"{len(all_of_it):,} {kind}s: {wrong} wrong, {slow} over {MOST:g} s of processor, {mean:.2f} in the mean; "
            f"{short} pages without a figure or with a coarser one for want of time; the slowest:"
        )
        for one in islice(sorted(all_of_it, key=lambda each: -each.seconds), SHOWN):
            print(f"  {one.seconds:5.2f} s  {one.what[:150]!r}")
    return sum(bool(one.wrong) for all_of_it in results.values() for one in all_of_it)


@contextmanager
def explorer(folder: Path, by: tuple[str, ...] = SERVED, shown: Iterable[Page] = PAGES.values()) -> Iterator[Target]:
    """A measured explorer that has ``shown`` its pages; what it printed is in the folder when it ends."""
    log, console = folder / "spent", folder / "console"
    log.touch()
    with serving.serving(serving.ROOT / "serve.py", serving.ROOT, (*by, str(log)), console) as server:
        for page in shown:  # a server that runs has read its libraries and its people
            with Visit(server.url) as visit:
                visit.open(page.path)
        yield Target(server.url, Log(log))


def of_the_server(folder: Path, target: Target) -> int:
    """What the server printed, and whether what takes requests in was ever held up; 1 where anything is wrong."""
    console = (folder / "console").read_text(encoding="utf-8", errors="replace")
    held_up = target.log.of(LOOP) if target.log else 0.0
    if held_up:
        print(f"what takes requests in was at work for up to {held_up:.2f} s of processor at a time")
    if at := console.find("Traceback") + 1:
        print(f"WRONG the server printed a traceback: …{console[max(at - 300, 0) : at + 2000]}")
    return int(bool(at))


def main() -> int:
    """Draw, and say what was found; 1 where anything was wrong."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = read()
    print(f"seed {arguments.seed}", flush=True)
    results: dict[str, list[Found]] = {}
    context = one_command.forks()
    with tempfile.TemporaryDirectory() as said:
        folder = Path(said)
        with explorer(folder) as target:
            ways: dict[str, Try] = {
                "link": lambda luck: found.by_link(target, luck),
                "file": lambda luck: found.by_file(target, luck),
                "command": lambda luck: found.by_command(context, luck, folder / secrets.token_hex(8)),
                "started": lambda luck: found.by_command(None, luck, folder / secrets.token_hex(8)),
            }
            for number, (name, one) in enumerate(each(names(arguments), ways, 1 if arguments.again else AT_ONCE), 1):
                results.setdefault(name.split("/")[-2], []).append(one)
                if number % TOLD == 0:
                    print(f"{number:,} drawn, the last {name}", flush=True)
        wrong = report(results) + of_the_server(folder, target)
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
