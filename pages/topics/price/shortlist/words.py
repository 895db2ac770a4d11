"""A shortlist in words and tables: the scenarios side by side, settings that differ first. No streamlit."""

from collections.abc import Callable, Sequence

import pandas as pd

from pages.kit.change_words import setting_value, unit
from pages.kit.markdown import NOT_SHOWN, count, escape, pence, percent, pounds
from pricing.questions.shortlist import Outcome
from pricing.scenario.scenario import specs
from pricing.scenario.shortlist import MOST, Shortlist, differing

Held = Sequence[Outcome | None]
"""What each scenario comes to; none for one that cannot be shown."""


def left_behind(found: Outcome) -> str:
    """People for whom it pays to do the minimum; undefined where nobody needs more than that."""
    return NOT_SHOWN if found.payback != found.payback else f"{count(found.left_behind)} ({percent(found.left_share)})"


MEASURES: tuple[tuple[str, Callable[[Outcome], str]], ...] = (
    ("Cost a head, if everyone gets the support they need", lambda o: pounds(o.cost_needed)),
    ("Cost a head, at the effort that pays best", lambda o: pounds(o.cost_chosen)),
    ("An extra £1 of support pays back, on average", lambda o: pence(o.payback)),
    ("The same, in the group where it pays back least", lambda o: pence(o.lowest)),
    ("People left behind: it pays to do the minimum for", left_behind),
    ("Left to the small provider in the worst year in 20", lambda o: pounds(o.worst_year)),
)
"""Rows of the table: what each is, and how it is written."""
READING = (
    "Costs are for a person and a year. Groups are by needs and deprivation of the area, as on the first page’s map. "
    "The small provider is the one described on “Being a small provider”, with each scenario’s own settings, and gives "
    "everyone the support they need: in one year of 20 it is left with this or less, and a minus is a loss."
)


COLUMNS = {
    "scenario": "Scenario",
    "cost_needed": "Cost a head if everyone gets the support they need, £",
    "cost_chosen": "Cost a head at the effort that pays best, £",
    "payback": "Payback per extra £1 of support, £",
    "lowest": "Payback in the group where it is least, £",
    "left_behind": "People left behind",
    "left_share": "Share of people left behind",
    "worst_year": "Left to the small provider in the worst year in 20, £",
}
"""Column of the command's table -> its words in a download, beside settings by :func:`of_setting`."""


def of_setting(name: str) -> str:
    """A setting and its unit."""
    spec = specs()[name]
    return f"{spec.label} ({unit(spec)})" if unit(spec) else spec.label


def columns(entries: Shortlist) -> dict[str, str]:
    """The columns of the download in words."""
    return COLUMNS | {name: of_setting(name) for name in differing([entry.scenario for entry in entries])}


def table(entries: Shortlist, held: Held) -> pd.DataFrame:
    """The scenarios side by side: settings that differ, then what each comes to. Names are escaped for markdown."""
    named = [escape(entry.name) for entry in entries]
    rows: dict[str, list[str]] = {}
    for name in differing([entry.scenario for entry in entries]):
        rows[of_setting(name)] = [setting_value(specs()[name], entry.scenario.values()[name]) for entry in entries]
    for label, write in MEASURES:
        rows[label] = [NOT_SHOWN if found is None else write(found) for found in held]
    return pd.DataFrame.from_dict(rows, orient="index", columns=named).rename_axis("For each scenario")


def how_many(entries: Shortlist) -> str:
    """How full the shortlist is, in a sentence."""
    number = len(entries)
    if not number:
        return (
            f"The shortlist is empty. Name the price that the panel stands at, and add it: up to {MOST} have a place."
        )
    left = f"{MOST - number} more {'has' if MOST - number == 1 else 'have'} a place" if number < MOST else "it is full"
    return f"{number} of {MOST} scenarios: {left}."
