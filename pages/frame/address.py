"""The address holds the scenario: read once when a visit begins, written after every change.

Streamlit can bind a widget to the address by itself, but writes a choice as the words that a reader sees; a link
would break whenever a word is mended. Here the address holds values, as ``pricing.scenario.links`` declares them.
"""

from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.frame import joined, looked_at, opened_part, own_table_upload, panel
from pages.frame.pages_list import PAGES
from pages.kit import link_code
from pages.kit.markdown import escape
from pricing import MODEL_VERSION
from pricing.errors import ExplorerError
from pricing.scenario import links, shortlist
from pricing.scenario.links import Link, TableName
from pricing.scenario.scenario import Scenario, defaults
from pricing.scenario.shortlist import Shortlist

WRITTEN = "address_written"
PROBLEMS = "address_problems"
NOTE = "address_note"
PINNED = "pinned_as_a"
OPENED = "address_opened"
LISTED = "shortlist_held"
NAMED = "name_held"
NEXT = "scenario_of_next_run"


def take(opened: str) -> bool:
    """Set the widgets from the address: at the start of a visit, and when the reader goes back or forward.

    Returns whether it did.
    """
    begins = WRITTEN not in st.session_state
    if not (begins or gone_back()):
        return False
    st.session_state[WRITTEN] = None
    link = links.read(given())
    (open_anew if begins else adopt)(link)
    joined.join(link.event)
    held, left_out = shortlist.read(given())
    hold(held)
    st.session_state[PROBLEMS] = (
        *link.problems,
        *left_out,
        *opened_part.take(opened, link),
        *looked_at.take(opened, link),
    )
    return True


def begin_at(scenario: Scenario) -> NoReturn:
    """Run again, with every widget set to a scenario as if this visit had been opened with it."""
    st.session_state[NEXT] = scenario
    st.rerun()


def take_next() -> None:
    """Set the widgets to what the run before asked for: its own were drawn, and could not be set any more."""
    scenario: Scenario | None = st.session_state.pop(NEXT, None)
    if scenario is not None:
        panel.seed(scenario)
        st.session_state[OPENED] = (scenario, pinned(), called())


def adopt(link: Link) -> None:
    """Set every widget to what a link or a file says, and keep what there is to say of it."""
    st.session_state[PROBLEMS], st.session_state[NOTE] = link.problems, link.note
    call(link.name)
    own_table_upload.expect(link.table)
    panel.seed(link.scenario)
    pin(link.pinned)


def open_anew(link: Link) -> None:
    """The same, for what a visit begins with, or a file: a reader can come back to it."""
    adopt(link)
    st.session_state[OPENED] = (link.scenario, link.pinned, link.name)


def stands_as_opened() -> bool:
    """Whether everything stands as it was opened."""
    return st.session_state.get(OPENED) == (panel.scenario(), pinned(), called())


def back_to_opened() -> None:
    """Back to what was opened: a link, a file, or the defaults where neither was."""
    scenario, held, name = st.session_state[OPENED]
    use(scenario, name)
    pin(held)


def pin(scenario: Scenario | None) -> None:
    """Hold a scenario as A, to compare with; none lets go of it."""
    st.session_state[PINNED] = scenario


def pinned() -> Scenario | None:
    """The scenario held as A, if there is one."""
    found: Scenario | None = st.session_state.get(PINNED)
    return found


def hold(entries: Shortlist) -> None:
    """Hold scenarios as the shortlist of this visit."""
    st.session_state[LISTED] = entries


def listed() -> Shortlist:
    """The shortlist of this visit; empty if there is none."""
    found: Shortlist = st.session_state.get(LISTED, ())
    return found


def call(name: str) -> None:
    """Hold the reader's name for the scenario of this visit; "" takes it away."""
    st.session_state[NAMED] = name


def called() -> str:
    """What the reader called the scenario of this visit; "" if nothing."""
    found: str = st.session_state.get(NAMED, "")
    return found


def gone_back() -> bool:
    """Whether this run began with the browser's back or forward button.

    The address alone cannot tell: in a run that follows another closely it is still the one before.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def given() -> dict[str, list[str]]:
    """The address as it stands."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def query() -> dict[str, str]:
    """The settings as the address holds them: what differs from the defaults, even while they contradict each other."""
    return with_listed(of_settings(), own_table_upload.reference())


def of_settings() -> dict[str, str]:
    """The same without the shortlist."""
    return joined.said() | with_name(links.write_changes(panel.values(), own_table_upload.reference(), pinned()))


