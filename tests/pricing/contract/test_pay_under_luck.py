"""Luck in a measured rate: exact where few are measured, normal where many are, and no matter at the switch."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.stats import poisson_binom

from pricing.contract import measured
from pricing.contract.cohort_change import Changes
from pricing.contract.counted.events import Events
from pricing.contract.counted.poisson_binomial import Count
from pricing.contract.pay_limits import PayLimits
from pricing.contract.pay_under_luck import EXACT_UP_TO, TABLE_ERROR, TABLED, Exact, Normal, mixture
from pricing.contract.payment_rule import Clauses, from_clauses
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import Scenario
from tests.cohorts import cohort, six_groups
from tests.examples import EXPLORED, EXPLORING

CHANGES = np.linspace(-0.2, 0.4, 49)
FULL = 0.075


@pytest.fixture(scope="module")
def people() -> Cohort:
    return shipped.load("greater_manchester")


def contract(**changes: object) -> Clauses:
    usual = {"zone": 0.085, "threshold": 0.0, "inner": 1.0, "shape": "per_result", "full": FULL, "deducts": True}
    return Clauses(**(usual | changes))  # type: ignore[arg-type]


CONTRACTS = [
    contract(),
    contract(inner=0.0),
    contract(zone=0.0, threshold=0.1, shape="all_or_nothing"),
    contract(zone=0.0, threshold=0.05, shape="steps", deducts=False),
    contract(zone=0.0, limits=PayLimits(-0.02, 0.05)),
]


@pytest.mark.parametrize("size", [7, 100, 1000])
def test_the_exact_distribution_is_the_poisson_binomial(people: Cohort, size: int) -> None:
    count = Count.like(people, size)
    assert count.size == size
    assert count.rate == pytest.approx(people.mean(people.probability), rel=1e-12)
    change = np.array([-0.05, 0.0, 0.2])
    chances = count.chances(change)
    risks, _ = count.after(change)
    for row, risk in zip(chances, risks, strict=True):
        each = np.repeat(risk, count.people.astype(int))
        assert each.mean() == pytest.approx(count.rate * (1 - change[0]) if row is chances[0] else each.mean())
        assert row == pytest.approx(poisson_binom(each).pmf(np.arange(size + 1)), abs=1e-12)


def test_a_true_change_moves_everyones_log_odds_alike() -> None:
    count = Count.like(six_groups(), 50)
    risks, slope = count.after(np.array([0.1]))
    moved = np.log(risks[0] / (1 - risks[0])) - np.log(count.risk / (1 - count.risk))
    assert np.ptp(moved) < 1e-9
    assert float(count.people @ risks[0]) / 50 == pytest.approx(0.9 * count.rate, rel=1e-12)
    assert float(count.people @ slope[0]) / 50 == pytest.approx(-count.rate, rel=1e-9)


@pytest.mark.parametrize("clauses", CONTRACTS)
def test_the_exact_effective_price_is_the_derivative_of_expected_pay(people: Cohort, clauses: Clauses) -> None:
    exact, step = Exact(from_clauses(clauses), Count.like(people, 120)), 1e-3
    at = [exact.expected(CHANGES + k * step) for k in (-2, -1, 1, 2)]
    slope = (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * step)
    assert exact.marginal(CHANGES) == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("clauses", CONTRACTS)
def test_at_the_switch_exact_and_normal_agree(people: Cohort, clauses: Clauses) -> None:
    count = Count.like(people, EXACT_UP_TO)
    noise = float(np.sqrt((count.risk * (1 - count.risk)) @ count.people) / count.size / count.rate)
    exact, normal = Exact(from_clauses(clauses), count), Normal(from_clauses(clauses), noise)
    assert np.max(np.abs(exact.chance(CHANGES) - normal.chance(CHANGES))) < 0.012
    assert np.max(np.abs(exact.expected(CHANGES) - normal.expected(CHANGES))) < 0.02 * FULL


def test_luck_falls_with_the_root_of_the_number_of_people(people: Cohort) -> None:
    def spread(size: int) -> float:
        count = Count.like(people, size)
        chance, changes = count.chances(np.array([0.0]))[0], count.changes
        return float(np.sqrt(chance @ changes**2 - (chance @ changes) ** 2))

    assert spread(100) == pytest.approx(2 * spread(400), rel=0.01)


@pytest.mark.parametrize("size", [20, 300])
@pytest.mark.parametrize("metric", ["binary", "severity"])
def test_what_is_tabulated_is_what_the_distribution_gives(people: Cohort, metric: str, size: int) -> None:
    """Between the nodes, at both ends and beyond them: to the error that the table states."""
    changes = Changes.of(Scenario(metric="severity"), people, ("severity",))
    count = Count.like(people, size) if metric == "binary" else Events.like(changes, metric, size)
    exact = Exact(from_clauses(CONTRACTS[-1]), count)
    at = np.concatenate([np.linspace(*TABLED, 23), [-0.3, 0.75]])
    direct = exact._worked_out(at)
    found = np.stack([exact.expected(at), exact.marginal(at), exact.chance(at)], axis=1)
    assert exact._table is not None
    assert np.abs(found - direct).max(axis=0) == pytest.approx(0, abs=20 * TABLE_ERROR * np.abs(direct).max())


def test_what_is_asked_once_is_worked_out_once_and_without_a_table(
    people: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Changes.of(Scenario(metric="severity"), people, ("severity",))
    tabled = Exact(from_clauses(CONTRACTS[-1]), Events.like(changes, "severity", 300))
    once, asked, work = replace(tabled, once=True), list[int](), Exact._worked_out
    at = np.linspace(*TABLED, 41)
    expected = np.stack([tabled.expected(at), tabled.marginal(at), tabled.chance(at)])
    monkeypatch.setattr(Exact, "_worked_out", lambda self, at: asked.append(len(at)) or work(self, at))
    found = np.stack([once.expected(at), once.marginal(at), once.chance(at)])
    assert asked == [41]
    assert found == pytest.approx(expected, abs=20 * TABLE_ERROR * np.abs(expected).max())
    assert once.chance(at[3]) == pytest.approx(found[2, 3])
    assert asked == [41, 1]


FEW = [
    ({"metric": "severity"}, "six"),
    ({"metric": "severity", "need_premium": 0.3, "uplift_applies_to": "results"}, "six"),
    ({"metric": "frequency", "need_premium": 0.3, "uplift_applies_to": "results"}, "six"),
    ({"metric": "severity", "who_comes": "mix"}, "six"),
    ({"metric": "severity", "target": "own"}, "greater_manchester"),
    ({"metric": "frequency", "target": "own", "area_multiplier": 2.0}, "georgia_parole"),
]


FEW_OF = [1, 3, 12, 30, 60]
OF_MANY_KINDS = [("greater_manchester", 1), ("greater_manchester", 30), ("georgia_parole", 3), ("georgia_parole", 60)]
"""How many people of the cohorts with many kinds, where each takes a second or more."""


@pytest.mark.parametrize(
    ("settings", "name", "size"),
    [
        pytest.param(*one, size, id=f"{one[1]}-{size}-{one[0]}")
        for one, size in product(FEW, FEW_OF)
        if EXPLORING or one[1] == "six" or (one[1], size) in OF_MANY_KINDS
    ],
)
@EXPLORED
def test_events_of_few_people_are_what_is_simulated(settings: dict[str, Any], name: str, size: int) -> None:
    """Chances are chances, the mean and the variance the curves', and no amount is likelier than it comes up."""
    people = six_groups() if name == "six" else shipped.load(name)
    scenario = Scenario(**{"target": "one" if name == "six" else "own"} | settings)
    events = Events.like(Changes.of(scenario, people, (scenario.metric,)), scenario.metric, size)
    for change in (0.0, 0.3):
        chances = events.chances(np.array([change]))[0]
        assert chances.min() > -1e-7
        assert chances.sum() == pytest.approx(1, abs=1e-9)
        drawn = simulated(events, change)
        assert chances @ events.changes == pytest.approx(change, abs=1e-5)
        places = np.quantile(drawn, [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98])
        wide = events.changes[0] - events.changes[1]
        low, high = (np.array([chances[events.changes <= at + k * wide].sum() for at in places]) for k in (-1.5, 1.5))
        upto = np.array([np.mean(drawn <= at) for at in places])
        error = 4.5 * np.sqrt(0.25 / len(drawn))
        assert np.all((low - error <= upto) & (upto <= high + error)), (low, upto, high)


