"""Measures of people of whom few reoffend: it is those who do that are few, and their luck is counted as such."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pricing.contract.measured import LEAST_EXPECTED, felt
from pricing.errors import ScenarioError
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.price.metric_formulas import ALPHA, HARM_DISPERSION
from pricing.questions.results_paid import contract_of, results_paid
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.pricing.contract.simulated import play

MEASURES = 50_000


def rare(chance: float) -> Cohort:
    """Six groups of whom everyone has the same small chance, and reoffends once if at all."""
    people = six_groups()
    alike = np.full_like(people.probability, chance)
    return replace(people, probability=alike, rate=alike)


def share_beyond(metric: str, measured: int, people: Cohort) -> float:
    """Share of drawn measures that are better than expected by a tenth, of people who are drawn."""
    luck, chance = np.random.default_rng(2026), float(people.probability[0])
    if metric == "binary":
        return float((luck.binomial(measured, chance, MEASURES) <= 0.9 * measured * chance).mean())
    # Those who count alike add up to a negative binomial number again.
    each = luck.negative_binomial(measured / ALPHA, 1 / (1 + ALPHA * chance), MEASURES)
    if metric == "frequency":
        return float((each <= 0.9 * measured * chance).mean())
    by_group = luck.multinomial(each, people.people / people.people.sum())
    harm = people.severity * HARM_DISPERSION * luck.gamma(by_group / HARM_DISPERSION)
    return float((harm.sum(axis=1) <= 0.9 * measured * chance * people.mean(people.severity)).mean())


@pytest.mark.parametrize("metric", ["binary", "frequency", "severity"])
@pytest.mark.parametrize(("measured", "chance"), [(6000, 2e-3), (21_000, 2e-3), (40_000, 5e-4), (40_000, 0.02)])
def test_the_chance_of_pay_is_that_of_those_who_reoffend(metric: str, measured: int, chance: float) -> None:
    """Taken as normal, since so many are measured, it was up to .06 off."""
    people = rare(chance)
    found = evaluate(Scenario(metric=metric, measured_people=measured, threshold=0.1, results_share=0.5), people)
    drawn = share_beyond(metric, measured, people)
    assert results_paid(found).chance_of_luck == pytest.approx(drawn, abs=0.005)


OF_FEW: tuple[tuple[float, float, dict[str, Any]], ...] = (
    (10, 0.02, {"metric": "severity", "target": "own"}),
    (1, 0.1, {"metric": "severity", "need_premium": 0.4, "uplift_applies_to": "results"}),
)


@pytest.mark.parametrize(("measured", "chance", "about"), OF_FEW, ids=str)
def test_so_it_is_of_few_of_whom_hardly_anybody_does(measured: float, chance: float, about: dict[str, Any]) -> None:
    people = rare(chance)
    scenario = Scenario(measured_people=measured, threshold=0.1, results_share=0.5, **about)
    found = evaluate(scenario, people)
    played = play(scenario, contract_of(found), people, np.zeros_like(people.rate), MEASURES, 2026)
    assert results_paid(found).chance_of_luck == pytest.approx(played.chance, abs=0.005)


@pytest.mark.parametrize("metric", ["frequency", "severity", "blend"])
@pytest.mark.parametrize("few", ["measured_people", "baseline_people"])
def test_a_measure_of_next_to_nothing_is_refused_with_a_reason(metric: str, few: str) -> None:
    numbers = {"measured_people": 1000.0, "baseline_people": 1000.0, few: 4.0}
    scenario = Scenario(metric=metric, threshold=0.1, results_share=0.5, **numbers)
    with pytest.raises(ScenarioError, match=r"Of the 4 people in .+, 0\.06 reoffences are expected"):
        evaluate(scenario, rare(0.015))
    assert LEAST_EXPECTED > 4 * 0.015
    evaluate(scenario.with_(metric="binary"), rare(0.015))
    evaluate(scenario, rare(0.03))


@pytest.mark.parametrize("key", shipped.names())
def test_as_many_reoffend_of_the_people_that_are_shipped_as_of_any(key: str) -> None:
    assert felt(5000, shipped.load(key)) == 5000


def test_few_are_felt_as_fewer() -> None:
    assert felt(40_000, rare(0.01)) == pytest.approx(2000)


def test_a_number_that_is_next_to_nothing_is_written_out() -> None:
    with pytest.raises(ScenarioError, match=r"Of the 1 person in a measure, 0\.00003 reoffences are expected"):
        evaluate(Scenario(metric="severity", measured_people=1.0, threshold=0.1, results_share=0.5), rare(3e-5))
