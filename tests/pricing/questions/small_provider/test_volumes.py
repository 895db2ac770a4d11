"""A range of clients: every number as likely as any other, though a few are followed; by hand, and against them all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.small_provider import prime, surplus, volumes
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.volumes import Volumes
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import examples

AMOUNTS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
"""Shares of the years at which amounts are compared."""


def with_(**changes: float | str) -> Evaluation:
    return evaluate(Scenario(**changes), six_groups())  # type: ignore[arg-type]


def come_of(numbers: tuple[int, ...], low: int, high: int) -> Volumes:
    """Clients followed at some ``numbers``, where any from ``low`` to ``high`` may come."""
    found = with_(clients=float(numbers[0]))
    return volumes.at_places(found, "needed", np.array(numbers)).within(low, high)


@examples(100)
@given(
    st.integers(1, 3000),
    st.floats(1.0, 40.0),
    st.sampled_from([volumes.SMOOTH, volumes.FEW_AMOUNTS, volumes.JUDGED]),
    st.floats(0.05, 0.5),
)
def test_places_hold_both_ends_and_no_more_than_is_said_lies_between_two(
    low: int, times: float, lumps: volumes.Lumps, apart: float
) -> None:
    high = int(low * times)
    at = volumes.places(low, high, lumps, apart)
    assert (at[0], at[-1]) == (low, high)
    steps = np.diff(at)
    assert (steps >= 1).all()
    if high - low < lumps.followed:
        assert (steps == 1).all()
        return
    part = np.minimum(apart * np.maximum(at / lumps.many, 1.0) ** 0.5, volumes.FARTHEST)
    widest = np.maximum.reduce([part * at, np.minimum(2 * at, volumes.FINE * (high - low)), np.ones(len(at))])
    assert (steps <= 1.5 * widest[:-1] + 1).all()


@examples(100)
@given(st.integers(1, 4000), st.integers(0, 4000))
def test_numbers_between_keep_mean_and_spread(low: int, further: int) -> None:
    numbers, every = volumes.between(low, low + further), np.arange(low, low + further + 1)
    assert len(numbers) <= volumes.NUMBERS
    assert numbers.mean() == pytest.approx(every.mean())
    assert numbers.std() == pytest.approx(every.std(), rel=1e-4)


def test_luck_as_wide_as_the_root_of_clients_by_hand() -> None:
    """One client's part of £1 more or less for each root of the clients: √n more or less for n of them."""
    numbers = (16, 64)
    each = [Distribution(np.array([-1.0, 1.0]) / np.sqrt(n), np.full(2, 0.5)) for n in numbers]
    come = come_of(numbers, 16, 64)
    plus = 100.0 * come.numbers
    found = volumes.mixed(each, come, plus)
    wanted = np.sort(np.concatenate([plus + way * np.sqrt(come.numbers) for way in (-1, 1)]))
    assert found.values == pytest.approx(wanted)
    assert found.chances == pytest.approx(1 / len(wanted))


def test_what_every_number_brings_alike_is_moved_by_no_luck_of_others() -> None:
    """Nearly all years leave £10 a client less; in a few there is much: how few varies, what the others leave does not.

    Their chance of a loss is that between the places, wherever the mean and the spread lie.
    """
    each = [Distribution(np.array([-10.0, 2000.0]), np.array([1 - rare, rare])) for rare in (0.05, 0.03)]
    come = come_of((50, 80), 50, 80)
    found = volumes.mixed(each, come, np.zeros(len(come.numbers)))
    assert 0.95 <= found.below(-499.0) <= 0.97
    lost = found.values[found.values < 0]
    assert (lost.min(), lost.max()) == pytest.approx((-800.0, -500.0), rel=0.05)


def test_few_numbers_are_each_followed() -> None:
    """The chance of so much or less is the mean of that for each number alone."""
    ranged = with_(clients=12.0, volume_spread=0.3, metric="frequency")
    low, high = volumes.ends(ranged.scenario)
    assert high - low + 1 <= volumes.SMOOTH.followed
    come = volumes.of(ranged)
    each = [surplus.from_clients(ranged, clients).money for clients in come.clients]
    assert [clients.delivered for clients in come.clients] == list(range(low, high + 1))
    found = surplus.from_volumes(ranged, come).money
    for amount in [found.quantile(share) for share in AMOUNTS]:
        mean = np.mean([money.below(amount) for money in each])
        assert found.below(amount) == pytest.approx(mean, abs=2e-3)


