"""Fairness in words: who gets what, and women's case. No streamlit."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pages.kit.markdown import pence, percent, pounds
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.fairness.by_group import EVERYONE
from pricing.questions.fairness.characteristics import Characteristic
from pricing.scenario.scenario import OWN_TABLE

COLUMNS = {
    "people": ("People", "localized"),
    "risk": ("Risk", "percent"),
    "seen": ("Reoffended", "percent"),
    "benchmark_hours": ("Hours needed", "%.1f"),
    "chosen_hours": ("Hours rewarded", "%.1f"),
    "withheld": ("Withheld", "percent"),
    "payback": ("Payback per £1", "£%.2f"),
    "margin_at_chosen": ("Margin", "£%.0f"),
    "turned_away": ("Turned away", "percent"),
}
COLUMNS_SAY = (
    "Risk: the share expected to reoffend without extra support. Withheld: the share of the hours people need that it "
    "does not pay to give. Margin: what is left per person when doing what pays best. Turned away: the share in "
    "groups by needs and place that lose money even so."
)
SHARES = ("risk", "seen", "withheld", "turned_away")
STYLES = dict(COLUMNS.values())
NEVER_PRICED = (
    "No price here depends on a protected characteristic: premiums know the number of needs and the place, nothing "
    "else."
)
CURVES_USE = (
    "The risk curves do use age and sex, so what is expected of a person, and an own target with it, follows them. "
    "Race is in no curve and in no price."
)
MAP_USES = (
    "The risk curves use whatever your map declares, age and sex among it if it does, so what is expected of a person, "
    "and an own target with it, follows that."
)
SMALL = (
    "No count under 10 is shown and no rate over fewer than 30 people, nor any figure that would give such a one back."
)
WOMEN = (
    "Women released from custody in 2006 reoffended slightly less often than men (45.0 against 46.6 in 100), but more "
    "times each (218.6 against 207.5 reoffences per 100 people; Ministry of Justice). A binary rate sees the first, a "
    "frequency rate the second."
)


def priced_by(cohort: Cohort) -> str:
    """What a price knows of people, and what only their risk knows."""
    if cohort.fitted is None:
        return NEVER_PRICED
    return f"{NEVER_PRICED} {MAP_USES if cohort.name == OWN_TABLE else CURVES_USE}"


def who(characteristic: Characteristic, level: str) -> str:
    """A group as part of a sentence: "women", "people with 3 needs"."""
    small = level[0].lower() + level[1:]
    deprived = {"1 (most)": "the most deprived tenth", "10 (least)": "the least deprived tenth"}
    article = "a " if small.startswith("community") else ""
    sentenced = f"people sentenced to {article}{small}" if characteristic.label == "Sentence" else ""
    return {
        "sex": small,
        "age": f"people aged {small}",
        "race": f"{level} people",
        "needs": f"people with {small}",
        "decile": f"people in {deprived.get(level, f'deprivation tenth {level}')}",
        "sentence": sentenced or f"people with {small} in prison",
    }[characteristic.key]


def extremes(table: pd.DataFrame, column: str) -> tuple[str, float, str, float] | None:
    """The groups with the least and the most of a measure; none where fewer than two may be shown."""
    groups = table[table["group"] != EVERYONE].dropna(subset=[column])
    if len(groups) < 2:
        return None
    found = {group: row[column] for group, row in rows(groups).items()}
    low, high = min(found, key=lambda group: found[group]), max(found, key=lambda group: found[group])
    return low, found[low], high, found[high]


def groups_title(characteristic: Characteristic, table: pd.DataFrame) -> str:
    """Who gets what, with its numbers."""
    found = extremes(table, "withheld")
    if found is None:
        return "Fewer than two of these groups can be shown, so there is nothing to compare"
    low, least, high, most = found
    if most - least < 0.0005:
        return f"Of the support that people need, this price withholds {percent(most)} from each of these groups"
    close = percent(least) == percent(most)
    ends = [f"{100 * share:.1f}%" if close else percent(share) for share in (least, most)]
    return (
        f"Of the support that people need, this price withholds {ends[0]} from {who(characteristic, low)} and "
        f"{ends[1]} from {who(characteristic, high)}"
    )


def groups_reading(characteristic: Characteristic, table: pd.DataFrame) -> str:
    """How to read the picture, and what else differs."""
    said = "The dot is the hours of support per person that pay best, the ring the hours that people need."
    for column, write, words in (
        ("payback", pence, "An extra £1 of that support pays back"),
        ("margin_at_chosen", pounds, "Doing what pays best leaves, per person,"),
    ):
        found = extremes(table, column)
        if found is not None:
            low, least, high, most = found
            ends = f"{who(characteristic, low)} and {write(most)} for {who(characteristic, high)}"
            said += f" {words} {write(least)} for {ends if write(least) != write(most) else 'each of these groups'}."
    return said


def rows(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """The table's numbers by group."""
    columns = table.columns.drop("group")
    return {str(row["group"]): {str(name): float(row[name]) for name in columns} for _, row in table.iterrows()}


