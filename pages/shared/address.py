"""The address holds the scenario: read once when a visit begins, written after every change.

Streamlit can bind a widget to the address by itself, but writes a choice as the words that a reader sees; a link
would break whenever a word is mended. Here the address holds values, as ``pricing.links`` declares them.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared import controls, own_table_door
from pricing import links
from pricing.errors import ExplorerError
from pricing.parameters import Scenario, defaults

WRITTEN = "address_written"
PROBLEMS = "address_problems"
STEPPED = ("story", "presenter")
"""Pages that are gone through step by step: the address says at which one."""


def take(opened: str) -> None:
    """Set the widgets from the address: at the start of a visit, and when the reader goes back or forward."""
    if WRITTEN in st.session_state and not gone_back():
        controls.seed_missing()
        return
    link = links.read(given())
    st.session_state[WRITTEN] = None
    st.session_state[PROBLEMS] = link.problems
    own_table_door.expect(link.table)
    controls.seed(link.scenario)
    if opened in STEPPED:
        go_to(opened, link.step or 1)


def gone_back() -> bool:
    """Whether this run began with the browser's back or forward button.

    The address alone cannot tell: in a run that follows another closely it is still the one before.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def given() -> dict[str, list[str]]:
    """The address as it stands."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def query(page: str = "") -> dict[str, str]:
    """The settings as the address holds them: what differs from the defaults, even while they contradict each other.

    For a page that has steps, with the step that it stands at.
    """
    return links.write_changes(controls.values(), own_table_door.reference()) | step_of(page)


def step_of(page: str) -> dict[str, str]:
    """The step that a page stands at, as the address holds it: the first goes without saying."""
    at = st.session_state.get(step_key(page), 1)
    return {links.STEP: str(at)} if page in STEPPED and at != 1 else {}


def step_key(page: str) -> str:
    return f"{page}_{links.STEP}"


def go_to(page: str, step: int) -> None:
    """Set the step of a page."""
    st.session_state[step_key(page)] = step


def step(page: str, last: int) -> int:
    """The step that a page stands at, from 1 to ``last``; says so where a link asked for another."""
    at: int = st.session_state.get(step_key(page), 1)
    if at <= last:
        return at
    st.warning(f"There is no step {at} here; the last is {last}. This is the first.")
    return 1


def write(opened: str) -> None:
    """Put the scenario into the address, unless it says so already.

    Every change is a step in the browser's history. A link that was opened is left as it is, so that going back leads
    out of it.
    """
    raw, wanted, at = given(), query(), step_of(opened)
    was_at = f"{step_key(opened)}_written"
    moved = st.session_state[WRITTEN] not in (None, wanted) or st.session_state.get(was_at) not in (None, at)
    if moved or not says_what_is_shown(raw, opened):
        st.query_params.from_dict(wanted | at)
        st.session_state[WRITTEN] = wanted
        st.session_state[was_at] = at


def says_what_is_shown(raw: dict[str, list[str]], opened: str) -> bool:
    """Whether an address holds this very scenario, table and step, and no more problems than the page names."""
    link, shown = links.read(raw), controls.scenario()
    if opened in STEPPED and (link.step or 1) != st.session_state.get(step_key(opened), 1):
        return False
    if isinstance(shown, ExplorerError):
        return {name: texts[-1] for name, texts in raw.items()} == query(opened)
    return (
        link.scenario == shown
        and links.write(link.scenario, link.table) == links.write(shown, own_table_door.reference())
        and link.problems == st.session_state.get(PROBLEMS)
    )


def full_link(opened: str) -> str:
    """A link to this page that holds every value and the model version."""
    scenario = controls.scenario()
    if isinstance(scenario, ExplorerError):
        return "These settings contradict each other; there is nothing to link to."
    everything = links.write(scenario, own_table_door.reference()) | step_of(opened)
    return f"{st.context.url or ''}?{links.to_query(everything)}"


def short_link(page: str) -> str:
    """The address of a page beside this one with this scenario: only what differs from the defaults."""
    beside = (st.context.url or "").rpartition("/")[0]
    asked = links.to_query(query())
    return f"{beside}/{page}{'?' if asked else ''}{asked}"


def reset() -> None:
    """Back to the defaults."""
    use(defaults())


def use(scenario: Scenario) -> None:
    """Set every widget to a scenario, with nothing left to say about the link that opened the visit."""
    controls.seed(scenario)
    st.session_state[PROBLEMS] = ()


def link_here(scenario: Scenario) -> str:
    """A link to the page it stands on, with a scenario written in full."""
    return "?" + links.to_query(links.write(scenario, own_table_door.reference()))


def show_problems() -> None:
    """Name what the link asked for and did not get. The words come from outside: shown as plain text."""
    if problems := st.session_state.get(PROBLEMS):
        with st.container(border=True):
            st.warning("Parts of this link could not be used. Those settings are at their defaults instead:")
            st.text("\n".join(problems))
            st.button("Understood", on_click=lambda: st.session_state.update({PROBLEMS: ()}))
