"""Odds ratios and ratios of means -> a forest plot. No streamlit."""

from collections.abc import Sequence
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from pages.kit.charts import beside_pointer, layout, upright
from pages.kit.measures import BLUE
from pages.topics.people.risk_curves.charts import bars
from pricing.people.risk_curves import Ratio


def forest(ratios: Sequence[Ratio], labels: Sequence[str]) -> go.Figure:
    """Ratios with their 95% intervals on a logarithmic axis, a line at 1 (no difference); one row each."""
    estimate, low, high = (np.array([getattr(r, name) for r in ratios]) for name in ("estimate", "low", "high"))
    rows = np.arange(len(ratios))
    error = bars(estimate, low, high, BLUE)
    figure = go.Figure(
        go.Scatter(
            x=estimate,
            y=rows,
            mode="markers",
            marker={"color": BLUE, "size": 9},
            error_x=error,
            **beside_pointer(
                f"{label}<br>{r.estimate:.2f} ({r.low:.2f} to {r.high:.2f})"
                for label, r in zip(labels, ratios, strict=True)
            ),
        )
    )
    upright(figure, 1.0)
    texts = ["<br>".join(wrap(label, 26)) for label in labels]
    figure.update_yaxes(tickvals=rows, ticktext=texts, tickfont={"size": 12}, autorange="reversed")
    ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]
    figure.update_xaxes(type="log", tickvals=ticks, ticktext=[f"{t:g}" for t in ticks], title="1 = no difference")
    return layout(figure, 90 + 32 * len(texts))
