"""What a cohort's file says about the map of its people: the table ``[map]`` of ``cohort.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pricing.errors import DataError

SHAPES = "shapes"
"""Folder of a cohort's outlines in its own folder, where they did not come with the explorer."""
COLUMN_OF = {"overall": "decile", "employment": "decile_employment", "housing": "decile_housing"}
"""Column of the tenth that each ``area_index`` follows."""
DOMAINS: Mapping[str, str] = {
    "income": "Income",
    "employment": "Employment",
    "education": "Education and skills",
    "health": "Health and disability",
    "crime": "Crime",
    "housing": "Housing and services",
    "wider_barriers": "Homelessness, cost, crowding",
    "geographical_barriers": "Distance to services",
    "environment": "Living environment",
}
"""The domains of the English Indices of Deprivation 2025, with the two halves of housing and services."""


@dataclass(frozen=True)
class AreaMap:
    """The map of the area that a cohort lives in, in words.

    Attributes
    ----------
    area : its name. shapes : the folder of its outlines, boroughs.json and neighbourhoods.json: in ``static/``, or
        for a cohort from elsewhere by the cohort's own name.
    start : the borough that is shown first; empty: the first.
    package : a sentence on the wider area that one contract was let for, and ``beside`` the name of its other part, of
        which authorities.csv has what is known; both empty where there was none.
    """

    area: str
    shapes: str
    start: str = ""
    package: str = ""
    beside: str = ""


def read_map(name: str, raw: Mapping[str, Any]) -> AreaMap | None:
    """The map of the cohort ``name``, from its whole declaration; None without one.

    Raises DataError for an unknown key, for what is no words, and where only one of ``package`` and ``beside`` is said.
    """
    if "map" not in raw:
        return None
    declared = raw["map"]
    known = {field.name for field in fields(AreaMap)}
    if not isinstance(declared, Mapping) or "area" not in declared:
        raise DataError(f"{name}/cohort.toml should declare map.area as words.")
    for key, value in declared.items():
        if key not in known:
            raise DataError(f"{name}/cohort.toml declares map.{key}; a map has {', '.join(sorted(known))}.")
        if not isinstance(value, str) or not value.strip():
            raise DataError(f"{name}/cohort.toml should declare map.{key} as words.")
    found = AreaMap(**{"shapes": name, **declared})
    if bool(found.package) != bool(found.beside):
        raise DataError(f"{name}/cohort.toml should declare both map.package and map.beside, or neither.")
    return found
