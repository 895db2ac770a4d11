"""Places -> figure. No streamlit. A figure names its shapes by address: the browser fetches them once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages.kit import charts, measures
from pages.kit.map_table import extent
from pages.kit.markdown import signed
from pages.kit.measures import Measure
from pricing.people.area_map import SHAPES
from pricing.people.cohort import FloatArray
from pricing.scenario.offered import folders
from pricing.words.tints import DIVERGING

STATIC = Path(__file__).parents[4] / "static"
INK = "#1D2530"
CLEAR = "rgba(0,0,0,0)"
MARGIN = 0.15
"""Units of the plane around the shapes: 600 metres."""


@dataclass(frozen=True, eq=False)
class Outlines:
    """The boroughs as drawn: names, where to write them (x and y on the plane), and the ends of the whole."""

    names: tuple[str, ...]
    x: FloatArray
    y: FloatArray
    width: tuple[float, float]
    height: tuple[float, float]


@cache
def outlines(folder: str) -> Outlines:
    """Read from the shapes in a ``folder`` of the static files, which the browser gets."""
    features = read_shapes(folder, "boroughs")["features"]
    rings = [outer(feature["geometry"]) for feature in features]
    middles = np.array([middle(ring) for ring in rings])
    every = np.concatenate(rings)
    low, high = every.min(axis=0) - MARGIN, every.max(axis=0) + MARGIN
    names = tuple(feature["id"] for feature in features)
    return Outlines(names, middles[:, 0], middles[:, 1], (low[0], high[0]), (low[1], high[1]))


def is_served(folder: str) -> bool:
    """Whether shapes came with the explorer, so that the browser fetches them once; others stand in the figure."""
    return (STATIC / folder).is_dir()


@cache
def read_shapes(folder: str, name: str) -> dict[str, Any]:
    """Shapes as GeoJSON, from the static files or from the folder of a cohort from elsewhere."""
    place = STATIC / folder if is_served(folder) else folders()[folder] / SHAPES
    found: dict[str, Any] = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
    return found


def outer(geometry: Mapping[str, Any]) -> FloatArray:
    """The outer ring of a shape, (points, 2); of several parts, that with the most corners."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return np.array(max((part[0] for part in parts), key=len))


def shapes_of(folder: str, name: str, served_at: str, names: Sequence[str] | None = None) -> str | dict[str, Any]:
    """What a figure draws: the address of its shapes, or where they are not served the shapes (of ``names``)."""
    if is_served(folder):
        return f"{served_at}/{folder}/{name}.json"
    whole = read_shapes(folder, name)
    kept = [one for one in whole["features"] if names is None or one["id"] in names]
    return {"type": "FeatureCollection", "features": kept}


def middle(ring: FloatArray) -> FloatArray:
    """Centre of gravity of a closed ring, (points, 2)."""
    x, y = ring.T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    weights = cross / cross.sum() / 3
    return np.array([weights @ (x[:-1] + x[1:]), weights @ (y[:-1] + y[1:])])


@dataclass(frozen=True, eq=False)
class MapValues:
    """What a map shows: folder and file of its shapes, places by name, their values, and the place that is picked."""

    folder: str
    shapes: str
    names: Sequence[str]
    values: FloatArray
    picked: str


def reach(values: FloatArray, measure: Measure) -> tuple[float, float]:
    """Ends of a diverging scale, as far from its centre as the value furthest from it."""
    there = values[~np.isnan(values)]
    furthest = max(float(np.max(np.abs(there - measure.centre))) if len(there) else 0.0, 1e-9)
    return measure.centre - furthest, measure.centre + furthest


def apart(values: FloatArray, measure: Measure) -> tuple[float, float]:
    """The lowest and the highest value; where both are written alike, the one and the centre of the scale.

    Otherwise places would differ in colour that do not differ in any number on the page.
    """
    low, high = extent(values)
    if measure.write(low) != measure.write(high):
        return low, high
    if np.isnan(measure.centre) or measure.write(low) == measure.write(measure.centre):
        return extent(np.array([low]))
    return min(low, measure.centre), max(high, measure.centre)


def colours(values: FloatArray, measure: Measure) -> tuple[float, float, Sequence[tuple[float, str]]]:
    """Ends of the scale and its colours: both halves where values lie on both sides of the centre, else one half.

    All on one side would otherwise look alike: the map is there to show where they differ.
    """
    low, high = apart(values, measure)
    if np.isnan(measure.centre):
        return low, high, measures.SEQUENTIAL
    bottom, white, top = (colour for _, colour in DIVERGING)
    if high <= measure.centre:
        return low, high, ((0.0, bottom), (1.0, white))
    if low >= measure.centre:
        return low, high, ((0.0, white), (1.0, top))
    return *reach(values, measure), DIVERGING


