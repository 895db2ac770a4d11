"""The model's known numbers, to the digits in which they were given (the model, section 6)."""

import numpy as np
import pytest

from pricing.evaluate import evaluate
from pricing.people.risk_curves import probability_from_rate, rate_from_probability
from pricing.price.outcomes import Response, Risk, Worth
from pricing.price.rate_card import PaidNeeds
from pricing.price.support_hours import closed_form_hours, searched_hours
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups


def given(values: list[float], digits: int) -> object:
    return pytest.approx(values, abs=0.5000001 * 10.0**-digits)


@pytest.mark.parametrize(
    ("settings", "metric", "price", "payback"),
    [
        ({}, "binary", 27807.78, [0.475, 0.578, 0.518, 0.421, 0.347, 0.196]),
        (
            {"metric": "frequency", "target": "own"},
            "frequency",
            4311.42,
            [0.103, 0.212, 0.311, 0.435, 0.640, 1.104],
        ),
        (
            {"target": "own", "need_premium": 0.3, "area_multiplier": 1.5},
            "binary",
            11544.00,
            [0.208, 0.381, 0.478, 0.498, 0.476, 0.294],
        ),
    ],
)
def test_price_and_payback_of_the_six_groups(
    settings: dict[str, object], metric: str, price: float, payback: list[float]
) -> None:
    found = evaluate(Scenario(**settings), six_groups())  # type: ignore[arg-type]
    assert found.terms.unit_prices == {metric: pytest.approx(price, abs=0.005)}
    assert found.incentives.payback.tolist() == given(payback, 3)


def test_benchmark_hours_and_margins_of_the_six_groups() -> None:
    found = evaluate(Scenario(), six_groups()).incentives
    assert found.benchmark_hours.tolist() == given([13.1, 23.4, 36.6, 52.2, 72.1, 104.0], 1)
    assert found.margin_at_benchmark.tolist() == given([7086, 4082, 876, -2283, -6098, -12885], 0)


def test_only_the_last_group_is_worked_with_under_frequency_and_own_target() -> None:
    hours = evaluate(Scenario(metric="frequency", target="own"), six_groups()).incentives.chosen_hours
    assert hours.tolist() == given([6, 6, 6, 6, 6, 57.8], 1)


def test_chosen_hours_for_a_price_per_reoffence() -> None:
    response = Response(np.array([0.4]), np.array([1000.0]))
    hours = closed_form_hours(np.array([9000.0 * 2.5]), 1.0, response, 0.0)
    assert hours[0] == pytest.approx(1859.5233, abs=5e-5)
    assert response.effect(hours)[0] == pytest.approx(0.3377013, abs=5e-8)


def test_chosen_hours_for_a_price_per_reoffender() -> None:
    response, none = Response(np.array([0.4]), np.array([1000.0])), np.zeros(1)
    risk = Risk(np.zeros(1), np.ones(1), np.ones(1), PaidNeeds.alike(none), 0.0, 0.0)
    hours = searched_hours(Worth(risk, np.array([20000.0]), none, none), 1.0, response, 0.0)
    assert hours[0] == pytest.approx(683.3589, abs=5e-5)


@pytest.mark.parametrize(("probability", "share"), [(0.10, 0.81), (0.85, 0.0225)])
def test_a_binary_price_passes_on_little_of_a_reoffence_avoided_where_risk_is_high(
    probability: float, share: float
) -> None:
    rate, step = rate_from_probability(np.array([probability]), 1.0), 1e-6
    slope = (probability_from_rate(rate + step, 1.0) - probability_from_rate(rate - step, 1.0)) / (2 * step)
    assert slope[0] == pytest.approx(share, rel=1e-6)


def test_a_uniform_frequency_price_at_social_cost_buys_the_worthwhile_hours_for_everyone() -> None:
    """With q pv = social cost, chosen = socially worthwhile; no uniform binary price does that."""
    people = six_groups()
    base = Scenario(metric="frequency", target="own", benchmark="socially_worthwhile", social_cost=1000.0)
    q = evaluate(base, people).terms.unit_prices["frequency"]
    matched = base.with_(social_cost=q * base.present_value)
    found = evaluate(matched, people).incentives
    assert found.chosen_hours == pytest.approx(found.benchmark_hours, rel=1e-12)
    binary = evaluate(matched.with_(metric="binary"), people).incentives
    assert np.ptp(binary.chosen_hours - binary.benchmark_hours) > 1
