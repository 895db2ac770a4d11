"""Contracts against people drawn one by one, after the support that pays best: pay and chances are theirs."""

from typing import Any

import numpy as np
import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.results_paid import contract_of, results_paid
from pricing.scenario.scenario import Scenario
from tests.cohorts import cohort as cohort_of
from tests.cohorts import six_groups
from tests.examples import EXPLORED, EXPLORING
from tests.pricing.contract.simulated import play

MEASURES = 40_000 if EXPLORING else 2_500
PEOPLE = 20_000_000 if EXPLORING else 3_000_000
"""People drawn for one contract at most."""
PAY, CHANCE = 0.01, 0.005
"""By how much pay, in parts of the results money, and chances may be off beside what simulation leaves open."""
BY_QUARTER = {"measured_period": "quarter", "annual_top_up": "yes"}
HURDLE = {"metric": "frequency", "binary_hurdle": "yes"}
DRUGS_ALONE = {"metric": "progress", "target": "own", "rate_drugs": 5.0} | {
    f"rate_{kind}": 0.0 for kind in ("accommodation", "employment", "alcohol", "mental_health")
}
SOME_RATES = {"metric": "progress", "target": "own", "rate_drugs": 2.0, "rate_employment": 0.5, "rate_alcohol": 0.0}
CASES: list[tuple[str, dict[str, Any]]] = [
    # Everyone's odds were taken to fall alike: a chance of .64 and pay of 2.16, where .55 and 1.91 are right.
    ("gm", HURDLE | {"measured_people": 116.0}),
    ("gm", {"metric": "frequency", "measured_people": 183.0, "need_premium": 1.0, "threshold": 0.1}),
    ("six", {"metric": "severity", "measured_people": 400.0, "target": "own", "deductions": "none"}),
    ("six", {"metric": "progress", "measured_people": 200.0, "need_premium": 0.3, "flat_zone": "interval"}),
    ("six", {"metric": "binary", "measured_people": 6000.0, "threshold": 0.06, "threshold_rule": "all_or_nothing"}),
    ("six", {"metric": "frequency", "measured_people": 300.0, "threshold": 0.1} | BY_QUARTER),
    # A hurdle of many, whose year tops its quarters up: what is kept short of it was off by .05.
    ("six", HURDLE | {"measured_people": 1600.0, "threshold": 0.1, "threshold_rule": "all_or_nothing"} | BY_QUARTER),
    # What is paid beyond a cap, and deducted below a floor, is told by the words alone.
    ("six", {"metric": "binary", "measured_people": 200.0, "results_cap": 1.0}),
    ("six", {"metric": "frequency", "measured_people": 150.0, "results_cap": 1.0, "deductions": "none"}),
    ("six", {"metric": "severity", "measured_people": 150.0, "most_deducted": 0.3, "results_cap": 2.0}),
    # Every need was paid the mean rate of its person's needs: a chance by luck alone of .03 where .13 is right.
    ("gm", DRUGS_ALONE | {"measured_people": 800.0, "threshold": 0.1, "deductions": "none"}),
    ("gm", SOME_RATES | {"measured_people": 40.0, "threshold": 0.1, "need_premium": 0.3}),
    ("gm", SOME_RATES | {"metric": "blend", "measured_people": 100.0, "deductions": "none"}),
    # The chance of a blend was that of normal luck: .20 where .13 is right.
    (
        "six",
        {"metric": "blend", "blend_binary": 0.0, "blend_frequency": 0.1, "blend_severity": 0.3, "blend_progress": 0.0}
        | {"measured_people": 309.0, "target": "own", "threshold": 0.1, "flat_zone": "interval", "pay_on": "excess"}
        | {"deductions": "none", "results_cap": 1.0, "priced_reduction": 0.05, "specified_share": 0.5},
    ),
]


def cohort(name: str) -> Cohort:
    return shipped.load("greater_manchester") if name == "gm" else six_groups()


