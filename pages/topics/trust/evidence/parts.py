"""The parts of the evidence page, of which one is shown at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.topics.trust.evidence import tables
from pages.topics.trust.evidence.model_words import MAY, MAY_NOT, MAY_NOT_EITHER, SECTIONS
from pricing.evaluate import Evaluation
from pricing.people import shipped


def people(_: Evaluation) -> None:
    """What every shipped cohort is made of."""
    for name in shipped.names():
        declared = shipped.curves(name).declaration
        st.subheader(declared.label)
        st.write(f"**{'Illustrative: invented people' if declared.synthetic else 'Real people'}.** {declared.caution}")
        st.write(f"Outcome: {declared.outcome}.")
        st.markdown("\n".join(f"- {note}" for note in declared.notes))


def model(_: Evaluation) -> None:
    """The model in words and formulas."""
    for section in SECTIONS:
        st.subheader(section.title)
        st.write(section.text)
        for formula in section.formulas:
            st.caption(formula)


def limits(_: Evaluation) -> None:
    """What the explorer may and may not be used for."""
    st.subheader("What it is for")
    st.markdown("\n".join(f"- {line}" for line in MAY))
    st.subheader("What it is not for")
    of_cohorts = [line for name in shipped.names() for line in shipped.curves(name).declaration.limits]
    st.markdown("\n".join(f"- {line}" for line in (*MAY_NOT, *of_cohorts, *MAY_NOT_EITHER)))


PARTS: Mapping[str, Callable[[Evaluation], None]] = {
    "parameters": tables.draw_parameters,
    "data": tables.draw_data,
    "people": people,
    "model": model,
    "limits": limits,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
