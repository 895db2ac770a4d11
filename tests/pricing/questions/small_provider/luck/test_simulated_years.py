"""Years that are drawn: they agree with the exact distributions where there is one, and no client gets lost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from pricing.contract.payment_rule import LINEAR
from pricing.evaluate import Evaluation, evaluate
from pricing.price.rate_card import PaidNeeds
from pricing.questions.small_provider import surplus
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck import lattice, own_result, simulated_years
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.luck.simulated_years import SEGMENTS, YEARS, Rules, split
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import examples
from tests.pricing.questions.small_provider.people import clients


def of(**changes: float | str) -> Evaluation:
    return evaluate(Scenario(**changes), six_groups())  # type: ignore[arg-type]


def pay_of(found: Joint) -> Distribution:
    return Distribution.of(found.pay, found.chances)


@pytest.mark.parametrize(
    "clauses",
    [
        {"threshold": 0.05, "threshold_rule": "all_or_nothing", "target": "own"},
        {"metric": "frequency", "flat_zone": "fixed", "target": "own"},
        {"metric": "severity", "threshold": 0.1, "deductions": "none"},
        {"metric": "frequency", "flat_zone": "fixed", "binary_hurdle": "yes", "target": "own"},
    ],
    ids=str,
)
def test_years_that_are_drawn_agree_with_the_exact_ones(clauses: dict[str, float | str]) -> None:
    found = of(clients=60.0, **clauses)
    people = sent.of(found, most=SEGMENTS)
    exact = own_result.results_pay(found, people, 0.2)
    drawn = pay_of(simulated_years.year(people, 0.2, own_result.rules(found, people)))
    assert drawn.mean == pytest.approx(exact.mean, abs=4 * exact.sd / np.sqrt(YEARS))
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        place = exact.quantile(share) + 1.0
        assert drawn.below(place) == pytest.approx(exact.below(place), abs=0.016)


@pytest.mark.parametrize("metric", ["binary", "blend"])
def test_quarters_paid_one_for_one_are_the_year(metric: str) -> None:
    found = of(metric=metric, clients=50.0, target="own", most_lost=0.0)
    people = sent.of(found, most=SEGMENTS)
    linear = dict.fromkeys(people.value, LINEAR)
    drawn = pay_of(simulated_years.year(people, 0.2, Rules(linear, None, 4, None)))
    exact = own_result.results_pay(found, people, 0.2)
    assert drawn.mean == pytest.approx(exact.mean, abs=4 * exact.sd / np.sqrt(YEARS))
    assert drawn.sd == pytest.approx(exact.sd, rel=0.04)


@pytest.mark.parametrize("sigma", [0.0, 0.2])
def test_needs_of_several_rates_are_drawn_as_they_are_summed(sigma: float) -> None:
    """A part of a need is a need with that chance, at whatever rate."""
    needs = PaidNeeds(np.array([[1.0, 2.0, 1.0], [0.4, 0.0, 1.3]]), np.array([0.0, 1.0, 5.0]))
    some = clients([20, 10], 0.5, {"progress": [100.0, 150.0]}, met=[0.3, 0.6])
    some = replace(some, needs=needs, standings={"progress": np.zeros(2)})
    drawn = pay_of(simulated_years.year(some, sigma, Rules({"progress": LINEAR}, None, 4, None)))
    exact = lattice.counted(some, sigma)
    mean = 20 * 100 * 0.3 * (2 + 5) + 10 * 150 * 0.6 * 5 * 1.3
    assert exact.mean == pytest.approx(mean, rel=1e-6)
    assert drawn.mean == pytest.approx(mean, abs=4 * exact.sd / np.sqrt(YEARS))
    assert drawn.sd == pytest.approx(exact.sd, rel=4 / np.sqrt(2 * YEARS))
    for share in (0.05, 0.5, 0.95):
        assert drawn.below(exact.quantile(share) + 1) == pytest.approx(
            exact.below(exact.quantile(share) + 1), abs=0.016
        )


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_provider_can_be_shown_under_every_contract_with_a_name(preset: object) -> None:
    scenario = preset.scenario(Scenario(clients=30.0))  # type: ignore[attr-defined]
    year = surplus.of(evaluate(scenario, six_groups()))
    assert 0 <= year.chance_of_ruin <= year.chance_of_loss <= 1 + 1e-9


def test_a_cap_and_a_floor_hold_for_a_blend() -> None:
    found = of(metric="blend", results_cap=1.0, most_deducted=0.5, clients=40.0)
    pay = own_result.results_pay(found, sent.of(found), 0.2)
    money = 0.2 * 2240 * 40
    assert pay.values[0] == pytest.approx(-0.5 * money)
    assert pay.values[-1] == pytest.approx(money)


@examples(50)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=8).filter(any), st.sampled_from([1, 4]))
def test_no_client_is_lost_between_quarters(people: list[int], periods: int) -> None:
    parts = split(np.array(people, dtype=float), periods)
    assert parts.sum(axis=0) == pytest.approx(people)
    assert np.all(parts >= 0)
    assert np.ptp(parts.sum(axis=1)) <= 1


def test_shocks_are_drawn_without_luck() -> None:
    shocks = simulated_years.even_normal(5000)
    assert shocks.mean() == pytest.approx(0.0, abs=1e-12)
    assert shocks.std() == pytest.approx(1.0)
    for place in (-2.0, -0.5, 1.0):
        assert (shocks < place).mean() == pytest.approx(ndtr(place), abs=3e-4)


def test_years_are_drawn_once_whatever_the_share_on_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """At given hours the share moves prices alone; and what is kept is as good as what is drawn afresh."""
    people = sent.of(of(metric="blend", measured_period="quarter", clients=60.0), most=8)
    more = replace(
        people,
        prices={m: 3.7 * each for m, each in people.prices.items()},
        standings={m: 3.7 * each for m, each in people.standings.items()},
    )
    drawn, come = list[object](), simulated_years.who_come
    monkeypatch.setattr(simulated_years, "who_come", lambda *given: drawn.append(given) or come(*given))
    one = simulated_years.drawn(people, (0.2, 30), (4, False), 500)
    before = len(drawn)
    other = simulated_years.drawn(more, (0.2, 30), (4, False), 500)
    assert len(drawn) == before
    for metric, pay in one.pay.items():
        assert other.pay[metric] == pytest.approx(3.7 * pay, rel=1e-9)
    assert other.beside == pytest.approx(one.beside)
    dearer = replace(people, cost=people.cost * np.linspace(1, 2, len(people.cost)), rate=people.rate * 1.01)
    unlike = simulated_years.drawn(dearer, (0.2, 30), (4, False), 500)
    assert len(drawn) == before + 1
    assert unlike.beside.mean() < one.beside.mean()
