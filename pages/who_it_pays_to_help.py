"""Page."""

import streamlit as st

from pages.shared import frame

view = frame.view()
st.title("who_it_pays_to_help")
