"""Up to six prices side by side as JSON and CSV: what ``python -m pricing shortlist`` prints."""

import argparse
from dataclasses import asdict
from pathlib import Path

from pricing import MODEL_VERSION
from pricing.command.options import check_model, held_against_its_people
from pricing.command.output import say
from pricing.command.plain import number
from pricing.command.subcommand import Subcommand, add_formats
from pricing.errors import ExplorerError, ParameterError
from pricing.evaluate import Evaluation
from pricing.questions.shortlist import Outcome, as_text, outcome
from pricing.questions.small_provider import surplus
from pricing.scenario import links, shortlist
from pricing.scenario.links import Link
from pricing.scenario.shortlist import MOST, Shortlist, differing
from pricing.words import need, written

KEYS_HELP = """\
Give one link that holds a shortlist, or two to six links of one price each; these are named Link 1, Link 2 and so on.

JSON keys
  version    the model version
  settings   names of the parameters in which the scenarios differ
  scenarios  each: name, scenario (every parameter and its value), and null where undefined: cost_needed,
             cost_chosen (£ a head and year if everyone gets what they need, and at the effort that pays best),
             payback, lowest (£ per £1 over everyone, and in the group of needs and deprivation where it is
             least), left_behind (people for whom it pays to do the minimum), left_share, worst_year (£ left to
             the small provider in the worst year in 20; below 0 a loss)
All are judged by what the first takes people to need; a note says so where another takes something else.
CSV has a row per scenario and a column per setting that differs, headed by a comment line with version and shortlist.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """The links, the reader's own table where a scenario is about one, and the form."""
    parser.add_argument(
        "links", metavar="LINK", nargs="+", help=f"one with a shortlist, or 2 to {MOST} of one price each"
    )
    parser.add_argument(
        "--baseline", metavar="FILE", type=Path, help="a table of groups with known risks: CSV or .xlsx"
    )
    parser.add_argument("--model", metavar="VERSION", help="refuse to run under another model version")
    add_formats(parser)


def read_entries(texts: list[str]) -> tuple[Shortlist, Link]:
    """The scenarios that links name, and a link that names their table; raises ParameterError for what is unclear."""
    found: Shortlist = ()
    queries = [links.from_url(text) for text in texts]
    starts = [links.read(query) for query in queries]
    for place, (query, start) in enumerate(zip(queries, starts, strict=True), 1):
        listed, left_out = shortlist.read(query)
        if problems := (*start.problems, *left_out):
            raise ParameterError(f"Link {place} cannot be honoured: " + " ".join(problems))
        if start.note:
            say(f"note: {start.note}")
        if len(texts) == 1:
            found = listed
        elif listed:
            raise ParameterError("A link with a shortlist is given alone.")
        else:
            found = shortlist.add(found, f"Link {place}", start.scenario)
    if not found:
        raise ParameterError("This link holds no shortlist: give one that does, or two to six links.")
    return found, next((start for start in starts if start.table), starts[0])


def outcome_of(evaluation: Evaluation) -> Outcome:
    """What a scenario comes to; the worst year is undefined where there is no such provider."""
    try:
        worst = -surplus.of(evaluation).worst_year
    except ExplorerError:
        worst = float("nan")
    return outcome(evaluation, worst)


def as_json(entries: Shortlist, found: list[Outcome]) -> str:
    """The scenarios as JSON; see ``shortlist --help`` for the keys."""
    document = {
        "version": MODEL_VERSION,
        "settings": list(differing([entry.scenario for entry in entries])),
        "scenarios": [
            {"name": entry.name, "scenario": entry.scenario.values()}
            | {name: number(value) for name, value in asdict(one).items()}
            for entry, one in zip(entries, found, strict=True)
        ],
    }
    return written.as_json(document)


def text(arguments: argparse.Namespace) -> str:
    """The scenarios side by side in the form that is asked for."""
    check_model(arguments)
    entries, start = read_entries(arguments.links)
    found = [outcome_of(held_against_its_people(one, arguments, start)) for one in shortlist.judged(entries)]
    if apart := need.of_all([entry.scenario for entry in entries]):
        say(f"note: {apart}")
    if arguments.format == "json":
        return as_json(entries, found)
    query = links.to_query(shortlist.write(entries, start.table))
    return f"# pricing-structure explorer; model {MODEL_VERSION}; {query}\n" + as_text(entries, found)


SUBCOMMAND = Subcommand("shortlist", "up to six prices side by side in one table", add, text, KEYS_HELP)
