"""Fits by levels are those of statsmodels on the whole design matrix; what has no estimate is said, by its factor."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from pricing.errors import DataError
from pricing.people import fitting
from pricing.people.cells import Cells, Factor
from pricing.people.likelihood.design import Design
from pricing.people.likelihood.solve import solve
from tests.examples import examples

FAMILIES = {
    "binary": families.Binomial(),
    "frequency": families.Poisson(),
    "severity": families.Gamma(link=families.links.Log()),
}


def drawn(seed: int) -> tuple[Design, np.ndarray]:
    """A design of three factors on up to 400 cells, and the whole of its matrix."""
    rng = np.random.default_rng(seed)
    rows = {"a": np.eye(4)[:, 1:], "b": rng.normal(size=(9, 2)), "c": np.array([[0.0], [1.0]])}
    codes = {key: rng.integers(len(table), size=rng.integers(150, 400)) for key, table in list(rows.items())[:1]}
    codes |= {key: rng.integers(len(rows[key]), size=len(codes["a"])) for key in ("b", "c")}
    whole = np.hstack([np.ones((len(codes["a"]), 1)), *(rows[key][codes[key]] for key in rows)])
    return Design(rows, codes), whole


@given(seed=st.integers(0, 2**32))
@examples(20)
def test_sums_by_levels_are_those_of_the_whole_matrix(seed: int) -> None:
    design, whole = drawn(seed)
    rng = np.random.default_rng(seed + 1)
    values, group = rng.normal(size=design.cells), rng.integers(3, size=design.cells)
    np.testing.assert_allclose(design.times(values[: design.terms]), whole @ values[: design.terms], atol=1e-12)
    np.testing.assert_allclose(design.gram(values), whole.T @ (whole * values[:, np.newaxis]), atol=1e-10)
    np.testing.assert_allclose(design.sums(values), (whole.T @ values)[np.newaxis], atol=1e-10)
    each = [whole[group == one].T @ values[group == one] for one in range(3)]
    np.testing.assert_allclose(design.sums(values, group, 3), each, atol=1e-10)


@pytest.mark.parametrize("kind", FAMILIES)
@given(seed=st.integers(0, 2**32))
@examples(12)
def test_a_fit_is_that_of_statsmodels(kind: str, seed: int) -> None:
    design, whole = drawn(seed)
    rng = np.random.default_rng(seed + 2)
    mean = np.exp(design.times(rng.normal(0, 0.4, design.terms)))
    weights = rng.integers(1, 30, design.cells).astype(float)
    seen = {
        "binary": rng.binomial(weights.astype(int), mean / (1 + mean)) / weights,
        "frequency": rng.negative_binomial(weights, 1 / (1 + mean)) / weights,
        "severity": rng.gamma(weights, mean / weights),
    }[kind]
    found = solve(design, FAMILIES[kind], seen, weights)
    told = GLM(seen, whole, family=FAMILIES[kind], var_weights=weights).fit(
        maxiter=200, tol=1e-11, tol_criterion="params"
    )
    np.testing.assert_allclose(found.coefficients, told.params, rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.inverse, told.normalized_cov_params, rtol=1e-6, atol=1e-9)
    pearson = told.pearson_chi2 / told.df_resid
    assert found.dispersion == pytest.approx(pearson, rel=1e-8)


def test_terms_that_say_the_same_are_refused() -> None:
    design, _ = drawn(1)
    twice = Design({**design.rows, "d": design.rows["c"]}, {**design.codes, "d": design.codes["c"]})
    seen = np.random.default_rng(1).integers(1, 4, design.cells) / 4
    with pytest.raises(DataError, match="say the same of everybody"):
        solve(twice, FAMILIES["binary"], seen, np.full(design.cells, 4.0))


def people(seed: int) -> Cells:
    """Records of 600 people with a need and an age."""
    rng = np.random.default_rng(seed)
    factors = {
        "need": Factor("need", "Drugs need", "need", ("0", "1"), ("No", "Yes")),
        "age": Factor("age", "Age", "category", ("a", "b", "c"), ("a", "b", "c")),
    }
    codes = {"need": rng.integers(2, size=600), "age": rng.integers(3, size=600)}
    outcomes = {"people": np.ones(600), "reoffended": rng.integers(2, size=600).astype(float)}
    return Cells(factors, codes, np.zeros(600, dtype=bool), outcomes)


@pytest.mark.parametrize(("level", "seen"), [(1, 1.0), (1, 0.0), (0, 1.0)])
def test_a_factor_that_tells_the_outcome_for_certain_is_named(level: int, seen: float) -> None:
    cells = people(3)
    told = np.where(cells.codes["need"] == level, seen, cells.outcomes["reoffended"])
    with pytest.raises(DataError, match=r"^Drugs need has levels at which everybody or nobody reoff.*leave it out"):
        fitting.fit_curves(replace(cells, outcomes=cells.outcomes | {"reoffended": told}), None)
    both = np.where(cells.codes["need"] == 1, 1.0, 0.0)
    with pytest.raises(DataError, match=r"^Drugs need has levels"):
        fitting.fit_curves(replace(cells, outcomes=cells.outcomes | {"reoffended": both}), None)
