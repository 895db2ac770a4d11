"""A reader's own table of groups with known risks, in CSV or .xlsx. Input is untrusted and checked in full."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np

from pricing.errors import TableError
from pricing.people import table_workbook
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort, Dimension, decile_dimension, needs_dimension, risk_dimension
from pricing.people.table_columns import COLUMNS, FEWEST, MOST, REQUIRED, RULES, SHARES
from pricing.people.table_text import (
    COMMAS_UNSETTLED,
    FIGURE,
    LOOKED_THROUGH,
    MOST_BYTES,
    MOST_ROWS,
    UNSETTLED,
    Rows,
    column_name,
    decimal_mark,
    decode,
    plain_number,
    split,
    tidy,
)
from pricing.scenario.scenario import OWN_TABLE
from pricing.scenario.spec import NUMBER, printable, quoted

ROW_NAMES = ("", "unnamed:_0")
"""Names of a column of row numbers, as R and pandas write them."""
SHOWN = 10
JOIN = "join groups in which nobody, or everybody, reoffended with groups like them"
Faults = list[tuple[int, str]]
"""Row of the spreadsheet, and what is wrong in it."""


__all__ = ["MOST_BYTES", "MOST_ROWS", "digest", "read", "to_cohort"]


def digest(data: bytes) -> str:
    """The SHA-256 (hex) by which a link recognises a table."""
    return hashlib.sha256(data).hexdigest()


def check_header(header: list[str], rows: Rows) -> None:
    """Raise TableError unless the first row names each required column once and nothing unknown."""
    if all(map(FIGURE.fullmatch, filter(None, map(tidy, rows.header)))):
        raise TableError(f"The file has no header: the first row must name the columns {', '.join(REQUIRED)}.")
    missing = [name for name in REQUIRED if name not in header]
    for number, row in zip(rows.numbers, rows.cells[:LOOKED_THROUGH] if missing else (), strict=False):
        if set(REQUIRED) <= set(map(column_name, row)):
            raise TableError(f"The columns' names stand in row {number}: delete the rows above them, and try again.")
    extra = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in COLUMNS if header.count(name) > 1})
    problems = [
        f"{what}: {', '.join(quoted(name) for name in names[:5])}{' and more' if len(names) > 5 else ''}"
        for what, names in (("missing", missing), ("not known", extra), ("named twice", twice))
        if names
    ]
    if problems:
        raise TableError(f"The columns are not the ones expected; {'; '.join(problems)}.")


def without_nameless(rows: Rows) -> tuple[list[str], list[list[str]]]:
    """Header and cells without a first column of row names (R, pandas), and without empty columns around (Excel)."""
    places = [place for place, name in enumerate(rows.header) if name.strip()]
    begin, end = (places[0], places[-1] + 1) if places else (0, 0)
    if any(text.strip() for row in rows.cells for text in row[:begin]):
        begin = 0
    header = [column_name(name) for name in rows.header[begin:end]]
    cells = [row[begin:] if any(map(str.strip, row[end:])) else row[begin:end] for row in rows.cells]
    if header and header[0] in ROW_NAMES:
        header, cells = header[1:], [row[1:] for row in cells]
        rows.understood.append("a first column without a name, as row numbers have it, left out")
    check_header(header, rows)
    if not set(header) <= set(map(str.strip, rows.header)):
        rows.understood.append(f"the columns are {', '.join(header)}")
    return header, cells


def to_numbers(name: str, texts: list[str], mark: str, rows: list[int]) -> tuple[FloatArray, Faults]:
    """One column as numbers (undefined where it has none), and what is wrong in it by the spreadsheet's row."""
    values, faults = np.full(len(texts), np.nan), Faults()
    share = name in SHARES
    for place, text in enumerate(texts):
        percent = share and text.endswith("%")
        number = plain_number(text[:-1] if percent else text, mark)
        if NUMBER.fullmatch(number):
            # By its decimals: 0.9 / 100 is more than 0.009.
            values[place] = float(Decimal(number).scaleb(-2)) if percent else float(number)
        else:
            faults.append((rows[place], f"column {name}: {quoted(text)} is not a number{unsettled(text, mark)}"))
    rule, holds = RULES[name]
    for place in np.flatnonzero(~np.isnan(values) & ~(np.isfinite(values) & holds(values))).tolist():
        if np.isinf(values[place]):
            faults.append((rows[place], f"column {name}: {quoted(texts[place])} is too large a number"))
            continue
        advice = advice_on_share(values[place]) if share else ""
        faults.append((rows[place], f"column {name}: {quoted(texts[place])} must be {rule}{advice}"))
    return values, faults


def advice_on_share(value: float) -> str:
    """What to do about a share that is out of range: 0, 1, or a percentage without its sign."""
    if value in (0, 1):
        return f"; {JOIN}"
    return f"; if {value:g}% is meant, write {value:g}%" if 1 < value < 100 else ""


def unsettled(text: str, mark: str) -> str:
    """What to do about a mark that can be read in two ways."""
    if mark in (UNSETTLED, COMMAS_UNSETTLED) and "," in text:
        return ", as its comma can part thousands or decimals: write it without"
    if mark == UNSETTLED and "." in text:
        return ", as its point can part thousands or decimals: write it without"
    return ""


