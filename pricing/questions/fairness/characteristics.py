"""Characteristics by which people are grouped: protected ones, and those that mark need. None enters a price."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cells import Cells
from pricing.people.cohort import Cohort
from pricing.people.fitted import RiskCurves
from pricing.scenario.offered import folders

RACES = {"BLACK": "Black", "WHITE": "White"}
"""The only two values in the records."""
RACE_NOTE = (
    "Race as the records have it: Black or White, nothing else. The risk curve does not know it. People are shared out "
    "by race within 18 groups by sex, age and previous arrests: the numbers of people and of rearrests are exact, and "
    "what the model says by race is approximate."
)
KEYS: Mapping[str, bool] = {"sex": True, "age": True, "needs": False, "sentence": False, "decile": False}
"""What people are grouped by, and whether the Equality Act 2010 protects it."""


@dataclass(frozen=True, eq=False)
class Characteristic:
    """One grouping of the people of a cohort.

    Attributes
    ----------
    key, label, levels : its name, its words, and its groups in reading order.
    protected : whether it is a protected characteristic of the Equality Act 2010.
    weights : people of each group in each cell, (groups, cells); their sum over groups is the cell's people.
    reoffended : how many of each group reoffended, as recorded, (groups,); None where that was not seen.
    note : a sentence on what it rests on; empty where nothing needs saying.
    """

    key: str
    label: str
    levels: tuple[str, ...]
    protected: bool
    weights: FloatArray
    reoffended: FloatArray | None
    note: str = ""

    @property
    def people(self) -> FloatArray:
        """People in each group, (groups,)."""
        return np.asarray(self.weights.sum(axis=1))


def of(cohort: Cohort) -> tuple[Characteristic, ...]:
    """The characteristics that are known of a cohort, protected ones first."""
    seen = reoffended(cohort)
    found = [grouped(cohort, key, seen) for key in KEYS if key in cohort.dimensions]
    if cohort.fitted is not None and cohort.fitted.declaration.race:
        found.insert(2, race(cohort))
    return tuple(found)


def grouped(cohort: Cohort, key: str, seen: FloatArray | None) -> Characteristic:
    """A dimension of the cohort as a characteristic; ``seen`` are the people of each cell who reoffended."""
    dimension = cohort.dimensions[key]
    levels, cells = len(dimension.levels), np.arange(len(dimension.codes))
    weights = np.zeros((levels, len(cells)))
    weights[dimension.codes, cells] = cohort.people
    counted = None if seen is None else np.bincount(dimension.codes, seen, levels).astype(np.float64)
    return Characteristic(key, dimension.label, dimension.levels, KEYS[key], weights, counted)


def reoffended(cohort: Cohort) -> FloatArray | None:
    """People of each cell who reoffended, (cells,); None where that is not recorded: people drawn, tables of risks."""
    if cohort.fitted is None or cohort.fitted.declaration.synthetic:
        return None
    return cells_of(cohort.fitted).outcomes["reoffended"]


def cells_of(curves: RiskCurves) -> Cells:
    """The cells behind a cohort, in the order of its arrays."""
    return curves.cells.group(list(curves.declaration.factors))


@cache
def race_table(path: Path) -> tuple[FloatArray, FloatArray]:
    """People and rearrested people by race in each group by sex, age and previous arrests, both (races, 2, 3, 3)."""
    people, rearrested = np.zeros((2, 2, 3, 3)), np.zeros((2, 2, 3, 3))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            age, previous = AGES.index(int(row["age_from"])), PREVIOUS.index(int(row["previous_from"]))
            at = (list(RACES).index(row["race"]), SEXES.index(row["sex"]), age, previous)
            people[at], rearrested[at] = float(row["people"]), float(row["rearrested"])
    return people, rearrested


SEXES, AGES, PREVIOUS = ("F", "M"), (18, 28, 38), (0, 3, 6)
"""The groups in the table of race: sexes, and the first age and number of previous arrests of each band."""


def race(cohort: Cohort) -> Characteristic:
    """Race, where a cohort has a table of it: a cell's people are shared out as in its group in that table."""
    people, rearrested = race_table(folders()[cohort.name] / shipped.curves(cohort.name).declaration.race)
    cells = cells_of(shipped.curves(cohort.name))

    def band(key: str, firsts: tuple[int, ...]) -> FloatArray:
        level = np.array([int(level.split("-")[0].rstrip("+")) for level in cells.factors[key].levels])
        return np.asarray(np.digitize(level[cells.codes[key]], firsts) - 1)

    sex = np.array([SEXES.index(level) for level in cells.factors["sex"].levels])[cells.codes["sex"]]
    share = (people / people.sum(axis=0))[:, sex, band("age", AGES), band("previous", PREVIOUS)]
    return Characteristic(
        key="race",
        label="Race, as recorded",
        levels=tuple(RACES.values()),
        protected=True,
        weights=share * cohort.people,
        reoffended=rearrested.sum(axis=(1, 2, 3)),
        note=RACE_NOTE,
    )
