"""One widget per parameter, drawn from its declaration: in the sidebar, or on the page that the parameter is for.

A widget's value lives in the session's state and is set there only when the reader did not set it: a browser obeys
every value that it is told, so telling it one in each run would undo what the reader has done since. But a control
that the browser draws late has missed what it was told. So each widget is also given its value as its default.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, partial

import streamlit as st

from pages.frame import room
from pages.frame.pages_list import PAGES, TRUST
from pages.kit import show
from pages.kit.callbacks import if_there
from pages.kit.cost.runs import RUNS
from pricing.errors import ExplorerError
from pricing.scenario.metrics import BLEND
from pricing.scenario.scenario import GROUPS, Scenario, defaults, specs
from pricing.scenario.spec import Spec

OPEN_GROUP = "main"
AT_HAND = ("results_share", "need_premium", "area_multiplier")
"""Parameters that stand on the page itself on a phone, where the panel covers what it changes."""
KEPT = "values_kept"
TYPED = "_typed"
TYPED_WIDTH = 125
"""Pixels: the number and its two buttons."""
BOX = "_box"
READ: ContextVar[dict[str, float | str] | None] = ContextVar("read", default=None)
"""What the widgets stand at, read once in a run: to ask the session for each of them takes a quarter of a run."""


def seed(scenario: Scenario) -> None:
    """Set every widget to a scenario's values, before the widgets are drawn."""
    set_to(scenario.values())


def set_to(wanted: Mapping[str, float | str]) -> None:
    """Set every widget, even to values that contradict each other."""
    st.session_state[KEPT] = dict(wanted)
    READ.set(None)
    for name in wanted.keys() & set(st.session_state):
        st.session_state[name] = wanted[name]


def values() -> dict[str, float | str]:
    """What the widgets stand at; one that is not drawn stands where it was left, or at its default."""
    if (read := READ.get()) is not None:
        return dict(read)
    # One by one: the session taken as a whole holds a widget under two names, with the value before under one of them.
    kept = st.session_state.get(KEPT, {})
    return {name: st.session_state.get(name, kept.get(name, usual)) for name, usual in defaults().values().items()}


def left(name: str) -> float | str:
    """Where a parameter whose widget is not drawn was left, or its default."""
    kept: Mapping[str, float | str] = st.session_state.get(KEPT, {})
    return kept[name] if name in kept else defaults().values()[name]


@contextmanager
def read_once() -> Iterator[None]:
    """A run of the frame, in which the widgets are read once, by ``remember``.

    A callback before it, and a fragment that runs alone, read them as they stand.
    """
    token = READ.set(None)
    try:
        yield
    finally:
        READ.reset(token)


def remember() -> None:
    """Keep every value beside the widgets: Streamlit forgets those of widgets that a run does not draw."""
    read = values()
    st.session_state[KEPT] = read
    READ.set(read)


def scenario() -> Scenario | ExplorerError:
    """The scenario that the widgets describe, or why they contradict each other."""
    try:
        return described(tuple(values().items()))
    except ExplorerError as problem:
        return problem


@lru_cache(maxsize=64)
def described(values: tuple[tuple[str, float | str], ...]) -> Scenario:
    """A scenario by its values: a run asks for the same one several times."""
    return Scenario(**dict(values))  # type: ignore[arg-type]


def draw(page: str) -> None:
    """The sidebar of a page: the five parameters that matter most are open, the rest is folded."""
    blended = values()["metric"] == BLEND
    elsewhere = {page.group for page in PAGES.values()}
    lifted = (*PAGES[page].lifted, *at_hand(page))
    for name, spec in in_group(OPEN_GROUP):
        if name not in lifted:
            control(name, spec, slider=True)
    for group, title in GROUPS.items():
        if group != OPEN_GROUP and group not in elsewhere and (blended or group != "blend"):
            show.fold(title, f"panel_{group}", partial(draw_group, group, PAGES[page].lifted))


def draw_group(group: str, lifted: Collection[str] = ()) -> None:
    """The parameters of a group, under each other, but for those that the page draws itself."""
    for name, spec in in_group(group):
        if name not in lifted:
            control(name, spec, slider=False)


def draw_own(
    page: str,
    across: int = 3,
    names: Collection[str] = (),
    without: Collection[str] = (),
    slide: Collection[str] = (),
) -> None:
    """The parameters of a page's own group, so many across: all, or those with ``names``; ``slide`` with a slider."""
    group = PAGES[page].group
    own = [(name, spec) for name, spec in in_group(group) if name not in without and (not names or name in names)]
    with show.grid(across) as row:
        for name, spec in own:
            if name in slide:
                with row.cell():
                    control(name, spec, slider=True)
            else:
                control(name, spec, slider=False)


def at_hand(page: str) -> tuple[str, ...]:
    """The parameters that a phone has at the foot of a page: none where they move nothing, or are lifted already."""
    record = PAGES[page]
    free = record.panel and not record.lifted and record.menu != TRUST
    return AT_HAND if free and room.on_phone() else ()


