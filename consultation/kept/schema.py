"""The store's schema: made where there is none, brought up to date where it is older, refused where it is newer."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from pricing.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 5_240_913
"""Number of the lock under which one of several processes makes the tables of a PostgreSQL database."""
NEWER = (
    "The database of what rooms said was made by a newer version of the explorer: "
    "run that version, or name another database in EXPLORER_DATABASE."
)
OLDER = (
    "The database of what rooms said is from an older version of the explorer: "
    "stop every process that uses it, take a backup and run “make migrate”."
)


def _steps(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def prepare(engine: Engine, *, migrate: bool = False) -> None:
    """Bring the schema to what this version knows; a PostgreSQL database that is older only with ``migrate``.

    Raises StoreError with a sentence where it is newer, or older and not to be changed.
    """
    if engine.dialect.name == "sqlite":
        _prepare_file(engine)
        return
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        found = _standing(connection)
        if found == "older" and not migrate:
            raise StoreError(OLDER)
        if found != "current":
            command.upgrade(_steps(connection), "head")


def _prepare_file(engine: Engine) -> None:
    """Bring a file up to date in one transaction; it is copied first, and the copy goes once all is well."""
    with engine.connect() as connection:
        found = _standing(connection)
    if found == "current":
        return
    path = Path(str(engine.url.database))
    copy = _copied(path) if found == "older" else None
    with engine.begin() as connection:  # one process at a time: the others wait here, and find it done
        if _standing(connection) != "current":
            command.upgrade(_steps(connection), "head")
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            raise StoreError("The database of what rooms said is damaged: put a backup in its place.")
    if copy is not None:  # it holds answers, which are to be gone on their day
        copy.unlink(missing_ok=True)


def _standing(connection: Connection) -> str:
    """Where a database stands: empty, older, current; raises StoreError where it is newer."""
    found = MigrationContext.configure(connection).get_current_revision()
    known = ScriptDirectory.from_config(_steps())
    if found is None:
        return "empty"
    if found == known.get_current_head():
        return "current"
    if found not in {step.revision for step in known.walk_revisions()}:
        raise StoreError(NEWER)
    return "older"


def _copied(path: Path) -> Path:
    """A whole copy of a database beside it, readable by its owner alone."""
    copy = path.with_name(f"{path.name}.before-upgrade")
    with suppress(FileNotFoundError):
        copy.unlink()
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy
