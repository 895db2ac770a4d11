"""Points that fill a cube evenly are those of scipy, to the last digit; so is the binomial distribution, nearly."""

import numpy as np
import pytest
from scipy.stats import binom, qmc

from pricing.contract.counted.offenders import of_so_many
from pricing.contract.even_points import BITS, ROWS, even_points, scrambled


@pytest.mark.parametrize(("number", "dimensions"), [(256, 3), (512, 20), (1 << BITS, len(ROWS))])
def test_they_are_the_sobol_sequence(number: int, dimensions: int) -> None:
    np.testing.assert_array_equal(even_points(number, dimensions), qmc.Sobol(dimensions, scramble=False).random(number))


def test_more_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="direction numbers"):
        even_points(2, len(ROWS) + 1)
    with pytest.raises(ValueError, match="direction numbers"):
        even_points((1 << BITS) + 1, 2)


def test_scrambled_they_are_as_even_and_their_last_bits_tell_nothing_of_each_other() -> None:
    plain = even_points(1 << BITS, 5)
    found = scrambled(plain, 3)
    assert np.array_equal(np.sort(np.floor(found * (1 << BITS)), axis=0), np.sort(plain * (1 << BITS), axis=0))
    boxes = np.unique(np.column_stack([found[:, 0] * 64 // 1, found[:, 1] * 128 // 1]), axis=0)
    assert len(boxes) == 1 << BITS  # one in each of as many boxes
    last = [(points * 256) % 1 for points in (plain, found)]
    of_plain, of_found = (np.abs(np.corrcoef(each.T) - np.eye(5)).max() for each in last)
    assert of_found < 0.05 < of_plain


@pytest.mark.parametrize("people", [1, 30, 150])
@pytest.mark.parametrize("risk", [1e-6, 0.3, 0.99, 1.0])
def test_chances_of_so_many_are_binomial(people: int, risk: float) -> None:
    np.testing.assert_allclose(of_so_many(people, risk), binom.pmf(np.arange(people + 1), people, risk), atol=1e-13)
