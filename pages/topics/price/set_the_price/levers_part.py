"""The levers of a price as a part of a page: the next step, and what one step of each would change."""

import streamlit as st

from pages.kit import kept, show
from pages.topics.price.set_the_price import words
from pricing.evaluate import Evaluation
from pricing.questions import levers
from pricing.questions.levers import PriceStep


@kept.kept()
def found_for(evaluation: Evaluation) -> list[PriceStep]:
    """What one step of each lever changes; the evaluations that it takes are not kept."""
    return levers.levers(evaluation)


def fold(evaluation: Evaluation) -> None:
    """The levers behind a box that opens: nothing is worked out before it does."""
    show.fold("The next step: what one step of each lever would change", "levers", lambda: draw(evaluation))


def draw(evaluation: Evaluation) -> None:
    """The next step as a heading, the levers as a table, and how to read it; a word where nothing can be raised."""
    with st.spinner("Trying one step of each lever"):
        found = found_for(evaluation)
    if not words.tested(found):
        st.write("Nobody here needs more than the contractual minimum, so no lever has anything to raise.")
        return
    st.markdown(f"**{words.title(found, evaluation.scenario)}.**")
    st.table(words.rows(found, evaluation.scenario).set_index("Lever"))
    st.caption(words.READING)
