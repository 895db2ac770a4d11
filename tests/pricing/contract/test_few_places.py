"""Smooth functions worked out at a few places are what they are everywhere; others are worked out everywhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.contract.counted.complex_numbers import ComplexArray
from pricing.contract.counted.few_places import chebyshev, from_few
from pricing.people.arrays import FloatArray
from tests.examples import examples

MISSED = 1e-7


class Asked:
    """Transforms of two counts, (2, places), one of amounts that turn ``fast``; and at how many places."""

    def __init__(self, fast: float) -> None:
        self.fast, self.places = fast, 0

    def __call__(self, at: FloatArray) -> ComplexArray:
        self.places += len(at)
        return np.stack([np.exp(3 * (np.exp(1j * self.fast * at) - 1)), (1 + 0.4 * 1j * at) ** -0.7])


@examples(30)
@given(st.floats(0.0, 60.0), st.floats(0.01, 30.0), st.integers(1, 3000))
def test_it_is_what_is_found_at_every_place(fast: float, last: float, number: int) -> None:
    wanted, work = np.linspace(0.0, last, number), Asked(fast)
    found = from_few(work, wanted, (8, 4096), MISSED)
    assert work.places <= 1.5 * number + 1
    np.testing.assert_allclose(found, Asked(fast)(wanted), rtol=0, atol=1e-10)


@pytest.mark.parametrize(("fast", "share"), [(1.0, 0.03), (20.0, 0.3), (3000.0, 1.4)])
def test_the_smoother_the_fewer_places(fast: float, share: float) -> None:
    work = Asked(fast)
    from_few(work, np.linspace(0.0, 3.0, 4000), (16, 4096), MISSED)
    assert work.places <= share * 4000


def test_where_many_would_be_needed_it_is_worked_out_where_it_is_wanted() -> None:
    work = Asked(20.0)
    from_few(work, np.linspace(0.0, 3.0, 4000), (16, 64), MISSED)
    assert work.places == 4000 + 65


def test_every_second_place_is_one_of_half_as_many() -> None:
    np.testing.assert_allclose(chebyshev(32, 2.5)[::2], chebyshev(16, 2.5), rtol=0, atol=1e-15)
    assert chebyshev(16, 2.5)[[0, -1]] == pytest.approx([2.5, 0.0])
