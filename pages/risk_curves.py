"""Page."""

import streamlit as st

from pages.shared import frame

view = frame.view()
st.title("risk_curves")