def simulated(events: Events, change: float, times: int = 20_000) -> FloatArray:
    """Measured changes of that many draws of the people, their reoffences and what these count, (times,)."""
    rng = np.random.default_rng([7, events.size])
    found = np.zeros(times)
    heads = rng.multinomial(events.size, events.share, times).astype(float)
    if not events.drawn:  # an exact mix of so few people is parts of people
        heads[:] = events.size * events.share
    for group, number in enumerate(heads.T):
        left = (1 - change) * events.rate[group]
        mean = rng.gamma(number / events.alpha[group] + 1e-300, events.alpha[group] * left)
        counts = rng.poisson(mean)
        amount = counts * events.unit[group]
        if events.dispersion:
            amount = rng.gamma(counts / events.dispersion + 1e-300, events.unit[group] * events.dispersion)
        found += amount - number * events.brought[group]
    return np.asarray(1 - found / (events.size * events.base))


def test_two_people_whom_prices_tell_apart_once_have_no_place_half_way() -> None:
    """The place nearest to the middle of the line was its first: luck between them was divided by nought."""
    two = cohort(
        {
            "people": [1, 1],
            "needs": [1, 0],
            "decile": [1, 1],
            "probability": [0.5, 0.0858],
            "rate": [0.5, 0.0858],
            "severity": [1, 1],
        }
    )
    settings = {
        **{"results_share": 1e-84, "contract_value": 500.0, "target": "own", "priced_reduction": 0.053},
        **{"measured_people": 16_052.0, "measured_period": "quarter", "flat_zone": "fixed", "zone_points": 0.0},
        **{"pay_on": "excess", "threshold_rule": "all_or_nothing", "hour_cost": 15.0, "case_cost": 0.0},
        **{"minimum_hours": 0.0, "max_effect": 0.286, "hours_scale": 5.0, "need_drag": 0.0, "area_drag": 0.0},
        **{"payment_lag_months": 0.0, "cost_of_capital": 0.0},
    }
    found = evaluate(Scenario(**settings), two)  # type: ignore[arg-type]
    assert found.mechanics is not None
    assert np.isfinite(found.mechanics.contract.expected(np.array([[0.0], [0.01], [0.1]]))).all()


def test_levels_of_luck_rise_and_are_never_close() -> None:
    """A smooth line through two places that are closer would swing beside them."""
    way = np.array([0.0, 0.005, 0.1, 0.11, 0.3, 0.29, 0.6, 0.995, 1.0])
    found = way[[0, *measured.between(way, np.arange(len(way))), len(way) - 1]]
    assert found == pytest.approx([0.0, 0.11, 0.3, 0.6, 1.0])
    weights, slopes = mixture(found, np.linspace(-0.2, 1.2, 50))
    assert weights.sum(axis=0) == pytest.approx(1.0)
    assert slopes.sum(axis=0) == pytest.approx(0.0, abs=1e-9)
    assert mixture(found, found)[0] == pytest.approx(np.eye(len(found)))
