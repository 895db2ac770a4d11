"""A price that was found becomes a scenario, also where a weight or a premium stands at the end of its range."""

import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.cheapest import express
from pricing.questions.cheapest.answer import answer
from pricing.scenario.scenario import OWN_TABLE, Scenario
from tests.cohorts import cohort


@pytest.mark.parametrize("people", [(1.0, 466.0), (30.0, 30.0), (466.0, 1.0)])
@pytest.mark.parametrize("first", [0.02, 0.1, 0.5, 0.95])
@pytest.mark.parametrize("second", [0.02, 0.1, 0.5, 0.95])
def test_rounding_leads_out_of_no_range(people: tuple[float, float], first: float, second: float) -> None:
    """Where one measure of a blend is all that pays, its weight is a quotient of two equal sums."""
    table = cohort(
        {
            "people": list(people),
            "needs": [1.0, 4.0],
            "decile": [1.0, 7.0],
            "probability": [first, second],
            "rate": [1.3 * first, 2.9 * second],
            "severity": [1.0, 1.0],
        }
    )
    found = answer(evaluate(Scenario(cohort=OWN_TABLE, metric="blend", smallest_group=1), table))
    if found.check is not None:
        assert found.check.totals["spend_at_benchmark"] == pytest.approx(found.chosen.cost * sum(people), rel=1e-6)


@pytest.mark.parametrize("given", [{"hour_cost": 103.0}, {"case_cost": 2000.0}, {"need_weight": 1.0}], ids=str)
def test_a_premium_of_nothing_is_one_whatever_rounding_says(given: dict[str, float]) -> None:
    """It came out as -2e-16, and the question had no answer."""
    scenario = Scenario(metric="frequency", promise="no_loss", **given)  # type: ignore[arg-type]
    found = answer(evaluate(scenario, shipped.load("greater_manchester")))
    assert found.scenario is None or found.scenario.need_premium >= 0


def test_only_rounding_leads_back_into_a_range() -> None:
    assert express._inside("need_premium", -1e-12) == 0.0
    assert express._inside("need_premium", 1 + 1e-12) == 1.0
    assert express._inside("need_premium", -1e-6) == -1e-6
    assert express._inside("area_multiplier", 1 - 1e-12) == 1.0
