"""How well curves predict people they have not seen -> a figure. No streamlit."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.kit.charts import axis_of, beside_pointer, layout, level
from pages.kit.markdown import count
from pages.kit.measures import BLUE, LILAC
from pages.topics.people.risk_curves.charts import add_heading, bars
from pricing.people.hold_out import ObservedExpected

PANELS = {"risk": "By tenth of risk, lowest first", "needs": "By number of needs", "decile": "By deprivation tenth"}


def hold_out_panels(groups: Sequence[ObservedExpected]) -> go.Figure:
    """Observed over expected, one panel per way of grouping; each bar holds 95 in 100 samples if the curves are right.

    A group outside its bar is a cross, and the page names it.
    """
    found = {key: [g for g in groups if g.factor == key] for key in PANELS}
    figure = make_subplots(rows=3, cols=1, vertical_spacing=0.13, shared_yaxes="all")
    for row, panel in enumerate(found.values(), start=1):
        ratio, low, high = (np.array([getattr(g, name) for g in panel]) for name in ("ratio", "low", "high"))
        labels = [group.label.split(" (")[0] for group in panel]
        figure.add_scatter(
            x=labels,
            y=np.ones_like(ratio),
            mode="markers",
            marker={"size": 1, "color": LILAC},
            error_y={**bars(np.ones_like(ratio), low, high, LILAC), "thickness": 7, "width": 0},
            hoverinfo="skip",
            name="expected",
            row=row,
            col=1,
        )
        figure.add_scatter(
            x=labels,
            y=ratio,
            mode="markers",
            marker={"size": 10, "color": BLUE, "symbol": ["x" if g.outside else "circle" for g in panel]},
            **beside_pointer(
                f"{label}: {g.ratio:.2f}<br>{count(g.observed)} observed, {count(g.expected)} expected"
                for label, g in zip(labels, panel, strict=True)
            ),
            name="observed over expected",
            row=row,
            col=1,
        )
        level(figure, 1.0, axis_of("y", row))
        figure.update_xaxes(type="category", tickangle=0, row=row)
    layout(figure, 620)
    figure.update_yaxes(tickformat=".1f")
    for axis, heading in zip(("yaxis", "yaxis2", "yaxis3"), PANELS.values(), strict=True):
        add_heading(figure, figure.layout[axis].domain[1], f"<b>{heading}</b>")
    return figure.update_layout(margin_t=36)
