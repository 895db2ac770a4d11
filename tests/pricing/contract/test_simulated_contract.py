"""What is expected and how likely pay is, against people drawn one by one and the contract's words applied to them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.hurdle_of_counts import CountedHurdle
from pricing.contract.measured import of_the_year
from pricing.contract.payment_rule import from_clauses
from pricing.contract.results_pay import ResultsContract, settle
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price.metric_formulas import ALPHA, HARM_DISPERSION
from pricing.price.schedule import outcome
from pricing.price.schedule import settle as settle_terms
from pricing.questions.results_paid import contract_of
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


OWN = {"target": "own", "deductions": "none"}
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
    # Falls beyond all of the baseline, which few people can measure, were paid as if there were no more steps.
    ("six", {"metric": "frequency", "measured_people": 4.0, "threshold": 0.25, "threshold_rule": "steps"} | OWN),
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
    contract = settle(scenario, settle_terms(scenario, people), people)
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
    contract = settle(scenario, settle_terms(scenario, people), people)
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


def reoffences_and_reoffenders(
    scenario: Scenario, changes: Changes, size: int, luck: np.random.Generator, effect: float = 0.0
) -> FloatArray:
    """Measured changes of reoffences and of reoffenders of ``size`` people, (2, MEASURES), after a fall in log-odds.

    Those who reoffend do so 1 + n times, n negative binomial, with the mean and the variance of the curves.
    """
    people = changes.cohort
    share = people.people / people.people.sum()
    if len(share) < size:  # how many of each cell come, and what they come to together
        who = np.broadcast_to(np.arange(len(share)), (MEASURES, len(share)))
        number = luck.multinomial(size, share, size=MEASURES)
    else:
        who = luck.choice(len(share), size=(MEASURES, size), p=share)
        number = np.ones(who.shape, dtype=np.int64)
    rate, p = people.rate[who] * np.exp(-effect), changes.risk.reoffending(effect)[who]
    again = rate / p
    more = np.maximum(again - 1, 1e-9)
    bouts = np.clip((again + ALPHA * rate * again - (1 - p) * again**2 - more) / more**2, 1e-9, ALPHA * rate / more)
    reoffend = luck.binomial(number, p)
    often = reoffend + luck.poisson(more * luck.gamma(np.maximum(reoffend, 1e-12) / bouts, bouts)) * (reoffend > 0)
    count = np.where(again > 1, often, luck.binomial(reoffend, np.minimum(again, 1.0)))
    found = []
    for each, before in ((count, people.rate), (reoffend, people.probability)):
        target = before[who] if scenario.target == "own" else people.mean(before)
        counted = (changes.weight[who] * (number * target - each)).sum(axis=1)
        found.append(counted / (size * people.mean(changes.weight * before)))
    return np.array(found)


BY_QUARTER = {"measured_period": "quarter", "annual_top_up": "yes"}


EFFECT = 0.12
"""Fall in log-odds of everyone at which a hurdle is looked at too."""


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("six", {"measured_people": 60.0}),
        ("six", {"measured_people": 200.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"}),
        ("gm", {"measured_people": 120.0, "flat_zone": "fixed", "deductions": "none"}),
        ("six", {"measured_people": 30.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"}),
        ("six", {"measured_people": 300.0, "need_premium": 0.3, "deductions": "none"}),
        ("six", {"measured_people": 40.0, "target": "own"}),
        ("six", {"measured_people": 1500.0, "threshold": 0.05, "deductions": "none"}),
        ("six", {"measured_people": 100.0, "baseline_people": 100.0, "threshold": 0.1}),
        ("gm", {"measured_people": 100.0, "baseline_people": 150.0, "flat_zone": "fixed", "deductions": "none"}),
        ("six", {"measured_people": 200.0, "baseline_people": 3000.0, "deductions": "none"}),
        ("six", {"measured_people": 200.0, "deductions": "none"} | BY_QUARTER),
        ("six", {"measured_people": 120.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"} | BY_QUARTER),
        ("six", {"measured_people": 80.0, "target": "own", "deductions": "none"} | BY_QUARTER),
        ("six", {"measured_people": 160.0, "need_premium": 0.3} | BY_QUARTER),
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
    contract = settle(scenario, settle_terms(scenario, people), people)
    changes, luck = Changes.of(scenario, people, contract.metrics), np.random.default_rng(22)
    hurdle, size = contract.hurdle, int(scenario.measured_people)
    assert contract.metrics == ("frequency", "binary")
    assert isinstance(hurdle, CountedHurdle)
    for effect in (0.0, EFFECT):
        fell = measured_at(scenario, changes, size, luck, effect)
        paid = paid_past_hurdle(scenario, contract, fell) / contract.full[0]
        true = changes.at(np.full(len(people.people), effect))
        expected = float(contract.expected(true)) / float(contract.value @ contract.full)
        assert expected == pytest.approx(paid.mean(), abs=4 * paid.std() / np.sqrt(MEASURES) + 0.01)
        chance = (paid > 1e-7).mean()
        slack = 4 * np.sqrt(max(chance * (1 - chance), 1e-4) / MEASURES)
        assert float(hurdle.chance(*(true + contract.standing))) == pytest.approx(chance, abs=slack + 0.005)
        step = np.array([[1e-4, 0.0], [0.0, 1e-4]])
        slopes = (contract.expected(true + step) - contract.expected(true - step)) / 2e-4
        assert contract.marginal(true) == pytest.approx(slopes, rel=1e-3)


@pytest.mark.parametrize(
    "settings",
    [
        # One polynomial swung where the line of effort bends: .441 where .407 is right.
        {"need_premium": 0.3, "measured_people": 400.0},
        {"measured_people": 1500.0, "measured_period": "quarter", "annual_top_up": "yes", "threshold": 0.1},
        {"need_premium": 0.3, "measured_people": 100.0, "target": "own", "baseline_people": 200.0},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["gm", "six"])
def test_a_hurdle_that_is_tabulated_pays_what_it_pays_worked_out(
    name: str, settings: dict[str, Any], manchester: Cohort
) -> None:
    people = manchester if name == "gm" else six_groups()
    scenario = Scenario(metric="frequency", binary_hurdle="yes", results_share=1.0, **settings)
    contract = contract_of(evaluate(scenario, people))
    hurdle, line = contract.hurdle, contract.line
    assert isinstance(hurdle, CountedHurdle)
    assert line is not None
    change = line.changed[line.supported]
    for one in change[np.linspace(0, len(change) - 1, 6).astype(int)] + contract.standing:
        known = replace(hurdle, once=True)
        assert float(hurdle.chance(*one)) == pytest.approx(float(known.chance(*one)), abs=0.006)
        assert float(hurdle.expected(*one)) / contract.full[0] == pytest.approx(
            float(known.expected(*one)) / contract.full[0], abs=0.03
        )


def measured_at(
    scenario: Scenario, changes: Changes, size: int, luck: np.random.Generator, effect: float
) -> FloatArray:
    """Measured changes by part of the year, of reoffences and of reoffenders, (parts, 2, MEASURES)."""
    parts = 4 if scenario.measured_period == "quarter" else 1
    fell = [reoffences_and_reoffenders(scenario, changes, size // parts, luck, effect) for _ in range(parts)]
    if not scenario.baseline_people:
        return np.array(fell)
    of = reoffences_and_reoffenders(scenario, changes, int(scenario.baseline_people), luck)
    return np.array(fell) - (of - of.mean(axis=1, keepdims=True))


def paid_past_hurdle(scenario: Scenario, contract: ResultsContract, fell: FloatArray) -> FloatArray:
    """What the contract's words pay for measured changes as `measured_at`, (MEASURES,)."""
    passed = fell[:, 1].mean(axis=0) >= -1e-9
    by_part = from_clauses(contract.clauses[0])(fell[:, 0] + 1e-9)
    past, short = by_part.mean(axis=0), np.minimum(by_part, 0).mean(axis=0)
    if len(fell) > 1:
        year = from_clauses(of_the_year(scenario, contract.clauses[0]))(fell[:, 0].mean(axis=0) + 1e-9)
        past, short = np.maximum(past, year), np.maximum(short, np.minimum(year, 0))
    return np.where(passed, past, short)
