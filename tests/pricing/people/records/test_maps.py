"""A map that cannot be used is refused with every mistake at once; lookups reach nothing but tables meant for them."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import MapError
from pricing.people.records.mapping.read import read
from pricing.people.records.mapping.types import ByCut, ByValue
from tests.examples import examples
from tests.pricing.people.records.maps import MAP

HERE = Path(__file__).parent
WRONG = """
label = 3
outcome = "Reoffending"
colour = "red"
[rows]
wrong = "maybe"
[outcomes]
reoffended = {column = "again", yes = ["Y"]}
harm = {column = "days"}
[hold_out]
by = "person"
share = 0.9
[[factors]]
key = "Age"
cut = [18, 18]
column = "age"
[[factors]]
key = "drugs"
kind = "need"
[[factors]]
key = "drugs"
kind = "count"
column = "c"
"""
MISTAKES = (
    "label should be words in quotes",
    "follow_up is missing",
    "colour is not known",
    "rows: wrong should be one of refuse, leave_out",
    "reoffended: yes and no should both list values",
    "without a column of reoffences, say implied_alpha",
    "harm is counted over reoffences",
    "hold_out: share should be a number from 0.05 to 0.5",
    "by = 'person' needs rows.person",
    "factor Age: key should be small letters",
    "factor Age: cut should be a list of rising numbers",
    "factor drugs: say one of any = [...], all = [...]",
    "factor drugs: bands should begin with 0",
    "the factor drugs is declared 2 times",
)


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(MapError) as problem:
        read(WRONG)
    for mistake in MISTAKES:
        assert mistake in str(problem.value)


@pytest.mark.parametrize(
    ("sound", "wrong", "said"),
    [
        ("cut = [18, 25, 40]", "cut = [18, inf]", "factor age: cut should be a list of rising numbers"),
        ("cut = [18, 25, 40]", "cut = [nan, 18]", "factor age: cut should be a list of rising numbers"),
        ("cut = [18, 25, 40]", f"cut = [18, 1{'0' * 400}]", "factor age: cut should be a list of rising numbers"),
        ("bands = [0, 1, 3, 6]", "bands = [0, inf]", "factor previous: bands should be a list of rising numbers"),
        ('"12 or more" = 12', '"12 or more" = inf', "factor previous: read should give numbers for texts"),
    ],
)
def test_numbers_without_end_are_refused(sound: str, wrong: str, said: str) -> None:
    with pytest.raises(MapError, match=re.escape(said)):
        read(MAP.replace(sound, wrong), HERE)


def test_a_mistake_is_named_once() -> None:
    with pytest.raises(MapError) as problem:
        read(MAP.replace('reoffended = {column = "again", yes = ["Y"], no = ["N"]}', "reoffended = {from = 1}"), HERE)
    assert str(problem.value) == "The map has 1 mistake: outcomes, reoffended: column is missing."


def test_a_sound_map_is_read() -> None:
    found = read(MAP, HERE)
    assert [one.factor.key for one in found.factors] == ["age", "sex", "previous", "drugs", "decile"]
    age, street = found.factors[0], found.factors[-1]
    assert age.reading == ByCut("age", (18.0, 25.0, 40.0), {})
    assert age.factor.labels == ("18 to 24", "25 to 39", "40 and over")
    assert isinstance(street.reading, ByValue)
    assert street.reading.levels["S47"] == 7
    assert set(found.columns) == {
        *("id", "row", "year", "again", "times", "days", "age", "sex", "sanctions", "score", "test", "lsoa")
    }


@pytest.mark.parametrize("name", ["../maps.py", "/etc/passwd", "nothing.csv", ""])
def test_a_lookup_reads_no_other_file(name: str) -> None:
    with pytest.raises(MapError, match=r"there is no table|cannot be read|table is missing|should be words"):
        read(MAP.replace("streets.csv", name), HERE)


def test_without_a_folder_only_shipped_tables_are_read() -> None:
    with pytest.raises(MapError, match=r"there is no table streets\.csv"):
        read(MAP)
    imd = MAP.replace(
        '"streets.csv", key = "street", value = "tenth"', '"imd", key = "neighbourhood", value = "decile"'
    )
    reading = read(imd).factors[-1].reading
    assert isinstance(reading, ByValue)
    assert len(reading.levels) == 1702


@given(
    at=st.integers(0, len(MAP) - 1),
    new=st.sampled_from(["", "[", '"', "=", "1", "{}", "[]", "true", "\n", "nan", "factors", "-", "é", "[[rows]]\n"]),
    less=st.integers(0, 20),
)
@examples(150)
def test_whatever_is_written_is_read_or_refused(at: int, new: str, less: int) -> None:
    with suppress(MapError):
        assert read(MAP[:at] + new + MAP[at + less :], HERE).factors
