"""Being a small provider: results -> figures. No streamlit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from pages.kit import markdown
from pages.kit.charts import add_line, beside_pointer, layout, level, spread, upright
from pages.kit.measures import BLUE, ORANGE, TEAL, Line
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.cash import Cash
from pricing.questions.small_provider.consortium import Together
from pricing.questions.small_provider.luck_or_skill import LINE, LuckByShare, LuckBySize
from pricing.questions.small_provider.prime import SHORTFALLS, UnderPrime
from pricing.questions.small_provider.several_years import SeveralYears
from pricing.scenario.in_words import percentage

SHADE = "rgba(128,128,128,0.12)"
TICKS = (1, 2, 4, 8, 15, 50)
BARS = 40
"""Bars of a distribution at most: as many as can be told apart on a phone."""
HATCHED = "/"
LABEL_ROOM = 0.13
"""Part of the height that a line's name takes, over two lines."""
NAME_WIDTH = 12
NAMES = 96
"""Characters in a line of a name, and pixels that names take beside the picture."""
UNSEEN = 5e-4
"""Chance at either end of a distribution that goes into its last bar."""


def distribution(surplus: FloatArray, chance: FloatArray, reserves: float) -> go.Figure:
    """Chance of each surplus, £ (points,); losses are hatched, and where they use up ``reserves`` is marked."""
    middle, height, width = binned(surplus, chance)
    figure = go.Figure()
    for losing, colour, shape, words in ((True, ORANGE, HATCHED, "loss"), (False, BLUE, "", "no loss")):
        part = (middle < 0) == losing
        figure.add_bar(
            x=middle[part],
            y=height[part],
            width=width,
            marker={
                "color": colour,
                "line": {"width": 1, "color": colour},
                "pattern": {"shape": shape, "fillmode": "replace", "size": 7, "solidity": 0.5},
            },
            **beside_pointer(
                f"about {markdown.pounds(left)} ({words}): {likely:.1%}"
                for left, likely in zip(middle[part], height[part], strict=True)
            ),
        )
    ends = float(middle[0]) - width, float(middle[-1]) + width
    point_out(figure, "Reserves used up", -reserves, 0, ends)
    figure.update_xaxes(title="£ left at the end of the year", tickformat="~s", nticks=5, range=ends)
    figure.update_yaxes(title="Chance", tickformat=".0%", rangemode="tozero", nticks=5)
    layout(figure, 400)
    return figure.update_layout(bargap=0, margin_t=32)


