"""What a reader looks at on a page, measure, grouping and effort, as the address holds it: ``look=measure.parked``.

Only what is not as the page opens is written, pairs joined by ``~``. A choice stands in the session's state under its
widget's key, where the page's picker reads it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import streamlit as st

from pages.frame import own_table_upload, panel
from pages.kit import kept, measures, pickers
from pricing.people import shipped
from pricing.people.cohort import NEED_LEVELS, Cohort
from pricing.people.risk_curves import typical_profile
from pricing.questions import risk_and_return
from pricing.questions.places import neighbourhoods
from pricing.scenario import links
from pricing.scenario.links import Link
from pricing.scenario.scenario import GROUPS, OWN_TABLE, Scenario
from pricing.scenario.spec import quoted
from pricing.words.numbers import unit

Codes = Mapping[str, object]
"""What can be chosen: as it is written in a link -> as the widget holds it."""
OF_OWN_TABLE = ("needs", "decile", "risk")
"""How a reader's own people can be grouped as long as they are not here: as any table of risks."""
FEE, WHOLE_BOROUGH, FIRST = "Fee for service", "The whole borough", "previous"
"""What a schedule, a map of places and a curve open at."""
NAMED = re.compile(r"[a-z0-9_]{1,20}", re.ASCII)


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


def schedule_parts(scenario: Scenario) -> Codes:
    """What a published schedule has a table of: the fee, and each metric that is paid."""
    return {"fee": FEE} | {metric: f"Per {unit(metric, scenario.target)}" for metric in scenario.weights()}


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
RANKED = {"needs": "Number of needs", "decile": "Deprivation"}
SHAPES = {"boroughs": "Boroughs", "neighbourhoods": "Neighbourhoods"}
OUTSIDE = {"none": "Not shown", "tenth": "1 in 10 people", "quarter": "1 in 4 people", "half": "1 in 2 people"}
OF_PLACES = ("payback", "margin_at_benchmark", "withheld", "parked", "moved")
KINDS = ("binary", "frequency", "severity")
"""The same of an order of need, of what a map of places is made of and shows, of an area's other part, of risks."""
GROUPING = (Look("down", "down", "decile", dimensions), Look("across", "across", "needs", dimensions))
LOOKS: Mapping[str, tuple[Look, ...]] = {
    "who_it_pays_to_help": (
        Look("measure", "measure", "payback", same(*measures.MEASURES)),
        *GROUPING,
        *group("who"),
    ),
    "compare": (Look("difference", "difference", "Hours", lambda _: DIFFERENCES), *GROUPING),
    "set_the_price": (Look("show", "part", FEE, schedule_parts), *group("price"), effort("price_hours")),
    "who_pays_who_saves": (
        effort("savings_hours"),
        Look("money", "borough_money", "Saved", lambda _: measures.OF_SAVINGS),
    ),
    "small_provider": (effort("provider_hours", needed=True),),
    "fairness": (Look("order", "ranked", "Number of needs", lambda _: RANKED),),
    "places": (
        Look("map", "place_level", "Boroughs", lambda _: SHAPES),
        Look("measure", "place_measure", "payback", same(*OF_PLACES)),
        Look("outside", "outside_share", "Not shown", lambda _: OUTSIDE),
    ),
    "evidence": (Look("parameters", "evidence_group", "", lambda _: {"every": ""} | {name: name for name in GROUPS}),),
}
"""Page -> what can be chosen on it and stands in links, whoever the people are."""


def people(cohort: str) -> Cohort | None:
    """The people of that name; none while a reader's own are not here."""
    return own_table_upload.held() if cohort == OWN_TABLE else shipped.load(cohort)


def slug(name: str) -> str:
    """A name as a link writes it: bolton_005a."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def named(factor: str, place: int) -> str:
    """The name of a factor in links: its own, or its place where a link cannot hold that."""
    return factor if NAMED.fullmatch(factor) else f"factor_{place}"


@cache
def of_places(cohort: str) -> tuple[Look, ...]:
    """A borough and a neighbourhood of people who have a map."""
    area = None if cohort == OWN_TABLE else shipped.load(cohort).area_map
    if area is None:
        return ()
    there = neighbourhoods.load(cohort)
    boroughs: Codes = {slug(name): code for code, name in enumerate(there.boroughs)}
    streets: Codes = {"all": WHOLE_BOROUGH} | {slug(name): name for name in there.names}
    start = there.boroughs.index(area.start or there.boroughs[0])
    return (
        Look("borough", "place_borough", start, lambda _: boroughs),
        Look("street", "place_street", WHOLE_BOROUGH, lambda _: streets),
    )


def of_fairness(cohort: str) -> tuple[Look, ...]:
    """By what these people can be looked at."""
    found = people(cohort)
    by = {} if found is None else {one.key: one.label for one in kept.characteristics_of(found)}
    return (Look("by", "fairness_by", next(iter(by.values())), lambda _: by),) if by else ()


def of_curves(cohort: str) -> tuple[Look, ...]:
    """Along what a curve runs, which risk it is of, and the person whose curve it is."""
    found = people(cohort)
    if found is None or found.fitted is None:
        return ()
    curves, name = found.fitted, found.fitted.declaration.name
    along, typical = list(risk_and_return.factors(curves)), typical_profile(curves.cells)
    return (
        Look("along", f"factor_{name}", FIRST if FIRST in along else along[0], same(*along)),
        Look("curve", f"kind_{name}", KINDS[0], same(*risk_and_return.kinds(curves))),
        *(
            Look(named(key, place), f"person_{name}_{key}", typical[key], numbers(len(factor.labels) - 1))
            for place, (key, factor) in enumerate(curves.cells.factors.items())
        ),
    )


BY_PEOPLE: Mapping[str, Callable[[str], tuple[Look, ...]]] = {
    "places": of_places,
    "fairness": of_fairness,
    "risk_curves": of_curves,
}
"""Page -> what can be chosen on it of people by that name."""


def looks(page: str, cohort: str) -> tuple[Look, ...]:
    """Everything that can be chosen on a page about these people, in the order of links."""
    return (*LOOKS.get(page, ()), *(BY_PEOPLE[page](cohort) if page in BY_PEOPLE else ()))


def pairs(link: Link) -> list[tuple[str, str]]:
    """What a link asks to look at, name by name."""
    return [(name, code) for name, _, code in (pair.partition(".") for pair in link.look.split("~") if pair)]


def find(page: str, link: Link) -> tuple[dict[str, object], tuple[str, ...]]:
    """What a link looks at on a page, by widget's key, and what it asks for there and cannot have."""
    offered, problems = {look.name: look for look in looks(page, link.scenario.cohort)}, []
    found = {look.key: look.usual for look in offered.values()}
    for name, code in pairs(link):
        look = offered.get(name)
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
    return {look.key: look.usual for look in looks(page, str(panel.values()["cohort"]))}


def now(page: str) -> dict[str, object]:
    """What a page looks at, by widget's key."""
    return {key: st.session_state.get(key, value) for key, value in usual(page).items()}


def of(page: str, scenario: Scenario) -> dict[str, str]:
    """The part of the address that says what a page looks at; nothing where that is as it opens."""
    said, seen = [], now(page)
    for look in looks(page, scenario.cohort):
        codes = {value: code for code, value in look.codes(scenario).items()}
        if look.key in seen and seen[look.key] != look.usual and seen[look.key] in codes:
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
