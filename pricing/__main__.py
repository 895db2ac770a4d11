"""The same numbers without a browser: a command for each report on a price, and for what stands beside them."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command import comparison, evaluate, history, results, small_provider, uncertainty
from pricing.command import fairness as fairness_report
from pricing.command import places as places_report
from pricing.command import savings as savings_report
from pricing.command.options import add_options, read_comparison, read_evaluation
from pricing.errors import ExplorerError, OutputError
from pricing.evaluate import Evaluation
from pricing.questions.small_provider.clients import HOURS
from pricing.scenario.scenario import defaults, specs
from pricing.scenario.spec import printable, quoted
from pricing.take_away import cover, scenario_file
from pricing.take_away.files import FILES

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # the library gives it no public name
SERVED = "http://localhost:8501/"


@dataclass(frozen=True)
class Report:
    """A command about one price: what it says in a few words, what its JSON holds, and how it is written."""

    words: str
    keys: str
    as_json: Callable[[Evaluation], str]
    as_csv: Callable[[Evaluation], str]


REPORTS: Mapping[str, Report] = {
    "evaluate": Report(
        "what a price rewards, group by group",
        evaluate.KEYS_HELP,
        evaluate.as_json,
        evaluate.as_csv,
    ),
    "results": Report(
        "how results turn into pay: expected pay, luck, effective price",
        results.KEYS_HELP,
        results.as_json,
        results.as_csv,
    ),
    "places": Report(
        "what it does in different places: boroughs, streets, multipliers, one price or ten",
        places_report.KEYS_HELP,
        places_report.as_json,
        places_report.as_csv,
    ),
    "fairness": Report(
        "who fares how, by sex, age, race where recorded, needs, sentence and place; what amplifies inequality",
        fairness_report.KEYS_HELP,
        fairness_report.as_json,
        fairness_report.as_csv,
    ),
    "savings": Report(
        "who saves from fewer reoffences, and what a shared pot would pay for",
        savings_report.KEYS_HELP,
        savings_report.as_json,
        savings_report.as_csv,
    ),
    "uncertainty": Report(
        "how sure that is: ranges, draws under £1, and what would turn the verdict",
        uncertainty.KEYS_HELP,
        uncertainty.as_json,
        uncertainty.as_csv,
    ),
}
"""Name of a command -> its report. A new report is a line here and a module like ``evaluate_report``."""


def run_provider(arguments: argparse.Namespace) -> str:
    """Text of the ``provider`` command."""
    evaluation = read_evaluation(arguments)
    if arguments.format == "json":
        return small_provider.as_json(evaluation, arguments.hours)
    return small_provider.as_csv(evaluation, arguments.hours, arguments.table)


def run_compare(arguments: argparse.Namespace) -> str:
    """Text of the ``compare`` command."""
    found = read_comparison(arguments)
    return comparison.as_json(found) if arguments.format == "json" else comparison.as_csv(found)


def run_history(arguments: argparse.Namespace) -> str:
    """Text of the ``history`` command."""
    return history.as_json() if arguments.format == "json" else history.as_csv()


def run_take_away(arguments: argparse.Namespace) -> str:
    """Write what the ``take-away`` command asks for, and say so."""
    made = cover.of(read_evaluation(arguments), arguments.made, arguments.address)
    try:
        arguments.output.write_bytes(FILES[arguments.format].write(made))
    except OSError as problem:
        raise OutputError(f"{quoted(arguments.output)} cannot be written: {problem.strerror}.") from None
    return f"Wrote {printable(arguments.output)}"


def run_schema(arguments: argparse.Namespace) -> str:
    """Text of the ``schema`` command."""
    return json.dumps(scenario_file.schema(), indent=2, ensure_ascii=False)


def run_parameters(arguments: argparse.Namespace) -> str:
    """Text of the ``parameters`` command."""
    rows = []
    usual = defaults().values()
    for name, spec in specs().items():
        allowed: object = list(spec.choices) if spec.choices else [spec.low, spec.high]
        row = {"name": name, "default": usual[name], "allowed": allowed, "step": spec.step or None}
        rows.append(row | {"unit": spec.unit, "label": spec.label, "origin": spec.origin, "source": spec.source})
    if arguments.format == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False)
    return pd.DataFrame(rows).to_csv(index=False)


def add(commands: "Commands", name: str, words: str, notes: str = "") -> argparse.ArgumentParser:
    """A command; ``notes`` stand below its options."""
    style = argparse.RawDescriptionHelpFormatter
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, epilog=notes, formatter_class=style)
    return command


def add_formats(command: argparse.ArgumentParser, formats: Sequence[str] = ("json", "csv")) -> None:
    """The forms in which a command writes, the usual one first."""
    command.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")


def add_report(commands: "Commands", name: str, report: Report) -> None:
    """A command about one price: they all take the same options, and read the same people."""
    command = add(commands, name, report.words, report.keys)
    add_options(command)
    add_formats(command)

    def run(arguments: argparse.Namespace) -> str:
        evaluation = read_evaluation(arguments)
        return report.as_json(evaluation) if arguments.format == "json" else report.as_csv(evaluation)

    command.set_defaults(run=run)


def add_compare(commands: "Commands") -> None:
    """The command about two prices."""
    words = "two prices, A and B: what differs, who gains and who loses"
    command = add(commands, "compare", words, comparison.KEYS_HELP)
    add_options(command)
    add_formats(command)
    command.add_argument("--a", metavar="name=value", action="append", default=[], help="a setting of A that differs")
    command.set_defaults(run=run_compare)


def add_provider(commands: "Commands") -> None:
    """The command about one provider."""
    words = "what it means for one small provider: the year, luck, partners, cash, a prime, three seats"
    command = add(commands, "provider", words, small_provider.KEYS_HELP)
    add_options(command)
    add_formats(command)
    command.add_argument("--hours", choices=tuple(HOURS), default="needed", help="of support given; default: needed")
    command.add_argument("--table", choices=small_provider.TABLES, default="year", help="what the CSV holds")
    command.set_defaults(run=run_provider)


def add_take_away(commands: "Commands") -> None:
    """The command that writes a file to take away."""
    kinds = "\n".join(f"  {name:8}{kind.name}: {kind.what}" for name, kind in FILES.items())
    words = "a workbook, a report, the scenario as a file, or Python that gives the same numbers"
    command = add(commands, "take-away", words, f"formats\n{kinds}")
    add_options(command)
    add_formats(command, tuple(FILES))
    command.add_argument("--output", metavar="FILE", type=Path, required=True, help="where to write it")
    today, day = date.today(), "the date that stands on it (default: today)"
    command.add_argument("--made", metavar="YYYY-MM-DD", type=date.fromisoformat, default=today, help=day)
    command.add_argument("--address", metavar="URL", default=SERVED, help=f"where links lead (default: {SERVED})")
    command.set_defaults(run=run_take_away)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = argparse.ArgumentParser(prog="python -m pricing", description="What a price rewards, without a browser.")
    root.add_argument("--version", action="version", version=MODEL_VERSION)
    commands = root.add_subparsers(required=True, metavar="command")
    for name, report in REPORTS.items():
        add_report(commands, name, report)
    add_provider(commands)
    add_compare(commands)
    add_take_away(commands)
    add(commands, "schema", "the JSON Schema of a scenario file").set_defaults(run=run_schema)
    past = add(
        commands,
        "history",
        "what was published about past contracts, and what the explorer says of them",
        history.KEYS_HELP,
    )
    add_formats(past)
    past.set_defaults(run=run_history)
    listed = add(commands, "parameters", "every parameter with its default, range, unit and source")
    add_formats(listed)
    listed.set_defaults(run=run_parameters)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it succeeded, 2 with one sentence on standard error when the input was refused."""
    arguments = parser().parse_args(argv)
    try:
        print(arguments.run(arguments).removesuffix("\n"), flush=True)
    except ExplorerError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing more must be written, not even when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
