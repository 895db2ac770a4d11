"""A price that was found becomes a scenario, also where a weight or a premium stands at the end of its range."""

import pytest

from pricing.evaluate import evaluate
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
