"""Result -> figure. No streamlit: a chart is a function of numbers, tested without a browser.

No meaning rests on colour alone.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import plotly.graph_objects as go
from scipy.optimize import isotonic_regression

from pages.kit import markdown
from pages.kit.measures import FAINT, GREY, MIDDLE, Line
from pricing.people.arrays import FloatArray

AXIS = {
    "automargin": True,
    "gridcolor": FAINT,
    "zeroline": False,
    "linecolor": "white",
    "ticks": "",
    "ticklabelstandoff": 4,
    "title": {"standoff": 15},
    "autotypenumbers": "strict",
}
MARKED = {"dash": "dot", "color": MIDDLE, "width": 2}
"""How a value worth pointing at is drawn across a chart."""
WHOLE_POUNDS, TO_THE_PENNY = "$,.0f", "$,.2f"
"""How an axis writes £, with the sign before it; `show.chart` tells the drawing library which money is meant."""
MARGIN = {"l": 8, "r": 8, "t": 12, "b": 8}
TEMPLATE = go.layout.Template(
    layout={
        "margin": MARGIN,
        "font": {"family": "Arial, Helvetica, Liberation Sans, sans-serif", "size": 14, "color": GREY},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"size": 14}, "align": "left"},
        "dragmode": False,
        "xaxis": AXIS,
        "yaxis": AXIS,
        "shapedefaults": {"line": {"color": GREY}},
        "annotationdefaults": {"arrowcolor": GREY, "arrowhead": 0, "arrowwidth": 1},
    }
)
"""The look that all charts share: quiet axes and no legend. Small, since it goes to the browser with every chart."""


def layout(figure: go.Figure, height: int) -> go.Figure:
    """Give a chart the look that all share. The title is text on the page, where it can wrap."""
    return figure.update_layout(height=height, template=TEMPLATE)


def hours_curve(lines: Sequence[Line], marks: Sequence[tuple[str, float]]) -> go.Figure:
    """£ per person against hours of support, each line named at its end; ``marks`` are hours worth pointing at."""
    figure = go.Figure()
    last = max(float(line.x[-1]) for line in lines)
    for line in lines:
        add_line(figure, line, lambda hours, pay: f"{hours:.0f} hours: {markdown.pounds(pay)}")
        figure.add_annotation(
            x=last, y=line.y[-1], text=line.label, showarrow=False, xanchor="right", yanchor="bottom", yshift=6
        )
    for row, (label, at) in enumerate(marks):
        upright(figure, at)
        left = at < 0.55 * last
        figure.add_annotation(
            x=at,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=4 + 20 * row,
            text=f"{label}: {markdown.hours(at)} hours",
            showarrow=False,
            xanchor="left" if left else "right",
        )
    figure.update_xaxes(title="Hours of support per person", range=[0, last])
    figure.update_yaxes(title="£ per person", tickformat=",.0f")
    layout(figure, 440)
    return figure.update_layout(margin_t=24 + 20 * len(marks))


def axis_of(letter: str, panel: int) -> str:
    """The name of a panel's axis, counted from 1: "x", "x2", "x3"."""
    return letter + (str(panel) if panel > 1 else "")


def upright(figure: go.Figure, x: float, axis: str = "x", layer: str = "above", **line: object) -> None:
    """A line from bottom to top at ``x``, above what is drawn or below it; dotted and grey unless told otherwise.

    Drawn as a shape: the library's own way looks through every axis first, which costs more than the line itself.
    """
    y = axis.replace("x", "y") + " domain"
    figure.add_shape(type="line", x0=x, x1=x, xref=axis, y0=0, y1=1, yref=y, layer=layer, line=MARKED | line)


def level(figure: go.Figure, y: float, axis: str = "y", **line: object) -> None:
    """A line from side to side at ``y``; dotted and grey unless told otherwise."""
    x = axis.replace("y", "x") + " domain"
    figure.add_shape(type="line", y0=y, y1=y, yref=axis, x0=0, x1=1, xref=x, line=MARKED | line)


def beside_pointer(said: Iterable[str], name: str = "") -> dict[str, object]:
    """What stands beside a pointer at each point of a trace, under the trace's ``name``: ``said`` holds a text a point.

    Numbers come written as everywhere else; the drawing library would put a minus after the £.
    """
    return {"customdata": list(said), "hovertemplate": f"{name}{'<br>' * bool(name)}%{{customdata}}<extra></extra>"}


def add_line(figure: go.Figure, line: Line, say: Callable[[float, float], str]) -> None:
    """Draw one line, with its points where they are few; ``say`` puts a point of it into words."""
    figure.add_scatter(
        x=line.x,
        y=line.y,
        mode="lines+markers" if len(line.x) < 15 else "lines",
        line={"color": line.colour, "width": 3, "dash": line.dash},
        marker={"size": 8},
        **beside_pointer(map(say, line.x.tolist(), line.y.tolist()), line.label),
    )


def spread(heights: FloatArray, gap: float) -> FloatArray:
    """Heights for labels beside ``heights`` (each 0 or more), in the same order, none below 0, ``gap`` apart.

    Of equal heights the first stands highest.
    """
    order = np.lexsort((-np.arange(len(heights)), heights))
    steps = np.arange(len(heights)) * gap
    # Least movement that keeps the order: pool neighbours that would overlap (isotonic regression).
    pooled = np.maximum(isotonic_regression(heights[order] - steps).x, 0.0) + steps
    placed = np.empty(len(heights))
    placed[order] = pooled
    return placed


def payback_lines(lines: Sequence[Line], levels: Sequence[str]) -> go.Figure:
    """Payback per extra £1 along an ordered grouping, a line each, named at its end; £1 is drawn across."""
    figure = go.Figure()
    for line in lines:
        add_line(figure, line, lambda level, payback: f"{levels[int(level)]}: {markdown.pence(payback)}")
    there = [(line, np.flatnonzero(~np.isnan(line.y))) for line in lines]
    ends = [(line, float(line.x[points[-1]]), float(line.y[points[-1]])) for line, points in there if len(points)]
    top = max([1.1, *(float(np.nanmax(line.y)) * 1.1 for line, _, _ in ends)])
    heights = spread(np.array([height for _, _, height in ends]), 0.075 * top)
    for (line, _, height), at in zip(ends, heights, strict=True):
        words = f"{line.label} {markdown.pence(height)}"
        figure.add_annotation(
            x=1, xref="paper", xshift=6, y=at, text=words, showarrow=False, xanchor="left", font={"size": 13}
        )
    level(figure, 1.0)
    figure.update_xaxes(tickvals=list(range(len(levels))), ticktext=list(levels), tickangle=0)
    figure.update_yaxes(tickformat=TO_THE_PENNY, range=[0, top])
    layout(figure, 400)
    return figure.update_layout(margin_r=124)
