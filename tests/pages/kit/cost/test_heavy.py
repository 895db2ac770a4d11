"""Long work: one piece at a time, whoever has had least first, never past its budget, and not without its visit."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from random import Random
from textwrap import dedent
from threading import Barrier, Event, Thread, get_ident, local
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from benchmarks.readers import Reader
from pages.kit import kept
from pages.kit.cost import heavy, limits
from pages.kit.cost.heavy import OverBudgetError, Turns
from pages.kit.kept import Bounded
from pricing.errors import ExplorerError
from pricing.resources import pause
from tests.awaited import awaited
from tests.conftest import ROOT, Server
from tests.pages.visit import visit

STEP = 1 / 16
"""Seconds of processor that a step of the work of these tests takes."""


class Clock(local):
    """A processor's clock, which stands at what a thread has done."""

    stands = 0.0

    def now(self) -> float:
        return self.stands

    def work(self, seconds: float, done: Callable[[], None] = lambda: None) -> float:
        """Work so long, with a pause after each step."""
        for _ in range(round(seconds / STEP)):
            self.stands += STEP
            done()
            pause.pause()
        return seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    found = Clock()
    monkeypatch.setattr(heavy, "thread_time", found.now)
    monkeypatch.setattr(heavy, "TURNS", Turns())
    monkeypatch.setattr(heavy, "TICK", 0.01)
    yield found
    assert heavy.TURNS.at_work is None
    assert not heavy.TURNS.waiting