def calibration(characteristic: Characteristic, table: pd.DataFrame) -> str:
    """Race alone: what the curve, which does not know it, expects beside what was recorded."""
    if characteristic.key != "race":
        return ""
    said = [characteristic.note]
    for group, row in rows(table.dropna(subset=["seen"])).items():
        if group == EVERYONE:
            continue
        seen, expected, low, high = (100 * row[name] for name in ("seen", "risk", "seen_low", "seen_high"))
        more = "more" if expected > seen else "fewer"
        side = "inside" if low <= expected <= high else "outside"
        said.append(
            f"Of {group} people {seen:.1f} in 100 were rearrested (95% interval {low:.1f} to {high:.1f}, for the luck "
            f"of who these people were); the curve expects {expected:.1f}: {abs(expected - seen):.1f} {more}, {side} "
            "that interval."
        )
    return " ".join(said)


def turned_away_by(characteristic: Characteristic, table: pd.DataFrame) -> str:
    """Which share of each group that would leave without support."""
    found = extremes(table, "turned_away")
    if found is None or found[1] == found[3]:
        return ""
    low, least, high, most = found
    return (
        f" It would leave {percent(least)} of {who(characteristic, low)} and {percent(most)} of "
        f"{who(characteristic, high)} without support."
    )


def in_words(characteristic: Characteristic, table: pd.DataFrame) -> pd.DataFrame:
    """The table with columns in words, everyone first; without the recorded rate where nothing was recorded."""
    everyone = table["group"] == EVERYONE
    table = pd.concat([table[everyone], table[~everyone]], ignore_index=True)
    words = pd.DataFrame({characteristic.label: table["group"]})
    for name, (label, _) in COLUMNS.items():
        if name != "seen" or characteristic.reoffended is not None:
            words[label] = table[name].round(3) if name in SHARES else table[name]
    return words


def missing(cohort: Cohort, keys: set[str]) -> str:
    """Which protected characteristics are not known of these people."""
    if cohort.fitted is None:
        return (
            "A table of risks holds people by needs, place and risk. It does not say their sex, age or race, so "
            "nothing can be said by a protected characteristic; put the question to whoever holds the records."
        )
    unknown = [key for key in ("sex", "age", "race") if key not in keys]
    listed = ", ".join([*unknown, "disability", "religion or belief", "sexual orientation", "gender reassignment"])
    return (
        f"Not in these data: {listed}, pregnancy and maternity, marriage and civil partnership. A mental health need "
        "is at most a proxy for some disability. What is not known here needs another source."
    )


def women_title(by_metric: Mapping[str, pd.DataFrame]) -> str:
    """Women and men under each metric."""
    said = []
    for metric, table in by_metric.items():
        women, men = (payback_of(table, group) for group in ("Women", "Men"))
        if math.isnan(women) or math.isnan(men):
            return f"Under a {metric} rate too few women or men need more than the minimum to tell a payback"
        said.append(f"{pence(women)} for women and {pence(men)} for men under a {metric} rate")
    return f"An extra £1 of support pays back {', '.join(said)}"


def paybacks(by_metric: Mapping[str, pd.DataFrame], group: str) -> FloatArray:
    """Payback of one group under each metric, (metrics,), nan where it is not shown."""
    return np.array([payback_of(table, group) for table in by_metric.values()])


def payback_of(table: pd.DataFrame, group: str) -> float:
    """Payback of one group, nan where it is not shown."""
    return rows(table)[group]["payback"]


def women_here(by_metric: Mapping[str, pd.DataFrame], cohort: Cohort) -> str:
    """What this cohort can and cannot say of women's case."""
    declared = None if cohort.fitted is None else cohort.fitted.declaration
    table = next(iter(by_metric.values()))
    found = rows(table)
    women, men = found["Women"], found["Men"]
    here = (
        f"Here {percent(women['risk'])} of women and {percent(men['risk'])} of men are expected to reoffend, with "
        f"{100 * women['reoffences']:,.0f} and {100 * men['reoffences']:,.0f} reoffences per 100 people."
    )
    if declared is None:
        return here
    if declared.synthetic:
        return (
            f"{here} In this illustrative cohort differences by sex are results of assumptions, and the published "
            "pattern is not among them: read this as what the metric does, not as what women do."
        )
    if declared.implied_alpha is not None:
        return (
            f"{here} The number is implied from the chance, not counted, so these data cannot show more times each, "
            "only what the metric does to the same risks."
        )
    return here
