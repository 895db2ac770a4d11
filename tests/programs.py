"""Programs of the machine that some tests need; with ``--install``, root gets what is missing from apt.

Where one cannot be had its tests are skipped by name: ``needs("nginx")`` marks them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

POSTGRESQL = sorted(
    Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda one: float(one.parent.name), reverse=True
)
ELSEWHERE = ("/usr/sbin", *map(str, POSTGRESQL))
"""Folders that are not on everybody's PATH; of Debian's PostgreSQLs the newest first."""


@dataclass(frozen=True)
class Program:
    """A program, the package of Debian's and Ubuntu's that holds it, and what the tests need it for."""

    package: str
    what: str


PROGRAMS: Mapping[str, Program] = MappingProxyType(
    {
        "nginx": Program("nginx-light", "the servers of deploy/"),
        "java": Program("default-jre-headless", "records in Spark"),
        "pg_ctl": Program("postgresql", "what rooms say, and of records in PostgreSQL"),
    }
)


@cache
def find(name: str) -> str | None:
    """Path of a program; None where this machine has none."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(ELSEWHERE))


def none(name: str) -> str:
    """Why its tests are skipped."""
    return f"no {name} on this machine: put it on the PATH, or run python -m tests.programs --install as root"


def needs(name: str) -> pytest.MarkDecorator:
    """Skip a test by name where there is no such program."""
    return pytest.mark.skipif(find(name) is None, reason=none(name))


def installed(*packages: str) -> bool:
    """Whether apt could put packages here; only root may ask it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = 1
    for arguments in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *packages)):
        run = subprocess.run(("apt-get", *arguments), env=environment, stdout=subprocess.DEVNULL, check=False)
        done = run.returncode
    return done == 0


def main() -> int:
    """Say what the tests use; 0 where something is missing too, since its tests are then skipped by name."""
    for name, program in PROGRAMS.items():
        if find(name) is None and "--install" in sys.argv:
            print(f"Installing {name} for the tests of {program.what} (once)", flush=True)
            installed(program.package)
            find.cache_clear()
        if find(name):
            print(f"The tests of {program.what} use {find(name)}", flush=True)
        else:
            print(f"Tests of {program.what} are skipped: {none(name)}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
