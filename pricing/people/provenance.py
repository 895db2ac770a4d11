"""Sources of the shipped data: reads the files ``sources.csv``, and raises DataError where data differ from them.

There is one in ``data/`` for the tables and the shapes, and one in the folder of each cohort for what is in it.
"""

import csv
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from pricing.errors import DataError

FOLDER = Path(__file__).parents[2] / "data"
SOURCES = "sources.csv"
COHORTS = "cohorts"
SHIPPED = ("tables", COHORTS, "../static")
"""Folders of what is shipped, from data/; shapes stand where Streamlit serves files from."""
NATURES = ("published", "real people, as cells", "illustrative", "fitted", "declaration")


@dataclass(frozen=True)
class Source:
    """One shipped file: what it holds, who published it, under what terms, and what was changed on the way.

    ``nature`` is one of ``NATURES``; ``attribution`` is the line owed to the publisher, empty where none is.
    """

    file: str
    holds: str
    source: str
    edition: str
    licence: str
    changed: str
    nature: str
    attribution: str


COLUMNS = [field.name for field in fields(Source)]
MAY_BE_EMPTY = {"attribution"}


@cache
def sources() -> tuple[Source, ...]:
    """Every shipped file, those of the cohorts last; raises DataError where a ``sources.csv`` is wrong."""
    return read(FOLDER)


def read(folder: Path) -> tuple[Source, ...]:
    """Read each ``sources.csv``, of ``folder`` and of each cohort, and hold it against the files; raises DataError."""
    cohorts = sorted(path for path in (folder / COHORTS).iterdir() if path.is_dir())
    found = list(listed(folder / SOURCES, ""))
    for cohort in cohorts:
        found += listed(cohort / SOURCES, f"{COHORTS}/{cohort.name}/")
    check_files(shipped_files(folder), [source.file for source in found])
    return tuple(found)


def listed(path: Path, within: str) -> tuple[Source, ...]:
    """The sources in one ``sources.csv``, whose files are named from its own folder, ``within`` data/."""
    name = f"{within}{SOURCES}"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as problem:
        raise DataError(f"{name} cannot be read: {problem}.") from problem
    if header != COLUMNS:
        raise DataError(f"{name} has the columns {', '.join(header)}, not {', '.join(COLUMNS)}.")
    found = (checked(row, f"{name}, line {line},") for line, row in enumerate(rows, start=2))
    return tuple(replace(source, file=f"{within}{source.file}") for source in found)


def checked(row: list[str], where: str) -> Source:
    """One row as a source; raises DataError where a value is missing or not allowed."""
    if len(row) != len(COLUMNS):
        raise DataError(f"{where} has {len(row)} values; the header has {len(COLUMNS)}.")
    values = dict(zip(COLUMNS, (text.strip() for text in row), strict=True))
    empty = [name for name, text in values.items() if not text and name not in MAY_BE_EMPTY]
    if empty:
        raise DataError(f"{where} does not say the {' or the '.join(empty)}.")
    if values["nature"] not in NATURES:
        raise DataError(f"{where} has the nature {values['nature']}, which is not one of {', '.join(NATURES)}.")
    return Source(**values)


def shipped_files(folder: Path) -> set[str]:
    """Every file that needs a source, named from ``folder``."""
    return {
        f"{part}/{path.relative_to(folder / part).as_posix()}"
        for part in SHIPPED
        for path in (folder / part).rglob("*")
        if path.is_file() and path.name != SOURCES
    }


def check_files(shipped: set[str], named: list[str]) -> None:
    """Every shipped file has one row, and every row a file; raises DataError."""
    problems = {
        "names twice": sorted({name for name in named if named.count(name) > 1}),
        "names what is not there": sorted(set(named) - shipped),
        "does not name": sorted(shipped - set(named)),
    }
    for what, files in problems.items():
        if files:
            raise DataError(f"{SOURCES} {what}: {', '.join(files)}.")


def attributions() -> tuple[str, ...]:
    """The lines owed to publishers, each once."""
    return tuple(dict.fromkeys(source.attribution for source in sources() if source.attribution))
