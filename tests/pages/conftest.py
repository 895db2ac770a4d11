"""What makes a visit to a page in a test cheap."""

from collections.abc import Iterator

import pytest

from pages.kit.cost import limits
from tests.pages import cheap_visits


@pytest.fixture(scope="session", autouse=True)
def visits_are_cheap() -> Iterator[None]:
    """A run of a page does what a server does at each run, and nothing that a server does once."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_visits.make(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def time_enough() -> Iterator[None]:
    """Work of a page has a budget of processor time, which a busy machine stretches: no test hangs on that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "BUDGET", 60.0)
        yield
