"""A measure of one person, of two or of three: what they come to is what people drawn one by one come to."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, nbinom

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.few_people.one_by_one import OneByOne
from pricing.contract.measured import Measured
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.price.metric_formulas import ALPHA
from pricing.questions.results_paid import contract_of, results_paid
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import EXPLORED, EXPLORING, in_turn
from tests.pricing.contract.simulated import Crowd, play, standing

MEASURES = 1_000_000 if EXPLORING else 200_000
LINES = (-0.4, -0.1, 0.0, 0.03, 0.1, 0.26, 0.5, 1.1)
"""Measured changes that a contract may turn on, each a little more than none is enough for."""
PRICES: tuple[dict[str, Any], ...] = (
    {"target": "one"},
    {"target": "own"},
    {"target": "own", "need_premium": 0.3, "area_multiplier": 1.7},
    {"target": "one", "need_premium": 1.0},
    {"target": "own", "rate_drugs": 5.0, "rate_alcohol": 0.0, "rate_employment": 2.0},
)
METRICS = ("binary", "frequency", "severity", "progress")


def people(name: str) -> Cohort:
    return six_groups() if name == "six" else shipped.load(name)


@pytest.mark.parametrize(
    ("metric", "price", "size", "name"), in_turn(METRICS, PRICES, (1, 2, 3), ("six", "greater_manchester"))
)
def test_few_people_come_to_what_people_drawn_come_to(metric: str, price: dict[str, Any], size: int, name: str) -> None:
    cohort, scenario = people(name), Scenario(metric=metric, **price)
    changes = Changes.of(scenario, cohort, (metric,))
    few = Measured(scenario, changes).counted(metric, size)
    assert few is not None
    for effect in (0.0, 0.3):
        every = np.full_like(cohort.rate, effect)
        crowd = Crowd(scenario, cohort, (metric,), every)
        measured = crowd.measured(size, MEASURES, np.random.default_rng(size))[0]
        at, off = changes.at(every), standing(Crowd(scenario, cohort, (metric,), 0 * every))[0]
        chances = few.chances(at)[0]
        assert chances.sum() == pytest.approx(1)
        assert chances @ few.changes == pytest.approx(float(at[0]), abs=0.002)
        for line in LINES:
            found = chances[few.changes + off > line + 1e-9].sum()
            assert found == pytest.approx((measured > line + 1e-9).mean(), abs=0.003 + 2 / MEASURES**0.5), line


@pytest.mark.parametrize("name", ["six", "greater_manchester"])
def test_of_one_person_a_chance_is_the_sum_of_every_cells(name: str) -> None:
    # Who has no need had half a chance to be paid, and of harm and reoffences a cell was not told from those like it.
    cohort = people(name)
    share = cohort.people / cohort.people.sum()
    scenario = Scenario(metric="progress", target="own", need_premium=0.37)
    met, needs = scenario.progress_base, np.rint(cohort.needs)
    moved = share @ binom.sf(np.floor(needs * met + 1e-9), needs, met)
    assert better(scenario, cohort) == pytest.approx(moved, abs=1e-4)
    scenario = Scenario(metric="frequency", target="own")
    fewer = share @ nbinom.cdf(np.ceil(cohort.rate) - 1, 1 / ALPHA, 1 / (1 + ALPHA * cohort.rate))
    assert better(scenario, cohort) == pytest.approx(fewer, abs=2e-3)


def better(scenario: Scenario, cohort: Cohort) -> float:
    """Chance that one person, with no support, is measured better than the target."""
    few = OneByOne.like(Changes.of(scenario, cohort, (scenario.metric,)), scenario.metric, 1)
    return float(few.chances(np.zeros(1))[0][few.changes > 1e-9].sum())


@pytest.mark.parametrize("size", [1, 3])
def test_means_move_as_they_are_said_to(size: int) -> None:
    cohort = six_groups()
    few = OneByOne.like(Changes.of(Scenario(metric="severity"), cohort, ("severity",)), "severity", size)
    values, at = np.stack([few.changes, few.changes > 0.1]), np.array([-0.1, 0.05, 0.4])
    mean, slope = few.means_and_slopes(at, values)
    np.testing.assert_allclose(mean, few.means(at, values))
    further = few.means(at + 1e-5, values) - few.means(at - 1e-5, values)
    np.testing.assert_allclose(slope, further / 2e-5, rtol=0, atol=2e-3)
    np.testing.assert_allclose(mean[:, 0], at, rtol=0, atol=1e-3)


HURDLE = {"metric": "frequency", "binary_hurdle": "yes"}
PLAYED: tuple[dict[str, Any], ...] = (
    # The year's count was exact and how it fell to quarters was not: a chance of .93 where .86 is right.
    {"metric": "progress", "need_premium": 0.37, "deductions": "none", "measured_people": 2.0},
    {"metric": "severity", "target": "own", "need_premium": 1.0, "threshold": 0.25, "measured_people": 4.0},
    {"metric": "frequency", "target": "own", "need_premium": 0.3, "threshold": 0.1, "measured_people": 8.0},
    {"metric": "binary", "target": "own", "results_cap": 1.0, "measured_people": 12.0, "baseline_people": 40.0},
    # Who comes, how often and whether at all go together: a chance of .49 where .63 is right, pay of 1.07 where .44.
    HURDLE | {"target": "own", "need_premium": 0.3, "deductions": "none", "measured_people": 1.0, "by": "year"},
    HURDLE | {"target": "own", "measured_people": 2.0, "by": "year"},
    HURDLE | {"area_multiplier": 1.7, "measured_people": 3.0, "baseline_people": 12.0, "by": "year"},
    HURDLE | {"target": "own", "threshold": 0.05, "measured_people": 4.0, "baseline_people": 40.0},
    HURDLE | {"need_premium": 1.0, "threshold": 0.25, "measured_people": 12.0, "by": "year"},
)


@EXPLORED
@pytest.mark.parametrize("settings", PLAYED, ids=str)
def test_few_people_are_paid_for_what_people_drawn_are_paid_for(settings: dict[str, Any]) -> None:
    by_quarter = {"measured_period": "quarter", "annual_top_up": "yes"} if "by" not in settings else {}
    settings = {name: value for name, value in settings.items() if name != "by"}
    scenario, cohort = Scenario(results_share=0.5, **by_quarter, **settings), six_groups()
    found = evaluate(scenario, cohort)
    paid, contract = results_paid(found), contract_of(found)
    effect = found.account.response.effect(found.incentives.chosen_hours)
    for support, chance in ((1.0, paid.chance), (0.0, paid.chance_of_luck)):
        played = play(scenario, contract, cohort, support * effect, MEASURES, 7)
        assert chance == pytest.approx(played.chance, abs=0.005)
        if support:
            money = float(contract.value @ contract.full)
            assert paid.pay / money == pytest.approx(played.expected, abs=0.01 + played.error()[0])
