"""A baseline that few people were measured on: what a rule pays on average over its errors, in one rule."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pricing.contract.counted.baseline import ANY, BaselineError
from pricing.contract.counted.poisson_binomial import Count
from pricing.contract.pay_under_luck import Normal
from pricing.contract.payment_rule import Clauses, from_clauses
from pricing.contract.top_up import topped_up

CLAUSES: tuple[dict[str, Any], ...] = (
    {"zone": 0.0, "threshold": 0.05, "shape": "steps", "inner": 1.0},
    {"zone": 0.03, "threshold": 0.0, "shape": "per_result", "inner": 0.5},
    {"zone": 0.0, "threshold": 0.2, "shape": "all_or_nothing", "inner": 0.0},
    {"zone": 0.1, "threshold": 0.01, "shape": "steps", "inner": 0.0},
)


def errors(number: int) -> BaselineError:
    """So many errors, unevenly apart and unevenly likely."""
    luck = np.random.default_rng(number)
    chances = luck.random(number) + 0.01
    return BaselineError(np.sort(luck.normal(0, 0.1, number)), chances / chances.sum())


@pytest.mark.parametrize("number", [1, 7, 400])
@pytest.mark.parametrize("deducts", [True, False])
@pytest.mark.parametrize("clauses", CLAUSES, ids=str)
def test_pay_and_its_chance_are_means_over_the_errors(clauses: dict[str, Any], deducts: bool, number: int) -> None:
    rule = from_clauses(Clauses(full=0.1, deducts=deducts, **clauses)).at_least(-0.05).at_most(0.3)
    baseline, measured = errors(number), np.linspace(-1, 1, 401)
    pays = [rule(measured + error) for error in baseline.errors]
    np.testing.assert_allclose(baseline.over_each(rule)(measured), baseline.chances @ pays, rtol=0, atol=1e-12)
    chance = baseline.chances @ [(pay > ANY).astype(float) for pay in pays]
    np.testing.assert_allclose(baseline.chance_of_more(rule, measured), chance, rtol=0, atol=1e-12)


def test_errors_that_never_are_leave_no_gap_in_fewer() -> None:
    # A baseline of one person: most of its lattice stands for nothing, and 0 over 0 was an error.
    chances = np.zeros(1000)
    chances[[0, 400, 999]] = 0.25, 0.5, 0.25
    fewer = BaselineError(np.linspace(-1, 1, 1000), chances).fewer(100)
    assert fewer.chances == pytest.approx([0.25, 0.5, 0.25])
    assert fewer.errors == pytest.approx(np.linspace(-1, 1, 1000)[[0, 400, 999]])


def test_nothing_is_ever_more_than_a_rule_that_pays_nothing() -> None:
    nothing = from_clauses(Clauses(0.0, 0.0, 1.0, "per_result", 0.1, deducts=False)).at_most(0.0)
    assert not errors(7).chance_of_more(nothing, np.linspace(-1, 1, 5)).any()


COUNTED = ((20, 0.1), (200, 0.004), (1000, 0.02), (5000, 0.02))
"""People before, and the noise of the measure beside."""


@pytest.mark.parametrize("deducts", [True, False])
@pytest.mark.parametrize("clauses", CLAUSES, ids=str)
def test_under_luck_a_counted_baseline_is_every_error_it_may_have(clauses: dict[str, Any], deducts: bool) -> None:
    # Errors were put together by how many knots a rule has: a price of .85 of the linear one where .96 is right.
    rule, at = from_clauses(Clauses(full=0.1, deducts=deducts, **clauses)).at_most(1.5), np.linspace(-0.2, 0.6, 21)
    for before, noise in COUNTED:
        people = Count(np.array([0.2, 0.5]), np.array([before // 2, before - before // 2]), drawn=True)
        found, chances = Normal(rule, noise, BaselineError.of(people)), people.chances(np.zeros(1))[0]
        each = [rule.expected(at - error, noise) for error in people.changes]
        steep = [rule.marginal(at - error, noise) for error in people.changes]
        np.testing.assert_allclose(found.expected(at), chances @ each, rtol=0, atol=2e-4)
        np.testing.assert_allclose(found.marginal(at), chances @ steep, rtol=0, atol=0.01)


@pytest.mark.parametrize("clauses", CLAUSES, ids=str)
@pytest.mark.parametrize("noise", [0.008, 0.02])
def test_a_year_that_tops_up_is_paid_by_its_quarters(clauses: dict[str, Any], noise: float) -> None:
    # The rule of the year was known at 129 places, further apart than its quarters' luck: 24% too much by luck alone.
    said = Clauses(full=0.1, deducts=False, **clauses)
    rule, paid = from_clauses(said), topped_up(said, said, noise)
    luck = np.random.default_rng(3).normal(0.0, noise, (4, 200_000))
    before = Count(np.array([0.2, 0.5]), np.array([300.0, 300.0]), drawn=True)
    error = BaselineError.of(before)
    off = -np.random.default_rng(4).choice(before.changes, 200_000, p=np.maximum(before.chances(np.zeros(1))[0], 0.0))
    for baseline, moved in ((None, 0.0), (error, off)):
        for change in (0.0, 0.06):
            measured = change + luck + moved
            pay = np.maximum(rule(measured).mean(axis=0), rule(measured.mean(axis=0)))
            found = replace(paid, baseline=baseline)
            spread = 4 * pay.std() / len(pay) ** 0.5 + 3e-4
            assert float(found.expected(change)) == pytest.approx(pay.mean(), abs=spread)
            assert float(found.chance(change)) == pytest.approx((pay > ANY).mean(), abs=0.01)
