"""Under a prime and three seats: known relations to the year, the lowest price put back in, flags and their limits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.cheapest.answer import answer
from pricing.questions.small_provider import cash, prime, seats, surplus
from pricing.questions.small_provider.paid_by_luck import paid_by_luck
from pricing.questions.small_provider.seat_flags import MANY, RISKY
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import examples

SIX = six_groups()
GUIDELINE = Scenario(cohort="own_table", benchmark="guideline", clients=20.0)
"""A benchmark in hours that do not follow the contract value."""


def of(scenario: Scenario) -> Evaluation:
    return evaluate(scenario, SIX)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"target": "own", "metric": "frequency", "prime_fee": 0.25, "who_comes": "mix"},
        {"target": "none", "fixed_share": 0.2, "set_up_cost": 0.0, "who_comes": "mix"},
        {"flat_zone": "fixed", "measured_people": 2000.0, "target": "own"},
        {"deductions": "none", "results_cap": 1.0, "who_comes": "mix"},
    ],
)
def test_at_the_lowest_value_an_average_year_leaves_nothing(changes: dict[str, float | str]) -> None:
    scenario = GUIDELINE.with_(**changes)
    found = prime.under_prime(of(scenario)).lowest_value
    assert set(found) == set(prime.PROMISES)
    for volume, value in found.items():
        # Beyond the range that a reader may set the straight line goes on, so ask it of a value inside.
        inside = min(max(value, 500.0), 10_000.0)
        there = surplus.of(prime.at_volume(of(scenario.with_(contract_value=inside)), volume))
        income = there.fee + there.expected_results
        assert value == pytest.approx(inside * (there.costs + there.set_up) / income, rel=1e-9)
        if value == inside:
            assert there.expected == pytest.approx(0, abs=1e-6)


def test_no_value_is_enough_where_results_are_expected_to_be_deducted() -> None:
    scenario = GUIDELINE.with_(client_mix="high_risk", results_share=1.0)
    assert all(np.isnan(value) for value in prime.under_prime(of(scenario)).lowest_value.values())


def test_under_a_prime_that_keeps_nothing_the_year_is_that_of_holding_it_directly() -> None:
    scenario = GUIDELINE.with_(prime_fee=0.0, volume_delivered=0.84)
    direct, found = surplus.of(of(scenario)), prime.under_prime(of(scenario))
    assert found.now.expected == pytest.approx(direct.expected)
    assert found.now.worst_year == pytest.approx(direct.worst_year)
    assert found.kept_by_prime == 0
    assert found.left_at(0.84) == pytest.approx(direct.expected)


def test_a_prime_that_bears_the_risk_leaves_the_average_and_takes_the_luck() -> None:
    found = prime.under_prime(of(GUIDELINE.with_(risk_passed=0.0, who_comes="mix")))
    assert found.bad_year == pytest.approx(found.left)
    assert found.left == pytest.approx(prime.under_prime(of(GUIDELINE.with_(who_comes="mix"))).left)


@examples(6)
@given(st.floats(0, 0.5), st.floats(0, 1))
def test_more_for_the_prime_never_leaves_more_and_fixed_costs_make_a_shortfall_worse(fee: float, fixed: float) -> None:
    base = GUIDELINE.with_(prime_fee=fee, fixed_share=fixed, target="own", clients=5.0, who_comes="mix")
    found = prime.under_prime(of(base))
    more = prime.under_prime(of(base.with_(prime_fee=min(fee + 0.05, 0.5))))
    assert np.all(more.left <= found.left + 1e-6)
    worse = prime.under_prime(of(base.with_(fixed_share=min(fixed + 0.1, 1.0))))
    assert worse.left[0] == pytest.approx(found.left[0])
    assert np.all(worse.left[1:] <= found.left[1:] + 1e-6)


def charity(scenario: Scenario) -> seats.SmallCharity:
    evaluation = of(scenario)
    year = surplus.of(evaluation)
    return seats.small_charity(evaluation, year, cash.cash(cash.plan(scenario, year)))


def codes(seat: seats.Commissioner | seats.LargeProvider | seats.SmallCharity) -> set[str]:
    return {flag.code for flag in seat.flags}


def test_a_rich_charity_with_a_fee_alone_has_no_red_flag() -> None:
    easy = GUIDELINE.with_(results_share=0.0, contract_value=10_000.0, reserves=1e6, benchmark="fair_share")
    easy = easy.with_(need_weight=0.0, set_up_cost=0.0, case_cost=0.0, benchmark="guideline")
    assert codes(charity(easy)) <= {"gift"}
    assert charity(easy).loss == 0


def test_a_poor_charity_with_everything_on_results_has_them_all() -> None:
    hard = GUIDELINE.with_(results_share=1.0, reserves=0.0, contract_value=1000.0)
    assert codes(charity(hard)) >= {"loss", "ruin", "cash", "results_share"}


@pytest.mark.parametrize(("share", "up"), [(RISKY, False), (RISKY + 0.01, True)])
def test_a_flag_is_raised_beyond_its_limit_and_not_at_it(share: float, up: bool) -> None:
    assert ("results_share" in codes(charity(GUIDELINE.with_(results_share=share)))) == up


def test_the_seats_figures_are_those_of_the_other_pages() -> None:
    evaluation = of(GUIDELINE)
    payer, large = seats.commissioner(evaluation), seats.large_provider(evaluation)
    totals = evaluation.totals
    assert payer.spend == pytest.approx(totals["spend_at_chosen"])
    assert large.temptation * large.clients == pytest.approx(totals["temptation"])
    assert large.parked == pytest.approx(payer.minimum)
    assert ("minimum" in codes(payer)) == (payer.minimum > MANY)
    assert all("nan" not in flag.sentence for flag in (*payer.flags, *large.flags))


def test_luck_alone_is_paid_in_half_of_all_years_for_changes_and_in_all_for_successes() -> None:
    without = GUIDELINE.with_(target="own", common_shock=0.0, clients=200.0)
    assert paid_by_luck(of(without)) == pytest.approx(0.5, abs=0.06)
    assert paid_by_luck(of(without.with_(target="none"))) == pytest.approx(1.0)
    assert paid_by_luck(of(without.with_(results_share=0.0))) == 0


def test_the_plan_of_a_year_is_a_twelfth_of_it_and_refuses_a_wait_longer_than_the_contract() -> None:
    scenario = GUIDELINE.with_(held="prime", risk_passed=0.6)
    year = surplus.of(of(scenario))
    plan = cash.plan(scenario, year)
    assert 12 * (plan.fee + plan.results - plan.costs) == pytest.approx(year.expected + year.set_up)
    assert plan.sure == pytest.approx(0.4 * plan.results)
    bank = cash.cash(replace(plan, rate=0.0))
    assert bank.balance[-1] - scenario.reserves == pytest.approx(7 * year.expected)
    with pytest.raises(ScenarioError, match="lasts 12"):
        cash.plan(scenario.with_(contract_months=12.0), year)


def test_whoever_is_paid_back_a_pound_exactly_is_not_left_behind() -> None:
    """The cheapest price pays every group back £1: two of Georgia's were short of it by their last digits."""
    people = shipped.load("georgia_parole")
    check = answer(evaluate(Scenario(cohort="georgia_parole", smallest_group=1.0), people)).check
    assert check is not None
    payback = check.groups("needs", "decile")["payback"]
    assert (abs(payback - 1) < 1e-9).any()
    assert (payback.dropna() > 1 - 1e-9).all()
    assert seats.commissioner(check).left_behind == 0
