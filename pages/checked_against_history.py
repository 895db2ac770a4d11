"""Checked against history: what was published about contracts of the past, and what the explorer says of them."""

import streamlit as st

from pages.frame import frame
from pages.topics.trust.checked_against_history import contracts_list
from pricing.questions.history import checks
from pricing.questions.history.check import KINDS

view = frame.view()
found = checks.rows()

view.title()
st.write(
    "Contracts that were tried, or planned, left figures behind. Here the explorer's own functions are put to each of "
    "them, and agree with what was published or do not. Your settings in the panel change nothing on this page."
)
st.markdown(f"#### {checks.summary(found)}")
st.write(
    "Three kinds of check are counted apart, because they say different things. "
    + " ".join(f"{kind.capitalize()}: {words}." for kind, words in KINDS.items())
    + " Arithmetic agrees almost by construction, so it shows no more than that a rule was read rightly. "
    "A title that is a link opens the contract in the explorer."
)
contracts_list.draw_button()
contracts_list.draw(found)
