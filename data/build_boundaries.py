"""Derive the shapes that a browser draws, and the tables of places, from the published files.

Run ``python -m data.build_boundaries SOURCES_DIR``. Neighbours share their corners exactly in the published file; here
a corner is rounded once for all who share it, and a bend that is dropped is dropped on both sides. So no two neighbours
part or overlap, which a test holds.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from shapely import MultiPolygon, Polygon, coverage_simplify, get_parts, orient_polygons
from shapely.geometry.base import BaseGeometry

from data.build_tables import COHORTS, STATIC

CORNER = np.array([-2.75, 53.32])
"""Longitude and latitude of the corner that the plane is measured from: south-west of everywhere."""
METRES = np.array([66_200.0, 111_300.0])
"""Length of a degree of longitude and of latitude at 53.5 degrees north, within half a percent over the whole map."""
UNIT = 4_000.0
"""Metres to a unit of the plane. A browser reads the units as degrees: near the equator, true to shape."""
DECIMALS = 3
"""Of a unit: 4 metres. The published shapes are coarser by far, but on a grid of 10 one of them crosses itself."""
SMALLEST_BEND = 6000.0
"""Square metres of the triangle at a bend (Visvalingam and Whyatt, 1993): smaller bends are drawn straight."""

Point = tuple[float, float]
Ring = list[Point]

DOMAINS = {
    "Income": "income",
    "Employment": "employment",
    "Education": "education",
    "Health": "health",
    "Crime": "crime",
    "Housing_and_Services": "housing",
    "Environment": "environment",
    "wider_barriers": "wider_barriers",
    "geographical_barriers": "geographical_barriers",
}
AREA = "Cheshire and Greater Manchester CRC"
"""The contract package area that Greater Manchester was a part of."""


def rings_of(geojson: Mapping[str, object]) -> dict[str, list[Ring]]:
    """The rings of each neighbourhood by name, rounded, without the closing point."""
    found = {}
    for feature in geojson["features"]:  # type: ignore[attr-defined]
        rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        found[feature["properties"]["area_name"]] = [rounded(ring) for ring in rings]
    return dict(sorted(found.items()))


def rounded(ring: Sequence[Sequence[float]]) -> Ring:
    """A ring of points on the plane, rounded, with none twice in a row."""
    plane = np.round((np.asarray(ring) - CORNER) * METRES / UNIT, DECIMALS)
    points = [(float(x), float(y)) for x, y in plane]
    return [point for point, following in zip(points, [*points[1:], points[0]], strict=True) if point != following]


def sides(ring: Ring) -> list[tuple[Point, Point]]:
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def simplified(places: Mapping[str, Sequence[Ring]]) -> dict[str, list[Ring]]:
    """Drop the smallest bends, on both sides of a border at once; corners where three meet stay."""
    shapes = [MultiPolygon([Polygon(ring) for ring in own]) for own in places.values()]
    # Rings turn as they are published: outlines are put together from sides that run in opposite directions.
    done = orient_polygons(coverage_simplify(shapes, np.sqrt(SMALLEST_BEND) / UNIT), exterior_cw=True)
    return {name: rings_of_shape(shape) for name, shape in zip(places, done, strict=True)}


def rings_of_shape(shape: BaseGeometry) -> list[Ring]:
    """The outer rings of a shape, without the closing point; no place has a hole."""
    return [[(float(x), float(y)) for x, y in part.exterior.coords[:-1]] for part in get_parts(shape)]


def outline(rings: Sequence[Ring]) -> list[Ring]:
    """The outer rings of places put together: sides that only one of them has, chained."""
    following: dict[Point, list[Point]] = defaultdict(list)
    have = {side for ring in rings for side in sides(ring)}
    for one, other in sorted(have):
        if (other, one) not in have:
            following[one].append(other)
    found = []
    while following:
        start = min(following)
        ring, at = [], start
        while at in following:
            ring.append(at)
            onward = following[at].pop()
            if not following[at]:
                del following[at]
            at = onward
        found.append(ring)
    return found


def feature(name: str, rings: Sequence[Ring]) -> dict[str, object]:
    closed = [[[*ring, ring[0]]] for ring in rings]
    shape: dict[str, object] = (
        {"type": "Polygon", "coordinates": closed[0]}
        if len(closed) == 1
        else {"type": "MultiPolygon", "coordinates": closed}
    )
    return {"type": "Feature", "id": name, "geometry": shape}


def write_shapes(path: Path, places: Mapping[str, Sequence[Ring]]) -> None:
    collection = {"type": "FeatureCollection", "features": [feature(name, rings) for name, rings in places.items()]}
    path.write_text(json.dumps(collection, separators=(",", ":")) + "\n", encoding="utf-8")


def neighbours(places: Mapping[str, Sequence[Ring]]) -> pd.DataFrame:
    """Pairs of places with a side in common, and the metres of it."""
    owner: dict[tuple[Point, Point], str] = {
        side: name for name, own in places.items() for ring in own for side in sides(ring)
    }
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for (one, other), name in owner.items():
        beyond = owner.get((other, one))
        if beyond is not None and name < beyond:
            shared[name, beyond] += float(np.hypot(*np.subtract(one, other))) * UNIT
    rows = [(*pair, round(metres)) for pair, metres in sorted(shared.items())]
    return pd.DataFrame(rows, columns=["one", "other", "metres"])


def domains(sources: Path) -> pd.DataFrame:
    """Each neighbourhood's name and deprivation: the tenth by domain, and the overall score."""
    imd = pd.read_csv(sources / "imd" / "imd2025_gm_lsoa21.csv").sort_values("lsoa21_code")
    table = imd[["lsoa21_code", "lsoa21_name", "IMD_score"]]
    table = table.set_axis(["neighbourhood", "name", "score"], axis=1)
    return table.assign(**{name: imd[f"{column}_decile"] for column, name in DOMAINS.items()})


