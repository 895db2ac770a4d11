"""The command line: every subcommand, in the order of its help. One that is asked for is loaded, and no other."""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from pricing import MODEL_VERSION
from pricing.command import output
from pricing.errors import ParameterError

if TYPE_CHECKING:
    from pricing.command.subcommand import Subcommand

SUBCOMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "evaluate": "pricing.command.evaluate.SUBCOMMAND",
        "results": "pricing.command.results.SUBCOMMAND",
        "places": "pricing.command.people.places.SUBCOMMAND",
        "fairness": "pricing.command.people.fairness.SUBCOMMAND",
        "savings": "pricing.command.savings.SUBCOMMAND",
        "uncertainty": "pricing.command.uncertainty.SUBCOMMAND",
        "provider": "pricing.command.small_provider.SUBCOMMAND",
        "cheapest": "pricing.command.cheapest.SUBCOMMAND",
        "levers": "pricing.command.side_by_side.levers.SUBCOMMAND",
        "compare": "pricing.command.side_by_side.comparison.SUBCOMMAND",
        "shortlist": "pricing.command.side_by_side.shortlist.SUBCOMMAND",
        "take-away": "pricing.command.take_away.SUBCOMMAND",
        "consultation": "consultation.command.SUBCOMMAND",
        "schema": "pricing.command.parameters.SCHEMA",
        "history": "pricing.command.history.SUBCOMMAND",
        "cohort": "pricing.command.people.cohort.SUBCOMMAND",
        "parameters": "pricing.command.parameters.SUBCOMMAND",
    }
)
"""A new subcommand is a line here, with where it is made: a module like ``evaluate``, in the package of its kind if
there is one. Consultations stand on the domain and bring their own, which is found by name alone."""
LOADS_NOTHING = ("--version",)


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


def subcommand(name: str) -> "Subcommand":
    """The subcommand of a name; its libraries are loaded now."""
    module, _, attribute = SUBCOMMANDS[name].rpartition(".")
    found: Subcommand = getattr(import_module(module), attribute)
    return found


def needed(argv: Sequence[str]) -> Iterable[str]:
    """The subcommands that a line may be about: the one that it begins with, or all, which are then listed."""
    first = argv[0] if argv else ""
    if first in LOADS_NOTHING:
        return ()
    return (first,) if first in SUBCOMMANDS else SUBCOMMANDS


def parser(names: Iterable[str] = SUBCOMMANDS) -> argparse.ArgumentParser:
    """The parser of the whole line, for these subcommands."""
    root = Parser(prog="python -m pricing", description="What a price rewards, without a browser.")
    root.add_argument("--version", action=Version, nargs=0, help="print the model version")
    commands = root.add_subparsers(required=True, metavar="command")
    style = argparse.RawDescriptionHelpFormatter
    for one in map(subcommand, names):
        own = commands.add_parser(one.name, help=one.words, epilog=one.notes, formatter_class=style)
        one.add(own)
        own.set_defaults(text=one.text)
    return root


def run(argv: Sequence[str] | None) -> None:
    """Read the line, and write what it asks for; raises what :func:`output.exit_code` turns into one sentence."""
    words = sys.argv[1:] if argv is None else argv
    arguments = parser(needed(words)).parse_args(words)
    form, alone = getattr(arguments, "format", "json"), getattr(arguments, "rows_only", False)
    if alone and form != "csv":
        raise ParameterError("--rows-only goes with --format csv.")
    text = arguments.text(arguments)
    if alone:
        from pricing.words import written  # noqa: PLC0415 - it loads pandas, which the version does without

        text = written.rows_only(text)
    output.write(text, is_json=form == "json")