def write(opened: str) -> None:
    """Put the scenario into the address, unless it says so already.

    Every change is a step in the browser's history. A link that was opened is left as it is, so that going back leads
    out of it.
    """
    raw, wanted = given(), query()
    moved = st.session_state[WRITTEN] not in (None, wanted)
    turned = opened_part.moved(opened) or looked_at.moved(opened)
    if moved or turned or not says_what_is_shown(raw, opened):
        st.query_params.from_dict(wanted | opened_part.of(opened) | seen(opened))
        st.session_state[WRITTEN] = wanted
    opened_part.written(opened)
    looked_at.written(opened)


def seen(opened: str) -> dict[str, str]:
    """What a page looks at, as the address holds it; nothing while the settings contradict each other."""
    scenario = panel.scenario()
    return {} if isinstance(scenario, ExplorerError) else looked_at.of(opened, scenario)


def says_what_is_shown(raw: dict[str, list[str]], opened: str) -> bool:
    """Whether an address holds this very scenario, table and part or step, and no more problems than the page names."""
    link, shown, (held, left_out) = links.read(raw), panel.scenario(), shortlist.read(raw)
    if not (opened_part.stands_at(opened, link) and looked_at.stands_at(opened, link)):
        return False
    if isinstance(shown, ExplorerError):
        return {name: texts[-1] for name, texts in raw.items() if name not in links.PLACES} == query()
    asked = (*opened_part.find(opened, link)[1], *looked_at.find(opened, link)[1])
    problems = (*link.problems, *left_out, *asked)
    return (
        link.scenario == shown
        and link.pinned == pinned()
        and (held, link.name, link.event) == (listed(), called(), joined.code())
        and in_full(link.scenario, link.table) == written(shown)
        and (problems, link.note) == (st.session_state.get(PROBLEMS), st.session_state.get(NOTE))
    )


def written(scenario: Scenario) -> dict[str, str]:
    """A scenario in full, with this visit's table, the scenario held as A, and the shortlist."""
    return in_full(scenario, own_table_upload.reference())


def in_full(scenario: Scenario, table: TableName | None) -> dict[str, str]:
    """The same with another table."""
    return with_listed(with_name(links.write(scenario, table, pinned())), table)


def with_name(query: dict[str, str]) -> dict[str, str]:
    """A link with the reader's name for its scenario, the model version last."""
    held = {links.NAME: called(), links.MODEL: MODEL_VERSION} if called() else {}
    return {name: text for name, text in query.items() if name not in held} | held


def with_listed(query: dict[str, str], table: TableName | None) -> dict[str, str]:
    """A link with the shortlist of this visit in it, the model version last."""
    held = shortlist.write(listed(), table)
    return {name: text for name, text in query.items() if name not in held} | held


def full_link(opened: str) -> str:
    """A link to this page that holds every value and the model version; "" for settings that contradict each other."""
    scenario = panel.scenario()
    if isinstance(scenario, ExplorerError):
        return ""
    return f"{st.context.url or ''}?{links.to_query(written(scenario) | opened_part.in_full(opened) | seen(opened))}"


def short_link(page: str, part: str | int = "") -> str:
    """The address of a part or a step of a page beside this one, with what differs from the defaults.

    The shortlist is left out: the link is shown as a code for the phones in a room, which read a short one best. An
    event that this visit takes part in goes along; in a link that is copied to be kept it would mean nothing later.
    """
    asked = links.to_query(of_settings() | opened_part.asked(page, part))
    return f"{link_code.served()}{PAGES[page].path}{'?' if asked else ''}{asked}"


def reset() -> None:
    """Back to the defaults."""
    use(defaults())


def use(scenario: Scenario, name: str = "") -> None:
    """Set every widget to a scenario of that name, with nothing left to say about the link that opened the visit."""
    panel.seed(scenario)
    call(name)
    understood()


def link_here(scenario: Scenario) -> str:
    """A link to the page it stands on, with a scenario written in full; the reader's name is that of another."""
    return "?" + links.to_query({name: text for name, text in written(scenario).items() if name != links.NAME})


def show_name() -> None:
    """The reader's name for what a page shows, as plain text: it comes from outside."""
    if called():
        st.text(f"“{called()}”")


def show_problems() -> None:
    """Say what changed since a link or a file was made, and name what it asked for and did not get.

    The words come from outside: escaped, or shown as plain text.
    """
    note, problems = st.session_state.get(NOTE), st.session_state.get(PROBLEMS)
    if not (note or problems):
        return
    with st.container(border=True):
        if note:
            st.info(escape(note))
        if problems:
            instead = "at their defaults instead" if pinned() is None else "at their defaults, or in A as they are in B"
            st.warning(f"Parts of what was opened could not be used. Those settings are {instead}:")
            st.text("\n".join(problems))
        st.button("Understood", on_click=understood)


def understood() -> None:
    """Nothing is left to say about the link that opened the visit."""
    st.session_state[PROBLEMS], st.session_state[NOTE] = (), ""
