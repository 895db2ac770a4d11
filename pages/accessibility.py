"""Accessibility: what was tested, with what, and what does not pass."""

import streamlit as st

from pages.shared import frame

frame.view()
st.title("Accessibility")
