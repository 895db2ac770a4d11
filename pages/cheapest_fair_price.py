"""The cheapest fair price: the least that keeps a promise to every group, what sets it, and what the limits leave."""

import streamlit as st

from pages.frame import frame, opened_part, panel, tabs
from pages.kit import kept, show
from pages.kit.live import follow
from pages.kit.markdown import escape
from pages.topics.price.cheapest_fair_price import moving, verdict_words, work
from pages.topics.price.cheapest_fair_price.parts import PARTS, other_measures
from pricing.errors import ExplorerError, NothingCountedError

PAGE = "cheapest_fair_price"
view = frame.view()
of_people = view.scenario.promise == "most_people"
first = ("promise", "promise_people" if of_people else "promise_floor", "most_on_results", "most_spent")

view.head(
    "Whom a price leaves behind is one question; what would put it right is the next. Here is the least that keeps a "
    "promise to every group of people, and what each limit leaves of it."
)
panel.draw_own(PAGE, 2, names=first, slide=moving.SLIDERS)
show.fold("More of the question", "cheapest_rest", lambda: panel.draw_own(PAGE, without=first))
try:
    shown = work.shown(kept.cheapest(view.evaluation))
    with follow.region():
        st.subheader(escape(verdict_words.verdict(shown)))
        if beside := verdict_words.how_answered(shown):
            with follow.standing("how"):
                st.caption("  \n".join(map(escape, beside)))
        tabs.draw(PAGE, PARTS, shown)
    follow.draw(view.evaluation, *moving.of_part(str(opened_part.now(PAGE))))
except ExplorerError as problem:
    st.error("There is no answer to this question.")
    st.text(str(problem))
    if isinstance(problem, NothingCountedError):
        other_measures(view.scenario)
