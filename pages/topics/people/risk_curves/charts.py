"""A risk curve -> a figure: the risk over the return. No streamlit."""

from collections.abc import Mapping
from textwrap import shorten, wrap

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.kit.charts import TO_THE_PENNY, beside_pointer, layout, level
from pages.kit.markdown import count, pence, short_of_a_pound
from pages.kit.measures import BLUE, ORANGE, TEAL
from pages.topics.people.risk_curves.words import write
from pricing.people.arrays import FloatArray
from pricing.people.cells import SMALLEST_COUNT
from pricing.questions.risk_and_return import AlongCurve
from pricing.words.groups import BELOW

BLUE_BAND = "rgba(32,115,188,0.25)"
SHADE = "rgba(162,133,209,0.18)"
LINE_LENGTH = 40
"""Characters of a panel's heading that fit on a phone."""
TICKS = {"binary": ".0%", "frequency": ".1f", "severity": ",.0f"}
WALL_WIDTH = 9
"""Characters in a line below a level on a wall: eight levels stand side by side on a small projector."""


def people_words(people: float) -> str:
    return f"n = {count(people)}" if people >= SMALLEST_COUNT else f"n < {SMALLEST_COUNT}"


def risk_over_return(curve: AlongCurve, heading: str, legend: Mapping[str, str]) -> go.Figure:
    """Above, the fitted risk with its band over what was observed; below, on the same axis, the payback per £1.

    ``heading`` names the risk; ``legend`` says what is ``seen`` and ``fitted``.
    """
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.56, 0.44], vertical_spacing=0.14)
    add_fitted(figure, curve)
    add_seen(figure, curve)
    add_payback(figure, curve)
    edge = 0.08 * float(np.ptp(curve.position)) if curve.ordered else 0.5
    figure.update_xaxes(
        range=[curve.position[0] - edge, curve.position[-1] + edge],
        tickvals=curve.seen.position,
        ticktext=tick_texts(curve),
        tickfont={"size": 12 if len(curve.seen.labels) < 6 else 11},
        ticklabeloverflow="allow",
        **({"tickangle": -90} if crowded(curve) else {"autotickangles": [0, -90]}),
    )
    title = {"text": f"{curve.label} (n: people)", "font": {"size": 13}, "standoff": 10}
    figure.update_xaxes(title=title, row=2)
    figure.update_yaxes(tickformat=TICKS[curve.kind], rangemode="tozero", row=1)
    layout(figure, 780 if crowded(curve) else 640)
    signs = {"seen": ("○", ORANGE), "fitted": ("▬" if curve.ordered else "◆", BLUE)}
    apart = "   " if sum(map(len, legend.values())) + 7 <= LINE_LENGTH else "<br>"
    key = apart.join(f'<span style="color:{signs[k][1]}">{signs[k][0]}</span> {words}' for k, words in legend.items())
    named = "<br>".join(wrap(heading, LINE_LENGTH))
    add_heading(figure, figure.layout.yaxis.domain[1], f"<b>{named}</b><br>{key}")
    add_heading(figure, figure.layout.yaxis2.domain[1], "<b>Payback per extra £1 of support</b>, at this price")
    return figure.update_layout(margin_t=48 + 16 * f"{named}{apart}".count("<br>"))


def crowded(curve: AlongCurve) -> bool:
    """Whether the levels have names too long, and too many, to stand side by side on a phone."""
    return len(curve.seen.labels) > 10


def tick_texts(curve: AlongCurve) -> list[str]:
    """Each level, or band of a count, over its number of people; a deprivation tenth by its number alone."""
    seen = curve.seen
    if crowded(curve):
        words = [shorten(label, 24, placeholder="…") for label in seen.labels]
        return [f"{label}, {people_words(n)}" for label, n in zip(words, seen.people, strict=True)]
    short = [label.split(" (")[0] if curve.factor == "decile" else label for label in seen.labels]
    words = ["<br>".join(wrap(label, 20)) for label in short]
    return [f"{label}<br>{people_words(n)}" for label, n in zip(words, seen.people, strict=True)]


def level_ticks(figure: go.Figure, curve: AlongCurve) -> go.Figure:
    """The same chart in large type: names of levels in short lines that stay level, the number of people below each."""
    if crowded(curve):
        return figure
    texts = [text.replace("n = ", "").replace("n <", "under") for text in tick_texts(curve)]
    narrow = ["<br>".join(line for part in text.split("<br>") for line in wrap(part, WALL_WIDTH)) for text in texts]
    figure.update_xaxes(ticktext=narrow, tickangle=0)
    return figure.update_xaxes(title_text=f"{curve.label} (below: people)", row=2)


def add_heading(figure: go.Figure, height: float, text: str) -> None:
    figure.add_annotation(
        x=0,
        y=height,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        text=text,
        align="left",
        showarrow=False,
        font={"size": 12},
    )


