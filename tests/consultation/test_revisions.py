"""How far an event has come, asked by every phone: one look at the store a second, and never a stale one for longer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from consultation import door, revisions
from consultation.records import RoomEvent
from pricing.errors import EventError, StoreError
from tests.consultation import rooms
from tests.consultation.rooms import refusal

pytestmark = pytest.mark.usefixtures("file")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [1000.0]
    monkeypatch.setattr(revisions.time, "monotonic", lambda: now[0])
    revisions.forget()
    yield now
    revisions.forget()


def test_what_a_facilitator_does_is_known_within_a_second(clock: list[float]) -> None:
    made = rooms.started((rooms.CHOICE, rooms.COMMENT))
    code, first = made.event.code, made.event.questions[0].id
    assert door.revision(code) == made.event.revision
    for act in (door.show, door.stop, door.reveal):
        event = act(made.secret, first)
        assert door.revision(code) == event.revision - 1
        clock[0] += revisions.SECONDS
        assert door.revision(code) == event.revision
    door.answer(code, door.show(made.secret, made.event.questions[1].id).shown, rooms.browser(1), "Heard")
    clock[0] += revisions.SECONDS
    known = door.revision(code)
    door.let_appear(made.secret, door.comments(made.secret, made.event.questions[1].id)[0].id)
    door.close(made.secret)
    clock[0] += revisions.SECONDS
    assert door.revision(code) == known + 2
    door.delete(made.secret)
    clock[0] += revisions.SECONDS
    assert "No event has this code" in refusal(lambda: door.revision(code), EventError)


def test_an_answer_is_no_news(clock: list[float]) -> None:
    """Or each of two hundred answers would let two hundred phones draw their page."""
    made = rooms.started((rooms.CHOICE,))
    event = door.show(made.secret, made.event.questions[0].id)
    for number in range(3):
        door.answer(event.code, event.shown, rooms.browser(number), number)
        clock[0] += revisions.SECONDS
        assert door.revision(event.code) == event.revision


def test_a_room_that_asks_within_a_second_is_one_look_at_the_store(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, looks, together = rooms.started((rooms.CHOICE,)), [], Barrier(8)
    real = door.event

    def look(code: str) -> RoomEvent:
        looks.append(code)
        return real(code)

    def phone(_: int) -> int:
        together.wait()
        return door.revision(made.event.code)

    monkeypatch.setattr(door, "event", look)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(phone, range(16))) == {made.event.revision}
    assert len(looks) == 1


def test_a_store_that_is_away_is_asked_once_a_second_too(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is gone takes seconds to say so: phones that wait for that, one after another, would pile up."""
    made, looks = rooms.started((rooms.CHOICE,)), []

    def away(code: str) -> RoomEvent:
        looks.append(code)
        raise StoreError("The database does not answer.")

    with monkeypatch.context() as gone:
        gone.setattr(door, "event", away)
        for _ in range(5):
            assert refusal(lambda: door.revision(made.event.code), StoreError) == "The database does not answer."
    assert len(looks) == 1
    clock[0] += revisions.SECONDS
    assert door.revision(made.event.code) == made.event.revision


def test_codes_that_nobody_has_fill_no_memory(clock: list[float]) -> None:
    for number in range(revisions.REMEMBERED + 50):
        refusal(lambda number=number: door.revision(f"{number}" * 1000), EventError)
    assert len(revisions._seen) == revisions.REMEMBERED
    assert max(map(len, revisions._seen)) < 100
