"""How a CSV file of records is written: what parts its values, its names, whether rows are lines, and what is wrong."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path

from pricing.errors import RecordsError

SEPARATORS = (",", ";", "\t", "|")
HEAD, LINES = 1 << 16, 20
"""Bytes, and lines in them, from which the separator is told."""
ALIKE = 0.5
"""Share of those lines that it has to part into as many values as the header."""
GAP = re.compile(rb"(?:\A|\n)[ \t]*\r?\n\s*\S")
"""A line that holds nothing, with something after it."""
GAP_BEGINS = (b"\n\n", b"\n\r", b"\n ", b"\n\t")
"""What one begins with: where there is none of these, which is soon known, there is no gap."""


def head_of(file: Path) -> str:
    """The beginning of a file, as text."""
    with file.open("rb") as opened:
        return decoded(opened.read(HEAD))


def decoded(data: bytes) -> str:
    """The beginning of some bytes, as text."""
    return data[:HEAD].decode("utf-8-sig", errors="replace")


def separator(head: str) -> str:
    """What parts the names of a header and the rows below into as many values; empty unless just one does."""
    lines = [line for line in head.splitlines() if line.strip()][: LINES + 1]
    found = []
    for one in SEPARATORS:
        sizes = [len(row) for row in csv.reader(lines[:LINES], delimiter=one)]
        if sizes and sizes[0] > 1 and sizes.count(sizes[0]) >= ALIKE * len(sizes):
            found.append(one)
    return found[0] if len(found) == 1 else ""


def names(head: str, parted_by: str) -> list[str]:
    """The names of the header, which is the first line that holds anything."""
    lines = [line for line in head.splitlines() if line.strip()]
    return [name.strip() for name in next(csv.reader(lines, delimiter=parted_by), [])]


def twice(given: Sequence[str]) -> dict[int, int]:
    """Places of names that stood before, whatever their case, and the place at which each stood first."""
    first: dict[str, int] = {}
    found = {}
    for place, name in enumerate(given):
        if first.setdefault(name.casefold(), place) != place and name:
            found[place] = first[name.casefold()]
    return found


def rows_are_lines(data: bytes) -> bool:
    """Whether no line is left blank between others, so that the number of a row is that in a spreadsheet."""
    return not _may_have_gaps(data) or GAP.search(data) is None


def _may_have_gaps(data: bytes | mmap) -> bool:
    return data[:1].isspace() or any(data.find(begin) >= 0 for begin in GAP_BEGINS)


def rows_of_file_are_lines(file: Path) -> bool:
    """The same of a file, which need not fit into memory."""
    if not file.stat().st_size:
        return True
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as data:
        return not _may_have_gaps(data) or GAP.search(data) is None


def refuse_open_quotes(data: bytes, parted_by: str, name: str) -> None:
    """Refuse a value that a quotation mark opens and does not close where it ends: rows would be lost within it."""
    if b'"' not in data:
        return
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline=""), delimiter=parted_by, strict=True)
    begins = 1
    try:
        for _ in rows:
            begins = rows.line_num + 1
    except csv.Error:
        raise RecordsError(
            f"{name} cannot be read: in the row that begins at line {begins:,} a quotation mark opens a value and is "
            "not closed where the value ends. A mark that belongs to a value stands twice, in a value between marks."
        ) from None


def row_of_another_length(file: Path, parted_by: str, most: int) -> int | None:
    """The line of the first row that has not as many values as the header, of so many rows; None if all have."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        rows = csv.reader(opened, delimiter=parted_by)
        number = 0
        for row in islice(rows, most):
            number = number or len(row)
            if row and len(row) != number:
                return rows.line_num
    return None
