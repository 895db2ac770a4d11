"""Records brought for a visit become its people: the map, what is wrong, what every page then says, what is left."""

import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import menu, own_table_upload
from pages.kit import kept
from pages.topics.people.your_people import held, words
from pricing.people.cohort import Cohort
from pricing.people.records import door
from tests.pages.visit import UNFORMATTED, check, copied, in_parts, press, visit
from tests.pages.visit import words as said_on

PAGE, TITLE = "your_people", "Your people"
HEAD = """
label = "Leavers <b> of $5 [north](x)"
outcome = "Proven reoffending within 12 months"
follow_up = "12 months"
[rows]
person = "id"
[outcomes]
reoffended = {column = "again", yes = ["Y"], no = ["N"]}
"""
COUNTED = 'reoffences = {column = "times"}\n'
HARMED = 'harm = {column = "days"}\n'
IMPLIED, EQUAL = "implied_alpha = 1.6\n", "equal_severity = 60\n"
FACTORS = {
    "age": 'kind = "category"\ncolumn = "age"\ncut = [18, 25, 40]',
    "sex": 'kind = "category"\ncolumn = "sex"\nvalues = {F = ["Female"], M = ["Male"]}\nlabels = ["Female", "Male"]',
    "previous": 'kind = "count"\ncolumn = "sanctions"\ntop = 12\nbands = [0, 1, 3, 6]',
    "drugs": 'kind = "need"\nany = [{column = "score", from = 2}]',
    "housing": 'kind = "need"\nany = [{column = "homeless", from = 1}]',
    "decile": 'kind = "decile"\ncolumn = "tenth"',
}
NEEDS = ("drugs", "housing")


def map_of(*without: str) -> str:
    """The whole map but for some of its factors, counts or harm."""
    outcomes = IMPLIED if "counts" in without else COUNTED
    outcomes += EQUAL if {"counts", "harm"} & set(without) else HARMED
    gone = {*without, *(NEEDS if "needs" in without else ())}
    factors = [f'[[factors]]\nkey = "{key}"\n{text}\n' for key, text in FACTORS.items() if key not in gone]
    return HEAD + outcomes + "".join(factors)


def records(number: int = 2500, seed: int = 3) -> pd.DataFrame:
    """People whose risk rises with what they were sanctioned for and need."""
    rng = np.random.default_rng(seed)
    sanctions, score = np.minimum(rng.poisson(4, number), 12), rng.integers(0, 4, number)
    homeless = rng.integers(0, 2, number)
    odds = np.exp(-1.6 + 0.15 * sanctions + 0.5 * (score > 1) + 0.4 * homeless)
    again = rng.random(number) < odds / (1 + odds)
    times = np.where(again, 1 + rng.poisson(1.5, number), 0)
    return pd.DataFrame(
        {
            "id": [f"p{place}" for place in range(number)],
            "again": np.where(again, "Y", "N"),
            "times": times,
            "days": np.round(times * rng.uniform(1, 60, number), 2),
            "age": rng.integers(18, 60, number),
            "sex": rng.choice(["Female", "Male"], number, p=[0.3, 0.7]),
            "sanctions": sanctions,
            "score": score,
            "homeless": homeless,
            "tenth": rng.integers(1, 11, number),
        }
    )


FILE = records().to_csv(index=False).encode()


def bring(at: AppTest, data: bytes = FILE, name: str = "people.csv") -> AppTest:
    return at.file_uploader(held.FILE).set_value((name, data, "text/csv")).run()


def built(text: str, data: bytes = FILE) -> AppTest:
    at = visit(PAGE)
    at.text_area(held.MAP).set_value(text)
    return press(bring(at, data), "Build these people")


def texts(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.text)


def people_of(at: AppTest) -> Cohort:
    found = at.session_state[own_table_upload.HELD]
    assert isinstance(found, Cohort)
    return found


def open_page(at: AppTest, page: str) -> AppTest:
    """Another page of the same visit."""
    return at.switch_page(str(menu.FOLDER / f"{page}.py")).run()


def test_a_page_without_records_says_what_to_bring() -> None:
    at = visit(PAGE)
    check(at, TITLE)
    assert at.button("records_build").disabled
    assert any("may disclose; do not share" in box.value for box in at.warning)


