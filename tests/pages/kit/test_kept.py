"""Results kept between reruns: the same for shipped people and a reader's own, shared never between visits, bounded."""

import logging
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit import kept, show
from pages.kit.kept import Bounded
from pricing.errors import ExplorerError, ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.results_paid import chance_in_area
from pricing.questions.small_provider import surplus
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario
from tests.cohorts import six_groups
from tests.examples import examples
from tests.pages.frame.test_own_table_upload import GOOD, upload
from tests.pages.visit import unfold, visit


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, object]]:
    """Begins another visit each time it is called, and gives the state of it."""

    def begin() -> dict[str, object]:
        state: dict[str, object] = {}
        monkeypatch.setattr(kept.st, "session_state", state)
        return state

    return begin


def counted(most: int = kept.MOST) -> tuple[Callable[[Evaluation], float], list[Scenario]]:
    """A kept function, and the scenarios for which it was worked out."""
    asked: list[Scenario] = []

    @kept.kept(most)
    def payback(evaluation: Evaluation) -> float:
        asked.append(evaluation.scenario)
        return evaluation.payback

    return payback, asked


@given(st.integers(1, 5), st.lists(st.integers(0, 9), max_size=60))
@examples(100)
def test_no_more_is_kept_than_the_bound_and_the_oldest_goes_first(most: int, asked: list[int]) -> None:
    results, order = Bounded(most), []
    for key in asked:
        worked: list[int] = []
        assert results.get(key, lambda key=key, worked=worked: worked.append(key) or 10 * key) == 10 * key
        assert bool(worked) == (key not in order)
        order = [*(one for one in order if one != key), key][-most:]
        assert list(results.results) == order


