"""What is expected and how likely pay is, against people drawn one by one and the contract's words applied to them."""

from typing import Any

import numpy as np
import pytest

from pricing.contract.cohort_change import Changes
from pricing.contract.payment_rule import from_clauses
from pricing.contract.results_pay import of_the_year, settle
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort, FloatArray
from pricing.price.metric_formulas import ALPHA, HARM_DISPERSION
from pricing.price.schedule import outcome
from pricing.questions.results_paid import results_paid
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups

MEASURES = 3000


def counted(scenario: Scenario, changes: Changes, metric: str, size: int, luck: np.random.Generator) -> FloatArray:
    """What ``size`` people and their target come to in each measure, (MEASURES,): better is positive, no effect."""
    people, risk = changes.cohort, changes.risk
    share = people.people / people.people.sum()
    who = luck.choice(len(share), size=(MEASURES, size), p=share)
    if metric == "progress":
        needs = people.needs[who].astype(int)
        met = luck.binomial(needs, scenario.progress_base) - scenario.progress_base * needs
        return np.asarray((changes.weight[who] * met).mean(axis=1))
    if metric == "binary":
        count = (luck.random(who.shape) < people.probability[who]).astype(float)
    else:
        rate = people.rate[who] * luck.gamma(1 / ALPHA, ALPHA, who.shape)
        count = luck.poisson(rate).astype(float)
        if metric == "severity":
            jumps = np.maximum(count / HARM_DISPERSION, 1e-12)
            harm = risk.severity[who] * HARM_DISPERSION * luck.gamma(jumps)
            count = np.where(count > 0, harm, 0.0)
    before = outcome(metric, risk, 0.0)
    target = before[who] if scenario.target == "own" else people.mean(before)
    return np.asarray((changes.weight[who] * (target - count)).mean(axis=1))


CASES: list[tuple[str, dict[str, Any]]] = [
    ("six", {"metric": "frequency", "measured_people": 60.0}),
    ("six", {"metric": "frequency", "measured_people": 500.0, "threshold": 0.1}),
    ("six", {"metric": "frequency", "measured_people": 300.0, "need_premium": 0.3, "flat_zone": "fixed"}),
    ("six", {"metric": "frequency", "measured_people": 100.0, "target": "own", "threshold": 0.1}),
    ("six", {"metric": "severity", "measured_people": 80.0, "deductions": "none"}),
    ("six", {"metric": "severity", "measured_people": 400.0, "target": "own", "threshold": 0.1}),
    ("six", {"metric": "binary", "measured_people": 200.0, "flat_zone": "interval"}),
    ("gm", {"metric": "severity", "measured_people": 400.0, "threshold": 0.1}),
    ("gm", {"metric": "frequency", "measured_people": 200.0, "threshold": 0.05, "threshold_rule": "all_or_nothing"}),
    ("six", {"metric": "frequency", "measured_people": 200.0, "threshold": 0.1, "baseline_people": 300.0}),
    ("six", {"metric": "binary", "measured_people": 200.0, "threshold": 0.1, "baseline_people": 300.0}),
    ("six", {"metric": "severity", "measured_people": 12.0}),
    ("six", {"metric": "severity", "measured_people": 30.0, "need_premium": 0.3, "threshold": 0.1}),
    ("six", {"metric": "frequency", "measured_people": 12.0, "need_premium": 0.3, "deductions": "none"}),
    ("gm", {"metric": "severity", "measured_people": 25.0, "target": "own", "threshold": 0.1}),
    # A baseline of few people is as lopsided as what is measured.
    ("six", {"metric": "severity", "measured_people": 100.0, "baseline_people": 50.0, "deductions": "none"}),
    ("six", {"metric": "binary", "measured_people": 2000.0, "baseline_people": 40.0, "threshold": 0.1}),
    # Those who are drawn bring a target of their own along.
    ("six", {"metric": "frequency", "measured_people": 20.0, "target": "own", "flat_zone": "interval"}),
    ("six", {"metric": "binary", "measured_people": 30.0, "target": "own", "deductions": "none"}),
    # Few reoffenders who do not count alike, few needs, and the few who do much.
    ("six", {"metric": "binary", "measured_people": 40.0, "need_premium": 1.0, "deductions": "none"}),
    ("six", {"metric": "progress", "measured_people": 50.0, "need_premium": 0.3, "threshold": 0.07}),
    ("gm", {"metric": "frequency", "measured_people": 20.0, "need_premium": 0.3, "deductions": "none"}),
]


