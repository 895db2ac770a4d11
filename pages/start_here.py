"""Start here: what this is, the verdict on the current price, and where it leaves people behind."""

import streamlit as st

from pages.shared import frame, groups, show
from pages.shared.charts import MEASURES, heat_map
from pages.shared.wording import in_force, pence, percent, verdict

view = frame.view()
evaluation, totals = view.evaluation, view.evaluation.totals

st.title("Whom does this price leave behind?")
st.write(
    "When a provider of rehabilitation is paid by results, the price decides whom it pays to help. This explorer shows "
    "what a price rewards for each group of people. Change it in the panel at the left (on a phone, behind » at the "
    "top) and watch."
)
show.about(view.cohort)

st.subheader(verdict(evaluation))
st.caption(f"The price now: {in_force(view.scenario)}")
first, second, third = st.columns(3)
first.metric("An extra £1 of support pays back", pence(evaluation.payback), border=True)
parked = f"{percent(totals['parked_people'] / totals['people'])} of people"
second.metric("It pays to do the minimum for", parked, border=True)
third.metric("Needed support not worth giving", percent(evaluation.withheld), border=True)
show.cautions_about(evaluation)

dimensions = view.cohort.dimensions
low, high = groups.extremes(evaluation, "decile", "needs", "payback")
figure = heat_map(
    groups.grid(evaluation, "decile", "needs", "payback"),
    dimensions["decile"].levels,
    dimensions["needs"].levels,
    MEASURES["payback"],
)
figure.update_yaxes(title="Deprivation tenth of the area")
show.chart(
    f"An extra £1 of support pays back {low}, and {high}",
    figure,
    f"{groups.BELOW_NOTE} {groups.people_short(evaluation)}",
    "map",
)
show.table(groups.table(evaluation, "decile", "needs"), view.scenario, "needs_by_deprivation", groups.STYLES)

st.subheader("Where to go next")
NEXT = {
    "set_the_price": "What each group brings in and costs, and settings that defeat themselves.",
    "how_results_are_paid": "What luck and the clauses of a contract make of a result, and contracts to start from.",
    "who_it_pays_to_help": "Other ways of grouping people, and one group's money in and out.",
    "risk_curves": "How likely people are to reoffend, and what the price pays along the way.",
    "evidence": "Where every number comes from, and what this explorer may be used for.",
}
for place, (name, words) in zip(st.columns(len(NEXT)), NEXT.items(), strict=True):
    with place.container(border=True):
        frame.link_to(name)
        st.caption(words)
with st.expander("Why this exists"):
    st.write(
        "In 2013 the Greater Manchester Centre for Voluntary Organisation answered the government's plan to pay "
        "probation providers by results. It warned that without a sophisticated pricing structure, providers are "
        "rewarded for helping those who give the best return and for disinvesting in those who most need help: people "
        "with complex needs, living where homes and jobs are scarce. This explorer lets you check that warning."
    )
