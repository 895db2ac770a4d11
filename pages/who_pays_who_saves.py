"""Who pays, who saves: savings by agency, cashable or not, a shared pot and what it pays for, borough by borough."""

import streamlit as st

from pages.frame import frame, tabs
from pages.kit import pickers, show
from pages.kit.markdown import NOT_SHOWN, about, percent
from pages.topics.money.who_pays_who_saves import parts as savings_parts
from pages.topics.money.who_pays_who_saves import range_words, words
from pages.topics.money.who_pays_who_saves.parts import Saved
from pages.topics.money.who_pays_who_saves.words import events
from pricing.questions.savings.costs import of_another_country
from pricing.questions.savings.pot import Pot
from pricing.questions.savings.saved import savings

PAGE = "who_pays_who_saves"
view = frame.view()
scenario, evaluation = view.scenario, view.evaluation

view.head(
    "The contract is paid from one budget; what fewer reoffences save falls to others. Here is who saves, how much of "
    "it is cash, and what a pot that agencies share could pay for."
)
if said := of_another_country(view.cohort):
    st.warning(said)
at_benchmark = pickers.at_benchmark("savings_hours")
sure = pickers.sure()
pot = Pot(savings(evaluation, at_benchmark=at_benchmark))
st.subheader(words.headline(evaluation, pot, at_benchmark=at_benchmark))
st.caption(words.whole(pot))
row = show.grid()
row.metric("Reoffences avoided", events(evaluation, pot.savings.avoided), border=True)
on_books = percent(pot.savings.agencies / pot.savings.society) if pot.savings.society else NOT_SHOWN
row.metric("Of their cost, on agencies’ books", on_books, border=True)
row.metric("Into the pot", about(pot.put_in), border=True)
if sure:
    st.write(range_words.sentence(evaluation, at_benchmark=at_benchmark))

show.fold("Your figures: prices, years, cash, and who pays into the pot", "your_figures", savings_parts.own_figures)
saved = Saved(evaluation, pot, at_benchmark)
tabs.draw(PAGE, savings_parts.PARTS, saved)