def add_fitted(figure: go.Figure, curve: AlongCurve) -> None:
    """The fitted curve in its band; levels without an order get a diamond with an error bar instead."""
    words = [f"{label}: {write(curve.kind, value)}" for label, value in zip(curve.labels, curve.fitted, strict=True)]
    hover = beside_pointer(words, "Fitted, this person")
    if curve.ordered:
        ends = {"x": curve.position, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
        figure.add_scatter(**ends, y=curve.low, name="band, low", row=1, col=1)
        figure.add_scatter(**ends, y=curve.high, name="band, high", fill="tonexty", fillcolor=BLUE_BAND, row=1, col=1)
        style = {"mode": "lines", "line": {"color": BLUE, "width": 3}}
        figure.add_scatter(x=curve.position, y=curve.fitted, name="fitted", **style, **hover, row=1, col=1)
        return
    figure.add_scatter(
        x=curve.position + 0.14,
        y=curve.fitted,
        name="fitted",
        mode="markers",
        marker={"color": BLUE, "size": 11, "symbol": "diamond"},
        error_y=bars(curve.fitted, curve.low, curve.high, BLUE),
        **hover,
        row=1,
        col=1,
    )


def bars(middle: FloatArray, low: FloatArray, high: FloatArray, colour: str) -> dict[str, object]:
    """Error bars that reach from ``low`` to ``high``."""
    return {
        "type": "data",
        "array": high - middle,
        "arrayminus": middle - low,
        "color": colour,
        "thickness": 1.5,
        "width": 4,
    }


def add_seen(figure: go.Figure, curve: AlongCurve) -> None:
    """Everyone with each value: circles that grow with the root of the number of people, in their 95% intervals."""
    seen = curve.seen
    words = [
        f"{label}: {write(curve.kind, value)} ({people_words(n)})"
        for label, value, n in zip(seen.labels, seen.mean, seen.people, strict=True)
    ]
    figure.add_scatter(
        x=seen.position - (0.0 if curve.ordered else 0.14),
        y=seen.mean,
        name="everyone",
        mode="markers",
        marker={
            "color": "rgba(0,0,0,0)",
            "size": 6 + 12 * np.sqrt(seen.people / seen.people.max()),
            "line": {"color": ORANGE, "width": 2.5},
        },
        error_y=bars(seen.mean, seen.low, seen.high, ORANGE),
        **beside_pointer(words, "Everyone with this value"),
        row=1,
        col=1,
    )


def add_payback(figure: go.Figure, curve: AlongCurve) -> None:
    """The return along the curve, the line at £1, and the stretch under it, shaded in both panels and named."""
    words = [f"{label}: {pence(value)}" for label, value in zip(curve.labels, curve.payback, strict=True)]
    shown = np.flatnonzero(~np.isnan(curve.payback))
    ends = {*shown} if len(curve.labels) < 4 else {*shown[:1], *shown[-1:]} if curve.ordered else set()
    short = [
        pence(v) + (f" {BELOW}" if short_of_a_pound(v) else "") if i in ends else ""
        for i, v in enumerate(curve.payback)
    ]
    figure.add_scatter(
        x=curve.position,
        y=curve.payback,
        name="payback",
        mode="lines+markers+text" if curve.ordered else "markers+text",
        line={"color": TEAL, "width": 3},
        marker={"color": TEAL, "size": 5 if len(words) > 12 and curve.ordered else 9, "symbol": "square"},
        text=short,
        textposition=text_positions(curve),
        textfont={"size": 12},
        cliponaxis=False,
        **beside_pointer(words, "Payback per extra £1"),
        row=2,
        col=1,
    )
    top = max(1.7, 1.35 * float(np.max(curve.payback[shown], initial=0.0)))
    bottom = min(0.0, 1.2 * float(np.min(curve.payback[shown], initial=0.0)))
    figure.update_yaxes(tickformat=TO_THE_PENNY, range=[bottom, top], row=2)
    level(figure, 1.0, "y2")
    name_break_even(figure, curve.payback[shown])
    name_stretches(figure, curve)


def text_positions(curve: AlongCurve) -> list[str]:
    """Over each point; under an end from which the line goes up, where there is room."""
    positions = ["top center"] * len(curve.payback)
    room = 0.15 * max(1.7, 1.35 * float(np.nanmax([0.0, *curve.payback])))
    for end, neighbour in ((0, 1), (-1, -2)):
        if curve.ordered and room < curve.payback[end] < curve.payback[neighbour]:
            positions[end] = "bottom center"
    return positions


def name_break_even(figure: go.Figure, payback: FloatArray) -> None:
    """Label the line at £1, at the end that the payback stays farther from."""
    gaps = np.abs(payback[[0, -1]] - 1.1) if len(payback) else np.zeros(2)
    left = bool(gaps[0] > gaps[1])
    figure.add_annotation(
        x=0.01 if left else 1,
        y=1.0,
        xref="x2 domain",
        yref="y2",
        xanchor="left" if left else "right",
        yanchor="bottom",
        text="£1: pays for itself",
        showarrow=False,
        font={"size": 12},
    )


def name_stretches(figure: go.Figure, curve: AlongCurve) -> None:
    """Shade where it pays to disinvest, in both panels, and say so on the widest stretch."""
    stretches = curve.stretches
    if not stretches:
        return
    for start, end in stretches:
        for row in (1, 2):
            figure.add_vrect(x0=start, x1=end, fillcolor=SHADE, line_width=0, layer="below", row=row, col=1)
    first, last = curve.position[0], curve.position[-1]
    start, end = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    middle = ((start + end) / 2 - first) / ((last - first) or 1.0)
    anchor = "left" if middle < 0.35 else "right" if middle > 0.65 else "center"
    figure.add_annotation(
        x={"left": start, "right": end, "center": (start + end) / 2}[anchor],
        y=1,
        xref="x2",
        yref="y2 domain",
        xanchor=anchor,
        yanchor="top",
        text="<b>Pays to cut support</b>",
        showarrow=False,
        font={"size": 12},
    )
