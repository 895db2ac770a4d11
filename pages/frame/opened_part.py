"""Where a visit stands on a page of parts or of steps; the address says so, and a link can open there.

A part is addressed by its key (``part=cash``), so that a tab can be put in anywhere. A step is addressed by its number
(``step=3``): steps follow each other, are counted on the page, and which of them there are may hang on the people.
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.frame.page_record import Page
from pages.frame.pages_list import PAGES
from pricing.scenario import links
from pricing.scenario.links import Link
from pricing.scenario.spec import quoted

BY_NUMBER: Mapping[str, tuple[str, ...]] = {
    "how_results_are_paid": ("expected_pay", "areas", "effective_price", "contracts"),
    "who_it_pays_to_help": ("map", "one_group", "four_measures"),
    "places": ("map", "multipliers", "footprint"),
    "fairness": ("groups", "women", "inequality", "assessment"),
    "who_pays_who_saves": ("who_saves", "pot", "pays_for", "boroughs", "not_known"),
    "small_provider": ("year", "luck", "share", "together", "cash", "prime", "seats"),
}
"""Page -> keys of its parts as links up to version 1.2.0 numbered them (``step=2``: the second).

It never grows. Where a part goes, the one that has taken its place stands here instead.
"""


def key(page: str) -> str:
    return f"{page}_stands_at"


def written_key(page: str) -> str:
    return f"{key(page)}_written"


def first(page: Page) -> str | int | None:
    """Where a page opens that no link says otherwise of: the key of a part, the number of a step; none if neither."""
    return page.parts[0].key if page.parts else 1 if page.stepped else None


def find(name: str, link: Link) -> tuple[str | int | None, tuple[str, ...]]:
    """Where a link opens a page, and what it asks for there and cannot have."""
    page, problems = PAGES[name], []
    keys = [part.key for part in page.parts]
    numbered = BY_NUMBER.get(name, ())
    if link.part and link.part not in keys:
        problems.append(f"{links.PART}: {quoted(link.part)} is not a part of this page.")
    if not page.parts:
        if link.step and not page.stepped:
            problems.append(f"{links.STEP}: this page is not gone through in steps.")
        return (link.step or 1) if page.stepped else None, tuple(problems)
    if link.part in keys and link.step:
        problems.append(f"{links.STEP}: {link.step} is not honoured beside “{links.PART}”.")
    elif link.step > len(numbered):
        problems.append(f"{links.STEP}: this page has no part {link.step}.")
    elif link.step:
        return numbered[link.step - 1], tuple(problems)
    return link.part if link.part in keys else keys[0], tuple(problems)


def take(page: str, link: Link) -> tuple[str, ...]:
    """Stand where a link says, or at the beginning; what it asks for and cannot have."""
    place, problems = find(page, link)
    if place is not None:
        go_to(page, place)
    return problems


def go_to(page: str, place: str | int) -> None:
    """Set the part, by its key, or the step, by its number, that a page stands at."""
    st.session_state[key(page)] = place


def turn_button(place: DeltaGenerator, label: str, by: int, page: str, last: int, *, around: bool = False) -> None:
    """A button that turns a page of ``last`` steps ``by`` one, on or back; ``around``: from the last to the first, too.

    A clicker's Page Up and Page Down press it: the browser's script finds it by its key, whatever has the focus. Where
    it leads is worked out when it is pressed: pressed twice before the page is drawn again, it turns two.
    """
    way, shortcut = ("on", "PageDown") if by > 0 else ("back", "PageUp")
    place.button(
        label,
        key=f"turn_{way}",
        on_click=lambda: go_to(page, turned(at_step(page, last), by, last, around=around)),
        disabled=turned(at_step(page, last), by, last, around=around) == at_step(page, last),
        shortcut=shortcut,
        width="stretch",
    )


def turned(number: int, by: int, last: int, *, around: bool) -> int:
    """The step that a turn leads to; the same one where there is none."""
    return (number + by - 1) % last + 1 if around else min(max(number + by, 1), last)


def now(page: str) -> str | int | None:
    """Where a page stands: the key of a part, the number of a step; none if it has neither."""
    found: str | int | None = st.session_state.get(key(page), first(PAGES[page]))
    return found


def at_step(page: str, last: int) -> int:
    """The step that a page stands at, from 1 to ``last``; the first where a link asked for another."""
    at = int(now(page) or 1)
    return at if at <= last else 1


def step(page: str, last: int) -> int:
    """The step that a page stands at; says so where a link asked for one that is not there."""
    at = int(now(page) or 1)
    if at > last:
        st.warning(f"There is no step {at} here; the last is {last}. This is the first.")
    return at_step(page, last)


def of(page: str) -> dict[str, str]:
    """Where a page stands, as the address holds it: its beginning goes without saying."""
    at = now(page)
    return {} if at == first(PAGES[page]) else asked(page, at)


def in_full(page: str) -> dict[str, str]:
    """The same as a link to be kept holds it: the first part too, which might not be the first for ever."""
    return asked(page, now(page)) if PAGES[page].parts else of(page)


def asked(page: str, place: str | int | None) -> dict[str, str]:
    """A place on a page as an address holds it; nothing where none is asked for."""
    return {links.PART if PAGES[page].parts else links.STEP: str(place)} if place else {}


def stands_at(page: str, link: Link) -> bool:
    """Whether a page stands where a link opens it."""
    return find(page, link)[0] == now(page)


def moved(page: str) -> bool:
    """Whether a page stands elsewhere than the address said last."""
    return st.session_state.get(written_key(page)) not in (None, of(page))


def written(page: str) -> None:
    """Take note of what the address says now."""
    st.session_state[written_key(page)] = of(page)
