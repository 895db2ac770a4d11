"""£ that come in and go out, step by step to what is left: a table with a bar in each row. No streamlit.

A table, and not a chart, for the reasons of ``map_table``: two charts were a third of what a page took to draw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from pages.kit.measures import BLUE, MIDDLE, ORANGE

ROW = (
    '<tr><th scope="row">{name}</th><td><data value="{amount:.2f}">{text}</data></td>'
    '<td aria-hidden="true"><i style="left:{left:.2f}%;width:{width:.2f}%;background:{colour}"></i></td></tr>'
)


@dataclass(frozen=True)
class WaterfallStep:
    """A row: its name, its £ as a number and in words, where its bar begins and ends (£), and the bar's colour."""

    name: str
    amount: float
    text: str
    ends: tuple[float, float]
    colour: str


@dataclass(frozen=True)
class StepsTable:
    """Steps in their order, the sum of the others last."""

    steps: tuple[WaterfallStep, ...]

    def html(self, title: str) -> str:
        """The table in HTML, with every text escaped; ``title`` is read out before it."""
        ends = [0.0, *(end for step in self.steps for end in step.ends)]
        low, high = min(ends), max(ends)
        across = (high - low) or 1.0

        def row(step: WaterfallStep) -> str:
            start, end = sorted(step.ends)
            return ROW.format(
                name=escape(step.name),
                amount=step.amount + 0.0,
                text=escape(step.text),
                left=100 * (start - low) / across,
                width=100 * (end - start) / across,
                colour=step.colour,
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
