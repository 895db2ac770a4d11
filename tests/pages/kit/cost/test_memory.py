"""Free memory goes back to the machine now and then, where the C library has a call for it."""

import pytest

from pages.kit.cost import memory


def test_free_memory_is_given_back_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    times = [100.0]
    given_back: list[int] = []
    monkeypatch.setattr(memory, "monotonic", lambda: times[0])
    monkeypatch.setattr(memory, "trim", lambda: given_back.append)
    back = memory.GivingBack()
    assert not back.now_and_then()
    times[0] += memory.EVERY
    assert back.now_and_then()
    assert not back.now_and_then()
    assert given_back == [0]
    times[0] += memory.EVERY
    monkeypatch.setattr(memory, "trim", lambda: None)
    assert not back.now_and_then(), "where the C library has no call for it"
