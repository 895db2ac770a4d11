"""The pictures of the presenter view: each the largest of a page, for the whole room. Only caches from streamlit."""

from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.kit import by_metric, charts, groups
from pages.kit.live.preview import Previewed
from pages.kit.markdown import in_force, verdict
from pages.kit.tables import group_map
from pages.kit.tables.map_table import MapTable
from pages.topics.people.risk_curves import charts as risk_charts
from pages.topics.people.risk_curves import person, words
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation
from pricing.people.fitted import RiskCurves
from pricing.people.risk_curves import typical_profile
from pricing.questions import risk_and_return
from pricing.scenario.metrics import how_many
from pricing.words import spend


@dataclass(frozen=True)
class Picture:
    """A picture with its finding and how to read it."""

    title: str
    figure: go.Figure | MapTable
    reading: str


def said(evaluation: Evaluation) -> tuple[str]:
    """The verdict over every picture."""
    return (verdict(evaluation),)


def price_and_cost(evaluation: Evaluation) -> tuple[str]:
    """The line under every picture."""
    return (f"The price: {in_force(evaluation.scenario)} {spend.sentence(evaluation)}",)


MOVING = Previewed(group_map.PAYBACK, group_map.payback_title, said, price_and_cost)
"""What moves with a slider while the first picture is shown."""


def payback_map(evaluation: Evaluation) -> Picture:
    return Picture(
        group_map.payback_title(evaluation, group_map.PAYBACK),
        group_map.table(evaluation, group_map.PAYBACK),
        f"{groups.BELOW_NOTE} {groups.people_short(evaluation)}",
    )


def four_measures(evaluation: Evaluation) -> Picture:
    lines = by_metric.lines(evaluation.scenario, evaluation.cohort)
    levels = [str(needs) for needs in range(len(evaluation.cohort.dimensions["needs"].levels))]
    figure = charts.payback_lines(lines, levels)
    return Picture(
        by_metric.title(lines),
        figure.update_xaxes(title="Number of needs"),
        "The same results money paid on each measure in turn. The dotted line is £1. "
        + by_metric.note(evaluation.scenario, evaluation.cohort),
    )


def risk_over_return(evaluation: Evaluation) -> Picture:
    curves = fitted(evaluation)
    first = person.first(curves)
    profile = typical_profile(curves.cells)
    curve = risk_and_return.follow(evaluation, curves, profile, first, "binary")
    declared = curves.declaration
    heading = words.heading(declared, "binary", implied=curve.implied)
    legend = words.legend(curve, synthetic=declared.synthetic)
    return Picture(
        words.finding(curve),
        risk_charts.level_ticks(risk_charts.risk_over_return(curve, heading, legend), curve),
        words.profile_words(curves.cells.factors, profile, first),
    )


def fitted(evaluation: Evaluation) -> RiskCurves:
    """The curves of these people, where they have any."""
    if evaluation.cohort.fitted is None:
        raise ExplorerError("A table of risks has no curves.")
    return evaluation.cohort.fitted


@dataclass(frozen=True)
class Offered:
    """A picture by name: how it is drawn, and the page, and the part of it, where it is played with."""

    name: str
    draw: Callable[[Evaluation], Picture]
    home: str
    part: str = ""


PICTURES = (
    Offered("Who it pays to help", payback_map, "start_here"),
    Offered(f"The same money on {how_many()} measures", four_measures, "who_it_pays_to_help", "four_measures"),
    Offered("Risk over return", risk_over_return, "risk_curves"),
)


def offered(evaluation: Evaluation) -> list[Offered]:
    """The pictures that can be drawn for these people: a table of risks has no curves."""
    return [one for one in PICTURES if one.draw is not risk_over_return or evaluation.cohort.fitted is not None]