def differences(scenario: Scenario, people: Cohort, seed: int) -> list[str]:
    """What pay and chances are off by, with support and without, where that is more than they may be."""
    found = evaluate(scenario, people)
    paid, contract = results_paid(found), contract_of(found)
    money, effect = (
        float(contract.value @ contract.full),
        found.account.response.effect(found.incentives.chosen_hours),
    )
    measures = int(min(MEASURES, PEOPLE / (scenario.measured_people + scenario.baseline_people)))
    luck = float(contract.expected(np.zeros(len(contract.metrics))))
    wrong = []
    for support, pay, chance in ((1.0, paid.pay, paid.chance), (0.0, luck, paid.chance_of_luck)):
        played = play(scenario, contract, people, support * effect, measures, seed)
        of_pay, of_chance = played.error()
        if abs(pay / money - played.expected) > PAY + of_pay:
            wrong.append(f"pay {pay / money:.4f}, simulated {played.expected:.4f}")
        if abs(chance - played.chance) > CHANCE + of_chance:
            wrong.append(f"chance {chance:.4f}, simulated {played.chance:.4f}")
    return wrong


@pytest.mark.parametrize(("name", "settings"), CASES, ids=str)
def test_pay_and_chances_are_those_of_people_as_the_price_leaves_them(name: str, settings: dict[str, Any]) -> None:
    assert not differences(Scenario(**{"results_share": 0.5} | settings), cohort(name), 24)


def drawn(luck: np.random.Generator) -> tuple[str, dict[str, Any]]:
    """A contract at random, paid on one metric and measured on 20 to 5,000 people who are drawn."""

    def pick(*choices: Any) -> Any:
        return choices[int(luck.integers(len(choices)))]

    settings = {
        "metric": pick("binary", "frequency", "severity", "progress"),
        "results_share": pick(0.2, 0.5, 1.0),
        "target": pick("one", "own"),
        "measured_people": float(round(np.exp(luck.uniform(np.log(20), np.log(5000))))),
        "flat_zone": pick("none", "none", "fixed", "interval"),
        "pay_on": pick("whole", "half", "excess"),
        "threshold": pick(0.0, 0.0, 0.05, 0.1, 0.15),
        "threshold_rule": pick("per_result", "all_or_nothing", "steps"),
        "deductions": pick("full", "none"),
        "results_cap": pick(0.0, 1.0, 1.5),
        "most_deducted": pick(0.0, 0.5, 1.0),
        "need_premium": pick(0.0, 0.0, 0.3, 1.0),
        "area_multiplier": pick(1.0, 2.0),
        "priced_reduction": pick(0.05, 0.075, 0.15),
        "mission_weight": pick(0.0, 0.0, 0.3),
        "specified_share": pick(0.0, 0.0, 0.5),
    }
    return pick("gm", "six"), settings


@EXPLORED
@pytest.mark.parametrize("seed", range(120 if EXPLORING else 4))
def test_random_contracts_pay_what_simulated_measures_are_paid(seed: int) -> None:
    name, settings = drawn(np.random.default_rng(700 + seed))
    assert not differences(Scenario(**settings), cohort(name), seed), f"{name} {settings}"


def test_a_hurdle_of_many_knows_how_often_those_few_reoffend_who_do() -> None:
    # By the curves alone both went together by more than 1: a chance of .18 where .24 is right.
    risk, rate, number = np.array([0.21, 0.091]), np.array([0.958, 0.193]), 6000
    often = cohort_of(
        {"people": [226, 18], "needs": [0, 2], "decile": [9, 5], "probability": [0.21, 0.091], "rate": [0.958, 0.193]}
        | {"severity": [10, 10]}
    )
    settings = {"target": "own", "threshold": 0.02, "threshold_rule": "all_or_nothing", "deductions": "none"}
    found = results_paid(evaluate(Scenario(measured_people=float(number), **HURDLE | settings), often))
    luck, share = np.random.default_rng(5), np.array([226, 18]) / 244
    come = luck.multinomial(number, share, 200_000)
    who = luck.binomial(come, risk)
    count = who + luck.poisson(who * (rate / risk - 1))  # as even as it can be among those who reoffend
    fell = (come @ rate - count.sum(axis=1)) / number / (share @ rate)
    passed = (fell >= 0.02) & (come @ risk >= who.sum(axis=1))
    assert found.chance_of_luck == pytest.approx(passed.mean(), abs=CHANCE)
