"""The report of an event: one HTML file that prints on A4, with what the room was let see and nothing else.

No script, nothing fetched; every text is escaped by the template.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from consultation.kinds import names_of
from consultation.leaving.rows import NOT_SHOWN, WholeEvent, on_own_table
from consultation.records import PriceTally, Question, RoomEvent, SettingDots, Tally
from consultation.tallies import for_the_room
from pricing import MODEL_VERSION
from pricing.errors import ExplorerError
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario import in_words, links
from pricing.scenario.scenario import specs
from pricing.take_away import printed, qr
from pricing.words.numbers import LIMITS, in_days

TEMPLATES = printed.TEMPLATES.overlay(
    loader=jinja2.FileSystemLoader([Path(__file__).parent, Path(printed.__file__).parent])
)


@dataclass(frozen=True)
class EventCover:
    """What the foot of every report asks for: the link that its code opens, here the event's own price, and the day."""

    link: str
    day: str
    table: None = None

    @property
    def short_link(self) -> str:
        """The same link: it holds no more than differs."""
        return self.link


def write(whole: WholeEvent) -> bytes:
    """The report; the same event gives the same bytes."""
    event = whole.event
    cover = EventCover(whole.link(event.link), in_days(event.started.date()))
    text = TEMPLATES.get_template("room.html.jinja").render(
        title=f"What the room said: {event.title}",
        cover=cover,
        event=event,
        version=MODEL_VERSION,
        limits=LIMITS,
        delete_on=in_days(event.delete_on),
        questions=[told(whole, question) for question in event.questions],
        code=qr.draw(cover.link),
        typed=cover.link if len(cover.link) <= printed.MOST_TYPED else "",
    )
    return text.encode("utf-8")


def told(whole: WholeEvent, question: Question) -> dict[str, Any]:
    """What was asked and what came of it, as far as the room was let see it."""
    tally = for_the_room(whole.event, question, whole.answers[question.id])
    return {
        "words": question.words,
        "people": people(whole.event),
        "answered": tally.answered,
        "seen": tally.seen,
        "bars": bars(question, tally),
        "seats": seats(question, tally),
        "left_out": tally.seats_left_out,
        "line": line(question, tally),
        "comments": [one.value for one in tally.comments],
        "price": price(whole, tally.price) if tally.price else None,
    }


def bars(question: Question, tally: Tally) -> list[dict[str, Any]]:
    """A bar for each choice: its words, its count and its length in 100 parts of the longest."""
    most = max((n for n in tally.counts if n), default=1)
    return [
        {
            "name": name,
            "count": NOT_SHOWN if n is None else n,
            "length": round(100 * (n or 0) / most),
            "right": question.right == place,
        }
        for place, (name, n) in enumerate(zip(names_of(question), tally.counts, strict=False))
    ]


def seats(question: Question, tally: Tally) -> list[tuple[str, list[str]]]:
    """By seat: how many answered, and the count of each choice or the median."""
    return [
        (one.seat, [str(one.answered), *(map(str, one.counts) if one.counts else [question.stated(one.median or 0.0)])])
        for one in tally.by_seat
    ]


def line(question: Question, tally: Tally) -> dict[str, Any] | None:
    """The dots of a number on its range, places in 100 parts, with the median and the middle half."""
    if tally.median is None or tally.low_quarter is None or tally.high_quarter is None:
        return None

    def place(value: float) -> float:
        return round(100 * (value - question.low) / (question.high - question.low), 2)

    low, middle, high = (question.stated(one) for one in (tally.low_quarter, tally.median, tally.high_quarter))
    words = (
        f"The middle answer (median) is {middle}: at least half answered as much or less, and at least half as much or "
        f"more. At least half of all lie from {low} to {high}."
    )
    return {
        "dots": stacked([place(value) for value in tally.values]),
        "low": question.stated(question.low),
        "high": question.stated(question.high),
        "half": (place(tally.low_quarter), place(tally.high_quarter)),
        "median": place(tally.median),
        "words": f"The one answer is {middle}." if tally.answered == 1 else words,
    }


def stacked(places: list[float]) -> list[tuple[float, int]]:
    """Dots as (place, how many are below it there), so that equal answers stand above each other."""
    return [(place, places[:at].count(place)) for at, place in enumerate(places)]


def price(whole: WholeEvent, tally: PriceTally) -> dict[str, Any]:
    """The settings that differ, the maps of payback of the event's own price and the room's, and every price."""
    return {
        "settings": [setting(one) for one in tally.settings],
        "maps": [
            one
            for words, query in (("The event’s own price", whole.event.link), ("The room’s median price", tally.middle))
            if query and (one := payback(words, query, whole.event))
        ],
        "middle": whole.link(tally.middle) if tally.middle else "",
        "links": [{"address": whole.link(query), "query": query, "own": on_own_table(query)} for query in tally.links],
        "notes": tally.notes,
    }


def people(event: RoomEvent) -> str:
    """Whose figures the maps of an event are, with the caution without which those must not stand."""
    cohort = shipped.load(links.read(links.from_url(event.link)).scenario.cohort)
    return f"{cohort.label}. {cohort.caution}"


def setting(dots: SettingDots) -> dict[str, str]:
    """One setting in words: the event's own value, the room's, and the lowest and the highest."""
    spec = specs()[dots.name]
    own, room = in_words.written(spec, dots.own), dots.told(lambda value: in_words.written(spec, value))
    spread = (
        ", ".join(dict.fromkeys(in_words.written(spec, value) for value in dots.values))
        if isinstance(dots.own, str)
        else " to ".join(
            in_words.written(spec, end) for end in (min(map(float, dots.values)), max(map(float, dots.values)))
        )
    )
    return {"label": spec.label, "own": own, "room": room, "spread": spread}


def payback(words: str, query: str, event: RoomEvent) -> dict[str, Any] | None:
    """The map of payback under a price; None where it cannot be worked out."""
    scenario = links.read(links.from_url(query)).scenario
    try:
        return printed.payback_map(evaluate(scenario, shipped.load(scenario.cohort))) | {"of": words}
    except ExplorerError:
        return None
