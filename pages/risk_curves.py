"""Risk curves: how likely people are to reoffend, what the price pays back along the way, and how sure that is."""

import streamlit as st

from pages.frame import frame, menu
from pages.kit import groups, kept, show
from pages.topics.people.risk_curves import parts, person
from pricing.scenario.scenario import OWN_TABLE

view = frame.view()
scenario = view.scenario

st.title("Risk curves")
st.write("How likely people are to reoffend, and what an extra £1 of the support they need pays back along the way.")
show.about(view.cohort)
if scenario.cohort == OWN_TABLE:
    st.write(
        "A table of your own brings its risks with it: nothing is fitted, so there are no curves to show. "
        "Here is what this price pays back by band of risk."
    )
    show.numbers(groups.table(view.evaluation, "risk"), view.evaluation, "payback_by_risk", groups.STYLES)
    menu.link_to("who_it_pays_to_help")
else:
    shipped = kept.curves(scenario)
    chosen, risk = person.factor_and_kind(shipped)
    parts.draw_curve(view.evaluation, shipped, chosen, risk)
    parts.draw_ratios(view.evaluation, shipped, risk)
    parts.draw_hold_out(view.evaluation, shipped, risk)
