"""What a schedule rewards person by person: the same as an evaluation says, where a scenario holds the schedule."""

import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.cheapest import rewarded
from pricing.questions.cheapest.answer import answer
from pricing.scenario.scenario import Scenario


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"metric": "frequency"},
        {"metric": "blend"},
        {"metric": "severity", "mission_weight": 0.3},
        {"cohort": "georgia_parole", "area_index": "employment"},
    ],
    ids=str,
)
def test_it_is_what_an_evaluation_says(changes: dict[str, float | str]) -> None:
    scenario = Scenario().with_(**changes)
    found = answer(evaluate(scenario, shipped.load(scenario.cohort)))
    assert found.check is not None
    told, totals = rewarded.under(found.ground, found.chosen.found.prices), found.check.totals
    assert told.parked == pytest.approx(totals["parked_people"] / totals["people"], rel=1e-9)
    assert told.withheld == pytest.approx(found.check.withheld, rel=1e-9)
