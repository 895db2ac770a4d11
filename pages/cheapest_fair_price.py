"""The cheapest fair price: the least that keeps a promise to every group, what sets it, and what the limits leave."""

import streamlit as st

from pages.frame import frame, panel, tabs
from pages.kit import kept, show
from pages.kit.markdown import escape
from pages.topics.price.cheapest_fair_price import verdict_words, work
from pages.topics.price.cheapest_fair_price.parts import PARTS
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
    shown = work.shown(kept.cheapest(view.evaluation))
    st.subheader(escape(verdict_words.verdict(shown)))
    for said in verdict_words.how_answered(shown):
        st.caption(escape(said))
    tabs.draw(PAGE, PARTS, shown)
except ExplorerError as problem:
    st.error("There is no answer to this question.")
    st.text(str(problem))
