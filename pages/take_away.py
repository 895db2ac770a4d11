"""Take it away: a link and its QR code, files, the command and the Python that give the same, and loading a file."""

import streamlit as st

from pages.frame import frame
from pages.topics.room.take_away import box, scenario_upload
from pricing.take_away import reproduce

view = frame.view()
cover = box.cover_of_page(view.evaluation)

view.head(
    "What the panel stands at now, to send, to print, to work with, or to check. Everything below carries the model "
    "version, the date, the people with their caution, the warnings and the link."
)
box.warn(cover)

box.draw_name()

st.subheader("By link")
box.draw_link(cover)

st.subheader("As a file")
box.draw_files(cover)

st.subheader("Reproduce it")
st.write(
    "In a copy of the explorer, this command gives the same numbers. It sets what differs from the defaults, and "
    "refuses to run under another version of the model."
)
st.code(reproduce.command(cover), language=None, wrap_lines=True)
with st.expander("The same in Python"):
    st.code(reproduce.python(cover), language=None, wrap_lines=True)  # coloured words would be too pale

st.subheader("Load a scenario")
scenario_upload.draw(view.scenario)
