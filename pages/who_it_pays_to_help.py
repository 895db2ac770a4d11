"""Who it pays to help: the map over any two dimensions, one group's money by hours, the four metrics, the groups."""

import streamlit as st

from pages.shared import (
    accounts,
    charts,
    compare_metrics,
    compute,
    frame,
    groups,
    one_map,
    pickers,
    show,
    sure_words,
)
from pages.shared.wording import hours, pence, pounds

view = frame.view()
scenario, evaluation = view.scenario, view.evaluation
dimensions = view.cohort.dimensions

st.title("Who it pays to help")
st.write("Group people as you like, and see what this price rewards for each group.")
show.about(view.cohort)

# The map
one, two, three = st.columns(3)
with one:
    measure = pickers.measure()
with two:
    down = pickers.dimension("Down the side", evaluation, "down", "decile")
with three:
    across = pickers.dimension("Across the top", evaluation, "across", "needs", without=down)
draws = compute.draws_of(evaluation) if pickers.sure() else None
low, high = groups.extremes(evaluation, down, across, measure)
one_map.draw(
    evaluation,
    one_map.Asked(down, across, measure),
    f"{charts.MEASURES[measure].label}: {low}, {high}",
    groups.MEANING[measure],
    draws.by(down, across) if draws else None,
)

# One group's money by hours
st.subheader("One group's money, hour by hour")
codes = pickers.group(evaluation, "who")
people = accounts.members(evaluation, codes)
account = accounts.average(evaluation, people)
curve = accounts.by_hours(evaluation, people, 1.5 * max(account.benchmark, account.chosen))
lines = (
    charts.Line("Money in", curve.hours, curve.income, charts.BLUE),
    charts.Line("Money out", curve.hours, curve.cost, charts.ORANGE, "dash"),
)
marks = (("Minimum", account.minimum), ("Pays best", account.chosen), ("Needed", account.benchmark))
show.chart(
    f"For {pickers.words(evaluation, codes)} this price rewards {hours(account.chosen)} hours of support; "
    f"they need {hours(account.benchmark)}",
    charts.hours_curve(lines, marks),
    f"Where money in rises more slowly than money out, each further hour loses money. Giving the hours needed leaves "
    f"{pounds(account.margin(evaluation, at_benchmark=True))} a person; doing what pays best leaves "
    f"{pounds(account.margin(evaluation, at_benchmark=False))}. An extra £1 pays back {pence(account.payback)}.",
    "hours",
)
if draws:
    st.write(sure_words.of_one_group(evaluation, draws.by(*codes), codes))
show.table(accounts.table(curve), scenario, "money_by_hours")

# The four metrics for the same money
st.subheader("The same money, paid on four measures")
by_metric = compare_metrics.lines(scenario, view.cohort)
levels = [str(needs) for needs in range(len(dimensions["needs"].levels))]
figure = charts.payback_lines(by_metric, levels)
figure.update_xaxes(title="Number of needs")
show.chart(
    compare_metrics.title(by_metric),
    figure,
    "Each measure is given all of the results money in turn. Binary pays for people who do not reoffend at all, "
    "frequency for fewer reoffences, severity for less harm, progress for needs met. The dotted line is £1. "
    + compare_metrics.note(scenario, view.cohort),
    "metrics",
)
show.table(compare_metrics.table(by_metric, levels), scenario, "four_metrics")
