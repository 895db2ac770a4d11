"""A chart on a page: its sentence, its picture in the reader's theme, its table and the download of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib.grid_container import GridContainer

from pages.kit.cost.runs import RUNS
from pages.kit.markdown import escape, percent, pounds
from pages.kit.tables.map_table import MapTable
from pages.kit.tables.steps_table import StepsTable
from pricing.evaluate import Evaluation
from pricing.people.cohort import Cohort
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from pricing.take_away import cover
from pricing.words import cautions, lacking, written
from pricing.words.cautions import Caution
from pricing.words.numbers import shown

UNKNOWN, UNKNOWN_WIDTH = "not known", 95
"""What stands for an amount that is not known, and the pixels that it needs: a column is as wide as its numbers."""
STERLING = {"locale": "en-GB", "locales": {"en-GB": {"format": {"currency": ["£", ""]}}}}
"""Tells the drawing library what money is: $ in the format of an axis."""
INK = {"dark": "#E8ECF0", "light": "#10161F"}


def chart(
    title: str,
    figure: go.Figure | MapTable | StepsTable,
    sentence: str,
    key: str,
    clicked: Callable[[], None] | None = None,
    config: Mapping[str, object] | None = None,
) -> None:
    """Draw a chart or a map between a title that says what it shows, with its number, and a sentence on how to read it.

    Title and sentence together are also the text alternative of a chart. ``clicked`` is called when a reader points at
    something in it; ``config`` is what the drawing library is told besides.
    """
    RUNS.give_way()
    st.markdown(f"#### {title}")
    if isinstance(figure, MapTable | StepsTable):
        st.html(figure.html(title))
    else:
        figure.update_layout(font_color=INK.get(st.context.theme.type or "light", INK["light"]))
        st.plotly_chart(
            figure,
            theme=None,
            key=key,
            alt=f"{title}. {sentence}",
            on_select=clicked or "ignore",
            selection_mode="points",
            config={"displayModeBar": False, "responsive": True, **STERLING, **(config or {})},
        )
    st.write(sentence)


def fold(title: str, key: str, content: Callable[[], None]) -> None:
    """A box that opens; what is in it is neither worked out nor sent before it does."""
    RUNS.give_way()
    place = st.expander(title, key=key, on_change="rerun")
    if place.open:
        with place:
            content()


def table(
    data: pd.DataFrame | Callable[[], pd.DataFrame],
    evaluation: Evaluation | Callable[[], Evaluation],
    name: str,
    styles: dict[str, str] | None = None,
    pinned: Scenario | None = None,
) -> None:
    """The numbers behind a chart, drawn only when a reader opens them, with a CSV that names version and settings.

    ``evaluation`` is what the numbers were found with: its settings head the download. It and ``data`` may be
    functions, called only when the table is opened. ``pinned`` is the scenario that they are compared with, if any.
    """

    def draw() -> None:
        shown = evaluation() if callable(evaluation) else evaluation
        numbers(data() if callable(data) else data, shown, name, styles, pinned)

    fold("Table and download", f"table_{name}", draw)


def numbers(
    data: pd.DataFrame,
    evaluation: Evaluation,
    name: str,
    styles: dict[str, str] | None = None,
    pinned: Scenario | None = None,
) -> None:
    """A table that stands open, with its download."""
    write: dict[Any, str | Callable[[object], str] | None] = {
        name: writer(style) for name, style in (styles or {}).items() if name in data
    }
    st.dataframe(data.style.format(write, na_rep="") if write else data, hide_index=True)
    download(with_units(data, styles or {}), evaluation, name, pinned)


def with_units(data: pd.DataFrame, styles: Mapping[str, str]) -> pd.DataFrame:
    """A table whose columns say what the page says beside each number: £, or that it is a share."""
    units = {name: "£" if style.startswith("£") else "share" for name, style in styles.items() if unitless(name, style)}
    return data.rename(columns={name: f"{name}, {unit}" for name, unit in units.items()})


def unitless(name: str, style: str) -> bool:
    """Whether a column's name leaves the unit to its numbers, which a file writes bare."""
    return ("£" not in name) if style.startswith("£") else style == "percent" and "share" not in name.lower()


