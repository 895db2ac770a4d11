"""A store of each kind, fresh for each test: a file, and a real PostgreSQL where one can be had."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from consultation import limits
from consultation.kept import store
from tests.postgresql_server import PostgreSQL, running
from tests.programs import needs

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NEEDS_POSTGRESQL = needs("pg_ctl")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL for the tests of this worker. It need not outlive the power, so it waits for no disk."""
    with running("fsync=off", "full_page_writes=off") as server:
        yield server


@pytest.fixture(params=[SQLITE, pytest.param(POSTGRESQL, marks=NEEDS_POSTGRESQL)])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty store, named in EXPLORER_DATABASE; tests that ask for it run on each kind."""
    if request.param == SQLITE:
        address = f"sqlite:///{tmp_path / 'data' / 'rooms.sqlite'}"
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        server.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        address = server.address
    yield from _named(address, monkeypatch)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The path of a store that is a file, not there yet."""
    path = tmp_path / "data" / "rooms.sqlite"
    for _ in _named(str(path), monkeypatch):
        yield path


def _named(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("EXPLORER_DATABASE", address)
    limits.forget()
    yield address
    store.close_all()
