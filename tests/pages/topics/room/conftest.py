"""Each test is a room of its own: nobody in it has answered a moment ago."""

import pytest

from consultation import limits


@pytest.fixture(autouse=True)
def nobody_has_answered() -> None:
    limits.forget()
