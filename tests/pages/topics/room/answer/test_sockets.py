"""What a real server sends to a phone: a part of the page for a tap and for news, and nothing not let through."""

import asyncio
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.phones import Phone
from consultation import door, revisions
from consultation.records import Question, Started
from pricing.scenario.scenario import Scenario
from tests.awaited import awaited
from tests.conftest import APP, Server
from tests.consultation import rooms
from tests.consultation.rooms import WORD

NUMBER, PREMIUM = 37.25, 0.77
ANSWERS = (
    (rooms.NUMBER, NUMBER, struct.pack("<d", NUMBER)),
    (rooms.PRICE, door.price_answer(Scenario(need_premium=PREMIUM)), b"77%"),
    (rooms.COMMENT, WORD, WORD.encode()),
)
"""Questions, an answer to each, and as what its author's own phone is sent it."""
AUTHOR, OTHER = rooms.browser(1), rooms.browser(2)


@pytest.fixture
def server(serve: Callable[..., AbstractContextManager[Server]]) -> Iterator[Server]:
    """A server that keeps what rooms said where the test does."""
    with serve(APP, database=os.environ["EXPLORER_DATABASE"]) as found:
        yield found


class Listening(Phone):
    """A phone that remembers what it was sent."""

    sent: list[bytes]

    def take(self, data: str | bytes) -> bool:
        self.__dict__.setdefault("sent", []).append(data if isinstance(data, bytes) else data.encode())
        return super().take(data)

    def parts(self) -> set[str]:
        """Which parts of the page were drawn since this was asked last."""
        messages = [ForwardMsg.FromString(one) for one in self.sent]
        self.sent.clear()
        return {one.delta.fragment_id for one in messages if one.WhichOneof("type") == "delta"}


async def hear(phone: Phone) -> None:
    """Wait for the second in which the server answers from memory, and take the news."""
    await asyncio.sleep(revisions.SECONDS)
    assert await phone.news() != phone.asks["said"]
    await phone.run({}, phone.part)
    assert await phone.news() == phone.asks["said"]


async def tap_and_hear(url: str, made: Started) -> None:
    first, following = (one.id for one in made.event.questions)
    door.show(made.secret, first)
    phone = await Listening.open(url, made.event.code, OTHER)
    assert isinstance(phone, Listening)
    phone.sent.clear()
    await phone.answer(1)
    assert phone.parts() == {phone.part} != {""}
    assert door.own_answers(made.event.code, OTHER)[first].value == 1
    door.reveal(made.secret, first)
    door.show(made.secret, following)
    await hear(phone)
    assert phone.parts() == {phone.part}
    await phone.answer(2)
    assert door.own_answers(made.event.code, OTHER)[following].value == 2
    await phone.close()


async def sent(url: str, made: Started, question: Question) -> list[bytes]:
    """All that the author's phone, and another, are sent of a question from when they open until it is stopped."""
    key = rooms.key(made.event, question)
    door.show(made.secret, key)
    phones = [await Listening.open(url, made.event.code, browser) for browser in (AUTHOR, OTHER)]
    door.stop(made.secret, key)
    await asyncio.gather(*map(hear, phones))
    for phone in phones:
        await phone.close()
    return [b"".join(phone.sent) for phone in phones if isinstance(phone, Listening)]


async def hidden(url: str, made: Started) -> None:
    for question, value, written in ANSWERS:
        key = rooms.key(made.event, question)
        door.show(made.secret, key)
        door.answer(made.event.code, key, AUTHOR, value)
        own, told = await sent(url, made, question)
        assert written in own, "or the search finds nothing"
        for _, _, other in ANSWERS:
            assert other not in told
        assert made.secret.encode() not in told


def test_a_phone_runs_a_part_of_its_page_and_is_sent_nothing_that_was_not_let_through(server: Server) -> None:
    awaited(tap_and_hear(server.url, rooms.started((rooms.CHOICE, rooms.GUESS))))
    awaited(hidden(server.url, rooms.started([question for question, _, _ in ANSWERS])))