def test_records_become_the_people_of_this_visit() -> None:
    at = built(map_of())
    check(at, TITLE)
    people = people_of(at)
    assert people.people.sum() == 2500
    assert "2,500 rows were read, 0 of them left out." in texts(at)
    assert any("2,500 people" in box.value for box in at.success)
    assert open_page(at, "start_here").title
    query = parse_qs(urlsplit(copied(at)).query)
    assert (query["cohort"], query["table_sha256"]) == (["own_table"], [people.digest])
    assert any("do not share them" in box.value for box in at.info)


def test_the_same_people_as_the_door_builds() -> None:
    at = built(map_of())
    given = door.read_map(map_of())
    engine = door.engine(FILE, "people.csv")
    try:
        other = door.build(door.count(engine, given), given, "other").cohort
    finally:
        engine.close()
    np.testing.assert_array_equal(people_of(at).probability, other.probability)
    np.testing.assert_array_equal(people_of(at).rate, other.rate)


def test_what_is_assumed_is_part_of_the_digest() -> None:
    one, other = (built(map_of("counts").replace("1.6", alpha)) for alpha in ("1.6", "2.6"))
    assert people_of(one).digest != people_of(other).digest
    assert not np.allclose(people_of(one).rate, people_of(other).rate)


def test_every_mistake_in_the_map_is_said_at_once_as_text() -> None:
    at = visit(PAGE)
    at.text_area(held.MAP).set_value(
        map_of().replace('follow_up = "12 months"', "") + "[[factors]]\nkey='X<b>'\n"
    ).run()
    assert any("The map cannot be used yet." in box.value for box in at.error)
    assert "follow_up" in texts(at)
    assert "key should be small letters" in texts(at)
    assert at.button("records_build").disabled


def test_columns_that_the_file_lacks_are_named() -> None:
    at = bring(visit(PAGE), records(600).drop(columns=["tenth", "score"]).to_csv(index=False).encode())
    at.text_area(held.MAP).set_value(map_of()).run()
    assert {"tenth", "score"} <= set(texts(at).splitlines())
    assert at.button("records_build").disabled


def test_what_is_wrong_in_records_is_counted_and_no_value_is_shown() -> None:
    table = records().astype(str)
    table.loc[4, "sex"], table.loc[9, "tenth"], table.loc[[11, 12], "again"] = "Zzz", "77", "Perhaps"
    data = table.to_csv(index=False).encode()
    at = built(map_of(), data)
    assert any("some rows are wrong" in box.value for box in at.error)
    assert len(texts(at).splitlines()) >= 3
    assert not any(value in " ".join(said_on(at)) for value in ("Zzz", "77", "Perhaps"))
    assert own_table_upload.HELD not in at.session_state
    at.checkbox(held.LEAVE_OUT).check().run()
    press(at, "Build these people")
    assert people_of(at).people.sum() == 2496
    assert "4 of them left out" in texts(at)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PAR1 no parquet"])
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(data: bytes) -> None:
    at = bring(visit(PAGE), data, "people.parquet" if data.startswith(b"PAR1") else "people.csv")
    assert not at.exception
    assert any("This file cannot be used." in box.value for box in at.error)
    assert at.button("records_build").disabled


def test_too_few_people_are_refused() -> None:
    at = built(map_of(), records(100).to_csv(index=False).encode())
    assert any("Nothing was built." in box.value for box in at.error)
    assert own_table_upload.HELD not in at.session_state


def test_a_link_asks_for_the_same_records_and_knows_them() -> None:
    digest = people_of(built(map_of())).digest
    query = {"cohort": "own_table", "table": "Leavers", "table_sha256": digest}
    at = visit(PAGE, **query)
    assert f"SHA-256 {digest}" in texts(at)
    at = bring(at)
    press(at.text_area(held.MAP).set_value(map_of()).run(), "Build these people")
    assert f"SHA-256 {digest}" not in texts(at)


def test_people_are_let_go() -> None:
    at = press(built(map_of()), "Go on without these people")
    assert not at.exception
    assert not at.success
    assert "cohort" not in at.query_params
    assert own_table_upload.HELD not in at.session_state


def test_a_label_from_a_map_means_nothing_in_markdown() -> None:
    assert words.plain("![a](b) <i> $x$ `c` **d** :red[e]\nf") == "!(a)(b) ‹i› USD xUSD 'c' ∗∗d∗∗ ∶red(e) f"
    assert people_of(built(map_of())).label == "Leavers ‹b› of USD 5 (north)(x)"


