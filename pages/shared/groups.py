"""Groups of people for maps and tables, as the domain gives them, and how Streamlit writes their numbers."""

from pricing.group_tables import (
    BELOW_NOTE,
    COLUMNS,
    MEANING,
    SMALLEST,
    extremes,
    grid,
    group_words,
    people_short,
    smallest_shown,
    table,
)

__all__ = [
    "BELOW_NOTE",
    "COLUMNS",
    "MEANING",
    "SMALLEST",
    "STYLES",
    "extremes",
    "grid",
    "group_words",
    "people_short",
    "smallest_shown",
    "table",
]

STYLES_OF = {"count": "localized", "pence": "£%.2f", "pounds": "£%.0f", "hours": "%.1f", "percent": "percent"}
STYLES = {label: STYLES_OF[kind] for label, kind in COLUMNS.values()}
"""Column of a table, in words -> how Streamlit writes its numbers."""
