"""Long work of a page: one piece at a time in a process, while its visit waits for it, and never past its budget.

Work begins at once. From ``LIGHT`` on it needs the turn of the process, of which there is one; who has had least of it
goes first, and hands it on after a ``SLICE``, so that many long pieces hold up nobody who asks for little. The reader
sees what it waits for. A visit that has ended, or asks for something else, ends its work at the next pause.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from threading import Condition, Event, get_ident
from time import monotonic, sleep, thread_time
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.kit.cost import limits
from pages.kit.cost.limits import TIMES
from pages.kit.cost.memory import GIVING_BACK
from pages.kit.cost.runs import OPENING, RUNS
from pricing.errors import ExplorerError
from pricing.resources.effort import Effort
from pricing.resources.pause import watched

Work = TypeVar("Work")
KEPT_BACK = 0.5 * TIMES
"""Of a budget, the seconds for a coarser answer where one can be had."""
LIGHT = 0.1
"""Seconds of processor without a turn: what a move of a slider takes stands in no line."""
SLICE = 0.25
"""Seconds of processor until the turn is handed on to who has had less."""
TICK = 0.2
"""Seconds between two looks at whether the visit still waits."""
SILENT, SAID_AGAIN = 0.5, 1.0
"""Seconds until a reader is shown how far the work is, and until it is said anew."""
GIVEN = 9.0
"""Seconds of waiting for light answers, at most, for a second of long work: it goes on at a tenth of its pace."""
LIKELY = "likely_to_take"
"""In the state of a visit: what its next run is likely to take."""
BREATH = 0.005
"""Seconds of one such wait."""


NUMBERS = count()
"""Of what is shown of long work: two pieces may be shown in one run, and the second may stand where the first did."""


class OverBudgetError(ExplorerError):
    """Work that was ended because it would have taken more than its budget."""

    @classmethod
    def past(cls, budget: float) -> "OverBudgetError":
        """What a reader is told of work that would have taken more than ``budget`` seconds, and has no coarser form."""
        return cls(
            f"This takes more than the {budget:.0f} seconds of work that this explorer gives to one answer. What "
            "makes it quicker, where it applies: one measure instead of a blend, fewer clauses of the contract, fewer "
            "clients, a table of fewer groups or fewer records."
        )


class SpentError(BaseException):
    """Ends a piece of work. Not an Exception, so that nothing in the domain takes it for a scenario's problem."""


