"""Evidence: where every number comes from, the model in words, and what the explorer may be used for."""

import streamlit as st

from pages.frame import frame, menu
from pages.kit import show
from pages.topics.trust.evidence import tables
from pages.topics.trust.evidence.model_words import MAY, MAY_NOT, MAY_NOT_EITHER, SECTIONS
from pricing.people import shipped

view = frame.view()


def draw_people() -> None:
    for name in shipped.names():
        declared = shipped.curves(name).declaration
        st.subheader(declared.label)
        st.write(f"**{'Illustrative: invented people' if declared.synthetic else 'Real people'}.** {declared.caution}")
        st.write(f"Outcome: {declared.outcome}.")
        st.markdown("\n".join(f"- {note}" for note in declared.notes))


def draw_model() -> None:
    for section in SECTIONS:
        st.subheader(section.title)
        st.write(section.text)
        for formula in section.formulas:
            st.caption(formula)


def draw_use() -> None:
    st.subheader("What it is for")
    st.markdown("\n".join(f"- {line}" for line in MAY))
    st.subheader("What it is not for")
    of_cohorts = [line for name in shipped.names() for line in shipped.curves(name).declaration.limits]
    st.markdown("\n".join(f"- {line}" for line in (*MAY_NOT, *of_cohorts, *MAY_NOT_EITHER)))


PARTS = {
    "Parameters": lambda: tables.draw_parameters(view.evaluation),
    "Data": lambda: tables.draw_data(view.evaluation),
    "People": draw_people,
    "The model": draw_model,
    "Use and limits": draw_use,
}

st.title("Evidence")
st.write("Where every number comes from, how the model works, and what this explorer may and may not be used for.")
show.about(view.cohort)
part = st.segmented_control(
    "Which part",
    list(PARTS),
    default="Parameters",
    required=True,
    wrap=True,
    key="evidence_part",
    persist_state="session",
    label_visibility="collapsed",
)
PARTS[str(part)]()
menu.link_to("glossary")
