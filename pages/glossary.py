"""Glossary: the words of this explorer, one meaning each."""

import streamlit as st

from pages.frame import frame
from pages.kit import glossary
from pages.kit.markdown import count, escape

view = frame.view()
view.title()
st.write("Plain English first, the field's term where it helps. The ? beside a number shows the same words.")
looked_for = st.text_input("Look for a word", key="glossary_search", persist_state="session", max_chars=60)
found = glossary.search(looked_for)
if looked_for:
    st.caption(f"{count(len(found))} of {count(len(glossary.GLOSSARY))} terms have “{escape(looked_for)}” in them.")
st.markdown("\n".join(f"- {glossary.meaning(term)}" for term in found))
