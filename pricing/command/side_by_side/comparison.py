"""A and B as JSON and CSV: what ``python -m pricing compare`` prints."""

import argparse

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.evaluate import followed_group
from pricing.command.options import read_comparison
from pricing.command.plain import number, record
from pricing.command.subcommand import Subcommand, add_price
from pricing.questions.comparison import Comparison
from pricing.scenario import links
from pricing.words import followed, written

KEYS_HELP = """\
B is the scenario of the other options; A is the one pinned in the link, or B changed by --a. Both are judged by what B
takes people to need.

JSON keys
  version      the model version
  a, b         every parameter and its value, of either scenario
  settings     the parameters that differ, each: name, a, b
  totals       each with a and b (null where undefined): people, payback (£ per £1), parked_share and
               withheld (shares), spend_at_chosen, spend_at_benchmark and temptation (£), a_head_at_chosen and
               a_head_at_benchmark (£ a person), on_results_at_chosen and on_results_at_benchmark (shares of what
               is paid), hours_rewarded, reoffences_avoided_chosen
  followed     the group that B follows, under a and under b, as evaluate gives it (null where none)
  same_people  whether both are about the same people; if not, moved and groups are null
  moved        money (£) and hours: gainers and losers (people), by more than £0.50 or half an hour a person,
               gained and lost; hardly (people who change by less) and hardly_more (what that comes to in all,
               which may be less than 0); no_longer and newly: people whom B no longer, or newly, makes it pay
               best to leave at the minimum
  groups       a row per need count and deprivation tenth: needs, decile, people, payback_a, payback_b
               and payback (their difference; null where undefined), money (£) and hours more under B per
               person, money_total, hours_total, no_longer, newly (people)
CSV holds the groups alone (the totals where the people differ), headed by a comment line with the version and
both scenarios.
"""
KEYS = ("needs", "decile")


def group_table(found: Comparison) -> pd.DataFrame:
    """The groups as the JSON and the CSV give them."""
    table = found.groups(*KEYS)
    table["decile"] += 1
    return table.astype({"needs": int, "decile": int})


def moved(found: Comparison) -> dict[str, object]:
    """Who gains and who loses, over everyone."""
    parts: dict[str, object] = {measure: vars(found.moved(measure)) for measure in ("money", "hours")}
    return parts | {name: found.people(name) for name in ("no_longer", "newly")}


def as_json(found: Comparison) -> str:
    """The comparison as JSON; see ``compare --help`` for the keys."""
    same = found.same_people
    rows = group_table(found).to_dict(orient="records") if same else []
    document = {
        "version": MODEL_VERSION,
        "a": found.a.scenario.values(),
        "b": found.b.scenario.values(),
        "settings": [vars(setting) for setting in found.settings],
        "totals": {name: {"a": number(a), "b": number(b)} for name, (a, b) in found.totals.items()},
        "followed": {"a": followed_group(followed.a_followed(found.a, found.b.scenario)), "b": followed_group(found.b)},
        "same_people": same,
        "moved": moved(found) if same else None,
        "groups": [record({str(k): v for k, v in row.items()}) for row in rows] if same else None,
    }
    return written.as_json(document)


def as_csv(found: Comparison) -> str:
    """The groups as CSV, or the totals where the people differ, under one comment line with both scenarios."""
    heading = links.heading(found.b.scenario, pinned=found.a.scenario)
    if found.same_people:
        return heading + written.as_csv(group_table(found))
    return heading + written.as_csv(pd.DataFrame(found.totals, ["a", "b"]).T.rename_axis("total"), index=True)


def add(parser: argparse.ArgumentParser) -> None:
    """Which price and people, the form, and what A has that B has not."""
    add_price(parser)
    parser.add_argument("--a", metavar="name=value", action="append", default=[], help="a setting of A that differs")


def text(arguments: argparse.Namespace) -> str:
    """The comparison in the form that is asked for."""
    found = read_comparison(arguments)
    return as_json(found) if arguments.format == "json" else as_csv(found)


SUBCOMMAND = Subcommand("compare", "two prices, A and B: what differs, who gains and who loses", add, text, KEYS_HELP)
