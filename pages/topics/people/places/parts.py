"""The parts of the page of places: the map with the picked place, the three multipliers, one price or ten."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from pages.kit import measures, show
from pages.kit.tables.map_table import tabulate
from pages.topics.people.places import area_picture, multiplier_words, picker
from pages.topics.people.places import charts as place_charts
from pages.topics.people.places import words as place_words
from pages.topics.people.places.charts import MapValues
from pages.topics.people.places.footprint_part import draw_footprint
from pages.topics.people.places.known import Known
from pages.topics.people.places.picker import PlaceChoice
from pages.topics.people.places.words import INDEX_WORDS, MEASURES
from pricing.people.arrays import FloatArray
from pricing.questions.places import multipliers
from pricing.scenario.in_words import stated

CLIFF_STYLES = {"Step, £ per person": "%.0f", "Largest step, £ per person": "%.0f"}
MOVED_STYLES = {f"£ {what} by {words}": "%.0f" for what in ("per person", "in all") for words in INDEX_WORDS.values()}


def served_at() -> str:
    """Address of the folder of shapes, wherever the explorer is served from."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return (f"/{base}" if base else "") + "/app/static"


def money_by_street(shared: Known, index: str) -> FloatArray:
    """£ per same person that a multiplier by ``index`` moves, by neighbourhood."""
    return np.asarray(shared.moved[index].by_tenth[shared.places.tenths[index].astype(int) - 1])


def money_by_borough(shared: Known, index: str) -> FloatArray:
    """£ per person that a multiplier by ``index`` moves, by borough; nan where too few people are there."""
    return np.where(shared.found.means_shown, shared.moved[index].by_borough, np.nan)


def draw_map(shared: Known) -> None:
    """The map, its table, and the place that a reader picks."""
    asked = picker.ask(shared.places, shared.area_map.start)
    if asked.shapes == "boroughs":
        table = partial(place_words.borough_table, shared.found, money_and_mean(shared), asked.measure)
        values = table()[place_words.COLUMNS[asked.measure]].to_numpy()[:-1]
        shown = MapValues(shared.area_map.shapes, asked.shapes, shared.levels, values, asked.marked)
    else:
        table = partial(neighbourhood_table, shared, asked.measure)
        money = asked.measure == "moved"
        values = money_by_street(shared, own_index(shared)) if money else shared.streets[asked.measure].to_numpy()
        shown = MapValues(shared.area_map.shapes, asked.shapes, shared.places.names, values, asked.marked)
    with st.container(key="map_and_place"):
        left, right = st.columns([5, 3], gap="large")
    with left:
        draw_picture(shared, asked, shown)
        st.caption(place_words.owed(shared.evaluation.cohort))
        show.table(table, shared.evaluation, f"places_by_{asked.shapes}", place_words.STYLES)
    with right:
        draw_place(shared, asked)


def neighbourhood_table(shared: Known, first: str) -> pd.DataFrame:
    """Every neighbourhood with every measure, the chosen one first; worked out only when it is asked for."""
    everything = shared.streets.assign(moved=money_by_street(shared, own_index(shared)))
    return place_words.neighbourhood_table(shared.places, everything, first)


def own_index(shared: Known) -> str:
    """The index that the reader's own multiplier follows."""
    return shared.compared.area_index


def money_and_mean(shared: Known) -> FloatArray:
    """What the reader's own multiplier moves into each borough, and on average: 0 where the total is fixed."""
    everyone = shared.evaluation.cohort.mean(shared.moved[own_index(shared)].by_cell)
    # Rounded to a millionth of a pound: what is left of an exact zero is not a finding.
    return np.append(money_by_borough(shared, own_index(shared)), round(everyone, 6) + 0.0)


def draw_picture(shared: Known, asked: PlaceChoice, shown: MapValues) -> None:
    measure = MEASURES[asked.measure]
    same = f" {place_words.same_people(shared.evaluation.cohort)}" if asked.shapes == "neighbourhoods" else ""
    area_picture.draw(
        place_words.map_title(tuple(shown.names), shown.values, measure),
        place_charts.area_map(shown, measure, served_at()),
        place_words.meaning(asked.measure, shared.compared) + same,
        picker.MAP,
        partial(picker.take_pick, shared.places),
    )


def draw_place(shared: Known, asked: PlaceChoice) -> None:
    """The picked place: what the price rewards there, the money of three multipliers, its deprivation."""
    st.markdown(f"#### {asked.place}")
    if asked.street:
        at = shared.places.names.index(asked.street)
        st.write(place_words.of_neighbourhood(shared.places, shared.streets, asked.street, shared.area_map.area))
        money = {index: float(money_by_street(shared, index)[at]) for index in shared.moved}
    else:
        at = shared.levels.index(asked.borough)
        st.write(place_words.of_borough(shared.found, asked.borough, shared.evaluation.cohort))
        money = {index: float(money_by_borough(shared, index)[at]) for index in shared.moved}
    if not np.isnan(list(money.values())).any():
        st.write(f"{place_words.money_here(money)} {as_if(shared)}")
    if asked.street and asked.shapes == "boroughs":
        st.write(place_words.same_people(shared.evaluation.cohort))
    st.caption(place_words.deprivation_note(shared.evaluation.cohort, street=bool(asked.street)))
    show.in_rows(place_words.domain_table(shared.places, asked.place))


def as_if(shared: Known) -> str:
    """Says so where the multiplier is not the reader's own."""
    if shared.evaluation.scenario.area_multiplier > 1:
        return ""
    return f"Your price has no multiplier: this is as if it were {stated(shared.compared, 'area_multiplier')}×."


def draw_multipliers(shared: Known) -> None:
    """Three multipliers by borough, and the cliffs that they make between neighbours."""
    if said := as_if(shared):
        st.info(f"{said} Set “Multiplier for the most deprived areas” in the panel to compare your own.")
    grid = np.column_stack([money_by_borough(shared, index) for index in INDEX_WORDS])
    columns = list(place_words.INDEX_LABELS.values())
    low, high = place_charts.reach(grid, MEASURES["moved"])
    measure = measures.Measure("£ per person", "signed", 0.0, (high - low) / 2)
    shown, levels = shared.found.means_shown, shared.levels
    show.chart(
        multiplier_words.moved_title(shared.compared, shared.moved, levels, shown),
        tabulate(grid, levels, columns, measure),
        multiplier_words.moved_reading(shared.compared, shared.moved, levels, shown),
        "moved",
    )
    people = shared.found.table["people"].to_numpy()[:-1]
    table = multiplier_words.moved_table(shared.moved, levels, people, shown)
    show.table(table, shared.of_compared, "moved_by_borough", MOVED_STYLES)
    index = shared.compared.area_index
    tenths, by_tenth = shared.places.tenths[index], shared.moved[index].by_tenth
    steps = multipliers.cliffs(by_tenth, tenths, shared.places)
    shapes = multipliers.by_shape(shared.compared, shared.evaluation.cohort, shared.places)
    st.markdown("#### Where two neighbours are paid differently for the same person")
    st.write(multiplier_words.cliff_words(shared.compared, steps, shared.places))
    listed = partial(multiplier_words.cliff_table, tenths, steps, shared.places)
    show.table(listed, shared.of_compared, "steps_at_borders", CLIFF_STYLES)
    st.write(multiplier_words.shapes_words(shapes, index))
    show.table(multiplier_words.shapes_table(shapes), shared.of_compared, "steps_by_multiplier", CLIFF_STYLES)


PARTS: Mapping[str, Callable[[Known], None]] = {
    "map": draw_map,
    "multipliers": draw_multipliers,
    "footprint": draw_footprint,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