@pytest.fixture(scope="module")
def manchester() -> Cohort:
    return shipped.load("greater_manchester")


@pytest.mark.parametrize(("name", "settings"), CASES, ids=str)
def test_expected_pay_and_its_chance_are_those_of_simulated_measures(
    name: str, settings: dict[str, Any], manchester: Cohort
) -> None:
    people = manchester if name == "gm" else six_groups()
    scenario = Scenario(**{"results_share": 0.5} | settings)
    contract = settle(scenario, evaluate(scenario, people).terms, people)
    changes = Changes.of(scenario, people, contract.metrics)
    luck = np.random.default_rng(20)
    size, (metric,) = int(scenario.measured_people), contract.metrics
    measured = counted(scenario, changes, metric, size, luck) / changes.base[0]
    if scenario.baseline_people:
        of = counted(scenario, changes, metric, int(scenario.baseline_people), luck) / changes.base[0]
        measured = measured - (of - of.mean())
    assert float(contract.standing[0]) == pytest.approx(measured.mean(), abs=4 * measured.std() / np.sqrt(MEASURES))
    rule, zero = from_clauses(contract.clauses[0]), np.zeros(1)
    paid = rule(measured + 1e-12) / contract.full[0]
    error = 4 * paid.std() / np.sqrt(MEASURES)
    assert float(contract.expected(zero)) / float(contract.value @ contract.full) == pytest.approx(
        paid.mean(), abs=error + 0.01
    )
    chance = (paid > 1e-9).mean()
    slack = 4 * np.sqrt(max(chance * (1 - chance), 1e-4) / MEASURES)
    assert float(contract.paid[0].chance(contract.standing[0])) == pytest.approx(chance, abs=slack + 0.005)


