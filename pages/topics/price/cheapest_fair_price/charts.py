"""The cheapest fair price -> figures. No streamlit."""

from collections.abc import Mapping
from typing import cast

import numpy as np
import plotly.graph_objects as go

from pages.kit.charts import WHOLE_POUNDS, add_line, layout, upright
from pages.kit.markdown import percent, pounds
from pages.kit.measures import BLUE, ORANGE, TEAL, Line, Measure
from pages.kit.tables.map_table import MapTable, tabulate
from pages.topics.price.cheapest_fair_price.schedule_words import SETS, told_prices
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.cohort import DECILE_LEVELS, NEED_LEVELS
from pricing.questions.cheapest.answer import Answer
from pricing.questions.cheapest.ground import TENTHS
from pricing.questions.cheapest.left_out import SHARES

LIMITS = {"share": "Share", "budget": "Budget", "luck": "Luck"}
WAYS = {
    "explorer": ("Premiums", BLUE, "solid"),
    "most_people": ("Own prices, most people", TEAL, "dash"),
    "worst_off_first": ("Own prices, worst off first", ORANGE, "dot"),
}
ROOM = 1.2
"""How far beyond the pot that is needed the picture goes; a limit that allows more is no mark in it."""
KEPT = "✓"


def pots(shown: Weighed) -> go.Figure:
    """The results pot that the promise needs, and a mark at what each limit that is not kept to allows of it."""
    needed = shown.needed
    figure = go.Figure(
        go.Bar(
            orientation="h",
            x=[needed],
            y=[""],
            width=[0.7],
            marker={"color": BLUE},
            hovertemplate=f"The promise needs {pounds(needed)} a person on results<extra></extra>",
        )
    )
    marks = sorted((shown.allowed[name], name) for name in shown.broken if name in shown.allowed)
    for row, (pot, name) in enumerate(reversed(marks)):
        upright(figure, pot, dash="solid", color=ORANGE, width=4)
        figure.add_annotation(
            x=pot,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=4 + 20 * row,
            text=f"{LIMITS[name]} allows {pounds(pot)}",
            showarrow=False,
            xanchor="left" if pot < 0.5 * needed else "right",
        )
    figure.update_yaxes(showticklabels=False, showgrid=False)
    figure.update_xaxes(title="£ a person on results", tickformat=WHOLE_POUNDS, range=[0, ROOM * needed], nticks=6)
    return layout(figure, 150 + 20 * len(marks)).update_layout(margin_t=12 + 20 * len(marks))


def grid(found: Answer, values: FloatArray, seen: BoolArray) -> FloatArray:
    """Values by group (groups,) as (tenths, numbers of needs); nan where a group is not ``seen``."""
    cells = np.full((TENTHS, len(NEED_LEVELS)), np.nan)
    cells[found.ground.tenth[seen] - 1, found.ground.needs[seen]] = values[seen]
    return cells


def mapped(
    found: Answer, values: FloatArray, seen: BoolArray, said: Measure, ends: tuple[float, float] | None = None
) -> MapTable:
    """A map of groups, which ``values`` (groups,) colour; the tint runs between ``ends``, else between the values."""
    return tabulate(grid(found, values, seen), DECILE_LEVELS, NEED_LEVELS, said, "Deprivation tenth of the area", ends)


def by_cell(found: Answer, texts: list[str]) -> list[list[str]]:
    """Words by group (groups,) as rows of tenths by numbers of needs."""
    written = np.full((TENTHS, len(NEED_LEVELS)), "", dtype=object)
    written[found.ground.tenth - 1, found.ground.needs] = texts
    return cast(list[list[str]], written.tolist())


def short(price: float) -> str:
    """A price that fits into a cell on a phone."""
    return f"£{price / 1000:,.0f}k" if price >= 1e4 else pounds(price)


def schedule(shown: Weighed) -> MapTable:
    """The price of each group, or for a mix of measures how much more than it requires; a mark where it sets it."""
    found = shown.found
    alone = found.sets_price & (found.family != "own")
    mark = np.where(alone, f"\n{SETS}", "")
    if not shown.single:
        over = np.maximum(np.where(np.isfinite(found.over), found.over, np.nan), 0.0)
        seen = found.protected & np.isfinite(found.over)
        texts = [f"{percent(value)}{sign}" for value, sign in zip(over, mark, strict=True)]
        drawn = mapped(found, over, seen, Measure("Paid beyond what is required", "percent"))
        return drawn.with_texts(by_cell(found, texts))
    price = found.chosen.found.prices[0]
    texts = [f"{short(value)}{sign}" for value, sign in zip(price, mark, strict=True)]
    drawn = mapped(found, price, found.protected & told_prices(found), Measure("Price per result", "pounds"))
    return drawn.with_texts(by_cell(found, texts))


def kept_to(found: Answer, groups: BoolArray) -> MapTable:
    """To which groups the promise is kept: a mark in each of them."""
    marks, words = (
        by_cell(found, [yes if kept else no for kept in groups]) for yes, no in ((KEPT, ""), ("kept", "left out"))
    )
    drawn = mapped(found, groups.astype(float), found.protected, Measure("Promise kept", "count"), (0.0, 1.0))
    return drawn.with_texts(marks, words)


def frontier(lost: Mapping[str, FloatArray], most_on_results: float) -> go.Figure:
    """Share of the people promised who are left out, along the share on results; the reader's limit is marked."""
    figure = go.Figure()
    for name, (label, colour, dash) in WAYS.items():
        add_line(
            figure,
            Line(label, SHARES, np.maximum(lost[name], 0.0), colour, dash),
            lambda share, left_out: f"{percent(share)} on results: {percent(left_out)}",
        )
    for trace, (label, _, _) in zip(figure.data, WAYS.values(), strict=True):
        trace.name = label
    upright(figure, most_on_results)
    figure.add_annotation(
        x=most_on_results,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=4,
        text=f"Your limit: {percent(most_on_results)}",
        showarrow=False,
        xanchor="left" if most_on_results < 0.5 else "right",
    )
    figure.update_xaxes(title="Share on results", tickformat=".0%", range=[0, 1.0])
    figure.update_yaxes(title="People left out", tickformat=".0%", range=[0, 1.05])
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.25, "yanchor": "top"})
    return layout(figure, 400).update_layout(margin_t=32)


def break_even(found: Answer, even: FloatArray, written: BoolArray) -> MapTable:
    """By group, the checking cost up to which writing hours down is cheaper; a mark where they are not ``written``."""
    seen = found.protected & np.isfinite(even)
    below = np.where(written, "", f"\n{SETS}")
    texts = [f"{percent(value)}{sign}" if there else "" for value, sign, there in zip(even, below, seen, strict=True)]
    drawn = mapped(found, even, seen, Measure("Hours cost as much at a checking cost of", "percent"))
    return drawn.with_texts(by_cell(found, texts))
