"""A PostgreSQL of the tests' own, on a socket in a temporary folder, reachable from nowhere else.

It refuses to be run by root: then it runs as the user ``postgres`` or ``nobody``.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.programs import find, none

USERS = ("postgres", "nobody")
"""Whom PostgreSQL may run as where root calls, the better first."""
NAME = "explorer"
"""The role and the database."""


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
    found = find("pg_ctl")
    if found is None:
        raise RuntimeError(none("pg_ctl"))
    programs = Path(found).resolve().parent
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
