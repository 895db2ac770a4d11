"""Risk curves: how likely people are to reoffend, what the price pays back along the way, and how sure that is."""

import streamlit as st

from pages.frame import frame, menu
from pages.kit import groups, show
from pages.topics.people.risk_curves import parts, person

view = frame.view()

st.title("Risk curves")
st.write("How likely people are to reoffend, and what an extra £1 of the support they need pays back along the way.")
show.about(view.cohort)
if view.cohort.fitted is None:
    st.write(
        "A table of risks brings its risks with it: nothing is fitted, so there are no curves to show. "
        "Here is what this price pays back by band of risk."
    )
    show.numbers(groups.table(view.evaluation, "risk"), view.evaluation, "payback_by_risk", groups.STYLES)
    menu.link_to("who_it_pays_to_help")
else:
    curves = view.cohort.fitted
    chosen, risk = person.factor_and_kind(curves)
    parts.draw_curve(view.evaluation, curves, chosen, risk)
    parts.draw_ratios(view.evaluation, curves, risk)
    parts.draw_hold_out(view.evaluation, curves, risk)
