"""Women and men under a binary and a frequency rate, for the same money."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.kit import kept, show
from pages.kit.markdown import pence
from pages.topics.people.fairness import charts, words
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.questions.fairness import by_group
from pricing.questions.fairness.characteristics import Characteristic

METRICS = ("binary", "frequency")


def tables(evaluation: Evaluation) -> dict[str, pd.DataFrame]:
    """The groups by sex under each metric that can be priced; none where nobody's sex is known."""
    sex = of_sex(evaluation)
    found: dict[str, pd.DataFrame] = {}
    if sex is None:
        return found
    for metric in METRICS:
        try:
            other = kept.of(evaluation.scenario.with_(metric=metric), evaluation.cohort)
        except ScenarioError:
            continue
        found[metric] = by_group.table(other, sex)
    return found


def of_sex(evaluation: Evaluation) -> Characteristic | None:
    """Sex, where it is known of women and of men."""
    known = (one for one in kept.characteristics_of(evaluation.cohort) if one.key == "sex")
    return next((one for one in known if {"Women", "Men"} <= set(one.levels)), None)


def draw(evaluation: Evaluation, found: dict[str, pd.DataFrame]) -> None:
    """The picture of :func:`tables` and its table, or why there is none."""
    sex = of_sex(evaluation)
    if sex is None:
        st.write("These people’s records do not say who are women and who are men, so nothing can be shown.")
        return
    if len(found) < len(METRICS):
        st.write("Without a target there is no frequency rate to pay on, so it is left out here.")
    title, reading = words.women_title(found), words.women_here(found, evaluation.cohort)
    women, men = (charts.Marks(group.lower(), words.paybacks(found, group)) for group in ("Women", "Men"))
    if np.any(np.isnan(women.values + men.values)):
        st.markdown(f"#### {title}")
        st.write(reading)
    else:
        show.chart(title, charts.pairs([metric.capitalize() for metric in found], women, men, pence), reading, "women")
    rows = pd.concat([words.in_words(sex, table).assign(Metric=metric) for metric, table in found.items()])
    show.table(rows[["Metric", *rows.columns.drop("Metric")]], evaluation, "women_and_men", words.STYLES)
