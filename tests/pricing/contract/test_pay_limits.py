"""Limits to pay: what is within them, and which amounts come to less than another."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pricing.contract.pay_limits import UNLIMITED, PayLimits
from tests.examples import examples

AMOUNTS = st.floats(-100, 100, width=32)
ENDS = st.tuples(AMOUNTS, AMOUNTS).map(sorted)


@given(ENDS, st.lists(AMOUNTS, min_size=1, max_size=20), AMOUNTS)
@examples(100)
def test_what_comes_to_less_is_what_lies_before(ends: list[float], earned: list[float], pay: float) -> None:
    amounts = np.array(earned)
    for limits in (PayLimits(*ends), PayLimits(ends[0]), PayLimits(highest=ends[1]), UNLIMITED):
        less = limits.within(amounts) < pay
        assert np.array_equal(less, amounts < limits.before(np.array([pay])))


def test_at_a_limit_nothing_is_less_than_the_lowest_and_everything_is_less_than_what_is_over_the_highest() -> None:
    limits = PayLimits(-2, 5)
    assert list(limits.before(np.array([-2.0, -1.9, 5.0, 5.1]))) == [-np.inf, -1.9, 5.0, np.inf]