def binned(surplus: FloatArray, chance: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Middle and chance of at most ``BARS`` bars of one width, none of which holds both losses and gains.

    Where amounts are evenly spaced, as results at one price are, a bar is so many of them wide: none stays empty.
    """
    upto = np.cumsum(chance)
    first, last = np.searchsorted(upto, [UNSEEN, 1 - UNSEEN])
    low, high = float(surplus[first]), float(surplus[min(int(last), len(surplus) - 1)])
    width = max((high - low) / (BARS - 2), 1.0)
    steps = np.diff(surplus)
    if len(steps) and np.ptp(steps) < 1e-6 * steps.max():
        width = float(steps[0] * np.ceil(width / steps[0] - 1e-9))
    place = np.floor(np.clip(surplus, low, high) / width + 1e-9).astype(np.int64)
    bars = np.arange(place.min(), place.max() + 1)
    return (bars + 0.5) * width, np.bincount(place - place.min(), chance, len(bars)).astype(float), width


def point_out(figure: go.Figure, label: str, at: float, row: int, ends: tuple[float, float]) -> None:
    """A vertical line with its name above the picture, on the side where there is room; none outside the ``ends``."""
    if not ends[0] <= at <= ends[1]:
        return
    upright(figure, at)
    figure.add_annotation(
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=4 + 20 * row,
        text=label,
        showarrow=False,
        xanchor="left" if at < ends[0] + 0.42 * (ends[1] - ends[0]) else "right",
    )


@dataclass(frozen=True)
class Axes:
    """What stands along a chart's axes; ``write`` puts a height into words; ``where`` says a place."""

    x: str
    y: str
    y_format: str
    where: Callable[[float], str]
    write: Callable[[float], str] = markdown.pounds
    logarithmic: bool = False

    def said(self, place: float, height: float) -> str:
        """A point of the picture, in words."""
        return f"{self.where(place)}: {self.write(height)}"


def lines(drawn: Sequence[Line], axes: Axes, ends: tuple[float, float] | None = None) -> go.Figure:
    """Lines over one axis, each named at its right end, beside the picture and apart; heights run between ``ends``."""
    figure = go.Figure()
    for line in drawn:
        add_line(figure, line, axes.said)
    low, high = ends or around(np.concatenate([line.y for line in drawn]))
    room = high - low
    heights = spread(np.array([float(line.y[-1]) for line in drawn]) - low, room * LABEL_ROOM) + low
    for line, at in zip(drawn, heights, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xshift=6,
            y=at,
            text="<br>".join(wrap(line.label, NAME_WIDTH)),
            align="left",
            showarrow=False,
            xanchor="left",
            font={"size": 13},
        )
    figure.update_yaxes(title=axes.y, tickformat=axes.y_format, nticks=6, range=[low, high])
    figure.update_xaxes(title=axes.x)
    if axes.logarithmic:
        figure.update_xaxes(type="log", tickvals=[1, 10, 100, 1000, 10000], tickformat=",.0f", tickangle=0)
    return layout(figure, 400).update_layout(margin_r=NAMES)


def around(values: FloatArray) -> tuple[float, float]:
    """Ends of an axis for ``values``, with some room above and below."""
    low, high = float(values.min()), float(values.max())
    room = 0.12 * max(high - low, 1.0)
    return low - room, high + room


def balance(found: Cash) -> go.Figure:
    """The bank balance by month, with results as expected and if none is ever paid; the lowest point is marked."""
    drawn = (
        Line("As expected", found.months, found.balance, BLUE),
        Line("Every year the worst in 20", found.months, found.every_year_bad, ORANGE, "dash"),
    )
    figure = lines(drawn, Axes("Months from the start", "£ in the bank", ",.0f", lambda month: f"month {month:.0f}"))
    figure.update_xaxes(dtick=12 if found.months[-1] <= 60 else 24)
    level(figure, 0, dash="solid")
    figure.add_scatter(
        x=[found.trough_month],
        y=[found.trough],
        mode="markers",
        marker={"size": 13, "color": BLUE, "symbol": "circle-open", "line": {"width": 3}},
        hoverinfo="skip",
    )
    lowest = f"Lowest, month {found.trough_month}: {markdown.pounds(found.trough)}"
    point_out(figure, lowest, float(found.trough_month), 0, (0.0, float(found.months[-1])))
    return figure.update_layout(margin_t=32)


def reserves(found: SeveralYears) -> go.Figure:
    """Reserves at each year's end: the middle of all futures, and where 50 and 90 of 100 lie."""
    years = np.arange(found.years + 1, dtype=float)
    worst, low, middle, high, best = found.bands
    drawn = (
        Line("Best in 20", years, best, TEAL, "dash"),
        Line("Middle", years, middle, BLUE),
        Line("Worst in 20", years, worst, ORANGE, "dot"),
    )
    top = 1.12 * max(float(best.max()), 1.0)
    axes = Axes("Years from the start", "£ of reserves", "~s", lambda year: f"year {year:.0f}")
    figure = lines(drawn, axes, (0.0, top))
    for below, above in ((worst, best), (low, high)):
        figure.add_scatter(
            x=np.append(years, years[::-1]),
            y=np.append(above, below[::-1]),
            fill="toself",
            fillcolor=SHADE,
            mode="none",
            hoverinfo="skip",
        )
    return figure.update_xaxes(dtick=1, range=[0, found.years])


def by_volume(found: UnderPrime) -> go.Figure:
    """What is left in a year by how many fewer clients come than were promised; what happened before is shaded."""
    missing = 1 - found.volumes
    drawn = (
        Line("Average year", missing, found.left, BLUE),
        Line("Worst year in 20", missing, found.bad_year, ORANGE, "dash"),
    )
    axes = Axes("Fewer clients than promised", "£ left in a year", ",.0f", lambda part: f"{part:.0%} fewer")
    figure = lines(drawn, axes)
    figure.add_vrect(x0=SHORTFALLS[0], x1=SHORTFALLS[1], fillcolor=SHADE, line_width=0, layer="below")
    level(figure, 0, dash="solid")
    figure.add_annotation(
        x=SHORTFALLS[1],
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right",
        text="What happened before (NAO)",
        showarrow=False,
        font={"size": 13},
    )
    figure.update_xaxes(tickformat=".0%", tickvals=missing)
    return figure.update_layout(margin_t=32)


def luck_by_clients(found: LuckBySize) -> go.Figure:
    """Chances by number of clients: paid less than cost, without and with a margin, and luck beyond reserves."""
    drawn = (
        Line("No margin", found.numbers, found.short, BLUE),
        Line("With a margin", found.numbers, found.short_with_margin, TEAL, "dash"),
        Line("Too much for reserves", found.numbers, found.unbearable, ORANGE, "dot"),
    )
    axes = Axes("Clients a year", "Chance in a year", ".0%", clients, markdown.percent, logarithmic=True)
    figure = lines(drawn, axes, (-0.02, 1.15 * max(0.1, *found.near_short, *(float(line.y.max()) for line in drawn))))
    rings = {"size": 9, "color": BLUE, "symbol": "circle-open", "line": {"width": 2}}
    return figure.add_scatter(
        x=found.near,
        y=found.near_short,
        mode="markers",
        marker=rings,
        **beside_pointer(map(axes.said, found.near, found.near_short)),
    )


def clients(number: float) -> str:
    """A number of clients, in words."""
    return f"{markdown.count(number)} {'client' if number == 1 else 'clients'}"


def luck_by_share(found: LuckByShare, bearable: float, share: float) -> go.Figure:
    """How far a bad year is below an average one by the share on results; the 20% line and what reserves may bear."""
    drawn = (
        Line("Worst year in 20", found.shares, found.share_bad_year, BLUE),
        Line("Reserves bear", found.shares, np.full_like(found.shares, bearable), ORANGE, "dash"),
    )
    axes = Axes("Share of the contract paid on results", "£ below an average year", ",.0f", markdown.percent)
    figure = lines(drawn, axes, (0.0, 1.15 * max(float(found.share_bad_year[-1]), bearable, 1.0)))
    marks = [(f"{LINE:.0%}: the line of 2013", LINE)]
    if abs(share - LINE) > 1e-9:
        marks.append((f"{percentage(share)}: this contract", share))
    for row, (label, at) in enumerate(marks):
        point_out(figure, label, at, row, (0.0, 1.0))
    figure.update_xaxes(tickformat=".0%", range=[0, 1])
    return figure.update_layout(margin_t=16 + 20 * len(marks))


def partners(number: float) -> str:
    """A number of partners, in words."""
    return f"{markdown.count(number)} {'partner' if number == 1 else 'partners'}"


def pooling(found: Together) -> go.Figure:
    """The swing of a partner's results pay by the number of partners, with the floor that pooling cannot remove."""
    drawn = (
        Line("Each one's swing", found.partners, found.sd, BLUE),
        Line("Shared by all", found.partners, np.full_like(found.sd, found.floor_sd), ORANGE, "dash"),
    )
    axes = Axes("Partners", "£ from an average year", ",.0f", partners, logarithmic=True)
    figure = lines(drawn, axes, (0.0, 1.12 * max(float(found.sd[0]), 1.0)))
    figure.add_scatter(
        x=[found.partners[found.own]],
        y=[found.sd[found.own]],
        mode="markers",
        marker={"size": 15, "color": BLUE, "symbol": "circle-open", "line": {"width": 3}},
        hoverinfo="skip",
    )
    return figure.update_xaxes(tickvals=TICKS, ticktext=[str(tick) for tick in TICKS])
