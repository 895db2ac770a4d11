"""Hostile links on every page and in every export: named, and harmless."""

import csv
import io
import json

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame.page_record import HOME
from pages.frame.pages_list import PAGES
from pricing.__main__ import main
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, specs
from tests.pages.visit import ROOT, copied, words

MARKUP = "<img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://127.0.0.1:9","x")'
CONTROLS = "\x00\x1b[2J\u202e\r\nSet-Cookie: a"
HUGE = "9" * 60_000
NASTY: dict[str, list[str]] = {
    "need_premium": [MARKUP],
    "results_share": [FORMULA],
    "hour_cost": [CONTROLS],
    "case_cost": [HUGE],
    "metric": ["binary", "frequency"],
    "a.target": ["@SUM(1+1)"],
    "a": [MARKUP],
    MARKUP: ["1"],
    FORMULA: [HUGE],
    CONTROLS: ["1"],
    HUGE: ["1"],
    "model": [MARKUP],
    "cohort": ["own table"],
    "table": [FORMULA],
    "event": [MARKUP],
}


def opened(page: str, query: dict[str, list[str]]) -> AppTest:
    at = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for name, texts in query.items():
        at.query_params[name] = texts
    if page != HOME:
        at.switch_page(str(ROOT / "pages" / f"{page}.py"))
    return at.run()


@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_link_is_named_and_harmless_on_every_page(page: str) -> None:
    at = opened(page, NASTY)
    assert not at.exception
    named = at.main.text[0].value.splitlines()
    assert len(named) == links.MOST_PROBLEMS + 1
    assert named[-1] == f"And {len(NASTY) - 1 - links.MOST_PROBLEMS} more."
    assert named[0].startswith(f"need_premium: “{MARKUP}” is not a number")
    assert all(len(line) < 400 and line.isprintable() for line in named)
    assert at.main.info[0].value.startswith("This link was made with model version “\\<img src\\=x")
    elsewhere = [text for text in words(at) if text not in (at.main.text[0].value, at.main.info[0].value)]
    for bad in (MARKUP, FORMULA, "\x1b", "\u202e", HUGE[:100]):
        assert not any(bad in text for text in elsewhere), bad
    part = {links.PART: PAGES[page].parts[0].key} if PAGES[page].parts else {}
    if PAGES[page].panel:
        assert copied(at) == "?" + links.to_query(links.write(Scenario()) | part)
    if PAGES[page].panel or PAGES[page].stepped:
        assert links.read(links.from_url(copied(at))).scenario == Scenario()
    assert dict(at.query_params).keys() == NASTY.keys()


def test_each_hostile_value_is_named_by_itself() -> None:
    for name, texts in NASTY.items():
        if name in ("model", "table"):
            continue
        found = links.read({"area_multiplier": ["1.5"], name: texts})
        assert len(found.problems) == 1, name
        assert found.scenario == Scenario(area_multiplier=1.5)
        assert found.problems[0].isprintable()
        assert len(found.problems[0]) < 400


def test_what_is_exported_after_a_hostile_link_holds_none_of_it() -> None:
    """Every CSV and JSON is headed by settings written anew, never by what the link said."""
    found = links.read(NASTY)
    heading = links.heading(found.scenario, found.table, found.pinned)
    assert heading.count("\n") == 1
    assert heading.startswith("# ")
    assert not any(bad in heading for bad in ("<", "=HYPERLINK", "\x1b", HUGE[:100], "\r"))


def test_a_tables_hostile_name_is_quoted_in_a_heading() -> None:
    table = links.TableName(f"{FORMULA}{CONTROLS}{MARKUP}", "a" * 64)
    heading = links.heading(Scenario(cohort="own_table"), table)
    assert heading.startswith("# ")
    assert heading.rstrip("\n").isprintable()
    assert not any(bad in heading for bad in ("<", "HYPERLINK(", "\r", ","))


@pytest.mark.parametrize("command", ["evaluate", "results", "compare"])
@pytest.mark.parametrize("format_", ["json", "csv"])
def test_the_command_line_refuses_a_hostile_link_in_one_sentence(
    command: str, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "https://example.org/?" + links.to_query({"need_premium": FORMULA + MARKUP, "model": CONTROLS})
    assert main([command, "--link", url, "--format", format_]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert said.err.rstrip("\n").isprintable()
    assert said.err.startswith("error: The link cannot be honoured: need_premium: ")


def test_the_command_line_compares_what_a_link_pins(capsys: pytest.CaptureFixture[str]) -> None:
    url = "?" + links.to_query(links.write(Scenario(need_premium=0.3, target="own"), pinned=Scenario()))
    assert main(["compare", "--link", url]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["settings"] == [
        {"name": "need_premium", "a": 0.0, "b": 0.3},
        {"name": "target", "a": "one", "b": "own"},
    ]
    assert main(["compare", "--link", url, "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert links.read(links.from_url("?" + lines[0].rpartition("; ")[2])).pinned == Scenario()
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[1:]))))
    assert sum(float(row["money_total"]) for row in rows) == pytest.approx(
        document["totals"]["spend_at_chosen"]["b"] - document["totals"]["spend_at_chosen"]["a"]
    )
    assert main(["compare"]) == 2
    assert "There is no A" in capsys.readouterr().err
    assert set(document["a"]) == set(specs())


def test_a_thousand_parts_are_named_and_more_end_nothing() -> None:
    """Streamlit itself drops a query of more than 1,000 parts before any of this code sees it."""
    at = opened("evidence", {f"x{number}": ["1"] for number in range(1000)})
    assert not at.exception
    assert at.main.text[0].value.endswith("And 992 more.")
