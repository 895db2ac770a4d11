"""One draw of each kind tried, and what it came to."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from random import Random

from websockets.exceptions import WebSocketException

from pages.frame import own_table_upload
from pages.frame.pages_list import PAGES
from pages.topics.people.your_people import held as held_people
from pages.topics.room.take_away import scenario_upload
from pricing import MODEL_VERSION
from tests.hostile import draw_commands, draw_files, draw_links, held, held_commands, held_files, one_command
from tests.hostile.measured import Log
from tests.hostile.visitor import HangsError, Visit, is_answered

MOST = 2.0
"""Seconds of processor that nothing should take."""
LONG = 50_000
"""Characters from which on a link is asked for as a browser does first: a longer one than a server takes opens no page,
and what a socket alone can say is no link."""


@dataclass(frozen=True)
class Found:
    """Seconds of processor that the longest part of one draw took, what it was, and what was wrong with what came.

    ``short`` is what a page said where its work would have taken too long: coarser figures, or none.
    """

    seconds: float
    what: str
    wrong: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class Target:
    """A running explorer: its address without a slash at the end, and what it tells of the time that answers take."""

    url: str
    log: Log | None = None

    def spent(self, visit: str) -> float:
        """Seconds of processor of the longest run of a visit; 0 where the server does not tell."""
        return self.log.of(visit) if self.log else 0.0


def gathered(target: Target, what: str, wrong: Callable[[Visit], Iterable[str]]) -> Found:
    """What a visit came to; that the server fell silent or closed the line is wrong too."""
    visit = Visit(target.url)
    try:
        with visit:
            faults = tuple(wrong(visit))
    except (HangsError, OSError, WebSocketException) as problem:
        faults = (f"{type(problem).__name__}: {problem}",)
    return Found(target.spent(visit.session), what, faults, held.said_for_want_of_time(visit))


def by_link(target: Target, luck: Random) -> Found:
    """A hostile link."""
    link = draw_links.link(luck)
    given = [text for part in link.parts for text in (part.name, part.text)]

    if len(link.query) > LONG and not is_answered(target.url, link.page, link.query):
        return Found(0.0, f"/{link.page}?{link.query[:600]}", short=f"refused: {len(link.query):,} characters")

    def wrong(visit: Visit) -> Iterable[str]:
        visit.open(link.page, link.query)
        yield from held.whole(visit, given)
        yield from held.as_text(visit.said(), given)
        yield from held.nothing_in_silence(visit, link)

    return gathered(target, f"/{link.page}?{link.query[:600]}", wrong)


def handed_over(visit: Visit, place: str, file: draw_files.HostileFile) -> Iterable[str]:
    """What is wrong once a file is given to a place of the page that stands open."""
    visit.upload(place, file.name, file.data)
    return [*held.whole(visit, file.given), *held.as_text(visit.said(), file.given)]


def by_table(target: Target, luck: Random) -> Found:
    """A hostile table of risks, given to a page that stands on it."""
    file = draw_files.table(luck)
    page = luck.choice([page for page in PAGES.values() if page.panel])
    part = f"&part={luck.choice(page.parts).key}" if page.parts else ""

    def wrong(visit: Visit) -> Iterable[str]:
        visit.open(page.path, f"cohort=own_table{part}&model={MODEL_VERSION}")
        yield from handed_over(visit, own_table_upload.FILE, file)
        yield from held_files.of_table(visit, file)

    return gathered(target, f"table on /{page.path}{part}: {file}", wrong)


def by_scenario(target: Target, luck: Random) -> Found:
    """A hostile scenario file."""
    file = draw_files.scenario(luck)

    def wrong(visit: Visit) -> Iterable[str]:
        visit.open("take_away")
        yield from handed_over(visit, scenario_upload.FILE, file)
        yield from held_files.of_scenario(visit, file)

    return gathered(target, f"scenario: {file}", wrong)


def by_records(target: Target, luck: Random) -> Found:
    """Hostile records, their first map, and now and then the people made of them on another page."""
    file = draw_files.records(luck)

    def wrong(visit: Visit) -> Iterable[str]:
        visit.open("your_people")
        yield from handed_over(visit, held_people.FILE, file)
        if luck.random() < 0.3 and any(re.search("records_build$", one.id) for one in visit.of("button")):
            visit.press("records_build")
            yield from held.whole(visit, file.given)
            yield from held.as_text(visit.said(), file.given)

    return gathered(target, f"records: {file}", wrong)


def by_file(target: Target, luck: Random) -> Found:
    """A hostile file of any kind."""
    return luck.choices((by_table, by_scenario, by_records), (5, 3, 2))[0](target, luck)


def by_command(context: ForkServerContext | None, luck: Random, folder: Path) -> Found:
    """A hostile command, in a folder that is not there yet; without a ``context`` as a shell would start it."""
    command = draw_commands.command(luck)
    if context is None and not one_command.can_be_said(command):
        return Found(0.0, f"{command}")
    ended = one_command.run(context, command, folder)
    return Found(ended.seconds, f"{command}", tuple(held_commands.faults(command, ended, folder)))
