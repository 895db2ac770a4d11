"""Past its budget work that can be coarser is, is kept as such, and says so; other work is refused as before."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.kit.cost import coarser, heavy, limits
from pages.kit.cost.heavy import OverBudgetError
from pages.kit.kept import Bounded
from pricing.questions.small_provider.luck.own_result import FEWEST_YEARS
from pricing.questions.small_provider.said.words import DRAWN
from pricing.resources import effort, pause
from tests.pages.visit import visit

STEP = 1 / 16
"""Seconds of processor that a step of the work of these tests takes."""


class Worker:
    """Work of so many seconds in full, a part of which may do; ``spent`` seconds of a clock that stands otherwise."""

    def __init__(self, seconds: float, *, looks: bool = True) -> None:
        self.seconds, self.looks, self.spent = seconds, looks, 0.0

    def __call__(self) -> float:
        seconds = self.seconds * (effort.part() if self.looks else 1.0)
        for _ in range(round(seconds / STEP)):
            self.spent += STEP
            pause.pause()
        return seconds


@pytest.fixture(autouse=True)
def budget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(limits, "BUDGET", 2.0)
    yield
    assert effort.ALLOWED.get() is None


def timed(monkeypatch: pytest.MonkeyPatch, worker: Worker) -> Worker:
    monkeypatch.setattr(heavy, "thread_time", lambda: worker.spent)
    return worker


def test_what_is_done_in_time_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = timed(monkeypatch, Worker(1.25))
    assert coarser.worked_out(worker) == 1.25


def test_what_takes_too_long_in_full_is_coarser_within_the_same_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = timed(monkeypatch, Worker(4.0))
    assert coarser.worked_out(worker) == coarser.Coarser(0.4)
    assert worker.spent <= limits.BUDGET + STEP


def test_what_takes_too_long_coarsely_too_is_refused_within_the_same_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = timed(monkeypatch, Worker(400.0))
    with pytest.raises(OverBudgetError, match="more than the 2 seconds"):
        coarser.worked_out(worker)
    assert worker.spent <= limits.BUDGET + 2 * STEP


def test_what_has_no_coarser_form_has_all_of_the_budget_and_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert coarser.worked_out(timed(monkeypatch, Worker(1.9375, looks=False))) == 1.9375
    worker = timed(monkeypatch, Worker(4.0, looks=False))
    with pytest.raises(OverBudgetError):
        coarser.worked_out(worker)
    assert worker.spent == limits.BUDGET + STEP


def test_what_is_made_of_something_coarser_is_coarser_and_what_is_not_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A part that was worked out in a hurry is kept under its own key, and never shown as whole."""
    parts, wholes, worker = Bounded(9), Bounded(9), timed(monkeypatch, Worker(4.0))

    def whole() -> float:
        return float(parts.get("sure", lambda: 1.0)) + float(parts.get("drawn", worker))

    assert wholes.get("a", whole) == 1.4
    assert wholes.results["a"] == coarser.Coarser(1.4)
    assert parts.results == {"sure": 1.0, "drawn": coarser.Coarser(0.4)}
    assert wholes.get("b", lambda: parts.get("drawn", worker)) == 0.4
    assert wholes.results["b"] == coarser.Coarser(0.4)
    assert wholes.get("c", lambda: parts.get("sure", worker)) == 1.0
    assert wholes.results["c"] == 1.0


def shows_two_coarser_figures() -> None:
    import streamlit as st

    from pages.kit.cost import coarser, heavy

    with heavy.answering(), coarser.telling():
        told = [coarser.is_told()]
        for figure in (coarser.Coarser(1.0), coarser.Coarser(2.0)):
            st.write(coarser.used(figure))
            told.append(coarser.is_told())
        st.write(told)


def test_a_reader_is_told_once_in_a_run_and_again_in_the_next() -> None:
    at = AppTest.from_function(shows_two_coarser_figures)
    for _ in range(2):
        at.run()
        assert not at.exception
        (info,) = at.info
        assert "500 to 2,000 of them" in info.value
        assert "to within about five in 100" in info.value


def test_a_chance_is_known_as_surely_as_is_said() -> None:
    """Two standard errors of a chance of a half, the least sure that there is."""
    assert 2 * (0.25 / FEWEST_YEARS) ** 0.5 <= 0.05


def test_a_page_shows_the_coarser_year_and_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever draws years takes too long in full here, on any machine."""
    in_full = heavy.done

    def done(work: Callable[[], object], piece: heavy.Piece) -> object:
        found = in_full(work, piece)
        if piece.effort is not None and piece.effort.looked:
            raise heavy.SpentError
        return found

    monkeypatch.setattr(limits, "BUDGET", 60.0)
    monkeypatch.setattr(heavy, "KEPT_BACK", 30.0)
    monkeypatch.setattr(heavy, "done", done)
    at = visit("small_provider", metric="frequency", binary_hurdle="yes", deductions="none", clients="61")
    assert not at.exception
    assert not at.main.error
    assert [one.value for one in at.info].count(coarser.words()) == 1
    assert not [one.value for one in at.caption if DRAWN in one.value], "it does not say that all years were drawn"
