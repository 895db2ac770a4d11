"""CSV records on the page and in a file: what has one meaning is read, and what is wrong with a row is said of it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pricing.errors import RecordsError
from pricing.people.records import door
from pricing.people.records.counted import Counted
from pricing.people.records.engines import csv_text
from pricing.people.records.engines.embedded import DuckDB, in_memory

MAP = door.read_map(
    """
label = "Everyone"
outcome = "reoffends"
follow_up = "12 months"
[rows]
person = "id"
[outcomes]
reoffended = {column = "re", yes = ["Y"], no = ["N"]}
implied_alpha = 1.6
equal_severity = 100
[[factors]]
key = "sex"
kind = "category"
column = "sex"
levels = ["M", "F"]
"""
)
HEADER = "id,re,sex,note\n"


def rows(notes: dict[int, str], number: int = 3000) -> str:
    """So many rows, with a note in some of them."""
    return "".join(f"{row},{'YN'[row % 2]},{'MF'[row % 3 > 0]},{notes.get(row, 'fine')}\n" for row in range(number))


@pytest.fixture(params=["page", "file"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Counted]:
    """A function that counts the people of a text, as the page and as the command read it."""

    def counted(text: str) -> Counted:
        file = tmp_path / "records.csv"
        file.write_bytes(text.encode())
        engine = in_memory(text.encode(), file.name) if request.param == "page" else DuckDB((file,))
        try:
            return door.count(engine, MAP)
        finally:
            engine.close()

    return counted


@pytest.mark.parametrize(
    "notes", [{1500: '"said'}, {500: '"said', 2000: '"again'}, {10: '"a, b"', 700: '"said'}], ids=str
)
def test_no_row_is_lost_within_an_open_quotation_mark(read: Callable[[str], Counted], notes: dict[int, str]) -> None:
    """Of 3,000 rows 1,501 were counted, and nothing said, though the column is not used."""
    with pytest.raises(RecordsError, match="quotation mark"):
        read(HEADER + rows(notes))


def test_the_page_says_where_a_quotation_mark_is_left_open() -> None:
    with pytest.raises(RecordsError, match="the row that begins at line 502 a quotation mark opens a value"):
        in_memory((HEADER + rows({500: '"said', 2000: '"again'})).encode(), "records.csv")


@pytest.mark.parametrize("note", ['5" knife', '"a, b"', '"said ""no"""', '"two\nlines"', "’"])
def test_a_mark_that_has_one_meaning_is_read(read: Callable[[str], Counted], note: str) -> None:
    found = read(HEADER + rows({3: note, 70: note}))
    assert (found.rows, found.cells.people.sum(), list(found.wrong)) == (3000, 3000, [])


@pytest.mark.parametrize("mark", csv_text.SEPARATORS)
@pytest.mark.parametrize("header", ["id,re,sex,note", " id , re,sex ,note"])
def test_columns_may_be_parted_by_any_usual_mark(read: Callable[[str], Counted], mark: str, header: str) -> None:
    """A comma within a value of records that are parted by another mark parts nothing."""
    text = (header + "\n" + rows({})).replace(",", mark)
    note = "1,5" if mark != "," else "1.5"
    found = read(text.replace("fine", note))
    assert (found.rows, found.cells.people.sum(), list(found.wrong)) == (3000, 3000, [])


@pytest.mark.parametrize("twice", ["id,re,sex,sex", "id,re,sex,SEX", "id,Re,sex, re"])
def test_a_column_that_is_named_twice_is_refused_where_the_two_differ(
    read: Callable[[str], Counted], twice: str
) -> None:
    """The first had been taken, in silence. One that is the other again has one meaning."""
    with pytest.raises(RecordsError, match=r"Two columns of the records have the name '(sex|Re)'"):
        read(twice + "\n" + rows({}, 20))
    *_, last = twice.split(",")
    lines = [line.split(",") for line in (HEADER + rows({}, 20)).splitlines()]
    place = lines[0].index(last.strip().casefold())
    added = [last, *(line[place] for line in lines[1:])]
    text = "".join(",".join([*line[:3], more]) + "\n" for line, more in zip(lines, added, strict=True))
    assert read(text).cells.people.sum() == 20


@pytest.mark.parametrize("row", ["7,Y", "7,Y,M,fine,more"])
@pytest.mark.parametrize("before", [2, 3000])
def test_a_row_of_another_length_is_named(read: Callable[[str], Counted], row: str, before: int) -> None:
    """The command said that the records lack the columns that the map names."""
    with pytest.raises(RecordsError, match=f"(row|line) {before + 2:,}\\b"):
        read(HEADER + rows({}, before) + row + "\n" + rows({}, 2))


def test_no_row_has_a_number_that_is_not_its_own(read: Callable[[str], Counted]) -> None:
    """Blank lines were passed over, and rows below them numbered as if they were not there."""
    wrong = rows({}, 30) + "30,Y,X,fine\n"
    assert [flaw.first for flaw in read(HEADER + wrong).wrong] == [(32,)]
    for text in (HEADER + "\n\n" + wrong, "\n" + HEADER + wrong, HEADER + rows({}, 1) + "\n" + wrong[11:]):
        (flaw,) = (flaw for flaw in read(text).wrong if flaw.where == "sex")
        assert flaw.first == ()
    assert [flaw.first for flaw in read(HEADER + wrong + "\n\n").wrong] == [(32,)]


def test_gaps_are_found_as_line_after_line_has_them() -> None:
    luck = np.random.default_rng(4)
    for _ in range(300):
        lines = luck.choice(["a,b", "", " ", "\t"], size=luck.integers(1, 6), p=[0.6, 0.2, 0.1, 0.1])
        text = str(luck.choice(["\n", "\r\n"])).join(lines)
        told = [bool(line.strip()) for line in text.splitlines()]
        last = max((place for place, full in enumerate(told) if full), default=-1)
        assert csv_text.rows_are_lines(text.encode()) == all(told[: last + 1])
