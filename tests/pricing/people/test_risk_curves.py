"""The link between rate and probability, curves as tables, observed rates, profiles and ratios."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from pricing.people import risk_curves, shipped
from pricing.people.cells import Cells, Factor
from pricing.people.risk_curves import Curve

PROBABILITIES = st.floats(1e-6, 0.97)
ALPHAS = st.floats(0.05, 6)


def curve(link: str = "log") -> Curve:
    """Intercept, a category of three levels against the middle one, and a need."""
    return Curve(
        kind="frequency",
        link=link,
        alpha=1.0,
        dispersion=1.0,
        terms=("intercept", "group: a", "group: c", "drugs: Yes"),
        coefficients=np.array([0.1, -0.5, 0.7, 0.3]),
        covariance=np.diag([0.01, 0.04, 0.09, 0.0225]),
        rows={"group": np.array([[1.0, 0], [0, 0], [0, 1]]), "drugs": np.array([[0.0], [1.0]])},
    )


FACTORS = {
    "group": Factor("group", "Group", "category", ("a", "b", "c"), ("A", "B", "C")),
    "drugs": Factor("drugs", "Drugs", "need", ("0", "1"), ("No", "Yes")),
    "alcohol": Factor("alcohol", "Alcohol", "need", ("0", "1"), ("No", "Yes")),
    "previous": Factor("previous", "Previous", "count", ("0", "1", "2"), ("0", "1", "2 or more"), (0, 1, 2)),
}


def small_cells() -> Cells:
    codes = {"group": [0, 1, 1, 2], "drugs": [0, 0, 1, 1], "alcohol": [1, 1, 0, 1], "previous": [0, 1, 1, 2]}
    return Cells(
        factors=FACTORS,
        codes={key: np.array(values) for key, values in codes.items()},
        held_out=np.zeros(4, dtype=bool),
        outcomes={
            "people": np.array([40.0, 60, 60, 29]),
            "reoffended": np.array([10.0, 30, 30, 29]),
            "reoffences": np.array([20.0, 60, 90, 87]),
            "reoffences_squared": np.array([60.0, 180, 300, 400]),
            "harm": np.array([200.0, 1200, 1800, 870]),
        },
    )


@given(PROBABILITIES, ALPHAS)
def test_rate_and_probability_are_inverse(probability: float, alpha: float) -> None:
    rate = risk_curves.rate_from_probability(np.array([probability]), alpha)
    assert risk_curves.probability_from_rate(rate, alpha)[0] == pytest.approx(probability, rel=1e-9)


@given(st.floats(0.01, 0.95), st.floats(0.1, 4))
def test_a_reoffence_avoided_moves_the_probability_less_the_higher_it_is(probability: float, alpha: float) -> None:
    rate = float(risk_curves.rate_from_probability(np.array([probability]), alpha)[0])
    step = 1e-5 * (1 + rate)
    low, high = risk_curves.probability_from_rate(np.array([rate - step, rate + step]), alpha)
    assert (high - low) / (2 * step) == pytest.approx((1 - probability) ** (1 + alpha), rel=1e-4)


def test_a_binary_price_passes_on_81_percent_at_low_risk_and_2_percent_at_high() -> None:
    assert (1 - np.array([0.10, 0.85])) ** 2 == pytest.approx([0.81, 0.0225])


def test_link_is_that_of_the_negative_binomial() -> None:
    rate = risk_curves.rate_from_probability(np.array([0.352]), 1.6)[0]
    assert nbinom.sf(0, 1 / 1.6, 1 / (1 + 1.6 * rate)) == pytest.approx(0.352)


def test_predict_is_the_design_times_the_coefficients() -> None:
    levels = {"group": np.array([0, 1, 2]), "drugs": np.array([0, 1, 1])}
    for link, mean in (("log", np.exp), ("logit", lambda eta: 1 / (1 + np.exp(-eta)))):
        fitted = curve(link)
        expected = mean(np.array([-0.4, 0.4, 1.1]))
        np.testing.assert_allclose(fitted.predict(levels), expected)
        np.testing.assert_allclose(fitted.design(levels) @ fitted.coefficients, [-0.4, 0.4, 1.1])
        low, middle, high = fitted.band(levels)
        np.testing.assert_allclose(middle, expected)
        assert (low < middle).all()
        assert (middle < high).all()


def test_band_is_196_standard_errors_on_the_link_scale() -> None:
    low, _, high = curve().band({"group": np.array([2]), "drugs": np.array([1])})
    spread = 2 * risk_curves.NORMAL_95 * np.sqrt(0.01 + 0.09 + 0.0225)
    assert np.log(high / low)[0] == pytest.approx(spread)


def test_ratios_are_against_the_reference_with_its_interval() -> None:
    found = {(ratio.factor, ratio.label): ratio for ratio in risk_curves.ratios(curve(), FACTORS)}
    assert set(found) == {("group", "A"), ("group", "C"), ("drugs", "Yes")}
    other = found["group", "C"]
    assert (other.against, other.estimate) == ("B", pytest.approx(np.exp(0.7)))
    assert (other.low, other.high) == (
        pytest.approx(np.exp(0.7 - risk_curves.NORMAL_95 * 0.3)),
        pytest.approx(np.exp(0.7 + risk_curves.NORMAL_95 * 0.3)),
    )


def test_observed_binary_rate_has_a_wilson_interval_and_hides_small_groups() -> None:
    seen = risk_curves.observed(small_cells(), "group", "binary")
    np.testing.assert_array_equal(seen.people, [40, 120, 29])
    assert seen.mean[:2] == pytest.approx([0.25, 0.5])
    assert (seen.low[0], seen.high[0]) == (pytest.approx(0.14187, abs=1e-5), pytest.approx(0.40194, abs=1e-5))
    assert np.isnan([seen.mean[2], seen.low[2], seen.high[2]]).all()


def test_observed_frequency_and_severity() -> None:
    cells = small_cells()
    frequency = risk_curves.observed(cells, "group", "frequency")
    assert frequency.mean[0] == pytest.approx(0.5)
    reach = risk_curves.NORMAL_95 * np.sqrt((60 - 40 * 0.25) / 39 / 40)
    assert frequency.high[0] == pytest.approx(0.5 + reach)
    severity = risk_curves.observed(cells, "group", "severity")
    assert severity.mean[:2] == pytest.approx([10, 20])


def test_number_of_needs_can_be_a_factor() -> None:
    cells = small_cells()
    assert [factor.key for factor in risk_curves.needs_by_prevalence(cells)] == ["alcohol", "drugs"]
    assert risk_curves.level_codes(cells, "needs")[1] == ("0", "1", "2")
    np.testing.assert_array_equal(risk_curves.observed(cells, "needs", "binary").people, [0, 160, 29])
    points = risk_curves.along(cells, risk_curves.typical_profile(cells), "needs")
    np.testing.assert_array_equal(points["alcohol"], [0, 1, 1])
    np.testing.assert_array_equal(points["drugs"], [0, 0, 1])


def test_along_a_factor_other_things_are_held() -> None:
    cells = small_cells()
    profile = risk_curves.typical_profile(cells)
    assert profile == {"group": 1, "drugs": 0, "alcohol": 1, "previous": 1}
    points = risk_curves.along(cells, profile, "group")
    np.testing.assert_array_equal(points["group"], [0, 1, 2])
    np.testing.assert_array_equal(points["previous"], [1, 1, 1])


@pytest.mark.parametrize("name", shipped.names())
def test_every_shipped_curve_can_be_drawn_along_every_factor(name: str) -> None:
    published = shipped.curves(name)
    profile = risk_curves.typical_profile(published.cells)
    for key in ("needs", *published.curves["binary"].rows):
        points = risk_curves.along(published.cells, profile, key)
        for kind, fitted in published.curves.items():
            low, middle, high = fitted.band(points)
            assert len(middle) == len(risk_curves.observed(published.cells, key, kind).people)
            assert (low > 0).all()
            assert (high >= middle).all()
