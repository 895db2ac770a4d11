"""A and B: two prices side by side, the difference first: what changed, who gains, who loses."""

from dataclasses import replace

import streamlit as st

from pages.frame import address, frame
from pages.kit import change_words, groups, pickers, show
from pages.topics.price.compare import charts, parts, words
from pages.topics.price.compare.words import DIFFERENCES
from pricing.questions.comparison import Comparison
from pricing.words import cautions, need

view = frame.view()
scenario, evaluation = view.scenario, view.evaluation


def draw_groups(found: Comparison) -> None:
    """Who gains and who loses: in people and £, on a map, and group by group."""
    st.write(f"{words.at_minimum(found)} {words.who_moves(found)}")
    options = {difference.short: name for name, difference in DIFFERENCES.items()}
    measure = options[pickers.one_of("Difference in", list(options), "difference")]
    with show.grid(2):
        down = pickers.dimension("Down the side", evaluation, "down", "decile")
        across = pickers.dimension("Across the top", evaluation, "across", "needs", without=down)
    show.chart(
        words.most(found, (down, across), measure),
        charts.difference_map(found, down, across, measure),
        f"{DIFFERENCES[measure].meaning} {words.MORE} marks more under B than under A, {words.LESS} "
        f"less. {groups.people_short(evaluation)}",
        "difference_map",
    )
    rows = words.group_rows(found, down, across)
    show.table(rows, evaluation, "gains_and_losses", words.STYLES, pinned=found.a.scenario)


view.head(
    "Hold one price as A, change it, and see what the change does: the difference first. The settings in the panel are "
    "always B. “Copy link” then holds both, so that a comparison is one link."
)
a = address.pinned()
if a is None:
    st.info("Nothing is pinned yet. Pin the settings as they are now, then change something in the panel.")
parts.draw_pinning(a, scenario)
found = parts.compared(a, evaluation) if a else None
if found is not None:
    if not found.same_people:
        show.about(found.a.cohort)
    st.subheader(words.verdict(found))
    if a is not None and (said := need.of_both(a, scenario)) is not None:
        st.info(said)
    each = {"A": cautions.loses_at_best(found.a), "B": cautions.loses_at_best(found.b)}
    show.warn(replace(one, title=f"{name}: {one.title}") for name, one in each.items() if one is not None)
    parts.draw_totals(found)
    if found.settings:
        st.markdown("#### What changed in the settings")
        st.table(change_words.setting_rows(found.settings).set_index("Setting"))
    if found.same_people and found.settings:
        st.markdown("#### Who gains and who loses")
        draw_groups(found)
    st.markdown("#### Over everyone")
    st.table(words.total_rows(found).set_index("Over everyone"))
