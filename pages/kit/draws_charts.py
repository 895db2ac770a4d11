"""How sure -> figures: the tornado. No streamlit."""

from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go

from pages.kit.charts import TO_THE_PENNY, beside_pointer, layout, upright
from pages.kit.markdown import pence
from pages.kit.measures import BLUE, Bar

LABEL_WIDTH = 22
"""Characters of a label's line that leave room for the bars on a phone."""


def tornado(bars: Sequence[Bar], central: float) -> go.Figure:
    """The payback over everyone as each assumption moves from low (ring) to high (dot); £1 is drawn across."""
    figure = go.Figure()
    for row, bar in enumerate(bars):
        rising = bar.at_low <= bar.at_high
        figure.add_scatter(
            x=[bar.at_low, bar.at_high],
            y=[row, row],
            mode="lines+markers+text",
            line={"color": BLUE, "width": 8},
            marker={"size": 14, "color": ["#FFFFFF", BLUE], "opacity": 1, "line": {"width": 3, "color": BLUE}},
            text=[f" {bar.low} ", f" {bar.high} "],
            textposition=["middle left", "middle right"] if rising else ["middle right", "middle left"],
            textfont={"size": 12},
            **beside_pointer(
                (f"{said}<br>Payback {pence(at)}" for said, at in ((bar.low, bar.at_low), (bar.high, bar.at_high))),
                bar.label,
            ),
            cliponaxis=False,
        )
    # Right of the highest end stands its value, which must not leave the picture on a phone.
    furthest = max(max(bar.at_low, bar.at_high) for bar in bars)
    top = max(1.1, furthest)
    # Left of the lowest end stands its value, which must not run into the names of the bars on a phone.
    bottom = min(0.0, min(min(bar.at_low, bar.at_high) for bar in bars) - 0.3 * top)
    for at, named in ((central, f"As set {pence(central)}"), (1.0, "£1")):
        upright(figure, at, layer="below")
        side = "right" if at <= (1.0 if named != "£1" else central) else "left"
        figure.add_annotation(x=at, y=1, yref="paper", yanchor="bottom", text=named, showarrow=False, xanchor=side)
    labels = ["<br>".join(wrap(bar.label, LABEL_WIDTH)) for bar in bars]
    figure.update_yaxes(
        tickvals=list(range(len(bars))),
        ticktext=labels,
        range=[len(bars) - 0.4, -0.6],
        showgrid=False,
        tickfont={"size": 13},
    )
    figure.update_xaxes(
        title="Payback per extra £1",
        tickformat=TO_THE_PENNY,
        tickangle=0,
        nticks=5,
        range=[bottom, max(1.15 * top, 1.6 * furthest)],
    )
    layout(figure, 100 + 56 * len(bars))
    return figure.update_layout(margin_t=30)
