"""A reader's own table of groups with known risks, uploaded as CSV. Input is untrusted and checked in full."""

import csv
import hashlib
import io
from collections.abc import Callable, Mapping

import numpy as np

from pricing.errors import TableError
from pricing.people.cohort import (
    BoolArray,
    Cohort,
    Dimension,
    FloatArray,
    decile_dimension,
    needs_dimension,
    risk_dimension,
)
from pricing.scenario.scenario import OWN_TABLE
from pricing.scenario.spec import NUMBER, printable, quoted

REQUIRED = ("people", "needs", "decile", "probability", "rate", "severity")
OPTIONAL = ("decile_employment", "decile_housing")
MOST_ROWS = 100_000
MOST_BYTES = 10_000_000
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
RULES: dict[str, tuple[str, Callable[[FloatArray], BoolArray]]] = {
    "people": ("above 0", lambda v: v > 0),
    "needs": ("a whole number from 0 to 5", lambda v: (v >= 0) & (v <= 5) & (v == np.floor(v))),
    "decile": ("a whole number from 1 to 10", lambda v: (v >= 1) & (v <= 10) & (v == np.floor(v))),
    "probability": ("above 0 and below 1", lambda v: (v > 0) & (v < 1)),
    "rate": ("above 0 and at most 1,000", lambda v: (v > 0) & (v <= 1000)),
    "severity": ("above 0 and at most 100,000", lambda v: (v > 0) & (v <= 100_000)),
}
RULES |= dict.fromkeys(OPTIONAL, RULES["decile"])


def digest(data: bytes) -> str:
    """The SHA-256 (hex) by which a link recognises a table."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes) -> str:
    """Text of an uploaded file; raises TableError for a spreadsheet, a wrong encoding or a huge file."""
    if len(data) > MOST_BYTES:
        raise TableError(f"The file has {len(data) / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB can be read.")
    if data.startswith(SPREADSHEETS):
        raise TableError("The file is a spreadsheet under another name. Save it as CSV (UTF-8) and try again.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise TableError(
            f"The file is not UTF-8 text: byte {problem.start + 1} cannot be read. Save it as CSV (UTF-8)."
        ) from None
    if "\0" in text:
        raise TableError("The file is not plain text: it holds empty bytes. Save it as CSV (UTF-8).")
    if not text.strip():
        raise TableError("The file is empty.")
    return text


def check_header(header: list[str]) -> None:
    """Raise TableError unless the first line names each required column once and nothing unknown."""
    if all(NUMBER.fullmatch(name.strip()) for name in header):
        raise TableError(f"The file has no header: the first line must name the columns {', '.join(REQUIRED)}.")
    missing = [name for name in REQUIRED if name not in header]
    extra = [name for name in header if name not in (*REQUIRED, *OPTIONAL)]
    twice = sorted({name for name in header if header.count(name) > 1 and name not in extra})
    problems = [
        f"{what}: {', '.join(quoted(name) for name in names[:5])}{' and more' if len(names) > 5 else ''}"
        for what, names in (("missing", missing), ("not known", extra), ("named twice", twice))
        if names
    ]
    if problems:
        raise TableError(f"The columns are not the ones expected; {'; '.join(problems)}.")


def parse_rows(text: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV; raises TableError for a ragged, endless or malformed one."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        header = next(reader)
        check_header(header)
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                raise TableError(f"Line {reader.line_num} has {len(row)} values; the header has {len(header)}.")
            if len(rows) == MOST_ROWS:
                raise TableError(f"The file has more than {MOST_ROWS:,} rows. Group people who are alike.")
            rows.append(row)
    except csv.Error as problem:
        raise TableError(f"Line {reader.line_num} is not valid CSV: {problem}.") from None
    if not rows:
        raise TableError("The file has a header but no rows.")
    return header, rows


def to_numbers(name: str, texts: list[str]) -> FloatArray:
    """One column as numbers; raises TableError at the first that is not a number or breaks its rule."""
    for row, text in enumerate(texts, start=1):
        if not NUMBER.fullmatch(text.strip()):
            raise TableError(f"Row {row}, column {name}: {quoted(text)} is not a number.")
    values = np.array([float(text) for text in texts])
    rule, holds = RULES[name]
    broken = np.flatnonzero(~(np.isfinite(values) & holds(values)))
    if len(broken):
        row = int(broken[0])
        raise TableError(f"Row {row + 1}, column {name}: {quoted(texts[row])} must be {rule}.")
    return values


def read(data: bytes, name: str) -> Cohort:
    """Read a CSV with columns people, needs, decile, probability, rate, severity into a cohort, row by row.

    ``decile_employment`` and ``decile_housing`` are optional; without them the overall decile stands in, and the
    cohort's notes say so. ``name`` comes from outside too: it is kept to 60 printable characters on one line.
    Raises TableError with one sentence naming what is wrong and where.
    """
    header, rows = parse_rows(decode(data))
    columns = {key: to_numbers(key, list(texts)) for key, texts in zip(header, zip(*rows, strict=True), strict=True)}
    impossible = np.flatnonzero(columns["rate"] < columns["probability"])
    if len(impossible):
        row = int(impossible[0])
        raise TableError(
            f"Row {row + 1}: {columns['probability'][row]:g} of people cannot reoffend with only "
            f"{columns['rate'][row]:g} reoffences per person; the rate must be at least the probability."
        )
    return to_cohort(columns, printable(name), digest(data))


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
