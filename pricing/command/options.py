"""What a command about one price is given: people, settings, a link or a file to start from; all refused if unclear."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from pricing import MODEL_VERSION
from pricing.command.output import say
from pricing.errors import ParameterError, TableError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import own_table, shipped
from pricing.people.cohort import Cohort
from pricing.questions.comparison import Comparison, compare
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults, parse
from pricing.scenario.spec import quoted
from pricing.take_away import scenario_file
from pricing.words import need


def add_options(command: argparse.ArgumentParser) -> None:
    """The options that say which price is held against which people."""
    people = command.add_mutually_exclusive_group()
    people.add_argument("--cohort", metavar="NAME", help=f"one of: {', '.join(shipped.names())}")
    people.add_argument(
        "--baseline", metavar="FILE", type=Path, help="a table of groups with known risks: CSV or .xlsx"
    )
    command.add_argument("--set", metavar="name=value", action="append", default=[], help="change a parameter")
    start = command.add_mutually_exclusive_group()
    start.add_argument("--link", metavar="URL", help="start from a shared link instead of the defaults")
    start.add_argument("--scenario", metavar="FILE.json", type=Path, help="start from a scenario that was taken away")
    command.add_argument("--model", metavar="VERSION", help="refuse to run under another model version")


def settings(pairs: Sequence[str], option: str = "--set") -> dict[str, str]:
    """``name=value`` texts as a mapping; raises ParameterError for one without "=" or given twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise ParameterError(f"{option} {quoted(pair)}: write it as name=value.")
        if name in found:
            raise ParameterError(f"{option} {name} is given twice.")
        found[name] = value
    return found


def read_start(arguments: argparse.Namespace) -> links.Link:
    """The link or file to start from, or the defaults; raises ParameterError for anything that is not honoured."""
    if arguments.link is not None:
        what, start = "link", links.read(links.from_url(arguments.link))
    elif arguments.scenario is not None:
        what, start = "file", scenario_file.read(read_file(arguments.scenario, scenario_file.MOST_BYTES))
    else:
        return links.Link(defaults())
    if start.problems:
        raise ParameterError(f"The {what} cannot be honoured: " + " ".join(start.problems))
    if start.note:
        say(f"note: {start.note}")
    return start


def read_name(arguments: argparse.Namespace) -> str:
    """What the reader of the link or file to start from called it; "" if nothing."""
    if arguments.link is not None:
        return links.read(links.from_url(arguments.link)).name
    if arguments.scenario is not None:
        return scenario_file.read(read_file(arguments.scenario, scenario_file.MOST_BYTES)).name
    return ""


def read_file(path: Path, most: int) -> bytes:
    """A file's bytes, one more than ``most`` at most; raises TableError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as problem:
        raise TableError(f"{quoted(path)} cannot be read: {problem.strerror}.") from None


def read_scenario(arguments: argparse.Namespace, base: Scenario) -> Scenario:
    """The scenario to evaluate: ``base`` changed by --cohort, --baseline and --set; raises ParameterError where two of
    them name other people.
    """
    changes = parse(settings(arguments.set))
    people = OWN_TABLE if arguments.baseline is not None else arguments.cohort
    if people is not None and changes.get("cohort", people) != people:
        option = "--cohort" if arguments.baseline is None else "--baseline"
        raise ParameterError(f"--set cohort={changes['cohort']} and {option} name different people: leave one out.")
    if people is not None:
        changes["cohort"] = people
    return base.with_(**changes)


def read_cohort(scenario: Scenario, baseline: Path | None) -> Cohort:
    """The people of the scenario; raises TableError where their table is missing or unreadable."""
    if scenario.cohort != OWN_TABLE:
        return shipped.load(scenario.cohort)
    if baseline is None:
        raise TableError("This scenario is about a table of your own: give it with --baseline FILE.")
    return own_table.read(read_file(baseline, own_table.MOST_BYTES), baseline.name)


def check_model(arguments: argparse.Namespace) -> None:
    """Refuse to run under another model version than was asked for; raises ParameterError."""
    if arguments.model not in (None, MODEL_VERSION):
        raise ParameterError(
            f"--model {quoted(arguments.model)}: this is model {MODEL_VERSION}, whose figures may differ."
        )


def read_evaluation(arguments: argparse.Namespace) -> Evaluation:
    """The evaluation that the options ask for."""
    check_model(arguments)
    start = read_start(arguments)
    return held_against_its_people(read_scenario(arguments, start.scenario), arguments, start)


def read_comparison(arguments: argparse.Namespace) -> Comparison:
    """A and B as the options ask for them: A is what the link pins, or B with the settings of --a."""
    check_model(arguments)
    start = read_start(arguments)
    b = read_scenario(arguments, start.scenario)
    if start.pinned is None and not arguments.a:
        raise ParameterError("There is no A: give a link that pins one, or --a name=value.")
    a = (b if start.pinned is None else start.pinned).with_(**parse(settings(arguments.a, "--a")))
    if (said := need.of_both(a, b)) is not None:
        say(f"note: {said}")
    return compare(*(held_against_its_people(scenario, arguments, start) for scenario in (a.with_need_of(b), b)))


def read_beside(arguments: argparse.Namespace, b: Scenario) -> Evaluation | None:
    """The price A that a link pins beside ``b``, judged by what ``b`` takes people to need; None where it pins none."""
    start = read_start(arguments)
    if start.pinned is None:
        return None
    return held_against_its_people(start.pinned.with_need_of(b), arguments, start)


def held_against_its_people(scenario: Scenario, arguments: argparse.Namespace, start: links.Link) -> Evaluation:
    """A scenario held against its people; raises TableError where their table is not the one that was meant."""
    cohort = read_cohort(scenario, arguments.baseline)
    if scenario.cohort == OWN_TABLE and start.table is not None and start.table.digest != cohort.digest:
        raise TableError(f"The link was made from another table: {quoted(start.table.name)}, {start.table.digest}.")
    return evaluate(scenario, cohort)
