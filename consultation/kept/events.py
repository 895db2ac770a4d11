"""Events in the store: started, found by code or secret, led from question to question, closed, deleted."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, Select, bindparam, delete, func, insert, select, update

from consultation.kept.store import now
from consultation.kept.tables import EVENTS, QUESTIONS
from consultation.records import Question, RoomEvent, State
from pricing.errors import EventError

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of which codes are made: no 0 and O, no 1, I and L."""
CODE_LENGTH = 6
FORM = re.compile(f"[{LETTERS}]{{{CODE_LENGTH}}}", re.ASCII)
MOST_EVENTS = 2000
"""Events kept at one time: anybody who opens the explorer may start one."""
NO_SUCH_CODE = "No event has this code. Look again at the wall: it may also have been deleted."
NO_SUCH_LINK = "No event has this link. It may have been cut off, or the event has been deleted."
NO_SUCH_QUESTION = "This event has no such question any more. Reload the page."


def hash_of(secret: str) -> str:
    """What is kept of a secret: 128 random bits need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def new_secret() -> str:
    """128 random bits as 32 characters of 0-9 and a-f."""
    return secrets.token_hex(16)


def new_code() -> str:
    """Six random letters and digits that nobody mixes up."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def tidied(code: str) -> str:
    """A code as it was typed or read out: spaces, strokes and small letters do not matter."""
    return "".join(code[:40].split()).replace("-", "").upper()


def start(connection: Connection, values: Mapping[str, Any], questions: Sequence[Question]) -> str:
    """Keep a new event; its id. A code is drawn anew while another event has it. Nothing where its secret is known."""
    known = connection.scalar(select(EVENTS.c.id).where(EVENTS.c.secret_hash == values["secret_hash"]))
    if known is not None:  # the server went away after it had kept it
        return str(known)
    if (connection.scalar(select(func.count()).select_from(EVENTS)) or 0) >= MOST_EVENTS:
        raise EventError("There are as many events as can be kept here. Delete one that is over, and start again.")
    key, code = uuid4().hex, new_code()
    while connection.scalar(select(EVENTS.c.id).where(EVENTS.c.code == code)):
        code = new_code()
    connection.execute(insert(EVENTS).values(id=key, code=code, started=now(), shown="", revision=0, **values))
    for place, question in enumerate(questions):
        add(connection, key, place, question)
    return key


def add(connection: Connection, event: str, place: int, question: Question) -> None:
    """Keep a question of an event."""
    connection.execute(
        insert(QUESTIONS).values(
            id=uuid4().hex, event=event, place=place, state="waiting", declaration=declaration(question)
        )
    )


def declaration(question: Question) -> str:
    """What a facilitator wrote of a question, and the model's answer, as JSON."""
    said = asdict(question)
    return json.dumps({name: value for name, value in said.items() if name not in ("id", "state")})


def by_code(connection: Connection, code: str) -> RoomEvent:
    """The event with this code; raises EventError."""
    typed = tidied(code)
    if not FORM.fullmatch(typed):
        raise EventError(NO_SUCH_CODE)
    return _found(connection, BY_CODE, typed, NO_SUCH_CODE)


def by_secret(connection: Connection, secret: str, *, lock: bool = False) -> RoomEvent:
    """The event whose facilitator has this secret, held for a change with ``lock``; raises EventError."""
    known = hash_of(secret.strip())
    if lock:
        connection.execute(select(EVENTS.c.id).where(EVENTS.c.secret_hash == known).with_for_update())
    return _found(connection, BY_SECRET, known, NO_SUCH_LINK)


WITH_QUESTIONS = (
    select(EVENTS, *(QUESTIONS.c[name].label(f"of_{name}") for name in ("id", "state", "declaration")))
    .join_from(EVENTS, QUESTIONS, isouter=True)
    .order_by(EVENTS.c.started.desc(), EVENTS.c.id, QUESTIONS.c.place, QUESTIONS.c.id)
)
"""Events with their questions, a row a question."""
NOT_DUE = WITH_QUESTIONS.where(EVENTS.c.delete_on > bindparam("today"))
BY_CODE = NOT_DUE.where(EVENTS.c.code == bindparam("known"))
BY_SECRET = NOT_DUE.where(EVENTS.c.secret_hash == bindparam("known"))
"""Written once: a statement that is built anew costs more than to run it, and every phone asks."""


def _found(connection: Connection, which: Select[Any], known: str, missing: str) -> RoomEvent:
    rows = connection.execute(which, {"known": known, "today": now().date()}).mappings().all()
    if not rows:
        raise EventError(missing)
    return read(rows)


