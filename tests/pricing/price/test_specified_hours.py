"""Hours that the contract writes down: given whatever results pay, on linear contracts and others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import Scenario
from tests.examples import examples
from tests.properties.test_identities import cohorts, scenarios

MANY = shipped.load("greater_manchester")


@examples(12)
@given(scenarios(mechanics=True), cohorts())
def test_nobody_gets_less_than_what_is_written_down(scenario: Scenario, people: Cohort) -> None:
    found = evaluate(scenario, people).incentives
    written = np.maximum(scenario.specified_share * found.benchmark_hours, scenario.minimum_hours)
    assert np.all(found.least_hours == written)
    assert np.all(found.chosen_hours >= written)


@examples(30)
@given(scenarios(specified_share=0.0), cohorts(), st.floats(0, 1))
def test_hours_that_the_price_rewards_beyond_it_stay_as_they_are(
    scenario: Scenario, people: Cohort, share: float
) -> None:
    """Where pay is linear and has one peak: the best hours if there are more of them, else what is written down."""
    if scenario.weights().get("progress") and scenario.progress_effect * scenario.max_effect > 1:
        return
    free = evaluate(scenario, people).incentives
    bound = evaluate(scenario.with_(specified_share=share), people).incentives
    expected = np.maximum(free.chosen_hours, bound.least_hours)
    assert bound.chosen_hours == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_with_every_needed_hour_written_down_nothing_is_withheld() -> None:
    found = evaluate(Scenario(specified_share=1.0), MANY)
    assert found.withheld == 0
    assert found.totals["parked_people"] == 0
    assert np.isnan(found.payback)  # there is no extra £1 to pay back
