"""Evidence: where every number comes from, the model in words, and what the explorer may be used for."""

import streamlit as st

from pages.frame import frame, menu, tabs
from pages.kit import show
from pages.topics.trust.evidence.parts import PARTS

view = frame.view()

st.title("Evidence")
st.write("Where every number comes from, how the model works, and what this explorer may and may not be used for.")
show.about(view.cohort)
tabs.draw("evidence", PARTS, view.evaluation)
menu.link_to("glossary")
