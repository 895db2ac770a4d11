"""A map of groups as a table: a measure over two dimensions, its number and its tint in every cell. No streamlit.

A table, and not a chart: it is read by a screen reader as it stands, grows with the reader's type, prints as text, and
is painted anew in half a millisecond.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from pages.kit.measures import SEQUENTIAL, Measure
from pricing.people.arrays import FloatArray
from pricing.words.tints import shade, tint

CELL = '<td style="background:{}">{}</td>'
EMPTY = "<td></td>"
UNSEEN = '<span class="unseen">{}</span>'


@dataclass(frozen=True)
class Cell:
    """One group in a map: what is written in it, its tint as #RRGGBB (empty: nothing is shown), and words unseen."""

    text: str
    tint: str
    unseen: str = ""


@dataclass(frozen=True)
class MapTable:
    """A map: names of its two sides (which may be empty), names of rows and columns, and the cells by row."""

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def html(self, title: str) -> str:
        """The table in HTML, with every text escaped; ``title`` is read out before it.

        How many columns there are, and the letters of the longest line in a cell and of the longest word over one, let
        the style sheet choose type that fits: no number goes over two lines on a phone.
        """
        corner = '<{0} class="corner" rowspan="{1}">{2}</{0}>'.format(
            "th" if self.down else "td", 2 if self.across else 1, escape(self.down)
        )
        named = f'<th scope="colgroup" colspan="{len(self.columns)}">{escape(self.across)}</th></tr><tr>'
        columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>{"".join(map(_cell, row))}</tr>'
            for name, row in zip(self.rows, self.cells, strict=True)
        )
        head = f"<tr>{corner}{named if self.across else ''}{columns}</tr>"
        lines = [line for row in self.cells for cell in row for line in cell.text.split("\n")]
        words = [word for name in self.columns for word in name.split()]
        longest, heading = (max([1, *map(len, texts)]) for texts in (lines, words))
        room = f"--columns:{len(self.columns)};--longest:{longest};--heading:{heading}"
        return (
            f'<table class="group-map" style="{room}"><caption class="unseen">{escape(title)}</caption>'
            f"<thead>{head}</thead><tbody>{body}</tbody></table>"
        )

    def with_texts(self, texts: Sequence[Sequence[str]], unseen: Sequence[Sequence[str]] | None = None) -> "MapTable":
        """The same map with other words in its cells, (rows, columns); what is empty stays so."""
        cells = tuple(
            tuple(
                replace(cell, text=texts[row][column], unseen=unseen[row][column] if unseen else "")
                if cell.tint
                else cell
                for column, cell in enumerate(of_row)
            )
            for row, of_row in enumerate(self.cells)
        )
        return replace(self, cells=cells)

    def painted(self) -> list[list[str]]:
        """Text and tint of each cell that can be seen, row by row: what changes while a slider is moved."""
        return [[cell.text, cell.tint] for row in self.cells for cell in row]


def _cell(cell: Cell) -> str:
    said = UNSEEN.format(escape(cell.unseen)) if cell.unseen else ""
    return CELL.format(cell.tint, escape(cell.text) + said) if cell.tint else EMPTY


def tabulate(
    grid: FloatArray,
    rows: Sequence[str],
    columns: Sequence[str],
    measure: Measure,
    down: str = "",
    ends: tuple[float, float] | None = None,
) -> MapTable:
    """A measure over two dimensions, (rows, columns); nan stays empty.

    ``down`` names what the rows are; ``ends`` are those of a sequential scale, by default of the values that are there.
    """
    names, across = counted(columns)
    low, high = ends or extent(grid)

    def cell(value: float) -> Cell:
        if np.isnan(value):
            return Cell("", "")
        if np.isnan(measure.centre):
            return Cell(measure.mark(value), shade((value - low) / (high - low), SEQUENTIAL))
        return Cell(measure.mark(value), tint(value, measure.centre, measure.reach))

    cells = tuple(tuple(map(cell, map(float, row))) for row in grid)
    return MapTable(down, across, tuple(rows), names, cells)


def extent(grid: FloatArray) -> tuple[float, float]:
    """Ends of a sequential scale: the values there are, with room above where they are all the same."""
    there = grid[~np.isnan(grid)]
    if not len(there):
        return 0.0, 1.0
    low, high = float(there.min()), float(there.max())
    return low, high if high > low else low + max(abs(low), 1.0)


def counted(labels: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Names of the columns and of what they are: "2 needs" is 2 of "Number of needs"; six fit on a phone so."""
    if all(label.endswith((" need", " needs")) for label in labels):
        return tuple(label.split()[0].replace("No", "0") for label in labels), "Number of needs"
    return tuple(labels), ""
