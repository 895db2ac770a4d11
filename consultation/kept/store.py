"""The store itself: opened on first use, one a process; work on it is one transaction, and its faults are sentences."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, delete, event
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError

from consultation.kept import place, schema
from consultation.kept.tables import EVENTS
from pricing.errors import StoreError

T = TypeVar("T")
BUSY = 10_000
"""Milliseconds that a writer of SQLite waits for another."""
PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
PAUSES = (0.1, 0.3, 1.0, 2.0)
"""Seconds before each new try where a server has gone away: a restart takes about that long."""
READING = {"reading": True}
READING_A_SERVER = {"isolation_level": "AUTOCOMMIT"}
"""A server that reads what is committed sees no more in a transaction; without one it is asked once and not thrice."""
GONE = "The database of what rooms said does not answer. Nothing that was acknowledged is lost; try again in a minute."
FULL = "The disk that holds what rooms said is full, so this was not kept. Make room there and try again."
NO_ANSWER = (
    "There is no database for what rooms say (the server in EXPLORER_DATABASE does not answer, or does not let us in). "
    "Everything else of the explorer works without it."
)
CANNOT = "There is no database for what rooms say ({reason}). Everything else of the explorer works without it."


class Store:
    """An open store. ``write`` and ``read`` run a function on a connection, each in a transaction of its own."""

    def __init__(self, address: str, *, migrate: bool = False) -> None:
        self.engine = _engine(address)
        self._reading = self.engine.execution_options(**(READING if self.on_sqlite else READING_A_SERVER))
        self._purged: date | None = None
        self._lock = threading.Lock()
        try:
            with sentences(NO_ANSWER):
                schema.prepare(self.engine, migrate=migrate)
            self.purge()
        except BaseException:
            self.engine.dispose()
            raise
        self._ended = threading.Event()
        threading.Thread(target=_keep_to_the_date, args=(self, self._ended), daemon=True).start()

    @property
    def on_sqlite(self) -> bool:
        """Whether the store is a file."""
        return self.engine.dialect.name == "sqlite"

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` in one transaction: all of it is kept when this returns, and none of it where it raises.

        ``work`` may run more than once, where the server goes away before it answers: it has to be harmless twice.
        """
        self.purge()
        return self._run(work, self.engine)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Do ``work``, which changes nothing, without holding up whoever writes."""
        self.purge()
        return self._run(work, self._reading)

    def purge(self) -> None:
        """Delete the events whose day has come: at the first use of a process and of each day."""
        today = now().date()
        with self._lock:
            if self._purged == today:
                return
            self._purged = today
        try:
            gone = self._run(
                lambda c: c.execute(delete(EVENTS).where(EVENTS.c.delete_on <= today)).rowcount, self.engine
            )
        except BaseException:
            self._purged = None
            raise
        if gone:
            self.forget()

    def forget(self) -> None:
        """See that what was deleted stands in no log of the file either."""
        if self.on_sqlite:
            with sentences(), self._reading.connect() as connection:
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of every connection."""
        self._ended.set()
        self.engine.dispose()

    def _run(self, work: Callable[[Connection], T], engine: Engine) -> T:
        for pause in PAUSES:
            try:
                with engine.begin() as connection:
                    return work(connection)
            except SQLAlchemyError as problem:
                if self.on_sqlite or not _went_away(problem):
                    raise sentence(problem) from None
            time.sleep(pause)
        with sentences(), engine.begin() as connection:
            return work(connection)


def now() -> datetime:
    """The time, UTC, without a zone, as the store holds it."""
    return datetime.now(UTC).replace(tzinfo=None)


def last_day(days: int) -> date:
    """The day from which nothing is kept of what starts now and stays so many days."""
    return now().date() + timedelta(days=days)


@contextmanager
def sentences(otherwise: str = GONE) -> Iterator[None]:
    """Turn every fault of a database into a StoreError, whose sentence holds nothing of what was to be kept."""
    try:
        yield
    except (SQLAlchemyError, OSError) as problem:
        raise sentence(problem, otherwise) from None


def sentence(problem: Exception, otherwise: str = GONE) -> StoreError:
    """What is wrong, for a reader; ``otherwise`` where no other sentence fits."""
    said = str(problem.orig) if isinstance(problem, DBAPIError) else ""
    if "disk is full" in said or "No space left" in said or getattr(problem, "errno", None) == 28:
        return StoreError(FULL)
    if "readonly" in said or "read-only" in said:
        return StoreError(CANNOT.format(reason="it can be read and not written"))
    if "malformed" in said or "not a database" in said:
        return StoreError(CANNOT.format(reason="the file is damaged, or no database"))
    if "unable to open" in said or isinstance(problem, OSError):
        return StoreError(CANNOT.format(reason="its file cannot be opened or made"))
    return StoreError(otherwise)


def _went_away(problem: SQLAlchemyError) -> bool:
    """Whether a server closed the connection or took none, so that the same work may go through in a moment."""
    return isinstance(problem, DBAPIError) and (problem.connection_invalidated or isinstance(problem, OperationalError))


def _engine(address: str) -> Engine:
    # A log that is turned up for another reason would hold what was answered: sqlalchemy writes rows into it.
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)
    path = place.file_of(address)
    if path is not None:
        with sentences():
            return _engine_on_file(path)
    try:
        return create_engine(address, hide_parameters=True, pool_size=10, max_overflow=10, connect_args=TIMEOUTS)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError(
            CANNOT.format(reason="what speaks to PostgreSQL is not installed: run “make engines”")
        ) from None
    except (SQLAlchemyError, ValueError):
        raise StoreError(CANNOT.format(reason="the address in EXPLORER_DATABASE cannot be read")) from None


TIMEOUTS = {"connect_timeout": 5, "application_name": "pricing-structure-explorer"}


def _engine_on_file(path: Path) -> Engine:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():  # readable by its owner alone, whatever the umask
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _on_begin says so, and hold changes of tables too
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    """A writer takes its lock at once: one that takes it later may find that another was before it, and fail.

    A reader needs no transaction: each statement sees one state, and what is revealed does not change.
    """
    if not connection.get_execution_options().get("reading"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


_open: dict[str, Store] = {}
_failed: dict[str, tuple[float, StoreError]] = {}
_opening = threading.Lock()
PATIENCE = 3.0
"""Seconds for which a store that could not be opened is not tried again: a room would wait in a queue."""
EVERY = 3600.0
"""Seconds between looks at the date of a process that nobody uses."""


def the_store() -> Store:
    """The store of this process, opened on first use and again if EXPLORER_DATABASE changed; raises StoreError."""
    address = place.address()
    with _opening:
        if address not in _open:
            moment, problem = _failed.get(address, (-PATIENCE, None))
            if problem is not None and time.monotonic() - moment < PATIENCE:
                raise StoreError(str(problem))
            try:
                _open[address] = Store(address)
            except StoreError as fault:
                _failed[address] = (time.monotonic(), fault)
                raise
        return _open[address]


def close_all() -> None:
    """Let go of every store of this process, and forget which could not be opened."""
    with _opening:
        _failed.clear()
        while _open:
            _open.popitem()[1].close()


def _keep_to_the_date(store: "Store", ended: threading.Event) -> None:
    """Delete what is due in a process that nobody uses; what goes wrong is met by the next reader."""
    while not ended.wait(EVERY):
        with suppress(StoreError):
            store.purge()
