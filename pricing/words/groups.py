"""Groups of people in tables and words: which are large enough to be shown, and what each column is and means."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.people.cells import SMALLEST_GROUP
from pricing.scenario.scenario import OWN_TABLE
from pricing.words.numbers import count, hours, pence, percent, pounds, price_of_one, signed

COLUMNS = {
    "people": ("People", "count"),
    "payback": ("Payback per £1", "pence"),
    "fee": ("Fee", "pounds"),
    "benchmark_hours": ("Hours needed", "hours"),
    "chosen_hours": ("Hours rewarded", "hours"),
    "withheld": ("Needed support not paid for", "percent"),
    "margin_at_benchmark": ("Margin when done right", "pounds"),
    "margin_at_chosen": ("Margin when doing what pays best", "pounds"),
    "temptation": ("Temptation", "pounds"),
    "parked": ("Pays to do the minimum", "percent"),
    "avoided": ("Loses money whatever is done", "percent"),
}
"""Column of :meth:`Evaluation.groups` -> its words, and what kind of number it holds."""
WRITE = {
    "count": count,
    "pence": pence,
    "pounds": pounds,
    "signed": signed,
    "hours": hours,
    "percent": percent,
    "price": price_of_one,
}
"""Kind of number -> its formatter."""
BELOW = "▼"
"""Mark of a payback under £1, so that the meaning does not depend on colour."""
BELOW_NOTE = f"{BELOW} marks less than £1, before rounding: there it pays to cut support."
MEANING = {
    "payback": f"What the contract pays back for each extra £1 of the support people need. {BELOW_NOTE}",
    "margin_at_benchmark": "What is left per person when people get the support they need. Below £0 they are unwanted.",
    "withheld": "The share of the hours people need that it does not pay to give.",
    "temptation": "What a provider gains per person by cutting support below what people need.",
    "parked": "The share of people for whom it pays to do the minimum (parking).",
    "chosen_hours": "The hours of support per person that pay best.",
    "benchmark_hours": "The hours of support per person that they need, by the benchmark in the panel.",
}


def smallest_shown(evaluation: Evaluation) -> float:
    """Fewest people a group may have to be shown; a reader's own table states its risks and is shown whole."""
    own = evaluation.scenario.cohort == OWN_TABLE and evaluation.cohort.fitted is None
    return 0.0 if own else SMALLEST_GROUP


def people_short(evaluation: Evaluation) -> str:
    """What is not shown, in a sentence; empty where everything is."""
    if smallest_shown(evaluation) == 0:
        return ""
    return f"Groups of fewer than {SMALLEST_GROUP} people are left empty."


def grid(evaluation: Evaluation, rows: str, columns: str, measure: str) -> FloatArray:
    """A measure as (levels of rows, levels of columns); nan where there are too few people."""
    return shown_of(evaluation, *evaluation.in_groups(measure, rows, columns))


def along(evaluation: Evaluation, key: str, measure: str) -> FloatArray:
    """A measure by level of one dimension; nan where there are too few people."""
    return shown_of(evaluation, *evaluation.in_groups(measure, key))


def shown_of(evaluation: Evaluation, people: FloatArray, values: FloatArray) -> FloatArray:
    """Values by group; nan where there are too few people."""
    return np.where((people > 0) & (people >= smallest_shown(evaluation)), values, np.nan)


def table(evaluation: Evaluation, *keys: str) -> pd.DataFrame:
    """The groups of one or two dimensions with their levels and columns in words; small groups are left out."""
    found = evaluation.groups(*keys)
    found = found[found["people"] >= smallest_shown(evaluation)].reset_index(drop=True)
    dimensions = {key: evaluation.cohort.dimensions[key] for key in keys}
    levels = {d.label: [d.levels[code] for code in found[key]] for key, d in dimensions.items()}
    return pd.DataFrame(levels | {label: found[name] for name, (label, _) in COLUMNS.items()})


def nothing_shown(evaluation: Evaluation) -> str:
    """Why a map of groups is empty."""
    if np.any(evaluation.incentives.extra_cost > 0):
        return "Every group here is too small to be shown"
    return "Nobody here needs more support than the contract demands already"


def extremes(evaluation: Evaluation, rows: str, columns: str, measure: str) -> tuple[str, ...]:
    """The lowest and the highest value as "value for row, column"; one where all read alike, empty where none is."""
    values = grid(evaluation, rows, columns, measure)
    there = np.flatnonzero(~np.isnan(values))
    if not len(there):
        return ()
    ends = np.nanargmin(values), np.nanargmax(values)
    write = WRITE[COLUMNS[measure][1]]
    low, high = (write(float(values.flat[place])) for place in ends)
    if low == high and len(there) > 1:
        return (f"{low} for every group shown",)
    said = []
    for place, value in zip(ends, (low, high), strict=True):
        row, column = np.unravel_index(place, values.shape)
        said.append(f"{value} for {group_words(evaluation, {rows: int(row), columns: int(column)})}")
    return tuple(dict.fromkeys(said))


def payback_title(evaluation: Evaluation) -> str:
    """The finding of the map of payback by needs and place, with its lowest and its highest number."""
    said = extremes(evaluation, "decile", "needs", "payback")
    if not said:
        return nothing_shown(evaluation)
    alone = "" if len(said) > 1 or "every group" in said[0] else ", the one group that is shown"
    return f"An extra £1 of support pays back {', and '.join(said)}{alone}"


def group_words(evaluation: Evaluation, codes: Mapping[str, int]) -> str:
    """A group as part of a sentence: "people with 3 needs in the most deprived tenth"."""
    words = []
    for key, code in sorted(codes.items(), key=lambda item: (item[0] == "decile", item[0] != "needs")):
        dimension = evaluation.cohort.dimensions[key]
        level = dimension.levels[code]
        if key != "borough":  # a name keeps its capital
            level = level[0].lower() + level[1:]
        if key == "decile":
            place = {0: "the most deprived tenth", 9: "the least deprived tenth"}
            words.append(f"in {place.get(code, f'deprivation tenth {level}')}")
        elif key == "needs":
            words.append(f"with {level}")
        else:
            words.append(f"({dimension.label[0].lower()}{dimension.label[1:]}: {level})")
    return " ".join(["people", *words])