def test_a_first_map_is_proposed_and_is_the_readers_once_mended() -> None:
    at = bring(visit(PAGE))
    given = door.read_map(at.text_area(held.MAP).value)
    assert {"again", "times", "age", "sex"} <= set(given.columns)
    assert not at.button("records_build").disabled
    at.text_area(held.MAP).set_value("label = 'mine'").run()
    assert bring(at, FILE, "again.csv").text_area(held.MAP).value == "label = 'mine'"


def test_a_form_writes_the_map() -> None:
    at = bring(visit(PAGE))
    assert set(words.ROLES) - {""} == set(door.ROLES)
    chosen = {box.label: box.value for box in at.main.selectbox if str(box.key).startswith("records_role_")}
    assert chosen == dict.fromkeys(records().columns, "") | {
        "id": "person",
        "again": "reoffended",
        "times": "reoffences",
        "age": "age",
        "sex": "sex",
        "sanctions": "previous",
        "homeless": "accommodation",
    }
    places = {name: place for place, name in enumerate(records().columns)}
    at.selectbox(f"records_role_{places['days']}").set_value("harm")
    at.selectbox(f"records_role_{places['tenth']}").set_value("decile")
    at.text_input("records_said_label").set_value("Leavers of 2024")
    at = press(at, "Write the map from this form")
    given = door.read_map(at.session_state[held.MAP])
    assert (given.label, given.outcomes.harm, given.country) == ("Leavers of 2024", "days", "England")
    keys = {one.factor.key for one in given.factors}
    assert keys == {"age", "sex", "previous", "decile", "accommodation"}
    before = at.session_state[held.MAP]
    at.selectbox(f"records_role_{places['score']}").set_value("age")
    at = press(at, "Write the map from this form")
    assert any("More than one column is said to be “Age”" in box.value for box in at.error)
    assert at.session_state[held.MAP] == before
    assert people_of(press(at, "Build these people")).people.sum() == 2500


def test_small_numbers_are_joined_where_that_is_asked_for() -> None:
    at = bring(visit(PAGE))
    at.text_area(held.MAP).set_value(map_of("harm"))
    at.checkbox(held.JOIN).check()
    at = press(at.run(), "Build these people")
    people = people_of(at)
    assert people.people.min() >= 10
    assert people.people.sum() == 2500
    assert "do not share" not in people.caution
    assert not at.warning
    assert any("no group has under 10 people" in box.value for box in at.success)
    assert "of its standard errors" in texts(at)
    assert people.digest != people_of(built(map_of("harm"))).digest


def test_nothing_is_written_or_shared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    at = open_page(built(map_of()), "how_sure")
    assert not at.exception
    assert not list(tmp_path.rglob("*"))
    shared = [one for one in vars(kept).values() if hasattr(one, "__wrapped__") and one.__closure__]
    bounded = [cell.cell_contents for one in shared for cell in one.__closure__]
    keys = [key for found in bounded if isinstance(found, kept.Bounded) for key in found.results]
    assert bounded
    assert people_of(at).digest not in repr(keys)


LACKING = {
    "decile": ("places", "Deprivation was not recorded"),
    "needs": ("cheapest_fair_price", "Needs were not recorded"),
    "previous": ("risk_curves", "previous sanctions"),
    "sex": ("fairness", "do not say who are women"),
    "age": ("fairness", "Not in these data: age"),
    "counts": ("how_sure", "Reoffences were not counted"),
    "harm": ("risk_curves", "Harm was not counted"),
}
"""What records may lack -> a page that would use it, and what the page says."""


@pytest.mark.parametrize("lacks", LACKING)
def test_pages_say_what_people_lack_and_show_the_rest(lacks: str) -> None:
    at = built(map_of(lacks))
    page, sentence = LACKING[lacks]
    said = []
    for part in in_parts(open_page(at, page), page):
        assert not part.exception, [one.value for one in part.exception]
        assert not part.error
        said += said_on(part)
    assert sentence in " ".join(said)
    assert not [one for one in said if UNFORMATTED.search(one)]


def test_people_of_whom_little_is_known_open_everywhere() -> None:
    at = built(map_of("decile", "needs", "previous", "counts"))
    for page in ("start_here", "set_the_price", "who_it_pays_to_help", "who_pays_who_saves", "presenter", "take_away"):
        open_page(at, page)
        assert not at.exception, (page, [one.value for one in at.exception])
        assert not [one for one in said_on(at) if UNFORMATTED.search(one)], page
    code = " ".join(one.value for one in at.code)
    assert "cohort build RECORDS --map people.toml" in code
    assert "--baseline" not in code
