"""A page that follows the finger: a region whose figures change while one of its sliders is dragged or held."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import streamlit as st

from pages.kit import kept
from pages.kit.cost import heavy
from pages.kit.live import sweep
from pages.kit.live.preview import Preview, Previewed
from pricing.evaluate import Evaluation
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import Scenario, specs

SLIDERS = ("results_share", "need_premium", "area_multiplier")
"""The sliders of the price: they stand in the panel, on the presenter view, and at the foot of a phone's screen."""
MOVES = {"story_share": "results_share"}
"""Sliders that move a contract which is not the reader's, by their key: the parameter that each stands for."""
PICKED = ("sure", "measure", "down", "across")
"""Keys of the controls of a page, besides the scenario's, that decide on what its map shows."""
KEY = "follow"
ASKED = "follow_asked"
DRAWN = "follow_drawn"
REQUEST = re.compile(r"([a-z_]{1,40}):(\d{1,3}(?:\.\d{1,3}){0,2}):(\d{1,9})")
"""What a browser may ask for: a slider, which portions of its positions, three at most; and from which drawing."""
SAME = 1e-9
"""A value that is no farther from a step of its slider stands at that step."""
DRAWINGS = 5
"""As many drawings of a page are remembered: a question may come from one that is not the last."""
SCRIPT = st.components.v2.component(KEY, js=(Path(__file__).parent / "follow.js").read_text(encoding="utf-8"))
PREVIEWS = st.components.v2.component(
    "previews",
    js="export default ({ data }) => {"
    " window.explorerPreviews = data; dispatchEvent(new Event('explorer-previews')); };",
)
"""Carries what changes to the script, which never does and so is sent once."""


@contextmanager
def region() -> Iterator[None]:
    """The part of a page that moves: the browser changes nothing outside it."""
    with st.container(key="live"):
        yield


@contextmanager
def standing(name: str) -> Iterator[None]:
    """A part of the region that does not move, of a ``name`` of its own: it steps back while a slider is dragged."""
    with st.container(key=f"live_standing_{name}"):
        yield


def draw(
    evaluation: Evaluation,
    shown: Previewed,
    others: Mapping[str, Previewed] | None = None,
    sliders: Collection[str] = SLIDERS,
) -> None:
    """Let the region follow the ``sliders``; ``shown`` says what stands in it under any price.

    ``others`` are the page's own sliders besides those, each with what it moves: as many texts.
    """
    drawings: dict[int, Mapping[str, object]] = st.session_state.setdefault(DRAWN, {})
    number = max(drawings, default=0) + 1
    drawings[number] = _settings()
    drawings.pop(number - DRAWINGS, None)
    moved = dict.fromkeys(sliders, shown) | dict(others or {})
    _answer(evaluation, moved, shown.at(evaluation), number, [drawings[number]])


@st.fragment
def _answer(
    evaluation: Evaluation,
    moved: Mapping[str, Previewed],
    now: Preview,
    number: int,
    unsaid: list[Mapping[str, object]],
) -> None:
    """What stands on the page now, and the portions of positions that the browser asked for, if it did.

    A fragment: nothing else of the page runs, or is sent, while the browser asks. ``number`` is that of the drawing of
    the page. Streamlit's browser side puts what changes at one moment into one message; where a setting came along with
    a question, this is the only run that it causes, and the page has to be run for it. ``unsaid`` are the settings
    while the page itself is drawn, just read; gone once the browser asks.
    """
    asked = REQUEST.fullmatch(str(st.session_state.pop(ASKED, "")))
    drawings: Mapping[int, Mapping[str, object]] = st.session_state[DRAWN]
    said = unsaid.pop() if unsaid else _settings()
    kept_to = taken(drawings[number], drawings.get(int(asked[3]), {}), said) if asked else said
    for name in said:
        if kept_to[name] != said[name]:
            st.session_state[name] = kept_to[name]
    if kept_to != drawings[number]:
        st.rerun()
    scenario, cohort = evaluation.scenario, evaluation.cohort
    sliders = {name: _slider(scenario, cohort, shown, name) for name, shown in moved.items()}
    data = {"now": _sent(now), "drawn": number, "sliders": sliders}
    if asked and asked[1] in moved:
        name, portions = asked[1], [int(number) for number in asked[2].split(".")]
        shown = moved[name]
        moves = MOVES.get(name, name)
        common = sweep.without(scenario, moves, whole=shown.whole)
        found = []
        for portion in portions:
            with heavy.ahead(sweep.PORTION):
                found.append(sweep.swept(common, cohort, moves, portion, shown))
        at = {position: _sent(one) for each in found for position, one in each.items()}
        data["came"] = {"name": name, "portions": portions, "at": at}
    PREVIEWS(key="previews", data=data)
    SCRIPT(key=KEY, on_asked_change=_ask)


def taken(now: Mapping[str, object], before: Mapping[str, object], said: Mapping[str, object]) -> dict[str, object]:
    """Settings of the drawing that stands ``now``, with what in those that a browser ``said`` is the reader's change.

    With a question come the settings as they stand in the browser. Where it is sent before an undo, or a step of the
    browser's history, has reached the browser, they are those of the drawing before, and would undo the undo. Those of
    controls that are gone say nothing: the page was left meanwhile.
    """
    stale = {name for name, value in said.items() if value is None or (name in before and before[name] == value)}
    return {name: now[name] if name in stale else value for name, value in said.items()}


def _settings() -> dict[str, object]:
    """What the controls stand at that decide on what the region shows."""
    return {name: st.session_state.get(name) for name in (*specs(), *PICKED, *MOVES)}


def _ask() -> None:
    # A question may come in after its page was left: then there is nothing that it is about.
    if KEY in st.session_state:
        st.session_state[ASKED] = st.session_state[KEY].get("asked")


def _sent(one: Preview) -> list[object]:
    return [one.texts, one.cells]


def _slider(scenario: Scenario, cohort: Cohort, shown: Previewed, name: str) -> Mapping[str, Any]:
    """What the browser has to know of a slider; positions it was given under the same ``key`` hold."""
    name = MOVES.get(name, name)
    spec = specs()[name]
    held = repr((sweep.without(scenario, name, whole=shown.whole), kept.identity(cohort), shown))
    key = blake2b(held.encode(), digest_size=9).hexdigest()
    stands_at = getattr(scenario, name)
    at = round((stands_at - spec.low) / spec.step)
    return {
        "key": key,
        "at": at,
        "between": abs(stands_at - sweep.value(spec, at)) > SAME,
        "low": spec.low,
        "step": spec.step,
        "count": sweep.count(spec),
        "atOnce": sweep.at_once(name),
        "together": sweep.together(name),
    }