def test_threads_that_ask_at_once_get_their_own_results() -> None:
    results, wrong = Bounded(3), []

    def ask(start: int) -> None:
        wrong.extend(
            k for k in range(start, start + 300) if results.get(k % 7, lambda k=k: 10 * (k % 7)) != 10 * (k % 7)
        )

    threads = [Thread(target=ask, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(results.results) == 3


@pytest.mark.parametrize("problem", [ScenarioError("No target."), IndexError("index 4 is out of bounds")])
def test_what_fails_is_kept_like_a_result_and_said_in_a_sentence(
    problem: Exception, unforeseen: list[logging.LogRecord]
) -> None:
    results, tried = Bounded(2), []

    def work() -> None:
        tried.append(1)
        raise problem

    said = set()
    for _ in range(3):
        with pytest.raises(ExplorerError) as raised:
            results.get("a", work)
        said.add((type(raised.value), str(raised.value)))
        assert raised.value.__context__ is None, "no frame of the failed work stays in memory"
    assert len(tried) == len(said) == 1
    foreseen = isinstance(problem, ExplorerError)
    assert said == {(ScenarioError, "No target.")} or (not foreseen and "(IndexError)" in str(said))
    assert len(unforeseen) == (0 if foreseen else 1)
    unforeseen.clear()
    for key in range(2):
        results.get(key, lambda: 1)
    with pytest.raises(ExplorerError):
        results.get("a", work)
    assert len(tried) == 2, "failures are bounded like results"
    unforeseen.clear()


def test_what_may_succeed_later_is_not_kept() -> None:
    results = Bounded(3)

    def too_much() -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        results.get("a", too_much)
    assert results.get("a", lambda: 1) == 1


def test_a_page_whose_work_fails_says_so_and_a_reload_does_not_pay_again(
    monkeypatch: pytest.MonkeyPatch, unforeseen: list[logging.LogRecord]
) -> None:
    tried: list[Evaluation] = []

    def fails(evaluation: Evaluation) -> None:
        tried.append(evaluation)
        raise IndexError("index 4 is out of bounds")

    monkeypatch.setattr(kept, "results", kept.kept(3)(fails))
    for _ in range(2):
        at = visit("how_results_are_paid")
        assert not at.exception
        assert [box.value for box in at.main.error] == [
            "The rest of this page cannot be shown with these settings. Change one of them in the panel."
        ]
        assert "(IndexError), which is not your doing" in at.main.text[0].value
    assert len(tried) == 1
    unforeseen.clear()


def test_visits_share_shipped_people_and_never_a_table(visits: Callable[[], dict[str, object]]) -> None:
    payback, asked = counted()
    own, manchester = (
        evaluate(Scenario(cohort=name), people)
        for name, people in ((OWN_TABLE, six_groups()), ("greater_manchester", shipped.load("greater_manchester")))
    )
    first = visits()
    for evaluation in (own, manchester, own, manchester):
        assert payback(evaluation) == evaluation.payback
    assert asked == [own.scenario, manchester.scenario]
    assert first[kept.IN_VISIT]
    second = visits()
    payback(manchester)
    assert not second
    payback(own)
    assert asked == [own.scenario, manchester.scenario, own.scenario]


def test_a_visit_is_bounded_too(visits: Callable[[], dict[str, object]]) -> None:
    payback, asked = counted()
    state = visits()
    one = evaluate(Scenario(cohort=OWN_TABLE), six_groups())
    for cost in range(20, 60):
        payback(replace(one, scenario=one.scenario.with_(hour_cost=float(cost))))
    assert len(asked) == 40
    (results,) = state[kept.IN_VISIT].values()  # type: ignore[attr-defined]
    assert len(results.results) == kept.MOST_IN_VISIT


def test_two_tables_and_two_names_of_one_table_are_told_apart(visits: Callable[[], dict[str, object]]) -> None:
    visits()
    people = six_groups()
    for other in (replace(people, digest="1" * 64), replace(people, label="renamed.csv")):
        assert kept.of(Scenario(cohort=OWN_TABLE), other).cohort is other


KEPT = {
    "of": lambda e: (kept.of(e.scenario, e.cohort).totals, e.totals),
    "results": lambda e: (kept.results(e), kept.results.__wrapped__(e)),
    "areas": lambda e: (kept.areas(e)["small_year"], chance_in_area(e, "small_year")),
    "offers": lambda e: (kept.offers(e), kept.offers.__wrapped__(e)),
    "of_provider": lambda e: (kept.of_provider(surplus.of, e, "needed"), surplus.of(e, "needed")),
    "strata_of": lambda e: (kept.strata_of(e), kept.how_sure.strata_for(e.scenario, e.cohort)),
    "draws_of": lambda e: (kept.draws_of(e), kept.draws_of.__wrapped__(e)),
    "fairness_draws": lambda e: (kept.fairness_draws(e), kept.fairness_draws.__wrapped__(e)),
    "characteristics_of": lambda e: (kept.characteristics_of(e.cohort), kept.characteristics_of.__wrapped__(e.cohort)),
}


def people_of(name: str) -> Cohort:
    return six_groups() if name == OWN_TABLE else shipped.load(name)


@pytest.mark.parametrize("name", [OWN_TABLE, "georgia_parole"])
@pytest.mark.parametrize("function", KEPT)
def test_what_is_kept_is_what_is_found(visits: Callable[[], dict[str, object]], function: str, name: str) -> None:
    visits()
    scenario = Scenario(cohort=name, need_premium=0.15, target="own")
    evaluation = evaluate(scenario, people_of(name))
    once, found = KEPT[function](evaluation)
    again, _ = KEPT[function](evaluate(scenario, people_of(name)))
    assert repr(once) == repr(found)
    assert again is once or function in ("of", "strata_of")


def test_all_providers_share_one_evaluation_of_the_price(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    monkeypatch.setattr(kept, "evaluate", lambda *given: calls.append(given) or evaluate(*given))
    people, price = shipped.load("georgia_parole"), Scenario(cohort="georgia_parole", hour_cost=47.25)
    first, second = (kept.of(price.with_(clients=clients), people) for clients in (41, 42))
    assert len(calls) == 1
    assert (first.scenario.clients, second.scenario.clients) == (41, 42)
    assert first.incentives is second.incentives


def test_a_download_names_the_settings_of_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pinned, B changed, on a table of the reader's own: the file was headed with A's settings."""
    files: dict[str, str] = {}
    monkeypatch.setattr(show, "csv_button", lambda text, name: files.update({name: text() if callable(text) else text}))
    a, b = (Scenario(cohort=OWN_TABLE, need_premium=premium) for premium in (0.0, 0.3))
    at = visit("compare", **links.write_changes(b.values(), pinned=a))
    upload(at, GOOD)
    at.session_state["table_gains_and_losses"] = True
    at.run()
    assert not at.exception
    head = files["gains_and_losses"].partition("\n\n")[0]
    assert "need_premium=0.3" in head
    assert "a.need_premium=0&" in head or "a.need_premium=0\n" in head
    assert "a=same" not in head
    unfold(at)


def test_a_csv_opens_in_excel_as_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []
    monkeypatch.setattr(show.st, "download_button", lambda label, data, *rest, **options: given.append(data()))
    show.csv_button("# of these\n# settings\nPayback per £1", "a")
    show.csv_button(lambda: "1–2", "b")
    texts = ("# of these\n# settings\nPayback per £1", "Payback per £1", "1–2", "1–2")
    assert given == [b"\xef\xbb\xbf" + text.encode() for text in texts]
