"""What came of a question: one function a kind, and what may be told of each seat."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import cast

import numpy as np

from pricing.consultation import price_tally
from pricing.consultation.kinds import AGREEMENT
from pricing.consultation.records import Question, RoomAnswer, RoomEvent, SeatTally, Tally
from pricing.people.small_numbers import Rule, shown_counts

FEWEST = 5
"""Answers from a seat below which nothing of it is shown."""
UNSAID = "No seat given"
Fill = Callable[[Tally, Sequence[RoomAnswer], RoomEvent], Tally]


def by_choice(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    """How many chose each."""
    counts = np.bincount([cast(int, one.value) for one in given], minlength=len(tally.question.choices))
    return replace(tally, counts=tuple(map(int, counts)))


def by_agreement(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    """How many gave each of 1 to 5, and the median."""
    numbers = [cast(int, one.value) for one in given]
    counts = np.bincount(numbers, minlength=len(AGREEMENT) + 1)[1:]
    return replace(tally, counts=tuple(map(int, counts)), median=statistics.median(numbers) if numbers else None)


def by_number(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    """Every number in order of size, the median and the ends of the middle half."""
    numbers = sorted(float(one.value) for one in given)
    if not numbers:
        return tally
    low, middle, high = map(float, np.quantile(numbers, (0.25, 0.5, 0.75)))
    return replace(tally, values=tuple(numbers), median=middle, low_quarter=low, high_quarter=high)


def by_price(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    """The prices chosen, setting by setting."""
    return replace(tally, price=price_tally.of(event.link, [(str(one.value), one.model) for one in given]))


def by_comment(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    """The comments themselves."""
    return replace(tally, comments=tuple(given))


FILLS: Mapping[str, Fill] = MappingProxyType(
    {
        "guess": by_choice,
        "choice": by_choice,
        "agreement": by_agreement,
        "number": by_number,
        "price": by_price,
        "comment": by_comment,
    }
)
"""Kind of question -> how it is tallied."""
WITH_SEATS = ("guess", "choice", "agreement", "number")
"""Kinds whose result is told by seat too."""


def for_the_room(event: RoomEvent, question: Question, given: Sequence[RoomAnswer]) -> Tally:
    """What the room may see: how many answered, the result once it is revealed, comments that were let appear."""
    if question.kind == "comment":
        shown = tuple(one for one in given if one.appears)
        return Tally(question, len(given), seen=bool(shown), comments=shown)
    if not question.revealed:
        return Tally(question, len(given))
    return in_full(event, question, given)


def in_full(event: RoomEvent, question: Question, given: Sequence[RoomAnswer]) -> Tally:
    """What the facilitator may see at any time: the result, and never of so few of one seat that it tells who."""
    tally = FILLS[question.kind](Tally(question, len(given), seen=True), given, event)
    if question.seat:
        return _seats_alone(tally)
    if event.seat is None or question.kind not in WITH_SEATS:
        return tally
    return _by_seat(tally, given, event)


def seats_shown(seats: Sequence[int | None], count: int) -> list[bool]:
    """Of which seats the answers may be told; the last is of those who gave none. Shape (count + 1).

    The project's own rule: a seat with fewer than 5 is left out, and another with it where what is left out would else
    be fewer than 5 together, or that seat alone. A seat from which nobody answered is left out as well.
    """
    places = [count if seat is None else seat for seat in seats]
    people = np.bincount(places, minlength=count + 1).astype(np.float64)
    there = people > 0
    shown = np.zeros(count + 1, dtype=bool)
    if there.any():
        shown[there] = shown_counts(people[there], Rule(FEWEST, FEWEST))
    return [bool(one) for one in shown]


def _seats_alone(tally: Tally) -> Tally:
    """The seats themselves: how many speak from each, where they are 5 or more."""
    counts = np.array(tally.counts, dtype=np.float64)
    there, shown = counts > 0, np.ones(len(counts), dtype=bool)
    if there.any():
        shown[there] = shown_counts(counts[there], Rule(FEWEST, FEWEST))
    shown[~there] = bool(shown[there].all())  # beside hidden ones a 0 would tell how many of them there are
    told = tuple(count if show else None for count, show in zip(tally.counts, shown, strict=True))
    return replace(tally, counts=told, seats_left_out=not shown.all())


def _by_seat(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    names = (*(event.seat.choices if event.seat else ()), UNSAID)
    shown = seats_shown([one.seat for one in given], len(names) - 1)
    found = []
    for place, name in enumerate(names):
        theirs = [one for one in given if (len(names) - 1 if one.seat is None else one.seat) == place]
        if theirs and shown[place]:
            part = FILLS[tally.question.kind](Tally(tally.question, len(theirs)), theirs, event)
            found.append(SeatTally(name, len(theirs), tuple(map(int, cast(tuple[int, ...], part.counts))), part.median))
    hidden = sum(one.answered for one in found) < len(given)
    return replace(tally, by_seat=tuple(found), seats_left_out=hidden)
