"""A coarser answer where the whole one would take too long: found with a part of the work, kept as such, and said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.kit.cost import heavy
from pricing.questions.small_provider.luck.own_result import FEWEST_YEARS
from pricing.questions.small_provider.luck.simulated_years import YEARS
from pricing.resources import effort

PART = 0.1
"""Of the years that are drawn, but never fewer than the fewest: a chance has a standard error of 2.2 in 100 at most."""
TOLD: ContextVar[list[str] | None] = ContextVar("told", default=None)
"""What this run of a page has told its reader of that."""


@dataclass(frozen=True)
class Coarser:
    """What was ``found`` with a part of the work."""

    found: Any


def worked_out(work: Callable[[], Any]) -> Any:
    """What ``work`` finds, as `Coarser` where it did a part; raises OverBudgetError where that is too long as well."""
    if heavy.inside():
        with effort.allowed() as own:
            found = work()
        return Coarser(found) if own.coarser else found
    with effort.allowed(1.0) as whole:
        try:
            found = heavy.done(work, heavy.Piece(heavy.BUDGET, whole))
        except heavy.SpentError:
            if not whole.looked:
                raise heavy.OverBudgetError.past(heavy.BUDGET) from None
        else:
            return Coarser(found) if whole.coarser else found
    try:
        with effort.allowed(PART):
            return Coarser(heavy.done(work, heavy.Piece(min(heavy.KEPT_BACK, heavy.BUDGET))))
    except heavy.SpentError:
        raise heavy.OverBudgetError.past(heavy.BUDGET) from None


def used(result: Coarser) -> Any:
    """What was found, for whoever shows it or goes on with it; whoever reads it is told that it is coarser."""
    outer = effort.ALLOWED.get()
    if outer is not None:
        outer.coarser = True
    else:
        tell()
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
        f"In full, these settings would take more than {heavy.BUDGET:.0f} seconds of work. What stands here is "
        f"coarser: {100 * PART:.0f} in 100 of the years are drawn and paid for one by one, {FEWEST_YEARS:,} to "
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
