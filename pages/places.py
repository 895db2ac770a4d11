"""Places: what the price does in each street and borough, three multipliers, and one price for how wide an area."""

import numpy as np
import streamlit as st

from pages.frame import frame, tabs
from pages.kit import charts, groups, measures, show
from pages.topics.people.places import parts as place_parts
from pages.topics.people.places import words
from pages.topics.people.places.known import known

view = frame.view()
evaluation = view.evaluation

view.head(
    "An area without housing or jobs makes the same person harder to help. A price that ignores it amplifies "
    "inequality; a price that follows it moves money between places. See both in your own streets and your own budget."
)


def draw_without_map() -> None:
    """Payback by deprivation tenth, for people who have no streets here."""
    st.info(words.without_map(view.cohort))
    levels = view.cohort.dimensions["decile"].levels
    found = evaluation.groups("decile")
    found = found[found["people"] >= groups.smallest_shown(evaluation)]
    payback = np.full(len(levels), np.nan)
    payback[found["decile"].to_numpy()] = found["payback"].to_numpy()
    line = measures.Line("Payback", np.arange(len(levels), dtype=float), payback, measures.BLUE)
    figure = charts.payback_lines([line], levels)
    figure.update_xaxes(title="Deprivation tenth of the area")
    show.chart(
        words.tenth_title(evaluation, payback),
        figure,
        f"{words.meaning('payback', view.scenario)} {groups.people_short(evaluation)} {words.drag_note(view.scenario)}",
        "by_tenth",
    )
    show.table(groups.table(evaluation, "decile"), view.evaluation, "payback_by_tenth", groups.STYLES)


if view.cohort.area:
    shared = known(evaluation)
    st.write(words.drag_note(view.scenario))
    tabs.draw("places", place_parts.PARTS, shared)
else:
    draw_without_map()
