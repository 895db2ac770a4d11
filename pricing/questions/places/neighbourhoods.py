"""Published data on the places of a cohort that has a map: neighbourhoods by borough, and pairs of neighbours."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from pricing.errors import DataError
from pricing.people.area_map import COLUMN_OF, DOMAINS
from pricing.people.arrays import FloatArray, IntArray
from pricing.scenario.offered import folders

AUTHORITIES = "authorities.csv"


@dataclass(frozen=True, eq=False)
class Neighbourhoods:
    """Every neighbourhood of the area that a cohort lives in (in England, LSOA 2021).

    Attributes
    ----------
    names : such as "Bolton 005A", (n,), sorted by code.
    boroughs : in reading order. borough : index into them, (n,).
    tenths : by ``area_index``: deprivation tenth, (n,), 1 = most deprived.
    domains : the tenth of each of ``DOMAINS`` that the table has, (n,).
    score : overall deprivation score, (n,); higher is more deprived.
    pairs : neighbours, indices (pairs, 2). border : metres that they share, (pairs,).
    """

    names: tuple[str, ...]
    boroughs: tuple[str, ...]
    borough: IntArray
    tenths: Mapping[str, FloatArray]
    domains: Mapping[str, FloatArray]
    score: FloatArray
    pairs: IntArray
    border: FloatArray

    def of_borough(self, name: str) -> list[str]:
        """Names of the neighbourhoods of a borough, sorted."""
        code = self.boroughs.index(name)
        return sorted(self.names[place] for place in np.flatnonzero(self.borough == code))


@dataclass(frozen=True)
class Authority:
    """A local authority of the contract package area: its published deprivation, and which part it is in.

    ``score`` is the mean over its residents; ``most_deprived`` the share of its neighbourhoods in England's most
    deprived tenth.
    """

    name: str
    part: str
    score: float
    most_deprived: float


def rows(cohort: str, name: str) -> list[dict[str, str]]:
    """The rows of a table in the folder of a shipped cohort."""
    with (folders()[cohort] / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def load(cohort: str) -> Neighbourhoods:
    """The neighbourhoods of a shipped cohort; raises DataError where the tables do not belong together."""
    basic, detail = rows(cohort, "neighbourhoods.csv"), rows(cohort, "domains.csv")
    if [row["neighbourhood"] for row in basic] != [row["neighbourhood"] for row in detail]:
        raise DataError("neighbourhoods.csv and domains.csv do not list the same neighbourhoods in the same order.")
    names = tuple(row["name"] for row in detail)
    boroughs = tuple(sorted({row["borough"] for row in basic}))
    place = {name: number for number, name in enumerate(names)}
    try:
        beside = [
            (place[row["one"]], place[row["other"]], float(row["metres"])) for row in rows(cohort, "neighbours.csv")
        ]
    except KeyError as unknown:
        raise DataError(f"neighbours.csv names {unknown}, which is not in domains.csv.") from unknown
    return Neighbourhoods(
        names=names,
        boroughs=boroughs,
        borough=np.array([boroughs.index(row["borough"]) for row in basic]),
        tenths={
            index: np.array([float(row.get(key, row["decile"])) for row in basic]) for index, key in COLUMN_OF.items()
        },
        domains={key: np.array([float(row[key]) for row in detail]) for key in DOMAINS if key in detail[0]},
        score=np.array([float(row["score"]) for row in detail]),
        pairs=np.array([pair[:2] for pair in beside], dtype=np.int64).reshape(-1, 2),
        border=np.array([pair[2] for pair in beside]),
    )


@cache
def authorities(cohort: str) -> tuple[Authority, ...]:
    """The local authorities of the contract package area that a shipped cohort's area was a part of, if known."""
    if not (folders()[cohort] / AUTHORITIES).is_file():
        return ()
    return tuple(
        Authority(row["authority"], row["part"], float(row["score"]), float(row["share_in_most_deprived_tenth"]))
        for row in rows(cohort, AUTHORITIES)
    )
