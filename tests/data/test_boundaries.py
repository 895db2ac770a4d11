"""The shapes that a browser gets: small, whole, rebuilt from each other, with no gap and no overlap."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.build_boundaries import neighbours, outline, rounded, sides, simplified
from data.build_tables import STATIC
from pages.topics.people.places.charts import middle, outlines
from pricing.questions.places import neighbourhoods

Rings = list[list[tuple[float, float]]]


def rings(name: str) -> dict[str, Rings]:
    """The rings of each shape, closing point left out."""
    features = json.loads((STATIC / "greater_manchester" / name).read_text(encoding="utf-8"))["features"]
    return {feature["id"]: [open_ring(ring) for ring in parts(feature["geometry"])] for feature in features}


def parts(geometry: dict[str, Any]) -> list[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def open_ring(ring: list[list[float]]) -> list[tuple[float, float]]:
    assert ring[0] == ring[-1]
    return [(x, y) for x, y in ring[:-1]]


@pytest.fixture(scope="module")
def streets() -> dict[str, Rings]:
    return rings("neighbourhoods.json")


def area(ring: list[tuple[float, float]]) -> float:
    """Square kilometres; the sign tells which way round the ring goes."""
    x, y = np.array([*ring, ring[0]]).T * 4
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def test_all_shapes_together_are_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.rglob("*.json")) < 400_000


def test_every_neighbourhood_has_a_shape(streets: dict[str, Rings]) -> None:
    assert set(streets) == set(neighbourhoods.load("greater_manchester").names)
    assert all(len(ring) >= 3 for own in streets.values() for ring in own)
    assert (
        tuple(rings("boroughs.json"))
        == neighbourhoods.load("greater_manchester").boroughs
        == outlines("greater_manchester").names
    )


def test_neighbours_share_their_sides_and_nothing_overlaps(streets: dict[str, Rings]) -> None:
    """A side is one neighbourhood's, or two's in opposite directions; the areas then add up to the whole's."""
    found = Counter(side for own in streets.values() for ring in own for side in sides(ring))
    assert set(found.values()) == {1}
    boroughs = rings("boroughs.json")
    for name, own in boroughs.items():
        inside = sum(area(r) for street, rs in streets.items() if street.rpartition(" ")[0] == name for r in rs)
        assert inside == pytest.approx(sum(area(ring) for ring in own), rel=1e-9)


def test_the_whole_has_the_published_area(streets: dict[str, Rings]) -> None:
    """Greater Manchester is 1,276 square kilometres; the published outlines are generalised."""
    assert abs(sum(area(ring) for own in streets.values() for ring in own)) == pytest.approx(1276, rel=0.01)


def test_no_ring_crosses_itself(streets: dict[str, Rings]) -> None:
    for own in streets.values():
        for ring in own:
            assert not crossings(np.array([*ring, ring[0]])), ring


def crossings(ring: np.ndarray) -> int:
    """How many pairs of sides that are not beside each other cross."""
    start, end = ring[:-1], ring[1:]

    def turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        one, other = b - a, c - a
        return np.sign(np.round(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0], 9))

    a, b, c, d = start[:, None], end[:, None], start[None], end[None]
    return int(np.sum((turn(a, b, c) * turn(a, b, d) < 0) & (turn(c, d, a) * turn(c, d, b) < 0)))


def test_neighbours_are_those_of_the_shapes(streets: dict[str, Rings]) -> None:
    """The table was made before the smallest bends went: the pairs agree, and borders are a spike shorter at most."""
    places = neighbourhoods.load("greater_manchester")
    found = {(row.one, row.other): row.metres for row in neighbours(streets).itertuples()}
    shipped = {
        tuple(sorted((places.names[one], places.names[other]))): metres
        for (one, other), metres in zip(places.pairs, places.border, strict=True)
    }
    assert set(found) == set(shipped)
    gone = np.array([shipped[pair] - found[pair] for pair in found])  # type: ignore[index]
    assert gone.min() >= -1
    assert np.mean(gone > 5) < 0.02


SQUARE = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]


def test_a_small_bend_goes_on_both_sides_and_a_corner_of_three_stays() -> None:
    left = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0001, 0.5), (1.0, 0.0)]
    right = [(1.0, 0.0), (1.0001, 0.5), (1.0, 1.0), (2.0, 1.0), (2.0, 0.0)]
    done = simplified({"a": [left], "b": [right]})
    assert [set(ring) for ring in done["a"]] == [set(SQUARE)]
    assert [set(ring) for ring in done["b"]] == [{(1.0, 0.0), (1.0, 1.0), (2.0, 1.0), (2.0, 0.0)}]
    assert set(outline([*done["a"], *done["b"]])[0]) == {*done["a"][0], *done["b"][0]}
    assert neighbours(done).to_numpy().tolist() == [["a", "b", 4000]]


def test_a_corner_is_rounded_the_same_for_all_who_share_it() -> None:
    one = rounded([(-2.5, 53.5), (-2.4, 53.5), (-2.4, 53.6), (-2.5, 53.5)])
    assert one == [(4.138, 5.008), (5.793, 5.008), (5.793, 7.791)]


def test_the_middle_of_a_square_is_its_middle() -> None:
    np.testing.assert_allclose(middle(np.array([*SQUARE, SQUARE[0]])), [0.5, 0.5])


def test_rebuilding_from_sources_is_documented() -> None:
    assert "data.build_boundaries $(SOURCES)" in Path("Makefile").read_text(encoding="utf-8")
