"""The places of a map: shapes (GeoJSON) and a table of deprivation, which stand beside it."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pricing.people.area_map import COLUMN_OF, DOMAINS
from pricing.people.records.mapping.toml_values import Table
from pricing.people.records.mapping.types import PlacesMap

TENTHS = {str(tenth) for tenth in range(1, 11)}
NEEDED = ("neighbourhood", "name", "borough", "decile", "score")
"""Columns of the table of deprivation that are asked for; `COLUMN_OF` and `DOMAINS` name those that may be there."""
MOST_PLACES, MOST_BYTES = 5_000, 100_000_000
KEY = "borough"
"""The factor that says where people live: the page shows boroughs, and the neighbourhoods in each."""


def read_places(given: Table, beside: Path | None) -> PlacesMap | None:
    """The table ``[places]``; None without one. Its mistakes are noted in ``given``."""
    if not given.raw:
        return None
    area, start = given.words("area"), given.words("start", "")
    shapes_file, code, table_file = (given.words(key) for key in ("shapes", "code", "table"))
    named = given.table("columns")
    columns = {ours: named.words(ours, ours) for ours in (*NEEDED, *COLUMN_OF.values(), *DOMAINS)}
    named.done()
    given.done()
    shapes = _shapes(given, _path(given, shapes_file, beside), code)
    rows = _rows(given, _path(given, table_file, beside), columns)
    if shapes and rows:
        without = sum(row["neighbourhood"] not in shapes for row in rows)
        if without:
            given.wrong(f"{without} neighbourhoods of {table_file} have no shape in {shapes_file}")
        if start and start not in {row["borough"] for row in rows}:
            given.wrong(f"start is {start}, which is no borough of {table_file}")
    return PlacesMap(area, start, tuple(sorted(rows, key=lambda row: row["neighbourhood"])), shapes)


def _path(given: Table, name: str, beside: Path | None) -> Path | None:
    """A file beside the map; a mistake where it may not be read."""
    if name and (beside is None or name != Path(name).name):
        given.wrong(f"{name} should be a file beside the map, which is read on the command line alone")
        return None
    return beside / name if beside is not None and name else None


def _shapes(given: Table, path: Path | None, code: str) -> dict[str, Mapping[str, Any]]:
    """Geometries by the property ``code``; empty where they cannot be read."""
    if path is None:
        return {}
    try:
        if path.stat().st_size > MOST_BYTES:
            given.wrong(f"{path.name} has over {MOST_BYTES // 1_000_000} MB")
            return {}
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        found = {str(one["properties"][code]).strip(): one["geometry"] for one in features}
        if any(shape["type"] not in ("Polygon", "MultiPolygon") for shape in found.values()):
            given.wrong(f"{path.name} has shapes that are neither Polygon nor MultiPolygon")
            return {}
    except (OSError, ValueError, RecursionError):
        given.wrong(f"{path.name} cannot be read as GeoJSON")
    except (KeyError, TypeError):
        given.wrong(f"{path.name} is not a collection of shapes that each have the property {code}")
    else:
        if found and len(found) == len(features):
            return found
        given.wrong(f"{path.name} has {f'a {code} more than once' if found else 'no shapes'}")
    return {}


def _rows(given: Table, path: Path | None, columns: Mapping[str, str]) -> list[dict[str, str]]:
    """The table's rows under our names; empty where it cannot be used."""
    if path is None:
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header = list(reader.fieldnames or ())
            there = {ours: theirs for ours, theirs in columns.items() if theirs in header}
            rows = [{ours: (row[theirs] or "").strip(" ") for ours, theirs in there.items()} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error):
        given.wrong(f"{path.name} cannot be read")
        return []
    lacking = [columns[ours] for ours in NEEDED if ours not in there]
    if lacking:
        given.wrong(f"{path.name} lacks the columns {', '.join(lacking)}: say columns = {{name = 'its name there'}}")
        return []
    twice = [theirs for theirs in there.values() if header.count(theirs) > 1]
    wrong = f"has the column {twice[0]} more than once" if twice else _wrong(rows)
    if wrong:
        given.wrong(f"{path.name} {wrong}")
    return [] if wrong else rows


def _wrong(rows: list[dict[str, str]]) -> str:
    """What is wrong with the table; empty where nothing is."""
    if not 2 <= len(rows) <= MOST_PLACES:
        return f"should have from 2 to {MOST_PLACES:,} neighbourhoods"
    for column in ("neighbourhood", "name"):
        if len({row[column] for row in rows}) != len(rows):
            return f"has a {column} more than once"
    if not all(row["borough"] and row["name"] for row in rows):
        return "has neighbourhoods without a name or a borough"
    tenths = [key for key in (*COLUMN_OF.values(), *DOMAINS) if key in rows[0]]
    if any(row[key] not in TENTHS for row in rows for key in tenths):
        return "has tenths of deprivation that are not whole numbers from 1 to 10"
    try:
        scores = [float(row["score"]) for row in rows]
    except ValueError:
        return "has scores that are no numbers"
    return "" if all(-1e9 < score < 1e9 for score in scores) else "has scores that are no numbers"
