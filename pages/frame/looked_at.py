"""What a reader looks at on a page, measure, grouping and effort, as the address holds it: ``look=measure.parked``.

Only what is not as the page opens is written, pairs joined by ``~``. A choice stands in the session's state under its
widget's key, where the page's picker reads it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from pages.frame import own_table_upload
from pages.kit import measures, pickers
from pricing.people import shipped
from pricing.people.cohort import NEED_LEVELS
from pricing.scenario import links
from pricing.scenario.links import Link
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.scenario.spec import quoted

Codes = Mapping[str, object]
"""What can be chosen: as it is written in a link -> as the widget holds it."""
OF_OWN_TABLE = ("needs", "decile", "risk")
"""How a reader's own people can be grouped as long as they are not here: as any table of risks."""


@dataclass(frozen=True)
class Look:
    """A choice on a page: its name in links, its widget's key, what it opens at, and what can be chosen."""

    name: str
    key: str
    usual: object
    codes: Callable[[Scenario], Codes]


def same(*names: str) -> Callable[[Scenario], Codes]:
    """Choices that the widget holds as they are written."""
    return lambda _: {name: name for name in names}


def dimensions(scenario: Scenario) -> Codes:
    """The ways in which a scenario's people can be grouped."""
    if scenario.cohort == OWN_TABLE:
        held = own_table_upload.held()
        return {name: name for name in (OF_OWN_TABLE if held is None else held.dimensions)}
    return {name: name for name in shipped.load(scenario.cohort).dimensions}


def effort(key: str, *, needed: bool = False) -> Look:
    """Whether the provider gives what is needed or does what pays best; ``needed``: it opens at the former."""
    return Look("effort", key, pickers.EFFORTS["needed" if needed else "pays_best"], lambda _: pickers.EFFORTS)


def numbers(most: int) -> Callable[[Scenario], Codes]:
    """Codes from 0 to ``most``."""
    return lambda _: {str(code): code for code in range(most + 1)}


def group(key: str) -> tuple[Look, Look]:
    """A group by number of needs and deprivation tenth, the latter written from 1, the most deprived."""
    tenths = {str(code + 1): code for code in range(10)}
    return (
        Look("needs", f"{key}_needs", 3, numbers(len(NEED_LEVELS) - 1)),
        Look("tenth", f"{key}_decile", 0, lambda _: tenths),
    )


DIFFERENCES = {"hours": "Hours", "money": "Money", "payback": "Payback"}
"""What differs between A and B, as a link writes it -> as its picker does."""
GROUPING = (Look("down", "down", "decile", dimensions), Look("across", "across", "needs", dimensions))
LOOKS: Mapping[str, tuple[Look, ...]] = {
    "who_it_pays_to_help": (
        Look("measure", "measure", "payback", same(*measures.MEASURES)),
        *GROUPING,
        *group("who"),
    ),
    "compare": (
        Look(
            "difference",
            "difference",
            "Hours",
            lambda _: DIFFERENCES,
        ),
        *GROUPING,
    ),
    "set_the_price": (*group("price"), effort("price_hours")),
    "who_pays_who_saves": (
        effort("savings_hours"),
        Look("money", "borough_money", "Saved", lambda _: measures.OF_SAVINGS),
    ),
    "small_provider": (effort("provider_hours", needed=True),),
}
"""Page -> what can be chosen on it and stands in links."""


def pairs(link: Link) -> list[tuple[str, str]]:
    """What a link asks to look at, name by name."""
    return [(name, code) for name, _, code in (pair.partition(".") for pair in link.look.split("~") if pair)]


def find(page: str, link: Link) -> tuple[dict[str, object], tuple[str, ...]]:
    """What a link looks at on a page, by widget's key, and what it asks for there and cannot have."""
    looks, problems = {look.name: look for look in LOOKS.get(page, ())}, []
    found = {look.key: look.usual for look in looks.values()}
    for name, code in pairs(link):
        look = looks.get(name)
        codes = {} if look is None else look.codes(link.scenario)
        if look is not None and code in codes:
            found[look.key] = codes[code]
        else:
            problems.append(f"{links.LOOK}: {quoted(f'{name}.{code}')} cannot be looked at on this page.")
    return found, tuple(problems)


def take(page: str, link: Link) -> tuple[str, ...]:
    """Look at what a link says; what it asks for and cannot have."""
    found, problems = find(page, link)
    for key, value in found.items():
        if key in st.session_state or value != usual(page)[key]:
            st.session_state[key] = value
    return problems


def usual(page: str) -> dict[str, object]:
    """What a page looks at as it opens, by widget's key."""
    return {look.key: look.usual for look in LOOKS.get(page, ())}


def now(page: str) -> dict[str, object]:
    """What a page looks at, by widget's key."""
    return {key: st.session_state.get(key, value) for key, value in usual(page).items()}


def of(page: str, scenario: Scenario) -> dict[str, str]:
    """The part of the address that says what a page looks at; nothing where that is as it opens."""
    seen, said = now(page), []
    for look in LOOKS.get(page, ()):
        codes = {value: code for code, value in look.codes(scenario).items()}
        if seen[look.key] != look.usual and seen[look.key] in codes:
            said.append(f"{look.name}.{codes[seen[look.key]]}")
    return {links.LOOK: "~".join(said)} if said else {}


def stands_at(page: str, link: Link) -> bool:
    """Whether a page looks at what a link says."""
    return find(page, link)[0] == now(page)


def moved(page: str) -> bool:
    """Whether a page looks at something else than the address said last."""
    return st.session_state.get(written_key(page)) not in (None, now(page))


def written(page: str) -> None:
    """Take note of what the address says now."""
    st.session_state[written_key(page)] = now(page)


def written_key(page: str) -> str:
    """The key of what the address said last of a page."""
    return f"{page}_looked_at_written"