def every(connection: Connection) -> tuple[RoomEvent, ...]:
    """All events, the latest first."""
    rows = connection.execute(WITH_QUESTIONS).mappings().all()
    return tuple(read(list(of_one)) for _, of_one in groupby(rows, key=lambda row: row["id"]))


def read(rows: Sequence[RowMapping]) -> RoomEvent:
    """An event as it is given out, from its rows: without what is kept of its secret."""
    said = {column.name: rows[0][column.name] for column in EVENTS.c if column.name != "secret_hash"}
    return RoomEvent(**said, questions=tuple(read_question(row) for row in rows if row["of_id"] is not None))


def read_question(row: RowMapping) -> Question:
    """A question as it is given out."""
    said = json.loads(row["of_declaration"])
    return Question(**said | {"choices": tuple(said["choices"]), "id": row["of_id"], "state": row["of_state"]})


def asked(event: RoomEvent, key: str) -> Question:
    """A question of an event by its id; raises EventError."""
    question = event.question(key)
    if question is None:
        raise EventError(NO_SUCH_QUESTION)
    return question


def must_be_on(event: RoomEvent) -> None:
    """Raise EventError for an event that was closed."""
    if event.closed is not None:
        raise EventError("This event is closed: its answers can be read and exported, and no question can be asked.")


def show(connection: Connection, event: RoomEvent, question: Question) -> None:
    """Put a question on the wall, and let it take answers unless its result was seen; the one before takes no more.

    The question of the seat goes on taking answers until it is stopped itself: somebody may come late.
    """
    must_be_on(event)
    for one in event.questions:
        if one.id != question.id and one.state == "open" and not one.seat:
            to_state(connection, one, "stopped")
    if question.state in ("waiting", "stopped"):
        to_state(connection, question, "open")
    changed(connection, event, shown=question.id)


def stop(connection: Connection, event: RoomEvent, question: Question) -> None:
    """Let a question take no more answers; nothing where it takes none already."""
    if question.state == "open":
        to_state(connection, question, "stopped")
        changed(connection, event)


def reveal(connection: Connection, event: RoomEvent, question: Question, right: int | None) -> None:
    """Let the room see a result; the question takes no answers ever again. Raises EventError where it was not shown."""
    if question.state == "waiting":
        raise EventError("This question has not been shown yet, so there is nothing to reveal.")
    if question.kind == "comment":
        raise EventError("Comments appear one by one: let each of them appear.")
    if right is not None and (question.kind != "guess" or not 0 <= right < len(question.choices)):
        raise EventError("Only a guess has an answer of the model’s, and it is one of the choices.")
    if right is not None and question.right is None:
        told = declaration(replace(question, right=right))
        connection.execute(update(QUESTIONS).where(QUESTIONS.c.id == question.id).values(declaration=told))
    to_state(connection, question, "revealed")
    changed(connection, event)


def to_state(connection: Connection, question: Question, state: State) -> None:
    """Change where a question stands; who is answering it just now is waited for."""
    connection.execute(update(QUESTIONS).where(QUESTIONS.c.id == question.id).values(state=state))


def changed(connection: Connection, event: RoomEvent, **values: Any) -> None:
    """Note that an event changed, and what of it."""
    connection.execute(update(EVENTS).where(EVENTS.c.id == event.id).values(revision=event.revision + 1, **values))


def arrange(connection: Connection, event: RoomEvent, questions: Sequence[Question]) -> None:
    """Put an event's questions in this order: those without an id are new, those left out go if none was asked.

    New ones are as :func:`consultation.kinds.declared` returns them.
    """
    must_be_on(event)
    kept = [one.id for one in questions if one.id]
    if len(set(kept)) < len(kept) or any(event.question(key) is None for key in kept):
        raise EventError(NO_SUCH_QUESTION)
    gone = [one for one in event.questions if one.id not in kept]
    if any(one.state != "waiting" for one in gone):
        raise EventError("A question that was shown stays, with its answers.")
    connection.execute(delete(QUESTIONS).where(QUESTIONS.c.id.in_([one.id for one in gone])))
    for place, question in enumerate(questions):
        if question.id:
            connection.execute(update(QUESTIONS).where(QUESTIONS.c.id == question.id).values(place=place))
        else:
            add(connection, event.id, place, question)
    changed(connection, event)


def close(connection: Connection, event: RoomEvent) -> None:
    """End an event: what is open stops. Nothing where it is closed already."""
    if event.closed is None:
        for question in event.open_questions:
            to_state(connection, question, "stopped")
        changed(connection, event, closed=now())


def remove(connection: Connection, event: RoomEvent) -> None:
    """Delete an event with everything of it."""
    connection.execute(delete(EVENTS).where(EVENTS.c.id == event.id))
