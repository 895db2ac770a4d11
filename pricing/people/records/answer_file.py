"""The answer of a query that somebody ran elsewhere, read back from CSV."""

import csv
from pathlib import Path

import numpy as np

from pricing.errors import RecordsError
from pricing.people.records import flaws
from pricing.people.records.engines.engine import Grouped
from pricing.people.records.mapping.types import RecordsMap
from pricing.people.records.query import HARM_COLUMN, PEOPLE_COLUMN, answer_keys


def read_answer(path: Path, given: RecordsMap) -> Grouped:
    """Columns of whole numbers, those of the map's query; raises RecordsError where they are not."""
    wanted = {*answer_keys(given), PEOPLE_COLUMN, HARM_COLUMN}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError):
        raise RecordsError(f"{path.name} cannot be read: it should be CSV in UTF-8 with a header.") from None
    names = [name.strip().lower() for name in header]
    if set(names) != wanted:
        raise RecordsError(f"{path.name} should have the columns {', '.join(sorted(wanted))}, of the map's query.")
    try:
        numbers = np.array([[int(value or 0) for value in row] for row in rows], dtype=np.int64)
    except (ValueError, OverflowError):
        raise RecordsError(f"{path.name} holds what is not a whole number.") from None
    answer = dict(zip(names, numbers.reshape(-1, len(names)).T, strict=True))
    sizes = {one.factor.key: len(one.factor.levels) for one in given.factors} | {flaws.SIDE: 2}
    beyond = [key for key, size in sizes.items() if answer[key].max(initial=0) >= size]
    beyond += [key for key in answer_keys(given) if not set(answer[key][answer[key] < 0].tolist()) <= set(flaws.WORDS)]
    if beyond or answer[PEOPLE_COLUMN].min(initial=1) < 1:
        raise RecordsError(f"{path.name} was made with another map: {', '.join(beyond) or PEOPLE_COLUMN} does not fit.")
    return answer
