"""A file to take away: what ``python -m pricing take-away`` writes."""

import argparse
from datetime import date
from pathlib import Path

from pricing.command import output
from pricing.command.options import add_options, read_beside, read_evaluation, read_name
from pricing.command.subcommand import Subcommand, add_formats
from pricing.scenario.spec import quoted
from pricing.take_away import cover
from pricing.take_away.files import FILES

SERVED = "http://localhost:8501/"
NOTES = "formats\n" + "\n".join(f"  {name:10}{kind.name}: {kind.what}" for name, kind in FILES.items())


def a_day(text: str) -> date:
    """A date that is given; raises ArgumentTypeError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a date written YYYY-MM-DD") from None


def an_address(text: str) -> str:
    """An address that links can lead to; raises ArgumentTypeError where it holds what cannot be written."""
    if not text.isprintable():
        raise argparse.ArgumentTypeError(f"{quoted(text)} holds characters that no address has")
    return text


def add(parser: argparse.ArgumentParser) -> None:
    """Which price and people, the form, where to write, and what stands on it."""
    add_options(parser)
    add_formats(parser, tuple(FILES))
    parser.add_argument("--output", metavar="FILE", type=Path, required=True, help="where to write it")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    today, day = date.today(), "the date that stands on it (default: today)"
    parser.add_argument("--made", metavar="YYYY-MM-DD", type=a_day, default=today, help=day)
    leads = f"where links lead (default: {SERVED})"
    parser.add_argument("--address", metavar="URL", type=an_address, default=SERVED, help=leads)


def text(arguments: argparse.Namespace) -> str:
    """Write the file, and say so."""
    kind = FILES[arguments.format]
    output.check_place(arguments.output, kind.ending, force=arguments.force)
    price = read_evaluation(arguments)
    beside = read_beside(arguments, price.scenario)
    made = cover.of(price, arguments.made, arguments.address, read_name(arguments), beside)
    return output.save(arguments.output, kind.write(made))


SUBCOMMAND = Subcommand(
    "take-away",
    "a workbook, reports, the scenario as a file, or Python that gives the same numbers",
    add,
    text,
    NOTES,
)
