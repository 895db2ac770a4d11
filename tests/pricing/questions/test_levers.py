"""The levers of a price: each step is an evaluation of its own, and the next step does what is said of it."""

import json
import re

import pytest
from hypothesis import given

from pages.topics.price.set_the_price import words
from pricing.command.line import run
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions import levers
from pricing.scenario.scenario import Scenario, specs
from tests.examples import examples
from tests.properties.test_identities import cohorts, scenarios

GM = shipped.load("greater_manchester")


def test_at_the_defaults_the_next_step_is_more_on_results() -> None:
    found = levers.levers(evaluate(Scenario(), GM))
    assert [lever.name for lever in found] == [*levers.STEPS, "target"]
    by = {lever.name: lever for lever in found}
    assert round(by["results_share"].lifted) == 848
    assert round(by["results_share"].extra_cost) == 708918
    best = levers.next_step(found)
    assert best is by["results_share"]
    assert words.title(found, Scenario()) == (
        "The next step: “Share of the contract paid on results”, 20% → 30%. Then 848 people are no longer left under "
        "£1, for £708,918 more a year"
    )


def test_the_weight_of_the_reduction_priced_for_is_seen() -> None:
    """D17: it looks like a technicality, and a step of it can cost more than any other."""
    scenario = Scenario(target="own", metric="frequency", results_share=0.5, priced_reduction=0.03)
    by = {lever.name: lever for lever in levers.levers(evaluate(scenario, GM))}
    assert by["priced_reduction"].extra_cost == max(lever.extra_cost for lever in by.values())
    assert by["priced_reduction"].extra_cost > 10e6


@examples(12)
@given(scenarios(), cohorts())
def test_a_step_is_what_its_evaluation_says(scenario: Scenario, people: Cohort) -> None:
    evaluation = evaluate(scenario, people)
    found = levers.levers(evaluation)
    for lever in found:
        spec, moved = specs()[lever.name], scenario.with_(**{lever.name: lever.value})
        assert spec.check(lever.name, lever.value) == lever.value != getattr(scenario, lever.name)
        after = evaluate(moved, people)
        assert lever.after.cost == after.totals["spend_at_chosen"]
        assert lever.after.payback == pytest.approx(after.payback, nan_ok=True)
        assert lever.before.under <= evaluation.totals["people"] + 1e-9


@examples(25)
@given(scenarios(), cohorts())
def test_the_next_step_does_what_is_said_of_it(scenario: Scenario, people: Cohort) -> None:
    found = levers.levers(evaluate(scenario, people))
    if not words.tested(found):
        return
    said, best = words.title(found, scenario), levers.next_step(found)
    assert "nan" not in said
    assert not re.search(r"(£[\d.,]+) on average, not \1,", said)
    if best is None:
        assert not found[0].before.under or all(lever.lifted < 0.005 and lever.payback < 0.005 for lever in found)
        return
    assert best.lifted > 0 or best.payback > 0
    dominating = [
        lever
        for lever in found
        if lever.lifted > best.lifted + 1e-9 and lever.payback > best.payback and lever.extra_cost < best.extra_cost
    ]
    assert not dominating


def test_a_step_whose_payback_reads_alike_is_not_said_to_differ_from_itself() -> None:
    before, after = (levers.PriceStands(1000.0, 2000.0, payback, 50.0) for payback in (0.4455, 0.4545))
    step = levers.PriceStep("results_share", 0.3, before, after)
    assert levers.next_step([step]) is step
    assert "Then an extra £1 pays back a little more on average, for" in words.title([step], Scenario())


def test_a_step_that_raises_the_payback_by_less_than_half_a_penny_is_not_said_to_raise_nothing() -> None:
    before, after = (levers.PriceStands(1000.0, 2000.0, payback, 50.0) for payback in (0.0, 0.0016))
    step = levers.PriceStep("results_share", 0.1, before, after)
    assert levers.next_step([step]) is None
    said = words.title([step], Scenario())
    assert said.endswith("raises what an extra £1 of support pays back on average by half a penny")


def test_a_lever_at_its_end_has_no_step() -> None:
    scenario = Scenario(results_share=1.0, target="own", priced_reduction=0.01)
    assert not {"results_share", "target", "priced_reduction"} & set(levers.steps(scenario))
    assert levers.steps(Scenario(results_share=0.95))["results_share"] == 1.0


def test_where_nobody_is_left_under_one_pound_no_step_is_named() -> None:
    scenario = Scenario(target="own", results_share=1.0)
    found = levers.levers(evaluate(scenario, GM))
    assert found[0].before.under == 0
    assert levers.next_step(found) is None
    assert words.title(found, scenario) == "No group is left under £1: no step is needed for that"


def test_the_command_gives_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    run(["levers"])
    document = json.loads(capsys.readouterr().out)
    found = levers.levers(evaluate(Scenario(), GM))
    assert document["next"] == "results_share"
    assert [row["extra_cost"] for row in document["levers"]] == pytest.approx([lever.extra_cost for lever in found])
    run(["levers", "--format", "csv"])
    assert capsys.readouterr().out.splitlines()[1].startswith("name,from,to,extra_cost")
