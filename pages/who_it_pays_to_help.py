"""Who it pays to help: the map over any two dimensions, one group's money by hours, each of the metrics."""

import streamlit as st

from pages.frame import frame, tabs
from pages.kit import show
from pages.topics.people.who_it_pays_to_help import parts as help_parts

view = frame.view()

st.title("Who it pays to help")
st.write("Group people as you like, and see what this price rewards for each group.")
show.about(view.cohort)
tabs.draw("who_it_pays_to_help", help_parts.PARTS, view)
