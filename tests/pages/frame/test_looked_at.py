"""What a reader looks at, measure, grouping and effort, is in the link, and a link opens it."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import looked_at
from pages.kit import measures, pickers
from pages.topics.price.compare.words import DIFFERENCES
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from tests.pages.visit import check, copied, visit

OTHER = {
    "who_it_pays_to_help": "measure.parked~down.borough~across.previous",
    "set_the_price": "needs.1~tenth.4~effort.needed",
    "who_pays_who_saves": "effort.needed",
    "small_provider": "effort.pays_best",
}
"""Page -> a look at something else than it opens at."""


def state(at: AppTest, page: str) -> dict[str, object]:
    return {key: at.session_state[key] for key in looked_at.usual(page) if key in at.session_state}


@pytest.mark.parametrize("page", OTHER)
def test_a_link_opens_what_was_looked_at_and_is_copied_as_it_was(page: str) -> None:
    at = visit(page, look=OTHER[page])
    assert not at.exception
    assert not any("could not be used" in said.value for said in at.main.warning)
    assert dict(at.query_params) == {"look": OTHER[page]}
    assert f"look={OTHER[page]}" in copied(at)
    found, problems = looked_at.find(page, links.read({"look": [OTHER[page]]}))
    assert problems == ()
    assert {key: found[key] for key in state(at, page)} == state(at, page)
    at.slider("need_premium").set_value(0.3).run()
    assert at.query_params["look"] == OTHER[page]


def test_the_case_of_a_colleague_who_saw_another_number() -> None:
    at = visit("who_pays_who_saves")
    best = at.main.metric[0].value
    at.segmented_control(key="savings_hours").set_value(pickers.EFFORTS["needed"]).run()
    assert dict(at.query_params) == {"look": "effort.needed"}
    needed = at.main.metric[0].value
    there = visit("who_pays_who_saves", look="effort.needed")
    assert there.main.metric[0].value == needed != best
    at.segmented_control(key="savings_hours").set_value(pickers.EFFORTS["pays_best"]).run()
    assert dict(at.query_params) == {}


def test_a_change_of_the_map_is_in_the_address() -> None:
    at = visit("who_it_pays_to_help")
    at.selectbox(key="measure").select("temptation").run()
    assert dict(at.query_params) == {"look": "measure.temptation"}
    at.selectbox(key="across").select("sex").run()
    assert at.query_params["look"] == "measure.temptation~across.sex"


@pytest.mark.parametrize(
    ("page", "look"),
    [
        ("who_it_pays_to_help", "measure.nonsense"),
        ("who_it_pays_to_help", "effort.needed"),
        ("start_here", "measure.parked"),
        ("set_the_price", "tenth.11"),
        ("who_it_pays_to_help", "<b>"),
        ("who_it_pays_to_help", "down.__class__"),
    ],
)
def test_what_cannot_be_looked_at_is_named(page: str, look: str) -> None:
    at = visit(page, look=look)
    assert not at.exception
    said = " ".join(text.value for text in at.main.text)
    assert f"“{look}”" in said
    assert any("could not be used" in one.value for one in at.main.warning)


def test_georgia_has_no_boroughs_to_look_at() -> None:
    at = visit("who_it_pays_to_help", cohort="georgia_parole", look="down.borough")
    check(at, at.main.title[0].value)
    assert "“down.borough” cannot be looked at" in " ".join(text.value for text in at.main.text)


def test_what_can_be_looked_at_are_what_the_pages_offer() -> None:
    assert {name: one.short for name, one in DIFFERENCES.items()} == looked_at.DIFFERENCES
    (measure, *_) = looked_at.LOOKS["who_it_pays_to_help"]
    assert set(measure.codes(Scenario())) == set(measures.MEASURES)


def test_every_look_reads_back() -> None:
    for page, looks in looked_at.LOOKS.items():
        for look in looks:
            for code, value in look.codes(Scenario()).items():
                text = f"{look.name}.{code}"
                found, problems = looked_at.find(page, links.read({"look": [text]}))
                assert (found[look.key], problems) == (value, ()), text
