"""The board's numbers: those of the issue to the digit, identities, clauses, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit

from pricing.contract.payment_rule import Clauses, from_clauses
from pricing.errors import ParameterError, ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.price.metric_formulas import ALPHA
from pricing.questions.small_provider import surplus
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck import lattice
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.own_result import baseline, results_pay
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario.rate_card import KINDS
from pricing.scenario.scenario import OWN_TABLE, Scenario
from tests.cohorts import cohort, six_groups
from tests.pricing.questions.small_provider.people import clients, simulated

PRICE, COST, SUCCESS, NUMBER = 4000.0, 3950.0, 0.55, 50


def published(share: float, sigma: float = 0.0) -> Surplus:
    """50 clients; the fee is all but a ``share`` of £4,000, and each of an expected 55% of successes pays the rest."""
    bonus = share * PRICE / SUCCESS
    pay = lattice.counted(clients([NUMBER], 1 - SUCCESS, {"binary": -bonus}), sigma)
    certain = NUMBER * (bonus + (1 - share) * PRICE - COST)
    return Surplus(pay.moved(1.0, certain), 0.0, NUMBER * COST, 0.0, 0.0)


@pytest.mark.parametrize(
    ("share", "sigma", "chance", "worst", "mean"),
    [(0.1, 0.0, 0.1966, 1500, 2785), (0.3, 0.0, 0.3866, 9500, 13356), (0.3, 0.2, 0.4052, 13864, 16881)],
)
def test_the_published_provider(share: float, sigma: float, chance: float, worst: float, mean: float) -> None:
    """With a shock: summed over 4,001 shocks by another way, the mean held at 55%; .4074 and 16,923 where it drifts."""
    found = published(share, sigma)
    assert found.chance_of_loss == pytest.approx(chance, abs=5e-5)
    assert found.worst_year == pytest.approx(worst, abs=0.5)
    assert found.worst_mean == pytest.approx(mean, abs=0.5)


def test_all_or_nothing_at_the_expected_rate() -> None:
    """The whole results money, £60,000, if at least 55% of 50 succeed: 28 of them, for 27.5 cannot."""
    share = 0.3
    pot = share * PRICE * NUMBER
    counted = lattice.counted(clients([NUMBER], 1 - SUCCESS, {"binary": -1.0}))
    nothing = Clauses(zone=0, threshold=0.1, inner=1, shape="all_or_nothing", full=1.0, deducts=True)
    # A tenth fewer reoffenders than the baseline of 25 is 22.5: at least 55% succeed.
    paid = pot * from_clauses(nothing)((counted.values + 25.0) / 25.0 + 1e-9)
    money = Distribution.of(paid, counted.chances).moved(1.0, NUMBER * ((1 - share) * PRICE - COST))
    found = Surplus(money, 0.0, NUMBER * COST, 0.0, 0.0)
    assert found.chance_of_loss == pytest.approx(0.498, abs=5e-4)
    assert found.worst_year == pytest.approx(57500)
    assert found.worst_mean == pytest.approx(57500)


def test_weeks_of_running_costs_and_reserves() -> None:
    found = Surplus(Distribution.of(np.array([-100.0, 0.0, 50.0]), np.array([0.1, 0.2, 0.7])), 99.0, 520.0, 0.0, 0.0)
    assert found.chance_of_loss == pytest.approx(0.1), "a year that comes out even is no loss"
    assert found.chance_of_ruin == pytest.approx(0.1)
    assert replace(found, reserves=100.0).chance_of_ruin == 0, "reserves that are just enough have not run out"
    assert found.weeks(found.worst_year) == pytest.approx(10.0)
    assert np.isnan(replace(found, costs=0.0).weeks(1.0))


def with_(**changes: float | str) -> Evaluation:
    return evaluate(Scenario(**changes), six_groups())  # type: ignore[arg-type]


def with_people(cohort: str, **changes: float | str) -> Evaluation:
    return evaluate(Scenario(cohort=cohort, **changes), shipped.load(cohort))  # type: ignore[arg-type]


@pytest.mark.parametrize("hours", sent.HOURS)
@pytest.mark.parametrize("metric", ["binary", "frequency", "severity", "progress", "blend"])
def test_expected_surplus_is_the_margin_of_the_clients(metric: str, hours: str) -> None:
    """At no shock, no set-up and all clients there: what the price explorer says they bring, at face value."""
    plain: dict[str, float | str] = {"common_shock": 0.0, "set_up_cost": 0.0, "most_lost": 0.0}
    found = with_(metric=metric, need_premium=0.3, payment_lag_months=0.0, **plain)
    margin = found.incentives.margin_at_benchmark if hours == "needed" else found.incentives.margin_at_chosen
    expected = 50 * found.cohort.mean(margin)
    assert surplus.of(found, hours).expected == pytest.approx(expected, abs=1.0)


@pytest.mark.parametrize("metric", ["binary", "frequency", "severity", "blend"])
@pytest.mark.parametrize("period", ["year", "quarter"])
def test_by_default_no_more_can_be_lost_than_the_results_money(metric: str, period: str) -> None:
    found = with_(metric=metric, measured_period=period, results_share=0.3, set_up_cost=0.0)
    people = sent.of(found)
    pay, without = (results_pay(each, people, 0.2) for each in (found, with_(metric=metric, most_lost=0.0)))
    assert pay.values[0] == pytest.approx(-0.3 * 2240 * 50)
    assert pay.mean > without.mean
    assert 0 < pay.chances[0] < 0.5


def test_a_prime_keeps_its_share_and_may_carry_the_luck() -> None:
    direct = surplus.of(with_(who_comes="mix", set_up_cost=0.0))
    under = surplus.of(with_(who_comes="mix", set_up_cost=0.0, held="prime", prime_fee=0.2))
    without = surplus.of(with_(who_comes="mix", set_up_cost=0.0, held="prime", prime_fee=0.2, risk_passed=0.0))
    income = direct.expected + direct.costs
    assert under.expected == pytest.approx(0.8 * income - direct.costs)
    assert under.sd == pytest.approx(0.8 * direct.sd, rel=1e-6)
    assert without.expected == pytest.approx(under.expected)
    assert without.sd == 0


def test_costs_that_cannot_be_shed_and_setting_up() -> None:
    full = surplus.of(with_(clients=100.0, fixed_share=0.7, set_up_cost=0.0))
    fewer = surplus.of(with_(clients=100.0, fixed_share=0.7, set_up_cost=0.0, volume_delivered=0.8))
    more = surplus.of(with_(clients=100.0, fixed_share=0.7, set_up_cost=0.0, volume_delivered=1.2))
    assert fewer.costs == pytest.approx(full.costs * (0.8 + 0.7 * 0.2))
    assert more.costs == pytest.approx(full.costs * 1.2)
    dear = surplus.of(with_(clients=100.0, set_up_cost=10000.0, contract_months=60.0))
    assert full.expected - dear.expected == pytest.approx(2000.0)


CLAUSES: list[dict[str, float | str]] = [
    {"threshold": 0.05, "threshold_rule": "all_or_nothing"},
    {"flat_zone": "fixed", "zone_points": 2.0, "pay_on": "excess", "most_lost": 0.0},
    {"deductions": "none", "results_cap": 2.0},
    {"most_deducted": 1.0, "metric": "frequency", "target": "own"},
    {"threshold": 0.1, "metric": "progress", "most_lost": 0.0},
]


@pytest.mark.parametrize("clauses", CLAUSES, ids=str)
def test_clauses_agree_with_simulated_years(clauses: dict[str, float | str]) -> None:
    """The rule on the simulated change of the provider's own clients, written out again from the words."""
    years = 80_000
    found = with_(clients=60.0, set_up_cost=0.0, **clauses)
    scenario, people = found.scenario, sent.of(found, most=6)
    (metric,) = people.value
    pay, _ = simulated(people, scenario.common_shock, years, seed=8)
    change = (pay + people.total(people.standing)) / (people.delivered * people.value[metric]) + 1e-9
    pot = scenario.results_share * scenario.contract_value * people.delivered
    full = pot / (people.delivered * people.value[metric])
    rate = found.cohort.mean(found.cohort.probability)
    paid = {
        "all_or_nothing": lambda x: np.where(x >= 0.05, full, 0.0),
        "fixed": lambda x: np.where(np.abs(x) > 0.02 / rate, x - np.sign(x) * 0.02 / rate, 0.0),
        "none": lambda x: np.clip(x, 0.0, 2 * full),
        "frequency": lambda x: np.maximum(x, -full),
        "progress": lambda x: np.where(x >= 0.1, x, np.minimum(x, 0.0)),
    }[next(value for value in clauses.values() if isinstance(value, str))]
    drawn = people.delivered * people.value[metric] * paid(change)
    got = results_pay(found, people, scenario.common_shock)
    assert got.mean == pytest.approx(drawn.mean(), abs=3 * drawn.std() / np.sqrt(years))
    # Sixty amounts that go to two points each leave their sum within some six steps of a lattice.
    steps = 0.006 * got.sd
    for place in np.quantile(drawn, [0.1, 0.3, 0.5, 0.7, 0.9]) - 2.0:
        low, high = got.below(place - steps), got.below(place + steps)
        error = np.sqrt(max(high * (1 - low), 1e-6) / years)
        assert low - 3 * error <= (drawn < place).mean() <= high + 3 * error