def draw_at_hand(page: str) -> None:
    """Those parameters, under the picture that they move; a reader can fold them away, and they stay so."""
    if names := at_hand(page):
        with st.container(key="at_hand"):
            place = st.expander("Change the price", expanded=True, key="at_hand_open", on_change="rerun")
            if place.open:
                with place:
                    for name in names:
                        control(name, specs()[name], slider=True)


def draw_lifted(page: str, *, slider: bool = True) -> None:
    """The parameters that a page has out of the sidebar."""
    for name in PAGES[page].lifted:
        control(name, specs()[name], slider=slider)


def in_group(group: str) -> Iterator[tuple[str, Spec]]:
    return ((name, spec) for name, spec in specs().items() if spec.group == group)


def control(name: str, spec: Spec, *, slider: bool) -> None:
    """One widget, standing where it was left."""
    RUNS.give_way()
    if name not in st.session_state:
        st.session_state[name] = left(name)
    if spec.choices:
        st.selectbox(
            spec.label,
            list(spec.choices),
            list(spec.choices).index(st.session_state[name]),
            format_func=lambda v: spec.choices[v],
            key=name,
            help=spec.help,
        )
    elif slider:
        slide_or_type(name, spec)
    else:
        number_box(name, spec, spec.asked)


def number_box(name: str, spec: Spec, label: str) -> None:
    st.number_input(
        label,
        spec.low,
        spec.high,
        st.session_state[name],
        step=spec.step,
        format=number_format(spec, st.session_state[name]),
        key=name,
        help=hint(spec),
        on_change=if_there(name, make_whole) if spec.counted else None,
        args=(name,) if spec.counted else None,
    )


def make_whole(name: str) -> None:
    """Round what was typed for a number of people, and show it rounded: there is no half of one."""
    st.session_state[name] = float(round(st.session_state[name]))


def slide_or_type(name: str, spec: Spec) -> None:
    """A slider and, beside it, the same number to type: dragging is never the only way (WCAG 2.2, 2.5.7)."""
    st.markdown(f":small[{spec.label}]", help=hint(spec))
    beside = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    beside.slider(
        spec.label,
        spec.low,
        spec.high,
        st.session_state[name],
        step=spec.step,
        format=slider_format(spec),
        key=name,
        label_visibility="collapsed",
    )
    typed = box_beside(name)
    beside.number_input(
        f"{spec.label}, typed",
        spec.low,
        spec.high,
        st.session_state[typed],
        step=spec.step,
        format=number_format(spec, st.session_state[typed]),
        key=typed,
        label_visibility="collapsed",
        on_change=if_there(typed, take_typed),
        args=(name, typed),
        width=TYPED_WIDTH,
    )


def box_beside(name: str) -> str:
    """The key of the box beside a slider: a new one whenever the slider has moved.

    A browser sends what all its controls stand at. While a slider moves fast, a box that stayed the same would still
    stand at the number before, which could not be told from one that was typed.
    """
    typed: str = st.session_state.get(name + BOX, f"{name}{TYPED}_0")
    if st.session_state.get(typed) != st.session_state[name]:
        typed = f"{name}{TYPED}_{int(typed.rpartition('_')[2]) + 1}"
        st.session_state[typed] = st.session_state[name]
        st.session_state[name + BOX] = typed
    return typed


def take_typed(name: str, typed: str) -> None:
    """Set a slider to what was typed, unless the box has been replaced since."""
    if st.session_state[name + BOX] == typed:
        st.session_state[name] = st.session_state[typed]


def number_format(spec: Spec, value: float = 0.0) -> str:
    """As many decimals as the step has, and as the value needs: a link or a preset may stand between two steps."""
    least = 2 if spec.step < 1 else 0
    decimals = max(len(f"{number:.4f}".rstrip("0").partition(".")[2]) for number in (spec.step, value))
    return f"%.{max(decimals, least)}f"


def slider_format(spec: Spec) -> str:
    """How a slider writes what it stands at: a share as a percentage, an amount with its £, a multiplier with its ×."""
    if spec.unit.startswith("share"):
        return "percent"
    return f"£{number_format(spec)}" if spec.unit.startswith("£") else f"{number_format(spec)}×"


def hint(spec: Spec) -> str:
    """The help of a number: what it is, its range, and whether its default is published or assumed."""
    share = " Shares run from 0 to 1: 0.2 is 20%, and so is 20 or 20%." if spec.unit.startswith("share") else ""
    origin = "" if spec.source == "Assumption." else f" {spec.source}"
    marked = {"published": "Default published.", "assumption": "Default assumed.", "choice": "Yours to choose."}
    return f"{spec.help}{share} From {spec.low:.9g} to {spec.high:.9g}. {marked[spec.origin]}{origin}"