def writer(style: str) -> Callable[[object], str]:
    """How a column is written, as in sentences (£1,792, −£362, 69%), for a ``style`` of Streamlit's."""
    before = "£" if style.startswith("£") else ""
    decimals = int(style.partition(".")[2][0]) if "." in style else 0

    def write(value: object) -> str:
        number = cast(float, value)
        if style == "percent":
            return percent(number)
        plus = "+" if "+" in style and round(number, decimals) > 0 else ""
        return plus + shown(number, decimals, before=before)

    return write


def in_rows(data: pd.DataFrame) -> None:
    """A few rows of words, the first column at the left: a table that needs no scrolling and is read like text."""
    head = ["|".join(map(escape, map(str, data.columns))), "|".join(["---", *["---:"] * (len(data.columns) - 1)])]
    st.markdown("\n".join([*head, *("|".join(map(escape, map(str, row))) for row in data.to_numpy())]))


def money(amount: object) -> str:
    """A cell of £."""
    return pounds(cast(float, amount))


def pounds_table(data: pd.DataFrame, columns: Sequence[str], evaluation: Evaluation, name: str) -> None:
    """A table that stands open, with whole £ in ``columns`` where it has them; what is not known says so."""
    there = [column for column in data.columns if column in columns]
    plain = data.style.format(precision=0, thousands=",")
    drawn = plain.format(dict.fromkeys(there, money), subset=pd.Index(there))
    wide = {column: st.column_config.Column(width=UNKNOWN_WIDTH) for column in there if data[column].isna().any()}
    st.dataframe(drawn, hide_index=True, height="content", placeholder=UNKNOWN, column_config=wide)
    download(with_units(data, dict.fromkeys(there, "£%.0f")), evaluation, name)


def download(data: pd.DataFrame, evaluation: Evaluation, name: str, pinned: Scenario | None = None) -> None:
    """The table as a CSV under the lines that every export carries; written when a reader asks for it."""
    csv_button(lambda: heading(evaluation, pinned) + written.as_csv(data), name)


def heading(evaluation: Evaluation, pinned: Scenario | None = None) -> str:
    """Comment lines for a CSV: version, settings as a link's query, date, the people's caution, warnings.

    A table's name comes from outside and stands in the query alone, where nothing can be taken for a formula.
    """
    made = cover.of(evaluation, date.today(), "")
    said = (f"Made on {made.day}", evaluation.cohort.caution, *made.said)
    return links.heading(evaluation.scenario, made.table, pinned) + written.comments(said)


WHOLE = "The table under lines that say which settings, people and version it is from."
ROWS_ALONE = "The table without those lines, for programs that take the first line for the columns' names."


def csv_button(text: str | Callable[[], str], name: str) -> None:
    """Buttons that download a CSV, whole or its rows alone, and run nothing anew.

    A byte-order mark tells Excel that it is UTF-8.
    """

    def whole() -> str:
        return text() if callable(text) else text

    def button(label: str, write: Callable[[], str], file: str, says: str) -> None:
        st.download_button(
            label, lambda: write().encode("utf-8-sig"), file, "text/csv", on_click="ignore", help=says, key=file
        )

    with st.container(horizontal=True):
        button("Download as CSV", whole, f"{name}.csv", WHOLE)
        button("Rows alone (CSV)", lambda: written.rows_only(whole()), f"{name}_rows.csv", ROWS_ALONE)


def grid(across: int = 3, *, border: bool = False) -> GridContainer:
    """A grid, so many across: what is drawn in it stands side by side, and on a phone under each other.

    It sends one message where columns send one each: a rerun takes the longer, the more parts a page has.
    """
    return st.grid(across, vertical_alignment="top" if border else "bottom", border=border)


def about(cohort: Cohort) -> None:
    """The sentence without which a cohort's figures must not stand, and what is not known of people from records.

    A table's name comes from outside: escaped.
    """
    st.info(whose(cohort))
    if said := lacking.of(cohort):
        st.caption(" ".join(said))


def whose(cohort: Cohort) -> str:
    """Whose figures they are, and the caution without which those must not stand, as markdown."""
    return f"**{escape(cohort.label)}.** {cohort.caution}"


def cautions_about(evaluation: Evaluation) -> None:
    """Settings of this price that defeat themselves."""
    warn(cautions.find(evaluation))


def warn(found: Iterable[Caution]) -> None:
    """Cautions, one box each."""
    for caution in found:
        st.warning(f"**{caution.title}.** {escape(caution.sentence)}")
