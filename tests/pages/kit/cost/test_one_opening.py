"""No opening of a page passes its budget, each brings the page further, and nothing is refused for what others took."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.kit.cost import coarser, heavy, limits, one_opening
from pages.kit.cost.coarser import Coarser
from pages.kit.cost.heavy import OverBudgetError
from pages.kit.cost.one_opening import PutOffError
from pages.kit.kept import Bounded, Failure
from pages.topics.money.small_provider import parts
from pricing.resources import effort, pause
from tests.pages.visit import check, visit

STEP = 1 / 64
"""Seconds of processor that a step of the work of these tests takes."""
BUDGET, DRAWING, KEPT_BACK = 2.0, 0.25, 0.5


class Page:
    """A page of several pieces of work, each of so many seconds in full, with a clock that stands otherwise."""

    def __init__(self, pieces: list[tuple[float, bool]]) -> None:
        self.pieces, self.clock = pieces, 0.0
        self.kept = Bounded(99)
        self.shown: dict[int, str] = {}

    def work(self, seconds: float, looks: bool) -> float:
        part = effort.part() if looks else 1.0
        for _ in range(round(seconds * part / STEP)):
            self.clock += STEP
            pause.pause()
        return part

    def run(self) -> None:
        for number, piece in enumerate(self.pieces):
            try:
                part = self.kept.get(number, lambda piece=piece: self.work(*piece))
                self.shown[number] = "whole" if part == 1 else "coarser"
            except OverBudgetError:
                self.shown[number] = "refused"

    def open(self) -> tuple[float, bool]:
        """Seconds that an opening took, and whether something was put off."""
        begun, self.shown = self.clock, {}
        with one_opening.opening() as opening:
            self.run()
        return self.clock - begun, opening.put_off

    @property
    def final(self) -> dict[int, str]:
        """What is kept of each piece for other openings."""
        kinds = {key: value for key, value in self.kept.results.items() if getattr(value, "within", None) is None}
        return {
            int(key): "refused" if isinstance(value, Failure) else "coarser" if isinstance(value, Coarser) else "whole"
            for key, value in kinds.items()
        }


def under_the_budgets(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The budgets of this module, and the clock of a page."""
    for module in (heavy, one_opening):
        monkeypatch.setattr(module, "thread_time", lambda: page.clock)
    monkeypatch.setattr(limits, "BUDGET", BUDGET)
    monkeypatch.setattr(one_opening, "DRAWING", DRAWING)
    monkeypatch.setattr(heavy, "KEPT_BACK", KEPT_BACK)


@pytest.fixture
def of_pieces(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[tuple[float, bool]]], Page]:
    """A page of some pieces, (seconds, whether a part of them may do), under the budgets of this module."""

    def of(pieces: list[tuple[float, bool]]) -> Page:
        found = Page(pieces)
        under_the_budgets(found, monkeypatch)
        return found

    return of


def alone(seconds: float, looks: bool) -> str:
    """What a piece of work becomes that has all that an opening gives."""
    whole = BUDGET - DRAWING - (KEPT_BACK if looks else 0.0)
    if seconds <= whole:
        return "whole"
    return "coarser" if looks and seconds * coarser.PART <= KEPT_BACK else "refused"


