"""A baseline that few people were measured on: what a rule pays on average over its errors, in one rule."""

from typing import Any

import numpy as np
import pytest

from pricing.contract.counted.baseline import ANY, BaselineError
from pricing.contract.payment_rule import Clauses, from_clauses

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
