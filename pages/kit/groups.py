"""Groups of people for maps and tables, as the domain gives them; their maps, and how Streamlit writes numbers."""

from pages.kit.measures import Measure
from pages.kit.tables.map_table import MapTable, tabulate
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.words.groups import (
    BELOW_NOTE,
    COLUMNS,
    MEANING,
    along,
    extremes,
    grid,
    group_words,
    nothing_shown,
    payback_title,
    people_short,
    smallest_shown,
    table,
)

__all__ = [
    "BELOW_NOTE",
    "COLUMNS",
    "MEANING",
    "STYLES",
    "along",
    "extremes",
    "grid",
    "group_words",
    "mapped",
    "nothing_shown",
    "payback_title",
    "people_short",
    "side",
    "smallest_shown",
    "table",
]

STYLES_OF = {"count": "localized", "pence": "£%.2f", "pounds": "£%.0f", "hours": "%.1f", "percent": "percent"}
STYLES = {label: STYLES_OF[kind] for label, kind in COLUMNS.values()}
"""Column of a table, in words -> how Streamlit writes its numbers."""


def side(evaluation: Evaluation, dimension: str) -> str:
    """What the rows of a map over a dimension are."""
    label = evaluation.cohort.dimensions[dimension].label
    return f"{label} of the area" if dimension == "decile" else label


def mapped(evaluation: Evaluation, values: FloatArray, rows: str, columns: str, measure: Measure) -> MapTable:
    """The map of a grid over two dimensions."""
    down, across = (evaluation.cohort.dimensions[key] for key in (rows, columns))
    return tabulate(values, down.levels, across.levels, measure, side(evaluation, rows))
