"""Unit costs of crime by agency, in the prices of a year; raises DataError where a shipped table is not as declared."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from pricing.errors import DataError
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort

TABLES = Path(__file__).parents[3] / "data" / "tables"
TOTAL_YEAR = 2017
"""Financial year, by the year it begins in, of the prices that the ministry's cost per reoffence is in."""


@dataclass(frozen=True)
class Agency:
    """Who bears a cost. ``reach`` is local, national or nobody; ``holder`` says whose budget it is."""

    key: str
    label: str
    reach: str
    holder: str


AGENCIES: tuple[Agency, ...] = (
    Agency("police", "Police", "local", "The police and crime commissioner, or a mayor"),
    Agency("nhs", "NHS", "local", "The NHS locally"),
    Agency("councils", "Councils", "local", "The borough"),
    Agency("courts", "Courts and legal aid", "national", "The Ministry of Justice"),
    Agency("prison", "Prison", "national", "The Ministry of Justice"),
    Agency("probation", "Probation", "national", "The Ministry of Justice"),
    Agency("other_justice", "Other criminal justice", "national", "Several bodies, which the source does not name"),
)
"""Local agencies first. The remaining cost of a reoffence to society falls on none of them."""
OWN_FIGURE = "councils"
"""The agency for which there is no published cost, only the reader's."""
PUBLISHED = tuple(agency.key for agency in AGENCIES if agency.key != OWN_FIGURE)


@dataclass(frozen=True, eq=False)
class UnitCosts:
    """£ per crime by offence group and agency, as published.

    ``pounds`` (offences, agencies of ``PUBLISHED``); ``stated_total`` (offences,) what the source says they sum to;
    ``year`` the financial year of their prices, by the year it begins in; ``codes`` and ``assumed`` the source's rows
    for each group and what was assumed in choosing them, empty where nothing was.
    """

    offences: tuple[str, ...]
    pounds: FloatArray
    stated_total: FloatArray
    year: int
    codes: tuple[str, ...]
    assumed: tuple[str, ...]


def rows_of(name: str, columns: set[str]) -> list[dict[str, str]]:
    """Rows of a shipped table; raises DataError where a column is missing or there is no row."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or columns - set(rows[0]):
        raise DataError(f"{name} does not have the columns {', '.join(sorted(columns))}.")
    return rows


@cache
def unit_costs() -> UnitCosts:
    """The shipped unit costs; raises DataError where their table is not as declared."""
    kept = {"offence", *PUBLISHED, "stated_total", "price_year", "codes", "assumed"}
    rows = rows_of("unit_costs.csv", kept)
    years = {row["price_year"] for row in rows}
    if len(years) != 1:
        raise DataError("unit_costs.csv mixes price years: " + ", ".join(sorted(years)) + ".")
    return UnitCosts(
        offences=tuple(row["offence"] for row in rows),
        pounds=np.array([[float(row[key]) for key in PUBLISHED] for row in rows]),
        stated_total=np.array([float(row["stated_total"]) for row in rows]),
        year=int(years.pop()[:4]),
        codes=tuple(row["codes"] for row in rows),
        assumed=tuple(row["assumed"] for row in rows),
    )


@cache
def deflator() -> Mapping[int, float]:
    """HM Treasury's GDP deflator by calendar year, 2024 = 100."""
    rows = rows_of("price_deflator.csv", {"year", "deflator"})
    return MappingProxyType({int(row["year"]): float(row["deflator"]) for row in rows})


def price_level(year: int) -> float:
    """The deflator of the financial year that begins in ``year``: three quarters of one year, one of the next."""
    return 0.75 * deflator()[year] + 0.25 * deflator()[year + 1]


def uprating(start: int, end: int) -> float:
    """How many times as much £1 of the financial year ``start`` is in ``end``."""
    return price_level(end) / price_level(start)


def year_words(year: int) -> str:
    """A financial year in its usual form: 2017/18."""
    return f"{year}/{(year + 1) % 100:02d}"


COUNTRY_OF_COSTS = "England"
"""Where the unit costs of agencies were found."""


def of_another_country(cohort: Cohort) -> str:
    """That people and unit costs are of two countries; empty where they are of one, or where it is not known."""
    if cohort.country in ("", COUNTRY_OF_COSTS):
        return ""
    return (
        f"These are people in {cohort.country} held against a crime’s cost in England (unit costs): look at the shape, "
        "not at the amounts."
    )
