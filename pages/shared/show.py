"""A chart on a page: its sentence, its picture in the reader's theme, its table and the download of it."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import own_table_door
from pages.shared.wording import escape
from pricing import cautions, links
from pricing.cohort import Cohort
from pricing.evaluate import Evaluation
from pricing.parameters import Scenario

INK = {"dark": "#E8ECF0", "light": "#10161F"}


def chart(title: str, figure: go.Figure, sentence: str, key: str) -> None:
    """Draw a figure between a title that says what it shows, with its number, and a sentence on how to read it.

    Title and sentence together are also the text alternative.
    """
    figure.update_layout(font_color=INK.get(st.context.theme.type or "light", INK["light"]))
    st.markdown(f"#### {title}")
    alt = f"{title}. {sentence}"
    st.plotly_chart(figure, theme=None, key=key, alt=alt, config={"displayModeBar": False, "responsive": True})
    st.write(sentence)


def table(data: pd.DataFrame, scenario: Scenario, name: str, styles: dict[str, str] | None = None) -> None:
    """The numbers behind a chart, drawn only when a reader opens them, with a CSV that names version and settings."""
    place = st.expander("Table and download", key=f"table_{name}", on_change="rerun")
    if place.open:
        with place:
            numbers(data, scenario, name, styles)


def numbers(data: pd.DataFrame, scenario: Scenario, name: str, styles: dict[str, str] | None = None) -> None:
    """A table that stands open, with its download."""
    columns = {k: st.column_config.NumberColumn(format=v) for k, v in (styles or {}).items()}
    st.dataframe(data, hide_index=True, column_config=columns)
    download(data, scenario, name)


def download(data: pd.DataFrame, scenario: Scenario, name: str) -> None:
    """The table as a CSV that names version and settings."""
    heading = links.heading(scenario, own_table_door.reference())
    csv_button(heading + data.to_csv(index=False), name)


def csv_button(text: str | Callable[[], str], name: str) -> None:
    """A button that downloads a CSV and runs nothing anew."""
    st.download_button("Download as CSV", text, f"{name}.csv", "text/csv", on_click="ignore")


def cards(number: int, across: int = 3) -> list[DeltaGenerator]:
    """Places for ``number`` cards, so many across; on a phone they stand under each other."""
    rows = [st.columns(across) for _ in range(-(-number // across))]
    return [place for row in rows for place in row][:number]


def about(cohort: Cohort) -> None:
    """The sentence without which a cohort's figures must not stand. A table's name comes from outside: escaped."""
    st.info(f"**{escape(cohort.label)}.** {cohort.caution}")


def cautions_about(evaluation: Evaluation) -> None:
    """Settings of this price that defeat themselves."""
    for caution in cautions.find(evaluation):
        st.warning(f"**{caution.title}.** {escape(caution.sentence)}")
