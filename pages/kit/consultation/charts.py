"""What a room answered -> figures, one function a kind of question. No streamlit.

Strangers' words stand in them: the drawing library would read marks in them as links and styles, so they are escaped.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape
from textwrap import wrap

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from consultation.kinds import names_of
from consultation.records import SettingDots, Tally
from pages.kit.charts import layout, upright
from pages.kit.consultation.words import MODEL_ANSWER, number
from pages.kit.measures import BLUE, FAINT, MIDDLE, ORANGE, TEAL
from pricing.scenario.scenario import specs

LABEL_WIDTH = 30
PILES = 60
"""Places along a line at which dots that are as good as equal stand on each other."""
MOST_SETTINGS = 4
"""Settings of prices that are drawn; all are in the table."""


def lines(text: str, width: int = LABEL_WIDTH) -> str:
    """A text over several lines, with nothing in it that the drawing library would act on."""
    return "<br>".join(escape(line, quote=False) for line in wrap(text, width)) or " "


def bars(tally: Tally) -> go.Figure:
    """A bar a choice, its count in its label; the model's answer is named, and of another colour."""
    right = tally.question.right
    labels = []
    for place, (name, n) in enumerate(zip(names_of(tally.question), tally.counts, strict=True)):
        told = f" ✓ {MODEL_ANSWER}" if place == right else ""
        labels.append(f"{lines(name)}<br><b>{'not shown' if n is None else n}</b>{told}")
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=list(range(len(labels))),
            x=[n or 0 for n in tally.counts],
            marker={"color": [TEAL if place == right else BLUE for place in range(len(labels))]},
            hoverinfo="skip",
            width=0.55,
        )
    )
    most = max([1, *(n for n in tally.counts if n)])
    figure.update_xaxes(showticklabels=False, showgrid=False, range=[0, most * 1.02])
    ticks = {"tickvals": list(range(len(labels))), "ticktext": labels}
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 14}, **ticks)
    rows = sum(label.count("<br>") + 1 for label in labels)
    return layout(figure, 30 + 19 * rows + 14 * len(labels))


def piled(values: Sequence[float], low: float, high: float) -> tuple[list[float], list[int]]:
    """Where a dot for each value stands along a line and how high on others that are as good as equal."""
    width = (high - low) / PILES or 1.0
    seen: Counter[int] = Counter()
    heights = []
    for value in values:
        place = math.floor((value - low) / width)
        heights.append(seen[place])
        seen[place] += 1
    return list(values), heights


def number_line(tally: Tally) -> go.Figure:
    """A dot an answer, along the question's range; the middle half is shaded, the median drawn across."""
    question = tally.question
    places, heights = piled(tally.values, question.low, question.high)
    figure = go.Figure(dots(places, heights))
    if tally.median is not None and tally.low_quarter is not None and tally.high_quarter is not None:
        half = {"x0": tally.low_quarter, "x1": tally.high_quarter, "y0": 0, "y1": 1, "yref": "paper"}
        figure.add_shape(type="rect", layer="below", fillcolor=FAINT, line={"width": 0}, **half)
        upright(figure, tally.median)
        said = escape(f"Median {number(question, tally.median)}", quote=False)
        left = tally.median < (question.low + question.high) / 2
        anchor = "left" if left else "right"
        figure.add_annotation(
            x=tally.median, y=1, yref="paper", yanchor="bottom", text=said, showarrow=False, xanchor=anchor
        )
    pad = 0.02 * (question.high - question.low)
    figure.update_xaxes(range=[question.low - pad, question.high + pad], title=lines(question.unit) or None)
    figure.update_yaxes(visible=False, range=[-0.7, max([4, *heights]) + 0.7])
    layout(figure, 260)
    return figure.update_layout(margin_t=30)


def dots(places: Sequence[object], heights: Sequence[int]) -> go.Scatter:
    """Dots on a line."""
    mark = {"size": 11, "color": BLUE, "line": {"width": 1, "color": "white"}}
    return go.Scatter(x=list(places), y=list(heights), mode="markers", marker=mark, hoverinfo="x")


def price_dots(tally: Tally) -> go.Figure:
    """The settings in which prices differ from the event's own, most first: a dot a price; a ring marks the event's."""
    settings = sorted(tally.price.settings if tally.price else (), key=_same)[:MOST_SETTINGS]
    titles = [lines(specs()[one.name].label, 60) for one in settings]
    rows = max(len(settings), 1)
    figure = make_subplots(rows=rows, cols=1, subplot_titles=titles, vertical_spacing=0.45 / rows)
    for row, one in enumerate(settings, 1):
        add_setting(figure, row, one)
    figure.update_annotations(x=0, xanchor="left", font={"size": 14})
    figure.update_yaxes(visible=False)
    layout(figure, 60 + 140 * rows)
    return figure.update_layout(margin_t=30)


def _same(one: SettingDots) -> int:
    return sum(value == one.own for value in one.values)


def add_setting(figure: go.Figure, row: int, one: SettingDots) -> None:
    """One setting of every price in a row of its own; the room's median is drawn across where it is a number."""
    spec = specs()[one.name]
    if isinstance(one.own, str):
        names = [lines(choice, 16) for choice in spec.choices.values()]
        order = {value: place for place, value in enumerate(spec.choices)}
        at = [float(order[str(value)]) for value in (*one.values, one.own)]
        low, high = 0.0, float(max(len(names) - 1, 1))
        figure.update_xaxes(row=row, col=1, tickvals=list(range(len(names))), ticktext=names, tickfont={"size": 11})
    else:
        at = [float(value) for value in (*one.values, one.own)]
        low, high = min(at), max(at)
        style = ".0%" if spec.unit.startswith("share") else None
        figure.update_xaxes(row=row, col=1, tickformat=style, nticks=6)
    places, heights = piled(at[:-1], low, high)
    figure.add_trace(dots(places, heights), row=row, col=1)
    ring = {"size": 17, "symbol": "circle-open", "color": ORANGE, "line": {"width": 3}}
    figure.add_trace(go.Scatter(x=at[-1:], y=[0], mode="markers", marker=ring, hoverinfo="x"), row=row, col=1)
    if not isinstance(one.room, str):
        figure.add_vline(x=float(one.room), row=row, col=1, line={"color": MIDDLE, "dash": "dot", "width": 2})
    pad = 0.06 * ((high - low) or 1.0)
    figure.update_xaxes(row=row, col=1, range=[low - pad, high + pad])
    figure.update_yaxes(row=row, col=1, range=[-0.9, max([3, *heights]) + 0.9])


DRAWN: Mapping[str, Callable[[Tally], go.Figure]] = {
    "guess": bars,
    "choice": bars,
    "agreement": bars,
    "number": number_line,
    "price": price_dots,
}
"""Kind of question -> how its result is drawn; comments are read, not drawn."""
