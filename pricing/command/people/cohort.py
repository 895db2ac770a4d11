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
from pricing.people.records import folder, query
from pricing.people.records.answer_file import read_answer
from pricing.people.records.build import DISCLOSES, Built, Settled, fit, refuse, said, settled
from pricing.people.records.counted import Counted, count
from pricing.people.records.counted import counted as counted_from_answer
from pricing.people.records.engines.choose import ENGINES, of_files, opened
from pricing.people.records.engines.engine import Engine
from pricing.people.records.join import join, moved
from pricing.people.records.mapping.first import first_map
from pricing.people.records.mapping.read import read_file
from pricing.people.records.mapping.types import RecordsMap
from pricing.scenario.scenario import defaults

NOTES = """\
FILE is CSV or Parquet, a folder or a quoted pattern of such files; postgresql://server/database#table; or, with
--engine spark, a table of Spark or such files. Only cells leave the place where the records are.
The map is TOML: which column holds what. Everything that is wrong with it, or with the records, is said at once.
Then: EXPLORER_COHORTS=FOLDER make run
"""
FEWEST_JOINED, MOST_JOINED = 2, 1000
DIALECTS = ("duckdb", "postgres", "spark", "athena", "trino", "snowflake", "bigquery", "databricks", "redshift")
"""The first three are tried against the real engines; the others are written by the same code and untried."""
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
    add_file(parser)
    add_map(parser)
    only = "print the query for FILE, a table by its name, in another engine's SQL, and do nothing else"
    parser.add_argument("--print-sql", metavar="DIALECT", choices=DIALECTS, help=f"{only}: {', '.join(DIALECTS)}")
    parser.add_argument("--engine", choices=tuple(ENGINES), help="what does the counting (default: by FILE)")


def add_map(parser: argparse.ArgumentParser) -> None:
    """The map."""
    parser.add_argument("--map", metavar="FILE.toml", type=Path, required=True, help="which column holds what")
    parser.add_argument("--leave-out", action="store_true", help="leave rows out that are wrong, and say how many")


def add_build(parser: argparse.ArgumentParser) -> None:
    """What `build` takes."""
    add_records(parser)
    add_out(parser)


def add_out(parser: argparse.ArgumentParser) -> None:
    """Where the folder goes."""
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="the cohort's folder, as my_people")
    smallest = "join cells until none, and no count of outcomes, is from 1 to under N: for what is to be shared"
    parser.add_argument("--smallest", metavar="N", type=int, default=0, help=smallest)
    parser.add_argument("--force", action="store_true", help="write over a cohort that is there")


def add_file(parser: argparse.ArgumentParser) -> None:
    """The records alone."""
    parser.add_argument("file", metavar="FILE", help="CSV or Parquet, a folder or a quoted pattern of such files")


def add_cells(parser: argparse.ArgumentParser) -> None:
    """The answer of a query that somebody else ran."""
    parser.add_argument("cells", metavar="CELLS.csv", type=Path, help="the answer of the query, with its column names")
    add_map(parser)
    add_out(parser)


def look(arguments: argparse.Namespace) -> str:
    """A first map."""
    engine = of_files(arguments.file)
    try:
        return first_map(engine.seen(), Path(arguments.file).name)
    finally:
        engine.close()


def print_sql(arguments: argparse.Namespace) -> str:
    """The query, for somebody to run where the records are: FILE is then the table as it stands after FROM."""
    sql = query.cells(read_file(arguments.map), {}, arguments.file)
    return query.translated(sql, arguments.print_sql) + "\n"


def make_from_cells(arguments: argparse.Namespace) -> str:
    """Build the folder from the answer of a query."""
    check_out(arguments)
    given = read_file(arguments.map)
    found = counted_from_answer(read_answer(arguments.cells, given), given, {}, leave_out=arguments.leave_out)
    return finished(arguments, given, found, Told())


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
    if arguments.print_sql:
        return print_sql(arguments)
    given, found = counted(arguments, Told())
    refuse(found.refused)
    return "".join(f"{line}\n" for line in (*said(found, given, found.cells, ()), f"digest {found.digest}"))


def check_out(arguments: argparse.Namespace) -> None:
    """Refuse what could not be written, or joined, before anything is counted; raises ExplorerError."""
    folder.check_name(arguments.out.resolve())
    folder.check_place(arguments.out, force=arguments.force)
    if arguments.smallest and not FEWEST_JOINED <= arguments.smallest <= MOST_JOINED:
        raise ParameterError(f"--smallest {arguments.smallest}: it should be from {FEWEST_JOINED} to {MOST_JOINED}.")


def make(arguments: argparse.Namespace) -> str:
    """Build the folder, and say what was done."""
    if arguments.print_sql:
        return print_sql(arguments)
    check_out(arguments)
    told = Told()
    return finished(arguments, *counted(arguments, told), told)


def finished(arguments: argparse.Namespace, given: RecordsMap, found: Counted, told: Told) -> str:
    """Fit, join where that is asked for, and write; what was done as text."""
    name = arguments.out.resolve().name
    exact = settled(found, given)
    built = fit(exact, name, told)
    lines: list[str] = []
    if arguments.smallest:
        built, lines = joined(exact, built, arguments.smallest, told)
    folder.write(built, arguments.out.resolve(), force=arguments.force)
    ending = () if arguments.smallest else (DISCLOSES,)
    return "".join(f"{line}\n" for line in (*built.said, *lines, f"digest {found.digest}", f"Wrote {name}", *ending))


def joined(cells: Settled, exact: Built, smallest: int, told: Told) -> tuple[Built, list[str]]:
    """The cohort with small cells joined, and sentences on what that does to its curves and to what a price rewards."""
    small = join(cells, exact.curves.curves["binary"], smallest, told)
    built = fit(small, exact.curves.declaration.name, told)
    lines = moved(exact.curves.curves, built.curves.curves, exact.curves.cells)
    price = defaults()
    before, after = (evaluate(price, one.cohort).payback for one in (exact, built))
    lines.append(f"an extra £1 of support pays back £{after:.3f} with joined cells, £{before:.3f} with exact ones")
    return built, lines


Action = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], str]]
ACTIONS: Mapping[str, Action] = {
    "map": ("write a first map from names and values, to be mended by hand", add_file, look),
    "check": ("say everything that is wrong with a map and its records", add_records, check),
    "build": ("build a cohort's folder: cells, curves and a check on people held out", add_build, make),
    "from-cells": ("build a cohort's folder from what the query answered", add_cells, make_from_cells),
}
"""Each action: its words, its arguments, its work."""


def text(arguments: argparse.Namespace) -> str:
    """The action's output."""
    return ACTIONS[arguments.action][2](arguments)


SUBCOMMAND = Subcommand("cohort", "people of your own, built from records at any size", add, text, NOTES)