class Turns:
    """Whose turn it is. Safe between threads."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.waiting: list[Piece] = []
        self.at_work: Piece | None = None

    def first(self) -> "Piece":
        """Who goes next: whoever has had least, and of those who came first."""
        return min(self.waiting, key=lambda one: one.had)

    def join(self, piece: "Piece") -> None:
        """Wait for the turn; ``piece`` looks after its visit meanwhile, and may raise."""
        with self.changed:
            self.waiting.append(piece)
        while True:
            with self.changed:
                if self.at_work is None and self.first() is piece:
                    self.waiting.remove(piece)
                    self.at_work = piece
                    return
                others = len(self.waiting) - 1 + (self.at_work is not None)
                self.changed.wait(TICK)
            piece.tell(f"Waiting for other readers’ work: {others} in all, each takes its turn.")

    def leave(self, piece: "Piece") -> None:
        """Give the turn back, and no longer wait for it."""
        with self.changed:
            self.waiting = [one for one in self.waiting if one is not piece]
            if self.at_work is piece:
                self.at_work = None
            self.changed.notify_all()

    def is_due(self, piece: "Piece") -> bool:
        """Whether somebody waits who has had less than ``piece``."""
        with self.changed:
            return bool(self.waiting) and self.first().had < piece.had


TURNS = Turns()
ANSWERING: set[int] = set()
"""Threads that answer a reader just now, long work left out: it gives way to them, since they share one interpreter."""


@dataclass
class Likely:
    """Seconds of processor that the next run of a visit is likely to take: what the last one took.

    Held here, since a run that was stopped may not write to the state of its visit.
    """

    seconds: float = OPENING


@contextmanager
def answering() -> Iterator[None]:
    """A run of a page, or of a part of it, from its beginning to its end; it waits for its place."""
    inner = get_ident() in ANSWERING
    likely = Likely()
    if not inner and get_script_run_ctx() is not None:
        likely = st.session_state.setdefault(LIKELY, likely)
        RUNS.enter(likely.seconds, lambda: LIKELY in st.session_state)  # ends a run that nobody waits for
    ANSWERING.add(get_ident())
    begun = thread_time()
    try:
        yield
    finally:
        if not inner:
            likely.seconds = min(thread_time() - begun, OPENING)
            RUNS.leave()
            ANSWERING.discard(get_ident())
            GIVING_BACK.now_and_then()


@contextmanager
def ahead(seconds: float) -> Iterator[None]:
    """Work that is likely to take so many ``seconds``, on what a reader may come to: it waits while others ask."""
    inner = get_ident() in ANSWERING
    if not inner and get_script_run_ctx() is not None:
        RUNS.enter(seconds, lambda: LIKELY in st.session_state, ahead=True)
    try:
        yield
    finally:
        if not inner:
            RUNS.leave()


class Piece:
    """A piece of work in its own thread. ``had`` seconds of processor so far."""

    def __init__(self, budget: float, effort: Effort | None = None) -> None:
        self.budget = budget
        self.effort = effort
        self.began, self.seen = thread_time(), monotonic()
        self.told_from = self.seen + SILENT
        self.had = self.slice_from = self.given = 0.0
        self.place: DeltaGenerator | None = None

    def pause(self) -> None:
        """Between two steps of the work: go on, wait, or end."""
        self.had = thread_time() - self.began
        if self.had > self.budget - (KEPT_BACK if self.effort is not None and self.effort.looked else 0.0):
            raise SpentError
        if self.had < LIGHT:
            RUNS.give_way()
            return
        ANSWERING.discard(get_ident())
        RUNS.leave()
        handed_on = TURNS.at_work is self and self.had - self.slice_from > SLICE and TURNS.is_due(self)
        if handed_on:
            TURNS.leave(self)
        if TURNS.at_work is not self:
            TURNS.join(self)
            self.slice_from = self.had
        while ANSWERING and self.given < GIVEN * self.had:
            sleep(BREATH)
            self.given += BREATH
        if monotonic() - self.seen > TICK:
            self.tell(f"Working it out: {self.had:.1f} seconds of work so far, of {self.budget:.0f} at most.")

    def tell(self, words: str) -> None:
        """Show how far it is, where there is a reader; Streamlit ends the run here if there is none any more."""
        self.seen = monotonic()
        if get_script_run_ctx() is None:
            return
        _ = "looked_after" in st.session_state  # ends a run that nobody waits for
        if self.seen > self.told_from:
            self.told_from = self.seen + SAID_AGAIN
            self.place = self.place or st.container(key=f"at_work_{next(NUMBERS)}").empty()
            self.place.progress(min(self.had / self.budget, 1.0), words)

    def clear(self) -> None:
        """Take away what was shown."""
        if self.place is not None:
            self.place.empty()


CURRENT: ContextVar[Piece | None] = ContextVar("piece", default=None)


def inside() -> bool:
    """Whether this thread is inside a piece of work."""
    return CURRENT.get() is not None


def run(work: Callable[[], Work], budget: float | None = None) -> Work:
    """What ``work`` finds; raises OverBudgetError past ``budget`` seconds. Work inside work is part of it."""
    if inside():
        return work()
    piece = Piece(limits.BUDGET if budget is None else budget)
    try:
        return done(work, piece)
    except SpentError:
        raise OverBudgetError.past(piece.budget) from None


def done(work: Callable[[], Work], piece: Piece) -> Work:
    """What ``work`` finds as a piece of its own; raises SpentError past its budget."""
    try:
        with entered(piece):
            found = work()
    except (SpentError, Exception):
        piece.clear()
        raise
    piece.clear()
    return found


@contextmanager
def entered(piece: Piece) -> Iterator[None]:
    """The thread is at work on a piece."""
    before, light = CURRENT.set(piece), get_ident() in ANSWERING
    try:
        with watched(piece.pause):
            yield
    finally:
        CURRENT.reset(before)
        TURNS.leave(piece)
        if light:
            ANSWERING.add(get_ident())


def await_others(done: Event) -> None:
    """Wait for work that another visit has begun; the turn is given back, since that work may need it."""
    piece = CURRENT.get() or Piece(limits.BUDGET)
    TURNS.leave(piece)
    light = get_ident() in ANSWERING
    ANSWERING.discard(get_ident())
    RUNS.leave()
    while not done.wait(TICK):
        piece.tell("Waiting for the same work, which another reader asked for just before.")
    if light:
        ANSWERING.add(get_ident())
    if not inside():
        piece.clear()