def authorities(sources: Path) -> pd.DataFrame:
    """Published deprivation of the local authorities of the contract package area, and which part they are in."""
    imd = pd.read_csv(sources / "imd" / "imd2025_england_ltla24.csv").set_index("ltla24_name")
    force = pd.read_csv(sources / "boundaries" / "lookup_ltla24_csp24_pfa24.csv")
    area = pd.read_csv(sources / "tr" / "DERIVED_pfa20_to_crc21.csv").set_index("pfa20_name")["crc"]
    force = force[force["pfa24_name"].map(area) == AREA].drop_duplicates("ltla24_name")
    own = imd.loc[force["ltla24_name"]]
    columns = {
        "imd_average_score": "score",
        "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally": "share_in_most_deprived_tenth",
        "employment_average_score": "employment_score",
        "barriers_to_housing_and_services_average_score": "housing_score",
    }
    table = own[list(columns)].rename(columns=columns).reset_index(names="authority")
    return table.assign(part=force["pfa24_name"].to_numpy()).sort_values(["part", "authority"])


def main(sources: Path) -> None:
    """Write the shapes and the tables."""
    published = json.loads((sources / "boundaries" / "gm_lsoa_super_generalised_2021.geojson").read_text("utf-8"))
    places = rings_of(published)
    tables = {"neighbours": neighbours(places), "domains": domains(sources), "authorities": authorities(sources)}
    for name, table in tables.items():
        table.to_csv(COHORTS / "greater_manchester" / f"{name}.csv", index=False, lineterminator="\n")
    boroughs: dict[str, list[Ring]] = defaultdict(list)
    smaller = simplified(places)
    for name, rings in smaller.items():
        boroughs[name.rpartition(" ")[0]] += rings
    folder = STATIC / "greater_manchester"
    folder.mkdir(parents=True, exist_ok=True)
    write_shapes(folder / "neighbourhoods.json", smaller)
    write_shapes(folder / "boroughs.json", {name: outline(rings) for name, rings in boroughs.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
