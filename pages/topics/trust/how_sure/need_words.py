"""What the price rewards where what people need is measured in another way, in words. No streamlit."""

import math
from collections.abc import Mapping

import pandas as pd

from pages.kit.draws_words import from_to
from pages.kit.markdown import NOT_SHOWN, hours, pence, percent, upper_first
from pricing.evaluate import Evaluation
from pricing.scenario.scenario import Scenario, specs
from pricing.words import need


def measures(scenario: Scenario) -> list[Scenario]:
    """The scenario with what people need measured in each way, the present one first."""
    others = [scenario.with_(benchmark=choice) for choice in specs()["benchmark"].choices]
    others.append(scenario.with_(benchmark="fair_share", needed_budget=0.0))
    found: dict[tuple[str, float], Scenario] = {}
    for one in (scenario, *others):
        found.setdefault((one.benchmark, one.budget_of_need if one.benchmark == "fair_share" else 0.0), one)
    return list(found.values())


def title(found: Mapping[Scenario, Evaluation]) -> str:
    """How far apart the measures of need are, in what an extra £1 pays back and in people at the minimum."""
    tested = [one for one in found.values() if not math.isnan(one.payback)]
    payback = sorted(one.payback for one in tested)
    left = sorted(share_left(one) for one in tested)
    return (
        f"By what people are taken to need, an extra £1 pays back {from_to(pence(payback[0]), pence(payback[-1]))}, "
        f"and it pays to do the minimum for {from_to(percent(left[0]), percent(left[-1]))} of people"
    )


READING = (
    "The price is the same in every row; the first row is the need as set. No figure is published that says what "
    "people need, so a decision that stands in every row is the surer."
)


def share_left(evaluation: Evaluation) -> float:
    """Share of people for whom it pays to do the minimum."""
    return evaluation.totals["parked_people"] / evaluation.totals["people"]


def rows(found: Mapping[Scenario, Evaluation]) -> pd.DataFrame:
    """A row for each measure of need."""
    return pd.DataFrame([row(scenario, evaluation) for scenario, evaluation in found.items()])


def row(scenario: Scenario, evaluation: Evaluation) -> dict[str, str]:
    """One measure of need: hours on average, payback, and people at the minimum; a dash where none need more."""
    tested = not math.isnan(evaluation.payback)
    return {
        "What people need": upper_first(need.source(scenario)),
        "Hours, on average": hours(evaluation.cohort.mean(evaluation.incentives.benchmark_hours)),
        "An extra £1 pays back": pence(evaluation.payback),
        "It pays to do the minimum for": percent(share_left(evaluation)) if tested else NOT_SHOWN,
    }
