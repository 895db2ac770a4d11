"""£ step by step to what is left, or side by side: a table with a bar in each row. No streamlit.

A table, and not a chart, for the reasons of ``map_table``: two charts were a third of what a page took to draw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from pages.kit.measures import BLUE, MIDDLE, ORANGE

ROW = (
    '<tr><th scope="row">{name}</th><td><data value="{amount:.2f}">{text}</data></td>'
    '<td aria-hidden="true"><i style="left:{left:.2f}%;width:{width:.2f}%;background:{colour}"></i>{luck}</td></tr>'
)
LUCK = '<s style="left:{left:.2f}%;width:{width:.2f}%"></s>'


@dataclass(frozen=True)
class WaterfallStep:
    """A row: its name, its £ as a number and in words, where its bar begins and ends (£), and the bar's colour.

    ``luck`` is how far chance alone may move the bar's end, £ each way: a thin line over it.
    """

    name: str
    amount: float
    text: str
    ends: tuple[float, float]
    colour: str
    luck: float = 0.0

    @property
    def chance(self) -> tuple[float, float]:
        """Between which amounts the bar's end lies by chance alone, £."""
        return self.ends[1] - self.luck, self.ends[1] + self.luck


@dataclass(frozen=True)
class StepsTable:
    """Rows in their order: steps with their sum last, or amounts that all begin at nothing."""

    steps: tuple[WaterfallStep, ...]

    def html(self, title: str) -> str:
        """The table in HTML, with every text escaped; ``title`` is read out before it."""
        ends = [0.0, *(end for step in self.steps for end in (*step.ends, *step.chance))]
        low, high = min(ends), max(ends)
        across = (high - low) or 1.0

        def place(ends: tuple[float, float]) -> dict[str, float]:
            start, end = sorted(ends)
            return {"left": 100 * (start - low) / across, "width": 100 * (end - start) / across}

        def row(step: WaterfallStep) -> str:
            return ROW.format(
                name=escape(step.name),
                amount=step.amount + 0.0,
                text=escape(step.text),
                colour=step.colour,
                luck=LUCK.format(**place(step.chance)) if step.luck else "",
                **place(step.ends),
            )

        return (
            f'<table class="steps-table" style="--zero:{-100 * low / across + 0.0:.2f}%">'
            f'<caption class="unseen">{escape(title)}</caption><tbody>{"".join(map(row, self.steps))}</tbody></table>'
        )


def waterfall(steps: Sequence[tuple[str, float]], total: str, write: Callable[[float], str]) -> StepsTable:
    """Named amounts and their sum, called ``total``; each bar begins where the one before ends, the last at nothing."""
    at, rows = 0.0, list[WaterfallStep]()
    for name, amount in steps:
        rows.append(WaterfallStep(name, amount, write(amount), (at, at + amount), BLUE if amount >= 0 else ORANGE))
        at += amount
    return StepsTable((*rows, WaterfallStep(total, at, write(at), (0.0, at), MIDDLE)))


def bars(
    names: Sequence[str], amounts: Sequence[float], luck: Sequence[float], write: Callable[[float], str]
) -> StepsTable:
    """Named amounts side by side, each a bar from nothing, with the give or take of chance (£ each way)."""
    each = zip(names, amounts, luck, strict=True)
    return StepsTable(
        tuple(
            WaterfallStep(name, at, write(at), (0.0, at), BLUE if at >= 0 else ORANGE, chance)
            for name, at, chance in each
        )
    )
