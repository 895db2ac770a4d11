"""A cohort from records: what ``python -m pricing cohort`` checks and builds."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pricing.command.subcommand import Subcommand
from pricing.records import folder
from pricing.records.build import build, refuse
from pricing.records.counted import Counted, count
from pricing.records.engines.choose import ENGINES, opened
from pricing.records.engines.engine import Engine
from pricing.records.mapping.read import read_file
from pricing.records.mapping.types import RecordsMap

NOTES = """\
FILE is CSV or Parquet, a folder or a quoted pattern of such files.
The map is TOML: which column holds what. Everything that is wrong with it, or with the records, is said at once.
Then: EXPLORER_COHORTS=FOLDER make run
"""
SPEAKS_AFTER = 2.0
"""Seconds after which work that goes on says how far it is."""


@dataclass
class Told:
    """How far the work is, said on standard error by work that takes over two seconds."""

    started: float = field(default_factory=time.monotonic)
    said: str = ""

    def __call__(self, what: str, share: float) -> None:
        """Say it where it changed."""
        line = f"{what}: {share:.0%}"
        if time.monotonic() - self.started > SPEAKS_AFTER and line != self.said and sys.stderr is not None:
            end = "\n" if share >= 1 or not sys.stderr.isatty() else ""
            sys.stderr.write(f"\r{line:40}{end}")
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
    folder.write(built, arguments.out.resolve(), force=arguments.force)
    return "".join(f"{line}\n" for line in (*built.said, f"digest {found.digest}", f"Wrote {name}"))


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
