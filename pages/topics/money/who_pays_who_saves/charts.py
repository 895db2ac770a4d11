"""Who saves, what goes into the pot, and where: savings -> figure. No streamlit."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.kit import charts
from pages.kit.charts import layout
from pages.kit.measures import BLUE, ORANGE, Line
from pages.topics.money.who_pays_who_saves.words import one_decimal
from pricing.questions.savings.places import Place
from pricing.questions.savings.pot import FURTHEST, AgencyShare, Pot
from pricing.words.numbers import about

CASH, NOT_CASH = "Becomes cash", "Saved, not cash"


def bar_label(share: AgencyShare) -> str:
    """An agency with its numbers, so that none is cut off; what is not known says so."""
    name = share.agency.label + (" (local)" if share.agency.reach == "local" else "")
    if share.open:
        return f"{name}<br><b>not known</b>"
    return f"{name}<br><b>{about(share.saved)}</b>, cash {about(share.cash)}"


def agencies(pot: Pot) -> go.Figure:
    """£ saved by each agency, the largest first: what becomes cash is solid, the rest hatched."""
    ordered = sorted(pot.by_agency, key=lambda share: -share.saved)
    labels = [bar_label(share) for share in ordered]
    cash = np.array([share.cash for share in ordered])
    rest = np.array([share.saved for share in ordered]) - cash
    figure = go.Figure()
    for name, values, shape in ((CASH, cash, ""), (NOT_CASH, rest, "/")):
        figure.add_bar(
            orientation="h",
            y=labels,
            x=values,
            name=name,
            marker={"color": BLUE, "pattern": {"shape": shape, "fillmode": "replace", "size": 7, "solidity": 0.35}},
            **charts.beside_pointer([f"{name}: {about(float(value))}" for value in values], "%{y}"),
        )
    figure.update_layout(barmode="stack", bargap=0.35)
    return sideways(figure, len(labels))


def boroughs(places: Sequence[Place]) -> go.Figure:
    """£ saved by local agencies in each borough, the largest first."""
    ordered = sorted(places, key=lambda one: -one.local)
    labels = [f"{one.name}<br><b>{about(one.local)}</b>" for one in ordered]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=labels,
            x=np.array([one.local for one in ordered]),
            marker={"color": BLUE},
            hovertemplate="%{y}<extra></extra>",
        )
    )
    return sideways(figure, len(labels))


def sideways(figure: go.Figure, bars: int) -> go.Figure:
    """What bars that lie share: numbers stand in the labels, not along an axis."""
    figure.update_xaxes(showticklabels=False, showgrid=False, rangemode="tozero")
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 13}, ticklabelstandoff=6)
    return layout(figure, 40 + 46 * max(bars, 2))


def ticks(top: float) -> list[float]:
    """Round £ up to ``top`` or just above, three to eight of them."""
    if top <= 0:
        return [0.0]
    size = 10.0 ** np.floor(np.log10(top))
    step = max(next(float(part * size) for part in (2, 1, 0.5, 0.2) if top >= 2.5 * part * size), 1.0)
    return [float(mark) for mark in np.arange(0, top + step / 2, step)]


def pot_curve(pot: Pot) -> go.Figure:
    """£ of cash and £ in the pot against the fall in reoffending, with the place of these savings."""
    here = pot.savings.fall
    falls = np.union1d(np.linspace(0, max(FURTHEST, 1.1 * here), 301), [0.05 - 1e-9, 0.05, 0.2])
    cash, put_in = pot.along(falls)
    lines = (Line("Cash saved", 100 * falls, cash, ORANGE, "dash"), Line("Into the pot", 100 * falls, put_in, BLUE))
    figure = go.Figure()
    ends = charts.spread(np.array([cash[-1], put_in[-1]]), 0.08 * max(float(cash[-1]), 1.0))
    for line, height in zip(lines, ends, strict=True):
        charts.add_line(figure, line, lambda fewer, held: f"{fewer:.1f}% fewer: {about(held)}")
        figure.add_annotation(
            x=1, xref="paper", xshift=6, y=height, text=line.label, showarrow=False, xanchor="left", font={"size": 13}
        )
    charts.upright(figure, 100 * here)
    figure.add_annotation(
        x=100 * here,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"Here: {one_decimal(here)}",
        showarrow=False,
        xanchor="left" if here < 0.55 * falls[-1] else "right",
    )
    figure.update_xaxes(title="Fewer reoffences, %", range=[0, 100 * falls[-1]])
    marks = ticks(float(max(cash[-1], put_in[-1])))
    figure.update_yaxes(tickvals=marks, ticktext=[about(mark) for mark in marks], rangemode="tozero")
    layout(figure, 380)
    return figure.update_layout(margin={"r": 92, "t": 28})
