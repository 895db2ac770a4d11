"""Result -> figure. No streamlit: a chart is a function of numbers, tested without a browser.

Colours are the Government Analysis Function's palette; no meaning rests on colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.shared import wording
from pricing.cohort import FloatArray

NAVY, TEAL, PLUM, ORANGE, GREY, LILAC = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"
FAINT = "rgba(128,128,128,0.25)"
DIVERGING = ((0.0, PLUM), (0.25, "#D9A9C3"), (0.5, "#F2F2F2"), (0.75, "#A9C3DA"), (1.0, NAVY))
SEQUENTIAL = ((0.0, "#F2F2F2"), (0.5, "#6BACE6"), (1.0, NAVY))
BELOW = "▼"
"""Stands with a payback under £1, so that the meaning does not rest on colour."""


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
        style = {"pence": wording.pence, "pounds": wording.pounds, "percent": wording.percent, "hours": wording.hours}
        return style[self.text](value)

    def mark(self, value: float) -> str:
        """The value as it stands in a chart: a payback under £1 is marked."""
        return self.write(value) + (f"<br>{BELOW}" if self.text == "pence" and value < 1 else "")


MEASURES = {
    "payback": Measure("Payback per extra £1", "pence", 1.0, 1.0),
    "margin_at_benchmark": Measure("Margin when done right", "pounds", 0.0, 3000.0),
    "withheld": Measure("Support withheld", "percent"),
    "temptation": Measure("Temptation to cut support", "pounds"),
    "parked": Measure("Share for whom it pays to do the minimum", "percent"),
    "chosen_hours": Measure("Hours of support rewarded", "hours"),
    "benchmark_hours": Measure("Hours of support needed", "hours"),
}


def layout(figure: go.Figure, height: int) -> go.Figure:
    """The look that all charts share: quiet axes and no legend. The title is text on the page, where it can wrap."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 12, "b": 8},
        font={"family": "Arial, Helvetica, Liberation Sans, sans-serif", "size": 14, "color": GREY},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        hoverlabel={"font": {"size": 14}},
        dragmode=False,
    )
    figure.update_xaxes(automargin=True, gridcolor=FAINT, zeroline=False)
    figure.update_yaxes(automargin=True, gridcolor=FAINT, zeroline=False)
    return figure


def heat_map(grid: FloatArray, rows: Sequence[str], columns: Sequence[str], measure: Measure) -> go.Figure:
    """A measure over two dimensions, (rows, columns), with its number in every cell; nan stays empty."""
    shown = np.ma.masked_invalid(grid)
    diverging = not np.isnan(measure.centre)
    low = measure.centre - measure.reach if diverging else 0.0
    high = measure.centre + measure.reach if diverging else float(shown.max()) if shown.count() else 1.0
    figure = go.Figure(
        go.Heatmap(
            z=grid,
            x=list(columns),
            y=list(rows),
            text=[[measure.mark(value) for value in row] for row in grid],
            customdata=[[measure.write(value) for value in row] for row in grid],
            texttemplate="%{text}",
            textfont={"size": 12},
            zmin=low,
            zmax=high if high > low else low + 1.0,
            colorscale=DIVERGING if diverging else SEQUENTIAL,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverongaps=False,
            hovertemplate="%{y}, %{x}<br>" + measure.label + ": %{customdata}<extra></extra>",
        )
    )
    figure.update_yaxes(type="category", showgrid=False, autorange="reversed")
    figure.update_xaxes(type="category", showgrid=False, side="bottom")
    return layout(figure, 80 + 44 * max(len(rows), 3))


