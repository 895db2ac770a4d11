"""A name of the reader's: shown as text, in the link and what is taken away, and no part of the model."""

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.frame.pages_list import PAGES
from pages.topics.room.take_away import box
from pricing import MODEL_VERSION
from pricing.__main__ import main
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, specs
from pricing.scenario.spec import LONGEST
from pricing.take_away import cover as covers
from pricing.take_away import scenario_file
from pricing.take_away.cover import Cover
from pricing.take_away.files import FILES
from tests.pages.visit import copied, evaluated, press, settings, visit
from tests.pricing.take_away.covers import DAY, OWN
from tests.pricing.take_away.covers import of as small_cover

NAME = "=Table 4’s *price* <b>&[x](y)"


def cover(name: str = NAME) -> Cover:
    return covers.of(evaluated(Scenario(need_premium=0.3)), DAY, "https://example.org/", name)


@pytest.mark.parametrize("page", ["start_here", "story", "presenter", "compare", "shortlist", "take_away", "glossary"])
def test_a_name_stands_on_every_page_and_in_its_link(page: str) -> None:
    at = visit(page, need_premium="0.3", name=NAME, model=MODEL_VERSION)
    assert not at.exception
    assert f"“{NAME}”" in [said.value for said in at.main.text]
    assert not at.warning or "could not be used" not in at.warning[0].value
    assert links.read({n: [text] for n, text in at.query_params.items()}).name == NAME
    if PAGES[page].panel:
        found = links.read(links.from_url(copied(at)))
        assert (found.name, found.problems, found.scenario) == (NAME, (), Scenario(need_premium=0.3))


@pytest.mark.parametrize("bad", ["a\u202eb", "a\x00b", "a\nb", "x" * (LONGEST + 1)])
def test_a_name_that_does_not_print_is_refused_in_a_sentence(bad: str) -> None:
    found = links.read({"name": [bad], "need_premium": ["0.3"], "model": [MODEL_VERSION]})
    assert found.name == ""
    assert found.scenario == Scenario(need_premium=0.3)
    assert len(found.problems) == 1
    assert found.problems[0].startswith("The name “")
    assert found.problems[0].isprintable()
    if len(bad) > LONGEST:  # the box takes no more
        return
    at = visit("take_away")
    at.text_input(key=box.NAME).set_value(bad).run()
    assert not at.exception
    assert "The name stays as it was." in [error.value for error in at.error]
    assert "name" not in at.query_params


def test_a_name_is_given_changed_undone_and_taken_away() -> None:
    at = visit("take_away", need_premium="0.3")
    for name in (NAME, "Ours"):
        at.text_input(key=box.NAME).set_value(f"  {name} ").run()
        assert not at.exception
        assert links.read(links.from_url(copied(at))).name == name
        assert at.text_input(key=box.NAME).value == name
    assert settings(at) == Scenario(need_premium=0.3).values()
    at.text_input(key=box.NAME).set_value("").run()
    assert "name" not in at.query_params
    press(at, "Undo")
    assert links.read(links.from_url(copied(at))).name == "Ours"
    assert at.text_input(key=box.NAME).value == "Ours"
    press(at, "As opened")
    assert "name" not in links.from_url(copied(at))


def test_a_name_is_no_parameter() -> None:
    assert links.NAME not in specs()
    assert links.SHORTLIST not in specs()


@given(st.text(st.characters(codec="utf-8"), max_size=LONGEST))
def test_a_name_survives_its_link(text: str) -> None:
    problems: list[str] = []
    name = links.read_name(text, problems)
    if problems or not name:
        return
    query = links.to_query(links.write(Scenario()) | {links.NAME: name})
    assert links.read(links.from_url("https://example.org/?" + query)).name == name


def test_what_is_taken_away_carries_the_name_as_text() -> None:
    made = replace(small_cover(OWN), name=NAME)
    assert links.read(links.from_url(cover().link)).name == NAME
    assert links.read(links.from_url(cover().short_link)).name == NAME
    assert scenario_file.read(FILES["json"].write(made)).name == NAME
    assert json.loads(FILES["json"].write(made))["name"] == NAME
    for kind in ("html", "trustees"):
        page = FILES[kind].write(made).decode()
        assert "<b>&" not in page
        assert "&lt;b&gt;&amp;[x](y)" in page
    book = openpyxl.load_workbook(io.BytesIO(FILES["xlsx"].write(made)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if NAME in str(cell.value)]
    assert [cell.data_type for cell in cells][:1] == ["s"]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    compile(FILES["python"].write(made), "again.py", "exec")


def test_a_name_moves_no_number() -> None:
    named, plain = json.loads(scenario_file.write(cover())), json.loads(scenario_file.write(cover("")))
    assert named.pop("name") == NAME
    assert "name" not in plain
    for document in (named, plain):
        del document["link"]
    assert named == plain


def test_the_command_keeps_the_name(tmp_path: Path) -> None:
    file = tmp_path / "again.json"
    assert main(["take-away", "--link", cover().link, "--format", "json", "--output", str(file)]) == 0
    assert scenario_file.read(file.read_bytes()).name == NAME
