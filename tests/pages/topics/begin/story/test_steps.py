"""The story: what each of its steps claims, held on both built-in cohorts and on a table of a reader's own."""

import numpy as np
import pytest

from pages.frame.pages_list import PAGES
from pages.kit import groups
from pages.topics.begin.story.answers import (
    FLAT,
    NEED_AND_PLACE,
    NEEDS_ONLY,
    ON_FEE,
    PLACE_TOO,
    share_needed,
)
from pages.topics.begin.story.step_answer import Hold, StepAnswer, risks, shown
from pages.topics.begin.story.steps import STEPS, Step
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.scenario.presets import Settings
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups

BY_KEY = {step.key: step for step in STEPS}
COHORTS = ("greater_manchester", "georgia_parole")


@pytest.fixture(scope="module", params=COHORTS)
def hold(request: pytest.FixtureRequest) -> Hold:
    people = shipped.load(request.param)
    kept: dict[Scenario, Evaluation] = {}

    def held(changes: Settings) -> Evaluation:
        scenario = Scenario(cohort=people.name).with_(**changes)
        if scenario not in kept:
            kept[scenario] = evaluate(scenario, people)
        return kept[scenario]

    return held


def right(step: Step, answer: StepAnswer) -> str:
    return step.choices[answer.choice]


def by_needs(evaluation: Evaluation) -> FloatArray:
    values = groups.along(evaluation, "needs", "payback")
    return values[slice(shown(values)[0], shown(values)[1] + 1)]


def test_there_are_six_steps_each_with_a_page_to_play_on() -> None:
    assert len(STEPS) == len(BY_KEY) == 6
    assert {step.page for step in STEPS} <= set(PAGES)
    assert all(len(set(step.choices)) == len(step.choices) >= 3 for step in STEPS)


def test_needs_come_together_and_risk_rises_with_them(hold: Hold) -> None:
    step = BY_KEY["people"]
    answer = step.answer(hold)
    risk = risks(hold(FLAT), "needs")
    risk = risk[~np.isnan(risk)]
    assert list(risk) == sorted(risk)
    cohort = hold(FLAT).cohort
    several = 100 * cohort.people[cohort.needs >= 2].sum() / cohort.people.sum()
    assert right(step, answer) == "50 to 74"
    assert answer.told.startswith(f"{several:.0f} in 100 ")


def test_a_flat_price_pays_back_least_for_those_with_the_most_needs(hold: Hold) -> None:
    step = BY_KEY["flat"]
    answer = step.answer(hold)
    payback = by_needs(hold(FLAT))
    assert list(payback) == sorted(payback, reverse=True)
    assert right(step, answer) == "Less than 50p"
    assert answer.told.startswith(f"£{payback[-1]:.2f} for people with ")


def test_a_premium_on_the_fee_moves_margins_and_nothing_else(hold: Hold) -> None:
    step = BY_KEY["premium"]
    answer = step.answer(hold)
    assert right(step, answer) == "It does not move"
    assert by_needs(hold(ON_FEE)) == pytest.approx(by_needs(hold(FLAT)))
    assert "multiplies what is taken back" in answer.told
    assert all(trace.line.dash for trace in answer.figure.data)


def test_the_same_needs_pay_back_less_in_a_deprived_place_until_place_is_priced(hold: Hold) -> None:
    step = BY_KEY["place"]
    assert right(step, step.answer(hold)) == "For the least deprived, by more than a quarter"
    ratios = []
    for changes in (NEEDS_ONLY, PLACE_TOO):
        payback = groups.grid(hold(changes), "needs", "decile", "payback")[2]
        ratios.append(payback[9] / payback[0])
    assert ratios[0] > 1.5
    assert ratios[1] == pytest.approx(1, abs=0.1)


def test_counting_each_reoffence_at_least_doubles_it_for_those_with_the_most_needs(hold: Hold) -> None:
    step = BY_KEY["counts"]
    assert right(step, step.answer(hold)) == "It at least doubles"


def test_the_share_that_it_takes_is_the_smallest_that_is_enough(hold: Hold) -> None:
    step = BY_KEY["takes"]
    answer = step.answer(hold)
    needed = share_needed(hold(NEED_AND_PLACE))
    assert answer.changes["results_share"] == needed
    assert hold(answer.changes).payback >= 1
    assert hold({**NEED_AND_PLACE, "results_share": needed - 0.01}).payback < 1
    assert right(step, answer) == "21% to 40%"
    assert answer.told.startswith(f"It takes {needed:.0%}. ")


@pytest.mark.parametrize("step", STEPS, ids=BY_KEY)
def test_every_step_can_be_told_of_a_table_of_ones_own(step: Step) -> None:
    people = six_groups()
    answer = step.answer(lambda changes: evaluate(Scenario(cohort="own_table").with_(**changes), people))
    assert 0 <= answer.choice < len(step.choices)
    assert "nan" not in answer.told + answer.title
