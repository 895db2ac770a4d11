"""What charts are given: measures, lines, bars and colours. Plain data, which words may use: no streamlit, no plotly.

Colours are the Government Analysis Function's palette.
"""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.words.groups import BELOW, WRITE
from pricing.words.numbers import short_of_a_pound

BLUE, TEAL, ORANGE, LILAC, GREY = "#2073BC", "#28A197", "#F46A25", "#A285D1", "#3D3D3D"
"""Of the palette, the four that stand at 3:1 or more on a white page and on a dark one; and the ink of a white page."""
MIDDLE = "#808A94"
"""For what is pointed at, and not measured: 3:1 on white and on dark."""
FAINT = "rgba(128,128,128,0.25)"
SEQUENTIAL = ((0.0, "#F4F4F4"), (1.0, "#6BACE6"))
"""Tints of the palette that all carry black numbers at 6:1 or more, in a light and in a dark theme."""

OF_SAVINGS = {"saved": "Saved", "cash": "Becomes cash", "put_in": "Put in", "kept": "Kept"}
"""What can be shown of an agency's savings, as links write it -> in words."""


@dataclass(frozen=True)
class Measure:
    """How a measure is named, written and coloured; ``centre`` and ``reach`` set a diverging scale."""

    label: str
    text: str
    centre: float = float("nan")
    reach: float = 0.0

    def write(self, value: float) -> str:
        """The value as a reader sees it."""
        if np.isnan(value):
            return ""
        return WRITE[self.text](value)

    def mark(self, value: float) -> str:
        """The value as it stands in a map, where a payback under £1 is marked on a line of its own."""
        return self.write(value) + (f"\n{BELOW}" if self.text == "pence" and short_of_a_pound(value) else "")


MEASURES = {
    "payback": Measure("Payback per extra £1", "pence", 1.0, 1.0),
    "margin_at_benchmark": Measure("Margin when done right", "pounds", 0.0, 3000.0),
    "withheld": Measure("Needed support not paid for", "percent"),
    "temptation": Measure("Temptation to cut support", "pounds"),
    "parked": Measure("Share for whom it pays to do the minimum", "percent"),
    "chosen_hours": Measure("Hours of support rewarded", "hours"),
    "benchmark_hours": Measure("Hours of support needed", "hours"),
}


@dataclass(frozen=True)
class Line:
    """One line of a chart: its label, its points, and its colour."""

    label: str
    x: FloatArray
    y: FloatArray
    colour: str
    dash: str = "solid"


@dataclass(frozen=True)
class Bar:
    """One bar of a tornado: what is moved, the words at its low and its high value, and the payback at each, £."""

    label: str
    low: str
    high: str
    at_low: float
    at_high: float
