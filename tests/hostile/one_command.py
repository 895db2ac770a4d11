"""One command in a process of its own, with what a shell would have given it to write to."""

import io
import multiprocessing
import os
import resource
import sys
import traceback
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from tests.hostile.draw_commands import CLOSED, FULL, GONE, HostileCommand

PATIENCE = 120.0
"""Seconds after which a command is said to hang."""
HANGS = -999


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (minus a signal's number), what it wrote, seconds of processor."""

    code: int
    output: str
    errors: str
    seconds: float


def forks() -> ForkServerContext:
    """Where processes come from that have the libraries already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pricing.command.line", "tests.hostile.held_commands"])
    return context


def run(context: ForkServerContext, command: HostileCommand, folder: Path) -> Ended:
    """Run a command in a folder of its own, which then holds what it left."""
    folder.mkdir()
    for name, data in command.files.items():
        (folder / name).write_bytes(data)
    beside = folder.with_name(f"{folder.name}-said")
    beside.mkdir()
    process = context.Process(target=work, args=(command, str(folder), str(beside)))
    # A process runs the main module of whoever starts it, and that is a page's script once AppTest has run one here.
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        return Ended(HANGS, "", "", PATIENCE)
    code = process.exitcode or 0
    process.close()
    said = [(beside / name).read_bytes().decode(command.encoding, "replace") for name in ("output", "errors")]
    spent = beside / "seconds"
    return Ended(code, said[0], said[1], float(spent.read_text()) if spent.exists() else 0.0)


def work(command: HostileCommand, folder: str, beside: str) -> None:
    """Be the command: never returns."""
    os.chdir(folder)
    os.environ["EXPLORER_DATABASE"] = f"{beside}/rooms.sqlite"
    for number, name, how in ((1, "output", command.output), (2, "errors", command.errors)):
        take(number, f"{beside}/{name}", how)
    sys.stdout = None if command.output == GONE else opened(1, command.encoding, "strict")
    sys.stderr = None if command.errors == GONE else opened(2, command.encoding, "backslashreplace")
    code = 1
    try:
        from pricing.__main__ import main

        code = main(command.words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        with open(f"{beside}/errors", "a", encoding="ascii", errors="backslashreplace") as errors:
            traceback.print_exc(file=errors)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        code = 120  # as Python itself ends then
    used = resource.getrusage(resource.RUSAGE_SELF)
    with open(f"{beside}/seconds", "w", encoding="ascii") as file:
        file.write(str(used.ru_utime + used.ru_stime))
    os._exit(code & 0xFF)


def take(number: int, path: str, how: str) -> None:
    """Let a descriptor write to a file, a full disk, a closed pipe or nowhere."""
    there = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    if how == FULL:
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)
    elif how == CLOSED:
        read, write = os.pipe()
        os.close(read)
        os.dup2(write, number)
    elif how == GONE:
        os.close(number)
    else:
        os.dup2(there, number)


def opened(number: int, encoding: str, errors: str) -> io.TextIOWrapper:
    """A descriptor as Python opens it for what is printed."""
    return io.TextIOWrapper(io.FileIO(number, "w", closefd=False), encoding=encoding, errors=errors)
