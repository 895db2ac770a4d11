"""The same numbers without a browser: the commands evaluate, results, uncertainty, history and parameters."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pricing import (
    MODEL_VERSION,
    builtin_cohorts,
    evaluate_report,
    history_report,
    links,
    own_table,
    results_report,
    uncertainty_report,
)
from pricing.cohort import Cohort
from pricing.errors import ExplorerError, ParameterError, TableError
from pricing.evaluate import Evaluation, evaluate
from pricing.parameters import OWN_TABLE, Scenario, defaults, parse, specs
from pricing.spec import quoted


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
        evaluate_report.KEYS_HELP,
        evaluate_report.as_json,
        evaluate_report.as_csv,
    ),
    "results": Report(
        "how results turn into pay: expected pay, luck, effective price",
        results_report.KEYS_HELP,
        results_report.as_json,
        results_report.as_csv,
    ),
    "uncertainty": Report(
        "how sure that is: ranges, draws under £1, and what would turn the verdict",
        uncertainty_report.KEYS_HELP,
        uncertainty_report.as_json,
        uncertainty_report.as_csv,
    ),
}
"""Name of a command -> its report. A new report is a line here and a module like ``evaluate_report``."""


def settings(pairs: Sequence[str]) -> dict[str, str]:
    """``name=value`` texts as a mapping; raises ParameterError for one without "=" or given twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise ParameterError(f"--set {quoted(pair)}: write it as name=value.")
        if name in found:
            raise ParameterError(f"--set {name} is given twice.")
        found[name] = value
    return found


def read_link(url: str | None) -> links.Link:
    """The link to start from, or the defaults; raises ParameterError for anything in it that is not honoured."""
    if url is None:
        return links.Link(defaults())
    link = links.read(links.from_url(url))
    if link.problems:
        raise ParameterError("The link cannot be honoured: " + " ".join(link.problems))
    return link


def read_scenario(arguments: argparse.Namespace, base: Scenario) -> Scenario:
    """The scenario to evaluate: ``base`` changed by --cohort, --baseline and --set."""
    changes = parse(settings(arguments.set))
    if arguments.cohort is not None:
        changes["cohort"] = arguments.cohort
    if arguments.baseline is not None:
        changes["cohort"] = OWN_TABLE
    return base.with_(**changes)


def read_cohort(scenario: Scenario, baseline: Path | None) -> Cohort:
    """The people of the scenario; raises TableError where their table is missing or unreadable."""
    if scenario.cohort != OWN_TABLE:
        return builtin_cohorts.load(scenario.cohort)
    if baseline is None:
        raise TableError("This scenario is about a table of your own: give it with --baseline FILE.csv.")
    try:
        with baseline.open("rb") as file:
            data = file.read(own_table.MOST_BYTES + 1)
    except OSError as problem:
        raise TableError(f"{quoted(baseline)} cannot be read: {problem.strerror}.") from None
    return own_table.read(data, baseline.name)


def read_evaluation(arguments: argparse.Namespace) -> Evaluation:
    """The evaluation that the options ask for."""
    link = read_link(arguments.link)
    scenario = read_scenario(arguments, link.scenario)
    cohort = read_cohort(scenario, arguments.baseline)
    if scenario.cohort == OWN_TABLE and link.table is not None and link.table.digest != cohort.digest:
        raise TableError(f"The link was made from another table: {quoted(link.table.name)}, {link.table.digest}.")
    return evaluate(scenario, cohort)


def run_history(arguments: argparse.Namespace) -> str:
    """Text of the ``history`` command."""
    return history_report.as_json() if arguments.format == "json" else history_report.as_csv()


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


def price(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, report: Report) -> None:
    """A command about one price: they all take the same options, and read the same people."""
    command = add(commands, name, report.words, report.keys)
    people = command.add_mutually_exclusive_group()
    people.add_argument("--cohort", metavar="NAME", help=f"one of: {', '.join(builtin_cohorts.names())}")
    people.add_argument("--baseline", metavar="FILE.csv", type=Path, help="a table of groups with known risks")
    command.add_argument("--set", metavar="name=value", action="append", default=[], help="change a parameter")
    command.add_argument("--link", metavar="URL", help="start from a shared link instead of the defaults")

    def run(arguments: argparse.Namespace) -> str:
        evaluation = read_evaluation(arguments)
        return report.as_json(evaluation) if arguments.format == "json" else report.as_csv(evaluation)

    command.set_defaults(run=run)


def add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str, keys: str = ""
) -> argparse.ArgumentParser:
    """A command that prints JSON or CSV; ``keys`` lists what its JSON holds."""
    style = argparse.RawDescriptionHelpFormatter
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, epilog=keys, formatter_class=style)
    command.add_argument("--format", choices=("json", "csv"), default="json", help="default: json")
    return command


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = argparse.ArgumentParser(prog="python -m pricing", description="What a price rewards, without a browser.")
    root.add_argument("--version", action="version", version=MODEL_VERSION)
    commands = root.add_subparsers(required=True, metavar="command")
    for name, report in REPORTS.items():
        price(commands, name, report)
    past = "what was published about past contracts, and what the explorer says of them"
    add(commands, "history", past, history_report.KEYS_HELP).set_defaults(run=run_history)
    every = "every parameter with its default, range, unit and source"
    add(commands, "parameters", every).set_defaults(run=run_parameters)
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
