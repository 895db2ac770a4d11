"""What a cohort's file says about the map of its people: the table ``[map]`` of ``cohort.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pricing.errors import DataError


@dataclass(frozen=True)
class AreaMap:
    """The map of the area that a cohort lives in, in words.

    Attributes
    ----------
    area : its name. shapes : the folder of its outlines in ``static/``: boroughs.json and neighbourhoods.json.
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
