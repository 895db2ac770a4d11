"""A reader's own table through the page: the command's figures, its name in links, and every way to get it wrong."""

import hashlib
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import own_table_upload
from pages.frame.pages_list import PAGES
from pricing import MODEL_VERSION
from pricing.__main__ import main
from pricing.people import own_table
from tests.bad_tables import BAD_TABLES, HEADER, ROW
from tests.pages.visit import ROOT, check, copied, maps, pictures, visit

FILE = ROOT / "tests" / "tables" / "five_groups.csv"
GOOD = FILE.read_bytes()
TITLE = "Whom does this price leave behind?"
DIGEST = hashlib.sha256(GOOD).hexdigest()


def upload(at: AppTest, data: bytes, name: str = FILE.name) -> AppTest:
    return at.get("file_uploader")[0].set_value((name, data, "text/csv")).run()


def test_its_figures_are_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    at = upload(visit("start_here", cohort="own_table", target="own", hour_cost="33"), GOOD)
    check(at, TITLE)
    assert main(["evaluate", "--baseline", str(FILE), "--set", "target=own", "--set", "hour_cost=33"]) == 0
    command = json.loads(capsys.readouterr().out)
    cells = maps(at)[0].text
    assert len(command["groups"]) == 5
    for group in command["groups"]:
        shown = cells[group["decile"] - 1][group["needs"]]
        assert shown.partition("\n")[0] == f"£{group['payback']:.2f}"
    parked = command["totals"]["parked_people"] / command["totals"]["people"]
    assert at.metric[1].value == f"{parked:.0%} of people"


@pytest.mark.parametrize("opened", [name for name, page in PAGES.items() if not page.brings])
def test_every_page_asks_for_it_and_then_shows_it(opened: str) -> None:
    at = visit(opened, cohort="own_table")
    assert any("Upload a table" in box.value for box in at.info)
    assert not at.metric
    assert not pictures(at)
    upload(at, GOOD)
    assert not at.exception
    assert at.title


def test_a_link_made_from_it_names_it_at_once() -> None:
    at = upload(visit("start_here", cohort="own_table"), GOOD)
    query = parse_qs(urlsplit(copied(at)).query)
    assert (query["table"], query["table_sha256"]) == ([FILE.name], [DIGEST])
    named = {"table": FILE.name, "table_sha256": DIGEST, "model": MODEL_VERSION}
    assert dict(at.query_params) == {"cohort": "own_table"} | named


def test_such_a_link_asks_for_the_same_file() -> None:
    at = visit("start_here", cohort="own_table", table=FILE.name, table_sha256=DIGEST)
    assert at.main.text[0].value == f"{FILE.name}\nSHA-256 {DIGEST}"
    upload(at, HEADER + ROW, "another.csv")
    assert at.main.text[0].value == f"{FILE.name}\nSHA-256 {DIGEST}"
    upload(at, GOOD, "renamed.csv")
    check(at, TITLE)
    assert not at.main.text


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_table_that_cannot_be_used_is_explained(name: str) -> None:
    data, said = BAD_TABLES[name]
    at = upload(visit("start_here", cohort="own_table"), data)
    assert not at.exception
    assert said in at.main.text[0].value
    assert not at.metric
    assert len(at.sidebar.slider) == 3


def test_a_bad_table_does_not_cost_the_reader_the_good_one() -> None:
    at = upload(visit("start_here", cohort="own_table"), GOOD)
    before = [metric.value for metric in at.metric]
    upload(at, b"", "empty.csv")
    assert [box.value for box in at.error] == ["This table cannot be used."]
    assert any("still those of five\\_groups\\.csv" in said.value for said in at.main.markdown)
    assert [metric.value for metric in at.metric] == before
    at.selectbox("cohort").select("georgia_parole").run()
    at.selectbox("cohort").select("own_table").run()
    assert [metric.value for metric in at.metric] == before


def test_what_happens_to_a_table_that_is_taken_out_is_said() -> None:
    at = upload(visit("start_here", cohort="own_table"), GOOD)
    before = [metric.value for metric in at.metric]
    said = "The figures are those of five\\_groups\\.csv, which stays in this visit until you let it go above."
    assert said not in [caption.value for caption in at.main.caption]
    at.get("file_uploader")[0].set_value([]).run()
    assert said in [caption.value for caption in at.main.caption]
    assert [metric.value for metric in at.metric] == before
    at.button("own_table_let_go").click().run()
    assert any("Upload a table" in box.value for box in at.info)
    assert not at.metric
    assert "table" not in at.query_params
    assert not at.exception


def test_the_template_is_a_table_that_can_be_used() -> None:
    people = own_table.read(own_table_upload.template(), "own_table.csv")
    assert people.people.size == 2
    at = visit("start_here", cohort="own_table")
    assert [button.proto.label for button in at.main.get("download_button")] == ["Download a template (CSV)"]
    for name in own_table.COLUMNS:
        assert any(f"- **{name.replace('_', chr(92) + '_')}**: " in said.value for said in at.main.markdown), name


def test_a_name_from_outside_is_never_read_as_markup() -> None:
    name = "<img src=x onerror=alert(1)>![a](b)**c**.csv"
    at = upload(visit("start_here", cohort="own_table"), GOOD, name)
    shown = next(box.value for box in at.info if "own table" in box.value)
    assert not re.search(r"(?<!\\)[<!\[`]", shown)
