"""What is kept, and why: what a consultation event stores, for a data protection officer."""

import pandas as pd
import streamlit as st

from pages.frame import frame
from pages.topics.room.what_is_kept import words

view = frame.view()
view.title()
st.write(words.ABOUT)
st.header("What is kept of an event", anchor=False)
st.table(pd.DataFrame(words.ROWS, columns=words.COLUMNS).set_index(words.COLUMNS[0]))
for heading, lines in words.PARTS.items():
    st.header(heading, anchor=False)
    st.markdown("\n".join(f"- {line}" for line in lines))
st.header("What this page cannot say", anchor=False)
st.write(words.ASK)
