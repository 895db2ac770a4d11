"""Shapes and a table of deprivation that a cohort brings: simplified without a gap, and every mistake in them named."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from pricing.__main__ import main
from pricing.errors import MapError, RecordsError
from pricing.people.area_map import COLUMN_OF
from pricing.people.records import places
from pricing.people.records.mapping.read import read_file
from pricing.people.records.mapping.types import PlacesMap
from tests.pricing.people.records import squares


def given(side: int, points: int, place: tuple[float, float], size: float) -> PlacesMap:
    rows = squares.table(side).rename(columns={"code": "neighbourhood", "district": "borough"}).astype(str)
    shapes = {
        one["properties"]["code"]: one["geometry"] for one in squares.geojson(side, points, place, size)["features"]
    }
    return PlacesMap("Squareland", "", tuple(rows.to_dict("records")), shapes)


@pytest.mark.parametrize(
    ("place", "size", "side", "points"), [((5.0, 60.0), 0.01, 10, 150), ((400_000.0, 300_000.0), 1113.0, 6, 20)]
)
def test_shapes_are_drawn_small_whole_and_true(place: tuple[float, float], size: float, side: int, points: int) -> None:
    found = places.files(given(side, points, place, size), squares.BOROUGHS)
    text = found["shapes/neighbourhoods.json"]
    raw = len(json.dumps(squares.geojson(side, points, place, size)))
    assert len(text) <= places.MOST_SHAPES
    assert raw > 1_000_000 or side < 10
    drawn = [shape(one["geometry"]) for one in json.loads(text)["features"]]
    whole = shapely.union_all(drawn)
    assert sum(one.area for one in drawn) == pytest.approx(whole.area)
    left, low, right, top = whole.bounds
    assert max(right - left, top - low) == pytest.approx(places.ACROSS, abs=0.01)
    # A degree east is half a degree north at 60 degrees; metres are as long both ways.
    narrow = np.cos(np.radians(60.08)) if place[0] < 180 else 1.0
    assert (right - left) / (top - low) == pytest.approx(narrow, rel=0.01)
    rows = found["neighbours.csv"].splitlines()[1:]
    assert len(rows) == 2 * side * (side - 1)
    lengths = sorted({int(row.split(",")[2]) for row in rows})
    assert all(0.45 * 1113 < length < 1.25 * 1113 for length in lengths), lengths
    outlines = json.loads(found["shapes/boroughs.json"])["features"]
    assert [one["id"] for one in outlines] == sorted(squares.BOROUGHS)
    assert sum(shape(one["geometry"]).area for one in outlines) == pytest.approx(whole.area)


def test_a_borough_without_people_is_left_out() -> None:
    found = places.files(given(6, 1, (0.0, 0.0), 0.1), {"North-west"})
    assert len(found["neighbourhoods.csv"].splitlines()) == 1 + 9
    assert len(json.loads(found["shapes/boroughs.json"])["features"]) == 1


def test_a_country_of_squares_becomes_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records, given_map = squares.write(tmp_path)
    arguments = [str(records), "--map", str(given_map), "--out", str(tmp_path / "squareland"), "--smallest", "10"]
    assert main(["cohort", "build", *arguments]) == 0, capsys.readouterr().err
    assert (tmp_path / "squareland" / "shapes" / "boroughs.json").exists()
    assert main(["cohort", "build", *arguments, "--force"]) == 0
    head = (tmp_path / "squareland" / "neighbourhoods.csv").read_text().splitlines()[0].split(",")
    assert head == ["neighbourhood", "borough", COLUMN_OF["overall"]]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("squares.geojson", '"Polygon"', '"Point"', "neither Polygon nor MultiPolygon"),
        ("squares.geojson", '"code"', '"kode"', "that each have the property code"),
        ("squares.geojson", "Q0000", "Q0001", "has a code more than once"),
        ("squares.geojson", "{", "", "cannot be read as GeoJSON"),
        ("squares.geojson", "Q0000", "Q9999", "1 neighbourhoods of squares.csv have no shape"),
        ("squares.geojson", '"features"', '"features": [], "was"', "has no shapes"),
        ("squares.csv", "income", "score", "has the column score more than once"),
        ("squares.csv", "score", "points", "lacks the columns score"),
        ("squares.csv", "Square 0 1", "Square 0 0", "has a name more than once"),
        ("squares.csv", "Square 0 0,South-west,10", "Square 0 0,South-west,11", "whole numbers from 1 to 10"),
        ("map.toml", 'key = "borough"', 'key = "district"', "places needs the factor borough"),
        ("map.toml", '"squares.geojson"', '"../squares.geojson"', "should be a file beside the map"),
    ],
)
def test_what_is_wrong_with_places_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    squares.write(tmp_path, 10)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MapError, match=message):
        read_file(tmp_path / "map.toml")


@pytest.mark.parametrize("rings", [[], [[[5, 60], [5, 60], [5, 60], [5, 60]]], [[[5, 60], [6, 61], [7, 62], [5, 60]]]])
def test_a_shape_without_an_area_is_refused(rings: list[list[list[float]]]) -> None:
    whole = given(2, 1, (5.0, 60.0), 0.1)
    shapes = dict(whole.shapes) | {"Q0000": {"type": "Polygon", "coordinates": rings}}
    with pytest.raises(RecordsError, match="1 of 4 shapes of the places enclose no area"):
        places.files(replace(whole, shapes=shapes), squares.BOROUGHS)
