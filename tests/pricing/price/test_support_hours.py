"""Chosen hours: closed form = search = brute force, for one peak and for several."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.people.arrays import FloatArray
from pricing.price.outcomes import Response, Risk, Worth
from pricing.price.support_hours import chosen_hours, closed_form_hours, searched_hours
from pricing.scenario.scenario import Scenario

TRIED = 20_001


def one(value: float) -> FloatArray:
    return np.array([value])


def worth(
    *,
    probability: float = 0.4,
    rate: float = 1.0,
    binary: float = 0.0,
    decay: float = 0.0,
    need: float = 0.0,
    slope: float = 2.0,
) -> Worth:
    log_odds = one(float(np.log(probability / (1 - probability))))
    risk = Risk(log_odds, one(rate), one(1.0), one(3.0), -1.0986122886681098, slope)
    return Worth(risk, one(binary), one(decay), one(need))


def objective(value: Worth, cost: float, response: Response, hours: FloatArray) -> FloatArray:
    many = Response(np.full_like(hours, response.ceiling[0]), np.full_like(hours, response.hours_scale[0]))
    repeated = value.take(np.zeros(len(hours), dtype=np.int64))
    return repeated.gain(many.effect(hours)) - cost * hours


money = st.floats(0, 60_000)
responses = st.builds(lambda theta, h: Response(one(theta), one(h)), st.floats(0.05, 1.0), st.floats(5.0, 300.0))


@given(decay=st.floats(1, 60_000), response=responses, cost=st.floats(15, 120), minimum=st.floats(0, 50))
def test_closed_form_is_the_search(decay: float, response: Response, cost: float, minimum: float) -> None:
    value = worth(decay=decay)
    closed = closed_form_hours(value.per_decay, cost, response, minimum)
    assert searched_hours(value, cost, response, minimum) == pytest.approx(closed, rel=1e-7, abs=1e-6)


worths = st.builds(
    worth,
    probability=st.floats(0.02, 0.98),
    binary=money,
    decay=money,
    need=money,
    slope=st.floats(0, 2),
)


@given(worths, responses, st.floats(15, 120), st.floats(0, 50))
def test_search_is_as_good_as_brute_force(value: Worth, response: Response, cost: float, minimum: float) -> None:
    found = searched_hours(value, cost, response, minimum)
    assert found[0] >= minimum
    best = objective(value, cost, response, minimum + np.linspace(0, 20 * response.hours_scale[0], TRIED)).max()
    assert objective(value, cost, response, found)[0] >= best - 1e-6 * max(1.0, abs(best))


def test_two_peaks_are_told_apart() -> None:
    """A steep progress price has a trough before its peak: the corner and the peak are both local maxima."""
    response = Response(one(1.0), one(50.0))
    poor = worth(need=900.0, slope=2.0)
    rich = worth(need=12_000.0, slope=2.0)
    assert searched_hours(poor, 40.0, response, 6.0)[0] == 6.0
    assert searched_hours(rich, 40.0, response, 6.0)[0] > 50.0


def test_nothing_paid_means_the_minimum() -> None:
    response = Response(one(0.5), one(50.0))
    assert chosen_hours(worth(), Scenario(), response, np.array([7.0]))[0] == 7.0


def test_a_million_to_one_price_stays_finite() -> None:
    hours = searched_hours(worth(binary=1e12), 15.0, Response(one(1.0), one(5.0)), 0.0)
    assert np.isfinite(hours[0])
    assert hours[0] > 50