@pytest.mark.parametrize("who_comes", ["drawn", "mix"])
def test_the_hurdle_agrees_with_simulated_years(who_comes: str) -> None:
    """Pay and the number who reoffend hang together: those who do more, and more often."""
    years = 60_000  # a chance of one half is then known to .002
    found = with_(metric="frequency", binary_hurdle="yes", clients=30.0, most_lost=0.0, who_comes=who_comes)
    people = sent.of(found, most=6)
    joint = replace(people, prices={**people.prices, "binary": np.zeros_like(people.rate)})
    counted, reoffenders = simulated(joint, 0.2, years, seed=4)
    pay = counted + people.total(people.standing)
    pay = np.where(reoffenders <= people.delivered * baseline(found) + 1e-9, pay, np.minimum(pay, 0.0))
    got = results_pay(found, people, 0.2)
    assert got.mean == pytest.approx(pay.mean(), abs=4 * pay.std() / np.sqrt(20_000))
    for place in np.quantile(pay, [0.05, 0.25, 0.75, 0.95]) + 1.0:
        assert got.below(place) == pytest.approx((pay < place).mean(), abs=0.015)


@pytest.mark.parametrize(
    ("cohort", "number"), [("greater_manchester", 231.0), ("greater_manchester", 1000.0), ("georgia_parole", 5000.0)]
)
def test_years_that_fail_the_hurdle_for_sure_earn_nothing(cohort: str, number: float) -> None:
    """So many more of these people reoffend than one target for everyone allows that luck does not make up for it."""
    plain: dict[str, float | str] = {"metric": "frequency", "client_mix": "high_risk", "common_shock": 0.0}
    found = with_people(cohort, **plain, clients=number, binary_hurdle="yes")
    some = sent.of(found)
    sd = np.sqrt(some.people @ (some.probability * (1 - some.probability)))
    assert some.people @ some.probability - 8 * sd > number * baseline(found), "fails for sure"
    paid = results_pay(found, some, 0.0)
    assert paid.chances.sum() == pytest.approx(1.0)
    assert paid.values.max() <= 0.0


