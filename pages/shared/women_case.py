"""Women and men under a binary and a frequency rate, for the same money."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared import compute, fairness_charts, show
from pages.shared import fairness_words as words
from pages.shared.wording import pence
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.fairness import by_group

METRICS = ("binary", "frequency")


def draw(evaluation: Evaluation) -> None:
    """The picture and its table, or why there is none."""
    cohort, scenario = evaluation.cohort, evaluation.scenario
    sex = next((one for one in compute.characteristics_of(cohort) if one.key == "sex"), None)
    if sex is None:
        st.write("A table of your own does not say people’s sex, so nothing can be shown for its women.")
        return
    found: dict[str, pd.DataFrame] = {}
    for metric in METRICS:
        try:
            found[metric] = by_group.table(compute.of(scenario.with_(metric=metric), cohort), sex)
        except ScenarioError:
            st.write(f"Without a target there is no {metric} rate to pay on, so it is left out here.")
    declared = compute.curves(scenario).declaration
    show.chart(
        words.women_title(found),
        fairness_charts.pairs(
            [metric.capitalize() for metric in found],
            fairness_charts.Marks("women", np.array([words.payback_of(table, "Women") for table in found.values()])),
            fairness_charts.Marks("men", np.array([words.payback_of(table, "Men") for table in found.values()])),
            pence,
        ),
        words.women_here(found[METRICS[0]], synthetic=declared.synthetic, implied=declared.implied_alpha is not None),
        "women",
    )
    rows = pd.concat([words.in_words(sex, table).assign(Metric=metric) for metric, table in found.items()])
    show.table(rows[["Metric", *rows.columns.drop("Metric")]], scenario, "women_and_men", words.STYLES)
