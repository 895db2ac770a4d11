"""The cells of a reader's own table in an Excel workbook (.xlsx): the values of its first sheet. Input is untrusted."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, time
from zipfile import ZipFile

from pricing.errors import TableError
from pricing.people.table_text import MOST_ROWS, Rows, to_rows
from pricing.scenario.spec import printable

ZIPPED = b"PK\x03\x04"
"""The first bytes of every .xlsx, which is a zip."""
MOST_UNPACKED, MOST_BESIDE = 5_000_000, 500_000
"""Bytes of the sheets, of which a row of six numbers takes some 240, and of everything else: texts, formats, pictures.

Each element becomes an object: the worst that was made of so many bytes took 4 s, where 20,000 honest rows take 1.5 s.
"""
MOST_COLUMNS = 100
LAST_ROW = 1_048_576
"""The last row that a sheet has in Excel."""
SHEETS = "xl/worksheets/"
NO_WORKBOOK = "The file is not an Excel workbook (.xlsx) that can be read. Save it as CSV (UTF-8) and try again."
ALONE = "Copy the table alone into a new workbook, or save it as CSV (UTF-8), and try again."


def read(data: bytes) -> Rows:
    """Rows of the first sheet, empty ones left out but counted; formulas by the value that was last saved.

    Raises TableError for a file that is no workbook, or that unpacks to more than can be read.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library leaves out: comments, pictures, validation
            check_size(archive)
            return collect(*first_sheet(data))
    except TableError:
        raise
    except Exception:  # a broken part leads the library to errors of any kind
        raise TableError(NO_WORKBOOK) from None


def check_size(archive: ZipFile) -> None:
    """Raise TableError where the parts unpack to more than can be read; zipfile reads no more than they declare."""
    sheets = sum(part.file_size for part in archive.infolist() if part.filename.startswith(SHEETS))
    beside = sum(part.file_size for part in archive.infolist()) - sheets
    parts = (("sheets", sheets, MOST_UNPACKED), ("texts, formats and pictures", beside, MOST_BESIDE))
    for what, size, most in parts:
        if size > most:
            said = f"The workbook's {what} unpack to {size / 1e6:,.1f} MB; at most {most / 1e6:g} MB can be read."
            raise TableError(f"{said} {ALONE}")


def first_sheet(data: bytes) -> tuple[str, Iterator[tuple[object, ...]]]:
    """Name and rows of the first worksheet; no other one is opened, however many there are."""
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - a third of a second that only those pay who ask
    from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: PLC0415

    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    parts = reader.package.Override
    if any(one.PartName.startswith(f"/{SHEETS}") and not one.ContentType.endswith("worksheet+xml") for one in parts):
        raise TableError(NO_WORKBOOK)  # its size was not held as that of a part beside the sheets
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)  # tells dates from numbers
    sheets = reader.parser.find_sheets()
    reader.parser.sheets = [next(sheet for sheet, part in sheets if part.Type.endswith("/worksheet"))]
    reader.read_worksheets()
    sheet = reader.wb.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its size need not be so
    return sheet.title, sheet.iter_rows(min_row=1, max_row=LAST_ROW, min_col=1, values_only=True)


def collect(name: str, rows: Iterator[tuple[object, ...]]) -> Rows:
    """The rows that hold anything, as texts; raises TableError where there are too many or one is too wide."""
    found, empty = list[tuple[int, list[str]]](), 0
    for number, row in enumerate(rows, start=1):
        if len(row) > MOST_COLUMNS:
            raise TableError(f"Row {number} has {len(row):,} columns; at most {MOST_COLUMNS} can be read. {ALONE}")
        cells = [to_text(value) for value in row]
        if any(map(str.strip, cells)):
            found.append((number, cells))
        else:
            empty += 1
        if len(found) > MOST_ROWS + 1:
            raise TableError(f"The file has more than {MOST_ROWS:,} rows. Group people who are alike.")
    if not found:
        raise TableError("The first sheet of the workbook is empty.")
    width = max(len(cells) for _, cells in found)
    found = [(number, cells + [""] * (width - len(cells))) for number, cells in found]
    return to_rows(found, empty, "", [f"the first sheet, {printable(name)}, by its values"])


def to_text(value: object) -> str:
    """A cell as a CSV would hold it; a date stays one, and is no number."""
    if value is None:
        return ""
    if isinstance(value, date | time):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
