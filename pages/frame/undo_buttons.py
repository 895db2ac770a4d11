"""Undo, redo, replay, reset and pin: the buttons of the panel, and the keys that press them.

A key is never a letter alone: it would go off while somebody types, or speaks to the machine (WCAG 2.1.4).
"""

import time

import streamlit as st

from pages.frame import address, panel
from pages.frame.undo import Standing, Steps
from pages.kit import change_words, kept
from pages.kit.markdown import escape
from pricing.errors import ExplorerError
from pricing.people import shipped
from pricing.questions import comparison
from pricing.scenario.links import NAME, PINNED, SHORTLIST
from pricing.scenario.scenario import OWN_TABLE, Scenario, specs

KEPT = "steps"
HELP = {
    "undo": "Take the last change back.",
    "redo": "Make it again.",
    "replay": "Show what stood before the last change; pressed again, what the change did.",
    "reset": "Set every parameter back to its default. A pinned A stays.",
    "opened": "Set everything back to the link or the file that was opened.",
}
KEYS = {"undo": "Alt+Z", "redo": "Alt+Y", "replay": "Alt+P", "reset": "Alt+0", "opened": "Alt+9"}


def standing() -> Standing:
    """What stands now."""
    return Standing(panel.values(), address.pinned(), address.listed(), address.called())


def record(*, travelled: bool) -> None:
    """Take note of what stands: a change that the reader made, or where back and forward led."""
    steps: Steps | None = st.session_state.get(KEPT)
    if steps is None:
        st.session_state[KEPT] = Steps(standing())
    else:
        go = steps.travel if travelled else steps.move
        st.session_state[KEPT] = go(standing(), time.monotonic())


def steps_now() -> Steps:
    """The steps of this visit, up to what stands now: a press may come with a change that was not seen yet."""
    steps: Steps = st.session_state[KEPT]
    return steps.move(standing(), time.monotonic())


def stand_at(steps: Steps) -> None:
    """Set everything to where the steps stand."""
    st.session_state[KEPT] = steps
    panel.set_to(steps.now.values)
    address.pin(steps.now.pinned)
    address.hold(steps.now.listed)
    address.call(steps.now.name)


def undo() -> None:
    stand_at(steps_now().undo())


def redo() -> None:
    stand_at(steps_now().redo())


def replay() -> None:
    stand_at(steps_now().replayed())


def pin_this() -> None:
    """Hold what stands now as A; settings that contradict each other cannot be held."""
    scenario = panel.scenario()
    if not isinstance(scenario, ExplorerError):
        address.pin(scenario)


def draw_pin() -> None:
    """The button that pins what stands now; it says so when that is pinned already."""
    here = address.pinned() is not None and address.pinned() == panel.scenario()
    st.button(
        "Pinned as A" if here else "Pin as A",
        key="do_pin",
        on_click=pin_this,
        disabled=here,
        help="Hold these settings as A, then change something: the page “A and B” shows the difference.",
    )


def draw_buttons() -> None:
    """Undo, redo, replay, reset, and back to what was opened; the keys that press them are told in their help."""
    steps: Steps = st.session_state[KEPT]
    at_before = steps.replay == "before"
    buttons = (
        ("undo", "Undo", undo, bool(steps.past)),
        ("redo", "Redo", redo, bool(steps.future)),
        ("replay", "After" if at_before else "Replay", replay, at_before or bool(steps.past)),
        ("reset", "Reset", address.reset, True),
        ("opened", "As opened", address.back_to_opened, not address.stands_as_opened()),
    )
    for name, label, press, possible in buttons:
        st.button(
            label,
            key=f"do_{name}",
            on_click=press,
            disabled=not possible,
            shortcut=KEYS[name],
            help=f"{HELP[name]} {KEYS[name].replace('+', ' + ')}.",
        )


def change_in_words(before: Standing, after: Standing) -> str:
    """What a change changed: "Premium per complex need: 0% → 20%"."""
    moved = before.changed(after)
    said = [
        f"{spec.label}: {' → '.join(change_words.setting_value(spec, side.values[name]) for side in (before, after))}"
        for name, spec in specs().items()
        if name in moved
    ]
    beside = {PINNED: "the pinned A", SHORTLIST: "the shortlist", NAME: "the name"}
    return "; ".join([*said, *(words for name, words in beside.items() if name in moved)])


def effect_in_words(before: Standing, after: Standing) -> str:
    """What a change did to the price's three numbers; nothing where either side cannot be shown."""
    try:
        one, other = (Scenario(**side.values) for side in (before, after))  # type: ignore[arg-type]
        if OWN_TABLE in (one.cohort, other.cohort):
            return ""
        found = (kept.of(side, shipped.load(side.cohort)) for side in (one, other))
        return change_words.before_and_after(comparison.compare(*found))
    except ExplorerError:
        return ""


def show_replay() -> None:
    """Say which side of the last change the page shows, while it is being replayed."""
    steps: Steps = st.session_state[KEPT]
    if (change := steps.last_change) is None:
        return
    what = escape(change_in_words(*change))
    if steps.replay == "before":
        st.info(f"**Before the last change** ({what}). Press “After” (Alt + P) to see what it does.")
    else:
        st.info(f"**After the last change** ({what}). {escape(effect_in_words(*change))}")
