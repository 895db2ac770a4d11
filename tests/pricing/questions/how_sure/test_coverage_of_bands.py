"""A 95% band holds the truth in 95 of 100 cohorts: fitted to 200 simulated ones, whose truth is known."""

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

from pricing.people import fitting
from pricing.people.arrays import FloatArray
from pricing.people.cells import Cells, Factor
from pricing.people.hold_out import EVERYONE
from pricing.people.reoffence_counts import Histogram
from pricing.questions.how_sure import draws
from tests.examples import EXPLORED, EXPLORING

COHORTS, PEOPLE, ALPHA, SHAPE = 200, 60, 1.2, 2.0
"""Cohorts; people in each of 60 cells; alpha of the counts; shape of the harm of one reoffence."""
KINDS = ("binary", "frequency", "severity")
HELD_OUT = 200 if EXPLORING else 100
"""Cohorts of which half is held out: a share of .95 is then known to .02."""
HISTOGRAM = Histogram(np.zeros(2, dtype=bool), np.array([0.0, 3.0]), np.array([50.0, 50.0]))
"""Where alpha is replaced by the true one, any histogram does."""


def seed() -> int:
    """Of cohorts that are drawn: the same in every gate, fresh when exploring."""
    return int(np.random.SeedSequence().generate_state(1)[0]) if EXPLORING else 20


@cache
def cells() -> Cells:
    """Every combination of three ages, a need and ten deciles, with the same people in each."""
    factors = {
        "age": Factor("age", "Age", "category", ("a", "b", "c"), ("a", "b", "c")),
        "need": Factor("need", "Need", "need", ("0", "1"), ("No", "Yes")),
        "decile": Factor("decile", "Tenth", "decile", tuple("123456789X"), tuple("123456789X")),
    }
    codes = np.array(list(product(range(3), range(2), range(10)))).T
    people = np.full(codes.shape[1], float(PEOPLE))
    by_key = dict(zip(factors, codes, strict=True))
    return Cells(factors, by_key, np.zeros(len(people), dtype=bool), {"people": people})


@cache
def truth() -> dict[str, FloatArray]:
    """The mean of each outcome in each cell."""
    age, need, decile = (cells().codes[key] for key in ("age", "need", "decile"))
    place = (9 - decile) / 9
    return {
        "binary": 1 / (1 + np.exp(0.9 - np.array([0.0, 0.5, -0.6])[age] - 0.4 * need - 0.3 * place)),
        "frequency": np.exp(-0.2 + np.array([0.0, 0.4, -0.5])[age] + 0.5 * need + 0.2 * place),
        "severity": np.exp(3.0 + np.array([0.0, -0.3, 0.2])[age] + 0.1 * need - 0.2 * place),
    }


def simulated(seed: int) -> tuple[Cells, Histogram]:
    """One cohort; each person's count is negative binomial, each reoffence's harm gamma."""
    rng, real = np.random.default_rng([20, seed]), truth()
    spread = rng.gamma(1 / ALPHA, ALPHA, (PEOPLE, len(real["frequency"])))
    counts = rng.poisson(real["frequency"] * spread)
    total = counts.sum(axis=0).astype(float)
    outcomes = cells().outcomes | {
        "reoffended": rng.binomial(PEOPLE, real["binary"]).astype(float),
        "reoffences": total,
        "reoffences_squared": (counts.astype(float) ** 2).sum(axis=0),
        "harm": rng.gamma(SHAPE * total, real["severity"] / SHAPE),
    }
    values, people = np.unique(counts, return_counts=True)
    histogram = Histogram(np.zeros(len(values), dtype=bool), values.astype(float), people.astype(float))
    return Cells(cells().factors, cells().codes, cells().held_out, outcomes), histogram


