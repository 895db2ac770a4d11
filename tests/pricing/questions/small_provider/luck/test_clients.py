"""The clients of one provider: whole people who are, put together, the people they are drawn from."""

from dataclasses import replace
from functools import cache
from operator import attrgetter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.small_provider import surplus
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck import lattice
from pricing.questions.small_provider.luck.clients import Clients
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import examples, in_turn

PRICES: list[dict[str, float | str]] = [
    {},
    {"metric": "frequency", "target": "own"},
    {"metric": "severity"},
    {"metric": "progress", "target": "none"},
    {"metric": "blend", "need_premium": 0.3, "area_multiplier": 2.0},
    {"metric": "binary", "client_mix": "many_needs", "area_multiplier": 2.0},
]


def evaluated(name: str, **changes: float | str) -> Evaluation:
    return evaluate(Scenario(cohort=name, **changes), shipped.load(name))  # type: ignore[arg-type]


@cache
def priced(name: str, price: tuple[tuple[str, float | str], ...]) -> Evaluation:
    """The same evaluation for every number of clients, of which no price and no hours know."""
    return evaluated(name, **dict(price))


@pytest.mark.parametrize("who_comes", ["drawn", "mix"])
@pytest.mark.parametrize("number", [1.0, 7.0, 50.0, 2013.0])
@pytest.mark.parametrize("price", PRICES, ids=str)
def test_every_mean_is_kept(price: dict[str, float | str], number: float, who_comes: str) -> None:
    there = priced("greater_manchester", tuple(price.items()))
    found = replace(there, scenario=there.scenario.with_(clients=number, who_comes=who_comes))
    people, everyone = sent.of(found), sent.mix(found, "needed")
    if who_comes == "mix":
        assert people.people == pytest.approx(np.round(people.people))
        assert people.people.min() >= 1
    assert people.people.sum() == pytest.approx(number)
    assert people.delivered == people.promised == number
    assert len(people.people) <= sent.MOST
    for name in ("hours", "probability", "rate", "needs.weight", "fee", "cost", "standing", "expected_results"):
        of = attrgetter(name)
        assert people.mean(of(people)) == pytest.approx(everyone.mean(of(everyone)), abs=1e-6), name
    for metric in ("severity", "progress"):
        assert people.mean(people.counts[metric]) == pytest.approx(everyone.mean(everyone.counts[metric]))


@pytest.mark.parametrize("price", PRICES, ids=str)
def test_expected_pay_is_that_of_the_explorer(price: dict[str, float | str]) -> None:
    found = evaluated("greater_manchester", **price)
    who = sent.who(found.scenario, found.cohort)
    results = found.incentives.results_at_benchmark[who]
    expected = np.average(results, weights=found.cohort.people[who])
    people = sent.of(found)
    assert people.mean(people.expected_results) == pytest.approx(expected, abs=1e-6)


def spreads(of: Clients) -> dict[str, float]:
    """Variance per client of the pay on each metric, of one client after another."""
    prices, nothing = of.prices, np.zeros_like(of.rate)
    return {
        "whether": of.mean(prices.get("binary", nothing) ** 2 * of.probability * (1 - of.probability)),
        "how many": of.mean(sum(of.spread, nothing)),
        "needs": of.mean(prices.get("progress", nothing) ** 2 * of.needs.squares * of.met * (1 - of.met)),
    }


@pytest.mark.parametrize("name", shipped.names())
@pytest.mark.parametrize("price", PRICES, ids=str)
def test_grouping_moves_the_standard_deviation_by_less_than_one_in_a_hundred(
    name: str, price: dict[str, float | str]
) -> None:
    found = evaluated(name, who_comes="mix", **price)
    grouped, each = spreads(sent.of(found)), spreads(sent.mix(found, "needed"))
    for part, variance in each.items():
        assert np.sqrt(grouped[part]) == pytest.approx(np.sqrt(variance), rel=0.01, abs=1e-9), part


def test_few_people_are_a_few_kinds_of_person() -> None:
    """The default cohort, £0 apart in prices: 7 clients are 7 slices, and their luck is 1% wide of the mark."""
    found = evaluated("greater_manchester", clients=7.0, who_comes="mix")
    people = sent.of(found)
    assert len(people.people) == 7
    ratio = spreads(people)["whether"] / spreads(sent.mix(found, "needed"))["whether"]
    assert np.sqrt(ratio) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(("name", "price"), in_turn(shipped.names(), PRICES), ids=str)
def test_grouping_those_who_are_drawn_moves_no_chance_by_one_in_a_hundred(
    name: str, price: dict[str, float | str]
) -> None:
    """Against five times the segments, where few clients come: with more of them, less is left of how one differs."""
    found = evaluated(name, clients=10.0, common_shock=0.0, **price)
    few, many = (lattice.counted(sent.of(found, most=most)) for most in (sent.MOST, 5 * sent.MOST))
    assert few.sd == pytest.approx(many.sd, rel=0.005)
    for place in many.mean + many.sd * np.linspace(-3, 2, 26) + few.width:
        assert few.below(place) == pytest.approx(many.below(place), abs=0.01)


@examples(20)
@given(st.integers(1, 5000), st.floats(0.2, 1.5))
def test_as_many_come_as_are_delivered(promised: int, volume: float) -> None:
    scenario = Scenario(clients=float(promised), volume_delivered=volume)
    expected = int(np.floor(promised * scenario.volume_delivered + 0.5))
    if expected:
        assert sent.numbers(scenario) == (promised, expected)


def test_an_own_table_of_six_groups() -> None:
    found = evaluate(Scenario(client_mix="deprived", need_premium=0.5), six_groups())
    people = sent.of(found)
    assert people.delivered == 50
    everyone = sent.mix(found, "needed")
    assert list(everyone.people) == [800, 380, 90], "deciles 1 and 2"
    assert people.mean(people.probability) == pytest.approx(everyone.mean(everyone.probability))


def test_what_the_prime_keeps_is_kept_apart() -> None:
    people = sent.of(evaluate(Scenario(held="prime", prime_fee=0.15, risk_passed=0.4), six_groups()))
    assert (people.kept, people.at_risk) == (0.85, 0.4)
    direct = sent.of(evaluate(Scenario(held="direct", prime_fee=0.15, risk_passed=0.4), six_groups()))
    assert (direct.kept, direct.at_risk) == (1.0, 1.0)
    assert people.fee == pytest.approx(direct.fee)


def test_counts_that_spread_less_than_their_mean_price_says_have_no_alpha_below_nought() -> None:
    """Dear where harm is slight: each reoffence costs the same, which the mean price of unlike harm cannot say."""
    found = evaluate(Scenario(cohort="own_table", metric="severity", clients=20.0, common_shock=0.0), six_groups())
    everyone = sent.mix(found, "needed")
    unlike = np.resize([1.0, 50.0], len(everyone.people))
    same = np.full_like(unlike, 0.2)
    dear = replace(
        everyone, drawn=True, severity=unlike, rate=same, probability=same / 2, prices={"severity": -100 / unlike}
    )
    grouped = dear.like(20, 1)
    once, _ = grouped.spread
    assert dear.mean(dear.spread[0] + dear.spread[1]) < once[0]
    assert grouped.alpha == pytest.approx([0.0])
    year = surplus.from_clients(found, replace(grouped, promised=20))
    assert year.money.chances.min() >= 0
    assert year.expected_results == pytest.approx(grouped.total(grouped.expected_results), abs=1.0)