def area_map(shown: MapValues, measure: Measure, served_at: str) -> go.Figure:
    """A measure by place, its boroughs outlined and named, the picked place marked.

    ``served_at`` is the address of the static files. Places without a value keep their outline.
    """
    low, high, shades = colours(shown.values, measure)
    by_borough = shown.shapes == "boroughs"
    drawn = outlines(shown.folder)
    figure = go.Figure()
    figure.add_choropleth(
        geojson=shapes_of(shown.folder, shown.shapes, served_at),
        locations=np.array(shown.names),
        z=shown.values,
        text=written(shown.values, measure),
        zmin=low,
        zmax=high,
        colorscale=shades,
        colorbar=colour_bar(low, high, measure),
        marker={"line": {"width": 1.0 if by_borough else 0.3, "color": measures.MIDDLE}, "opacity": 1},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertemplate="%{location}<br>" + measure.label + ": %{text}<extra></extra>",
    )
    if not by_borough:
        add_outline(figure, shapes_of(shown.folder, "boroughs", served_at), drawn.names, 1.2, measures.GREY)
    if shown.picked in shown.names:
        picked = [shown.picked]
        add_outline(figure, shapes_of(shown.folder, shown.shapes, served_at, picked), picked, 4.0, INK)
    add_names(figure, shown, measure)
    plane = {
        "visible": False,
        "projection": {"type": "equirectangular"},
        "lonaxis": {"range": drawn.width},
        "lataxis": {"range": drawn.height},
        "bgcolor": CLEAR,
    }
    charts.layout(figure, 480)
    return figure.update_layout(geo=plane, margin={"l": 0, "r": 0, "t": 0, "b": 0}, clickmode="event+select")


def written(values: FloatArray, measure: Measure) -> NDArray[np.str_]:
    """Each value in words; places share few values, and each of those is written once."""
    few, place = np.unique(values, return_inverse=True)
    return np.array([measure.write(float(value)) for value in few])[place]


def colour_bar(low: float, high: float, measure: Measure) -> dict[str, object]:
    """The colours in words, under the map."""
    ticks = [low, (low + high) / 2, high]
    return {
        "orientation": "h",
        "thickness": 10,
        "len": 0.7,
        "y": 0,
        "yanchor": "top",
        "tickvals": ticks,
        "ticktext": [measure.write(value) for value in ticks],
        "outlinewidth": 0,
    }


def add_outline(
    figure: go.Figure, shapes: str | dict[str, Any], names: Sequence[str], width: float, colour: str
) -> None:
    """The outline of some places, over everything and in nobody's way."""
    figure.add_choropleth(
        geojson=shapes,
        locations=np.array(names),
        z=np.zeros(len(names)),
        colorscale=((0.0, CLEAR), (1.0, CLEAR)),
        showscale=False,
        marker={"line": {"width": width, "color": colour}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
    )


def add_names(figure: go.Figure, shown: MapValues, measure: Measure) -> None:
    """The name of each borough, with its number where the map is of boroughs."""
    written = dict(zip(shown.names, shown.values, strict=True)) if shown.shapes == "boroughs" else {}
    lines = [
        f"<b>{name}</b>" + (f"<br>{measure.mark(written[name])}" if name in written else "")
        for name in outlines(shown.folder).names
    ]
    figure.add_scattergeo(
        lon=outlines(shown.folder).x,
        lat=outlines(shown.folder).y,
        text=lines,
        mode="text",
        textfont={"size": 12, "color": "#000000"},
        hoverinfo="skip",
    )


def moved_bars(names: Sequence[str], moved: FloatArray, chance: FloatArray) -> go.Figure:
    """£ per person that a wide price moves into each part, with the give or take of chance as a thin line."""
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=[f"{name}<br><b>{signed(amount)}</b>" for name, amount in zip(names, moved, strict=True)],
            x=moved,
            marker={"color": np.where(moved < 0, measures.ORANGE, measures.BLUE)},
            error_x={"array": chance, "color": measures.MIDDLE, "thickness": 1.5, "width": 4},
            hovertemplate="%{y}<extra></extra>",
        )
    )
    charts.upright(figure, 0, dash="solid")
    figure.update_xaxes(title="£ per person per year", tickformat=",.0f")
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 13})
    return charts.layout(figure, 90 + 40 * len(names))
