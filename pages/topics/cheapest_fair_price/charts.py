"""The cheapest fair price -> figures. No streamlit."""

import numpy as np
import plotly.graph_objects as go

from pages.kit.charts import add_line, layout
from pages.kit.markdown import percent, pounds
from pages.kit.measures import BLUE, ORANGE, TEAL, Line
from pricing.questions.cheapest import figures, left_out, patterns, specify
from pricing.questions.cheapest.answer import Answer

LIMITS = {"share": "share allows", "budget": "budget allows"}
WAYS = {
    "explorer": ("Premiums", BLUE, "solid"),
    "most_people": ("Most people", TEAL, "dash"),
    "worst_off_first": ("Worst off first", ORANGE, "dot"),
}


def pots(found: Answer) -> go.Figure:
    """The results pot that the promise needs, and what each limit allows of it."""
    needed = found.chosen.found.pot
    rows = {"promise needs": needed} | {LIMITS[name]: min(pot, 3 * needed) for name, pot in found.allowed.items()}
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=list(rows.values()),
            y=list(rows),
            text=[pounds(value) for value in rows.values()],
            textposition="auto",
            marker={"color": [BLUE, *([TEAL] * len(found.allowed))]},
            hovertemplate="%{y}: %{text} a person<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(title="£ a person", rangemode="tozero")
    return layout(figure, 240)


def frontier(found: Answer) -> go.Figure:
    """People in groups to whom the promise is broken, along the share on results."""
    lost = left_out.frontier(found.ground, found.chosen.required[0], found.protected, patterns.of(found.ground))
    figure = go.Figure()
    for name, (label, colour, dash) in WAYS.items():
        add_line(figure, Line(label, left_out.SHARES, lost[name], colour, dash), "%{x:.0%} on results: %{y:.0%}")
    for trace, (label, _, _) in zip(figure.data, WAYS.values(), strict=True):
        trace.name = label
    figure.update_xaxes(title="Share on results", tickformat=".0%")
    figure.update_yaxes(title="Left out", tickformat=".0%", rangemode="tozero")
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.3})
    return layout(figure, 380)


def break_even(found: Answer) -> go.Figure:
    """By number of needs, the cost of checking up to which writing hours down is cheaper."""
    ground, even = found.ground, specify.worth_paying(found.ground, figures.required(found))
    there = found.protected & np.isfinite(even)
    levels = sorted({int(n) for n in ground.needs[there]})
    heights = [
        float(np.average(even[there & (ground.needs == n)], weights=ground.people[there & (ground.needs == n)]))
        for n in levels
    ]
    figure = go.Figure(
        go.Bar(
            x=[str(n) for n in levels],
            y=heights,
            text=[percent(height) for height in heights],
            marker={"color": BLUE},
            hovertemplate="%{x} needs: %{text}<extra></extra>",
        )
    )
    figure.update_xaxes(title="Number of needs")
    figure.update_yaxes(title="Checking cost", tickformat=".0%", rangemode="tozero")
    return layout(figure, 320)
