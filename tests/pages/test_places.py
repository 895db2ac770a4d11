"""Places."""

import pytest
from tests.pages.visit import check, visit


def test_x():
    at = visit("places")
    for e in at.exception:
        print(e.value, e.stack_trace)
    check(at, "Places")
