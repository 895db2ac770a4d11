"""Evidence: where every number comes from, the model in words, and what the explorer may be used for."""

from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.shared import assumptions, frame, show
from pages.shared.glossary import GLOSSARY
from pages.shared.model_words import MAY, MAY_NOT, SECTIONS
from pricing import builtin_cohorts
from pricing.evidence import attributions, sources

view = frame.view()


def draw_parameters() -> None:
    group = st.selectbox(
        "Which parameters",
        list(assumptions.FILTERS),
        format_func=lambda key: assumptions.FILTERS[key],
        key="evidence_group",
        persist_state="session",
    )
    st.write(assumptions.summary(view.scenario))
    show.numbers(assumptions.table(view.scenario, str(group)), view.scenario, "parameters")


def draw_data() -> None:
    st.write("No published file is shipped as it came: what is here was derived from it, or made, as follows.")
    found = pd.DataFrame(asdict(source) for source in sources()).drop(columns="attribution")
    found.columns = ["File", "What it holds", "Source", "Edition", "Licence", "What was changed", "Nature"]
    show.numbers(found, view.scenario, "sources")
    st.markdown("\n".join(f"- {line}" for line in attributions()))
    st.caption("No boundaries or maps of places are used, so no line for them is owed.")


def draw_people() -> None:
    for name in builtin_cohorts.names():
        declared = builtin_cohorts.curves(name).declaration
        st.subheader(declared.label)
        st.write(f"**{'Illustrative: not real people' if declared.synthetic else 'Real people'}.** {declared.caution}")
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
    st.markdown("\n".join(f"- {line}" for line in MAY_NOT))


def draw_glossary() -> None:
    for term, meaning in GLOSSARY.items():
        st.markdown(f"**{term}**: {meaning}")


PARTS = {
    "Parameters": draw_parameters,
    "Data": draw_data,
    "People": draw_people,
    "The model": draw_model,
    "Use and limits": draw_use,
    "Glossary": draw_glossary,
}

st.title("Evidence")
st.write("Where every number comes from, how the model works, and what this explorer may and may not be used for.")
show.about(view.cohort)
for tab, draw in zip(st.tabs(list(PARTS), key="evidence_part", on_change="rerun"), PARTS.values(), strict=True):
    if tab.open:
        with tab:
            draw()
