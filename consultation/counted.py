"""How the answers to a question of each kind are counted."""

import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from consultation import price_tally
from consultation.checks import AGREEMENT
from consultation.records import RoomAnswer, RoomEvent, Tally


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
    low, high = numbers[len(numbers) // 4], numbers[-1 - len(numbers) // 4]
    middle = statistics.median(numbers)
    if middle not in numbers:
        middle = float(f"{middle:.12g}")  # half-way between .1 and .2 is .15
    return replace(tally, values=tuple(numbers), median=middle, low_quarter=low, high_quarter=high)


def by_price(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    """The prices chosen, setting by setting."""
    return replace(tally, price=price_tally.of(event.link, [(str(one.value), one.model) for one in given]))


def by_comment(tally: Tally, given: Sequence[RoomAnswer], event: RoomEvent) -> Tally:
    """The comments themselves."""
    return replace(tally, comments=tuple(given))
