"""The command line: every subcommand, in the order of its help."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from pricing import MODEL_VERSION
from pricing.command import (
    cheapest,
    evaluate,
    history,
    output,
    parameters,
    results,
    savings,
    small_provider,
    take_away,
    uncertainty,
)
from pricing.command.people import cohort, fairness, places
from pricing.command.rooms import consultation
from pricing.command.side_by_side import comparison, levers, shortlist
from pricing.errors import ParameterError
from pricing.words import written

SUBCOMMANDS = (
    evaluate.SUBCOMMAND,
    results.SUBCOMMAND,
    places.SUBCOMMAND,
    fairness.SUBCOMMAND,
    savings.SUBCOMMAND,
    uncertainty.SUBCOMMAND,
    small_provider.SUBCOMMAND,
    cheapest.SUBCOMMAND,
    levers.SUBCOMMAND,
    comparison.SUBCOMMAND,
    shortlist.SUBCOMMAND,
    take_away.SUBCOMMAND,
    consultation.SUBCOMMAND,
    parameters.SCHEMA,
    history.SUBCOMMAND,
    cohort.SUBCOMMAND,
    parameters.SUBCOMMAND,
)
"""A new subcommand is a line here and a module like ``evaluate``, in the package of its kind if there is one."""


class Parser(argparse.ArgumentParser):
    """A parser whose words go the way of all output: help that cannot be written is not passed over, a refusal is one
    line.
    """

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong with the words given, and end."""
        output.say(f"error: {message.rstrip('.')}. {self.prog} --help says what it takes.")
        self.exit(output.REFUSED)

    def print_help(self, file: Any = None) -> None:
        """Write the help."""
        if file is None:
            output.write(self.format_help(), is_json=False)
        else:
            super().print_help(file)


class Version(argparse.Action):
    """Write the model version, and end."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """See :class:`argparse.Action`."""
        output.write(MODEL_VERSION, is_json=False)
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """The parser of the whole line."""
    root = Parser(prog="python -m pricing", description="What a price rewards, without a browser.")
    root.add_argument("--version", action=Version, nargs=0, help="print the model version")
    commands = root.add_subparsers(required=True, metavar="command")
    style = argparse.RawDescriptionHelpFormatter
    for one in SUBCOMMANDS:
        own = commands.add_parser(one.name, help=one.words, epilog=one.notes, formatter_class=style)
        one.add(own)
        own.set_defaults(text=one.text)
    return root


def run(argv: Sequence[str] | None) -> None:
    """Read the line, and write what it asks for; raises what :func:`output.exit_code` turns into one sentence."""
    arguments = parser().parse_args(argv)
    form, alone = getattr(arguments, "format", "json"), getattr(arguments, "rows_only", False)
    if alone and form != "csv":
        raise ParameterError("--rows-only goes with --format csv.")
    text = arguments.text(arguments)
    output.write(written.rows_only(text) if alone else text, is_json=form == "json")
