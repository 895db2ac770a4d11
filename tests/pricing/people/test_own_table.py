"""A reader's own table: what is right is read as it stands; what is wrong is named, with its place."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import TableError
from pricing.people import own_table
from pricing.people.table_text import FIGURE

HEADER = "people,needs,decile,probability,rate,severity"
GOOD = "420,0,9,0.12,0.15,6.0"


def read(text: str) -> object:
    return own_table.read(text.encode(), "groups.csv")


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
        (f"{HEADER}\n{GOOD},7", "Row 2, which has 7 values, where the header has 6"),
        (f"{HEADER}\n1,2", "Row 2, which has 2 values"),
        (f"{HEADER}\n{GOOD}\nmany,0,9,.1,.2,6", "Row 3, column people: “many” is not a number"),
        (f"{HEADER}\n,0,9,.1,.2,6", "Row 2, column people: “” is not a number"),
        (f"{HEADER}\n10,0,9,nan,.2,6", "column probability: “nan” is not a number"),
        (f"{HEADER}\n10,0,9,0,.2,6", "column probability: “0” must be from 0.0001 to 0.999"),
        (f"{HEADER}\n10,0,9,48,2,6", "“48” must be from 0.0001 to 0.999; if 48% is meant, write 48%"),
        (f"{HEADER}\n10,0,9,1,2,6", "column probability: “1” must be from 0.0001 to 0.999"),
        (f"{HEADER}\n-10,0,9,.1,.2,6", "column people: “-10” must be above 0"),
        (f"{HEADER}\n1e999,0,9,.1,.2,6", "column people: “1e999” is too large a number"),
        (f"{HEADER}\n10,2.5,9,.1,.2,6", "column needs: “2.5” must be a whole number from 0 to 5"),
        (f"{HEADER}\n10,2,11,.1,.2,6", "column decile: “11” must be a whole number from 1 to 10"),
        (
            f"{HEADER}\n10,2,1,.3,.2,6",
            "Row 2, columns probability and rate: 0.3 of people cannot reoffend with only 0.2 reoffences",
        ),
        (f'{HEADER}\n10,2,1,"', "not valid CSV"),
        (f"{HEADER}\n10,2,1,.9991,2,6", "column probability: “.9991” must be from 0.0001 to 0.999"),
        (f"{HEADER}\n10,2,1,.1,101,6", "column rate: “101” must be from 0.0001 to 100"),
        (f"{HEADER}\n10,2,1,.1,.2,10001", "column severity: “10001” must be from 0.001 to 10,000"),
        (f"{HEADER}\n.4,2,1,.1,.2,6\n.5,2,1,.1,.2,6", "has 0.9 people in all; it must have from 1 to 10,000,000"),
        (f"{HEADER}\n6e6,2,1,.1,.2,6\n6e6,2,1,.1,.2,6", "has 12,000,000 people in all"),
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
        (f"{HEADER}\n{GOOD}".encode("utf-32"), "not plain text"),
        (f"{HEADER}\n{GOOD}".encode("utf-16-le"), "not plain text"),
        ("people,straße\n".encode("latin-1"), "not known: “straße”"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old spreadsheet or has a password"),
    ],
)
def test_what_is_no_text_or_no_table_is_refused(data: bytes, said: str) -> None:
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
        st.tuples(st.floats(1, 4e5), st.integers(0, 5), st.integers(1, 10), st.floats(0.001, 0.999), st.floats(1, 100)),
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


TABLE = [("1250", "0", "9", "0.12", "0.15", "6.0"), ("90", "5", "2", "0.825", "6.5", "9.5")]
PLAIN = "\n".join([HEADER, *map(",".join, TABLE)])


@st.composite
def written(draw: st.DrawFn) -> bytes:
    """The same table as Excel, LibreOffice, R or pandas write it, with what people leave in it."""
    separator = draw(st.sampled_from([",", ";", "\t"]))
    comma = draw(st.booleans())
    titled = draw(st.sampled_from([str.lower, str.upper, str.title]))
    names = draw(st.booleans())
    quotes = draw(st.booleans()) or separator == ","
    trailing = draw(st.integers(0, 3))

    def cell(text: str, place: int) -> str:
        if place in (3, 4) and draw(st.booleans()):
            text = f"{float(text) * 100:g}%"
        if text == "1250" and draw(st.booleans()):
            text = "1.250" if comma else "1,250"
        elif comma:
            text = text.replace(".", ",")
        text = draw(st.sampled_from(["", " "])) + text + draw(st.sampled_from(["", " ", "\u00a0"]))
        return f'"{text}"' if quotes else text

    lines = [([f'"{titled(name)}"' for name in HEADER.split(",")], '""')]
    lines += [([cell(text, place) for place, text in enumerate(row)], str(n)) for n, row in enumerate(TABLE)]
    empty = st.sampled_from(["", separator * 5, " " + separator])
    rows = ["sep=" + separator] if draw(st.booleans()) else []
    for cells, number in lines:
        rows += draw(st.lists(empty, max_size=2))
        rows.append(separator.join(([number] if names else []) + cells + [""] * trailing))
    rows += draw(st.lists(empty, max_size=3))
    text = draw(st.sampled_from(["\n", "\r\n"])).join(rows)
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])))


@given(written())
def test_what_programs_write_gives_the_same_figures_and_says_what_was_understood(data: bytes) -> None:
    people, plain = own_table.read(data, "x.csv"), own_table.read(PLAIN.encode(), "x.csv")
    for name in ("people", "needs", "probability", "rate", "severity"):
        assert getattr(people, name) == pytest.approx(getattr(plain, name), rel=1e-12), name
    assert plain.notes == people.notes[-2:]
    assert len(people.notes) <= 3


@given(written(), st.data())
def test_a_bent_table_is_read_or_refused_in_a_sentence(data: bytes, draws: st.DataObject) -> None:
    bent = bytearray(data)
    for _ in range(draws.draw(st.integers(1, 4))):
        place = draws.draw(st.integers(0, len(bent) - 1))
        bent[place : place + draws.draw(st.integers(0, 3))] = draws.draw(st.binary(max_size=3))
    said = refusal(bytes(bent))
    assert said.isprintable()
    assert said.endswith(".")


def refusal(data: bytes) -> str:
    """The sentence with which a table is refused; "Read." where it is not."""
    try:
        own_table.read(data, "x.csv")
    except TableError as problem:
        return str(problem)
    return "Read."


def test_all_that_is_wrong_is_said_at_once_by_the_spreadsheets_rows() -> None:
    bad = "\n".join(["10,0,9,0,.2,6", ",,,,,", *["many,0,9,.1,.2,6"] * 12])
    with pytest.raises(TableError) as problem:
        read(f"{HEADER}\n{bad}\n")
    said = str(problem.value)
    assert said.startswith("13 cells or rows cannot be used. Row 2, column probability: “0”")
    assert "join groups in which nobody, or everybody, reoffended" in said
    assert "Row 3," not in said
    assert "Row 4, column people: “many” is not a number" in said
    assert said.endswith("; and 3 more.")


def test_a_comma_of_two_meanings_is_not_guessed() -> None:
    with pytest.raises(TableError, match=r"Row 2, column people: “1,250” is not a number, as its comma can part"):
        read("people;needs;decile;probability;rate;severity\n1,250;0;9;12%;15%;6\n")


def test_two_decimal_marks_in_one_table_are_refused() -> None:
    with pytest.raises(TableError, match=r"Row 2, column probability: “0,12” is not a number"):
        read("people;needs;decile;probability;rate;severity\n10;0;9;0,12;0.15;6\n")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_header_of_thousands_of_names_is_refused_as_such(separator: str) -> None:
    with pytest.raises(TableError, match="The first row has"):
        read(separator.join(f"n{n}" for n in range(24_000)))


@pytest.mark.parametrize("cell", ["9" * 16_000 + "x", "." * 16_000, "1," * 8000 + "?"])
def test_a_cell_as_long_as_a_file_is_read_once(cell: str) -> None:
    """A pattern that went back over it took 39 s of processor: its work grew with the square of the cell."""
    assert not FIGURE.fullmatch(cell)


@pytest.mark.parametrize("text", ["9", "+1.5", "-,5", "1,234.5 %", "7%", "1.", "0"])
def test_what_is_a_number_whatever_its_marks_mean(text: str) -> None:
    assert FIGURE.fullmatch(text)


@pytest.mark.parametrize("text", ["", ".", "+", "%", "1x", "-", ",.", "1 2"])
def test_what_is_none(text: str) -> None:
    assert not FIGURE.fullmatch(text)


def test_a_percentage_is_its_decimals() -> None:
    """0.9 / 100 is more than 0.009, and 99.9 / 100 more than 0.999: both were refused, and 138 like the first."""
    for tenths in range(1, 1000):
        chance = f"{tenths / 10:.1f}%"
        found = own_table.read(f"{HEADER}\n10,0,9,{chance},{tenths / 1000!r},6".encode(), "groups.csv")
        assert found.probability.tolist() == [tenths / 1000], chance


def test_spaces_part_thousands_before_the_decimal_mark_alone() -> None:
    with pytest.raises(TableError, match=r"“1 234\.5 6” is not a number"):
        read(f"{HEADER}\n1 234.5 6,0,9,.1,.2,6")
    assert own_table.read(f"{HEADER}\n1 234.56,0,9,.1,.2,6".encode(), "g.csv").people.tolist() == [1234.56]


@pytest.mark.parametrize("name", ["", "Unnamed: 0"])
def test_row_names_as_pandas_and_r_write_them_are_left_out(name: str) -> None:
    found = own_table.read(f"{name},{HEADER}\n0,{GOOD}\n1,{GOOD}".encode(), "groups.csv")
    assert found.people.tolist() == [420, 420]
