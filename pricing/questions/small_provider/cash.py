"""Cash, month by month: what is spent now, what is paid later, and how low the bank balance falls in between.

Every month of the contract costs are paid and the fee comes in; a share of expected results pay may come with it (up
front). The results of a month's work fall due so many months later, less what was paid up front for them. So the
balance is a straight line of the up-front share in every month, which gives the smallest sufficient share in closed
form.
"""

from dataclasses import dataclass

import numpy as np

from pricing.errors import ScenarioError
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario.scenario import Scenario

PENNY = 0.005
"""£ below which a balance counts as none."""


@dataclass(frozen=True)
class Plan:
    """What one provider takes in and spends; £ a month while people are supported, unless said otherwise.

    ``fee`` after any share that a prime keeps; ``results`` expected pay for a month's work, below 0 where deductions
    are expected; ``sure`` the part of it that comes whatever the results; ``costs``; ``set_up`` £ once, at the
    start; ``reserves`` £ in the bank before that; ``months`` of support; ``lag`` months until results are paid;
    ``up_front`` share of expected results pay that comes with the service; ``rate`` yearly cost of a loan;
    ``bad_results`` pay for a month's work in the worst year in 20, below 0 where money is taken back.
    """

    fee: float
    results: float
    sure: float
    costs: float
    set_up: float
    reserves: float
    months: int
    lag: int
    up_front: float
    rate: float
    bad_results: float = 0.0


@dataclass(frozen=True, eq=False)
class Cash:
    """The bank balance at the end of every month; arrays (months + lag + 1,), £.

    Attributes
    ----------
    months : 0 is the start, after setting up.
    balance : without a loan; below 0 is money that is not there. without_results : if no result is ever paid, and
        what was paid up front has to be given back.
    every_year_bad : if every year were the worst in 20; where money is taken back this is below ``without_results``.
    with_loan : the balance with interest on what is owed.
    trough, trough_month : the lowest balance and the first month in which it stands so low.
    loan : £ owed at most, with interest, if a loan fills every gap. interest : £ that it costs in all.
    owed_at_end : £ of the loan still owed when the last result has been paid.
    enough_up_front : smallest share of expected results pay which, paid up front, keeps the balance at 0 or above;
        nan where not even all of it does.
    """

    months: FloatArray
    balance: FloatArray
    without_results: FloatArray
    every_year_bad: FloatArray
    with_loan: FloatArray
    trough: float
    trough_month: int
    loan: float
    interest: float
    owed_at_end: float
    enough_up_front: float


def whole_months(months: float) -> int:
    """Months as they are counted here: a month that has begun counts."""
    return int(np.ceil(months - 1e-9))


def check(months: float, lag: float) -> None:
    """Raises ScenarioError where results would only be paid after the contract has ended."""
    if lag > months:
        raise ScenarioError(
            f"Results are paid {lag:g} {'month' if lag == 1 else 'months'} after the work, but the contract lasts "
            f"{months:g}: not one result would "
            "be paid while it runs. Shorten the wait under “When results are paid”, or lengthen the contract."
        )


def plan(scenario: Scenario, year: Surplus) -> Plan:
    """The plan of a scenario's provider, every year of which is like ``year``; raises ScenarioError as `check` does."""
    check(scenario.contract_months, scenario.payment_lag_months)
    sure = 1 - scenario.risk_passed if scenario.held == "prime" else 0.0
    return Plan(
        fee=year.fee / 12,
        results=year.expected_results / 12,
        sure=sure * year.expected_results / 12,
        costs=year.costs / 12,
        set_up=scenario.set_up_cost,
        reserves=scenario.reserves,
        months=whole_months(scenario.contract_months),
        lag=whole_months(scenario.payment_lag_months),
        up_front=scenario.up_front,
        rate=scenario.cost_of_capital,
        bad_results=(year.expected_results - year.expected - year.worst_year) / 12,
    )


def cash(plan: Plan) -> Cash:
    """Follow the money of a plan; raises ScenarioError for a wait longer than the contract."""
    check(plan.months, plan.lag)
    month = np.arange(plan.months + plan.lag + 1, dtype=np.float64)
    worked, due = np.minimum(month, plan.months), np.clip(month - plan.lag, 0, plan.months)
    early = max(plan.results, 0.0) * (worked - due)
    spent = plan.reserves - plan.set_up + (plan.fee - plan.costs) * worked
    balance = spent + plan.results * due + plan.up_front * early
    with_loan, interest = borrow(balance, plan.rate)
    lowest = int(np.argmin(np.round(balance, 6)))
    return Cash(
        months=month,
        balance=balance,
        without_results=spent + plan.sure * due + plan.up_front * early,
        every_year_bad=spent + plan.bad_results * due + plan.up_front * early,
        with_loan=with_loan,
        trough=float(balance[lowest]),
        trough_month=lowest,
        loan=float(max(-with_loan.min(), 0.0)),
        interest=interest,
        owed_at_end=float(max(-with_loan[-1], 0.0)),
        enough_up_front=enough(spent + plan.results * due, early),
    )


def borrow(balance: FloatArray, rate: float) -> tuple[FloatArray, float]:
    """The balance if a loan fills every gap, and the interest in all; a year of months costs ``rate``.

    What is owed grows by (1 + rate)^(1/12) a month, as the present value of late results shrinks.
    """
    monthly = (1 + rate) ** (1 / 12) - 1
    with_loan, interest = np.empty_like(balance), 0.0
    for month, plain in enumerate(balance):
        if month and with_loan[month - 1] < 0:
            interest -= monthly * with_loan[month - 1]
        with_loan[month] = plain - interest
    return with_loan, float(interest)


def enough(without: FloatArray, early: FloatArray) -> float:
    """Smallest share u with ``without + u early >= 0`` in every month; nan where no share up to 1 does."""
    short = without < -PENNY
    if not short.any():
        return 0.0
    if np.any(early[short] <= 0):
        return float("nan")
    share = float(np.max(-without[short] / early[short]))
    return share if share <= 1 else float("nan")
