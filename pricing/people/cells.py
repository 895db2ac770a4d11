"""People reduced to cells: the declared factors of a cohort file, and the counts in each cell.

A cell is one distinct combination of levels, with the number of people who share it and the sums of their outcomes.
The curves fitted on cells are those that would be fitted on one row per person.
"""

import csv
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pricing.errors import DataError
from pricing.people.area_map import AreaMap, read_map
from pricing.people.arrays import BoolArray, FloatArray, IntArray

SMALLEST_COUNT = 10
"""Counts below this are not shown, to prevent identification."""
SMALLEST_GROUP = 30
"""Rates and means over fewer people than this are not shown, as too uncertain."""

KINDS = ("category", "count", "need", "decile", "place")
NO_MAP = "No boundaries of their areas are here."
"""Said of people without a map whose declaration does not say why."""
OUTCOMES = ("people", "reoffended", "reoffences", "reoffences_squared", "harm")


@dataclass(frozen=True)
class Factor:
    """One column that describes people.

    Attributes
    ----------
    key, label : the column's name, and the words a reader sees.
    kind : ``category`` (one term per level), ``count`` (a spline), ``need`` (0 or 1), ``decile`` (a line in
        deprivation), or ``place`` (kept beside the others, no term in the risk curves).
    levels, labels : the values as written in the file, in reading order, and their words.
    bands : of a ``count``: first value of each band that groups its levels.
    """

    key: str
    label: str
    kind: str
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    bands: tuple[int, ...] = ()


@dataclass(frozen=True)
class Declaration:
    """What ``cohort.toml`` says about a cohort: its words, its caution and its factors.

    ``limits`` are sentences on what it may not be used for.
    ``country`` is where the people are; ``area_map`` is the map of them, and ``no_map`` says why there is none;
    ``race`` names the table of race in the folder, if there is one. ``area_odds_ratios`` holds, by case, the assumed
    odds ratio per standard deviation of deprivation (empty for real people); ``implied_alpha`` and ``equal_severity``
    stand in for counts and harm that were not recorded.
    """

    name: str
    label: str
    outcome: str
    follow_up: str
    synthetic: bool
    caution: str
    notes: tuple[str, ...]
    limits: tuple[str, ...]
    country: str
    area_map: AreaMap | None
    no_map: str
    race: str
    factors: Mapping[str, Factor]
    area_odds_ratios: Mapping[str, float]
    implied_alpha: float | None
    equal_severity: float | None

    def of_kind(self, *kinds: str) -> tuple[Factor, ...]:
        """The factors of these kinds, in declared order."""
        return tuple(factor for factor in self.factors.values() if factor.kind in kinds)


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of people. Every array has shape (cells,).

    Attributes
    ----------
    factors : by key, in declared order.
    codes : by factor key: index into its levels.
    held_out : true where the cell's people were kept out of the fit that is checked.
    outcomes : sums over the cell's people, by name: ``people``, ``reoffended``, and where they were counted
        ``reoffences``, ``reoffences_squared`` and ``harm`` (Cambridge harm-index days over all reoffences).
    """

    factors: Mapping[str, Factor]
    codes: Mapping[str, IntArray]
    held_out: BoolArray
    outcomes: Mapping[str, FloatArray]

    @property
    def people(self) -> FloatArray:
        """Number of people in each cell."""
        return self.outcomes["people"]

    @property
    def needs(self) -> IntArray:
        """Number of complex needs of each person in the cell; 0 where none was recorded."""
        keys = [factor.key for factor in self.factors.values() if factor.kind == "need"]
        return np.asarray(sum((self.codes[key] for key in keys), np.zeros(len(self.people))), dtype=np.int64)

    def where(self, keep: BoolArray) -> "Cells":
        """Only the cells for which ``keep`` (cells,) is true."""
        return replace(
            self,
            codes={key: codes[keep] for key, codes in self.codes.items()},
            held_out=self.held_out[keep],
            outcomes={name: sums[keep] for name, sums in self.outcomes.items()},
        )

    def group(self, keys: Sequence[str]) -> "Cells":
        """Fewer, larger cells: distinct combinations of ``keys`` only, both sides of the hold-out together."""
        shape = [len(self.factors[key].levels) for key in keys]
        index = np.ravel_multi_index([self.codes[key] for key in keys], shape)
        found, cell = np.unique(index, return_inverse=True)
        levels = np.unravel_index(found, shape)
        return Cells(
            factors={key: factor for key, factor in self.factors.items() if key in keys},
            codes={key: codes.astype(np.int64) for key, codes in zip(keys, levels, strict=True)},
            held_out=np.zeros(len(found), dtype=bool),
            outcomes={name: sums_by_level(cell, sums, len(found)) for name, sums in self.outcomes.items()},
        )


def read_declaration(path: Path) -> Declaration:
    """Read the ``cohort.toml`` of a cohort's folder, which names the cohort.

    Raises
    ------
    DataError : where a field is missing or a factor's kind is unknown.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        factors = [_factor(entry) for entry in raw["factors"]]
        return Declaration(
            name=path.parent.name,
            label=raw["label"],
            outcome=raw["outcome"],
            follow_up=raw["follow_up"],
            synthetic=raw["synthetic"],
            caution=raw["caution"],
            notes=tuple(raw["notes"]),
            limits=tuple(raw.get("limits", ())),
            country=_words(path, raw, "country", raw["country"]),
            area_map=read_map(path.parent.name, raw),
            no_map="" if "map" in raw else _words(path, raw, "no_map", NO_MAP),
            race=_beside(path, _words(path, raw, "race", "")),
            factors={factor.key: factor for factor in factors},
            area_odds_ratios=raw.get("area_odds_ratios", {}),
            implied_alpha=raw.get("implied_alpha"),
            equal_severity=raw.get("equal_severity"),
        )
    except KeyError as missing:
        raise DataError(f"{path.parent.name}/{path.name} does not declare {missing}.") from missing