@given(
    st.lists(st.tuples(st.sampled_from([0.25, 0.5, 1.0, 1.5, 3.0, 4.5, 9.0, 90.0]), st.booleans()), max_size=6),
)
def test_every_opening_keeps_to_the_budget_and_finds_what_each_piece_would_be_alone(
    pieces: list[tuple[float, bool]],
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        one = Page(pieces)
        under_the_budgets(one, monkeypatch)
        known, more, openings = -1, True, 0
        while more:
            took, more = one.open()
            openings += 1
            assert took <= BUDGET - DRAWING + STEP * (1 + len(pieces))
            assert len(one.final) > known or not more, "an opening finds something that is kept"
            known = len(one.final)
        assert openings <= max(len(pieces), 1)
        assert one.final == one.shown == {number: alone(*piece) for number, piece in enumerate(pieces)}


def test_what_was_coarser_for_want_of_time_is_whole_in_the_next_opening(
    of_pieces: Callable[[list[tuple[float, bool]]], Page],
) -> None:
    one = of_pieces([(1.0, False), (1.2, True)])
    assert one.open()[1]
    assert one.shown == {0: "whole", 1: "coarser"}
    assert not one.open()[1]
    assert one.shown == {0: "whole", 1: "whole"}


def test_what_was_found_in_a_hurry_is_used_again_in_that_opening_and_by_nobody_else(
    of_pieces: Callable[[list[tuple[float, bool]]], Page],
) -> None:
    one = of_pieces([(1.0, False), (1.2, True)])
    with one_opening.opening():
        one.run()
        before = one.clock
        one.run()
        assert one.clock == before, "once in an opening"
        assert one.shown[1] == "coarser"
    assert one.final == {0: "whole"}
    assert one.kept.get(1, lambda: one.work(1.2, True)) == 1.0, "in work that is no page's there is no hurry"


def test_a_result_inside_another_that_was_found_in_a_hurry_is_not_kept_either(
    of_pieces: Callable[[list[tuple[float, bool]]], Page],
) -> None:
    one, inner = of_pieces([]), Bounded(9)
    for part in (coarser.PART, 1.0):
        with one_opening.opening():
            one.kept.get("first", lambda: one.work(1.0, False))
            assert one.kept.get("outer", lambda: inner.get("inner", lambda: one.work(1.2, True))) == part


def test_what_is_refused_within_a_hurry_is_refused_for_good_only_once_it_comes_first(
    of_pieces: Callable[[list[tuple[float, bool]]], Page],
) -> None:
    one = of_pieces([(1.5, False), (1.5, False)])
    _, more = one.open()
    assert more
    assert one.shown == {0: "whole"}
    assert one.final == {0: "whole"}
    _, more = one.open()
    assert not more
    assert one.shown == {0: "whole", 1: "whole"}


def opened_with(budget: float, monkeypatch: pytest.MonkeyPatch, **settings: str) -> tuple[AppTest, dict[str, float]]:
    """A page opened under a budget, on a clock that goes on by its looks alone; seconds that each piece took."""
    ticks = [0]
    took: dict[str, float] = {}

    def clock() -> float:
        ticks[0] += 1
        return ticks[0] * STEP

    done = heavy.done

    def timed(work: Callable[[], Any], piece: heavy.Piece) -> Any:
        begun = ticks[0]
        try:
            return done(work, piece)
        finally:
            took[str(len(took))] = (ticks[0] - begun) * STEP

    for module in (heavy, one_opening):
        monkeypatch.setattr(module, "thread_time", clock)
    monkeypatch.setattr(limits, "BUDGET", budget)
    monkeypatch.setattr(one_opening, "DRAWING", 0.0)
    monkeypatch.setattr(heavy, "done", timed)
    return visit("small_provider", **settings), took


def test_a_reader_goes_on_until_the_page_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that takes more than its budget ends with what it has, its version, and a button that goes on."""
    # Nothing that another test has kept.
    settings = {"part": "together", "clients": "417", "results_share": "0.41"}
    with monkeypatch.context() as whole:
        _, took = opened_with(1e9, whole, **settings)
    # What was found on the way to a piece makes it lighter than it is at the head of an opening.
    budget = 1.2 * max(took.values())
    assert sum(took.values()) > 1.1 * budget, "a page for which this test means something"
    at, _ = opened_with(budget, monkeypatch, **settings | {"results_share": "0.42"})
    presses = 0
    while buttons := [one for one in at.main.button if one.key == "go_on"]:
        check(at, "Being a small provider")
        assert any("There is more to work out" in one.value for one in at.info)
        assert any("Model " in one.value for one in at.caption), "the foot of a page stands whatever is put off"
        presses += 1
        assert presses <= len(took), "each opening goes further"
        at = buttons[0].click().run()
    assert presses
    check(at, "Being a small provider")
    assert not at.main.error
    assert at.main.get("plotly_chart")
    assert coarser.words() not in [one.value for one in at.info]


def test_a_remedy_that_is_put_off_leaves_the_rest_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_remedy = parts.remedy

    def later(evaluation: Any, name: str) -> Any:
        if name == "clients":
            raise PutOffError
        return kept_remedy(evaluation, name)

    monkeypatch.setattr(parts, "remedy", later)
    at = visit("small_provider")
    check(at, "Being a small provider")
    assert len(at.main.metric) == 3
    assert any(
        "Whether another number of clients or partners alone would do is not" in one.value for one in at.markdown
    )
    assert [one for one in at.main.button if one.key == "go_on"]
