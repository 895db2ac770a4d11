"""Accessibility: what was tested, with what, and what does not pass."""

import streamlit as st

from pages.frame import frame
from pages.kit.markdown import bullets
from pages.topics.trust.accessibility import words
from pages.topics.trust.accessibility.words import NOT_PASSED, NOT_TESTED, TESTED, TESTED_ON, TESTED_WITH

view = frame.view()
view.title()
st.write(words.AIM)
st.header("What was tested")
versions = ", ".join(f"{name} {version}" for name, version in TESTED_WITH.items())
st.write(f"On {TESTED_ON}, with {versions}. The same tests run whenever the explorer is changed.")
st.markdown(bullets(TESTED))
st.header("What does not pass")
st.markdown(bullets(NOT_PASSED))
st.header("What was not tested")
st.markdown(bullets(NOT_TESTED))
st.header("If something does not work for you")
st.write(words.TELL)
