"""How a contract turns results into pay: curve -> figure. No streamlit."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from pages.kit import markdown
from pages.kit.charts import axis_of, beside_pointer, layout, level, upright
from pages.kit.measures import FAINT, MIDDLE, ORANGE, TEAL
from pricing.questions.results_paid import ChanceOfPay, ResultsPaid
from pricing.words.numbers import shown

BAND = "rgba(107,172,230,0.35)"
AREA_WORDS: Mapping[str, str] = {
    "small_quarter": "Small, a quarter",
    "small_year": "Small, a year",
    "large_quarter": "Large, a quarter",
    "large_year": "Large, a year",
}
AIM = 4.0
"""A true fall, in points, at which chances are compared."""
MOST_MARKED = 4
"""Further places to stop at that are marked, those that leave most; all are listed under the chart."""
BELOW, LINE_OF_NAMES = 36, 24
"""Pixels from a place to its name below it, and from one name to the next."""
AXIS = "True fall in reoffending (points)"
CHANCE = "Chance of pay"
"""Of any reward: what stands up the side of the panels."""


def pay_curve(found: ResultsPaid) -> go.Figure:
    """Expected pay against the true change, in the band that luck makes of it; the linear contract beside it."""
    curve = found.curve
    figure = go.Figure()
    figure.add_scatter(x=curve.points, y=curve.high, mode="lines", line={"width": 0}, hoverinfo="skip")
    figure.add_scatter(
        x=curve.points, y=curve.low, mode="lines", line={"width": 0}, fill="tonexty", fillcolor=BAND, hoverinfo="skip"
    )
    figure.add_scatter(
        x=curve.points,
        y=curve.linear,
        mode="lines",
        line={"color": MIDDLE, "width": 2, "dash": "dot"},
        **beside_pointer(map(at_fall, curve.points, map(markdown.pounds, curve.linear)), "One for one"),
    )
    figure.add_scatter(
        x=curve.points,
        y=curve.expected,
        mode="lines",
        line={"color": TEAL, "width": 3},
        **beside_pointer(map(at_fall, curve.points, map(markdown.pounds, curve.expected))),
    )
    mark(figure, found.chosen, ("Pays best", markdown.pounds(found.pay)), "circle")
    others = sorted(found.others[:MOST_MARKED], key=lambda stop: -stop.pay)
    for stop, down in zip(others, apart(found.pay, [stop.pay for stop in others]), strict=True):
        mark(figure, (stop.points, stop.pay), ("Pays best nearby", markdown.pounds(stop.pay)), "circle-open", down)
    figure.update_yaxes(title="£ per person", tickformat=",.0f")
    return finish(figure, 420)


def apart(best: float, others: Sequence[float]) -> list[int]:
    """How far below its place, in pixels, the name of each of the ``others`` stands, highest pay first; above: less.

    The best one's is BELOW: of places that lie close together no name may cover another.
    """
    higher = sum(pay > best for pay in others)
    above = [-BELOW - LINE_OF_NAMES * (higher - 1 - place) for place in range(higher)]
    return [*above, *(BELOW + LINE_OF_NAMES * (place + 1) for place in range(len(others) - higher))]


def at_fall(points: float, said: str) -> str:
    """A value at a true fall, in words."""
    return f"{markdown.points(points)}: {said}"


def of_price(factor: float) -> str:
    """How many times the price that is written down, in words."""
    return f"{shown(factor, 2)} of the price"


def mark(figure: go.Figure, place: tuple[float, float], words: tuple[str, str], symbol: str, ay: int = BELOW) -> None:
    """A place worth pointing at, with its name and, beside a pointer, its height: both are ``words``."""
    label, height = words
    figure.add_scatter(
        x=[place[0]],
        y=[place[1]],
        mode="markers",
        marker={"size": 13, "color": ORANGE, "symbol": symbol, "line": {"width": 3, "color": ORANGE}},
        **beside_pointer([at_fall(place[0], height)], label),
    )
    figure.add_annotation(
        x=place[0], y=place[1], text=label, showarrow=True, arrowcolor=MIDDLE, ax=34 if place[0] < 8 else -34, ay=ay
    )


def chance_panels(areas: Mapping[str, ChanceOfPay]) -> go.Figure:
    """Chance of being paid at each true change, for small and large areas, by quarter and by year: a panel each."""
    named = [f"{AREA_WORDS[name]}:<br>{at_aim(curve)}" for name, curve in areas.items()]
    figure = go.Figure()
    for place, (name, curve) in enumerate(areas.items(), 1):
        figure.add_scatter(
            x=curve.points,
            y=curve.chance,
            mode="lines",
            line={"color": TEAL, "width": 3},
            **beside_pointer(map(at_fall, curve.points, map(markdown.percent, curve.chance)), AREA_WORDS[name]),
            xaxis=axis_of("x", place),
            yaxis=axis_of("y", place),
        )
        upright(figure, AIM, axis_of("x", place))
        over(figure, named[place - 1], place)
    # All panels have the same axes: their numbers stand at the left and at the bottom alone.
    axes: dict[str, dict[str, object]] = {}
    for place in range(1, len(areas) + 1):
        at_left, at_bottom = place % 2 == 1, place > len(areas) - 2
        named_at_left = {"title": {"text": CHANCE, "standoff": 6}} if at_left else {}
        axes[axis_of("yaxis", place)] = named_at_left | {
            "tickformat": ".0%",
            "range": [-0.03, 1.03],
            "showticklabels": at_left,
        }
        axes[axis_of("xaxis", place)] = {"showticklabels": at_bottom}
    figure.add_annotation(text=AXIS, x=0.5, y=0, xref="paper", yref="paper", yanchor="top", yshift=-26, showarrow=False)
    figure.update_layout(grid={"rows": 2, "columns": 2, "pattern": "independent", "xgap": 0.08, "ygap": 0.28}, **axes)
    return layout(figure, 480).update_layout(margin={"t": 50, "b": 54})


def over(figure: go.Figure, title: str, place: int) -> None:
    """The title of a panel, in the middle over it."""
    at = {"x": 0.5, "xref": axis_of("x", place) + " domain", "y": 1, "yref": axis_of("y", place) + " domain"}
    figure.add_annotation(text=title, yanchor="bottom", showarrow=False, font={"size": 13}, **at)


def at_aim(curve: ChanceOfPay) -> str:
    """Chance of being paid for the fall that panels are compared at."""
    return markdown.percent(float(np.interp(AIM, curve.points, curve.chance)))


def price_curve(found: ResultsPaid) -> go.Figure:
    """The effective price against the true change, as a multiple of the price that is written down."""
    curve = found.curve
    figure = go.Figure()
    figure.add_scatter(
        x=curve.points,
        y=curve.factor,
        mode="lines",
        line={"color": TEAL, "width": 3},
        **beside_pointer(map(at_fall, curve.points, map(of_price, curve.factor))),
    )
    level(figure, 1.0)
    named = f"Pays best: {found.factor:.2f}", of_price(found.factor)
    mark(figure, (found.chosen[0], found.factor), named, "circle", -40)
    top = max(1.5, 1.15 * float(np.quantile(curve.factor, 0.97)), 1.15 * found.factor)
    figure.update_yaxes(title="Times the written price", range=[-0.05, top])
    return finish(figure, 360)


def finish(figure: go.Figure, height: int) -> go.Figure:
    """What these charts share: the same axis along the bottom, with no change marked."""
    upright(figure, 0, dash="solid", color=FAINT)
    figure.update_xaxes(title={"text": AXIS, "font": {"size": 15}})  # as wide as the smallest phone lets it be
    return layout(figure, height)


def title_of_pay(found: ResultsPaid) -> str:
    """What pays best, and whether it depends on the start."""
    best = f"{fall_words(found.chosen[0])}, {pay_words(found.pay)}"
    if not found.others and round(found.pay) == 0:
        return f"Where it pays best to be, {fall_words(found.chosen[0])}, this contract pays nothing for results"
    if not found.others:
        return f"This contract rewards {best}"
    return f"Of {len(found.stops)} places to stop at, this contract rewards {best}, most"


def fall_words(points: float) -> str:
    """A change in reoffending as what is rewarded: "a fall of 0.5 points"."""
    if round(points, 1) == 0:
        return "hardly any fall in reoffending (under 0.1 points)"
    return f"a {'fall' if points > 0 else 'rise'} of {markdown.points(abs(points))}"


def pay_words(pay: float) -> str:
    """Results pay per person as part of a sentence: paid, taken back, or neither."""
    if round(pay) == 0:
        return "with nothing per person for results"
    if pay < 0:
        return f"where {markdown.pounds(-pay)} per person is taken back"
    return f"with {markdown.pounds(pay)} per person for results"


def all_stops(found: ResultsPaid) -> str:
    """Every place to stop at, with its hours and what it leaves; "" where there is one."""
    if not found.others:
        return ""
    each = [
        f"{fall_words(stop.points)} ({stop.hours:,.0f} hours a person, {markdown.pounds(stop.left)})"
        for stop in found.stops
    ]
    return (
        "Nothing pays better nearby at any of these; in brackets, the support and what results pay leaves once it is "
        f"paid for: {'; '.join(each)}. "
    )


def title_of_chance(areas: Mapping[str, ChanceOfPay]) -> str:
    """What size and period do to the chance of being paid."""
    small, large = at_aim(areas["small_quarter"]), at_aim(areas["large_year"])
    return (
        f"A true fall of {AIM:.0f} points is paid for with a chance of {small} in a small area by the quarter, "
        f"{large} in a large one by the year"
    )


def title_of_price(found: ResultsPaid) -> str:
    """The effective price at the chosen effort."""
    return f"Where it pays best to be, one more result earns {found.factor:.2f} times the written price"
