"""Answers in the store: one a browser and question, changed until the question stops."""

import hashlib
import json
import re
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, bindparam, distinct, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from consultation.kept.store import now
from consultation.kept.tables import ANSWERS, QUESTIONS
from consultation.records import Question, RoomAnswer, RoomEvent
from pricing import MODEL_VERSION
from pricing.errors import AnswerError, EventError

BROWSER = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
MOST = 5000
"""Answers that a question takes: more come from no room."""

OF_EVENT = ANSWERS.c.question.in_(select(QUESTIONS.c.id).where(QUESTIONS.c.event == bindparam("event")))
OWN = select(ANSWERS).where(ANSWERS.c.person == bindparam("who"), OF_EVENT)
COUNTS = select(ANSWERS.c.question, func.count()).where(OF_EVENT).group_by(ANSWERS.c.question)
PEOPLE = select(func.count(distinct(ANSWERS.c.person))).where(OF_EVENT)
BY_BOTH = select(ANSWERS).where(ANSWERS.c.question == bindparam("key"), ANSWERS.c.person == bindparam("who"))
OF_QUESTION = select(func.count()).select_from(ANSWERS).where(ANSWERS.c.question == bindparam("key"))
STATE = select(QUESTIONS.c.state).where(QUESTIONS.c.id == bindparam("key")).with_for_update(read=True)
"""Written once: a statement that is built anew costs more than to run it."""


def person(event: RoomEvent, browser: str) -> str:
    """What is kept of a browser's random id: the same within an event, and nothing that two events share."""
    if not BROWSER.fullmatch(browser):
        raise AnswerError("This browser has lost its place: reload the page.")
    return hashlib.sha256(f"{event.id}:{browser}".encode()).hexdigest()[:32]


def give(connection: Connection, event: RoomEvent, question: Question, who: str, value: object) -> RoomAnswer:
    """Keep an answer, in place of this person's former one; raises AnswerError where the question takes none.

    Its seat is the one given so far; a seat given later counts for what is not revealed yet. What is revealed stays as
    it is, or the change would tell whose seat it was.
    """
    _must_be_open(connection, event, question, who)
    new = {
        "id": uuid4().hex,
        "question": question.id,
        "person": who,
        "value": json.dumps(value),
        "seat": seat_of(connection, event, who) if not question.seat else value,
        "given": now().replace(second=0, microsecond=0),
        "model": MODEL_VERSION,
        "appears": False,
    }
    connection.execute(KEEP[connection.dialect.name], new)
    if question.seat:
        _take_seat(connection, event, who, value)
    if (connection.scalar(OF_QUESTION, {"key": question.id}) or 0) > MOST:
        raise AnswerError("This question has as many answers as it can take.")
    return read(connection.execute(BY_BOTH, {"key": question.id, "who": who}).mappings().one())


def _must_be_open(connection: Connection, event: RoomEvent, question: Question, who: str) -> None:
    """Hold a question open until this is kept, and let one answer of a person follow another; raises AnswerError."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(int(who[:15], 16))))
    state = connection.scalar(STATE, {"key": question.id})
    if state is None or event.closed is not None:
        raise AnswerError("This event takes no more answers.")
    if state != "open":
        raise AnswerError("This question takes no answers now. What you had answered before counts.")


def _by(question: Question, who: str) -> Any:
    return (ANSWERS.c.question == question.id) & (ANSWERS.c.person == who)


def _insert_or_change(dialect: Any) -> Any:
    """One row a person and question, whoever else writes: an answer that is the same leaves all as it was.

    One that is changed has another id: a facilitator who lets a comment appear means the words that they have read.
    """
    statement = dialect.insert(ANSWERS)
    fresh = {name: statement.excluded[name] for name in ("id", "value", "seat", "given", "model", "appears")}
    return statement.on_conflict_do_update(
        index_elements=["question", "person"], set_=fresh, where=ANSWERS.c.value != statement.excluded.value
    )


KEEP = {"sqlite": _insert_or_change(sqlite), "postgresql": _insert_or_change(postgresql)}
"""How an answer is kept, by dialect."""


def seat_of(connection: Connection, event: RoomEvent, who: str) -> int | None:
    """The seat that a person gave, by the number of its choice."""
    if event.seat is None:
        return None
    said = connection.execute(BY_BOTH, {"key": event.seat.id, "who": who}).mappings().first()
    return None if said is None else int(json.loads(said["value"]))


def _take_seat(connection: Connection, event: RoomEvent, who: str, seat: object) -> None:
    unseen = [one.id for one in event.questions if not one.revealed]
    mine = (ANSWERS.c.person == who) & ANSWERS.c.question.in_(unseen)
    connection.execute(update(ANSWERS).where(mine).values(seat=seat))


def skip(connection: Connection, event: RoomEvent, question: Question, who: str) -> None:
    """Take an answer back while its question is open; nothing where there is none. Raises AnswerError as ``give``."""
    _must_be_open(connection, event, question, who)
    connection.execute(ANSWERS.delete().where(_by(question, who)))
    if question.seat:
        _take_seat(connection, event, who, None)


def own(connection: Connection, event: RoomEvent, who: str) -> dict[str, RoomAnswer]:
    """A person's own answers, by the id of their question."""
    rows = connection.execute(OWN, {"event": event.id, "who": who}).mappings()
    return {row["question"]: read(row) for row in rows}


def to(connection: Connection, question: Question) -> tuple[RoomAnswer, ...]:
    """All answers to a question, by their random ids."""
    wanted = select(ANSWERS).where(ANSWERS.c.question == question.id).order_by(ANSWERS.c.id)
    return tuple(read(row) for row in connection.execute(wanted).mappings())


def every(connection: Connection, event: RoomEvent) -> dict[str, tuple[RoomAnswer, ...]]:
    """All answers of an event, by the id of their question."""
    return {question.id: to(connection, question) for question in event.questions}


def counts(connection: Connection, event: RoomEvent) -> dict[str, int]:
    """How many answered each question, by its id."""
    found = {key: int(number) for key, number in connection.execute(COUNTS, {"event": event.id})}
    return dict.fromkeys((one.id for one in event.questions), 0) | found


def people(connection: Connection, event: RoomEvent) -> int:
    """How many browsers answered anything."""
    return int(connection.scalar(PEOPLE, {"event": event.id}) or 0)


def let_appear(connection: Connection, event: RoomEvent, key: str, *, appears: bool) -> None:
    """Let the room see a comment, or no longer; raises EventError where the event has no such comment."""
    comments = [one.id for one in event.questions if one.kind == "comment"]
    which = (ANSWERS.c.id == key) & ANSWERS.c.question.in_(comments)
    if not key.isalnum() or connection.execute(update(ANSWERS).where(which).values(appears=appears)).rowcount != 1:
        raise EventError("This comment is not there any more: its author may have changed it or taken it back.")


def read(row: RowMapping) -> RoomAnswer:
    """An answer as it is given out: without what is kept of its author."""
    names = ("id", "question", "seat", "given", "model", "appears")
    return RoomAnswer(value=json.loads(row["value"]), **{name: row[name] for name in names})
