"""What a reader looks at, measure, grouping and effort, is in the link, and a link opens it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import looked_at
from pages.frame.pages_list import PAGES
from pages.kit import measures, pickers
from pages.topics.people.fairness.amplify_words import ORDERS
from pages.topics.people.places import picker
from pages.topics.people.places import words as place_words
from pages.topics.people.places.footprint_part import SHARES
from pages.topics.people.risk_curves import person
from pages.topics.people.risk_curves.words import KINDS
from pages.topics.price.compare.words import DIFFERENCES
from pricing.people import shipped
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from tests.pages.visit import ROOT, check, copied, visit

OTHER = {
    "compare": "difference.money~down.sex~across.risk",
    "fairness": "order.decile~by.age",
    "places": "map.neighbourhoods~measure.withheld~outside.tenth~borough.bolton~street.bolton_005a",
    "risk_curves": "along.needs~curve.severity~sex.0",
    "evidence": "parameters.local",
    "who_it_pays_to_help": "measure.parked~down.borough~across.previous",
    "set_the_price": "show.binary~needs.1~tenth.4~effort.needed",
    "who_pays_who_saves": "effort.needed~money.kept",
    "small_provider": "effort.pays_best",
}
"""Page -> a look at something else than it opens at."""
PART = {"fairness": "inequality"}
"""The part of a page where it is all to be seen."""


def test_every_page_with_a_choice_is_tried() -> None:
    assert {page for page in PAGES if looked_at.looks(page, "greater_manchester")} == set(OTHER)


def state(at: AppTest, page: str) -> dict[str, object]:
    return {key: at.session_state[key] for key in looked_at.usual(page) if key in at.session_state}


IN_NO_LINK = {
    "sure": "a look at the same picture, for a reader who asks how sure it is: kept for the visit, on every page",
    "work_out_offers": "leave to take some seconds",
}
"""Widget's key -> why what it chooses is in no link."""
NO_LOOK = ("story.py", "pages/topics/room/", "pages/topics/people/your_people/")
"""Where what is chosen is an answer, a question, or how a file of records is read: no look at a picture."""
CHOICES = ("selectbox", "segmented_control", "radio", "toggle", "checkbox", "multiselect", "pills", "select_slider")
PICKERS = ("group", "pick", "at_benchmark", "one_of", "measure", "dimension", "sure")


def boxes() -> Iterator[tuple[str, list[str]]]:
    """Every call on a page that draws a choice: where it stands, and the keys that it may have, as patterns."""
    for path in sorted((ROOT / "pages").rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        if where.startswith(("pages/frame/", "pages/kit/")) or any(part in where for part in NO_LOOK):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                target, value = node.targets[0], node.value
                both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
                pairs = zip(target.elts, value.elts, strict=True) if both else [(target, value)]
                named |= {ast.unparse(one): ast.unparse(other) for one, other in pairs}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                on, name = ast.unparse(node.func.value), node.func.attr
                if name in CHOICES or (on == "pickers" and name in PICKERS):
                    given = [*node.args, *(one.value for one in node.keywords if one.arg == "key")]
                    yield f"{where}:{node.lineno}", [name, *(pattern(one, named) for one in given)]


KNOWN = {"widget_key(curves, factor)": "person_.+"}
"""Keys that are worked out elsewhere."""


def pattern(node: ast.expr, named: dict[str, str]) -> str:
    """What a key may be, as a pattern; "" where it is no text."""
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in node.values)
    text = named.get(ast.unparse(node), ast.unparse(node))
    return KNOWN.get(text) or (re.escape(str(ast.literal_eval(text))) if text[:1] in ("'", '"') else "")


def test_every_box_that_changes_a_picture_is_in_the_link() -> None:
    keys = {look.key for page in PAGES for name in shipped.names() for look in looked_at.looks(page, name)}
    found = dict(boxes())
    assert len(found) > 20
    for where, patterns in found.items():
        may_be = [*patterns, *(f"{one}_(needs|decile)" for one in patterns if one)]
        known = any(re.fullmatch(one, key) for one in may_be if one for key in (*keys, *IN_NO_LINK))
        assert known, f"What is chosen at {where} is in no link: {patterns}"


@pytest.mark.parametrize("page", OTHER)
def test_a_link_opens_what_was_looked_at_and_is_copied_as_it_was(page: str) -> None:
    at = visit(page, look=OTHER[page], part=PART[page]) if page in PART else visit(page, look=OTHER[page])
    assert not at.exception
    assert not any("could not be used" in said.value for said in at.main.warning)
    assert at.query_params["look"] == OTHER[page]
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
    assert {name: one for name, (one, *_) in ORDERS.items()} == looked_at.RANKED
    assert {code: name for name, code in picker.LEVELS.items()} == looked_at.SHAPES
    assert (tuple(place_words.MEASURES), picker.WHOLE) == (looked_at.OF_PLACES, looked_at.WHOLE_BOROUGH)
    assert tuple(SHARES) == tuple(looked_at.OUTSIDE.values())
    assert (tuple(KINDS), person.FIRST) == (looked_at.KINDS, looked_at.FIRST)
    (measure, *_) = looked_at.LOOKS["who_it_pays_to_help"]
    assert set(measure.codes(Scenario())) == set(measures.MEASURES)


def test_every_look_reads_back() -> None:
    link = links.read({})
    for page in PAGES:
        for look in looked_at.looks(page, "greater_manchester"):
            for code, value in look.codes(Scenario()).items():
                text, wrong = f"{look.name}.{code}", list[str]()
                asked = replace(link, look=links.read_place(links.LOOK, [text], wrong))
                found, problems = looked_at.find(page, asked)
                assert (found[look.key], problems, wrong) == (value, (), []), text
