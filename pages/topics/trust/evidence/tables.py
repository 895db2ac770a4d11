"""The tables of the evidence page: every parameter, and every shipped file with its source."""

from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.kit import show
from pages.topics.trust.evidence import assumptions
from pricing.evaluate import Evaluation
from pricing.people.provenance import attributions, sources
from pricing.scenario import in_words


def draw_parameters(evaluation: Evaluation) -> None:
    group = st.selectbox(
        "Which parameters",
        list(assumptions.FILTERS),
        format_func=lambda key: assumptions.FILTERS[key],
        key="evidence_group",
        persist_state="session",
    )
    st.write(assumptions.summary(evaluation.scenario))
    data = in_words.table(evaluation.scenario, str(group))
    widths = {name: st.column_config.TextColumn(width=width) for name, width in assumptions.WIDTHS.items()}
    st.dataframe(data, hide_index=True, column_config=widths)
    show.download(data, evaluation, "every_parameter")


def draw_data(evaluation: Evaluation) -> None:
    st.write("No published file is shipped as it came: what is here was derived from it, or made, as follows.")
    for source in sources():
        if source.nature not in ("fitted", "declaration"):
            st.markdown(
                f"**{source.holds}** ({source.nature}). {source.source}. {source.edition}. Licence: {source.licence}. "
                f"What was changed: {source.changed[0].lower()}{source.changed[1:]}. `{source.file}`"
            )
    listed = pd.DataFrame(asdict(source) for source in sources()).rename(columns=str.capitalize)
    show.table(listed, evaluation, "sources_of_the_data")
    st.subheader("Owed to the publishers")
    st.markdown("\n".join(f"- {line}" for line in attributions()))