def _words(path: Path, raw: Mapping[str, Any], key: str, usual: str) -> str:
    """A key's text; raises DataError for what is none or empty."""
    found = raw.get(key, usual)
    if not isinstance(found, str) or (key in raw and not found.strip()):
        raise DataError(f"{path.parent.name}/{path.name} should declare {key} as words.")
    return found


def _beside(path: Path, name: str) -> str:
    """The name of a table that stands beside the declaration; raises DataError where it does not."""
    if name and not (Path(name).name == name and path.with_name(name).is_file()):
        raise DataError(f"{path.parent.name}/{path.name} names {name}, which is not in the folder.")
    return name


def _factor(entry: Mapping[str, Any]) -> Factor:
    """One ``[[factors]]`` entry; a count declares its ``top``, the others their levels."""
    if entry["kind"] not in KINDS:
        raise DataError(f"Factor {entry['key']} has kind {entry['kind']}; it should be one of {', '.join(KINDS)}.")
    if entry["kind"] == "count":
        levels = tuple(str(value) for value in range(entry["top"] + 1))
        labels = (*levels[:-1], f"{levels[-1]} or more")
    else:
        levels = tuple(entry.get("levels", ()) if entry["kind"] == "place" else entry["levels"])
        labels = tuple(entry.get("labels", levels))
    if len(labels) != len(levels):
        raise DataError(f"Factor {entry['key']} has {len(levels)} levels and {len(labels)} labels.")
    return Factor(entry["key"], entry["label"], entry["kind"], levels, labels, tuple(entry.get("bands", ())))


def read_cells(path: Path, declaration: Declaration) -> Cells:
    """Read ``cells.csv``, whose columns are the declared factors, ``held_out``, and outcomes.

    Raises
    ------
    DataError : where a column is missing or undeclared, or a value is not one of its factor's levels.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    outcomes = [name for name in OUTCOMES if name in header]
    if header != [*declaration.factors, "held_out", *outcomes] or not {"people", "reoffended"} <= set(outcomes):
        raise DataError(f"{path.parent.name}/{path.name} has the columns {', '.join(header)}, not the declared.")
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    try:
        factors = {key: _with_levels(factor, columns[key]) for key, factor in declaration.factors.items()}
        return Cells(
            factors=factors,
            codes={key: _codes(columns[key], factor) for key, factor in factors.items()},
            held_out=np.array(columns["held_out"], dtype=np.int64).astype(bool),
            outcomes={name: np.array(columns[name], dtype=np.float64) for name in outcomes},
        )
    except ValueError as error:
        raise DataError(f"{path.parent.name}/{path.name} is not as declared: {error}") from error


def _with_levels(factor: Factor, values: Sequence[str]) -> Factor:
    """A place without declared levels has those that its column holds, sorted."""
    found = factor.levels or tuple(sorted(set(values)))
    return replace(factor, levels=found, labels=factor.labels or found)


def _codes(values: Sequence[str], factor: Factor) -> IntArray:
    """Index of each value among the factor's levels, shape (rows,)."""
    index = {level: code for code, level in enumerate(factor.levels)}
    try:
        return np.array([index[value] for value in values], dtype=np.int64)
    except KeyError as unknown:
        raise DataError(f"{factor.key} has the undeclared value {unknown}.") from unknown


def sums_by_level(codes: IntArray, values: FloatArray, levels: int) -> FloatArray:
    """Sum of ``values`` (cells,) over the cells at each of ``levels`` codes, shape (levels,)."""
    return np.asarray(np.bincount(codes, values, levels), dtype=np.float64)


def sha256(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
