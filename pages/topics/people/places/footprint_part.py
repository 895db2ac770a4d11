"""The part on one price for a wide area against a price for each place."""

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from pages.kit import show
from pages.kit.markdown import signed
from pages.kit.tables.steps_table import bars
from pages.topics.people.places import footprint_words
from pages.topics.people.places.known import Known
from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray
from pricing.questions.places import footprint, neighbourhoods

SHARES = {"Not shown": 0.0, "1 in 10 people": 0.1, "1 in 4 people": 0.25, "1 in 2 people": 0.5}
"""Shares of the people of the contract package area who might be in its other part. Nobody has published one here."""
FOOTPRINT_STYLES = dict.fromkeys(footprint_words.FOOTPRINT_POUNDS, "%.0f") | dict.fromkeys(
    ("Payback, one price", "Payback, own price"), "£%.2f"
)


def ask_outside(shared: Known) -> tuple[dict[str, float], float]:
    """What is known of the other part of the contract package area: scores by authority, and the share to assume."""
    area_map = shared.area_map
    known = neighbourhoods.authorities(shared.evaluation.cohort.name)
    others = tuple(a for a in known if a.part != area_map.area)
    st.write(footprint_words.outside_words(area_map, others, tuple(a for a in known if a.part == area_map.area)))
    asked = st.selectbox(
        f"Add an illustration of {area_map.beside}, as if it had",
        list(SHARES),
        key="outside_share",
        persist_state="session",
        help=f"How many people are on probation in {area_map.beside} is not in the data: the share is yours to assume.",
    )
    return {authority.name: authority.score for authority in others}, SHARES[str(asked)]


def draw_footprint(shared: Known) -> None:
    """One price for a wide area against a price for each place with the same total."""
    evaluation = shared.evaluation
    scores, share = ask_outside(shared) if shared.area_map.beside else ({}, 0.0)
    wide, shown = footprint.wide(evaluation), shared.found.means_shown
    if share:
        wide = footprint.with_outside(evaluation, shared.places, scores, share)
        shown = np.append(shown, np.ones(len(scores), dtype=bool))
        st.warning(footprint_words.outside_note(shared.area_map, share, len(scores)))
    visible = np.flatnonzero(shown)
    show.chart(
        footprint_words.footprint_title(wide, shown),
        bars([wide.names[i] for i in visible], wide.moved[visible].tolist(), wide.chance[visible].tolist(), signed),
        footprint_words.footprint_reading(evaluation.scenario, wide, shown),
        "footprint",
    )
    if evaluation.mechanics is not None:
        st.write(
            "Clauses that bend pay, such as caps and hurdles, are left out of this comparison: prices are as written."
        )
    settled = partial(footprint_table, evaluation, wide, shown)
    show.table(settled, evaluation, "one_price_or_a_price_for_each_place", FOOTPRINT_STYLES)


def footprint_table(evaluation: Evaluation, wide: footprint.Footprint, shown: BoolArray) -> pd.DataFrame:
    """What one price moves, beside what a price for each borough would do; settled only when it is asked for."""
    return footprint_words.footprint_table(wide, footprint.borough_by_borough(evaluation), shown)
