"""Points that fill a cube evenly are those of scipy, to the last digit; so is the binomial distribution, nearly."""

import numpy as np
import pytest
from scipy.stats import binom, qmc

from pricing.contract.counted.offenders import of_so_many
from pricing.contract.even_points import BITS, ROWS, even_points


@pytest.mark.parametrize(("number", "dimensions"), [(256, 3), (512, 20), (1 << BITS, len(ROWS))])
def test_they_are_the_sobol_sequence(number: int, dimensions: int) -> None:
    np.testing.assert_array_equal(even_points(number, dimensions), qmc.Sobol(dimensions, scramble=False).random(number))


def test_more_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="direction numbers"):
        even_points(2, len(ROWS) + 1)
    with pytest.raises(ValueError, match="direction numbers"):
        even_points((1 << BITS) + 1, 2)


@pytest.mark.parametrize("people", [1, 30, 150])
@pytest.mark.parametrize("risk", [1e-6, 0.3, 0.99, 1.0])
def test_chances_of_so_many_are_binomial(people: int, risk: float) -> None:
    np.testing.assert_allclose(of_so_many(people, risk), binom.pmf(np.arange(people + 1), people, risk), atol=1e-13)
