"""A and B in words and tables: what differs, who gains, who loses. No streamlit."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pages.kit import groups
from pages.kit.markdown import count, hours, millions, pence, pounds
from pricing.people.small_numbers import RULE
from pricing.questions.comparison import NO_CHANGE, Comparison, GainAndLoss
from pricing.words.totals import TOTALS

MORE, LESS = "▲", "▼"
"""Stand with more and with less under B, so that no meaning rests on colour."""
FEWEST = int(RULE.count)
"""A count of fewer people is not told."""
LEAST = {"hours": "half an hour", "money": "50p"}
"""The change of one person up to which nobody is said to gain or lose: NEAR_MINIMUM and SMALL_SUM, in words."""
IN_MILLIONS = 1e6
"""£ from which a total is written in £m."""


@dataclass(frozen=True)
class Difference:
    """A measure of which the map can show the difference; changes under ``least`` are written as none."""

    short: str
    label: str
    write: Callable[[float], str]
    least: float
    meaning: str

    def signed(self, change: float) -> str:
        """The difference with its sign; nothing where it is not defined."""
        if math.isnan(change):
            return ""
        return self.write(0.0) if abs(change) < self.least else f"{'+' if change > 0 else '−'}{self.write(abs(change))}"

    def mark(self, change: float) -> str:
        """The difference as it stands in a map: marked where B gives more or less."""
        sign = "" if math.isnan(change) or abs(change) < self.least else f"\n{MORE if change > 0 else LESS}"
        return self.signed(change) + sign


DIFFERENCES = {
    "hours": Difference(
        "Hours",
        "Hours of support rewarded",
        hours,
        0.05,
        "What changes in the hours of support that pay best, per person.",
    ),
    "money": Difference(
        "Money",
        "Money that comes with a person",
        pounds,
        0.5,
        "What changes in fee and expected results pay per person, doing what pays best.",
    ),
    "payback": Difference(
        "Payback",
        "Payback per extra £1",
        pence,
        0.005,
        "What changes in what the contract pays back for each extra £1 of the support people need.",
    ),
}
"""Column of the comparison's groups -> how its difference is named and written."""
COLUMNS = {
    "people": ("People", "localized"),
    "hours": ("Hours more per person", "%+.1f"),
    "hours_total": ("Hours more in all", "%+,.0f"),
    "money": ("£ more per person", "%+,.0f"),
    "money_total": ("£ more in all", "%+,.0f"),
    "payback_a": ("Payback under A", "£%.2f"),
    "payback_b": ("Payback under B", "£%.2f"),
    "no_longer": ("No longer left at the minimum", "%.0f"),
    "newly": ("Newly left at the minimum", "%.0f"),
}
STYLES = dict(COLUMNS.values())


def verdict(found: Comparison) -> str:
    """The difference in one sentence."""
    if not found.settings:
        return "A and B are the same: nothing differs yet."
    if not found.same_people:
        return "A and B are about different people, so only their settings and totals can be compared."
    moved = found.moved("hours")
    if not (moved.gainers or moved.losers):
        return hardly_any(found, moved)
    if moved.gainers and moved.losers:
        said = f"more hours of support than A for {people(moved.gainers)}, and fewer for {people(moved.losers)}"
    else:
        word, number = ("more", moved.gainers) if moved.gainers else ("fewer", moved.losers)
        said = f"{word} hours of support than A for {people(number)}"
    others = f"; it changes by {LEAST['hours']} or less for {people(moved.hardly)}" if moved.hardly else ""
    return f"B rewards {said}{others}."


def hardly_any(found: Comparison, moved: GainAndLoss) -> str:
    """The same where nobody's hours move by more than half an hour."""
    if not moved.hardly:
        return "B rewards the same hours of support as A for everyone."
    before, after = found.totals["hours_rewarded"]
    change = round(after) - round(before)  # of the rounded numbers, as in the table of totals
    in_all = f"{count(abs(change))} {'more' if change > 0 else 'fewer'}" if change else "as many, to the hour,"
    return f"B hardly changes the hours of support: by {LEAST['hours']} or less for anyone, and {in_all} in all."


def people(number: float) -> str:
    """A number of people; a very small one is not told."""
    if 0 < number < FEWEST:
        return f"fewer than {FEWEST} people"
    return f"{count(number) if number else 'no'} people"


