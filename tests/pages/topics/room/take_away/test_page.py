"""Take it away: the page's link, command and files are of the scenario in the panel; a file that is loaded sets it."""

import ast
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.kit import show
from pricing import MODEL_VERSION
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.take_away import scenario_file
from pricing.take_away.files import FILES
from tests.pages.visit import check, evaluated, settings, visit, visit_with, words
from tests.pricing.take_away import covers

TITLE = "Take it away"
RAISED = Scenario(need_premium=0.3, area_multiplier=1.5)


def load(at: AppTest, data: bytes, name: str = "scenario.json") -> AppTest:
    uploader = next(element for element in at.get("file_uploader") if element.label == "Scenario (JSON)")
    return uploader.set_value((name, data, "application/json")).run()


@pytest.mark.parametrize("scenario", [RAISED, Scenario(cohort="georgia_parole", metric="frequency", target="own")])
def test_everything_is_of_the_scenario_in_the_panel(scenario: Scenario) -> None:
    at = visit_with("take_away", scenario)
    check(at, TITLE)
    link, command, python = (code.value for code in at.main.code)
    assert links.read(links.from_url(link)).scenario == scenario
    assert parse_qs(urlsplit(link).query)["model"] == [MODEL_VERSION]
    assert urlsplit(link).path == "/"
    assert f"--model {MODEL_VERSION} " in command
    assert ast.parse(python)
    assert evaluated(scenario).cohort.caution in python
    buttons = {button.proto.label for button in at.main.get("download_button")}
    assert {f"Download the {file.name}" for file in FILES.values()} < buttons
    assert "QR code that opens" in str(at.main.get("image")[0].proto)


def test_warnings_stand_on_the_page() -> None:
    assert any("premium raises losses" in text for text in words(visit_with("take_away", RAISED)))


def test_a_file_that_is_loaded_sets_the_panel_and_the_address() -> None:
    at = load(visit("take_away", hour_cost="55"), scenario_file.write(covers.of(RAISED)).encode())
    check(at, TITLE)
    assert at.session_state["need_premium"] == 0.3
    assert settings(at)["hour_cost"] == 40
    assert dict(at.query_params) == {"need_premium": "0.3", "area_multiplier": "1.5", "model": MODEL_VERSION}
    assert [box.value for box in at.main.success] == ["The panel stands as the file says."]
    at.sidebar.slider("need_premium").set_value(0.5).run()
    assert not at.main.success


def test_what_a_file_asks_in_vain_is_named() -> None:
    inside = {"need_premium": 0.3, "prise": 1, "hour_cost": 9000}
    data = json.dumps({"schema": scenario_file.SCHEMA, "model": "0.9.0", "scenario": inside}).encode()
    at = load(visit("take_away"), data)
    said = at.main.text[0].value
    for part in ("“prise” is not a parameter.", "hour_cost: 9000 is outside"):
        assert part in said
    assert any("made with model version" in box.value for box in at.main.info)
    assert at.session_state["need_premium"] == 0.3
    assert any("but for what is named at the top" in box.value for box in at.main.warning)
    assert not at.main.success


@pytest.mark.parametrize("data", [b"[" * 60_000, b"<html>", b"\xff", b"{}"])
def test_a_file_that_cannot_be_used_changes_nothing(data: bytes) -> None:
    at = load(visit("take_away", need_premium="0.3"), data)
    assert not at.exception
    assert any("cannot be used" in box.value for box in at.main.error)
    assert at.main.text[0].value.startswith("The file ")
    assert at.session_state["need_premium"] == 0.3


@pytest.mark.parametrize("name", ["markup", "formula", "controls", "60 kB"])
def test_a_readers_own_table_is_named_and_harmless(name: str) -> None:
    at = visit("take_away", cohort=OWN_TABLE)
    door, called = at.get("file_uploader")[0], re.sub("[\0\ud800]", "", covers.HOSTILE[name])
    door.set_value((called, covers.FILE.read_bytes(), "text/csv")).run()
    assert not at.exception
    cover = covers.of(covers.OWN, called)
    assert cover.table is not None
    link, command, python = [code.value for code in at.main.code][-3:]
    assert links.read(links.from_url(link)).table == cover.table
    assert "--baseline" in command
    assert cover.table.digest in python
    assert any("asked for the same table" in text for text in words(at))


def test_every_csv_says_where_it_comes_from() -> None:
    found = evaluated(RAISED)
    first, *rest = show.heading(found).splitlines()
    assert first + "\n" == links.heading(RAISED)
    assert rest[0].startswith("# Made on ")
    assert rest[1] == f"# {found.cohort.caution}"
    assert any("The premium raises losses too." in line for line in rest)
    assert all(line.startswith("# ") for line in rest)


@pytest.mark.parametrize("name", covers.HOSTILE)
def test_no_name_gets_out_of_a_csvs_heading(name: str) -> None:
    evaluation = covers.of(covers.OWN, covers.HOSTILE[name]).evaluation
    lines = show.heading(evaluation).splitlines()
    assert all(line.startswith("# ") and line.isascii() for line in lines[:1])
    assert not any(part.lstrip()[:1] in set("=+-@") for line in lines for part in line.replace(";", ",").split(",")[1:])