def refuse(faults: Faults) -> None:
    """Raise TableError with the first ten faults by row, and the count of the rest; nothing where there is none."""
    if not faults:
        return
    shown = [f"Row {row}, {what}" for row, what in sorted(faults)[:SHOWN]]
    rest = f"; and {len(faults) - SHOWN:,} more" if len(faults) > SHOWN else ""
    count = f"{len(faults):,} cells or rows cannot be used. " if len(faults) > 1 else ""
    raise TableError(f"{count}{'; '.join(shown)}{rest}.")


def to_columns(rows: Rows) -> dict[str, FloatArray]:
    """The table's columns as numbers; raises TableError that says all that is wrong at once."""
    header, cells = without_nameless(rows)
    if not cells:
        raise TableError("The file has a header but no rows.")
    faults: Faults = [
        (row, f"which has {len(found)} value{'s' * (len(found) != 1)}, where the header has {len(header)}")
        for row, found in zip(rows.numbers, cells, strict=True)
        if len(found) != len(header)
    ]
    whole = [place for place, found in enumerate(cells) if len(found) == len(header)]
    numbers = [rows.numbers[place] for place in whole]
    texts = [[tidy(text) for text in cells[place]] for place in whole]
    mark = decimal_mark((text for row in texts for text in row), rows.separator)
    columns = {}
    for place, name in enumerate(header):
        columns[name], wrong = to_numbers(name, [row[place] for row in texts], mark, numbers)
        faults += wrong
    rate, probability = columns["rate"], columns["probability"]
    sound = {row for row, _ in faults}
    faults += [
        (
            numbers[place],
            f"columns probability and rate: {probability[place]:g} of people cannot reoffend with only "
            f"{rate[place]:g} reoffences per person; the rate must be at least the probability",
        )
        for place in np.flatnonzero(rate < probability).tolist()
        if numbers[place] not in sound
    ]
    refuse(faults)
    check_total(float(columns["people"].sum()))
    said_of_numbers(rows, mark, texts)
    return columns


def check_total(people: float) -> None:
    """Raise TableError for fewer or more people in all than the model carries."""
    if not FEWEST <= people <= MOST:
        raise TableError(f"The table has {people:,.10g} people in all; it must have from {FEWEST:,} to {MOST:,}.")


def said_of_numbers(rows: Rows, mark: str, texts: list[list[str]]) -> None:
    """Add what was understood of the marks in numbers."""
    cells = [text for row in texts for text in row]
    if mark == ",":
        rows.understood.append("commas are decimal marks")
    elif any("," in text for text in cells):
        rows.understood.append("commas part thousands")
    if any(text.endswith("%") for text in cells):
        rows.understood.append("percentages are shares of 100")


def read(data: bytes, name: str) -> Cohort:
    """Read a table with columns people, needs, decile, probability, rate, severity into a cohort, row by row.

    ``decile_employment`` and ``decile_housing`` are optional; without them the overall decile stands in, and the
    cohort's notes say so, and what had to be understood (separators, marks in numbers, rows left out) too. ``name``
    comes from outside as well: it is kept to 60 printable characters on one line. Raises TableError that names all
    that is wrong by the spreadsheet's row (the header is row 1), its column, value and cause.
    """
    rows = to_rows(data)
    columns = to_columns(rows)
    people = to_cohort(columns, printable(name), digest(data))
    if not rows.understood:
        return people
    return replace(people, notes=(f"How the table was read: {'; '.join(rows.understood)}.", *people.notes))


def to_rows(data: bytes) -> Rows:
    """Rows of a file, whatever its name says it is; raises TableError for one that is neither CSV nor .xlsx."""
    if data.startswith(table_workbook.ZIPPED) and len(data) <= MOST_BYTES:
        return table_workbook.read(data)
    text, understood = decode(data)
    rows = split(text, COLUMNS)
    rows.understood[:0] = understood
    return rows


def to_cohort(columns: Mapping[str, FloatArray], name: str, key: str) -> Cohort:
    """A cohort of one cell per row from checked ``columns``."""
    deciles = {"overall": columns["decile"]}
    notes = []
    for index in ("employment", "housing"):
        if f"decile_{index}" not in columns:
            notes.append(f"The table has no decile_{index}: the overall decile stands in for it.")
        deciles[index] = columns.get(f"decile_{index}", columns["decile"])
    dimensions: dict[str, Dimension] = {
        "needs": needs_dimension(columns["needs"]),
        "decile": decile_dimension(columns["decile"]),
        "risk": risk_dimension(columns["probability"]),
    }
    return Cohort(
        name=OWN_TABLE,
        label=name,
        caution="A reader's own table: its risks are taken as given and have not been checked here.",
        notes=tuple(notes),
        digest=key,
        people=columns["people"],
        needs=columns["needs"],
        deciles=deciles,
        probability=columns["probability"],
        rate=columns["rate"],
        severity=columns["severity"],
        dimensions=dimensions,
        no_map="A table of your own has deprivation tenths and no streets.",
    )
