"""The finding of the map of payback, where there is nothing to find too."""

import numpy as np
import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario.scenario import Scenario
from pricing.words.groups import nothing_shown, payback_title
from tests.cohorts import cohort

MANY = shipped.load("greater_manchester")
FEW = cohort(
    {
        "people": np.array([5.0, 9.0]),
        "needs": np.array([1.0, 3.0]),
        "decile": np.array([1.0, 4.0]),
        "probability": np.array([0.3, 0.6]),
        "rate": np.array([0.5, 2.0]),
        "severity": np.array([30.0, 30.0]),
    }
)


def test_the_title_has_the_lowest_and_the_highest() -> None:
    assert payback_title(evaluate(Scenario(), MANY)).startswith(
        "An extra £1 of support pays back £0.30 for people with"
    )


@pytest.mark.parametrize("nothing", [{"specified_share": 1.0}, {"needed_budget": 500.0}])
def test_where_no_more_is_needed_the_title_says_so(nothing: dict[str, float]) -> None:
    assert payback_title(evaluate(Scenario(**nothing), MANY)).startswith("Nobody here needs more support")


def test_groups_that_are_too_small_are_not_said_to_need_nothing() -> None:
    assert payback_title(evaluate(Scenario(), FEW)) == nothing_shown(evaluate(Scenario(), FEW))
    assert "too small" in nothing_shown(evaluate(Scenario(), FEW))
