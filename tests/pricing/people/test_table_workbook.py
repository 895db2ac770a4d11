"""A reader's own table in an Excel workbook: its first sheet by its values, and hostile files refused in a sentence."""

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from pricing.errors import TableError
from pricing.people import own_table, table_workbook

HEADER = ["people", "needs", "decile", "probability", "rate", "severity"]
GROUP = [1250, 0, 9, 0.12, 0.3, 6.0]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
Table = list[list[object]]


def by_openpyxl(rows: Table) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Second").append(["nothing to see"])
    book.save(file)
    return file.getvalue()


def by_xlsxwriter(rows: Table) -> bytes:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "default_date_format": "d mmm"}) as book:
        sheet = book.add_worksheet("Groups & more")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


WRITERS = [by_openpyxl, by_xlsxwriter]


def with_parts(parts: dict[str, str], data: bytes = by_openpyxl([HEADER, GROUP])) -> bytes:
    """A workbook in which some parts are others."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bent:
        for name in {*good.namelist(), *parts}:
            bent.writestr(name, parts[name] if name in parts else good.read(name))
    return file.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(TableError) as problem:
        own_table.read(data, "groups.xlsx")
    assert str(problem.value).isprintable()
    assert str(problem.value).endswith(".")
    return str(problem.value)


@pytest.mark.parametrize("write", WRITERS)
def test_the_first_sheet_is_read_by_its_values(write: Callable[[Table], bytes]) -> None:
    rows = [["People", "needs", "Decile", "probability", "rate", "severity", None], [], GROUP, []]
    people = own_table.read(write([*rows, [90, 5, 2, "82.5%", 6.5, 9.5]]), "groups.xlsx")
    assert people.people.tolist() == [1250, 90]
    assert people.rate.tolist() == [0.3, 6.5]
    assert people.probability.tolist() == [0.12, 0.825]
    assert re.match(
        r"How the table was read: the first sheet, .+, by its values; 2 empty rows left out", people.notes[0]
    )


@pytest.mark.parametrize("write", WRITERS)
def test_faults_are_named_by_the_sheets_rows(write: Callable[[Table], bytes]) -> None:
    said = refusal(write([HEADER, [], ["many", *GROUP[1:]], [date(2026, 3, 1), *GROUP[1:]], [*GROUP, "note"]]))
    assert "Row 3, column people: “many” is not a number" in said
    assert "Row 4, column people: “2026-03-01" in said
    assert refusal(write([HEADER, ["1,250", *GROUP[1:]]])).startswith(
        "Row 2, column people: “1,250” is not a number, as"
    )
    assert "header but no rows" in refusal(write([HEADER]))
    assert "first sheet of the workbook is empty" in refusal(write([]))


def test_a_formula_counts_by_the_value_that_was_saved() -> None:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, GROUP)
        sheet.write_formula(1, 0, "=1000+234", None, 1234)
    assert own_table.read(file.getvalue(), "groups.xlsx").people.tolist() == [1234]


def test_a_csv_under_another_name_is_known_by_its_bytes() -> None:
    text = ",".join(HEADER) + "\n" + ",".join(map(repr, GROUP))
    assert own_table.read(text.encode(), "groups.xlsx").people.tolist() == [1250]
    assert own_table.read(by_openpyxl([HEADER, GROUP]), "groups.csv").people.tolist() == [1250]


def sheet(rows: str) -> str:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HERE = Path(__file__).as_uri()
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/{SHEET}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main'
    '+xml"/></Types>'
)
HOSTILE = {
    "a sheet that unpacks to 6 MB": ({SHEET: sheet(" " * 6_000_000)}, "sheets unpack to 6.0 MB; at most 5 MB"),
    "many sheets": ({f"xl/worksheets/{n}.xml": " " * 1_000_000 for n in range(5)}, "sheets unpack to 5.0 MB"),
    "texts of 600 kB": ({"xl/sharedStrings.xml": " " * 600_000}, "unpack to 0.6 MB; at most 0.5 MB"),
    "a column far away": ({SHEET: sheet('<row><c r="ZZZ1"><v>1</v></c></row>')}, "has 18,278 columns; at most 100"),
    "a row beyond the last": ({SHEET: sheet('<row r="9999999"><c><v>1</v></c></row>')}, "is empty"),
    "entities of entities": (
        {SHEET: f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]>' + sheet('<row><c t="str"><v>&a9;</v></c></row>')},
        "not an Excel workbook",
    ),
    "a file of the machine": (
        {
            SHEET: f'<!DOCTYPE a [<!ENTITY a SYSTEM "{Path(__file__).as_uri()}">]>'
            + sheet("<row><c><v>&a;</v></c></row>")
        },
        "not an Excel workbook",
    ),
    "no XML": ({SHEET: "<"}, "not an Excel workbook"),
    "a book among the sheets": ({"[Content_Types].xml": TYPES}, "not an Excel workbook"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused(name: str) -> None:
    parts, said = HOSTILE[name]
    assert said in refusal(with_parts(parts))


def test_a_thousand_sheets_cost_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    real = zipfile.ZipFile.open

    def counted(archive: zipfile.ZipFile, name: str, *rest: str) -> object:
        opened.append(name)
        return real(archive, name, *rest)

    with zipfile.ZipFile(io.BytesIO(by_openpyxl([HEADER, GROUP]))) as good:
        book = good.read("xl/workbook.xml").decode()
    one = re.search(r"<sheet [^>]+/>", book)
    assert one
    data = with_parts({"xl/workbook.xml": book.replace(one[0], one[0] * 1000)})
    monkeypatch.setattr(zipfile.ZipFile, "open", counted)
    own_table.read(data, "groups.xlsx")
    assert opened.count(SHEET) == 2


def test_a_workbook_with_more_rows_than_can_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_workbook, "MOST_ROWS", 3)
    assert own_table.read(by_openpyxl([HEADER, *[GROUP] * 3]), "groups.xlsx").people.size == 3
    assert "more than 3 rows" in refusal(by_openpyxl([HEADER, *[GROUP] * 4]))


GOOD = by_xlsxwriter([HEADER, GROUP])


@given(st.integers(0, len(GOOD)), st.integers(0, 3), st.binary(max_size=3))
def test_a_bent_workbook_is_read_or_refused_in_a_sentence(place: int, left_out: int, put: bytes) -> None:
    with suppress(TableError):
        own_table.read(GOOD[:place] + put + GOOD[place + left_out :], "groups.xlsx")


PARTS = {name: zipfile.ZipFile(io.BytesIO(GOOD)).read(name) for name in zipfile.ZipFile(io.BytesIO(GOOD)).namelist()}


@given(st.sampled_from(sorted(PARTS)), st.data())
def test_a_bent_part_is_read_or_refused_in_a_sentence(name: str, draws: st.DataObject) -> None:
    part = PARTS[name]
    place = draws.draw(st.integers(0, len(part)))
    bent = part[:place] + draws.draw(st.binary(max_size=3)) + part[place + draws.draw(st.integers(0, 30)) :]
    with suppress(TableError):
        own_table.read(with_parts({name: bent.decode("latin-1")}, GOOD), "groups.xlsx")
