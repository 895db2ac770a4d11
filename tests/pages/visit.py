"""A visit to a page without a browser: open it, read its words and its charts."""

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

from pages.frame import menu, opened_part, panel
from pages.frame.page_record import HOME
from pages.frame.pages_list import PAGES
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.scenario import links
from pricing.scenario.scenario import GROUPS, METRICS, Scenario, specs
from tests.examples import EXPLORED, EXPLORING, turn_of

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 240  # seconds, long: a busy machine is no fault; a run takes a fraction of one
VALID = [
    Scenario(metric=metric, target=target)
    for metric in (*METRICS, "blend")
    for target in specs()["target"].choices
    if target != "none" or metric in ("binary", "progress")
]
"""Every metric with every target that has a meaning for it."""


def turn(scenario: Scenario, cohort: str) -> int:
    """Whose turn it is of what is taken in turns: each metric, and each people, has every turn."""
    return [*METRICS, "blend"].index(scenario.metric) + shipped.names().index(cohort)


PRICED = [
    pytest.param(scenario, cohort, id=f"{scenario.metric}-{scenario.target}-{cohort}")
    for cohort in ("greater_manchester", "georgia_parole")
    for scenario in VALID
    if scenario.target in ("own" if cohort == "greater_manchester" else "one", "none")
]
"""Each metric once for the illustrative people and once for the real ones, and those that need no target."""
PRICED_IN_TURN = [
    pytest.param(*one.values, id=one.id, marks=EXPLORED)
    for one in PRICED
    if EXPLORING or turn(*one.values) % 2 == 0  # type: ignore[arg-type]
]
"""For what is dear: each metric once, for either people as often; all when exploring."""
FOLDS = (*(f"panel_{group}" for group in GROUPS), "your_figures", "provider_rest", "cheapest_rest", "every_page")
UNFORMATTED = re.compile(r"\bnan\b|\binf\b|None|\d\.\d{4,}|\d[eE][+-]\d|[{}]|\[\]|£-|\$£|np\.float")


def named(value: object) -> str:
    """A scenario, or what stands beside it, in the name of a test."""
    return f"{value.metric}-{value.target}" if isinstance(value, Scenario) else str(value)


def visit(page: str, unfolded: Iterable[str] = (), **query: str) -> AppTest:
    """A visit that begins with a link to ``page`` carrying ``query``, with these folds open."""
    at = AppTest.from_file(ROOT / "app.py", default_timeout=LIMIT)
    for name, value in query.items():
        at.query_params[name] = value
    if page != HOME:
        at.switch_page(str(menu.FOLDER / f"{page}.py"))
    for key in unfolded:
        at.session_state[key] = True
    return at.run()


def visit_with(page: str, scenario: Scenario, part: str = "") -> AppTest:
    """A visit to ``page`` by a link that holds a scenario, and names a part."""
    query = {name: str(value) for name, value in scenario.values().items()}
    return visit(page, **query, **({links.PART: part} if part else {}))


def in_parts(at: AppTest, page: str, turn: int | None = None) -> Iterator[AppTest]:
    """The page at each of its parts in turn; as it is where it has none.

    Of a page that many tests go through, one ``turn`` after the other, the gate sees the first part and every second of
    the others.
    """
    yield at
    others = PAGES[page].parts[1:] if at.tabs else ()
    for part in others if turn is None else turn_of(others, turn):
        yield open_part(at, page, part.key)


def open_part(at: AppTest, page: str, part: str) -> AppTest:
    """The page at the part of that key."""
    assert part in {one.key for one in PAGES[page].parts}
    at.session_state[opened_part.key(page)] = part
    return at.run()


def unfold(at: AppTest) -> AppTest:
    """Open every fold that there is."""
    for name in FOLDS:
        at.session_state[name] = True
    return at.run()


@lru_cache(maxsize=64)  # many tests ask for the same few
def evaluated(scenario: Scenario) -> Evaluation:
    """What the page has to agree with, worked out apart from it."""
    return evaluate(scenario, shipped.load(scenario.cohort))


def words(at: AppTest) -> list[str]:
    """Every sentence that the page itself shows, text alternatives and marks in charts among them."""
    kinds = (at.main.title, at.main.subheader, at.main.markdown, at.main.caption, at.main.text)
    boxes = (at.main.info, at.main.warning, at.main.error)
    said = [element.value for kind in (*kinds, *boxes) for element in kind]
    said += [f"{metric.label}: {metric.value}" for metric in at.main.metric]
    charts = at.main.get("plotly_chart")
    said += [text for one in maps(at) for text in one.words()]
    said += [f"{name}: {text}" for one in steps(at) for name, (text, _) in one.items()]
    for one in area_maps(at):
        said += [one["alt"], *one["ticks"], *(text for text, _ in one["paints"])]
        said += [str(text) for _, _, *lines in one["labels"] for text in lines]
    return said + [chart.proto.alt for chart in charts] + [text for chart in charts for text in drawn_words(chart)]


