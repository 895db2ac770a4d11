"""A first map is one that can be read, and finds what columns of usual names hold; a query's answer comes back."""

import csv
import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pricing.__main__ import main
from pricing.errors import MapError, RecordsError
from pricing.people.records import door
from pricing.people.records.answer_file import read_answer
from pricing.people.records.engines.choose import of_files
from pricing.people.records.mapping.first import SeenColumn
from pricing.people.records.mapping.read import read
from tests.pricing.people.records.maps import HERE_MAP, MAP, people

STREETS = Path(__file__).parent / "streets.csv"
USUAL = {
    **{"id": "person_id", "again": "reoffended", "times": "n_reoffences", "days": "harm_days", "age": "age_at_index"},
    **{"sanctions": "prev_sanctions", "score": "drug_score", "lsoa": "LSOA code"},
}


def test_usual_names_are_understood_and_the_map_can_be_built_from() -> None:
    table = people(3000, 1).rename(columns=USUAL)
    table["LSOA code"] = "E01004766"
    engine = door.engine(table.to_csv(index=False).encode(), "My people's.csv")
    text = door.first_map(engine.seen(), "My people's.csv")
    found = read(text)
    assert found.person == "person_id"
    assert (found.outcomes.reoffences, found.outcomes.harm) == ("n_reoffences", "harm_days")
    assert [one.factor.key for one in found.factors] == ["decile", "drugs", "previous", "age", "sex"]
    assert found.factors[0].factor.label == "Deprivation tenth"
    assert '# Not used: "row", "year", "test"' in text
    assert not door.count(engine, found).refused


def test_what_happened_afterwards_is_an_outcome_and_no_factor() -> None:
    for name in ("offences_after", "offenses since", "later_offences", "new_arrests"):
        text = door.first_map([SeenColumn(name, "number", ("0", "1", "2"))], "people.csv")
        assert f'reoffences = {{column = "{name}"}}' in text
        assert "[[factors]]" not in text
    single = door.first_map([SeenColumn("new_offence", "text", ("N", "Y"))], "people.csv")
    assert 'reoffended = {column = "new_offence", yes = ["Y"], no = ["N"]}' in single


def test_a_need_in_words_is_refused_until_somebody_says_which_of_them_mean_it() -> None:
    """It was guessed to be a number, which no row then held: the values were nowhere to be seen."""
    values = ("hostel", "no fixed abode", "settled")
    outcome = SeenColumn("reoffended", "text", ("N", "Y"))
    text = door.first_map([outcome, SeenColumn("housing", "text", values)], "people.csv")
    with pytest.raises(MapError, match="factor accommodation: yes and no should both list values"):
        read(text)
    here, rest = 'yes = ["hostel", "no fixed abode"]', 'no = ["settled"]'
    mended = re.sub(r"no = \[\"hostel.*\]", rest, re.sub(r"yes = \[\]", here, text))
    assert [one.factor.label for one in read(mended).factors] == ["Accommodation need"]


def test_strange_names_and_values_make_a_map_that_is_toml_still() -> None:
    table = people(50, 1).rename(columns={"sex": 'sex "quoted" \\ = [', "id": "ID\x7f", "test": "te\x7fst"})
    table.iloc[0, 7] = 'a"b\\'
    engine = door.engine(table.to_parquet(), "x.parquet")
    text = door.first_map(engine.seen(), 'a\n"b"')
    assert 'a"b\\' in read(text).factors[-1].factor.levels


def test_the_answer_of_a_printed_query_builds_what_the_records_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people(2500, 5).to_csv(tmp_path / "people.csv", index=False)
    (tmp_path / "people.toml").write_text(MAP, encoding="utf-8")
    (tmp_path / "streets.csv").write_text(STREETS.read_text())
    given = ["--map", str(tmp_path / "people.toml")]
    assert main(["cohort", "check", "people", *given, "--print-sql", "duckdb"]) == 0
    sql = capsys.readouterr().out
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE people AS FROM read_csv('{tmp_path / 'people.csv'}', all_varchar = true)")
        answer = connection.execute(sql)
        names = [column[0] for column in answer.description]
        rows = answer.fetchall()
    with (tmp_path / "cells.csv").open("w", newline="") as file:
        csv.writer(file).writerows([names, *rows])
    assert main(["cohort", "build", str(tmp_path / "people.csv"), *given, "--out", str(tmp_path / "one")]) == 0
    assert main(["cohort", "from-cells", str(tmp_path / "cells.csv"), *given, "--out", str(tmp_path / "two")]) == 0
    for name in ("cells.csv", "counts.csv", "curves.json", "cohort.toml"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


ANSWER = "age,sex,previous,drugs,decile,side,outcome,people,harm"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n", "should have the columns age, decile, drugs, harm, outcome, people, previous, sex, side"),
        ("age,sex,previous,drugs,decile,side,outcome,people,harm\nx,0,0,0,0,0,0,5,0\n", "not a whole number"),
        (
            "age,sex,previous,drugs,decile,side,outcome,people,harm\n9,0,0,0,0,0,0,5,0\n",
            "another map: age does",
        ),
        (
            "age,sex,previous,drugs,decile,side,outcome,people,harm\n1,0,0,0,0,7,0,5,0\n",
            "another map: side does",
        ),
        (
            "age,sex,previous,drugs,decile,side,outcome,people,harm\n1,0,0,0,0,0,-99,5,0\n",
            "another map: outcome does",
        ),
        (
            "age,sex,previous,drugs,decile,side,outcome,people,harm\n1,0,0,0,0,0,0,-5,0\n",
            "another map: people",
        ),
        # A column twice, an empty level, and an underscore had been mended in silence.
        (f"{ANSWER},people\n1,0,0,0,0,0,0,5,0,500\n", "each of them once"),
        (f"{ANSWER}\n,0,0,0,0,0,0,5,0\n", "row 2, column age: “” is not a whole number"),
        (f"{ANSWER}\n1,0,0,0,0,0,0,5_0,0\n", "row 2, column people: “5_0” is not a whole number"),
        (f"{ANSWER}\n1,0,0,0,0,0,0,5,-9\n", "another map: harm"),
        (f"{ANSWER}\n1,0,0,0,0,0,0,5\n", "row 2: it holds 8 values and not 9"),
    ],
)
def test_an_answer_that_is_none_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "cells.csv").write_text(content)
    with pytest.raises(RecordsError, match=message):
        read_answer(tmp_path / "cells.csv", HERE_MAP)


def test_a_map_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people(50, 1).to_csv(tmp_path / "people.csv", index=False)
    assert main(["cohort", "map", str(tmp_path / "people.csv")]) == 0
    assert "# A first map of" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["csv", "parquet", "a file"])
def test_a_column_whose_name_holds_a_nul_is_refused(tmp_path: Path, form: str) -> None:
    """On the way into the database a name ends there, so that two could become one: it was cut in silence."""
    table = pd.DataFrame({"id": ["1"], "age": ["30"], "No\0one": ["a"]})
    data, name = table.to_csv(index=False).encode(), "people.csv"
    if form == "parquet":
        data, name = table.to_parquet(index=False), "people.parquet"
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RecordsError, match="holds a NUL"):
        of_files(str(tmp_path / name)).kinds() if form == "a file" else door.engine(data, name)


@pytest.mark.parametrize(
    ("path", "said"), [("/dev/null", "is no file that holds rows"), ("no/such/people.csv", "names no file")]
)
def test_what_is_no_file_is_named_as_it_was_given(path: str, said: str) -> None:
    with pytest.raises(RecordsError, match=f"“{path}” {said}: name a CSV or Parquet file"):
        of_files(path)
