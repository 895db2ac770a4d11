"""Find a PostgreSQL for the tests of what rooms say; with ``--install``, put one on this machine where that can be.

Taken first is the ``pg_ctl`` on the PATH, then the newest of Debian's. :func:`running` starts a server of one's own on
a socket in a temporary folder, reachable from nowhere else, and stops it. PostgreSQL refuses to be run by root: then it
runs as the user ``postgres`` or ``nobody``.
"""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.programs import installed

DEBIAN = Path("/usr/lib/postgresql")
USERS = ("postgres", "nobody")
"""Whom PostgreSQL may run as where root calls, the better first."""
NAME = "explorer"
"""The role and the database."""
NONE = "no PostgreSQL on this machine: put pg_ctl on the PATH, or run python -m tests.find_postgresql --install as root"


@dataclass(frozen=True)
class PostgreSQL:
    """A running server: its programs, its data, its socket's folder, and who runs it (None: the caller)."""

    programs: Path
    data: Path
    socket: Path
    user: str | None

    @property
    def address(self) -> str:
        """The address of its database, as EXPLORER_DATABASE takes it."""
        return f"postgresql+psycopg://{NAME}@/{NAME}?host={self.socket}"

    def start(self, *settings: str) -> None:
        """Start it, and wait until it answers; it listens on its socket alone."""
        options = ("listen_addresses=", f"unix_socket_directories={self.socket}", *settings)
        given = " ".join(f"-c {one}" for one in options)
        self._run("pg_ctl", "start", "-w", "-s", "-D", self.data, "-o", given, "-l", self.data / "log")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` ends every connection, ``immediate`` as if the power went."""
        self._run("pg_ctl", "stop", "-w", "-s", "-D", self.data, "-m", mode)

    def log(self) -> str:
        """What it has written into its log."""
        return (self.data / "log").read_text(encoding="utf-8")

    def psql(self, text: str) -> str:
        """What a statement returns, as text without decoration."""
        return self._run("psql", "-h", self.socket, "-U", NAME, "-d", NAME, "-At", "-v", "ON_ERROR_STOP=1", "-c", text)

    def _run(self, program: str, *arguments: str | Path) -> str:
        return _run([self.programs / program, *arguments], self.user)


@cache
def find_postgresql() -> Path | None:
    """The folder of a PostgreSQL's programs; None where this machine has none."""
    on_path = shutil.which("pg_ctl")
    beside = [Path(on_path).resolve().parent] if on_path else []
    debian = sorted(DEBIAN.glob("*/bin"), key=lambda one: one.parent.name.zfill(4), reverse=True)
    needed = ("pg_ctl", "initdb", "postgres", "psql")
    return next((one for one in (*beside, *debian) if all((one / name).exists() for name in needed)), None)


def _run(command: Sequence[str | Path], user: str | None) -> str:
    run = subprocess.run(
        [str(part) for part in command],
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if run.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {run.stderr.strip()}")
    return run.stdout.strip()


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in USERS if name in known)


@contextmanager
def running(*settings: str) -> Iterator[PostgreSQL]:
    """A server with an empty database, stopped and removed afterwards; raises RuntimeError where there is none."""
    programs = find_postgresql()
    if programs is None:
        raise RuntimeError(NONE)
    with TemporaryDirectory(prefix="pg-") as folder:
        user = _user()
        if user is not None:
            shutil.chown(folder, user)
        server = PostgreSQL(programs, Path(folder) / "data", Path(folder), user)
        _run([programs / "initdb", "-D", server.data, "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-sync"], user)
        server.start(*settings)
        try:
            _run([programs / "createdb", "-h", server.socket, "-U", NAME, NAME], user)
            yield server
        finally:
            server.stop("immediate")


def _install() -> bool:
    """Whether apt could put one here."""
    print("Installing PostgreSQL for the tests of what rooms say (once)", flush=True)
    installed("postgresql")
    find_postgresql.cache_clear()
    return find_postgresql() is not None


def main() -> int:
    """Say which PostgreSQL the tests use; 0 where there is none too, since they are then skipped by name."""
    if find_postgresql() is not None or ("--install" in sys.argv and _install()):
        print(f"The tests of what rooms say use the PostgreSQL in {find_postgresql()}", flush=True)
    else:
        print(f"Tests on PostgreSQL are skipped: {NONE}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
