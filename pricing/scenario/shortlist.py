"""A shortlist: up to six scenarios with names of the reader's, and how a link writes it. Input is untrusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pricing import MODEL_VERSION
from pricing.errors import ExplorerError, ParameterError
from pricing.scenario import links, versions
from pricing.scenario.bent_links import SPACE, understood
from pricing.scenario.links import SHORTLIST, Query, TableName
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults
from pricing.scenario.spec import name_of, quoted

MOST = 6
"""Scenarios in a shortlist: as many as stand side by side."""
BETWEEN = "~"
"""Parts a name, settings and values in a link; doubled, scenarios. An address holds it as it is."""
ESCAPES = (("%", "%25"), (BETWEEN, "%7E"))
FULL = f"A shortlist holds at most {MOST} scenarios: remove one first."


@dataclass(frozen=True)
class Entry:
    """A scenario and the name that its reader gave it."""

    name: str
    scenario: Scenario


Shortlist = tuple[Entry, ...]


def judged(entries: Shortlist) -> list[Scenario]:
    """The scenarios, all judged by the support that people need in the first: several prices by one benchmark."""
    return [entry.scenario.with_need_of(entries[0].scenario) for entry in entries]


def differing(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Names of the settings in which scenarios differ, in the order of declaration; of one alone, from the defaults."""
    every = [scenario.values() for scenario in (scenarios if len(scenarios) > 1 else (*scenarios, defaults()))]
    return tuple(name for name, value in every[0].items() if any(other[name] != value for other in every[1:]))


def named(entries: Shortlist, text: str) -> str:
    """A name for one more scenario; raises ParameterError where it is none, or one that another has."""
    name = name_of(text)
    if name in {entry.name for entry in entries}:
        raise ParameterError(f"Another scenario of the shortlist is named {quoted(name)}; each needs its own name.")
    return name


def add(entries: Shortlist, text: str, scenario: Scenario) -> Shortlist:
    """One scenario more, at the end; raises ParameterError where it has no place or no name of its own."""
    if len(entries) >= MOST:
        raise ParameterError(FULL)
    return (*entries, Entry(named(entries, text), scenario))


def without(entries: Shortlist, place: int) -> Shortlist:
    """The shortlist without the scenario at ``place``, from 0."""
    return entries[:place] + entries[place + 1 :]


def rename(entries: Shortlist, place: int, text: str) -> Shortlist:
    """Another name for the scenario at ``place``; raises ParameterError where it is none, or one that another has."""
    name = named(without(entries, place), text)
    return (*entries[:place], Entry(name, entries[place].scenario), *entries[place + 1 :])


def write(entries: Shortlist, table: TableName | None = None) -> dict[str, str]:
    """The shortlist as parts of a link, with the model version and the reader's own table where one is of it."""
    if not entries:
        return {}
    usual = defaults().values()
    written = []
    for entry in entries:
        name = entry.name
        for plain, escaped in ESCAPES:
            name = name.replace(plain, escaped)
        moved = [(key, links.text_of(v)) for key, v in entry.scenario.values().items() if v != usual[key]]
        written.append(BETWEEN.join([name, *(part for pair in moved for part in pair)]))
    query = {SHORTLIST: (2 * BETWEEN).join(written)}
    if table is not None and any(entry.scenario.cohort == OWN_TABLE for entry in entries):
        query |= {links.TABLE: table.name, links.TABLE_DIGEST: table.digest}
    return query | {links.MODEL: MODEL_VERSION}


def read(query: Query) -> tuple[Shortlist, tuple[str, ...]]:
    """The shortlist of a link, and a sentence for each of its scenarios that had to be left out."""
    problems: list[str] = []
    repaired = understood(query, links.RESERVED)
    text = links.read_once(SHORTLIST, repaired.get(SHORTLIST, ()), problems)
    base = defaults().with_(**versions.usual((repaired.get(links.MODEL) or [""])[-1]))
    found: Shortlist = ()
    texts = text.split(2 * BETWEEN) if text else []
    for number, each in enumerate(texts, 1):
        if len(found) == MOST:
            problems.append(f"A shortlist holds at most {MOST} scenarios; {len(texts) - number + 1} were left out.")
            break
        try:
            found = add(found, *read_entry(each, base))
        except ExplorerError as problem:
            problems.append(f"Scenario {number} is left out of the shortlist. {problem}")
    return found, links.shorten(problems)


def read_entry(text: str, base: Scenario) -> tuple[str, Scenario]:
    """The name and the scenario of one; raises ExplorerError where any part of it cannot be read."""
    name, *parts = text.split(BETWEEN)
    keys = [SPACE.sub("", key) for key in parts[::2]]
    if len(parts) % 2 or len(set(keys)) != len(keys):
        raise ParameterError(f"The settings of {quoted(unquote(name))} are not pairs of one name and one value each.")
    given = zip(keys, parts[1::2], strict=True)
    values = {key: links.read_value(key, [SPACE.sub("", value)]) for key, value in given}
    return unquote(name), base.with_(**values)
