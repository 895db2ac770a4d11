"""Cash month by month: worked by hand, then what must hold for any plan."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import ScenarioError
from pricing.questions.small_provider.cash import Plan, borrow, cash

# Four months of work, each paid £60 at once and £50 two months later, at a cost of £100; £20 to set up, £30 in hand.
BY_HAND = Plan(
    fee=60.0, results=50.0, sure=0.0, costs=100.0, set_up=20.0, reserves=30.0, months=4, lag=2, up_front=0.0, rate=0.0
)
PLANS = st.builds(
    Plan,
    fee=st.floats(0, 1e5),
    results=st.floats(-1e4, 1e5),
    sure=st.floats(0, 1e4),
    costs=st.floats(0, 2e5),
    set_up=st.floats(0, 1e5),
    reserves=st.floats(0, 1e6),
    months=st.integers(12, 120),
    lag=st.integers(0, 12),
    up_front=st.floats(0, 1),
    rate=st.floats(0, 0.3),
)


def test_a_plan_worked_by_hand() -> None:
    found = cash(BY_HAND)
    assert found.months.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert found.balance.tolist() == [10, -30, -70, -60, -50, 0, 50]
    assert found.without_results.tolist() == [10, -30, -70, -110, -150, -150, -150]
    assert (found.trough, found.trough_month, found.loan, found.interest) == (-70, 2, 70, 0)
    # £80 of results are in hand by month 2 where all of it is paid up front: 70 of 100 would fill the gap.
    assert found.enough_up_front == pytest.approx(0.7)
    assert cash(replace(BY_HAND, up_front=0.7)).balance.tolist() == pytest.approx([10, 5, 0, 10, 20, 35, 50])


def test_what_was_paid_up_front_is_given_back_if_there_are_no_results() -> None:
    found = cash(replace(BY_HAND, up_front=1.0))
    assert found.balance.tolist() == [10, 20, 30, 40, 50, 50, 50]
    assert found.without_results.tolist() == [10, 20, 30, -10, -50, -100, -150]


def test_a_loan_costs_the_yearly_rate_over_a_year() -> None:
    with_loan, interest = borrow(np.full(13, -100.0), 0.08)
    assert with_loan[-1] == pytest.approx(-108)
    assert interest == pytest.approx(8)
    assert borrow(np.full(13, 100.0), 0.08)[1] == 0


def test_no_up_front_share_helps_where_the_fee_and_all_results_do_not_cover_the_costs_at_once() -> None:
    assert np.isnan(cash(replace(BY_HAND, reserves=0.0)).enough_up_front)
    assert np.isnan(cash(replace(BY_HAND, results=-1.0)).enough_up_front)
    assert cash(replace(BY_HAND, reserves=1000.0)).enough_up_front == 0


def test_a_wait_longer_than_the_contract_is_refused() -> None:
    with pytest.raises(ScenarioError, match="paid 5 months after the work, but the contract lasts 4"):
        cash(replace(BY_HAND, lag=5))


@given(PLANS)
def test_in_the_end_the_bank_holds_reserves_and_surplus(plan: Plan) -> None:
    surplus = plan.months * (plan.fee + plan.results - plan.costs) - plan.set_up
    assert cash(plan).balance[-1] == pytest.approx(plan.reserves + surplus, abs=1e-4)


@given(PLANS, st.floats(0, 1))
def test_more_up_front_or_more_reserves_never_lower_the_trough(plan: Plan, more: float) -> None:
    trough = cash(plan).trough
    assert cash(replace(plan, up_front=max(plan.up_front, more))).trough >= trough - 1e-6
    assert cash(replace(plan, reserves=plan.reserves + 1000)).trough == pytest.approx(trough + 1000, abs=1e-6)


@given(PLANS)
def test_the_smallest_up_front_share_is_enough_and_less_is_not(plan: Plan) -> None:
    share = cash(plan).enough_up_front
    if np.isnan(share):
        assert cash(replace(plan, up_front=1.0)).trough < 0
        return
    assert cash(replace(plan, up_front=share)).trough >= -0.006
    if share > 0.001:
        assert cash(replace(plan, up_front=share - 0.001)).trough < 0


@given(PLANS)
def test_the_loan_fills_every_gap_and_its_cost_is_what_it_adds(plan: Plan) -> None:
    found = cash(plan)
    assert found.loan >= -found.trough - 1e-6
    assert found.balance[-1] - found.with_loan[-1] == pytest.approx(found.interest, abs=1e-6)
    assert (found.interest > 0) <= (found.trough < 0)
