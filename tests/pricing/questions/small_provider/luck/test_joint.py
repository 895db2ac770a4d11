"""Results pay and what is beside it, where clients are drawn: against years of clients drawn one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from pricing.contract.counted.complex_numbers import ComplexArray
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.small_provider import surplus, volumes
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck import joint, lattice, own_result
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.joint import carries, each_number, jointly
from pricing.questions.small_provider.luck.lattice import TooLongError
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups, thinned
from tests.examples import examples
from tests.pricing.questions.small_provider.luck.test_lattice import any_clients
from tests.pricing.questions.small_provider.people import clients, simulated_beside

YEARS = 40_000
FAR = 2.0 / np.sqrt(YEARS)
"""What a simulated distribution function is off by once in 1,500 times (Kolmogorov and Smirnov)."""


def of_each_cell(found: Evaluation, seed: int) -> FloatArray:
    """What is left in so many years of clients who are drawn from the cells themselves."""
    scenario, number = found.scenario, sent.numbers(found.scenario)[1]
    people = sent.mix(found, "needed").like(number, 200)
    pay, _, beside = simulated_beside(people, scenario.common_shock, YEARS, seed)
    paid = own_result.pay_limits(found, people).within(pay + people.total(people.standing))
    set_up = scenario.set_up_cost * 12 / scenario.contract_months
    return np.asarray(people.kept * people.at_risk * paid + beside - set_up)


def agrees(year: surplus.Surplus, drawn: FloatArray) -> None:
    assert year.expected == pytest.approx(drawn.mean(), abs=4 * drawn.std() / np.sqrt(YEARS))
    for share in np.linspace(0.03, 0.97, 30):
        # A lattice spreads each amount over some six of its steps.
        place, steps = np.quantile(drawn, share), 0.006 * drawn.std()
        low, high = year.money.below(place - steps), year.money.below(place + steps)
        assert low - FAR - 0.004 <= (drawn < place).mean() <= (drawn <= place).mean() <= high + FAR + 0.004


PRICES: list[dict[str, float | str]] = [
    {},
    {"most_lost": 0.0, "need_premium": 0.5, "area_multiplier": 1.5, "uplift_applies_to": "both"},
    {"metric": "frequency", "target": "own", "common_shock": 0.5},
    {"metric": "progress", "target": "none", "need_premium": 0.3},
    {"metric": "blend", "clients": 12.0, "most_gained": 1.0},
    {"metric": "severity", "clients": 4.0, "common_shock": 0.0},
    {"results_share": 0.0, "need_premium": 0.5, "uplift_applies_to": "fee"},
]


@pytest.mark.parametrize("price", PRICES, ids=str)
def test_a_year_of_those_who_are_drawn_agrees_with_simulated_years(price: dict[str, float | str]) -> None:
    found = evaluate(Scenario(**price), six_groups())  # type: ignore[arg-type]
    agrees(surplus.of(found), of_each_cell(found, seed=18))


def test_the_worst_year_of_the_default_cohort() -> None:
    """50 clients, no limit on what can be lost: exactly the mix, and drawn; costs follow who comes."""
    found = evaluate(Scenario(most_lost=0.0), shipped.load("greater_manchester"))
    mix = replace(found, scenario=found.scenario.with_(who_comes="mix"))
    exactly = surplus.of(mix)
    assert exactly.worst_year == pytest.approx(171_711, abs=1)
    drawn, simulated = surplus.of(found), of_each_cell(found, seed=2018)
    assert drawn.worst_year == pytest.approx(-float(np.quantile(simulated, 0.05)), rel=0.02)
    assert drawn.expected == pytest.approx(exactly.expected, abs=0.01)
    agrees(drawn, simulated)


@pytest.mark.parametrize("number", [2, 6, 15])
@pytest.mark.parametrize("seed", range(4))
def test_pay_and_what_is_beside_it_may_go_against_each_other(number: int, seed: int) -> None:
    """Two kinds of clients whose pay cancels where who comes is not looked at: pay alone is smoother than both.

    Frequencies that pay alone does not carry were left out, and the luck of the year was up to 31% too wide.
    """
    luck = np.random.default_rng(seed)
    p, price = np.array([0.5, 0.1875]), np.array([-50.0, -326.0])
    cost, standing = luck.uniform(0, 4000, 2), luck.uniform(0, 500, 2)
    some = clients([number / 2] * 2, p, {"binary": price}, cost=cost, drawn=True)
    some = replace(some, standings={"binary": standing})
    found = jointly(some, 0.0)
    assert found.chances.clip(max=0.0).sum() > -1e-7
    each = standing + price * p - cost
    variance = number * (np.mean(price**2 * p * (1 - p)) + each.var())
    assert found.sum().sd == pytest.approx(np.sqrt(variance), rel=1e-4)


@examples(12)
@given(any_clients(), st.sampled_from([0.0, 0.2, 0.5]), st.integers(0, 2**30))
def test_pay_and_what_is_beside_it_keep_their_means_spreads_and_correlation(
    some: Clients, sigma: float, seed: int
) -> None:
    luck = np.random.default_rng(seed)
    costs = luck.uniform(0, 4000, len(some.people))
    people = replace(some, drawn=True, cost=costs, standings={"binary": luck.uniform(0, 500, len(some.people))})
    try:
        found, alone = jointly(people, sigma), lattice.counted(people, sigma)
    except TooLongError:
        reject()
    assert found.chances.sum() == pytest.approx(1.0)
    assert found.mean_pay == pytest.approx(alone.mean, abs=1e-3 * alone.sd)
    assert found.pay_alone.sd == pytest.approx(alone.sd, rel=2e-3)
    spread = people.delivered * (people.mean(costs**2) - people.mean(costs) ** 2)
    money = (found.beside * found.chances).sum()
    assert money == pytest.approx(-people.total(costs))
    assert ((found.beside - money) ** 2 * found.chances).sum() == pytest.approx(spread, rel=1e-6, abs=1e-4)
    pay, _, beside = simulated_beside(people, sigma, YEARS, seed)
    both, total = found.sum(), pay + beside
    right = float(total.std())
    luck_of_the_draw = float(((total - total.mean()) ** 2).std()) / len(total) ** 0.5 / (2 * right)  # of a long tail
    assert both.sd == pytest.approx(right, rel=0.03, abs=4 * luck_of_the_draw)


@pytest.mark.parametrize(
    "price",
    [
        {"metric": "frequency", "common_shock": 0.5, "clients": 20.0, "volume_spread": 0.3},
        {"metric": "progress", "volume_spread": 0.2},
        {"need_premium": 0.3, "clients": 12.0, "volume_spread": 0.5},
    ],
    ids=str,
)
def test_several_numbers_of_clients_who_share_the_work_are_each_what_it_is_alone(price: dict[str, float | str]) -> None:
    found = evaluate(Scenario(**price), thinned(shipped.load("greater_manchester"), 30))  # type: ignore[arg-type]
    come, sigma = volumes.of(found).clients, found.scenario.common_shock
    assert [each.delivered for each in come] == sorted({each.delivered for each in come})
    shared = each_number(come, sigma, part=own_result.SHARED / len(come))
    for number in (0, len(come) // 2, len(come) - 1):
        here, there = shared[number].sum(), jointly(come[number], sigma).sum()
        assert here.mean == pytest.approx(there.mean, abs=1e-5 * there.sd)
        # Of 17 numbers each has a sixth of the work of one.
        assert here.sd == pytest.approx(there.sd, rel=3e-3)
        for share in (0.01, 0.05, 0.3, 0.7, 0.95):
            assert here.quantile(share) == pytest.approx(there.quantile(share), abs=0.01 * there.sd)


@pytest.mark.parametrize("number", [6.0, 12.0, 30.0])
def test_a_lattice_that_would_be_much_work_is_coarser_within_what_is_said(
    number: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = Scenario(metric="severity", clients=number, volume_spread=0.3, common_shock=0.3)
    come = volumes.of(evaluate(scenario, thinned(shipped.load("greater_manchester"), 40))).clients[::3]
    fine = each_number(come, 0.3)
    monkeypatch.setattr(joint, "MUCH", 1.0)
    coarse = each_number(come, 0.3)
    assert coarse[0].width > 3 * fine[0].width
    for one, other in zip((each.sum() for each in fine), (each.sum() for each in coarse), strict=True):
        at = np.linspace(one.mean - 4 * one.sd, one.mean + 4 * one.sd, 100)
        assert max(abs(one.below(each) - other.below(each)) for each in at) < 0.005
        assert (other.mean, other.sd) == pytest.approx((one.mean, one.sd), abs=0.002 * one.sd)


def test_two_kinds_of_people_who_cost_differently() -> None:
    """Nobody reoffends: what is left is the number of the dearer kind who come, a binomial."""
    people = clients([1.0, 3.0], 0.0, {"binary": -10.0}, cost=[100.0, 0.0], drawn=True)
    found = jointly(people, 0.2).sum()
    some = found.chances > 1e-12
    assert found.values[some] == pytest.approx([-400, -300, -200, -100, 0])
    assert found.chances[some] == pytest.approx(np.array([1, 12, 54, 108, 81]) / 256)


@pytest.mark.parametrize("others", [0, 400])
def test_pairs_of_frequencies_that_are_left_out_carry_nothing(others: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = evaluate(Scenario(metric="progress", clients=400.0, common_shock=0.5, need_premium=0.3), six_groups())
    people = sent.of(found)
    quick = jointly(people, 0.5, others)
    left_in: list[float] = []

    def every(pairs: ComplexArray, any_one: ComplexArray, numbers: tuple[int, int]) -> BoolArray:
        left_in.append(float(carries(pairs, any_one, numbers).mean()))
        return np.ones(pairs.shape[1:], dtype=bool)

    monkeypatch.setattr(joint, "carries", every)
    whole = jointly(people, 0.5, others)
    assert max(left_in) < 0.7, "many are left out"
    assert np.abs(quick.chances - whole.chances).max() < 1e-12
    assert quick.beside == pytest.approx(whole.beside, rel=1e-12)