def drawn_words(chart: Any) -> Iterator[str]:
    """Words inside a chart: labels of axes and cells, notes, what stands beside a pointer.

    A number that is left there for the drawing library to write keeps its brackets: it would write −£12 as £-12.
    """
    spec = json.loads(chart.proto.spec)
    yield from (note.get("text", "") for note in spec["layout"].get("annotations", []))
    for trace in spec["data"]:
        yield re.sub(r"%{customdata}|%{y}|<extra></extra>", "", trace.get("hovertemplate", ""))
        for name in ("x", "y", "text", "customdata"):
            texts = trace.get(name, [])
            flat = np.ravel(texts).tolist() if isinstance(texts, list) else []
            yield from (text for text in flat if isinstance(text, str))


def check(at: AppTest, title: str) -> None:
    """The page is whole: its title, its sliders, no failure, and no number or name that was left unformatted."""
    assert not at.exception, [failure.value for failure in at.exception]
    assert [heading.value for heading in at.title] == [title]
    sliders = {"results_share", "need_premium", "area_multiplier"}
    without = [page.title for page in PAGES.values() if not page.panel]
    assert sliders <= {slider.key for slider in at.slider} or title in without
    raw = [text for text in words(at) if UNFORMATTED.search(text)]
    assert not raw, raw


def check_parts(at: AppTest, title: str, page: str, turn: int | None = None) -> None:
    """Every part of the page is whole, or every part whose turn it is."""
    for part in in_parts(at, page, turn):
        check(part, title)


def all_words(at: AppTest, page: str) -> list[str]:
    """Every sentence that the page shows in any of its parts."""
    return [said for part in in_parts(at, page) for said in words(part)]


def drawn(at: AppTest, place: int) -> dict[str, Any]:
    """The first trace of the chart at ``place``, with its arrays as lists."""
    trace = json.loads(at.main.get("plotly_chart")[place].proto.spec)["data"][0]
    return {name: unpacked(value) for name, value in trace.items()}


def unpacked(value: Any) -> Any:
    if isinstance(value, dict) and "bdata" in value:
        flat = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        shape = value.get("shape")
        return flat.reshape([int(n) for n in shape.split(",")]).tolist() if shape else flat.tolist()
    return value


@dataclass(frozen=True)
class DrawnMap:
    """A map of groups as it stands on a page: its title, the names of its rows and columns, and its cells by row."""

    title: str
    rows: list[str]
    columns: list[str]
    text: list[list[str]]
    tints: list[list[str]]

    def words(self) -> list[str]:
        return [self.title, *self.rows, *self.columns, *(text for row in self.text for text in row)]


def maps(at: AppTest) -> list[DrawnMap]:
    """The maps of groups on the page."""
    bodies = [element.proto.body for element in at.main.get("html")]
    return [read_map(body) for body in bodies if body.startswith('<table class="group-map"')]


def steps(at: AppTest) -> list[dict[str, tuple[str, float]]]:
    """The tables of steps on the page: by name the amount in words and as a number, the sum last."""
    bodies = [element.proto.body for element in at.main.get("html")]
    return [read_steps(body) for body in bodies if body.startswith('<table class="steps-table"')]


def read_steps(body: str) -> dict[str, tuple[str, float]]:
    rows = ElementTree.fromstring(body).findall("tbody/tr")
    amounts = [(row.findtext("th") or "", row.find("td/data")) for row in rows]
    return {name: (said.text or "", float(said.get("value", ""))) for name, said in amounts if said is not None}


def read_map(body: str) -> DrawnMap:
    table = ElementTree.fromstring(body)
    rows = table.findall("tbody/tr")
    cells = [row.findall("td") for row in rows]
    return DrawnMap(
        table.findtext("caption") or "",
        [row.findtext("th") or "" for row in rows],
        [name.text or "" for name in table.findall("thead/tr")[-1].findall("th[@scope='col']")],
        [["".join(cell.itertext()) for cell in row] for row in cells],
        [[cell.get("style", "").removeprefix("background:") for cell in row] for row in cells],
    )


def pictures(at: AppTest) -> int:
    """How many charts and maps stand on the page."""
    return len(at.main.get("plotly_chart")) + len(maps(at)) + len(area_maps(at)) + len(steps(at))


def area_maps(at: AppTest) -> list[dict[str, Any]]:
    """What the browser is told of each map of places on the page."""
    parts = at.main.get("bidi_component")
    return [json.loads(one.proto.json) for one in parts if one.proto.component_name == "area_map"]


def settings(at: AppTest) -> dict[str, float | str]:
    """What every parameter stands at, drawn or not."""
    drawn = at.session_state.to_dict()
    return {name: drawn[name] if name in drawn else drawn[panel.KEPT][name] for name in specs()}


def copied(at: AppTest) -> str:
    """The link that "Copy link" copies: of the panel, or of a page without one."""
    parts = (*at.sidebar.get("bidi_component"), *at.get("bidi_component"))
    button = next(one for one in parts if one.proto.component_name == "copy_link")
    return str(json.loads(button.proto.json)["link"])


def typed(at: AppTest, name: str) -> NumberInput:
    """The box beside a slider."""
    return next(box for box in at.sidebar.number_input if box.label == f"{specs()[name].label}, typed")


def press(at: AppTest, label: str) -> AppTest:
    """Press the button of that name."""
    return next(button for button in at.button if button.label == label).click().run()
