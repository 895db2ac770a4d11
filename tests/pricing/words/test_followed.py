"""The group that a reader follows: its figures are those of its people, under a price and under A beside it."""

import json

import numpy as np
import pytest
from hypothesis import given

from pricing.command.line import run
from pricing.errors import ParameterError
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from pricing.words import followed
from tests.cohorts import six_groups
from tests.examples import examples
from tests.pages.visit import visit
from tests.pricing.take_away import covers
from tests.properties.test_identities import cohorts, scenarios

GM = shipped.load("greater_manchester")
THREE = {"followed_needs": 3.0, "followed_tenths": 3.0}


def test_three_needs_or_more_in_tenths_one_to_three() -> None:
    scenario = Scenario(**THREE)
    evaluation = evaluate(scenario, GM)
    groups = evaluation.groups("needs", "decile")
    there = groups[(groups["needs"] >= 3) & (groups["decile"] <= 2)]
    found = followed.of(evaluation)
    assert found is not None
    assert found.people == there["people"].sum()
    for measure in followed.MEANS:
        mean = np.average(there[measure], weights=there["people"])
        assert getattr(found, measure) == pytest.approx(mean)
    extra = [
        GM.people * (GM.needs >= 3) * (GM.deciles["overall"] <= 3) * values
        for values in (evaluation.incentives.extra_pay, evaluation.incentives.extra_cost)
    ]
    assert found.payback == pytest.approx(extra[0].sum() / extra[1].sum())
    assert followed.sentence(evaluation).startswith(
        f"People with 3 needs or more in deprivation tenths 1 to 3 ({found.people:,.0f}): an extra £1 pays back £"
    )


@pytest.mark.parametrize(
    ("needs", "tenths", "name"),
    [
        (1, 10, "people with 1 need or more"),
        (5, 1, "people with 5 needs in the most deprived tenth"),
        (0, 4, "people in deprivation tenths 1 to 4"),
    ],
)
def test_it_is_named_as_it_is_set(needs: float, tenths: float, name: str) -> None:
    assert followed.name(Scenario(followed_needs=needs, followed_tenths=tenths)) == name


@examples(30)
@given(scenarios(), cohorts())
def test_it_is_never_more_than_its_people_and_moves_nothing(scenario: Scenario, people: Cohort) -> None:
    scenario = scenario.with_(cohort="own_table")
    evaluation = evaluate(scenario, people)
    there = followed.who(scenario, people)
    found = followed.of(evaluation)
    assert (found is None) == (not followed.is_set(scenario) or not people.people[there].sum())
    alone = evaluate(scenario.with_(followed_needs=0.0, followed_tenths=10.0), people)
    assert alone.totals == evaluation.totals
    if found is not None:
        assert found.people == people.people[there].sum()
        assert 0 <= found.parked <= 1
        assert "nan" not in followed.sentence(evaluation)


def test_too_few_are_not_shown() -> None:
    few = Scenario(followed_needs=5.0, followed_tenths=2.0, cohort="georgia_parole")
    assert followed.of(evaluate(few, shipped.load("georgia_parole"))) is None
    assert followed.sentence(evaluate(few, shipped.load("georgia_parole"))).endswith("too few to be shown.")
    own = Scenario(followed_needs=5.0, followed_tenths=2.0, cohort="own_table")
    assert followed.of(evaluate(own, six_groups())) is not None
    assert followed.sentence(evaluate(Scenario(), GM)) == ""


def test_half_a_need_is_refused() -> None:
    with pytest.raises(ParameterError, match="not a whole number of needs"):
        links.read_value("followed_needs", ["2.5"])


@pytest.mark.parametrize("page", ["start_here", "set_the_price", "who_it_pays_to_help", "compare", "how_sure"])
def test_it_is_followed_on_the_pages_where_groups_stand(page: str) -> None:
    query = {"followed_needs": "3", "followed_tenths": "3", "a.results_share": "0.5"}
    at = visit(page, **query)
    assert not at.exception
    b = evaluate(Scenario(**THREE), GM)
    said = followed.sentence(b, evaluate(Scenario(results_share=0.5), GM))
    assert "Under A: an extra £1" in said
    assert any(said in box.value for box in at.main.info)
    assert at.query_params["followed_needs"] == "3"


def test_it_leaves_with_the_price(capsys: pytest.CaptureFixture[str]) -> None:
    made = covers.of(Scenario(**THREE), a=Scenario(results_share=0.5))
    assert "Under A" in dict(made.lines())["The group followed"]
    run(["evaluate", "--set", "followed_needs=3", "--set", "followed_tenths=3"])
    document = json.loads(capsys.readouterr().out)
    found = followed.of(evaluate(Scenario(**THREE), GM))
    assert found is not None
    assert document["followed"]["payback"] == pytest.approx(found.payback)
    run(["compare", "--set", "followed_needs=3", "--set", "followed_tenths=3", "--a", "results_share=0.5"])
    both = json.loads(capsys.readouterr().out)["followed"]
    assert both["b"]["payback"] == pytest.approx(found.payback)
    assert both["a"]["payback"] > both["b"]["payback"]
