"""Logarithms of many complex numbers at once are numpy's own, whatever their shape and wherever they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.contract.counted.complex_numbers import NEAR_BY, log, log_count, log_size

PARTS = st.floats(-1e6, 1e6).filter(lambda part: abs(part) > 1e-6)


@given(st.lists(st.tuples(PARTS, PARTS), min_size=1, max_size=40))
def test_a_logarithm_is_numpys(parts: list[tuple[float, float]]) -> None:
    values = np.array([complex(*each) for each in parts])
    np.testing.assert_allclose(log(values), np.log(values), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(log_size(values), np.log(values).real, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("shape", [(1,), (NEAR_BY,), (NEAR_BY + 1,), (7, NEAR_BY // 2), (0,)])
@pytest.mark.parametrize("right_of_none", [True, False])
def test_pieces_of_any_shape_are_put_together(shape: tuple[int, ...], right_of_none: bool) -> None:
    luck = np.random.default_rng(3)
    values = luck.normal(size=shape) + 1j * luck.normal(size=shape)
    values = np.abs(values.real) + 1j * values.imag if right_of_none else values
    before = values.copy()
    np.testing.assert_allclose(log(values), np.log(values), rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(log(values.T), np.log(values.T), rtol=1e-13, atol=1e-13)
    assert np.array_equal(values, before)


def test_a_counts_logarithm_is_that_of_its_transform_and_moves_nothing() -> None:
    turned = 3.0 * (np.exp(1j * np.linspace(0, 6, 5000)) - 1)
    before = turned.copy()
    np.testing.assert_allclose(np.exp(log_count(0.5, turned)), (1 - 0.5 * turned) ** -2.0, rtol=1e-12)
    assert np.array_equal(turned, before)
