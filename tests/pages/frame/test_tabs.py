"""Pages in parts: a link opens the part it names, its copy says so too, and one that is not there is named."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.frame import opened_part, tabs
from pages.frame.page_record import Part
from pages.frame.pages_list import PAGES
from pages.topics.begin.story.steps import STEPS
from pages.topics.money.small_provider import parts
from pages.topics.room.presenter.pictures import PICTURES
from pricing import MODEL_VERSION
from pricing.scenario.metrics import how_many
from tests.pages.visit import copied, open_part, visit

PARTED = [name for name, page in PAGES.items() if page.parts]
SENT_TO = {(one.home, one.part) for one in PICTURES} | {(step.page, step.part) for step in STEPS}
"""Page and part to which the presenter view and the story send their readers."""
OLD = [(page, len(keys), keys[-1]) for page, keys in opened_part.BY_NUMBER.items()]
"""Page, number and key of the part that stood last in version 1.2.0."""


def opened(at: AppTest, page: str) -> str:
    """The key of the part whose tab is open."""
    assert not at.exception
    assert [tab.label for tab in at.tabs] == [part.title for part in PAGES[page].parts]
    return next(part.key for part in PAGES[page].parts if part.title == at.session_state[tabs.key(page)])


def part_of(link: str) -> list[str]:
    return parse_qs(urlsplit(link).query).get("part", [])


@pytest.mark.parametrize("page", PARTED)
def test_a_link_opens_the_part_that_it_names(page: str) -> None:
    key = PAGES[page].parts[1].key
    at = visit(page, part=key)
    assert opened(at, page) == key
    assert dict(at.query_params) == {"part": key}
    assert part_of(copied(at)) == [key]
    at.slider("need_premium").set_value(0.3).run()
    assert opened(at, page) == key
    assert at.query_params["part"] == key


@pytest.mark.parametrize("page", PARTED)
def test_a_page_opens_at_its_first_part_and_a_copied_link_names_even_that(page: str) -> None:
    """Whatever is put in before it one day, the link opens what it showed."""
    at = visit(page)
    first, last = PAGES[page].parts[0].key, PAGES[page].parts[-1].key
    assert opened(at, page) == first
    assert dict(at.query_params) == {}
    assert part_of(copied(at)) == [first]
    open_part(at, page, last)
    assert dict(at.query_params) == {"part": last}
    open_part(at, page, first)
    assert dict(at.query_params) == {}


@pytest.mark.parametrize(("page", "number", "part"), OLD)
def test_an_old_link_by_number_opens_the_part_that_it_meant(page: str, number: int, part: str) -> None:
    at = visit(page, step=str(number))
    assert opened(at, page) == part
    assert not at.main.warning or "could not be used" not in at.main.warning[0].value
    assert dict(at.query_params) == {"step": str(number)}, "a link that was opened is left as it is"
    at.slider("need_premium").set_value(0.3).run()
    assert opened(at, page) == part
    assert dict(at.query_params) == {"need_premium": "0.3", "part": part, "model": MODEL_VERSION}


@pytest.mark.parametrize(
    ("page", "number", "title"),
    [
        ("small_provider", 5, "Cash"),
        ("who_it_pays_to_help", 3, f"Paid on {how_many()} measures"),
        ("places", 1, "The map"),
    ],
)
def test_old_links_open_the_tabs_of_version_1_2_0(page: str, number: int, title: str) -> None:
    assert visit(page, step=str(number)).session_state[tabs.key(page)] == title


@pytest.mark.parametrize("query", [{"step": "5"}, {"part": "cash"}])
def test_a_tab_put_in_early_sends_no_link_elsewhere(monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    page = PAGES["small_provider"]
    now = replace(page, parts=(Part("new", "A new tab"), *page.parts))
    monkeypatch.setitem(PAGES, "small_provider", now)
    monkeypatch.setitem(parts.PARTS, "new", lambda _: st.write("Something new."))
    assert opened(visit("small_provider", **query), "small_provider") == "cash"
    assert opened(visit("small_provider", part="new"), "small_provider") == "new"


@pytest.mark.parametrize("page", PARTED)
def test_the_numbers_of_old_links_are_those_of_parts_that_there_are(page: str) -> None:
    assert set(opened_part.BY_NUMBER.get(page, ())) <= {part.key for part in PAGES[page].parts}


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("small_provider", {"part": "weather"}, "part: “weather” is not a part of this page."),
        ("places", {"part": "cash"}, "part: “cash” is not a part of this page."),
        ("evidence", {"part": "cash"}, "part: “cash” is not a part of this page."),
        ("story", {"part": "cash"}, "part: “cash” is not a part of this page."),
        ("small_provider", {"part": "<b>Cash</b>"}, "part: “<b>Cash</b>” is not the name of a part."),
        ("small_provider", {"step": "9"}, "step: this page has no part 9."),
        ("small_provider", {"step": "cash"}, "step: “cash” is not the number of a step."),
    ],
)
def test_a_part_that_is_not_there_is_named(page: str, query: dict[str, str], said: str) -> None:
    at = visit(page, hour_cost="61", **query)
    assert at.main.text[0].value == said
    assert at.main.warning[0].value.startswith("Parts of what was opened could not be used.")
    if PAGES[page].parts:
        assert opened(at, page) == PAGES[page].parts[0].key
    assert dict(at.query_params) == {"hour_cost": "61", **query}
    next(button for button in at.button if button.label == "Understood").click().run()
    assert not at.main.text
    assert dict(at.query_params) == {"hour_cost": "61", "model": MODEL_VERSION}


def test_a_number_beside_a_part_gives_way_and_is_named() -> None:
    at = visit("small_provider", part="cash", step="2")
    assert opened(at, "small_provider") == "cash"
    assert at.main.text[0].value == "step: 2 is not honoured beside “part”."


def test_readers_are_sent_to_parts_that_there_are() -> None:
    for page, part in SENT_TO:
        assert not part or part in {one.key for one in PAGES[page].parts}
    assert ("who_it_pays_to_help", "four_measures") in SENT_TO


def test_the_code_on_the_wall_leads_to_the_part_with_its_picture() -> None:
    at = visit("presenter", step="2")
    assert any(code.value.endswith("/who_it_pays_to_help?part=four_measures") for code in at.main.code)
