"""An invented country of squares: shapes, a table of deprivation, and people who live in them."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from tests.pricing.people.records.maps import FACTORS, HEAD, people

SIDE = 6
BOROUGHS = ("North-west", "North-east", "South-west", "South-east")
PLACES = """
[places]
area = "Squareland"
shapes = "squares.geojson"
code = "code"
table = "squares.csv"
columns = {neighbourhood = "code", borough = "district"}
"""
MAP = (
    HEAD
    + PLACES
    + FACTORS.replace("lsoa", "square")
    .replace("streets.csv", "squares.csv")
    .replace("street", "code")
    .replace("tenth", "decile")
    + """
[[factors]]
key = "borough"
kind = "place"
lookup = {column = "square", table = "squares.csv", key = "code", value = "district"}
"""
)


def codes(side: int = SIDE) -> list[tuple[int, int]]:
    """Column and row of each square."""
    return [(x, y) for x in range(side) for y in range(side)]


def ring(corner: tuple[int, int], points: int, place: np.ndarray, size: float) -> list[list[float]]:
    """A square with so many points on a side, closed; ``place`` is the corner of the country."""
    along, bend = np.arange(points) / points, 0.05 * (points > 1)
    flat = np.zeros(points)
    sides = [(along, flat), (flat + 1, along), (1 - along, flat + 1), (flat, 1 - along)]
    corners = np.concatenate([np.stack(side, axis=1) for side in sides])
    flat_land = corners + np.array(corner)
    # A coast that bends is the same for both who share it, since it follows from where it is.
    found = place + size * (flat_land + bend * np.sin(9 * flat_land[:, ::-1]))
    return np.round([*found, found[0]], 9).tolist()


def geojson(side: int = SIDE, points: int = 1, place: tuple[float, float] = (5.0, 60.0), size: float = 0.1) -> dict:  # type: ignore[type-arg]
    """The shapes; in degrees unless a corner beyond them is given."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"Q{x:02d}{y:02d}"},
            "geometry": {"type": "Polygon", "coordinates": [ring((x, y), points, np.array(place), size)]},
        }
        for x, y in codes(side)
    ]
    return {"type": "FeatureCollection", "features": features}


def table(side: int = SIDE) -> pd.DataFrame:
    """Deprivation: worse to the east."""
    each = codes(side)
    return pd.DataFrame(
        {
            "code": [f"Q{x:02d}{y:02d}" for x, y in each],
            "name": [f"Square {x} {y}" for x, y in each],
            "district": [BOROUGHS[2 * (2 * y < side) + (2 * x >= side)] for x, y in each],
            "decile": [10 - 9 * x // (side - 1) for x, _ in each],
            "score": [float(x) for x, _ in each],
            "income": [1 + (x + y) % 10 for x, y in each],
        }
    )


def write(folder: Path, number: int = 3_000) -> tuple[Path, Path]:
    """Everything that a build needs, in a folder; the records and the map."""
    (folder / "squares.geojson").write_text(json.dumps(geojson()), encoding="utf-8")
    table().to_csv(folder / "squares.csv", index=False)
    found = people(number, 9).drop(columns="lsoa")
    found["square"] = np.random.default_rng(4).choice(table()["code"], number)
    found.to_csv(folder / "people.csv", index=False)
    (folder / "map.toml").write_text(MAP.replace("Made-up people", "People of Squareland"), encoding="utf-8")
    return folder / "people.csv", folder / "map.toml"
