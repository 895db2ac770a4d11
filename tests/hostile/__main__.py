"""Hostile links, files and commands at a fresh seed; run ``make hostile`` (``ARGS="--minutes 30 --seed 7"``).

Each draw has the name "seed/kind/number", by which ``--again`` draws it once more. The server is a real one, a command
a process of its own. Printed are what was wrong, and the slowest of each kind: how long a page takes depends on the
machine, so that is reported and fails nothing.
"""

import argparse
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.serving import explorer
from pages.frame.pages_list import PAGES
from tests.hostile import found, one_command
from tests.hostile.found import Found, Target
from tests.hostile.visitor import Visit

Try = Callable[[Random], Found]
KINDS = ("link", "file", "command")
MOST = 2.0
"""Seconds of processor that nothing should take."""
SHOWN = 5
IN_A_TURN = {"command": 3, "file": 3, "link": 10}
"""Draws of each kind in one turn: 5,000 links, 1,500 files, 1,500 commands take about an hour."""


def read(line: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description="Hostile draws at a fresh seed.")
    parser.add_argument("--minutes", type=float, default=5.0, help="when to end (default: 5)")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="default: a fresh one, which is printed")
    for kind in KINDS:
        parser.add_argument(f"--{kind}s", type=int, help=f"so many {kind}s, however long they take")
    parser.add_argument("--again", metavar="SEED/KIND/NUMBER", nargs="+", help="these draws alone")
    return parser.parse_args(line)


def names(arguments: argparse.Namespace) -> Iterator[str]:
    """The names of the draws: as many of each kind as were asked for, or kinds in turn until the time is over."""
    if arguments.again:
        yield from arguments.again
        return
    asked = {kind: getattr(arguments, f"{kind}s") for kind in KINDS}
    if any(asked.values()):
        yield from (f"{arguments.seed}/{kind}/{number}" for kind in KINDS for number in range(asked[kind] or 0))
        return
    end, turn = time.monotonic() + 60 * arguments.minutes, 0
    while True:
        for kind, count in IN_A_TURN.items():
            for number in range(turn * count, (turn + 1) * count):
                if time.monotonic() > end:
                    return
                yield f"{arguments.seed}/{kind}/{number}"
        turn += 1


def tried(name: str, ways: dict[str, Try]) -> Found:
    """One draw by its name, and what was wrong said at once."""
    one = ways[name.split("/")[-2]](Random(name))
    for fault in one.wrong:
        print(f"WRONG {name}: {fault[:400]}\n      {one.what[:300]!r}", flush=True)
    return one


def report(results: dict[str, list[Found]]) -> int:
    """How many of each kind, the slowest; how many were wrong."""
    for kind, all_of_it in results.items():
        wrong, slow = sum(bool(one.wrong) for one in all_of_it), sum(one.seconds > MOST for one in all_of_it)
        print(f"{len(all_of_it):,} {kind}s: {wrong} wrong, {slow} over {MOST:g} s of processor; the slowest:")
        for one in islice(sorted(all_of_it, key=lambda each: -each.seconds), SHOWN):
            print(f"  {one.seconds:5.2f} s  {one.what[:150]!r}")
    return sum(bool(one.wrong) for all_of_it in results.values() for one in all_of_it)


def main() -> int:
    """Draw, and say what was found; 1 where anything was wrong."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = read()
    print(f"seed {arguments.seed}", flush=True)
    results: dict[str, list[Found]] = {kind: [] for kind in KINDS}
    context = one_command.forks()
    with tempfile.TemporaryDirectory() as folder, explorer() as server:
        target = Target(server.url, server.process)
        for page in PAGES.values():  # a server that runs has read its libraries and its people
            with Visit(server.url) as visit:
                visit.open(page.path)
        ways: dict[str, Try] = {
            "link": lambda luck: found.by_link(target, luck),
            "file": lambda luck: found.by_file(target, luck),
            "command": lambda luck: found.by_command(context, luck, Path(folder) / f"{time.monotonic_ns()}"),
        }
        for name in names(arguments):
            results[name.split("/")[-2]].append(tried(name, ways))
    return min(report({kind: one for kind, one in results.items() if one}), 1)


if __name__ == "__main__":
    sys.exit(main())