TOPPED_UP: list[dict[str, Any]] = [
    {"metric": "binary", "measured_people": 100.0, "threshold": 0.1},
    {"metric": "binary", "measured_people": 1000.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"},
    {"metric": "frequency", "measured_people": 120.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"},
    {"metric": "frequency", "measured_people": 400.0, "flat_zone": "interval", "deductions": "none"},
    {"metric": "severity", "measured_people": 600.0, "threshold": 0.15, "target": "own"},
    {"metric": "frequency", "measured_people": 200.0, "need_premium": 0.3, "flat_zone": "fixed", "results_cap": 1.0},
    {"metric": "severity", "measured_people": 100.0, "threshold": 0.1},
    {"metric": "severity", "measured_people": 48.0, "target": "own", "deductions": "none"},
    {"metric": "frequency", "measured_people": 48.0, "need_premium": 0.3},
    {"metric": "binary", "measured_people": 24.0, "baseline_people": 100.0, "results_cap": 1.0},
    {"metric": "severity", "measured_people": 200.0, "baseline_people": 100.0, "deductions": "none"},
]


@pytest.mark.parametrize("settings", TOPPED_UP, ids=str)
def test_a_year_that_tops_up_its_quarters_pays_what_simulated_years_are_paid(settings: dict[str, Any]) -> None:
    people = six_groups()
    scenario = Scenario(
        **{"results_share": 0.5, "measured_period": "quarter", "annual_top_up": "yes", "most_lost": 0.0} | settings
    )
    contract = settle(scenario, evaluate(scenario, people).terms, people)
    changes = Changes.of(scenario, people, contract.metrics)
    luck, (metric,) = np.random.default_rng(21), contract.metrics
    size = round(scenario.measured_people / 4)
    measured = np.array([counted(scenario, changes, metric, size, luck) for _ in range(4)]) / changes.base[0]
    if scenario.baseline_people:
        of = counted(scenario, changes, metric, int(scenario.baseline_people), luck) / changes.base[0]
        measured -= of - of.mean()
    clauses = contract.clauses[0]
    by_quarter, by_year = from_clauses(clauses), from_clauses(of_the_year(scenario, clauses))
    quarters = by_quarter(measured + 1e-9).mean(axis=0)
    paid = np.maximum(quarters, by_year(measured.mean(axis=0) + 1e-9)) / contract.full[0]
    expected = float(contract.expected(np.zeros(1))) / float(contract.value @ contract.full)
    assert expected == pytest.approx(paid.mean(), abs=4 * paid.std() / np.sqrt(MEASURES) + 0.01)
    chance = (paid > 1e-9).mean()
    slack = 4 * np.sqrt(max(chance * (1 - chance), 1e-4) / MEASURES)
    assert float(contract.paid[0].chance(contract.standing[0])) == pytest.approx(chance, abs=slack + 0.005)


def reoffenders_and_reoffences(
    people: Cohort, size: int, number: int, luck: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """How many of ``size`` people reoffend, and how often they do, in so many measures; each (number,).

    Those who reoffend do so 1 + n times, n negative binomial, with the mean and the variance of the curves.
    """
    share = people.people / people.people.sum()
    who = luck.choice(len(share), size=(number, size), p=share)
    rate, p = people.rate[who], people.probability[who]
    again = rate / p
    more = np.maximum(again - 1, 1e-9)
    bouts = np.clip((again + ALPHA * rate * again - (1 - p) * again**2 - more) / more**2, 1e-9, ALPHA * rate / more)
    count = np.where(again > 1, 1 + luck.poisson(more * luck.gamma(1 / bouts, bouts)), luck.random(who.shape) < again)
    reoffend = luck.random(who.shape) < p
    return reoffend.sum(axis=1).astype(float), (reoffend * count).sum(axis=1).astype(float)


BY_QUARTER = {"measured_period": "quarter", "annual_top_up": "yes"}


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("six", {"measured_people": 60.0}),
        ("six", {"measured_people": 200.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"}),
        ("gm", {"measured_people": 300.0, "flat_zone": "fixed", "deductions": "none"}),
        ("six", {"measured_people": 100.0, "baseline_people": 100.0, "threshold": 0.1}),
        ("gm", {"measured_people": 200.0, "baseline_people": 600.0, "flat_zone": "fixed", "deductions": "none"}),
        ("six", {"measured_people": 200.0, "deductions": "none"} | BY_QUARTER),
        ("six", {"measured_people": 120.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"} | BY_QUARTER),
        ("six", {"measured_people": 240.0, "baseline_people": 400.0} | BY_QUARTER),
    ],
    ids=str,
)
def test_a_hurdle_pays_what_simulated_measures_are_paid(
    name: str, settings: dict[str, Any], manchester: Cohort
) -> None:
    people = manchester if name == "gm" else six_groups()
    scenario = Scenario(
        **{"metric": "frequency", "binary_hurdle": "yes", "results_share": 0.5, "most_lost": 0.0} | settings
    )
    found = evaluate(scenario, people)
    contract, size = settle(scenario, found.terms, people), int(scenario.measured_people)
    place, luck = contract.metrics.index("frequency"), np.random.default_rng(22)
    parts = 4 if scenario.measured_period == "quarter" else 1
    drawn = [reoffenders_and_reoffences(people, size // parts, MEASURES, luck) for _ in range(parts)]
    rates = np.array([people.mean(people.probability), people.mean(people.rate)])
    fell = 1 - np.array(drawn).swapaxes(0, 1) / (size // parts * rates[:, None, None])
    if scenario.baseline_people:
        before = int(scenario.baseline_people)
        of = np.array(reoffenders_and_reoffences(people, before, MEASURES, luck)) / (before * rates[:, None])
        fell += of[:, None] - 1
    passed = fell[0].mean(axis=0) >= -1e-9
    by_part = from_clauses(contract.clauses[place])(fell[1] + 1e-9)
    past, short = by_part.mean(axis=0), np.minimum(by_part, 0).mean(axis=0)
    if parts > 1:
        year = from_clauses(of_the_year(scenario, contract.clauses[place]))(fell[1].mean(axis=0) + 1e-9)
        past, short = np.maximum(past, year), np.maximum(short, np.minimum(year, 0))
    paid = np.where(passed, past, short) / contract.full[place]
    expected = float(contract.expected(np.zeros(2))) / float(contract.value @ contract.full)
    assert expected == pytest.approx(paid.mean(), abs=4 * paid.std() / np.sqrt(MEASURES) + 0.01)
    chance = (paid > 1e-9).mean()
    slack = 4 * np.sqrt(chance * (1 - chance) / MEASURES)
    assert results_paid(found).chance_of_luck == pytest.approx(chance, abs=slack + 0.005)
    step = np.array([[1e-4, 0.0], [0.0, 1e-4]])
    slopes = (contract.expected(step) - contract.expected(-step)) / 2e-4
    assert contract.marginal(np.zeros(2)) == pytest.approx(slopes, rel=1e-3)
