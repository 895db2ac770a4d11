"""Fairness: who gets what under this price, women's case, whether it amplifies inequality, notes for an assessment."""

import streamlit as st

from pages.frame import frame, tabs
from pages.kit import kept, show
from pages.topics.people.fairness import parts as fairness_parts
from pages.topics.people.fairness import words
from pages.topics.people.fairness.parts import Looked

view = frame.view()
looked = Looked(view.evaluation, kept.characteristics_of(view.cohort))

st.title("Fairness")
st.write(f"What this price means for people, group by group. {words.priced_by(view.cohort)}")
show.about(view.cohort)
tabs.draw("fairness", fairness_parts.PARTS, looked)
