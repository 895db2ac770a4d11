"""The cells of a reader's own table in CSV as programs write it: encodings, separators, marks in numbers."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from pricing.errors import TableError

MOST_BYTES = 10_000_000
MOST_ROWS = 100_000
MOST_IN_HEADER = 2_000
"""Characters of the first row; the eight names a table can have need fewer than a hundred."""
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
"""The first bytes of an .xls, and of an .xlsx with a password."""
SEPARATORS = {";": "semicolons", "\t": "tabs", ",": "commas"}
SAID = re.compile(r'\A"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""The first line with which Excel is told the separator; Excel itself does not count it as a row."""

LOOKED_AT, LOOKED_THROUGH = 20_000, 10
"""Characters and rows at the beginning of a file that tell how its columns are parted and where their names stand."""
FIGURE = re.compile(r"[+-]?(?=[.,]*\d)[\d.,]+\s?%?")
"""What is a number whatever its marks mean. A cell is read once: it may be as long as a file."""
MISQUOTED = {
    "unexpected end": "a quotation mark is never closed",
    "expected after": "a quotation mark closes before its cell ends",
}
"""What Python says of a row -> what a reader can look for."""


@dataclass(frozen=True)
class Rows:
    """Rows of text with the numbers that a spreadsheet gives them, and what had to be understood to read them."""

    header: list[str]
    numbers: list[int]
    cells: list[list[str]]
    separator: str  # "" in a workbook
    understood: list[str]


def decode(data: bytes) -> tuple[str, list[str]]:
    """Text of a file, and what was understood; raises TableError for a spreadsheet, other bytes or a huge file.

    UTF-8 is tried first, UTF-16 only where its byte-order mark stands, Windows-1252 where neither fits.
    """
    if len(data) > MOST_BYTES:
        raise TableError(f"The file has {len(data) / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB can be read.")
    if data.startswith(OLD_SPREADSHEET):
        raise TableError("The file is an old spreadsheet or has a password. Save it as .xlsx without one, or as CSV.")
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        text = text.lstrip("\ufeff")  # each program on the way may have put a mark of its own
        if not text.strip():
            raise TableError("The file is empty.")
        return text, [] if encoding == "utf-8-sig" else [f"the text is {encoding.upper()}"]
    raise TableError("The file is not plain text that can be read. Save it as CSV (UTF-8) and try again.")


def column_name(text: str) -> str:
    """A column's name without case, and with underscores for spaces and hyphens."""
    return re.sub(r"[\s_-]+", "_", text.strip().lower())


def separator_of(text: str, known: Iterable[str]) -> str:
    """The separator that finds most of the ``known`` names in one of the first rows, then most numbers; or a comma."""
    names = set(known)

    def fit(one: str) -> tuple[int, int]:
        rows = list(islice(csv.reader(io.StringIO(text[:LOOKED_AT], newline=""), delimiter=one), LOOKED_THROUGH))
        found = max((sum(column_name(cell) in names for cell in row) for row in rows), default=0)
        return found, sum(bool(FIGURE.fullmatch(cell.strip())) for row in rows for cell in row)

    best = max(SEPARATORS, key=fit)
    return best if fit(best) > fit(",") else ","


def opening(text: str, known: tuple[str, ...]) -> tuple[str, str]:
    """The separator, and the text below a line that says it; raises TableError for another one or a long header."""
    said = SAID.match(text)
    text = text[said.end() :] if said else text
    first = next((line for line in io.StringIO(text, newline=None) if line.strip(' ,;\t\n"')), "")
    if len(first) > MOST_IN_HEADER:
        raise TableError(f"The first row has {len(first):,} characters; it must hold the columns' names and no more.")
    separator = said.group(1) if said else separator_of(text, known)
    if separator not in SEPARATORS:
        raise TableError("The first line asks for another separator. Save the table with commas, semicolons or tabs.")
    return separator, text


