"""Shortlist: up to six scenarios with names, side by side in one table, one link and one file."""

import streamlit as st

from pages.frame import address, frame
from pages.topics.price.shortlist import parts, words

view = frame.view()
entries = address.listed()

view.title()
st.write(
    "Collect prices under names of your own, and see them side by side. “Copy link” in the panel holds them all; a "
    "price is told in full on the other pages once it is opened from here."
)
parts.draw_people(entries)
st.subheader(words.how_many(entries))
parts.draw_adding(entries)
for place, entry in enumerate(entries):
    parts.draw_entry(place, entry, view.scenario)
if entries:
    st.markdown("#### Side by side")
    parts.draw_table(entries)
