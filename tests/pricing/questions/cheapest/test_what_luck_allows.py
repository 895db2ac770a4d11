"""What luck allows of the cheapest price: asked for at that floor, reserves just bear it; and none where none does."""

import math
from functools import cache
from typing import Any

import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.cheapest.answer import Answer, answer
from pricing.questions.cheapest.express import reduction_at
from pricing.questions.small_provider.bad_luck import bad_luck, largest_borne
from pricing.questions.small_provider.luck import own_result
from pricing.questions.small_provider.luck.joint import Joint, jointly
from pricing.resources.shelf import SHELF
from pricing.scenario.scenario import Scenario
from tests.cohorts import thinned

CASES: list[dict[str, float | str]] = [
    {},
    {"cohort": "georgia_parole"},
    {"who_comes": "mix"},
    {"who_comes": "mix", "most_lost": 0.0},
    {"most_lost": 0.0, "partners": 4.0},
    {"partners": 4.0, "reserves": 90_000.0},
    {"most_lost": 0.3, "benchmark": "guideline", "contract_value": 4700.0, "reserves": 220_000.0},
    {"metric": "frequency", "held": "prime", "risk_passed": 0.5, "common_shock": 0.2, "reserves": 60_000.0},
    {"metric": "blend", "clients": 30.0, "reserves": 30_000.0},
]


@cache
def some(cohort: str) -> Cohort:
    """People of every need and tenth: what luck takes hangs on kinds of people, and not on how many kinds."""
    return thinned(shipped.load(cohort), 60)


def found_for(changes: dict[str, float | str]) -> Answer:
    scenario = Scenario(**changes)  # type: ignore[arg-type]
    # Of few kinds of people no scenario can hold the cheapest price by how often they reoffend.
    people = shipped.load(scenario.cohort) if scenario.metric == "frequency" else some(scenario.cohort)
    return answer(evaluate(scenario, people))


@pytest.mark.parametrize("changes", CASES, ids=str)
def test_reserves_just_bear_what_luck_allows(changes: dict[str, float | str]) -> None:
    found = found_for(changes)
    assert found.check is not None
    luck = bad_luck(found.check, reduction_at(found.check))
    assert not luck.borne
    assert 0 < luck.level < 1
    asked = found.ground.scenario
    again = found_for({**changes, "promise_floor": luck.level * asked.promise_floor})
    assert again.chosen.found.pot == pytest.approx(luck.level * found.chosen.found.pot, rel=1e-6)
    assert again.check is not None
    # Years that are drawn are other draws at other prices.
    assert bad_luck(again.check).taken == pytest.approx(luck.bearable, rel=5e-3)


def test_without_a_limit_the_mix_takes_in_proportion() -> None:
    found = found_for({"who_comes": "mix", "most_lost": 0.0})
    assert found.check is not None
    luck = bad_luck(found.check, reduction_at(found.check))
    assert luck.level == pytest.approx(luck.bearable / luck.taken, rel=1e-5)


def test_where_who_comes_moves_costs_by_more_no_price_is_low_enough() -> None:
    """Nothing on results: what luck takes is that of costs alone, and the mix takes nothing."""
    for who_comes, nothing in (("drawn", True), ("mix", False)):
        changes: dict[str, float | str] = {"who_comes": who_comes, "reserves": 10_000.0}
        found = found_for(changes)
        assert found.check is not None
        luck = bad_luck(found.check, reduction_at(found.check))
        assert math.isnan(luck.level) == nothing
        bare = bad_luck(evaluate(Scenario(results_share=0.0, **changes), found.ground.cohort))  # type: ignore[arg-type]
        assert bare.borne != nothing


def test_the_level_is_found_where_luck_takes_less_at_some_prices_than_at_none() -> None:
    assert largest_borne(lambda level: level - 0.3) == pytest.approx(0.3, abs=1e-6)
    assert largest_borne(lambda level: (level - 0.5) ** 2 - 0.04) == pytest.approx(0.7, abs=1e-6)
    assert math.isnan(largest_borne(lambda level: (level - 0.5) ** 2 + 0.01))
    assert largest_borne(lambda level: level) == 0


def test_one_sum_answers_for_the_year_and_for_every_level_of_the_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    found = found_for({"metric": "frequency"})
    assert found.check is not None
    SHELF.empty()
    summed = 0

    def counted(*given: Any) -> Joint:
        nonlocal summed
        summed += 1
        return jointly(*given)

    monkeypatch.setattr(own_result, "jointly", counted)
    assert bad_luck(found.check, reduction_at(found.check)).level < 1
    assert summed == 1