def waterfall(steps: Sequence[tuple[str, float]]) -> go.Figure:
    """What one person brings in and costs, £, step by step to the margin that is left."""
    labels = [label for label, _ in steps]
    amounts = [amount for _, amount in steps]
    left = float(np.sum(amounts))
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["relative"] * len(steps) + ["total"],
            y=[*labels, "Margin left"],
            x=[*amounts, left],
            text=[wording.pounds(amount) for amount in (*amounts, left)],
            textposition="outside",
            cliponaxis=False,
            increasing={"marker": {"color": NAVY}},
            decreasing={"marker": {"color": ORANGE}},
            totals={"marker": {"color": GREY}},
            connector={"line": {"color": FAINT}},
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    running = np.cumsum([0.0, *amounts])
    span = float(running.max() - running.min()) or 1.0
    figure.update_xaxes(
        tickprefix="£", tickformat=",.0f", range=[running.min() - span * 0.2, running.max() + span * 0.2]
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return layout(figure, 96 + 40 * (len(steps) + 1))


def stacked_spend(rows: Sequence[str], parts: Sequence[tuple[str, Sequence[float]]]) -> go.Figure:
    """What the commissioner is expected to spend, £, in parts; each part is named on its bar."""
    figure = go.Figure()
    for (label, amounts), colour in zip(parts, (NAVY, LILAC, TEAL), strict=False):
        figure.add_bar(
            orientation="h",
            y=list(rows),
            x=list(amounts),
            name=label,
            marker_color=colour,
            text=[f"{label}<br>{wording.millions(a)}" if abs(a) > 0 else "" for a in amounts],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": "#FFFFFF" if colour != LILAC else "#000000"},
            hovertemplate="%{y}<br>" + label + ": £%{x:,.0f}<extra></extra>",
        )
    figure.update_layout(barmode="relative")
    figure.update_xaxes(tickprefix="£", tickformat=".2s")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return layout(figure, 100 + 70 * len(rows))


@dataclass(frozen=True)
class Line:
    """One line of a chart: its label, its points, and its colour."""

    label: str
    x: FloatArray
    y: FloatArray
    colour: str
    dash: str = "solid"


def hours_curve(lines: Sequence[Line], marks: Sequence[tuple[str, float]]) -> go.Figure:
    """£ per person against hours of support, each line named at its end; ``marks`` are hours worth pointing at."""
    figure = go.Figure()
    for line in lines:
        add_line(figure, line, "%{x:.0f} hours: £%{y:,.0f}")
    for row, (label, hours) in enumerate(marks):
        figure.add_vline(x=hours, line={"dash": "dot", "color": "#808A94"})
        figure.add_annotation(
            x=hours,
            y=1.0 - 0.085 * row,
            yref="paper",
            text=f"{label}: {wording.hours(hours)} h",
            showarrow=False,
            xanchor="left",
            xshift=4,
        )
    figure.update_xaxes(title="Hours of support per person", rangemode="tozero")
    figure.update_yaxes(tickprefix="£", tickformat=",.0f")
    return layout(figure, 420)


def add_line(figure: go.Figure, line: Line, hover: str) -> None:
    """Draw a line, and its label at its last point that is there."""
    figure.add_scatter(
        x=line.x,
        y=line.y,
        mode="lines+markers" if len(line.x) < 15 else "lines",
        line={"color": line.colour, "width": 3, "dash": line.dash},
        hovertemplate=f"{line.label}<br>{hover}<extra></extra>",
    )
    there = np.flatnonzero(~np.isnan(line.y))
    if len(there):
        last = there[-1]
        figure.add_annotation(
            x=line.x[last],
            y=line.y[last],
            text=line.label,
            showarrow=False,
            xanchor="right",
            yanchor="bottom",
            yshift=4,
        )


def metric_panels(panels: Sequence[Line], levels: Sequence[str]) -> go.Figure:
    """Payback per £1 by group under each metric, one small panel per metric on one scale, £1 drawn in each."""
    from plotly.subplots import make_subplots  # noqa: PLC0415 - draws in a second module only where panels are needed

    columns = 2
    figure = make_subplots(
        rows=-(-len(panels) // columns),
        cols=columns,
        shared_yaxes=True,
        subplot_titles=[p.label for p in panels],
        vertical_spacing=0.2,
        horizontal_spacing=0.06,
    )
    for place, panel in enumerate(panels):
        row, column = place // columns + 1, place % columns + 1
        figure.add_bar(
            x=list(levels),
            y=panel.y,
            marker_color=[NAVY if value >= 1 else PLUM for value in np.nan_to_num(panel.y)],
            text=[MEASURES["payback"].write(value) for value in panel.y],
            textposition="outside",
            cliponaxis=False,
            hovertemplate=f"{panel.label}<br>%{{x}}: %{{text}}<extra></extra>",
            row=row,
            col=column,
        )
        figure.add_hline(y=1.0, line={"dash": "dot", "color": "#808A94"}, row=row, col=column)
    top = max([1.0, *(float(np.nanmax(p.y)) for p in panels if not np.all(np.isnan(p.y)))])
    figure.update_yaxes(tickprefix="£", range=[0, top * 1.25])
    return layout(figure, 300 * -(-len(panels) // columns))
