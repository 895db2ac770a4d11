"""The same money paid on each of the metrics, side by side. Only its cache comes from streamlit."""

import numpy as np
import pandas as pd

from pages.kit import groups, kept, measures
from pages.kit.markdown import pence
from pricing.errors import ScenarioError
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import METRICS, Scenario
from pricing.words.numbers import in_a_row

STYLES = (
    (measures.BLUE, "solid"),
    (measures.TEAL, "dash"),
    (measures.LILAC, "dot"),
    (measures.ORANGE, "dashdot"),
    (measures.GREY, "longdash"),
    (measures.BLUE, "longdashdot"),
)
"""How the metrics' lines are drawn, in their order."""


def lines(scenario: Scenario, cohort: Cohort) -> list[measures.Line]:
    """Payback by number of needs under each metric that can be priced for these people."""
    found = []
    for metric, (colour, dash) in zip(METRICS, STYLES, strict=False):
        try:
            evaluation = kept.of(scenario.with_(metric=metric), cohort)
        except ScenarioError:
            continue
        values = groups.along(evaluation, "needs", "payback")
        found.append(measures.Line(METRICS[metric].label, np.arange(float(len(values))), values, colour, dash))
    return found


def title(found: list[measures.Line]) -> str:
    """What the measure alone changes, in a sentence with its numbers."""
    last = {panel.label.lower(): panel.y[~np.isnan(panel.y)][-1:] for panel in found}
    said = [f"{pence(float(payback[0]))} ({label})" for label, payback in last.items() if len(payback)]
    if not said:
        return "Nobody shown here needs more support than the contract demands already"
    if all(np.allclose(payback, 0.0, atol=1e-9) for payback in last.values()):
        return "With nothing paid for results, no measure pays any support back"
    return (
        f"Paid on one measure alone, an extra £1 of support for people with the most needs pays back {in_a_row(said)}"
    )


def reading(scenario: Scenario, cohort: Cohort) -> str:
    """How to read the chart, and which metrics are missing from it."""
    first, *others = METRICS.values()
    said = [f"{first.label} pays for {first.pays_for}", *(f"{metric.key} for {metric.pays_for}" for metric in others)]
    return f"Each measure is given all of the results money in turn. {', '.join(said)}. The dotted line is £1. " + note(
        scenario, cohort
    )


def note(scenario: Scenario, cohort: Cohort) -> str:
    """Which metrics are missing, and why."""
    missing = [key for key, metric in METRICS.items() if scenario.target == "none" and metric.needs_target]
    words = f"Without a target there is no {' or '.join(missing)} metric." if missing else ""
    return " ".join([words, *(n for n in cohort.notes if "implied" in n or "severity metric" in n)]).strip()


def table(found: list[measures.Line], levels: list[str]) -> pd.DataFrame:
    """Payback per £1 by number of needs, a column per metric."""
    return pd.DataFrame({"Needs": levels, **{panel.label: panel.y for panel in found}})