@pytest.mark.parametrize("target", ["one", "own"])
def test_a_hurdle_with_either_target_has_an_answer(target: str) -> None:
    plain: dict[str, float | str] = {"metric": "frequency", "client_mix": "high_risk", "common_shock": 0.0}
    for name in shipped.names():
        found = with_people(name, **plain, clients=300.0, binary_hurdle="yes", target=target)
        assert np.isfinite(surplus.of(found).expected)


def test_a_hurdle_never_raises_pay() -> None:
    without = surplus.of(with_(metric="frequency", flat_zone="fixed"))
    gated = surplus.of(with_(metric="frequency", flat_zone="fixed", binary_hurdle="yes"))
    assert gated.expected < without.expected
    assert gated.worst_year == pytest.approx(without.worst_year, rel=0.05), "deductions stay as they were"


def test_nonsense_is_refused_in_a_sentence() -> None:
    with pytest.raises(ScenarioError, match="No client comes"):
        surplus.of(with_(clients=1.0, volume_delivered=0.2))


def test_negative_reserves_are_refused() -> None:
    with pytest.raises(ParameterError, match="reserves"):
        Scenario(reserves=-1.0)


def test_people_who_are_not_there_are_not_sent() -> None:
    found = evaluate(Scenario(client_mix="high_risk"), replace(six_groups(), probability=np.full(6, 0.2)))
    with pytest.raises(ScenarioError, match="more likely than not"):
        surplus.of(found)


