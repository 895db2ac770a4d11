"""Records become the same cells and the same sentences as a plain loop makes of them, whatever is wrong in them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import RecordsError
from pricing.people.records import counted, door
from pricing.people.records.counted import Counted
from pricing.people.records.engines.choose import opened
from pricing.people.records.flaws import sentences
from pricing.people.records.mapping.read import read
from pricing.people.records.mapping.types import RecordsMap
from tests.examples import examples
from tests.pricing.people.records.maps import FACTORS, HEAD, MAP, people
from tests.pricing.people.records.plain_loop import reduce

TEXTS = (
    "|Unknown|x|18| 19 |39.9|-1|1e2|1e-2|1e+|.|+3|.5|5.|12 or more"
    "|o'brien|\\|Y|N|y|f|0|3|300|1000001|2023|S00|é|NaN|٣|\"q"
)
NASTY = st.sampled_from(TEXTS.split("|"))


HERE = Path(__file__).parent


def mapped(text: str) -> RecordsMap:
    return read(text, HERE)


def by_loop(table: pd.DataFrame, text: str) -> Counted:
    found = mapped(text)
    answer, first = reduce(table.to_dict("records"), found)
    return counted.counted(answer, found, first, leave_out=True)


def by_engine(path: Path, text: str) -> Counted:
    engine = opened(str(path))
    try:
        return counted.count(engine, mapped(text), leave_out=True)
    finally:
        engine.close()


@st.composite
def flawed(draw: st.DrawFn) -> pd.DataFrame:
    """Sound people, with anything in a few places."""
    table = people(draw(st.integers(5, 40)), draw(st.integers(0, 10**6)))
    for _ in range(draw(st.integers(0, 25))):
        row = draw(st.integers(0, len(table) - 1))
        column = draw(st.sampled_from([name for name in table if name != "row"]))
        table.loc[row, column] = draw(NASTY | st.sampled_from(list(table[column])))
    return table


@given(table=flawed())
@examples(10)
def test_duckdb_counts_what_a_plain_loop_counts(table: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "flawed.csv"
    table.to_csv(path, index=False)
    if not (table["year"].str.strip(" ") == "2023").any():
        for way in (lambda: by_loop(table, MAP), lambda: by_engine(path, MAP)):
            with pytest.raises(RecordsError, match="There are no rows"):
                way()
        return
    told = by_loop(table, MAP)
    found = by_engine(path, MAP)
    assert found.digest == told.digest
    assert sentences(found.wrong) == sentences(told.wrong)
    assert (found.rows, found.left_out) == (told.rows, told.left_out)
    for name, sums in told.cells.outcomes.items():
        np.testing.assert_array_equal(found.cells.outcomes[name], sums, err_msg=name)


def test_csv_parquet_a_pattern_and_memory_hold_the_same_people(tmp_path: Path) -> None:
    table = people(3000, 4)
    table.to_csv(tmp_path / "all.csv", index=False)
    numbers = ["row", "year", "times", "days", "age", "score", "sanctions"]
    typed = table.assign(**{name: pd.to_numeric(table[name]) for name in numbers})
    typed.to_parquet(tmp_path / "all.parquet")
    (tmp_path / "parts").mkdir()
    for place in range(3):
        table[place::3].to_csv(tmp_path / "parts" / f"{place}.csv", index=False)
    told = by_loop(table, MAP)
    assert told.cells.people.sum() == (table["year"] == "2023").sum()
    names = ("all.csv", "all.parquet", "parts", "parts/*.csv")
    assert {by_engine(tmp_path / name, MAP).digest for name in names} == {told.digest}
    for name in names[:2]:
        engine = door.engine((tmp_path / name).read_bytes(), name)
        assert door.count(engine, mapped(MAP)).digest == told.digest
        engine.close()


TWICE = "2 rows have a person who stands more than once (rows 59, 60); left out"


def test_a_period_lets_a_person_stand_once_in_each() -> None:
    text = MAP.replace('person = "id"', 'person = "id"\nperiod = "year"').replace("keep =", "#")
    table = people(60, 1)
    table["year"] = ["2022", "2023"] * 30
    table["id"] = [f"p{place // 2}" for place in range(60)]
    table.loc[59, "year"] = "2022"
    engine = door.engine(table.to_csv(index=False).encode(), "a.csv")
    found = door.count(engine, mapped(text), leave_out=True)
    assert [flaw.words for flaw in found.wrong] == [TWICE]
    assert found.digest == by_loop_of(table, text)


def by_loop_of(table: pd.DataFrame, text: str) -> str:
    """The digest of the loop on the rows of those who stand once in a period."""
    once = table[~table.duplicated(["id", "year"], keep=False)]
    answers = [reduce(part.to_dict("records"), mapped(text))[0] for _, part in once.groupby("year")]
    both = {key: np.concatenate([one[key] for one in answers]) for key in answers[0]}
    return counted.counted(both, mapped(text), {}).digest


def test_what_is_not_known_is_a_level_or_no_need_where_the_map_says_so() -> None:
    text = MAP.replace('column = "sex"', 'column = "sex"\nwrong = "not_known"').replace(
        'kind = "need"', 'kind = "need"\nwrong = "no"'
    )
    table = people(400, 2).assign(year="2023")
    table.loc[:49, "sex"] = ""
    table.loc[100:119, ["score", "test"]] = ""
    engine = door.engine(table.to_csv(index=False).encode(), "a.csv")
    found = door.count(engine, mapped(text))
    assert not found.refused
    assert found.left_out == 0
    assert found.cells.factors["sex"].labels == ("Women", "Men", "Not known")
    assert found.cells.people[found.cells.codes["sex"] == 2].sum() == 50
    assert [flaw.words for flaw in found.wrong] == [
        "Sex: 50 rows have no value (rows 1, 2, 3, 4, 5, ...); counted as “Not known”",
        "Drugs need: 20 rows have no value (rows 101, 102, 103, 104, 105, ...); counted as no need",
    ]


SECRET = "Aloysius Featherstonehaugh"


@pytest.mark.parametrize("content", [f'a,b\n"{SECRET}', f"a,b\n1,2\n{SECRET},2,3,4\n", f"\xff\xfe{SECRET}", SECRET, ""])
def test_no_message_holds_a_value_of_a_person(content: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(RecordsError) as problem:
        by_engine(path, MAP)
    assert SECRET not in str(problem.value)
    assert problem.value.__cause__ is None
    assert problem.value.__context__ is None or problem.value.__suppress_context__


def test_records_without_a_column_name_it_and_an_empty_file_is_told() -> None:
    table = people(10, 1).drop(columns=["sex", "days"])
    with pytest.raises(RecordsError, match="lack 2 columns that the map names: days, sex"):
        door.count(door.engine(table.to_csv(index=False).encode(), "a.csv"), mapped(MAP))
    nobody = people(10, 1).assign(year="1999").to_csv(index=False).encode()
    with pytest.raises(RecordsError, match="There are no rows"):
        door.count(door.engine(nobody, "a.csv"), mapped(MAP))


def test_cells_are_held_out_whole_where_nobody_has_an_id() -> None:
    text = HEAD.replace('person = "id"\n', "") + FACTORS
    table = people(2000, 3)
    found = door.count(door.engine(table.to_csv(index=False).encode(), "a.csv"), mapped(text))
    keys = np.stack(list(found.cells.codes.values()))
    assert len(np.unique(keys, axis=1).T) == len(found.cells.people)
    share = found.cells.people[found.cells.held_out].sum() / found.cells.people.sum()
    assert 0.2 < share < 0.4
    assert found.histogram is not None
    for side in (False, True):
        held = found.cells.outcomes["reoffences"][found.cells.held_out == side].sum()
        mine = found.histogram.where(found.histogram.held_out == side)
        assert mine.people @ mine.reoffences == held


def test_work_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(people(20_000, 1).to_csv(index=False), encoding="utf-8")
    told = []

    def stop(what: str, share: float) -> None:
        told.append((what, share))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        counted.count(opened(str(path)), mapped(MAP), progress=stop)
    assert told
    assert all(0 <= share <= 1 for _, share in told)
