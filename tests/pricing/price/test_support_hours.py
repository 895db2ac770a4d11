"""Chosen hours: closed form = search = brute force, for one peak and for several."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.price import support_hours
from pricing.price.outcomes import Response, Risk, Worth
from pricing.price.rate_card import PaidNeeds
from pricing.price.support_hours import FIRST_SCAN, SCAN, chosen_hours, closed_form_hours, scanned, searched_hours
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
    risk = Risk(log_odds, one(rate), one(1.0), PaidNeeds.alike(one(3.0)), -1.0986122886681098, slope)
    return Worth(risk, one(binary), one(decay), one(need))


def objective(value: Worth, cost: float, response: Response, hours: FloatArray) -> FloatArray:
    many = Response(np.full_like(hours, response.ceiling[0]), np.full_like(hours, response.hours_scale[0]))
    repeated = value.take(np.zeros(len(hours), dtype=np.int64))
    return repeated.gain(many.effect(hours)) - cost * hours


money = st.floats(0, 60_000)
# Draws of what support can do go up to 1.3 times the highest that a reader may set, 1.
responses = st.builds(lambda theta, h: Response(one(theta), one(h)), st.floats(0.05, 1.3), st.floats(5.0, 300.0))


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


@pytest.mark.parametrize("probability", [0.97, 0.99, 0.9999])
@pytest.mark.parametrize("need", [0.0, 1.0])
def test_people_almost_sure_to_reoffend_have_two_peaks_where_support_can_do_most(
    probability: float, need: float
) -> None:
    """What the last £1 brings rises at first: paid for reoffenders alone, the second peak had not been looked for."""
    response, cost = Response(one(1.3), one(50.0)), 40.0
    value = worth(probability=probability, binary=1.0, need=need)
    at = np.linspace(0, 1.3, 1301)
    repeated = value.take(np.zeros(len(at), dtype=np.int64))
    rising = (1.3 - at) * repeated.slope(at)[0]
    assert rising.argmax() > 0
    for part in (0.2, 0.9):
        # A price at which the first hour does not pay and a later one does.
        price = cost * 50.0 / (rising[0] + part * (rising.max() - rising[0]))
        dear = worth(probability=probability, binary=price, need=price * need)
        hours = np.linspace(0, 600, 60_001)
        every = objective(dear, cost, response, hours)
        found = searched_hours(dear, cost, response, 0.0)
        assert objective(dear, cost, response, found)[0] >= every.max() - 1e-9
        assert found[0] == pytest.approx(hours[every.argmax()], abs=0.02)


def test_nothing_paid_means_the_minimum() -> None:
    response = Response(one(0.5), one(50.0))
    assert chosen_hours(worth(), Scenario(), response, np.array([7.0]))[0] == 7.0


def test_a_million_to_one_price_stays_finite() -> None:
    hours = searched_hours(worth(binary=1e12), 15.0, Response(one(1.0), one(5.0)), 0.0)
    assert np.isfinite(hours[0])
    assert hours[0] > 50


def test_a_search_ends_when_only_last_digits_move(monkeypatch: pytest.MonkeyPatch) -> None:
    """A root a last digit outside its bracket was led away from: two people in 15,000 kept a search going 100 steps."""
    cohort = shipped.load("georgia_parole")
    scenario = Scenario(cohort="georgia_parole", max_effect=0.8)
    steps = []
    slope = Worth.slope

    def counted(self: Worth, effect: FloatArray) -> tuple[FloatArray, FloatArray]:
        steps.append(len(effect))
        return slope(self, effect)

    monkeypatch.setattr(Worth, "slope", counted)
    response, risk = Response.of(scenario, cohort), Risk.of(scenario, cohort)
    none = np.zeros_like(risk.rate)
    for price in np.geomspace(1000.0, 60_000.0, 60):
        steps.clear()
        hours = searched_hours(Worth(risk, none + price, none, none), 40.0, response, 0.0)
        inside = hours > 0
        left = 40.0 * response.hours_scale[inside]
        effect = response.effect(hours)
        gained = ((response.ceiling - effect) * slope(Worth(risk, none + price, none, none), effect)[0])[inside]
        np.testing.assert_allclose(gained, left, rtol=1e-9)
        assert len(steps) < 20


@pytest.mark.parametrize("at_once", [1, 7, 65, 100])
def test_slopes_along_are_the_slope_at_each_place(at_once: int) -> None:
    value, start, step = worth(binary=900.0, decay=300.0, need=700.0), one(0.1), one(0.02)
    found = np.concatenate(list(value.slopes_along(start, step, 64, at_once)))
    each = [value.slope(start + k * step)[0] for k in range(65)]
    np.testing.assert_allclose(found, each, rtol=1e-12)


@given(worths, responses, st.floats(15, 120), st.floats(0, 50))
def test_a_coarse_scan_hides_no_peak(value: Worth, response: Response, cost: float, minimum: float) -> None:
    """Whoever is not named as unclear has as many peaks as a scan ten times as fine finds."""
    floor = response.effect(one(minimum))
    price = cost * response.hours_scale
    coarse, _, _, unclear = scanned(value, price, response.ceiling, floor, FIRST_SCAN)
    fine, _, _, _ = scanned(value, price, response.ceiling, floor, 10 * FIRST_SCAN)
    assert len(unclear) or len(coarse) == len(fine)


def test_few_people_need_a_finer_scan_and_hours_are_those_of_it_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    cohort = shipped.load("greater_manchester")
    scenario = Scenario(max_effect=1.0)
    response, risk = Response.of(scenario, cohort), Risk.of(scenario, cohort)
    each = np.ones_like(risk.rate)
    value = Worth(replace(risk, met_slope=2.0), 3000.0 * each, 900.0 * each, 2500.0 * cohort.needs)
    found = searched_hours(value, 40.0, response, 6.0)
    unclear = scanned(value, 40.0 * response.hours_scale, response.ceiling, response.effect(6.0 * each), FIRST_SCAN)[3]
    assert len(unclear) < 0.2 * len(each)
    monkeypatch.setattr(support_hours, "FIRST_SCAN", SCAN)
    np.testing.assert_allclose(found, searched_hours(value, 40.0, response, 6.0), rtol=1e-9)
    assert np.any(found > 6.0)


@pytest.mark.parametrize(("met", "drag", "several"), [(0.05, 0.0, "all"), (0.1, 0.5, "some"), (0.25, 0.0, "nobody")])
def test_hours_are_those_of_a_scan_of_everyone(
    met: float, drag: float, several: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only who may have several peaks is scanned; of all others the one that is found is the best of a scan."""
    cohort = shipped.load("greater_manchester")
    scenario = Scenario(max_effect=1.0, progress_base=met, progress_effect=2.0, area_drag=drag)
    response, risk = Response.of(scenario, cohort), Risk.of(scenario, cohort)
    each = np.ones_like(risk.rate)
    least = 6.0 * each
    who = support_hours.has_several
    for need in (200.0, 900.0, 2500.0):
        value = Worth(risk, 3000.0 * each, 900.0 * each, need * cohort.needs)
        named = who(value, response.ceiling, response.effect(least))[cohort.needs > 0]
        assert {"all": named.all(), "some": 0 < named.mean() < 1, "nobody": not named.any()}[several]
        found = searched_hours(value, 40.0, response, least)
        with monkeypatch.context() as patch:
            patch.setattr(support_hours, "has_several", lambda *_: np.ones(len(each), dtype=bool))
            everyone = searched_hours(value, 40.0, response, least)
        np.testing.assert_allclose(found, everyone, rtol=1e-9, atol=1e-9)
