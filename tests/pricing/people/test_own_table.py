"""A reader's own table: what is right is read as it stands; what is wrong is named, with its place."""

import io
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import TableError
from pricing.people import own_table

HEADER = "people,needs,decile,probability,rate,severity"
GOOD = "420,0,9,0.12,0.15,6.0"


def read(text: str) -> object:
    return own_table.read(text.encode(), "groups.csv")


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def test_a_good_table_is_read_row_by_row() -> None:
    people = own_table.read(f"{HEADER}\n{GOOD}\n90,5,2,.82,6.5,9.5\n".encode(), "groups.csv")
    assert people.label == "groups.csv"
    assert people.people.tolist() == [420, 90]
    assert people.probability.tolist() == [0.12, 0.82]
    assert people.deciles["housing"].tolist() == [9, 2]
    assert len(people.notes) == 2


def test_columns_may_stand_in_any_order_and_bring_their_own_deciles() -> None:
    text = "decile_housing,severity,rate,probability,decile,needs,people,decile_employment\n3,6,0.2,0.1,9,0,10,4\n"
    people = own_table.read(text.encode("utf-8-sig"), "groups.csv")
    assert {index: values.tolist() for index, values in people.deciles.items()} == {
        "overall": [9],
        "employment": [4],
        "housing": [3],
    }
    assert people.notes == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        (" \n \n", "The file is empty"),
        (HEADER, "a header but no rows"),
        (f"{GOOD}\n{GOOD}", "no header"),
        ("people,needs,decile,probability,rate\n1,1,1,.1,.2", "missing: “severity”"),
        (f"{HEADER},sex\n{GOOD},1", "not known: “sex”"),
        (f"{HEADER},needs\n{GOOD},1", "named twice: “needs”"),
        (f"{HEADER}\n{GOOD},7", "Line 2 has 7 values; the header has 6"),
        (f"{HEADER}\n1,2", "Line 2 has 2 values"),
        (f"{HEADER}\n{GOOD}\nmany,0,9,.1,.2,6", "Row 2, column people: “many” is not a number"),
        (f"{HEADER}\n,0,9,.1,.2,6", "Row 1, column people: “” is not a number"),
        (f"{HEADER}\n10,0,9,nan,.2,6", "column probability: “nan” is not a number"),
        (f"{HEADER}\n10,0,9,0,.2,6", "column probability: “0” must be above 0 and below 1"),
        (f"{HEADER}\n10,0,9,1,2,6", "column probability: “1” must be above 0 and below 1"),
        (f"{HEADER}\n-10,0,9,.1,.2,6", "column people: “-10” must be above 0"),
        (f"{HEADER}\n1e999,0,9,.1,.2,6", "column people: “1e999” must be above 0"),
        (f"{HEADER}\n10,2.5,9,.1,.2,6", "column needs: “2.5” must be a whole number from 0 to 5"),
        (f"{HEADER}\n10,2,11,.1,.2,6", "column decile: “11” must be a whole number from 1 to 10"),
        (f"{HEADER}\n10,2,1,.3,.2,6", "Row 1: 0.3 of people cannot reoffend with only 0.2 reoffences"),
        (f'{HEADER}\n10,2,1,"', "not valid CSV"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(text: str, said: str) -> None:
    with pytest.raises(TableError) as problem:
        read(text)
    assert said in str(problem.value)
    assert str(problem.value).isprintable()
    assert str(problem.value).endswith(".")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"{HEADER}\n{GOOD}".encode("utf-16"), "not UTF-8"),
        (f"{HEADER}\n{GOOD}".encode("utf-16-le"), "empty bytes"),
        ("people,straße\n".encode("latin-1"), "byte 12 cannot be read"),
        (zipped(), "a spreadsheet under another name"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a spreadsheet under another name"),
    ],
)
def test_what_is_no_utf8_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said):
        own_table.read(data, "groups.csv")


def test_two_million_rows_are_refused_before_they_are_read() -> None:
    data = f"{HEADER}\n".encode() + f"{GOOD}\n".encode() * 2_000_000
    with pytest.raises(TableError, match="at most 10 MB"):
        own_table.read(data, "groups.csv")
    short = f"{HEADER}\n".encode() + b"1,0,9,.1,.2,6\n" * (own_table.MOST_ROWS + 1)
    with pytest.raises(TableError, match="more than 100,000 rows"):
        own_table.read(short, "groups.csv")


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(data: bytes) -> None:
    with suppress(TableError):
        own_table.read(data, "groups.csv")


@given(
    st.lists(
        st.tuples(
            st.floats(0.5, 1e6), st.integers(0, 5), st.integers(1, 10), st.floats(0.001, 0.999), st.floats(1, 900)
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_written_is_what_is_read(rows: list[tuple[float, int, int, float, float]]) -> None:
    text = HEADER + "\n" + "".join(f"{a!r},{b},{c},{d!r},{e!r},7\n" for a, b, c, d, e in rows)
    people = own_table.read(text.encode(), "groups.csv")
    assert np.array_equal(people.people, [row[0] for row in rows])
    assert np.array_equal(people.probability, [row[3] for row in rows])
    assert np.array_equal(people.rate, [row[4] for row in rows])


@given(st.text(max_size=100))
def test_a_files_name_is_kept_to_one_short_line(name: str) -> None:
    label = own_table.read(f"{HEADER}\n{GOOD}\n".encode(), name).label
    assert label.isprintable()
    assert len(label) <= 60
