"""Where a visit stands on a page of steps or of parts; the address says so, and a link can open there."""

import streamlit as st

from pricing.scenario import links

PARTED = (
    "how_results_are_paid",
    "who_it_pays_to_help",
    "places",
    "fairness",
    "who_pays_who_saves",
    "small_provider",
)
"""Pages that show one of their parts at a time."""
STEPPED = ("story", "presenter", *PARTED)
"""Pages that are gone through step by step, or part by part."""


def key(page: str) -> str:
    return f"{page}_{links.STEP}"


def written_key(page: str) -> str:
    return f"{key(page)}_written"


def take(page: str, step: int) -> None:
    """Stand where a link says, 0 if it names no step."""
    if page in STEPPED:
        go_to(page, step or 1)


def go_to(page: str, step: int) -> None:
    """Set the step of a page."""
    st.session_state[key(page)] = step


def now(page: str, last: int) -> int:
    """The step that a page stands at, from 1 to ``last``; says so where a link asked for another."""
    at: int = st.session_state.get(key(page), 1)
    if at <= last:
        return at
    st.warning(f"There is no step {at} here; the last is {last}. This is the first.")
    return 1


def of(page: str) -> dict[str, str]:
    """The step that a page stands at, as the address holds it."""
    return asked(st.session_state.get(key(page), 1)) if page in STEPPED else {}


def asked(step: int) -> dict[str, str]:
    """A step or part as an address holds it: the first goes without saying."""
    return {links.STEP: str(step)} if step != 1 else {}


def stands_at(page: str, step: int) -> bool:
    """Whether a page without steps, or one that stands at ``step`` (0: the first), is shown."""
    return page not in STEPPED or (step or 1) == st.session_state.get(key(page), 1)


def moved(page: str) -> bool:
    """Whether a page stands elsewhere than the address said last."""
    return st.session_state.get(written_key(page)) not in (None, of(page))


def written(page: str) -> None:
    """Take note of what the address says now."""
    st.session_state[written_key(page)] = of(page)
