"""What may be seen of a question's answers: by the room, by its facilitator, and of each seat."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from consultation.kinds import KINDS
from consultation.records import Question, RoomAnswer, RoomEvent, SeatTally, Tally
from pricing.people.small_numbers import Rule, shown_counts

FEWEST = 5
"""Answers from a seat below which nothing of it is shown."""
RULE = Rule(FEWEST, FEWEST)
UNSAID = "No seat given"


def for_the_room(event: RoomEvent, question: Question, given: Sequence[RoomAnswer]) -> Tally:
    """What the room may see: how many answered, the result once it is revealed, comments that were let appear."""
    if question.kind == "comment":
        shown = tuple(one for one in given if one.appears)
        return Tally(question, len(given), seen=bool(shown), comments=shown)
    if not question.revealed:
        return Tally(question, len(given))
    return in_full(event, question, given)


def in_full(event: RoomEvent, question: Question, given: Sequence[RoomAnswer]) -> Tally:
    """What the facilitator may see at any time: the result. By seat only once nothing changes any more.

    A table by seat that is read before and after one more answer gives that answer away with its seat.
    """
    tally = KINDS[question.kind].count(Tally(question, len(given), seen=True), given, event)
    if question.seat:
        return _seats_alone(tally)
    if event.seat is None or not KINDS[question.kind].by_seat or not settled(event, question):
        return tally
    return _by_seat(tally, given, event)


def settled(event: RoomEvent, question: Question) -> bool:
    """Whether no answer to a question can change any more."""
    return question.revealed or event.closed is not None


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
        shown[there] = shown_counts(people[there], RULE)
    return [bool(one) for one in shown]


def _seats_alone(tally: Tally) -> Tally:
    """The seats themselves: how many speak from each, where they are 5 or more."""
    counts = np.array(tally.counts, dtype=np.float64)
    there, shown = counts > 0, np.ones(len(counts), dtype=bool)
    if there.any():
        shown[there] = shown_counts(counts[there], RULE)
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
            part = KINDS[tally.question.kind].count(Tally(tally.question, len(theirs)), theirs, event)
            found.append(SeatTally(name, len(theirs), tuple(map(int, cast(tuple[int, ...], part.counts))), part.median))
    hidden = sum(one.answered for one in found) < len(given)
    return replace(tally, by_seat=tuple(found), seats_left_out=hidden)
