"""Where along a curve luck is drawn, and what is read off between those places."""

from typing import Any

import numpy as np
import pytest

from pricing.contract.simulated_luck import FEWER, Luck, any_pay, where_it_bends
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray, IntArray
from pricing.questions.results_paid import AREAS, Path, chance_in_area, contract_of, in_area, results_paid, spread
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.pricing.contract.simulated import play

NOTHING_ON_RESULTS: list[dict[str, Any]] = [
    {"metric": "frequency"},
    {"metric": "frequency", "binary_hurdle": "yes"},
    {"metric": "blend", "threshold": 0.1},
    {"metric": "blend", "most_deducted": 0.5},
    {"metric": "binary", "measured_period": "quarter", "annual_top_up": "yes"},
]


def test_places_come_where_a_curve_bends() -> None:
    # Seven places stand close together by a knot: a curve that is read off by their number bends there.
    at = np.union1d(np.linspace(-7.0, 12.0, 221), 5.0 + 1e-3 * np.arange(-3.0, 4.0))
    curve = 1 / (1 + np.exp(-8 * (at - 0.7)))
    asked = list[IntArray]()

    def made(some: IntArray) -> FloatArray:
        asked.append(some)
        return np.stack([curve[some], at[some]], axis=1)

    some, values = where_it_bends(made, at, 30)
    assert len(some) == 30
    assert np.array_equal(np.sort(np.concatenate(asked)), some)
    assert np.array_equal(values[:, 1], at[some])
    assert np.abs(np.interp(at, at[some], values[:, 0]) - curve).max() < 0.02
    even = np.unique(np.linspace(0, len(at) - 1, 30).astype(int))
    assert np.abs(np.interp(at, at[even], curve[even]) - curve).max() > 0.08


def test_a_line_of_few_places_is_asked_for_once_each() -> None:
    at = np.arange(5.0)
    some, _ = where_it_bends(lambda places: at[places][:, None] ** 2, at, 30)
    assert np.array_equal(some, np.arange(5))


@pytest.mark.parametrize("area", AREAS)
def test_the_chance_of_a_named_contract_is_that_of_every_place(area: str) -> None:
    # Read off by the number of a place, a large area's chance was .59 where .47 is right, and jumped.
    contract = next(preset for preset in PRESETS if preset.key == "straw_man")
    found = evaluate(Scenario(**contract.changes), shipped.load("greater_manchester"))
    told = chance_in_area(found, area)
    points, chance = told.points[::3], told.chance[::3]  # a third of the places, evenly from all of them
    path, (scenario, there) = Path.of(contract_of(found)), in_area(found, area)
    every = Luck.of(scenario, there, path.changes).pay(path.at(points), FEWER)
    assert np.abs(chance - any_pay(there, every)).max() < 0.03
    low, high, of_curve = spread(scenario, there, path, points)
    whole = np.ptp(every.mean(axis=1))
    assert np.abs(np.array([low, high]) - np.quantile(every, [0.025, 0.975], axis=1)).max() < 0.08 * whole
    assert np.abs(of_curve - chance).max() < 0.03


@pytest.mark.parametrize("settings", NOTHING_ON_RESULTS, ids=str)
def test_where_no_money_is_on_results_no_chance_of_pay_is_told(settings: dict[str, Any]) -> None:
    # The chance that a measure passes was told, .60, of a contract that pays nothing for it.
    scenario = Scenario(results_share=0.0, measured_people=300.0, **settings)
    found = results_paid(evaluate(scenario, shipped.load("greater_manchester")))
    assert (found.pay, found.rewards, found.chance, found.chance_of_luck) == (0.0, 0.0, 0.0, 0.0)
    assert not found.curve.chance.any()
    assert not found.curve.high.any()


@pytest.mark.parametrize(
    ("name", "size", "weights", "settings"),
    [
        # What few people count is less correlated than the normal luck that was as correlated: .76 where .73 is right.
        ("gm", 5, (0.5, 0.25, 0.0, 0.5), {"threshold": 0.2, "threshold_rule": "all_or_nothing"}),
        ("gm", 10, (0.5, 0.5, 0.5, 0.0), {"threshold": 0.1, "deductions": "none", "need_premium": 0.3}),
        ("six", 10, (0.5, 0.25, 0.5, 0.5), {"deductions": "none"}),
    ],
    ids=str,
)
def test_a_blends_chance_of_any_pay_is_that_of_few_people(
    name: str, size: int, weights: tuple[float, ...], settings: dict[str, Any]
) -> None:
    people = six_groups() if name == "six" else shipped.load("greater_manchester")
    blend = dict(zip(("blend_binary", "blend_frequency", "blend_severity", "blend_progress"), weights, strict=True))
    price = {"metric": "blend", "measured_people": float(size), "results_share": 0.5}
    found = evaluate(Scenario(**price | blend | settings), people)
    effect = found.account.response.effect(found.incentives.chosen_hours)
    played = play(found.scenario, contract_of(found), people, effect, 60_000, 5)
    assert results_paid(found).chance == pytest.approx(played.chance, abs=0.005 + played.error(2.0)[1])
