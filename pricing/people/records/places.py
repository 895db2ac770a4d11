"""Shapes and tables of places as a cohort's folder holds them. Shapes are simplified until a browser can take them."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pricing.errors import RecordsError
from pricing.people.area_map import COLUMN_OF, DOMAINS, SHAPES
from pricing.people.records.mapping.types import PlacesMap

MOST_SHAPES = 400_000
"""Bytes that the shapes of neighbourhoods may have: they are sent to a phone."""
ACROSS, DECIMALS = 16.0, 3
"""Units of the plane that the area is across, and their decimals: a browser draws units as degrees near the equator."""
FINEST, COARSER, MOST_STEPS = 1e-3, 2.0, 18
"""The first tolerance of a simplification in units, by how much the next is coarser, and how many are tried."""
METRES_PER_DEGREE = 111_300.0
GRID = 0.1
"""Metres."""
TABLES = ("neighbourhoods.csv", "domains.csv", "neighbours.csv")
"""Tables in the folder."""
NEEDS_SHAPELY = "Shapes need the library shapely: make engines installs it."


def files(given: PlacesMap, boroughs: Collection[str]) -> dict[str, str]:
    """The text of each file, by its place in the folder, for the ``boroughs`` in which there are people.

    Raises
    ------
    RecordsError : shapely is not there, or a shape cannot be used.
    """
    rows = [row for row in given.rows if row["borough"] in boroughs]
    if not rows:
        raise RecordsError("No borough of the table of deprivation has any people: do its names match the records'?")
    metres = on_a_plane([given.shapes[row["neighbourhood"]] for row in rows])
    unit = float(max(np.ptp(_corners(metres), axis=0))) / ACROSS
    names = [row["name"] for row in rows]
    drawn = simplified(metres, unit, names)
    basic = ["neighbourhood", "borough", *(key for key in COLUMN_OF.values() if key in rows[0])]
    detail = ["neighbourhood", "name", "score", *(key for key in DOMAINS if key in rows[0])]
    return {
        TABLES[0]: table(basic, [[row[key] for key in basic] for row in rows]),
        TABLES[1]: table(detail, [[row[key] for key in detail] for row in rows]),
        TABLES[2]: table(["one", "other", "metres"], neighbours(metres, names)),
        f"{SHAPES}/neighbourhoods.json": collection(names, drawn),
        f"{SHAPES}/boroughs.json": outlines(drawn, [row["borough"] for row in rows]),
    }


def on_a_plane(shapes: Sequence[Mapping[str, Any]]) -> Any:
    """GeoJSON geometries as shapes in metres from their south-western corner; those in degrees are laid flat."""
    try:
        import shapely  # noqa: PLC0415 - optional, and loaded only where shapes are brought
        from shapely.geometry import shape  # noqa: PLC0415
    except ImportError:
        raise RecordsError(NEEDS_SHAPELY) from None
    try:
        found = np.array([shape(one) for one in shapes], dtype=object)
        corners = _corners(found)
    except (ValueError, TypeError, IndexError, AttributeError, shapely.errors.ShapelyError):
        raise RecordsError("A shape of the places cannot be read.") from None
    low, high = corners.min(axis=0), corners.max(axis=0)
    if not (np.isfinite(corners).all() and (high > low).all()):
        raise RecordsError("The shapes of the places have no extent.")
    scale = np.ones(2)
    if (np.abs(corners) <= [180, 90]).all():
        scale = METRES_PER_DEGREE * np.array([np.cos(np.radians((low[1] + high[1]) / 2)), 1.0])
    flat = shapely.transform(found, lambda points: (points - low) * scale)
    # On a grid, so that a corner written twice with other digits is one corner.
    valid = shapely.make_valid(shapely.set_precision(flat, GRID), method="structure")
    if flawed := int((shapely.area(valid) <= 0).sum()):
        raise RecordsError(f"{flawed:,} of {len(valid):,} shapes of the places enclose no area.")
    return valid


def _corners(shapes: Any) -> Any:
    """Every corner of the shapes, (corners, 2)."""
    import shapely  # noqa: PLC0415

    return shapely.get_coordinates(shapes)


def simplified(metres: Any, unit: float, names: Sequence[str]) -> Any:
    """Shapes in units of the plane, as fine as MOST_SHAPES allows; neighbours keep their borders in common."""
    import shapely  # noqa: PLC0415

    # Rounded before they are simplified: a corner then moves alike for all who share it.
    rounded = shapely.set_precision(shapely.transform(metres, lambda points: points / unit), 10.0**-DECIMALS)
    tolerance = FINEST
    for _ in range(MOST_STEPS):
        drawn = shapely.orient_polygons(shapely.coverage_simplify(rounded, tolerance), exterior_cw=True)
        if len(collection(names, drawn)) <= MOST_SHAPES and not shapely.is_empty(drawn).any():
            return drawn
        tolerance *= COARSER
    raise RecordsError(f"The shapes cannot be simplified to under {MOST_SHAPES // 1000} kB: bring fewer places.")


def collection(names: Iterable[str], shapes: Iterable[Any]) -> str:
    """Shapes as GeoJSON, on one line; what lies beside an area, as a line or point, is left out."""
    from shapely import get_parts  # noqa: PLC0415

    features = []
    for name, shape in zip(names, shapes, strict=True):
        areas = [part for part in get_parts(shape) if part.geom_type == "Polygon"]
        rings = [
            [np.round(ring.coords, DECIMALS).tolist() for ring in (area.exterior, *area.interiors)] for area in areas
        ]
        one = len(rings) == 1
        geometry = {"type": "Polygon" if one else "MultiPolygon", "coordinates": rings[0] if one else rings}
        features.append({"type": "Feature", "id": name, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")) + "\n"


def outlines(drawn: Any, boroughs: Sequence[str]) -> str:
    """The boroughs, each the union of its neighbourhoods as they are drawn."""
    import shapely  # noqa: PLC0415

    levels = sorted(set(boroughs))
    codes = np.array([levels.index(name) for name in boroughs])
    whole = [shapely.union_all(drawn[codes == code]) for code in range(len(levels))]
    return collection(levels, shapely.orient_polygons(whole, exterior_cw=True))


def neighbours(metres: Any, names: Sequence[str]) -> list[tuple[str, str, int]]:
    """Pairs of places with a border in common, and the metres of it."""
    import shapely  # noqa: PLC0415

    one, other = shapely.STRtree(metres).query(metres, predicate="intersects")
    one, other = one[one < other], other[one < other]
    borders = shapely.length(shapely.intersection(shapely.boundary(metres[one]), shapely.boundary(metres[other])))
    pairs = zip(one.tolist(), other.tolist(), np.round(borders).astype(int).tolist(), strict=True)
    return sorted((*sorted((names[a], names[b])), length) for a, b, length in pairs if length > 0)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
