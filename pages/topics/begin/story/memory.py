"""What a reader has guessed, and which answers they have seen: kept by their browser's tab over a reload."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import streamlit as st

from pages.topics.begin.story.steps import STEPS, Step

KEY = "story_memory"
TAB = st.components.v2.component(KEY, js=(Path(__file__).parent / "memory.js").read_text(encoding="utf-8"))


def guess_key(step: Step) -> str:
    return f"story_guess_{step.key}"


def seen_key(step: Step) -> str:
    return f"story_open_{step.key}"


def kept() -> dict[str, list[object]]:
    """Step -> the guess, if there is one, and whether its answer was seen."""
    state = {step.key: [st.session_state.get(guess_key(step)), seen(step)] for step in STEPS}
    return {key: [guess, shown] for key, (guess, shown) in state.items() if guess is not None or shown}


def seen(step: Step) -> bool:
    """Whether the answer of a step was asked for."""
    return bool(st.session_state.get(seen_key(step)))


def show(step: Step) -> None:
    """Ask for the answer of a step: its guess is final."""
    st.session_state[seen_key(step)] = True


def usable(stored: object) -> Iterator[tuple[Step, str | None, bool]]:
    """What can be used of what a browser gives back: it may be of another version, or anybody's."""
    for step in STEPS:
        found = stored.get(step.key) if isinstance(stored, Mapping) else None
        if isinstance(found, list) and len(found) == 2:
            yield step, found[0] if found[0] in step.choices else None, found[1] is True


def restore() -> None:
    """Stand where the tab stood before it was reloaded."""
    for step, guess, shown in usable(st.session_state[KEY].get("stored")):
        st.session_state[seen_key(step)] = shown
        if guess is not None:
            st.session_state[guess_key(step)] = guess


def keep() -> None:
    """Give the tab what there is to keep, or take what it has kept; to be called before the guess is drawn."""
    with st.container(key="browser_memory"):
        TAB(key=KEY, data={"kept": kept()}, default={"stored": None}, on_stored_change=restore)
