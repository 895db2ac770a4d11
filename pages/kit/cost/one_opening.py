"""What one opening of a page takes in all: its budget, which its pieces of work share, and what it puts off.

A page asks for several pieces of work, one after another. The first that is not kept yet has all that the opening
gives; what it cannot do in that is final. A later one has what is left, and what it cannot do in that is put off: the
reader is offered to go on, which opens the page again with all that was found. So no opening passes the budget, each
brings the page further, and nothing stays refused for what other pieces took.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import thread_time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.kit.cost import limits
from pages.kit.cost.limits import TIMES
from pricing.errors import ExplorerError

DRAWING = 0.2 * TIMES
"""Of the budget of an opening, the seconds that are left for drawing what was found."""


class PutOffError(BaseException):
    """Ends a page whose next piece of work is left for its next opening. Not an Exception: nothing is wrong."""


@dataclass(eq=False)
class Opening:
    """An opening of a page: when it ``began``, how many ``pieces`` of work it has begun, and whether it put any off."""

    began: float
    pieces: int = 0
    put_off: bool = False

    @property
    def left(self) -> float:
        """Seconds of processor that work may still take."""
        return limits.BUDGET - DRAWING - (thread_time() - self.began)


NOW: ContextVar[Opening | None] = ContextVar("opening", default=None)
"""The opening that this thread is in; None in work that is no page's, each piece of which has a budget of its own."""


def left() -> float:
    """Seconds of processor that a piece of work may take here: a budget of its own where there is no opening."""
    opening = NOW.get()
    return limits.BUDGET if opening is None else opening.left


def hurried() -> Opening | None:
    """The opening, where the piece of work that it is at has less than all of it: what that finds holds in it alone."""
    opening = NOW.get()
    return opening if opening is not None and opening.pieces > 1 else None


@contextmanager
def opening() -> Iterator[Opening]:
    """An opening of a page, from its beginning to its end."""
    now = Opening(thread_time())
    before = NOW.set(now)
    try:
        yield now
    except PutOffError:
        now.put_off = True
        offer()
    finally:
        NOW.reset(before)


@contextmanager
def as_far_as_it_goes() -> Iterator[None]:
    """What a page shows: it ends where a piece of work is put off, and what was put off is offered at its end.

    What comes after it is drawn.
    """
    try:
        yield
    except PutOffError:
        put_off()
    now = NOW.get()
    if now is not None and now.put_off:
        offer()


@contextmanager
def then(work: Callable[[], None]) -> Iterator[None]:
    """What stands in it, and ``work`` after that, also where it was refused or put off."""
    try:
        yield
    except (ExplorerError, PutOffError):
        work()
        raise
    work()


def put_off() -> None:
    """Something of this opening is put off."""
    now = NOW.get()
    if now is not None:
        now.put_off = True


def offer() -> None:
    """Offer to go on. To press is enough: the page is opened again, and what was found is kept."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return
    st.info(
        f"**There is more to work out.** A page takes {limits.BUDGET:.0f} seconds of work at a time, and these "
        "settings take more. What was found is kept; the next seconds go into the rest."
    )
    st.button("Go on working it out", key="go_on")
