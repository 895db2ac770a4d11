"""Curves fitted to cells are those fitted to people; they recover a known truth; the shipped ones can be repeated."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from benchmarks.bench_fitting import one_row_per_person
from data.build_tables import COHORTS
from data.fit_curves import fitted
from pricing.errors import DataError
from pricing.people import fitting
from pricing.people import shipped as builtin_cohorts
from pricing.people.cells import Cells, Factor
from pricing.people.cohort import FloatArray
from pricing.people.hold_out import auc, brier, observed_expected, tenths

# The algebra is identical, so only rounding separates the two fits; a different BLAS moves a refit a little more.
COEFFICIENTS, STANDARD_ERRORS, REFIT = 1e-8, 1e-6, 1e-7


def simulated(people: int, alpha: float) -> tuple[Cells, dict[str, FloatArray]]:
    """One row per person with negative binomial counts, and the true log-rate effect of every level."""
    rng = np.random.default_rng(7)
    factors = {
        "group": Factor("group", "Group", "category", ("a", "b", "c"), ("a", "b", "c")),
        "need": Factor("need", "Need", "need", ("0", "1"), ("No", "Yes")),
        "decile": Factor("decile", "Tenth", "decile", tuple("123456789X"), tuple("123456789X")),
    }
    truth = {
        "group": np.array([0.0, 0.5, -0.7]),
        "need": np.array([0.0, 0.4]),
        "decile": 0.3 * np.arange(9, -1, -1) / 9,
    }
    shares = {"group": [0.6, 0.3, 0.1], "need": [0.5, 0.5], "decile": [0.1] * 10}
    codes = {key: rng.choice(len(share), people, p=share) for key, share in shares.items()}
    mean = np.exp(0.2 + sum(truth[key][codes[key]] for key in truth))
    counts = rng.negative_binomial(1 / alpha, 1 / (1 + alpha * mean)).astype(float)
    harm = np.array([rng.gamma(2.0, 10.0, int(count)).sum() for count in counts])
    outcomes = {
        "people": np.ones(people),
        "reoffended": (counts > 0).astype(float),
        "reoffences": counts,
        "reoffences_squared": counts**2,
        "harm": harm,
    }
    return Cells(factors, codes, np.zeros(people, dtype=bool), outcomes), truth


def histogram(counts: FloatArray) -> fitting.Histogram:
    values, people = np.unique(counts, return_counts=True)
    return fitting.Histogram(np.zeros(len(values), dtype=bool), values, people.astype(float))


def test_binary_curve_of_georgia_is_the_same_from_cells_as_from_people() -> None:
    shipped = builtin_cohorts.curves("georgia_parole").cells
    people = one_row_per_person(shipped)
    cells = fitting.model_cells(shipped)
    from_cells = fitting.fit_binary(cells, fitting.make_basis(cells))
    from_people = fitting.fit_binary(people, fitting.make_basis(people))
    assert len(people.people) == 25_750 > 2 * len(cells.people)
    np.testing.assert_allclose(from_cells.coefficients, from_people.coefficients, rtol=0, atol=COEFFICIENTS)
    errors = [np.sqrt(np.diag(curve.covariance)) for curve in (from_cells, from_people)]
    np.testing.assert_allclose(*errors, rtol=0, atol=STANDARD_ERRORS)


def test_frequency_curve_is_the_same_from_cells_as_from_people_and_as_the_full_likelihood() -> None:
    people, _ = simulated(6_000, alpha=1.3)
    cells = fitting.model_cells(people)
    counts = histogram(people.outcomes["reoffences"])
    basis = fitting.make_basis(cells)
    from_cells, from_people = (fitting.fit_frequency(data, basis, counts) for data in (cells, people))
    assert len(cells.people) == 60
    np.testing.assert_allclose(from_cells.coefficients, from_people.coefficients, rtol=0, atol=COEFFICIENTS)
    np.testing.assert_allclose(from_cells.covariance, from_people.covariance, rtol=0, atol=STANDARD_ERRORS**2)
    design = fitting.design_matrix(people, basis)
    outside = sm.NegativeBinomial(people.outcomes["reoffences"], design).fit(disp=0, gtol=1e-8)
    np.testing.assert_allclose(outside.params, [*from_cells.coefficients, from_cells.alpha], atol=1e-4)


def test_frequency_and_severity_curves_recover_a_known_truth() -> None:
    people, truth = simulated(40_000, alpha=1.3)
    curves = fitting.fit_curves(people, histogram(people.outcomes["reoffences"]))
    frequency, severity = curves["frequency"], curves["severity"]
    assert frequency.alpha == pytest.approx(1.3, rel=0.05)
    expected = [0.2, truth["group"][1], truth["group"][2], truth["need"][1], truth["decile"][0]]
    errors = np.sqrt(np.diag(frequency.covariance))
    assert (np.abs(frequency.coefficients - expected) < 3.5 * errors).all()
    assert np.exp(severity.coefficients[0]) == pytest.approx(20, rel=0.05)
    assert severity.dispersion == pytest.approx(0.5, rel=0.1)


@pytest.mark.parametrize("name", builtin_cohorts.names())
def test_a_refit_gives_the_shipped_numbers(name: str) -> None:
    again = fitted(COHORTS / name)
    shipped = builtin_cohorts.curves(name)
    assert set(again["curves"]) == set(shipped.curves)
    for kind, curve in shipped.curves.items():
        fields = again["curves"][kind]
        assert tuple(fields["terms"]) == curve.terms
        np.testing.assert_allclose(fields["coefficients"], curve.coefficients, rtol=REFIT, atol=1e-9)
        np.testing.assert_allclose(fields["covariance"], curve.covariance, rtol=REFIT, atol=1e-9)
        assert fields["alpha"] == (None if curve.alpha is None else pytest.approx(curve.alpha, rel=REFIT))
    for measure in ("slope", "intercept", "auc", "brier", "brier_base_rate"):
        assert again["hold_out"][measure] == pytest.approx(getattr(shipped.hold_out, measure), rel=REFIT, abs=1e-9)


def test_order_of_cells_changes_nothing() -> None:
    cells = fitting.model_cells(builtin_cohorts.curves("georgia_parole").cells)
    order = np.random.default_rng(1).permutation(len(cells.people))
    shuffled = replace(
        cells,
        codes={key: codes[order] for key, codes in cells.codes.items()},
        outcomes={name: sums[order] for name, sums in cells.outcomes.items()},
    )
    curves = [fitting.fit_binary(data, fitting.make_basis(data)) for data in (cells, shuffled)]
    np.testing.assert_allclose(curves[0].coefficients, curves[1].coefficients, atol=COEFFICIENTS)


def test_spline_is_flat_beyond_its_cap_and_centred_on_people() -> None:
    people = np.array([100.0, 300, 250, 200, 100, 40, 9, 1, 0])
    rows = fitting.spline_rows(people)
    assert rows.shape == (9, 4)
    np.testing.assert_array_equal(rows[6:], np.broadcast_to(rows[6], (3, 4)))
    np.testing.assert_allclose(people @ rows, 0, atol=1e-9)


def test_a_level_that_nobody_has_is_refused() -> None:
    people, _ = simulated(200, alpha=1.0)
    with pytest.raises(DataError, match="Nobody has the level c of group"):
        fitting.make_basis(people.where(people.codes["group"] != 2))


@pytest.mark.parametrize(("intercept", "slope"), [(0.0, 1.0), (0.3, 0.8)])
def test_calibration_finds_how_the_log_odds_were_distorted(intercept: float, slope: float) -> None:
    # Pairs of groups five reoffenders above and below what is expected, which cancel in the equations.
    log_odds = np.repeat(np.linspace(-3, 3, 13), 2)
    people = np.full(26, 1000.0)
    reoffended = people / (1 + np.exp(-(intercept + slope * log_odds))) + np.tile([5.0, -5.0], 13)
    found, intervals = fitting.calibration(1 / (1 + np.exp(-log_odds)), reoffended, people)
    assert found == (pytest.approx(intercept, abs=1e-9), pytest.approx(slope))
    assert all(low < value < high for value, (low, high) in zip(found, intervals, strict=True))


def test_auc_and_brier_by_hand() -> None:
    probability, reoffended, people = np.array([0.2, 0.6, 0.6]), np.array([1.0, 0.0, 2.0]), np.array([2.0, 1.0, 2.0])
    # Reoffenders .2 .6 .6 against others .2 .6: wins .5 + 0, then 1 + .5 twice, of six pairs.
    assert auc(probability, reoffended, people) == pytest.approx(3.5 / 6)
    assert brier(probability, reoffended, people) == pytest.approx((0.64 + 0.04 + 0.36 + 2 * 0.16) / 5)


def test_tenths_hold_a_tenth_of_people_each() -> None:
    codes = tenths(np.arange(100.0)[::-1], np.ones(100))
    assert codes[0] == 9
    np.testing.assert_array_equal(np.bincount(codes), np.full(10, 10))


def test_observed_over_expected_is_named_when_outside() -> None:
    cells = fitting.model_cells(builtin_cohorts.curves("georgia_parole").cells)
    half = np.full(len(cells.people), 0.5)
    groups = observed_expected("binary", cells, half, half * (1 - half))
    assert any(group.outside for group in groups)
    assert sum(group.observed for group in groups if group.factor == "needs") == 14_855
