"""The finding of the map of payback, where there is nothing to find too."""

import numpy as np
import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario.scenario import Scenario
from pricing.words import groups
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


@pytest.mark.parametrize("name", ["greater_manchester", "georgia_parole"])
def test_one_measure_by_group_is_that_of_the_table_of_all(name: str) -> None:
    evaluation = evaluate(Scenario(cohort=name, target="own", need_premium=0.2), shipped.load(name))
    table = evaluation.groups("decile", "needs")
    there = table["decile"].to_numpy(), table["needs"].to_numpy()
    for measure in table.columns[2:]:
        people, values = evaluation.in_groups(measure, "decile", "needs")
        assert people[there].tolist() == table["people"].tolist()
        np.testing.assert_array_equal(values[there], table[measure])
        assert np.count_nonzero(people) == len(table)
        shown = groups.grid(evaluation, "decile", "needs", measure)
        np.testing.assert_array_equal(shown, np.where(people >= groups.SMALLEST_GROUP, values, np.nan))
        by_needs = evaluation.groups("needs")
        np.testing.assert_array_equal(evaluation.in_groups(measure, "needs")[1][by_needs["needs"]], by_needs[measure])
