"""Quarters that a year tops up, against what follows from one of them; and who passes a hurdle in whole people."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.baseline import BaselineError
from pricing.contract.counted.offenders import Offenders
from pricing.contract.counted.poisson_binomial import Count
from pricing.contract.counted.quarters_of_counts import topped_up_count
from pricing.contract.measured import Measured, people_measured
from pricing.contract.pay_under_luck import Exact
from pricing.contract.payment_rule import PaymentRule, from_clauses
from pricing.contract.results_pay import ResultsContract, settle
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.price.schedule import settle as settle_terms
from pricing.questions.results_paid import contract_of
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import in_turn

ALL_OR_NOTHING: dict[str, Any] = {"threshold_rule": "all_or_nothing", "measured_period": "quarter"}


@pytest.fixture(scope="module")
def manchester() -> Cohort:
    return shipped.load("greater_manchester")


def settled(people: Cohort, **settings: Any) -> ResultsContract:
    scenario = Scenario(results_share=0.5, **ALL_OR_NOTHING, **settings)
    return settle(scenario, settle_terms(scenario, people), people)


@pytest.mark.parametrize(
    "settings",
    [
        # A point in which the threshold lay was paid as at its middle: .927 where .937 is right.
        {"metric": "progress", "measured_people": 414.0, "area_multiplier": 2.0},
        {"metric": "binary", "measured_people": 418.0, "target": "own", "need_premium": 0.3, "threshold": 0.05},
        {"metric": "severity", "measured_people": 100.0, "threshold": 0.1},
        {"metric": "frequency", "measured_people": 300.0, "need_premium": 0.3, "threshold": 0.05},
    ],
    ids=str,
)
def test_a_year_of_all_or_nothing_pays_unless_all_four_quarters_fail(
    settings: dict[str, Any], manchester: Cohort
) -> None:
    # Where the year reaches a threshold one of its quarters does.
    topped, quarter = (settled(manchester, annual_top_up=each, **settings) for each in ("yes", "no"))
    assert topped.clauses == quarter.clauses
    alone = float(quarter.paid[0].chance(quarter.standing[0]))
    assert float(topped.paid[0].chance(topped.standing[0])) == pytest.approx(1 - (1 - alone) ** 4, abs=0.002)


@pytest.mark.parametrize(
    ("people", "settings"),
    in_turn(
        ["georgia_parole", "greater_manchester", "six"],
        [
            # Quarters were taken to come about as without support: .924 where .938 is right.
            {"metric": "frequency", "measured_people": 1500.0, "need_premium": 0.3},
            {"metric": "severity", "measured_people": 400.0, "need_premium": 0.3},
            {"metric": "frequency", "measured_people": 200.0, "need_premium": 0.3},
            {"metric": "binary", "measured_people": 100.0, "need_premium": 1.0},
            {"metric": "severity", "measured_people": 400.0, "target": "own"},
            {"metric": "progress", "measured_people": 300.0, "need_premium": 0.3},
        ],
    ),
    ids=str,
)
def test_so_it_does_once_support_has_changed_how_unlike_people_are(people: str, settings: dict[str, Any]) -> None:
    cohort = six_groups() if people == "six" else shipped.load(people)
    scenario = Scenario(results_share=1.0, threshold=0.1, annual_top_up="yes", **ALL_OR_NOTHING, **settings)
    contract = contract_of(evaluate(scenario, cohort))
    (topped,), (standing,) = contract.paid, contract.standing
    measured = Measured(scenario, Changes.of(scenario, cohort, contract.metrics), contract.line)
    one = measured.count(contract.metrics[0], round(people_measured(scenario)))
    assert one is not None
    quarter = Exact(from_clauses(contract.clauses[0]), one, standing=float(standing))
    change = standing + np.linspace(0.0, measured.of_metric(contract.metrics[0])[-1][0], 12)
    fails = 1 - quarter.chance(change)
    assert topped.chance(change) == pytest.approx(1 - fails**4, abs=0.006)
    # The slope is that of the chance, which is what is paid here.
    step = 1e-4
    rises = (topped.expected(change[1:-1] + step) - topped.expected(change[1:-1] - step)) / (2 * step)
    assert topped.marginal(change[1:-1]) == pytest.approx(rises, rel=0.02, abs=0.02 * np.abs(rises).max())


def test_a_normal_baseline_of_a_topped_up_count_moves_all_four_quarters_alike() -> None:
    # Counts that stand on the threshold pay with a chance of a half each way, all four together: .04 too much was paid.
    people, sd = six_groups(), 0.03
    quarter, year = (Count.like(people, size, drawn=True) for size in (2, 8))
    rule = PaymentRule.through(0.0, 0.0, [(float(quarter.changes[1]), 1.0, 0.0)])
    found = topped_up_count((quarter, year), (rule, rule), 0.0, BaselineError.normal(sd))
    chances, threshold = quarter.chances(np.zeros(1))[0][0], float(quarter.changes[1])
    expected = any_pay = 0.0
    for counts in product(range(3), repeat=4):
        changes = quarter.changes[list(counts)]
        # What the baseline has to be off by for each quarter, and for the year, to be paid.
        needed = np.sort(threshold - changes)
        year_at = threshold - float(changes.mean())
        steps = np.unique(np.append(needed, year_at))
        paid = [float(max((needed <= at).mean(), float(year_at <= at))) for at in steps]
        likely = float(np.prod(chances[list(counts)]))
        upto = np.append(ndtr(-steps / sd), 0.0)
        expected += likely * float(np.array(paid) @ (upto[:-1] - upto[1:]))
        any_pay += likely * float(upto[0])
    assert float(found.expected(0.0)) == pytest.approx(expected, abs=0.004)
    assert float(found.chance(0.0)) == pytest.approx(any_pay, abs=0.004)


def test_as_many_reoffenders_as_the_baseline_has_pass_a_hurdle(manchester: Cohort) -> None:
    # 176 of 500 stood in the baseline as 175.99999997, and 176 were turned away.
    scenario = Scenario(metric="frequency", binary_hurdle="yes", measured_people=500.0, results_share=0.5)
    changes = Changes.of(scenario, manchester, ("frequency", "binary"))
    people = Offenders.like(changes, 500)
    assert (1 - people.least) * people.means[0] * people.size == pytest.approx(176.5, abs=1e-6)