def split(text: str, known: tuple[str, ...]) -> Rows:
    """Rows of a table, empty ones left out but counted; raises TableError for a malformed or endless file."""
    separator, text = opening(text, known)
    found, empty, number = list[tuple[int, list[str]]](), 0, 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, row in enumerate(reader, start=1):
            if any(map(str.strip, row)):
                found.append((number, row))
            else:
                empty += 1
            if len(found) > MOST_ROWS + 1:
                raise TableError(f"The file has more than {MOST_ROWS:,} rows. Group people who are alike.")
    except csv.Error as problem:
        cause = next((plain for words, plain in MISQUOTED.items() if words in str(problem)), str(problem))
        parted = "" if found else "; columns must be parted by commas, semicolons or tabs"
        raise TableError(f"Row {number + 1} is not valid CSV: {cause}{parted}.") from None
    return to_rows(found, empty, separator, [f"{SEPARATORS[separator]} part the columns"] if separator != "," else [])


def to_rows(found: list[tuple[int, list[str]]], empty: int, separator: str, understood: list[str]) -> Rows:
    """Rows from what was found by the spreadsheet's number, the first of them the header."""
    if empty:
        understood.append(f"{empty:,} empty row{'s' * (empty > 1)} left out")
    header = found[0][1] if found else []
    return Rows(header, [row for row, _ in found[1:]], [cells for _, cells in found[1:]], separator, understood)


UNSETTLED, COMMAS_UNSETTLED = "??", "?"
"""In place of a decimal mark: "1,234" and "1.234" may be a decimal or a thousand, or "1,234" alone may."""
GROUPED = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:[{re.escape(mark)}]\d{{3}})+") for mark in (",", ".", " ")}
"""Whole numbers with a mark between thousands."""
DECIMAL_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d*),\d+(?:[eE][+-]?\d+)?")
DECIMAL_POINT = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d*)\.\d+(?:[eE][+-]?\d+)?")


def tidy(text: str) -> str:
    """A cell without spaces around it, nor before a percent sign, and with plain spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", text).strip().replace(" %", "%")


def decimal_mark(texts: Iterable[str], separator: str) -> str:
    """The decimal mark of a whole file: "," or ".", or one of the two below where its numbers do not settle it.

    Only what has one meaning counts: "0,47" and "1.234,5" for a comma, "0.47", "1,234.5" and "1,234,567" for a point.
    "1.234" alone, where commas do not part the columns, may be a decimal or a thousand.
    The texts of a workbook (no ``separator``) are not settled by its numbers, which have no marks of their own.
    """
    plain = [text.rstrip("%") for text in texts]
    if not any("," in text for text in plain):
        points = [text for text in plain if "." in text]
        grouped = points and all(map(GROUPED["."].fullmatch, points))
        return UNSETTLED if grouped and separator not in ("", ",") else "."
    if not separator:
        return COMMAS_UNSETTLED
    comma = any(DECIMAL_COMMA.fullmatch(text) and not GROUPED[","].fullmatch(text) for text in plain if "," in text)
    point = any(
        (DECIMAL_POINT.fullmatch(text) and not GROUPED["."].fullmatch(text))
        or (text.count(",") > 1 and GROUPED[","].fullmatch(text))
        for text in plain
    )
    if comma and not point:
        return ","
    return "." if separator == "," or point else UNSETTLED


def plain_number(text: str, mark: str) -> str:
    """A number as Python writes it, from a tidied one with marks between thousands; other text as it is."""
    other = "." if mark == "," else ","
    whole, point, rest = text.partition(mark)
    if GROUPED[" "].fullmatch(whole):
        whole = whole.replace(" ", "")
        text = f"{whole}{point}{rest}"
    if other in whole and other not in rest and GROUPED[other].fullmatch(whole) and mark in ",.":
        whole = whole.replace(other, "")
    elif (other in text and mark == ",") or (mark == UNSETTLED and GROUPED["."].fullmatch(text)):
        return text + " "  # two marks that contradict each other are no number, nor is one of two meanings
    return f"{whole}{'.' if point else ''}{rest}"
