"""Places -> pictures. No streamlit. A map names its shapes by address: the browser fetches them once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from pages.kit import measures
from pages.kit.measures import Measure
from pages.kit.tables.map_table import extent
from pricing.people.area_map import SHAPES
from pricing.people.arrays import FloatArray
from pricing.scenario.offered import folders
from pricing.words.tints import DIVERGING, shade

STATIC = Path(__file__).parents[4] / "static"
Scale = tuple[tuple[float, str], ...]
"""Place from 0 to 1 on a scale -> colour."""
NOT_SHOWN = "not shown: too few people"
TINT = 0.35
"""Place on a diverging scale, or from its other end, up to which colours go where no value is at its centre."""
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


def shapes_of(folder: str, name: str, served_at: str) -> str | dict[str, Any]:
    """What a map draws: the address of its shapes, or where they are not served the shapes themselves."""
    return f"{served_at}/{folder}/{name}.json" if is_served(folder) else read_shapes(folder, name)


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


def colours(values: FloatArray, measure: Measure) -> tuple[float, float, Scale]:
    """Ends of the scale and its colours: both halves where values lie on both sides of the centre, else one half.

    All on one side would otherwise look alike: the map is there to show where they differ. White is the centre's, and
    what is short of it has a tint.
    """
    low, high = apart(values, measure)
    if np.isnan(measure.centre):
        return low, high, measures.SEQUENTIAL
    bottom, white, top = (colour for _, colour in DIVERGING)
    below, above = high <= measure.centre, low >= measure.centre
    if not (below or above):
        return *reach(values, measure), DIVERGING
    at_centre = measure.write(high if below else low) == measure.write(measure.centre)
    nearest = white if at_centre else shade(TINT if below else 1 - TINT, DIVERGING)
    return low, high, ((0.0, bottom), (1.0, nearest)) if below else ((0.0, nearest), (1.0, top))


def area_map(shown: MapValues, measure: Measure, served_at: str) -> dict[str, Any]:
    """What the browser has to know to draw a measure by place, its boroughs outlined and named, the picked one marked.

    ``served_at`` is the address of the static files. Few values tell places apart: each is written and tinted once, and
    ``which`` of them a place has stands in the order of the shapes, -1 where it has none. Only these, the scale, the
    marks and the picked place change with a price. The box and the labels are on the plane of the shapes.
    """
    low, high, shades = colours(shown.values, measure)
    few, which = np.unique(shown.values[~np.isnan(shown.values)]), np.full(len(shown.values), -1)
    which[~np.isnan(shown.values)] = np.searchsorted(few, shown.values[~np.isnan(shown.values)])
    by_name = dict(zip(shown.names, which.tolist(), strict=True))
    places = [feature["id"] for feature in read_shapes(shown.folder, shown.shapes)["features"]]
    plane = outlines(shown.folder)
    (left, right), (bottom, top) = plane.width, plane.height
    return {
        "name": f"{shown.folder} {shown.shapes}",
        "fine": shown.shapes != "boroughs",
        "shapes": shapes_of(shown.folder, shown.shapes, served_at),
        "boroughs": shapes_of(shown.folder, "boroughs", served_at),
        "box": [round(float(number), 3) for number in (left, -top, right - left, top - bottom)],
        "label": measure.label,
        "none": NOT_SHOWN,
        "paints": [[measure.write(value), shade((value - low) / (high - low), shades)] for value in few.tolist()],
        "which": [by_name.get(name, -1) for name in places],
        "picked": shown.picked,
        "labels": labels(shown, measure),
        "ticks": [measure.write(value) for value in (low, (low + high) / 2, high)],
        "shades": f"linear-gradient(to right, {', '.join(colour for _, colour in shades)})",
    }


def labels(shown: MapValues, measure: Measure) -> list[list[float | str]]:
    """Where each borough's name stands, the name, and its number where the map is of boroughs."""
    written = dict(zip(shown.names, shown.values.tolist(), strict=True)) if shown.shapes == "boroughs" else {}
    plane = outlines(shown.folder)
    return [
        [round(float(x), 3), round(float(y), 3), name, *([measure.mark(written[name])] if name in written else [])]
        for name, x, y in zip(plane.names, plane.x, plane.y, strict=True)
    ]