def at_minimum(found: Comparison) -> str:
    """Who is no longer, and who is newly, left at the minimum."""
    no_longer, newly = found.people("no_longer"), found.people("newly")
    if not (no_longer or newly):
        return "It pays to do the minimum for the same people as before."
    return f"For {people(no_longer)} it no longer pays to do the minimum; for {people(newly)} it newly does."


def who_moves(found: Comparison) -> str:
    """Hours and £ that B moves, to whom and from whom."""
    paid, change = found.moved("money"), spend_change(found)
    total = "the same in all" if not change else f"{millions(abs(change))} {'more' if change > 0 else 'less'} in all"
    if change and not paid.hardly and not (paid.gainers and paid.losers):  # the same sum need not be said twice
        total = f"as much {'more' if change > 0 else 'less'} in all"
    return (
        f"**Hours of support rewarded:** {of(found.moved('hours'), count, LEAST['hours'])}. **Money, doing what pays "
        f"best:** {of(paid, millions, LEAST['money'])}; the commissioner pays {total}."
    )


def spend_change(found: Comparison) -> float:
    """£ that B pays more than A over everyone, as it is written: rounded once, from the totals as they are written.

    Totals in £m do not show their pounds, so that the difference of their pounds is told as it is.
    """
    before, after = found.totals["spend_at_chosen"]
    if not math.isfinite(after - before):
        return math.nan
    in_pounds = min(abs(before), abs(after)) < IN_MILLIONS
    return round(after) - round(before) if in_pounds else round(after - before)


def of(moved: GainAndLoss, write: Callable[[float], str], least: str) -> str:
    """Who gains and who loses how much: "1,200 more for 300 people and 40 less for 20 people".

    Those who change by ``least`` or less are told together: "12 less in all for 80 people, by ... or less for each".
    """
    sides = (("more", moved.gained, moved.gainers), ("less", moved.lost, moved.losers))
    said = [f"{write(amount)} {word} for {people(number)}" for word, amount, number in sides if number]
    if moved.hardly:
        amount = write(abs(moved.hardly_more))
        word = "more" if moved.hardly_more > 0 else "less"
        in_all = "next to nothing" if amount == write(0.0) else f"{amount} {word}"
        said.append(f"{in_all} in all for {people(moved.hardly)}, by {least} or less for each")
    return " and ".join(said) or "the same for everyone"


def total_rows(found: Comparison) -> pd.DataFrame:
    """Everyone's totals under A and under B, in words."""
    rows = [
        {"Over everyone": label, "A": write(found.totals[name][0]), "B": write(found.totals[name][1])}
        for name, (label, write) in TOTALS.items()
    ]
    return pd.DataFrame(rows)


def group_rows(found: Comparison, *keys: str) -> pd.DataFrame:
    """The groups of one or two dimensions in words, who gains most hours first; small groups are left out."""
    table = found.groups(*keys)
    table = table[table["people"] >= groups.smallest_shown(found.a)]
    table = table.sort_values(["hours", "money"], ascending=False, kind="stable").reset_index(drop=True)
    if groups.smallest_shown(found.a):
        counts = table[["no_longer", "newly"]]
        table[["no_longer", "newly"]] = counts.where((counts == 0) | (counts >= FEWEST))
    words = pd.DataFrame()
    for key in keys:
        dimension = found.a.cohort.dimensions[key]
        words[dimension.label] = [dimension.levels[code] for code in table[key]]
    for name, (label, _) in COLUMNS.items():
        words[label] = table[name]
    return words


def most(found: Comparison, keys: tuple[str, str], measure: str) -> str:
    """The groups that B gives the most and the least more, as the title of a map."""
    table = found.groups(*keys)
    table = table[(table["people"] >= groups.smallest_shown(found.a)) & table[measure].notna()].reset_index(drop=True)
    difference = DIFFERENCES[measure]
    if table.empty or table[measure].abs().max() < difference.least:
        moves = not table.empty and table[measure].abs().max() > NO_CHANGE
        alike = "under B hardly other than under A" if moves else "the same under B as under A"
        return f"{difference.label}: {alike} for every group shown"
    said, values = [], table[measure].to_numpy()
    for row in (int(np.argmax(values)), int(np.argmin(values))):
        codes = {key: int(table[key].iloc[row]) for key in keys}
        said.append(f"{difference.signed(float(values[row]))} for {groups.group_words(found.a, codes)}")
    return f"{difference.label}, B against A: {said[0]}; {said[1]}"
