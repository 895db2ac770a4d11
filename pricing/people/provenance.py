"""Where the shipped data come from: reads ``data/sources.csv`` and refuses what is not as it says."""

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from pricing.errors import DataError

FOLDER = Path(__file__).parents[2] / "data"
SHIPPED = ("tables", "cohorts", "../static")
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
    """Every shipped file, in the order of ``sources.csv``; raises DataError where that file is wrong."""
    return read(FOLDER)


def read(folder: Path) -> tuple[Source, ...]:
    """Read ``sources.csv`` in ``folder`` and hold it against the files beside it; raises DataError."""
    try:
        with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as problem:
        raise DataError(f"sources.csv cannot be read: {problem}.") from problem
    if header != COLUMNS:
        raise DataError(f"sources.csv has the columns {', '.join(header)}, not {', '.join(COLUMNS)}.")
    found = tuple(checked(row, line) for line, row in enumerate(rows, start=2))
    check_files(folder, [source.file for source in found])
    return found


def checked(row: list[str], line: int) -> Source:
    """One row as a source; raises DataError where a value is missing or not allowed."""
    if len(row) != len(COLUMNS):
        raise DataError(f"sources.csv, line {line}, has {len(row)} values; the header has {len(COLUMNS)}.")
    values = dict(zip(COLUMNS, (text.strip() for text in row), strict=True))
    empty = [name for name, text in values.items() if not text and name not in MAY_BE_EMPTY]
    if empty:
        raise DataError(f"sources.csv, line {line}, does not say the {' or the '.join(empty)}.")
    if values["nature"] not in NATURES:
        raise DataError(f"sources.csv, line {line}: {values['nature']} is not one of {', '.join(NATURES)}.")
    return Source(**values)


def check_files(folder: Path, named: list[str]) -> None:
    """Every shipped file has one row, and every row a file; raises DataError."""
    shipped = {f"{part}/{path.name}" for part in SHIPPED for path in (folder / part).iterdir() if path.is_file()}
    problems = {
        "names twice": sorted({name for name in named if named.count(name) > 1}),
        "names what is not there": sorted(set(named) - shipped),
        "does not name": sorted(shipped - set(named)),
    }
    for what, files in problems.items():
        if files:
            raise DataError(f"sources.csv {what}: {', '.join(files)}.")


def attributions() -> tuple[str, ...]:
    """The lines owed to publishers, each once."""
    return tuple(dict.fromkeys(source.attribution for source in sources() if source.attribution))
