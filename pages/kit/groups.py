"""Groups of people for maps and tables, as the domain gives them; their maps, and how Streamlit writes numbers."""

import plotly.graph_objects as go

from pages.kit.charts import heat_map
from pages.kit.measures import Measure
from pricing.evaluate import Evaluation
from pricing.people.cohort import FloatArray
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
    "heat",
    "nothing_shown",
    "payback_title",
    "people_short",
    "smallest_shown",
    "table",
]

STYLES_OF = {"count": "localized", "pence": "£%.2f", "pounds": "£%.0f", "hours": "%.1f", "percent": "percent"}
STYLES = {label: STYLES_OF[kind] for label, kind in COLUMNS.values()}
"""Column of a table, in words -> how Streamlit writes its numbers."""


def heat(evaluation: Evaluation, values: FloatArray, rows: str, columns: str, measure: Measure) -> go.Figure:
    """The map of a grid over two dimensions."""
    down, across = (evaluation.cohort.dimensions[key] for key in (rows, columns))
    figure = heat_map(values, down.levels, across.levels, measure)
    return figure.update_yaxes(title_text=f"{down.label} of the area" if rows == "decile" else down.label)
