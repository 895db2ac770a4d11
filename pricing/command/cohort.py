"""A cohort from records: what ``python -m pricing cohort`` checks and builds."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pricing.command.subcommand import Subcommand
from pricing.errors import ParameterError
from pricing.evaluate import evaluate
from pricing.records import folder
from pricing.records.build import DISCLOSES, Built, build, fit, refuse, settled
from pricing.records.counted import Counted, count
from pricing.records.engines.choose import ENGINES, opened
from pricing.records.engines.engine import Engine
from pricing.records.join import join, moved
from pricing.records.mapping.read import read_file
from pricing.records.mapping.types import RecordsMap
from pricing.scenario.scenario import defaults

NOTES = """\
FILE is CSV or Parquet, a folder or a quoted pattern of such files.
The map is TOML: which column holds what. Everything that is wrong with it, or with the records, is said at once.
Then: EXPLORER_COHORTS=FOLDER make run
"""
FEWEST_JOINED, MOST_JOINED = 2, 1000
SPEAKS_AFTER = 2.0
"""Seconds after which work that goes on says how far it is."""


@dataclass
class Told:
    """How far the work is, said on standard error by work that takes over two seconds."""

    started: float = field(default_factory=time.monotonic)
    said: str = ""

    def __call__(self, what: str, share: float) -> None:
        """Say it where it changed."""
        to_a_person = sys.stderr is not None and sys.stderr.isatty()
        line = f"{what}: {share if to_a_person else int(share * 4) / 4:.0%}"
        if time.monotonic() - self.started > SPEAKS_AFTER and line != self.said and sys.stderr is not None:
            ending = "\n" if share >= 1 else ""
            sys.stderr.write(f"\r{line:40}{ending}" if to_a_person else f"{line}\n")
            sys.stderr.flush()
            self.said = line


def add(parser: argparse.ArgumentParser) -> None:
    """One parser per action."""
    parser.set_defaults(format="text")
    actions = parser.add_subparsers(required=True, metavar="action", dest="action")
    for name, (words, arguments, _) in ACTIONS.items():
        own = actions.add_parser(name, help=words, description=words)
        arguments(own)


def add_records(parser: argparse.ArgumentParser) -> None:
    """The records and their map."""
    parser.add_argument("file", metavar="FILE", help="CSV or Parquet, a folder or a quoted pattern of such files")
    parser.add_argument("--map", metavar="FILE.toml", type=Path, required=True, help="which column holds what")
    parser.add_argument("--engine", choices=tuple(ENGINES), help="what does the counting (default: by FILE)")
    parser.add_argument("--leave-out", action="store_true", help="leave rows out that are wrong, and say how many")


def add_build(parser: argparse.ArgumentParser) -> None:
    """What `build` takes beside that."""
    add_records(parser)
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="the cohort's folder, as my_people")
    smallest = "join cells until none, and no count of outcomes, is from 1 to under N: for what is to be shared"
    parser.add_argument("--smallest", metavar="N", type=int, default=0, help=smallest)
    parser.add_argument("--force", action="store_true", help="write over a cohort that is there")


def counted(arguments: argparse.Namespace, told: Told) -> tuple[RecordsMap, Counted]:
    """The map, and the records reduced to cells."""
    given = read_file(arguments.map)
    engine: Engine = opened(arguments.file, arguments.engine)
    try:
        return given, count(engine, given, leave_out=arguments.leave_out, progress=told)
    finally:
        engine.close()


def check(arguments: argparse.Namespace) -> str:
    """Everything that is wrong, or that nothing is."""
    _, found = counted(arguments, Told())
    refuse(found.refused)
    cells, people = len(found.cells.people), float(found.cells.people.sum())
    lines = [f"{found.rows:,} rows, {found.left_out:,} of them left out", *(flaw.words for flaw in found.wrong)]
    lines.append(f"{people:,.0f} people in {cells:,} cells, {people / cells:,.1f} people each on average")
    lines.append(f"digest {found.digest}")
    return "".join(f"{line}\n" for line in lines)


def make(arguments: argparse.Namespace) -> str:
    """Build the folder, and say what was done."""
    name, told = folder.check_name(arguments.out.resolve()), Told()
    folder.check_place(arguments.out, force=arguments.force)
    given, found = counted(arguments, told)
    built = build(found, given, name, told)
    lines: list[str] = []
    if arguments.smallest:
        built, lines = joined(built, found, arguments.smallest, told)
    folder.write(built, arguments.out.resolve(), force=arguments.force)
    ending = () if arguments.smallest else (DISCLOSES,)
    return "".join(f"{line}\n" for line in (*built.said, *lines, f"digest {found.digest}", f"Wrote {name}", *ending))


def joined(exact: Built, found: Counted, smallest: int, told: Told) -> tuple[Built, list[str]]:
    """The cohort with small cells joined, and sentences on what that does to its curves and to what a price rewards."""
    if not FEWEST_JOINED <= smallest <= MOST_JOINED:
        raise ParameterError(f"--smallest {smallest}: it should be from {FEWEST_JOINED} to {MOST_JOINED}.")
    name = exact.curves.declaration.name
    small = join(settled(found, exact.given), exact.curves.curves["binary"], smallest, told)
    built = fit(small, name, told)
    lines = moved(exact.curves.curves, built.curves.curves, exact.curves.cells)
    price = defaults()
    before, after = (evaluate(price, one.cohort).payback for one in (exact, built))
    lines.append(f"an extra £1 of support pays back £{after:.3f} with joined cells, £{before:.3f} with exact ones")
    return built, lines


Action = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], str]]
ACTIONS: Mapping[str, Action] = {
    "check": ("say everything that is wrong with a map and its records", add_records, check),
    "build": ("build a cohort's folder: cells, curves and a check on people held out", add_build, make),
}
"""Each action: its words, its arguments, its work."""


def text(arguments: argparse.Namespace) -> str:
    """The action's output."""
    return ACTIONS[arguments.action][2](arguments)


SUBCOMMAND = Subcommand("cohort", "people of your own, built from records at any size", add, text, NOTES)
