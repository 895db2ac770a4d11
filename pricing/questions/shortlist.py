"""A shortlist held side by side: what each price costs, pays back, and leaves to a small provider."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from pricing.evaluate import Evaluation
from pricing.scenario.shortlist import Shortlist, differing
from pricing.scenario.spec import quoted
from pricing.words.groups import smallest_shown
from pricing.words.spend import spend
from pricing.words.written import as_csv

KEYS = ("needs", "decile")
"""The groups of which the one where it pays back least is told: as the first page's map has them."""


@dataclass(frozen=True)
class Outcome:
    """What one price of a shortlist comes to for its people.

    Attributes
    ----------
    cost_needed, cost_chosen : float
        £ a head and year, at face value: if everyone got the support they need, and at the effort that pays best.
    payback, lowest : float
        £ paid back per extra £1 of needed support: over everyone, and in the group of needs and deprivation where it
        is least; nan where nobody needs more.
    left_behind, left_share : float
        People for whom it pays to do the minimum, and their share.
    worst_year : float
        £ left to the scenario's small provider in the worst year in 20, giving the support that is needed; below 0 a
        loss; nan where there is no such provider.
    """

    cost_needed: float
    cost_chosen: float
    payback: float
    lowest: float
    left_behind: float
    left_share: float
    worst_year: float


def outcome(evaluation: Evaluation, worst_year: float) -> Outcome:
    """What a price comes to; ``worst_year`` £ is what it leaves to the small provider in the worst year in 20."""
    totals, groups = evaluation.totals, evaluation.groups(*KEYS)
    people, spent = totals["people"], spend(evaluation)
    told = groups[groups["people"] >= smallest_shown(evaluation)]
    return Outcome(
        cost_needed=spent["benchmark"].a_head,
        cost_chosen=spent["chosen"].a_head,
        payback=evaluation.payback,
        lowest=float(told["payback"].min()),
        left_behind=totals["parked_people"],
        left_share=totals["parked_people"] / people,
        worst_year=worst_year,
    )


def rows(entries: Shortlist, held: Sequence[Outcome | None]) -> pd.DataFrame:
    """The shortlist for a program: a row per scenario, settings by their names in links, numbers undressed.

    A name that does not begin with a letter or a digit is quoted, so that no spreadsheet takes it for a formula.
    """
    settings = differing([entry.scenario for entry in entries])
    found = [
        {"scenario": entry.name if entry.name[0].isalnum() else quoted(entry.name)}
        | {name: entry.scenario.values()[name] for name in settings}
        | ({} if outcome is None else vars(outcome))
        for entry, outcome in zip(entries, held, strict=True)
    ]
    return pd.DataFrame(found)


def as_text(entries: Shortlist, held: Sequence[Outcome | None], named: Mapping[str, str] = MappingProxyType({})) -> str:
    """Those rows as CSV, columns ``named`` otherwise where that says so.

    Every text is in quotes, so that a program which parts columns elsewhere leaves names whole.
    """
    return as_csv(rows(entries, held).rename(columns=dict(named)), quoting=csv.QUOTE_NONNUMERIC)
