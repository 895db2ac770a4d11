"""The same numbers without a browser: evaluate, results, uncertainty, provider, history and parameters."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from pricing import (
    MODEL_VERSION,
    builtin_cohorts,
    history_report,
    links,
    own_table,
    provider_report,
    results_report,
    uncertainty_report,
)
from pricing.cohort import Cohort
from pricing.errors import ExplorerError, ParameterError, TableError
from pricing.evaluate import PER_PERSON, SHARES, Evaluation, evaluate
from pricing.parameters import OWN_TABLE, Scenario, defaults, parse, specs
from pricing.records import record
from pricing.small_provider.clients import HOURS
from pricing.spec import quoted

KEYS_HELP = """\
JSON keys
  version     the model version
  scenario    every parameter and its value
  prices      £ per unit, by metric
  totals      people, spend_at_benchmark (£), temptation (£), parked_people,
              reoffences_avoided_chosen, reoffences_avoided_benchmark
  groups      with --baseline: its rows, in order; otherwise a row per need count and
              deprivation tenth. Each: needs, decile, people, fee (£), payback (£ per £1,
              null where undefined), benchmark_hours, chosen_hours, margin_at_benchmark (£),
              margin_at_chosen (£), temptation (£) as means per person, and parked, avoided,
              perverse as shares of its people
CSV holds the groups alone, headed by a comment line with the version and the scenario.
"""
TOTALS = (
    "people",
    "spend_at_benchmark",
    "temptation",
    "parked_people",
    "reoffences_avoided_chosen",
    "reoffences_avoided_benchmark",
)
COLUMNS = ("needs", "decile", "people", "fee", "payback", *PER_PERSON[1:], *SHARES)


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


def group_table(evaluation: Evaluation) -> pd.DataFrame:
    """The groups as the JSON and the CSV give them."""
    if evaluation.scenario.cohort == OWN_TABLE:
        table = evaluation.rows()
    else:
        table = evaluation.groups("needs", "decile")
        table["decile"] += 1
    return table.astype({"needs": int, "decile": int})[list(COLUMNS)]


def as_json(evaluation: Evaluation) -> str:
    """The evaluation as JSON; see ``evaluate --help`` for the keys."""
    rows = group_table(evaluation).to_dict(orient="records")
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "prices": dict(evaluation.terms.unit_prices),
        "totals": {name: evaluation.totals[name] for name in TOTALS},
        "groups": [record({str(k): v for k, v in row.items()}) for row in rows],
    }
    return json.dumps(document, indent=2, allow_nan=False)


def as_csv(evaluation: Evaluation) -> str:
    """The groups as CSV under one comment line with the version and the scenario as a link query."""
    return links.heading(evaluation.scenario) + group_table(evaluation).to_csv(index=False)


def read_evaluation(arguments: argparse.Namespace) -> Evaluation:
    """The evaluation that the options ask for."""
    link = read_link(arguments.link)
    scenario = read_scenario(arguments, link.scenario)
    cohort = read_cohort(scenario, arguments.baseline)
    if scenario.cohort == OWN_TABLE and link.table is not None and link.table.digest != cohort.digest:
        raise TableError(f"The link was made from another table: {quoted(link.table.name)}, {link.table.digest}.")
    return evaluate(scenario, cohort)


def run_evaluate(arguments: argparse.Namespace) -> str:
    """Text of the ``evaluate`` command."""
    evaluation = read_evaluation(arguments)
    return as_json(evaluation) if arguments.format == "json" else as_csv(evaluation)


def run_results(arguments: argparse.Namespace) -> str:
    """Text of the ``results`` command."""
    evaluation = read_evaluation(arguments)
    return results_report.as_json(evaluation) if arguments.format == "json" else results_report.as_csv(evaluation)


def run_uncertainty(arguments: argparse.Namespace) -> str:
    """Text of the ``uncertainty`` command."""
    evaluation = read_evaluation(arguments)
    as_asked = uncertainty_report.as_json if arguments.format == "json" else uncertainty_report.as_csv
    return as_asked(evaluation)


def run_provider(arguments: argparse.Namespace) -> str:
    """Text of the ``provider`` command."""
    evaluation = read_evaluation(arguments)
    if arguments.format == "json":
        return provider_report.as_json(evaluation, arguments.hours)
    return provider_report.as_csv(evaluation, arguments.hours, arguments.table)


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


def price(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    words: str,
    keys: str,
    run: Callable[[argparse.Namespace], str],
) -> argparse.ArgumentParser:
    """A command about one price: they all take the same options; ``keys`` lists what its JSON holds."""
    style = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(name, help=words, epilog=keys, formatter_class=style)
    people = command.add_mutually_exclusive_group()
    people.add_argument("--cohort", metavar="NAME", help=f"one of: {', '.join(builtin_cohorts.names())}")
    people.add_argument("--baseline", metavar="FILE.csv", type=Path, help="a table of groups with known risks")
    command.add_argument("--set", metavar="name=value", action="append", default=[], help="change a parameter")
    command.add_argument("--link", metavar="URL", help="start from a shared link instead of the defaults")
    command.add_argument("--format", choices=("json", "csv"), default="json", help="default: json")
    command.set_defaults(run=run)
    return command


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = argparse.ArgumentParser(prog="python -m pricing", description="What a price rewards, without a browser.")
    root.add_argument("--version", action="version", version=MODEL_VERSION)
    commands = root.add_subparsers(required=True, metavar="command")
    price(commands, "evaluate", "what a price rewards, group by group", KEYS_HELP, run_evaluate)
    results = "how results turn into pay: expected pay, luck, effective price"
    price(commands, "results", results, results_report.KEYS_HELP, run_results)
    sure = "how sure that is: ranges, draws under £1, and what would turn the verdict"
    price(commands, "uncertainty", sure, uncertainty_report.KEYS_HELP, run_uncertainty)
    carry = "what it means for one small provider: the year, luck, partners, cash, a prime, three seats"
    small = price(commands, "provider", carry, provider_report.KEYS_HELP, run_provider)
    small.add_argument("--hours", choices=tuple(HOURS), default="needed", help="of support given; default: needed")
    small.add_argument("--table", choices=provider_report.TABLES, default="year", help="what the CSV holds")
    past = commands.add_parser(
        "history",
        help="what was published about past contracts, and what the explorer says of them",
        epilog=history_report.KEYS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    past.add_argument("--format", choices=("json", "csv"), default="json", help="default: json")
    past.set_defaults(run=run_history)
    listed = commands.add_parser("parameters", help="every parameter with its default, range, unit and source")
    listed.add_argument("--format", choices=("json", "csv"), default="json", help="default: json")
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
