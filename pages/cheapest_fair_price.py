"""The cheapest fair price: the least that keeps a promise to every group, what sets it, and what the limits leave."""

import streamlit as st

from pages.frame import frame, panel, tabs
from pages.kit import kept, show
from pages.kit.markdown import escape
from pages.topics.cheapest_fair_price import words
from pages.topics.cheapest_fair_price.parts import PARTS
from pricing.errors import ExplorerError

PAGE = "cheapest_fair_price"
FIRST = ("promise", "most_on_results", "most_spent")
view = frame.view()

st.title("The cheapest fair price")
st.write(
    "Whom a price leaves behind is one question; what would put it right is the next. Here is the least that keeps a "
    "promise to every group of people, and what each limit leaves of it."
)
show.about(view.cohort)
panel.draw_own(PAGE, names=FIRST)
show.fold("More of the question", "cheapest_rest", lambda: panel.draw_own(PAGE, without=FIRST))
try:
    found = kept.cheapest(view.evaluation)
    st.subheader(escape(words.verdict(found)))
    if found.clauses_off:
        st.warning("Clauses that bend pay are left out of this answer: it is for a contract that pays one for one.")
    tabs.draw(PAGE, PARTS, found)
except ExplorerError as problem:
    st.error("No price keeps this promise.")
    st.text(str(problem))
