"""Fairness: who gets what under this price, women's case, whether it amplifies inequality, notes for an assessment."""

import streamlit as st

from pages.shared import address, amplify_words, assessment, compute, fairness_charts, frame, pickers, show, women_case
from pages.shared import fairness_words as words
from pages.shared.wording import hours
from pricing.fairness import amplification, by_group
from pricing.fairness.turning_away import turned_away

view = frame.view()
scenario, evaluation, cohort = view.scenario, view.evaluation, view.cohort
known = {one.label: one for one in compute.characteristics_of(cohort)}

st.title("Fairness")
st.write(f"What this price means for people, group by group. {words.priced_by(cohort.name)}")
show.about(cohort)

# Who gets what
st.subheader("Who gets what")
one = known[pickers.one_of("Look at people by", list(known), "fairness_by")]
table = by_group.table(evaluation, one)
groups = table[table["group"] != by_group.EVERYONE]
show.chart(
    words.groups_title(one, table),
    fairness_charts.pairs(
        groups["group"].tolist(),
        fairness_charts.Marks("rewarded", groups["chosen_hours"].to_numpy()),
        fairness_charts.Marks("needed", groups["benchmark_hours"].to_numpy()),
        hours,
    ),
    words.groups_reading(one, table),
    "fairness_groups",
)
if said := words.calibration(one, table):
    st.write(said)
show.numbers(words.in_words(one, table), scenario, f"fairness_by_{one.key}", words.STYLES)
small = words.SMALL if by_group.small_hidden(evaluation) else ""
st.caption(f"{words.COLUMNS_SAY} {small}")
st.caption(words.missing(cohort.name, {each.key for each in known.values()}))

# Women's case
st.subheader("Women’s case")
st.write(words.WOMEN)
by_metric = women_case.tables(evaluation)
women_case.draw(evaluation, by_metric)

# Does it amplify
st.subheader("Does this price amplify inequality?")
orders = {name: ranking for ranking, (name, *_) in amplify_words.ORDERS.items()}
ranked = pickers.one_of("In order of", list(orders), "ranked")
draws = compute.fairness_draws(evaluation)
found = amplification.amplification(evaluation, orders[ranked], draws)
axes = (amplify_words.axis(found), "Reoffences per 100 people")
show.chart(
    amplify_words.title(found),
    fairness_charts.along(amplify_words.lines(found), amplify_words.ticks(found), axes),
    amplify_words.reading(found),
    "amplify",
)
show.table(amplify_words.table(found), scenario, f"reoffences_by_{found.ranking}", amplify_words.STYLES)
gone = amplify_words.turning_away(turned_away(evaluation), amplification.gain(evaluation, draws))
findings = (
    amplify_words.slope(found),
    amplify_words.concentration(found),
    amplify_words.between(one, amplification.between(evaluation, one, draws)),
    gone + words.turned_away_by(one, table),
)
st.markdown("\n".join(f"- {finding}" for finding in findings))
st.caption(amplify_words.ranges_note(cohort.name))

# For an assessment
st.subheader("For an equality assessment")
st.write(
    "Notes under the public sector equality duty (Equality Act 2010, section 149), with every table on this page, the "
    "settings, and what is not known. Open the file, check it, and paste it into yours."
)
asked = assessment.Asked(evaluation, tuple(known.values()), draws, by_metric, address.full_link("fairness"))
st.download_button(
    "Download notes for an assessment",
    lambda: assessment.document(asked),
    "equality_notes.html",
    "text/html",
    on_click="ignore",
)
