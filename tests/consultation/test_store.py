"""The store: where it is, who may read it, which schema it has, and what is said where there is none."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event as happening
from sqlalchemy.exc import OperationalError

from consultation import door, keeper
from consultation.kept import place, schema, store
from consultation.kept.tables import METADATA
from pricing.errors import EventError, StoreError
from tests.consultation import rooms
from tests.consultation.conftest import NEEDS_POSTGRESQL
from tests.consultation.rooms import WORD, refusal

SECOND = """\
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("event", sa.Column("language", sa.Text))
    {then}
"""


def test_the_start_of_pages_and_commands_opens_no_database() -> None:
    """Nor does it import what speaks to one, or fits curves: it would be paid for at every start and by every page."""
    script = (
        "import sys; import pages.frame.frame, pages.frame.pages_list; "
        "from pricing.command import line; line.parser(); "
        "print(*{'sqlalchemy', 'alembic', 'psycopg', 'sqlite3', 'statsmodels', 'duckdb', 'sqlglot'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_the_file_is_its_owners_alone_and_careful(file: Path) -> None:
    made = rooms.started()
    rooms.asked_of_all(made, 2)
    for path in file.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700

    def pragmas(connection: store.Connection) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}

    assert store.the_store().read(pragmas) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": store.BUSY,
        "secure_delete": 1,
    }


def test_what_was_deleted_stands_nowhere_in_the_file(file: Path) -> None:
    made = rooms.started((rooms.COMMENT,), title=f"{WORD}-title")
    shown = door.show(made.secret, made.event.questions[0].id).shown
    for number in range(40):
        door.answer(made.event.code, shown, rooms.browser(number), f"{WORD}-{number}")
    written = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert WORD.encode() in written
    door.delete(made.secret)
    written = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert WORD.encode() not in written
    assert made.event.code.encode() not in written


def test_the_steps_make_the_tables_that_the_code_uses(database: str) -> None:
    with store.the_store().engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_newer_schema_is_refused_and_left_alone(database: str) -> None:
    made = rooms.started()
    with store.the_store().engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close_all()
    assert "newer version of the explorer" in refusal(lambda: door.event(made.event.code), StoreError)
    store.close_all()
    assert "newer version of the explorer" in refusal(keeper.migrate, StoreError)


def with_a_second_step(monkeypatch: pytest.MonkeyPatch, folder: Path, then: str = "") -> None:
    """As a later version of the explorer would have it."""
    steps = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, steps, dirs_exist_ok=True)
    (steps / "versions" / "second.py").write_text(SECOND.format(then=then), encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    store.close_all()


def columns(connection: store.Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT * FROM event").keys())


def test_an_older_file_is_brought_up_by_itself(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = rooms.started()
    event = rooms.asked_of_all(made, 3)
    copies: list[Path] = []
    copied = schema._copied
    monkeypatch.setattr(schema, "_copied", lambda path: copies.append(copied(path)) or copies[-1])
    with_a_second_step(monkeypatch, tmp_path)
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert "language" in store.the_store().read(columns)
    kept = {one.id: door.facilitator_tally(made.secret, one.id).answered for one in event.questions}
    assert set(kept.values()) == {3}
    assert len(copies) == 1
    assert not copies[0].exists(), "the copy holds answers, and they are to be gone on their day"


def test_a_step_that_fails_leaves_an_older_file_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = rooms.started()
    before = door.event(made.event.code)
    with_a_second_step(monkeypatch, tmp_path, "op.execute('INSERT INTO nothing VALUES (1)')")
    refusal(lambda: door.event(made.event.code), StoreError)
    store.close_all()
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert "language" not in {row[1] for row in raw.execute("PRAGMA table_info(event)")}
    (copy,) = file.parent.glob("*.before-upgrade")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT code FROM event").fetchall() == [(before.code,)]
    monkeypatch.undo()
    monkeypatch.setenv("EXPLORER_DATABASE", str(file))
    assert door.event(made.event.code) == before


@NEEDS_POSTGRESQL
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_older_server_is_brought_up_when_asked(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = rooms.started()
    with_a_second_step(monkeypatch, tmp_path)
    assert "make migrate" in refusal(lambda: door.event(made.event.code), StoreError)
    keeper.migrate()
    assert door.event(made.event.code).code == made.event.code
    assert "language" in store.the_store().read(columns)


def test_a_full_disk_loses_nothing_that_was_acknowledged(file: Path) -> None:
    """SQLite is told that the disk ends here; what it then says is what it says of a real one."""
    made = rooms.started((rooms.COMMENT,))
    event = door.show(made.secret, made.event.questions[0].id)
    engine = store.the_store().engine
    happening.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=40"))
    engine.dispose()
    acknowledged: list[int] = []

    def answer(number: int) -> None:
        door.answer(event.code, event.shown, rooms.browser(number), f"{WORD} {number} " + "x" * 400)
        acknowledged.append(number)

    assert "disk" in refusal(lambda: [answer(number) for number in range(1000)], StoreError)
    assert 10 < len(acknowledged) < 1000
    kept = sorted(int(str(one.value).split()[1]) for one in door.comments(made.secret, event.shown))
    assert kept == acknowledged
    assert "disk" in refusal(lambda: answer(5000), StoreError), "and it says so again"
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("wrong", ["folder", "below a file", "no database"])
def test_a_file_that_cannot_be_had_is_one_sentence(
    wrong: str, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "there"
    if wrong == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"This is a letter, and no database." * 100)
    monkeypatch.setenv("EXPLORER_DATABASE", str(path / "below" if wrong == "below a file" else path))
    said = refusal(door.ready, StoreError)
    assert said.startswith("There is no database for what rooms say (")
    assert "Everything else of the explorer works" in said
    for work in (lambda: door.event("ABCDEF"), rooms.started, lambda: door.facilitator("0" * 32)):
        assert refusal(work, StoreError) == said


def test_a_disk_that_can_only_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rooms.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE kept (word TEXT)")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw, pytest.raises(sqlite3.Error) as found:
        raw.execute("INSERT INTO kept VALUES (?)", (WORD,))
    said = str(store.sentence(OperationalError("INSERT", {"word": WORD}, found.value)))
    assert "read and not written" in said
    assert WORD not in said


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://who:geheim@127.0.0.1:1/rooms",
        "postgresql://who:geheim@127.0.0.1:1/rooms",
        "postgresql+psycopg://who:geheim@[::1/rooms",
        "postgresql+psycopg://who:geheim@127.0.0.1:port/rooms",
        "mysql://who:geheim@localhost/rooms",
    ],
)
def test_a_wrong_address_is_one_sentence_without_its_password(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("EXPLORER_DATABASE", address)
    said = refusal(door.ready, StoreError)
    assert "geheim" not in said + caplog.text + door.where()
    assert "EXPLORER_DATABASE" in said
    store.close_all()


def test_a_server_without_what_speaks_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_DATABASE", "postgresql+psycopg://who@127.0.0.1:1/rooms")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "make engines" in refusal(door.ready, StoreError)
    store.close_all()


def test_a_store_that_could_not_be_opened_is_not_tried_by_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_DATABASE", "postgresql+psycopg://who@127.0.0.1:1/rooms")
    tried: list[str] = []
    clock = [100.0]
    monkeypatch.setattr(store.time, "monotonic", lambda: clock[0])

    def opened(address: str) -> store.Store:
        tried.append(address)
        raise StoreError("No.")

    monkeypatch.setattr(store, "Store", opened)
    for _ in range(40):
        refusal(door.ready, StoreError)
    assert len(tried) == 1
    clock[0] += store.PATIENCE + 1
    refusal(door.ready, StoreError)
    assert len(tried) == 2
    store.close_all()


def test_where_it_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("EXPLORER_DATABASE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = tmp_path / "pricing-structure-explorer" / "consultations.sqlite"
    if sys.platform.startswith("linux"):
        assert door.where() == f"What rooms say is kept in {path}"
        assert place.address() == f"sqlite:///{path}"
    assert not path.exists()
    inside = Path(place.__file__).parent / "rooms.sqlite"
    for said in (str(inside), f"sqlite:///{inside}", "rooms.sqlite"):
        monkeypatch.chdir(inside.parents[2])
        monkeypatch.setenv("EXPLORER_DATABASE", said)
        assert "inside the explorer's own folder" in refusal(door.ready, StoreError)
        assert not inside.exists()


def test_a_process_that_nobody_uses_keeps_to_the_date(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The date is looked at once an hour, here every few milliseconds."""
    monkeypatch.setattr(store, "EVERY", 0.01)
    made = rooms.started(days=30)
    later = store.now() + timedelta(days=30)
    gone = store.threading.Event()
    the_store, purge = store.the_store(), store.the_store().purge

    def purged() -> None:
        purge()
        gone.set()

    monkeypatch.setattr(the_store, "purge", purged)
    monkeypatch.setattr(store, "now", lambda: later)
    assert gone.wait(30)
    store.close_all()
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT count(*) FROM event").fetchone() == (0,)
    assert refusal(lambda: door.event(made.event.code), EventError)