@cache
def held() -> dict[str, FloatArray]:
    """By kind, whether each cohort's band holds the truth at each cell, (cohorts, cells)."""
    found: dict[str, list[FloatArray]] = {kind: [] for kind in KINDS}
    for seed in range(COHORTS):
        curves = fitting.fit_curves(*simulated(seed))
        for kind in KINDS:
            low, _, high = curves[kind].band(cells().codes)
            found[kind].append((low <= truth()[kind]) & (truth()[kind] <= high))
    return {kind: np.array(rows) for kind, rows in found.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_bands_hold_the_truth_as_often_as_they_say(kind: str) -> None:
    assert held()[kind].shape == (COHORTS, 60)
    assert 0.92 <= held()[kind].mean() <= 0.98


def test_draws_of_a_curve_hold_the_truth_about_as_often() -> None:
    """The 90% range of 100 draws of a curve's coefficients, over 60 of the cohorts."""
    inside = []
    for seed in range(60):
        people, _ = simulated(seed)
        curve = fitting.fit_binary(people, fitting.make_basis(people))
        linear = curve.design(cells().codes) @ draws.coefficients(curve, "simulated").T
        low, high = np.quantile(1 / (1 + np.exp(-linear)), [0.05, 0.95], axis=1)
        inside.append((low <= truth()["binary"]) & (truth()["binary"] <= high))
    assert 0.85 <= np.mean(inside) <= 0.95


def test_the_spread_of_harm_is_in_the_band() -> None:
    """The covariance of a gamma fit carries its dispersion, 1 / shape in these cohorts."""
    people, histogram = simulated(0)
    curve = fitting.fit_curves(people, histogram)["severity"]
    design, weight = curve.design(cells().codes), people.outcomes["reoffences"]
    information = design.T @ (design * weight[:, np.newaxis])
    np.testing.assert_allclose(curve.covariance, curve.dispersion * np.linalg.inv(information), rtol=1e-6)
    assert curve.dispersion == pytest.approx(1 / SHAPE, abs=0.25)


@EXPLORED
def test_errors_by_area_hold_the_truth_where_people_of_one_area_are_alike() -> None:
    """Areas share a shock and lie in one tenth: errors that take people as independent miss the slope, these do not."""
    inside, plain = [], []
    fresh = seed()
    levels = tuple(str(number) for number in range(200))
    factors = {"decile": cells().factors["decile"], "area": Factor("area", "Area", "place", levels, levels)}
    decile = np.arange(200) % 10
    for cohort in range(200):
        rng = np.random.default_rng([fresh, cohort])
        shock = rng.normal(0, 0.6, 200)
        chance = 1 / (1 + np.exp(0.3 - 0.4 * (9 - decile) / 9 - shock))
        outcomes = {"people": np.full(200, 40.0), "reoffended": rng.binomial(40, chance).astype(float)}
        codes = {"decile": decile, "area": np.arange(200)}
        curve = fitting.fit_curves(Cells(factors, codes, np.zeros(200, dtype=bool), outcomes), None)["binary"]
        # A shock pulls the mean slope towards zero by about a tenth: 1 / sqrt(1 + .346 * .36).
        off = abs(curve.coefficients[1] - 0.4 / np.sqrt(1 + 0.346 * 0.36))
        assert curve.area_covariance is not None
        inside.append(off < 1.96 * np.sqrt(curve.area_covariance[1, 1]))
        plain.append(off < 1.96 * np.sqrt(curve.covariance[1, 1]))
    assert np.mean(inside) > 0.88, fresh
    assert np.mean(plain) < 0.85, fresh


@EXPLORED
def test_intervals_of_people_held_out_hold_their_totals_as_often_as_they_say() -> None:
    """30 of 60 cells held out: what is seen over expected varies by people's luck and by the error of the curve."""
    fresh = seed()
    inside: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for cohort in range(HELD_OUT):
        rng = np.random.default_rng([fresh, cohort])
        people, _ = simulated(int(rng.integers(2**31)))
        kept = rng.permutation(60) < 30
        curves = fitting.fit_curves(people.where(kept), HISTOGRAM)
        curves["frequency"] = replace(curves["frequency"], alpha=ALPHA)
        for group in fitting.groups_held_out(curves, people.where(~kept)):
            if group.factor == EVERYONE:
                inside[group.kind].append(not group.outside)
    assert {kind: len(held) for kind, held in inside.items()} == dict.fromkeys(KINDS, HELD_OUT)
    for kind, held in inside.items():
        assert 0.89 <= np.mean(held) <= 0.99, (kind, fresh)
