"""Groups of people for maps and tables: an evaluation -> a grid, its map, or a table in words. No streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from pages.shared.charts import MEASURES, Measure, heat_map
from pricing.cohort import FloatArray
from pricing.evaluate import Evaluation
from pricing.parameters import OWN_TABLE

SMALLEST = 30
"""Groups of fewer people are not shown: their figures would rest on too few."""
BELOW_NOTE = "▼ marks less than £1: there it pays to disinvest."
MEANING = {
    "payback": f"What the contract pays back for each extra £1 of the support people need. {BELOW_NOTE}",
    "margin_at_benchmark": "What is left per person when people get the support they need. Below £0 they are unwanted.",
    "withheld": "The share of the hours people need that it does not pay to give.",
    "temptation": "What a provider gains per person by cutting support below what people need.",
    "parked": "The share of people for whom it pays to do the minimum (parking).",
    "chosen_hours": "The hours of support per person that pay best.",
    "benchmark_hours": "The hours of support per person that they need, by the benchmark in the panel.",
}
COLUMNS = {
    "people": ("People", "localized"),
    "payback": ("Payback per £1", "£%.2f"),
    "fee": ("Fee", "£%.0f"),
    "benchmark_hours": ("Hours needed", "%.1f"),
    "chosen_hours": ("Hours rewarded", "%.1f"),
    "withheld": ("Support withheld", "percent"),
    "margin_at_benchmark": ("Margin when done right", "£%.0f"),
    "margin_at_chosen": ("Margin when doing what pays best", "£%.0f"),
    "temptation": ("Temptation", "£%.0f"),
    "parked": ("Pays to do the minimum", "percent"),
    "avoided": ("Loses money whatever is done", "percent"),
}
STYLES = dict(COLUMNS.values())


def smallest_shown(evaluation: Evaluation) -> float:
    """Fewest people a group may have to be shown; a reader's own table states its risks and is shown whole."""
    return 0.0 if evaluation.scenario.cohort == OWN_TABLE else SMALLEST


def grid(evaluation: Evaluation, rows: str, columns: str, measure: str) -> FloatArray:
    """A measure as (levels of rows, levels of columns); nan where there are too few people."""
    found = evaluation.groups(rows, columns)
    found = found[found["people"] >= smallest_shown(evaluation)]
    dimensions = evaluation.cohort.dimensions
    values = np.full((len(dimensions[rows].levels), len(dimensions[columns].levels)), np.nan)
    values[found[rows].to_numpy(), found[columns].to_numpy()] = found[measure].to_numpy()
    return values


def heat(evaluation: Evaluation, values: FloatArray, rows: str, columns: str, measure: Measure) -> go.Figure:
    """The map of a grid over two dimensions."""
    down, across = (evaluation.cohort.dimensions[key] for key in (rows, columns))
    figure = heat_map(values, down.levels, across.levels, measure)
    return figure.update_yaxes(title=f"{down.label} of the area" if rows == "decile" else down.label)


def along(evaluation: Evaluation, key: str, measure: str) -> FloatArray:
    """A measure by level of one dimension; nan where there are too few people."""
    found = evaluation.groups(key)
    found = found[found["people"] >= smallest_shown(evaluation)]
    values = np.full(len(evaluation.cohort.dimensions[key].levels), np.nan)
    values[found[key].to_numpy()] = found[measure].to_numpy()
    return values


def table(evaluation: Evaluation, *keys: str) -> pd.DataFrame:
    """The groups of one or two dimensions with their levels and columns in words; small groups are left out."""
    found = evaluation.groups(*keys)
    found = found[found["people"] >= smallest_shown(evaluation)].reset_index(drop=True)
    words = pd.DataFrame()
    for key in keys:
        dimension = evaluation.cohort.dimensions[key]
        words[dimension.label] = [dimension.levels[code] for code in found[key]]
    for name, (label, _) in COLUMNS.items():
        words[label] = found[name]
    return words


def extremes(evaluation: Evaluation, rows: str, columns: str, measure: str) -> tuple[str, str]:
    """The groups with the lowest and the highest value, each as "value for row, column"; empty where there is none."""
    values = grid(evaluation, rows, columns, measure)
    if np.all(np.isnan(values)):
        return "", ""
    said = []
    for place in (np.nanargmin(values), np.nanargmax(values)):
        row, column = np.unravel_index(place, values.shape)
        group = group_words(evaluation, {rows: int(row), columns: int(column)})
        said.append(f"{MEASURES[measure].write(float(values[row, column]))} for {group}")
    return said[0], said[1]


def group_words(evaluation: Evaluation, codes: Mapping[str, int]) -> str:
    """A group as part of a sentence: "people with 3 needs in the most deprived tenth"."""
    words = []
    for key, code in sorted(codes.items(), key=lambda item: (item[0] == "decile", item[0] != "needs")):
        dimension = evaluation.cohort.dimensions[key]
        level = dimension.levels[code][0].lower() + dimension.levels[code][1:]
        if key == "decile":
            place = {0: "the most deprived tenth", 9: "the least deprived tenth"}
            words.append(f"in {place.get(code, f'deprivation tenth {level}')}")
        elif key == "needs":
            words.append(f"with {level}")
        else:
            words.append(f"({dimension.label[0].lower()}{dimension.label[1:]}: {level})")
    return " ".join(["people", *words])


def people_short(evaluation: Evaluation) -> str:
    """What is not shown, in a sentence; empty where everything is."""
    if smallest_shown(evaluation) == 0:
        return ""
    return f"Groups of fewer than {SMALLEST} people are left empty."
