"""Fairness: who gets what under this price, women's case, whether it amplifies inequality, notes for an assessment."""

import streamlit as st

from pages.shared import compute, fairness_parts, frame, parts, show
from pages.shared import fairness_words as words
from pages.shared.fairness_parts import Looked

view = frame.view()
looked = Looked(view.evaluation, compute.characteristics_of(view.cohort))

st.title("Fairness")
st.write(f"What this price means for people, group by group. {words.priced_by(view.cohort.name)}")
show.about(view.cohort)
parts.draw("fairness", fairness_parts.PARTS, looked)
