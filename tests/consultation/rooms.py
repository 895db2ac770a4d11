"""Rooms to ask: an event, the browsers in it, and an answer to each kind of question."""

import re
from collections.abc import Callable, Sequence
from random import Random

import pytest

from consultation import door
from consultation.records import Question, RoomEvent, Started, State
from pricing.errors import ExplorerError
from pricing.scenario.scenario import Scenario, defaults

CHOICE = Question("choice", "Which?", ("One", "Two", "Three"))
GUESS = Question(
    "guess", "How many have two needs or more?", ("Fewer than 25", "25 to 49", "50 or more"), story="people"
)
AGREEMENT = Question("agreement", "The price has to know the place.")
NUMBER = Question("number", "How much could you bear?", low=0, high=100, step=1, unit="%")
PRICE = Question("price", "Your price")
COMMENT = Question("comment", "What did this leave out?")
SEAT = Question("choice", "Your seat?", ("Commissioner", "Provider", "Charity"), seat=True)
EACH = (SEAT, GUESS, CHOICE, AGREEMENT, NUMBER, PRICE, COMMENT)
OWN = Scenario(need_premium=0.2)
SHA = "a" * 64
WORD = "Xyzzy"
"""What nobody else writes."""


def browser(number: int) -> str:
    """The random id of one of a room's browsers."""
    return f"browser-{number:016d}"


def started(questions: Sequence[Question] = EACH, title: str = "In Manchester", days: int = 90) -> Started:
    """An event with these questions."""
    return door.start(title, questions, OWN, days)


def key(event: RoomEvent, words: Question) -> str:
    """The id of a question by its words."""
    return next(one.id for one in event.questions if one.words == words.words)


def value_for(question: Question, draw: Random) -> object:
    """An answer that is allowed."""
    kinds = {
        "guess": lambda: draw.randrange(len(question.choices)),
        "choice": lambda: draw.randrange(len(question.choices)),
        "agreement": lambda: draw.randint(1, 5),
        "number": lambda: round(draw.uniform(question.low, question.high), 2),
        "price": lambda: door.price_answer(defaults().with_(need_premium=draw.randrange(20) / 20)),
        "comment": lambda: f"Comment {draw.randrange(10**6)}",
    }
    return kinds[question.kind]()


def asked_of_all(made: Started, people: int, seed: int = 0, *, until: State = "revealed") -> RoomEvent:
    """Ask a room of so many everything; questions end as ``until`` says, comments as stopped."""
    draw, code = Random(seed), made.event.code
    for question in made.event.questions:
        door.show(made.secret, question.id)
        for number in range(people):
            door.answer(code, question.id, browser(number), value_for(question, draw))
        if until in ("stopped", "revealed"):
            door.stop(made.secret, question.id)
        if until == "revealed" and question.kind != "comment":
            door.reveal(made.secret, question.id)
    return door.event(code)


def refusal(work: Callable[[], object], kind: type[ExplorerError]) -> str:
    """The sentence with which something is refused; one, without anything of a library's."""
    with pytest.raises(kind) as found:
        work()
    said = str(found.value)
    assert said[0].isupper()
    assert said.endswith(".")
    assert not re.search("sqlalchemy|sqlite3|select|insert|traceback", said.lower())
    assert WORD not in said
    assert found.value.__cause__ is None
    return said
