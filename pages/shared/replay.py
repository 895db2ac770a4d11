"""Undo, redo, replay and pin: the buttons of the panel, and the keys that press them.

A key is never a letter alone: it would go off while somebody types, or speaks to the machine (WCAG 2.1.4).
"""

import time

import streamlit as st

from pages.shared import address, assumptions, controls
from pages.shared.steps import Standing, Steps
from pricing.parameters import specs

KEPT = "steps"
KEYS = {"undo": "Alt+Z", "redo": "Alt+Y", "replay": "Alt+P", "reset": "Alt+0"}
PIN_NAMED = "the pinned A"


def standing() -> Standing:
    """What stands now."""
    return Standing(controls.values(), address.pinned())


def record(*, travelled: bool) -> None:
    """Take note of what stands: a change that the reader made, or where back and forward led."""
    steps: Steps | None = st.session_state.get(KEPT)
    if steps is None:
        st.session_state[KEPT] = Steps(standing())
    else:
        go = steps.travel if travelled else steps.move
        st.session_state[KEPT] = go(standing(), time.monotonic())


def kept() -> Steps:
    """The steps of this visit, up to what stands now: a press may come with a change that was not seen yet."""
    steps: Steps = st.session_state[KEPT]
    values = {name: st.session_state.get(name, value) for name, value in steps.now.values.items()}
    return steps.move(Standing(values, address.pinned()), time.monotonic())


def stand_at(steps: Steps) -> None:
    """Set everything to where the steps stand."""
    st.session_state[KEPT] = steps
    controls.set_to(steps.now.values)
    address.pin(steps.now.pinned)


def undo() -> None:
    stand_at(kept().undo())


def redo() -> None:
    stand_at(kept().redo())


def replay() -> None:
    stand_at(kept().replayed())


def pin_this() -> None:
    """Hold what stands now as A; settings that contradict each other cannot be held."""
    scenario = controls.scenario()
    if not isinstance(scenario, Exception):
        address.pin(scenario)


def draw_buttons() -> None:
    """The row of steps in the panel, and replay with reset under it."""
    steps: Steps = st.session_state[KEPT]
    left, right = st.columns(2)
    left.button("Undo", key="do_undo", on_click=undo, disabled=not steps.past, shortcut=KEYS["undo"], width="stretch")
    right.button(
        "Redo", key="do_redo", on_click=redo, disabled=not steps.future, shortcut=KEYS["redo"], width="stretch"
    )
    left.button(
        "After" if steps.replay == "before" else "Replay",
        key="do_replay",
        on_click=replay,
        disabled=not steps.past and steps.replay != "before",
        shortcut=KEYS["replay"],
        width="stretch",
    )
    right.button("Reset", key="do_reset", on_click=address.reset, shortcut=KEYS["reset"], width="stretch")


def change_in_words(before: Standing, after: Standing) -> str:
    """What a change changed: "Fee: 1 → 2; Target: none → one"."""
    said = []
    for name in sorted(before.changed(after), key=lambda name: [*before.values].index(name) if name else -1):
        if not name:
            said.append(PIN_NAMED)
            continue
        spec = specs()[name]
        one, other = (assumptions.shown(spec, side.values[name]) for side in (before, after))
        said.append(f"{spec.label}: {one} → {other}")
    return "; ".join(said)


def show_replay() -> None:
    """Say which side of the last change the page shows, while it is being replayed."""
    steps: Steps = st.session_state[KEPT]
    if (change := steps.last_change) is not None:
        then = "Press “After” (Alt + P) to see what it did." if steps.replay == "before" else "This is what it did."
        st.info(f"**{steps.replay.capitalize()} the last change** ({change_in_words(*change)}). {then}")
