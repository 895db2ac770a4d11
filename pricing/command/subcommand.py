"""What a subcommand is, and the kind that most are: what is said of one price, as JSON or CSV."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pricing.command.options import add_options, read_evaluation
from pricing.evaluate import Evaluation


@dataclass(frozen=True)
class Subcommand:
    """One word after ``python -m pricing``.

    ``words`` what it gives, in the list of all; ``add`` puts its arguments on its parser; ``text`` is its output for
    the arguments read; ``notes`` stand below its options in its help.
    """

    name: str
    words: str
    add: Callable[[argparse.ArgumentParser], None]
    text: Callable[[argparse.Namespace], str]
    notes: str = ""


def add_formats(parser: argparse.ArgumentParser, formats: Sequence[str] = ("json", "csv")) -> None:
    """The forms in which a subcommand writes, the usual one first."""
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")
    if "csv" in formats:
        alone = "leave out the lines at the head of a CSV that begin with #: the first then names the columns"
        parser.add_argument("--rows-only", action="store_true", help=alone)


def add_price(parser: argparse.ArgumentParser) -> None:
    """The arguments of every subcommand on a price: which price, which people, and the form."""
    add_options(parser)
    add_formats(parser)


def on_one_price(
    name: str, words: str, notes: str, as_json: Callable[[Evaluation], str], as_csv: Callable[[Evaluation], str]
) -> Subcommand:
    """A subcommand on one price; all of them take the same options, and read the same people."""

    def text(arguments: argparse.Namespace) -> str:
        evaluation = read_evaluation(arguments)
        return as_json(evaluation) if arguments.format == "json" else as_csv(evaluation)

    return Subcommand(name, words, add_price, text, notes)
