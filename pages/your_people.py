"""Your people: records brought for one visit, a map of their columns, and the people built from both."""

import streamlit as st

from pages.frame import frame, own_table_upload
from pages.kit.markdown import bullets
from pages.topics.people.your_people import parts, words

view = frame.view()
people = own_table_upload.held()

view.title()
st.write(words.PURPOSE)
own_table_upload.ask_for_expected(people)
parts.draw_in_use(people)

st.subheader("1. Your records")
st.write(words.RECORDS)
records = parts.draw_records()

st.subheader("2. What the columns mean")
st.write(words.MAP)
given = parts.draw_map()

st.subheader("3. Build")
st.write(words.BUILD)
parts.draw_build(records, given, people)

st.subheader("A table of risks, or records?")
st.markdown(bullets(words.DOORS))
