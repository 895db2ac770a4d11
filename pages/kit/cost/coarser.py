"""A coarser answer where the whole one would take too long: found with a part of the work, kept as such, and said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.kit.cost import heavy, limits, one_opening
from pages.kit.cost.one_opening import Opening, PutOffError
from pricing.questions.small_provider.luck.own_result import FEWEST_YEARS
from pricing.questions.small_provider.luck.simulated_years import YEARS
from pricing.resources import effort

PART = 0.1
"""Of the years that are drawn, but never fewer than the fewest: a chance has a standard error of 2.2 in 100 at most."""
TOLD: ContextVar[list[str] | None] = ContextVar("told", default=None)
"""What this run of a page has told its reader of that."""


@dataclass(frozen=True)
class Coarser:
    """What was ``found`` with a part of the work.

    ``within`` the one opening of a page in which it holds, if it is coarser for what others took of that; else None.
    """

    found: Any
    within: Opening | None = None

    @property
    def holds(self) -> bool:
        """Whether it may be used here."""
        return self.within is None or self.within is one_opening.NOW.get()


def worked_out(work: Callable[[], Any]) -> Any:
    """What ``work`` finds, as `Coarser` where it did a part; raises OverBudgetError where that is too long as well.

    Raises PutOffError where it is too long for what is left of an opening in which other work was done.
    """
    if heavy.inside():
        with effort.allowed() as own:
            found = work()
        return Coarser(found, one_opening.hurried()) if own.coarser else found
    opening = one_opening.NOW.get()
    if opening is not None:
        opening.pieces += 1
    try:
        return in_full_or_coarser(work)
    except heavy.SpentError:
        if one_opening.hurried() is not None:
            raise PutOffError from None
        raise heavy.OverBudgetError.past(limits.BUDGET) from None


def in_full_or_coarser(work: Callable[[], Any]) -> Any:
    """What ``work`` finds in full, or `Coarser`, in what is left of an opening; raises SpentError past that."""
    with effort.allowed(1.0) as whole:
        try:
            found = heavy.done(work, heavy.Piece(one_opening.left(), whole))
        except heavy.SpentError:
            if not whole.looked or one_opening.left() <= 0:
                raise
        else:
            return Coarser(found, one_opening.hurried()) if whole.coarser else found
    with effort.allowed(PART):
        return Coarser(heavy.done(work, heavy.Piece(min(heavy.KEPT_BACK, one_opening.left()))), one_opening.hurried())


def used(result: Coarser) -> Any:
    """What was found, for whoever shows it or goes on with it; whoever reads it is told that it is coarser."""
    outer = effort.ALLOWED.get()
    if outer is not None:
        outer.coarser = True
    else:
        tell()
    if result.within is not None:
        one_opening.put_off()
    return result.found


def tell() -> None:
    """Tell the reader, once in a run."""
    told = TOLD.get()
    if get_script_run_ctx() is None or told:
        return
    if told is not None:
        told.append(words())
    st.info(words())


def words() -> str:
    """What is said of figures that are coarser, with how far they may be off."""
    return (
        f"In full, this page would take more than {limits.BUDGET:.0f} seconds of work with these settings. What stands "
        f"here is coarser: {100 * PART:.0f} in 100 of the years are drawn and paid for one by one, {FEWEST_YEARS:,} to "
        f"{PART * YEARS:,.0f} of them. A chance is known to within about five in 100, and what a bad year takes less "
        "surely than that."
    )


@contextmanager
def telling() -> Iterator[None]:
    """A run of a page, in which it is told once."""
    before = TOLD.set([])
    try:
        yield
    finally:
        TOLD.reset(before)


def is_told() -> bool:
    """Whether this run has told its reader that something is coarser."""
    return bool(TOLD.get())
