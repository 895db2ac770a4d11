"""The verdict where the average of a group and the people in it point apart, against sums of their own."""

import math

import numpy as np
import pytest
from hypothesis import given

from pricing.evaluate import evaluate
from pricing.people import own_table
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.words.numbers import pence, percent, verdict
from tests.examples import examples
from tests.pricing.words.test_spend import FOUR_TIMES, GM, SOME, scenarios

ONE_ROW = own_table.read(b"people,needs,decile,probability,rate,severity\n120,0,9,0.15,0.3,40\n", "one.csv")


def test_a_good_average_over_many_at_the_minimum_is_told_apart() -> None:
    found = evaluate(FOUR_TIMES, GM)
    left, people = found.incentives.parked, GM.people
    pay, cost = people * found.incentives.extra_pay, people * found.incentives.extra_cost
    for_them, for_others = pay[left].sum() / cost[left].sum(), pay[~left].sum() / cost[~left].sum()
    assert for_them < 1 < found.payback < for_others
    assert verdict(found) == (
        f"This price rewards doing the minimum for {people[left].sum() / people.sum():.0%} of people: an extra £1 of "
        f"the support they need pays back £{for_them:.2f} for them and £{for_others:.2f} for the others, which is "
        f"£{found.payback:.2f} on average."
    )


@examples(60)
@given(scenarios())
def test_what_the_verdict_claims_of_people_is_so(scenario: Scenario) -> None:
    found = evaluate(scenario, SOME)
    share, said = found.totals["parked_people"] / found.totals["people"], verdict(found)
    if "more than the minimum" in said:
        needed = found.incentives.benchmark_hours > found.incentives.least_hours
        more = SOME.people[needed & ~found.incentives.parked].sum()
        assert found.payback < 1
        assert more > 0.94 * SOME.people[needed].sum()
    if "for the others" in said:
        left = found.incentives.parked
        assert np.nanmax(found.incentives.payback[left]) <= 1 + 1e-6
        assert found.payback >= 1
    if "doing the minimum for" in said:
        assert f"minimum for {percent(share)} of people" in said
    assert math.isnan(found.payback) or pence(found.payback) in said


def test_nobody_at_the_minimum_and_a_poor_average_is_told_as_some_of_what_is_needed() -> None:
    found = evaluate(Scenario(cohort=OWN_TABLE), ONE_ROW)
    assert found.payback == pytest.approx(0.70, abs=0.005)
    assert verdict(found) == (
        "This price rewards more than the minimum, but not all of the support that people need: an extra £1 of all of "
        "it pays back £0.70 on average, and 81% of it is not paid for."
    )
