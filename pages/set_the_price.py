"""Page."""

import streamlit as st

from pages.shared import frame

view = frame.view()
st.title("set_the_price")
