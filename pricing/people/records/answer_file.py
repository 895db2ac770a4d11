"""The answer of a query that somebody ran elsewhere, read back from CSV."""

import csv
import re
from pathlib import Path

import numpy as np

from pricing.errors import RecordsError
from pricing.people.records import flaws
from pricing.people.records.engines.engine import Grouped
from pricing.people.records.mapping.types import RecordsMap
from pricing.people.records.query import HARM_COLUMN, PEOPLE_COLUMN, answer_keys
from pricing.scenario.spec import quoted

WHOLE = re.compile(r"-?[0-9]{1,18}")


def read_answer(path: Path, given: RecordsMap) -> Grouped:
    """Columns of whole numbers, those of the map's query; raises RecordsError where they are not."""
    wanted = {*answer_keys(given), PEOPLE_COLUMN, HARM_COLUMN}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError):
        raise RecordsError(f"{path.name} cannot be read: it should be CSV in UTF-8 with a header.") from None
    names = [name.strip().lower() for name in header]
    if set(names) != wanted or len(names) != len(wanted):
        raise RecordsError(
            f"{path.name} should have the columns {', '.join(sorted(wanted))}, of the map's query, each of them once."
        )
    numbers = np.array([_numbers(row, names, f"{path.name}, row {place}") for place, row in enumerate(rows, 2) if row])
    answer = dict(zip(names, numbers.reshape(-1, len(names)).T, strict=True))
    sizes = {one.factor.key: len(one.factor.levels) for one in given.factors} | {flaws.SIDE: 2}
    if not given.outcomes.reoffences:
        sizes[flaws.OUTCOME] = 2
    beyond = [key for key, size in sizes.items() if answer[key].max(initial=0) >= size]
    beyond += [key for key in answer_keys(given) if not set(answer[key][answer[key] < 0].tolist()) <= set(flaws.WORDS)]
    if answer[HARM_COLUMN].min(initial=0) < 0:
        beyond.append(HARM_COLUMN)
    if beyond or answer[PEOPLE_COLUMN].min(initial=1) < 1:
        raise RecordsError(f"{path.name} was made with another map: {', '.join(beyond) or PEOPLE_COLUMN} does not fit.")
    return answer


def _numbers(row: list[str], names: list[str], where: str) -> list[int]:
    """The whole numbers of a row, which stands ``where`` it is said; harm may be empty, which is none."""
    if len(row) != len(names):
        raise RecordsError(f"{where}: it holds {len(row)} values and not {len(names)}.")
    found = []
    for name, value in zip(names, row, strict=True):
        text = value.strip() or ("0" if name == HARM_COLUMN else "")
        if not WHOLE.fullmatch(text):
            raise RecordsError(f"{where}, column {name}: {quoted(value)} is not a whole number.")
        found.append(int(text))
    return found