def together(tasks: list[Callable[[], object]]) -> None:
    """Each task in a thread of its own, until all are done."""
    start = Barrier(len(tasks))
    threads = [Thread(target=lambda task=task: (start.wait(), task())) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_work_gives_what_it_finds_and_fails_as_it_fails(clock: Clock) -> None:
    assert heavy.run(lambda: clock.work(1.0)) == 1.0
    with pytest.raises(ZeroDivisionError):
        heavy.run(lambda: clock.work(1 / 0))


@pytest.mark.parametrize("budget", [0.5, 2.0, 5.0])
def test_work_past_its_budget_is_ended_within_a_step_and_says_so(clock: Clock, budget: float) -> None:
    with pytest.raises(OverBudgetError, match=f"more than the {budget:.0f} seconds"):
        heavy.run(lambda: clock.work(500.0), budget)
    assert clock.now() == pytest.approx(budget + STEP)


def test_work_inside_work_has_no_budget_of_its_own(clock: Clock) -> None:
    with pytest.raises(OverBudgetError):
        heavy.run(lambda: [heavy.run(lambda: clock.work(0.6)) for _ in range(10)], 2.0)
    assert clock.now() == pytest.approx(2.0 + STEP)


def test_too_long_is_kept_like_a_result_and_nothing_in_the_domain_takes_it_for_a_problem(clock: Clock) -> None:
    results = Bounded(3)

    def work() -> float:
        try:
            return clock.work(500.0)
        except Exception:  # as a search does that goes on to its next candidate
            return 0.0

    said = []
    for _ in range(3):
        with pytest.raises(OverBudgetError) as raised:
            results.get("a", work)
        said.append(str(raised.value))
    assert len(set(said)) == 1
    assert clock.now() == pytest.approx(limits.BUDGET + STEP), "it was worked out once"


def test_a_part_that_was_cut_off_by_the_whole_is_not_kept(clock: Clock) -> None:
    """A result inside another's work is short of time through no fault of its own settings."""
    parts, wholes = Bounded(3), Bounded(3)
    with pytest.raises(OverBudgetError):
        wholes.get("a", lambda: clock.work(limits.BUDGET - 1) + parts.get("a", lambda: clock.work(2.0)))
    assert parts.get("a", lambda: clock.work(2.0)) == 2.0


@pytest.mark.parametrize("seed", range(3))
def test_long_work_is_done_one_at_a_time(clock: Clock, seed: int) -> None:
    held: list[bool] = []
    luck = Random(seed)

    def seen() -> None:
        # The step that brings a piece to its turn is done before it has it.
        if clock.now() >= heavy.LIGHT + STEP:
            held.append(heavy.TURNS.at_work is heavy.CURRENT.get())

    lengths = [luck.uniform(0.3, 3.0) for _ in range(8)]
    together([lambda seconds=seconds: heavy.run(lambda: clock.work(seconds, seen)) for seconds in lengths])
    assert len(held) > 8
    assert all(held)


def test_who_asks_for_little_is_not_held_up_by_who_asks_for_much(clock: Clock) -> None:
    """A short piece that comes while long ones wait is done before any of them."""
    done: list[str] = []
    begun, joined = Event(), Event()

    def long(name: str) -> None:
        def step() -> None:
            if clock.now() > 0.5:
                begun.set()
                joined.wait(10)

        heavy.run(lambda: clock.work(4.0, step))
        done.append(name)

    def short() -> None:
        begun.wait(10)

        def step() -> None:
            if clock.now() >= heavy.LIGHT:
                joined.set()

        heavy.run(lambda: clock.work(0.3, step))
        done.append("short")

    together([lambda: long("one"), lambda: long("two"), lambda: long("three"), short])
    assert done[0] == "short"
    assert len(done) == 4


def test_light_work_stands_in_no_line(clock: Clock) -> None:
    """A slider's move is answered while long work has the turn."""
    heavy.TURNS.at_work = holder = heavy.Piece(1.0)
    assert heavy.run(lambda: clock.work(heavy.LIGHT - STEP)) > 0
    heavy.TURNS.leave(holder)


def test_long_work_gives_way_to_light_answers_but_never_stands_still(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(heavy, "sleep", waits.append)
    with heavy.answering():
        assert heavy.run(lambda: clock.work(2.0)) == 2.0
        assert not waits, "its own run is not one that it waits for"
        assert get_ident() in heavy.ANSWERING, "and is one again once it is done"
    heavy.ANSWERING.add(-1)  # a reader whose answer never ends
    try:
        assert heavy.run(lambda: clock.work(2.0)) == 2.0
    finally:
        heavy.ANSWERING.discard(-1)
    assert sum(waits) == pytest.approx(heavy.GIVEN * 2.0, abs=2 * heavy.BREATH)
    assert not heavy.ANSWERING


def left(monkeypatch: pytest.MonkeyPatch, threads: set[int]) -> None:
    """The visits of these ``threads`` are over: Streamlit stops their runs where they touch their state."""

    class State:
        def __contains__(self, _: str) -> bool:
            if get_ident() in threads:
                raise StopException
            return False

    monkeypatch.setattr(heavy, "get_script_run_ctx", object)
    monkeypatch.setattr(heavy, "st", SimpleNamespace(session_state=State()))
    monkeypatch.setattr(heavy, "SILENT", 1e9)


def test_work_ends_with_its_visit_and_is_not_kept(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    left(monkeypatch, {get_ident()})
    results = Bounded(3)
    monkeypatch.setattr(heavy, "TICK", -1.0)  # looks after its visit at every pause
    with pytest.raises(StopException):
        results.get("a", lambda: clock.work(4.0))
    assert clock.now() < 0.3
    left(monkeypatch, set())
    assert results.get("a", lambda: clock.work(4.0)) == 4.0


def test_those_who_ask_for_the_same_wait_for_one_and_go_on_if_its_visit_ends(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: set[int] = set()
    left(monkeypatch, gone)
    results, worked, found = Bounded(3), [], []
    waiting = Event()

    def work() -> float:
        worked.append(get_ident())
        waiting.wait(10)
        return clock.work(1.0)

    def ask() -> None:
        try:
            found.append(results.get("a", work))
        except StopException:
            found.append(None)

    class Watched(Event):
        def wait(self, timeout: float | None = None) -> bool:
            if worked and not waiting.is_set():  # whoever works it out may not have begun
                gone.add(worked[0])
                monkeypatch.setattr(heavy, "TICK", -1.0)
                waiting.set()
            return super().wait(0.01 if timeout is None else abs(timeout))

    monkeypatch.setattr("pages.kit.kept.Event", Watched)
    together([ask] * 5)
    assert len(worked) == 2, "the first, whose visit ended, and one of those who waited"
    assert sorted(found, key=str) == [1.0] * 4 + [None]


def test_a_page_says_that_it_would_take_too_long_and_a_reload_costs_nothing(
    monkeypatch: pytest.MonkeyPatch, unforeseen: list[logging.LogRecord]
) -> None:
    monkeypatch.setattr(limits, "BUDGET", 0.0)
    asked: list[float] = []
    spent = heavy.OverBudgetError.past
    monkeypatch.setattr(heavy.OverBudgetError, "past", lambda budget: asked.append(budget) or spent(budget))
    link = {"clients": "173", "common_shock": "0.31"}
    visit("small_provider", **link)  # what stands on the page before that is found, and that is put off
    said = []
    for _ in range(2):
        at = visit("small_provider", **link)
        assert not at.exception
        said.append([box.value for box in (*at.main.error, *at.main.text)])
        assert [one.value for one in at.title] == ["Being a small provider"]
    assert said[0] == said[1]
    assert "seconds of work that this explorer gives to one answer" in said[0][1]
    assert len(asked) == 1
    assert not unforeseen


@pytest.mark.parametrize(
    ("problem", "says"),
    [(OverBudgetError.past(2.0), "take too long to work out"), (ExplorerError("No."), "cannot be shown together")],
    ids=["too long", "contradiction"],
)
def test_a_page_without_its_people_s_figures_has_a_title_and_says_why(
    monkeypatch: pytest.MonkeyPatch, problem: ExplorerError, says: str
) -> None:
    def refused(*_: object) -> NoReturn:
        raise problem

    monkeypatch.setattr(kept, "of", refused)
    at = visit("small_provider")
    assert not at.exception
    assert [one.value for one in at.title] == ["Being a small provider"]
    assert [one.value.partition(".")[0] for one in at.main.error] == [f"These settings {says}"]
    assert [one.value for one in at.main.text] == [str(problem)]


ENDLESS = """
    import sys
    sys.path.insert(0, {root!r})
    from pathlib import Path
    import streamlit as st
    from pages.kit.cost import heavy, limits
    from pricing.resources.pause import pause

    def endless():
        place = Path({folder!r}) / "at_work"
        place.touch()
        try:
            while True:
                pause()
        finally:
            place.unlink()

    st.write("Here")
    if not Path({folder!r}, "enough").exists():
        heavy.run(endless, 1e9)
    st.write("Done")
"""


def shows_how_far_it_is_again_and_again() -> None:
    from pages.kit.cost.heavy import Piece

    for _ in range(20):
        piece = Piece(1.0)
        piece.told_from = 0.0
        piece.tell("Working it out.")
        piece.clear()
        del piece


def test_several_pieces_are_shown_in_one_run_of_a_page() -> None:
    """Each has a place of its own, where the one before it is forgotten and its place in memory used again."""
    assert not AppTest.from_function(shows_how_far_it_is_again_and_again).run().exception


def test_a_tab_that_is_closed_or_asks_for_something_else_ends_its_work(
    serve: Callable[[Path], AbstractContextManager[Server]], tmp_path: Path
) -> None:
    """With Streamlit's own server, which decides when a run is stopped."""
    script = tmp_path / "endless.py"
    script.write_text(dedent(ENDLESS).format(root=str(ROOT), folder=str(tmp_path)), encoding="utf-8")
    at_work = tmp_path / "at_work"

    async def until(there: bool) -> None:
        async with asyncio.timeout(60):
            while at_work.exists() != there:
                await asyncio.sleep(0.05)

    async def visits(url: str) -> None:
        first = await Reader.open(url, wait=False)
        await first.ask({})
        await until(there=True)
        await first.close()
        await until(there=False)

        second = await Reader.open(url, wait=False)
        await second.ask({})
        await until(there=True)
        (tmp_path / "enough").touch()
        await second.move({})
        await until(there=False)
        await second.close()

    with serve(script) as server:
        awaited(visits(server.url))
        assert "Traceback" not in server.log()


def test_long_work_of_the_domain_has_pauses() -> None:
    """Of the slowest questions: each goes through some, so that it can be ended."""
    from pricing.evaluate import evaluate
    from pricing.people import shipped
    from pricing.questions.cheapest.answer import solve
    from pricing.questions.how_sure import tornado
    from pricing.questions.small_provider import remedies, surplus, trustees
    from pricing.scenario.scenario import Scenario

    people = shipped.load("greater_manchester")
    bent = Scenario(metric="frequency", binary_hurdle="yes", common_shock=0.5)
    evaluation = evaluate(bent, people)
    work: dict[str, Callable[[], Any]] = {
        "a contract with a hurdle": lambda: evaluate(bent, people),
        "a year": lambda: surplus.of(evaluation),
        "a verdict": lambda: trustees.answer(evaluation),
        "what would turn it": lambda: remedies.enough_clients(evaluation),
        "assumptions": lambda: tornado.tornado(evaluation),
        "the cheapest price": lambda: solve(Scenario(), people),
    }
    for name, one in work.items():
        met: list[str] = []

        def note(met: list[str] = met, name: str = name) -> NoReturn:
            met.append(name)
            raise heavy.SpentError

        with suppress(heavy.SpentError), pause.watched(note):
            one()
        assert met == [name]
