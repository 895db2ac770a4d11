"""The map of an area on the page: a component that paints shapes, told of a click or a key that picks one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

AREA = st.components.v2.component(
    "area_map",
    html='<div class="area-map"></div>',
    js=(Path(__file__).parent / "area_map.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
KEYS = "The map: the arrow keys go from place to place, Enter picks one. The table below has every number."


def draw(title: str, drawn: dict[str, Any], sentence: str, key: str, picked: Callable[[str], None]) -> None:
    """Draw a map between a title that says what it shows and a sentence on how to read it, together its alternative.

    ``drawn`` is what ``charts.area_map`` gives; ``picked`` is called with the name of the place that a reader picks.
    """
    st.markdown(f"#### {title}")

    def take() -> None:
        if name := st.session_state[key].get("pointed"):
            picked(str(name))

    AREA(key=key, data=drawn | {"alt": f"{title}. {sentence}", "keys": KEYS}, on_pointed_change=take)
    st.write(sentence)
