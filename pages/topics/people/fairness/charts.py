"""Fairness -> figures: two marks per group on one scale, and lines along an order of need. No streamlit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from pages.kit.charts import add_line, beside_pointer, layout, spread
from pages.kit.markdown import count
from pages.kit.measures import BLUE, FAINT, ORANGE, Line
from pricing.people.arrays import FloatArray

LABEL_WIDTH = 14
"""Characters of a label's line that leave room for the marks on a phone."""
ROOM = (0.5, 0.5)
"""Beside the marks, for their numbers and names: shares of the scale, so that they fit on a phone."""


@dataclass(frozen=True)
class Marks:
    """One of two marks on every row: its name, and its values (rows,), nan where there is none."""

    name: str
    values: FloatArray


def pairs(rows: Sequence[str], dot: Marks, ring: Marks, write: Callable[[float], str]) -> go.Figure:
    """A dot and a ring on each row, each with its number; the first row that has both also names them."""
    figure = go.Figure()
    named = int(np.argmax(~np.isnan(dot.values) & ~np.isnan(ring.values)))
    for row, (one, other) in enumerate(zip(dot.values, ring.values, strict=True)):
        left = one <= other
        names = (f" <br> {dot.name}", f" <br> {ring.name}") if row == named else ("", "")
        figure.add_scatter(
            x=[one, other],
            y=[row, row],
            mode="lines+markers+text",
            line={"color": FAINT, "width": 6},
            marker={
                "size": 14,
                "opacity": 1,
                "color": [BLUE, "rgba(0,0,0,0)"],
                "line": {"width": 3, "color": [BLUE, ORANGE]},
            },
            text=[f" {write(one)}{names[0]} ", f" {write(other)}{names[1]} "],
            textposition=["middle left", "middle right"] if left else ["middle right", "middle left"],
            textfont={"size": 13},
            **beside_pointer(f"{rows[row]}, {of.name}: {write(value)}" for value, of in ((one, dot), (other, ring))),
            cliponaxis=False,
        )
    every = np.concatenate([dot.values, ring.values])
    top = float(np.nanmax(every)) if np.any(~np.isnan(every)) else 1.0
    bottom = min(0.0, float(np.nanmin(every))) if np.any(~np.isnan(every)) else 0.0
    wide = max(top - bottom, 1e-9)
    figure.update_xaxes(range=[bottom - ROOM[0] * wide, top + ROOM[1] * wide], showticklabels=False, showgrid=False)
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=["<br>".join(wrap(label, LABEL_WIDTH)) for label in rows],
        range=[len(rows) - 0.4, -0.6],
        showgrid=False,
        tickfont={"size": 13},
    )
    return layout(figure, 48 + 44 * len(rows))


def along(lines: Sequence[Line], levels: Sequence[str], titles: tuple[str, str]) -> go.Figure:
    """Lines along an order of need, each named at its end with its last number; ``titles`` of the two axes."""
    figure = go.Figure()
    for line in lines:
        add_line(figure, line, lambda level, said: f"{levels[int(level)]}: {count(said)}")
    there = [(line, np.flatnonzero(~np.isnan(line.y))) for line in lines]
    ends = [(line, float(line.y[points[-1]])) for line, points in there if len(points)]
    top = max([1e-9, *(float(np.nanmax(line.y)) * 1.1 for line, _ in ends)])
    heights = spread(np.array([height for _, height in ends]), 0.08 * top)
    for (line, height), at in zip(ends, heights, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xshift=6,
            y=at,
            text=f"{line.label} {height:,.0f}",
            showarrow=False,
            xanchor="left",
            font={"size": 13},
        )
    figure.update_xaxes(title=titles[0], tickvals=list(range(len(levels))), ticktext=list(levels), tickangle=0)
    figure.update_yaxes(title=titles[1], tickformat=",.0f", range=[0, top])
    layout(figure, 400)
    return figure.update_layout(margin_r=118)
