"""What whoever runs the explorer may do with every event: list them, take one away, delete one, renew the schema.

It asks for no facilitator's secret: who can read the database can do all of this anyway.
"""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from consultation.kept import answers, events, place, store
from consultation.leaving import forms, rows
from consultation.records import Listed, RoomEvent, RoomFile

T = TypeVar("T")


def listed() -> tuple[Listed, ...]:
    """Every event that is kept, the latest first."""

    def work(connection: Connection) -> tuple[Listed, ...]:
        return tuple(_listed(connection, event) for event in events.every(connection))

    return _read(work)


def export(code: str, form: str, address: str = "") -> RoomFile:
    """An event as a file; raises EventError for a code that no event has."""

    def work(connection: Connection) -> rows.WholeEvent:
        event = events.by_code(connection, code)
        return rows.WholeEvent(event, answers.every(connection, event), address)

    return forms.made(_read(work), form)


def delete(code: str) -> Listed:
    """Delete an event with everything of it; what it was. Raises EventError for a code that no event has."""
    the_store = store.the_store()

    def work(connection: Connection) -> Listed:
        event = events.by_code(connection, code)
        gone = _listed(connection, event)
        events.remove(connection, event)
        return gone

    found = the_store.write(work)
    the_store.forget()
    return found


def migrate() -> None:
    """Bring the database up to date, a server's too; raises StoreError where it is newer than this explorer."""
    store.close_all()
    store.Store(place.address(), migrate=True).close()


def _listed(connection: Connection, event: RoomEvent) -> Listed:
    return Listed(event, answers.people(connection, event), sum(answers.counts(connection, event).values()))


def _read(work: Callable[[Connection], T]) -> T:
    return store.the_store().read(work)