CASES: dict[str, dict[str, float | str]] = {
    "few": {"clients": 50.0, "volume_spread": 0.5},
    "reoffences": {"metric": "frequency", "clients": 60.0, "volume_spread": 0.4, "most_lost": 0.0},
    "a shock": {"clients": 120.0, "volume_spread": 0.25, "common_shock": 0.4, "metric": "progress"},
    "half on results": {"clients": 90.0, "volume_spread": 0.5, "results_share": 0.5, "area_multiplier": 1.5},
    "a mix": {"clients": 80.0, "volume_spread": 0.3, "who_comes": "mix", "common_shock": 0.3},
    "a threshold": {"clients": 150.0, "volume_spread": 0.3, "threshold": 0.3, "results_share": 0.4},
    "next to nothing on results": {"clients": 200.0, "volume_spread": 0.5, "results_share": 0.02, "fixed_share": 1.0},
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_few_places_stand_for_every_number(case: str) -> None:
    ranged = with_(**CASES[case])
    low, high = volumes.ends(ranged.scenario)
    whole = volumes.at_places(ranged, "needed", np.arange(low, high + 1)).within(low, high)
    part = len(whole.clients) / volumes.SMOOTH.followed
    every = surplus.from_volumes(ranged, whole, part)
    few = surplus.of(ranged)
    assert len(volumes.of(ranged).clients) < len(whole.clients) / 2
    assert few.expected == pytest.approx(every.expected, abs=0.01 * every.sd)
    assert few.sd == pytest.approx(every.sd, rel=0.01)
    assert few.costs == pytest.approx(every.costs)
    assert few.expected_results == pytest.approx(every.expected_results, abs=0.01 * every.sd)
    assert few.worst_year == pytest.approx(every.worst_year, abs=0.02 * every.sd)
    assert few.chance_of_loss == pytest.approx(every.chance_of_loss, abs=0.005)
    for amount in [every.money.quantile(share) for share in AMOUNTS]:
        # An amount that recurs may stand on either side of the quantile.
        less, more = (every.money.below(amount + way * 0.05 * every.sd) for way in (-1, 1))
        assert less - 0.005 <= few.money.below(amount) <= more + 0.005


def test_a_jackpot_for_few_leaves_the_others_where_they_are() -> None:
    """All or nothing on a large reduction: nearly every year earns nothing, so that nearly every year is a loss."""
    scenario = Scenario(
        clients=300.0,
        volume_spread=0.1,
        threshold=0.3,
        threshold_rule="all_or_nothing",
        deductions="none",
        results_share=0.8,
    )
    ranged = evaluate(scenario, shipped.load(scenario.cohort))
    low, high = volumes.ends(scenario)
    at = volumes.places(low, high, volumes.lumps_of(ranged), 0.02)
    finer = surplus.from_volumes(ranged, volumes.at_places(ranged, "needed", at).within(low, high))
    found = surplus.of(ranged)
    assert found.chance_of_loss > 0.9, "else this is no such contract"
    assert found.chance_of_loss == pytest.approx(finer.chance_of_loss, abs=0.005)
    assert found.worst_year == pytest.approx(finer.worst_year, abs=0.02 * finer.sd)


@pytest.mark.parametrize("who", ["drawn", "mix"])
def test_volumes_under_a_prime_share_their_places(who: str) -> None:
    """At each volume it is the year that is found for that volume alone."""
    ranged = with_(clients=60.0, volume_spread=0.2, who_comes=who, results_share=0.4, metric="progress")
    together = prime.years_at(ranged, prime.VOLUMES, "needed")
    for volume in prime.VOLUMES:
        alone = year_under_prime(ranged, volume)
        assert together[volume].expected == pytest.approx(alone.expected, abs=0.01 * alone.sd)
        assert together[volume].worst_year == pytest.approx(alone.worst_year, abs=0.02 * alone.sd)
        assert together[volume].chance_of_loss == pytest.approx(alone.chance_of_loss, abs=0.01)
        assert together[volume].costs == pytest.approx(alone.costs)
        assert together[volume].fee == pytest.approx(alone.fee)


def year_under_prime(evaluation: Evaluation, volume: float) -> Surplus:
    return surplus.of(prime.at_volume(evaluation, volume))
