"""Which place a reader looks at: picked from two lists or by pointing at the map; both always agree."""

from dataclasses import dataclass

import streamlit as st

from pages.kit import pickers, show
from pages.topics.people.places.words import MEASURES
from pricing.questions.places.neighbourhoods import Neighbourhoods

LEVELS = {"Boroughs": "boroughs", "Neighbourhoods": "neighbourhoods"}
"""What a map is made of, and its file of shapes. Boroughs first: ten shapes are drawn anew at once, 1,702 are not."""
MAP = "places_map"
BOROUGH, STREET = "place_borough", "place_street"
WHOLE = "The whole borough"


@dataclass(frozen=True)
class PlaceChoice:
    """What a reader looks at: the file of shapes, the measure, the borough, and the neighbourhood or ""."""

    shapes: str
    measure: str
    borough: str
    street: str

    @property
    def place(self) -> str:
        """The picked place by name."""
        return self.street or self.borough

    @property
    def marked(self) -> str:
        """The name of what is marked on the map."""
        return self.borough if self.shapes == "boroughs" else self.place


def ask(places: Neighbourhoods, start: str) -> PlaceChoice:
    """The four choices over the map; it begins with the borough ``start``, or the first where that is empty."""
    shapes = LEVELS[pickers.one_of("Map of", list(LEVELS), "place_level")]
    with show.grid():
        shown = st.selectbox(
            "Measure",
            list(MEASURES),
            format_func=lambda name: MEASURES[name].label,
            key="place_measure",
            persist_state=pickers.STAY,
        )
        codes = list(range(len(places.boroughs)))
        code = pickers.pick(
            "Borough", codes, places.boroughs, BOROUGH, places.boroughs.index(start or places.boroughs[0])
        )
        name = pick_street(places, places.boroughs[code])
    return PlaceChoice(shapes, str(shown), places.boroughs[code], name)


def pick_street(places: Neighbourhoods, borough: str) -> str:
    """A neighbourhood of the borough, or "" for all of it."""
    options = [WHOLE, *places.of_borough(borough)]
    if st.session_state.get(STREET) not in options:
        st.session_state[STREET] = WHOLE
    chosen = st.selectbox("Neighbourhood", options, key=STREET, persist_state=pickers.STAY)
    return "" if chosen == WHOLE else str(chosen)


def take_pick(places: Neighbourhoods, name: str) -> None:
    """Set both lists to the place that a reader picks on the map; what is no place changes nothing."""
    if name in places.boroughs:
        st.session_state[BOROUGH], st.session_state[STREET] = places.boroughs.index(name), WHOLE
    elif name in places.names:
        code = int(places.borough[places.names.index(name)])
        st.session_state[BOROUGH], st.session_state[STREET] = code, name