def test_one_alpha_for_the_whole_explorer() -> None:
    people = sent.of(evaluate(Scenario(metric="frequency"), shipped.load("greater_manchester")))
    assert people.alpha.min() >= ALPHA * (1 - 1e-9)


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
@pytest.mark.parametrize("target", ["one", "own"])
def test_a_hurdle_that_no_year_passes_leaves_an_answer(cohort: str, target: str) -> None:
    """Where every year fails, or every year passes, one side of the hurdle holds no year at all."""
    for number in (230.0, 1000.0):
        scenario = Scenario(
            cohort=cohort,
            metric="frequency",
            target=target,
            binary_hurdle="yes",
            client_mix="high_risk",
            clients=number,
            common_shock=0.0,
        )
        found = surplus.of(evaluate(scenario, shipped.load(cohort)), "needed")
        assert np.isfinite([found.expected, found.worst_year, found.chance_of_loss]).all()


@pytest.mark.parametrize(("metric", "expected"), [("binary", 44_524), ("progress", 47_476)])
def test_luck_that_all_share_moves_no_mean_of_the_contract(metric: str, expected: float) -> None:
    for sigma in (0.0, 0.2, 0.5):
        scenario = Scenario(metric=metric, common_shock=sigma, most_lost=0.0, clients=50.0)
        found = evaluate(scenario, shipped.load("greater_manchester"))
        people = sent.of(found)
        pay = lattice.counted(people, sigma)
        assert pay.mean + people.total(people.standing) == pytest.approx(expected, abs=2)


@pytest.mark.parametrize(
    "clauses",
    [
        {},
        {"flat_zone": "fixed"},
        {"measured_people": 50.0, "flat_zone": "interval"},
        {"measured_people": 50.0, "measured_period": "quarter", "annual_top_up": "yes", "threshold": 0.1},
    ],
    ids=str,
)
@pytest.mark.parametrize("metric", ["progress", "blend"])
def test_clients_without_needs_can_be_held_against_their_own(metric: str, clauses: dict[str, float | str]) -> None:
    """There is nothing to meet, at the start or after: it was 0 over 0, and a year that came to nothing."""
    table = cohort(
        {
            "people": [100.0, 100.0],
            "needs": [0.0, 3.0],
            "decile": [3.0, 5.0],
            "probability": [0.7, 0.3],
            "rate": [1.9, 0.9],
            "severity": [12.0, 12.0],
        }
    )
    about = {"metric": metric, "client_mix": "high_risk", **clauses}
    own, one = (
        surplus.of(evaluate(Scenario(cohort=OWN_TABLE, **about, target=target), table)) for target in ("own", "one")
    )
    assert own.worst_year > 0
    if metric == "progress":
        assert own.worst_year == pytest.approx(one.worst_year)


@pytest.mark.parametrize("rates", [{"rate_drugs": 5.0}, {"rate_drugs": 2.0, "rate_employment": 0.5}], ids=str)
def test_each_need_is_paid_its_own_rate(rates: dict[str, float]) -> None:
    """Against clients drawn one by one with the needs they have.

    With drugs alone paid a year's luck is 44,568; at the mean rate of each client's needs it was 26,171.
    """
    rate = np.array([rates.get(f"rate_{kind}", 0.0) for kind in KINDS])
    given = {f"rate_{kind}": float(each) for kind, each in zip(KINDS, rate, strict=True)}
    scenario = Scenario(metric="progress", clients=20, most_lost=0, common_shock=0, **given)
    people, years = shipped.load("greater_manchester"), 60_000
    found = evaluate(scenario, people)
    year = surplus.of(found)
    luck = np.random.default_rng(28)
    who = luck.choice(len(people.people), size=(years, 20), p=people.people / people.people.sum())
    assert people.needs_by_kind is not None
    hours = found.incentives.benchmark_hours
    chance = expit(logit(scenario.progress_base) + scenario.progress_effect * found.account.response.effect(hours))
    needs = people.needs_by_kind.astype(int)
    met = sum(each * luck.binomial(needs[who, kind], chance[who]) for kind, each in enumerate(rate))
    change = met - scenario.progress_base * (needs @ rate)[who]
    left = (found.terms.unit_prices["progress"] * change - scenario.hour_cost * hours[who]).sum(axis=1)
    assert year.sd == pytest.approx(left.std(), rel=0.01 + 3 / np.sqrt(2 * years))
    assert year.expected + year.worst_year == pytest.approx(left.mean() - np.quantile(left, 0.05), rel=0.025)
