"""Curves fitted to cells are those fitted to people; they recover a known truth; the shipped ones can be repeated."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import nbinom
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from benchmarks.bench_fitting import one_row_per_person
from data.build_tables import COHORTS
from pricing.errors import DataError
from pricing.people import fitting, shipped
from pricing.people.arrays import FloatArray
from pricing.people.cells import Cells, Factor
from pricing.people.hold_out import EVERYONE, auc, brier, observed_expected, tenths
from pricing.people.records.curves_file import fitted
from pricing.people.reoffence_counts import Histogram, alpha_given_mean

# The algebra is identical, so only rounding separates the two fits; a different BLAS moves a refit a little more.
COEFFICIENTS, STANDARD_ERRORS, REFIT = 1e-8, 1e-6, 1e-7


def simulated(people: int, alpha: float, seed: int = 7) -> tuple[Cells, dict[str, FloatArray]]:
    """One row per person with negative binomial counts, and the true log-rate effect of every level."""
    rng = np.random.default_rng(seed)
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


def histogram(counts: FloatArray) -> Histogram:
    values, people = np.unique(counts, return_counts=True)
    return Histogram(np.zeros(len(values), dtype=bool), values, people.astype(float))


def test_binary_curve_of_georgia_is_the_same_from_cells_as_from_people() -> None:
    published = shipped.curves("georgia_parole").cells
    people = one_row_per_person(published)
    cells = fitting.model_cells(published)
    from_cells = fitting.fit_binary(cells, fitting.make_basis(cells))
    from_people = fitting.fit_binary(people, fitting.make_basis(people))
    assert len(people.people) == 25_750 > 2 * len(cells.people)
    np.testing.assert_allclose(from_cells.coefficients, from_people.coefficients, rtol=0, atol=COEFFICIENTS)
    errors = [np.sqrt(np.diag(curve.covariance)) for curve in (from_cells, from_people)]
    np.testing.assert_allclose(*errors, rtol=0, atol=STANDARD_ERRORS)


def test_frequency_curve_is_the_same_from_cells_as_from_people_and_as_statsmodels() -> None:
    people, _ = simulated(6_000, alpha=1.3)
    cells = fitting.model_cells(people)
    counts = histogram(people.outcomes["reoffences"])
    basis = fitting.make_basis(cells)
    from_cells, from_people = (fitting.fit_frequency(data, basis, counts) for data in (cells, people))
    assert len(cells.people) == 60
    np.testing.assert_allclose(from_cells.coefficients, from_people.coefficients, rtol=0, atol=COEFFICIENTS)
    np.testing.assert_allclose(from_cells.covariance, from_people.covariance, rtol=0, atol=STANDARD_ERRORS**2)
    design = from_cells.design(people.codes)
    model = GLM(people.outcomes["reoffences"], design, family=families.Poisson())
    outside = model.fit(cov_type="HC0", tol=1e-12)
    np.testing.assert_allclose(outside.params, from_cells.coefficients, rtol=0, atol=COEFFICIENTS)
    np.testing.assert_allclose(outside.cov_params(), from_cells.covariance, rtol=0, atol=STANDARD_ERRORS**2)


def test_alpha_is_the_likeliest_given_the_mean_and_stays_in_its_range() -> None:
    people, _ = simulated(4_000, alpha=0.7)
    counts, mean = people.outcomes["reoffences"], np.full(4_000, 1.9)
    alpha = alpha_given_mean(people, mean, histogram(counts))

    def likelihood(value: float) -> float:
        return float(nbinom.logpmf(counts, 1 / value, 1 / (1 + value * mean)).sum())

    assert likelihood(alpha) > max(likelihood(alpha * 0.999), likelihood(alpha * 1.001))
    even = replace(people, outcomes=people.outcomes | {"reoffences": np.full(4_000, 2.0)})
    assert alpha_given_mean(even, np.full(4_000, 2.0), histogram(np.full(4_000, 2.0))) == 0.02


@pytest.mark.parametrize("kind", ["binary", "frequency", "severity"])
def test_errors_by_area_are_those_of_statsmodels_without_its_correction(kind: str) -> None:
    people, _ = simulated(3_000, alpha=1.3)
    levels = tuple(f"{number:03d}" for number in range(80))
    area = np.random.default_rng(8).integers(80, size=3_000)
    people = replace(
        people,
        outcomes={name: np.where((area == 0) & (name != "people"), 0.0, v) for name, v in people.outcomes.items()},
        factors={**people.factors, "area": Factor("area", "Area", "place", levels, levels)},
        codes={**people.codes, "area": area},
    )
    cells = people.group(list(people.factors))
    curve = fitting.fit_curves(cells, histogram(people.outcomes["reoffences"]))[kind]
    design, seen = curve.design(people.codes), people.outcomes
    # A row per person; for severity, a row per reoffence, each with the person's mean harm.
    rows = np.repeat(np.arange(3_000), seen["reoffences"].astype(int) if kind == "severity" else 1)
    response = {
        "binary": seen["reoffended"],
        "frequency": seen["reoffences"],
        "severity": seen["harm"] / np.maximum(seen["reoffences"], 1),
    }[kind]
    family = {
        "binary": families.Binomial(),
        "frequency": families.Poisson(),
        "severity": families.Gamma(link=families.links.Log()),
    }[kind]
    outside = GLM(response[rows], design[rows], family=family).fit(
        tol=1e-12, cov_type="cluster", cov_kwds={"groups": area[rows], "use_correction": False}
    )
    assert curve.areas == (79 if kind == "severity" else 80), "an area where nobody reoffended says nothing of harm"
    # statsmodels divides by the information observed; with a log link a gamma's differs from the expected by luck.
    tolerance = 0.05 if kind == "severity" else 1e-6
    errors = np.sqrt(np.diag(outside.cov_params())), np.sqrt(np.diag(np.asarray(curve.area_covariance)))
    np.testing.assert_allclose(*errors, rtol=tolerance)


@pytest.mark.parametrize("seed", np.random.SeedSequence().generate_state(3))
def test_as_many_reoffences_are_fitted_as_counted_whatever_their_spread(seed: int) -> None:
    people, _ = simulated(2_000, alpha=4.0, seed=int(seed))
    curve = fitting.fit_curves(people, histogram(people.outcomes["reoffences"]))["frequency"]
    fitted_counts, counted = curve.predict(people.codes), people.outcomes["reoffences"]
    for keep in (slice(None), *(people.codes["group"] == level for level in range(3))):
        assert fitted_counts[keep].sum() == pytest.approx(counted[keep].sum(), rel=1e-8)


def test_shipped_curves_are_calibrated_in_the_mean() -> None:
    curves = shipped.curves("greater_manchester")
    cells = curves.cells
    rate, days = (curves.curves[kind].predict(cells.codes) for kind in ("frequency", "severity"))
    assert cells.outcomes["reoffences"].sum() / (cells.people @ rate) == pytest.approx(1, abs=1e-6)
    assert cells.outcomes["harm"].sum() / (cells.people @ (rate * days)) == pytest.approx(1, abs=0.01)
    everyone = {group.kind: group for group in curves.hold_out.groups if group.factor == EVERYONE}
    assert set(everyone) == {"binary", "frequency", "severity"}
    assert not everyone["frequency"].outside
    assert not everyone["severity"].outside


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


@pytest.mark.parametrize("name", shipped.names())
def test_a_refit_gives_the_shipped_numbers(name: str) -> None:
    again = json.loads(fitted(COHORTS / name))
    published = shipped.curves(name)
    assert set(again["curves"]) == set(published.curves)
    for kind, curve in published.curves.items():
        fields = again["curves"][kind]
        assert tuple(fields["terms"]) == curve.terms
        np.testing.assert_allclose(fields["coefficients"], curve.coefficients, rtol=REFIT, atol=1e-9)
        np.testing.assert_allclose(fields["covariance"], curve.covariance, rtol=REFIT, atol=1e-9)
        assert fields["alpha"] == (None if curve.alpha is None else pytest.approx(curve.alpha, rel=REFIT))
    for measure in ("slope", "intercept", "auc", "brier", "brier_base_rate"):
        assert again["hold_out"][measure] == pytest.approx(getattr(published.hold_out, measure), rel=REFIT, abs=1e-9)


def test_order_of_cells_changes_nothing() -> None:
    cells = fitting.model_cells(shipped.curves("georgia_parole").cells)
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
    cells = fitting.model_cells(shipped.curves("georgia_parole").cells)
    half = np.full(len(cells.people), 0.5)
    groups = observed_expected("binary", cells, half, half * (1 - half))
    assert any(group.outside for group in groups)
    assert sum(group.observed for group in groups if group.factor == "needs") == 14_855
