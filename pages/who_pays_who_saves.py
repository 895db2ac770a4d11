"""Who pays, who saves: savings by agency, cashable or not, a shared pot and what it pays for, borough by borough."""

import streamlit as st

from pages.shared import (
    controls,
    frame,
    offers_list,
    pickers,
    savings_charts,
    savings_gaps,
    savings_range,
    savings_words,
    show,
)
from pages.shared.savings_words import about, events
from pages.shared.wording import NOT_SHOWN, percent
from pricing.local_pot import GROUP
from pricing.parameters import OWN_TABLE
from pricing.savings.places import by_place
from pricing.savings.pot import Pot
from pricing.savings.saved import savings

view = frame.view()
scenario, evaluation = view.scenario, view.evaluation

st.title("Who pays, who saves")
st.write(
    "The contract is paid from one budget; what fewer reoffences save falls to others. Here is who saves, how much of "
    "it is cash, and what a pot that local agencies share could pay for."
)
show.about(view.cohort)
if scenario.cohort not in ("greater_manchester", OWN_TABLE):
    st.warning("These are people in the USA held against English unit costs: look at the shape, not at the amounts.")
at_benchmark = pickers.at_benchmark("savings_hours")
sure = pickers.sure()
pot = Pot(savings(evaluation, at_benchmark=at_benchmark))
st.subheader(savings_words.headline(evaluation, pot, at_benchmark=at_benchmark))
st.caption(savings_words.whole(pot))
first, second, third = st.columns(3)
first.metric("Reoffences avoided", events(evaluation, pot.savings.avoided), border=True)
on_books = percent(pot.savings.agencies / pot.savings.society) if pot.savings.society else NOT_SHOWN
second.metric("Of their cost, on agencies' books", on_books, border=True)
third.metric("Into the pot", about(pot.put_in), border=True)
if sure:
    st.write(savings_range.sentence(evaluation, at_benchmark=at_benchmark))

st.subheader("Your figures")
controls.draw_own(GROUP)

# Who saves
show.chart(
    savings_words.title_of_agencies(pot),
    savings_charts.agencies(pot),
    savings_words.reading_of_agencies(pot),
    "agencies",
)
show.table(savings_words.unit_table(), scenario, "unit_costs", savings_words.UNIT_STYLES)

# The pot
show.chart(
    savings_words.title_of_pot(pot), savings_charts.pot_curve(pot), savings_words.reading_of_pot(pot), "pot_curve"
)
show.pounds_table(savings_words.stakes(pot), savings_words.POUNDS, scenario, "who_puts_in")
st.subheader("What the pot would pay for")
st.write(savings_words.what_it_buys(pot))
offers_list.draw(evaluation)

# By borough
places = by_place(evaluation, pot, at_benchmark=at_benchmark)
if places:
    show.chart(
        savings_words.title_of_boroughs(places, pot),
        savings_charts.boroughs(places),
        "What local agencies save, by the borough where people live. People are placed by an assumption, so a "
        "difference between boroughs is a result of that, not a finding.",
        "boroughs",
    )
    show.pounds_table(savings_words.borough_table(evaluation, places), savings_words.POUNDS, scenario, "boroughs")
else:
    st.write(savings_words.no_boroughs(evaluation))

st.subheader("What is not known")
st.markdown("\n".join(f"- {line}" for line in savings_gaps.unknown(evaluation)))
