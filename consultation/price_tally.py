"""The prices that a room chose, setting by setting, and the price in the middle of them."""

import statistics
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from consultation.records import PriceTally, SettingDots
from pricing.errors import ExplorerError
from pricing.scenario import links
from pricing.scenario.links import Link
from pricing.scenario.scenario import OWN_TABLE, Scenario, specs
from pricing.scenario.shortlist import differing


def of(own: str, given: Sequence[tuple[str, str]]) -> PriceTally:
    """The tally of prices given as (query, model version), beside the event's own query."""
    base = links.read(links.from_url(own)).scenario
    read = [links.read(links.from_url(query)) for query, _ in given]
    usable = [_price(link, base) for link in read if not link.problems]
    dots = tuple(dots_of(name, base, usable) for name in _settings(base, usable))
    return PriceTally(
        links=tuple(query for query, _ in given),
        settings=dots,
        middle=middle(base, dots) if usable else "",
        own_tables=sum(link.scenario.cohort == OWN_TABLE for link in read),
        unread=sum(bool(link.problems) for link in read),
        notes=tuple(dict.fromkeys(link.note for link in read if link.note)),
    )


def _price(link: Link, base: Scenario) -> Scenario:
    """The price of an answer, held against the event's people: on others it is the same price."""
    return link.scenario.price_alone().with_(cohort=base.cohort)


def _settings(base: Scenario, usable: Sequence[Scenario]) -> tuple[str, ...]:
    """The settings in which any answer differs from the event's own."""
    if not usable:
        return ()
    return differing([base.price_alone(), *usable])


def dots_of(name: str, base: Scenario, usable: Sequence[Scenario]) -> SettingDots:
    """One setting of every answer; the middle of an even number of answers is half-way between two."""
    values = tuple(one.values()[name] for one in usable)
    own = base.values()[name]
    if isinstance(own, str):
        return of_choices(name, own, tuple(map(str, values)))
    half_way = statistics.median(float(value) for value in values)
    return SettingDots(name, own, values, float(f"{half_way:.12g}"))  # half-way between .35 and .5 is .425


def of_choices(name: str, own: str, values: tuple[str, ...]) -> SettingDots:
    """A setting that is a choice: the commonest; of several the event's own, else the first as they are declared."""
    given = Counter(values)
    commonest = tuple(one for one in specs()[name].choices if given[one] == max(given.values()))
    room = own if own in commonest else commonest[0]
    return SettingDots(name, own, values, room, commonest if len(commonest) > 1 else ())


def middle(base: Scenario, dots: Sequence[SettingDots]) -> str:
    """The query of the price whose settings are the room's.

    Where its choices contradict each other they stay the event's own; where its numbers do too, so does the price.
    """
    changes = {one.name: one.room for one in dots}
    numbers = {name: value for name, value in changes.items() if not isinstance(value, str)}
    for tried in (changes, numbers):
        with suppress(ExplorerError):
            return links.to_query(links.write(base.with_(**tried)))
    return links.to_query(links.write(base))
