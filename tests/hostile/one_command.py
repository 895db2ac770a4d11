"""One command in a process of its own, with what a shell would have given it to write to.

A fork of a process that has the libraries costs a tenth of a second, one that a shell would start some seconds; both
end in the same way, and a share of what is drawn is tried in the second.
"""

import io
import multiprocessing
import os
import resource
import subprocess
import sys
import traceback
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from threading import Lock
from types import ModuleType
from unittest.mock import patch

from pricing.command.line import SUBCOMMANDS
from tests.hostile.draw_commands import CLOSED, FULL, GONE, HostileCommand

PATIENCE = 120.0
"""Seconds after which a command is said to hang."""
HANGS, UNHEARD = -999, 255
ROOT = Path(__file__).resolve().parents[2]
STARTS = Lock()
"""Held while a fork begins: what is set aside for that is the whole process's."""


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
    subcommands = [where.rpartition(".")[0] for where in SUBCOMMANDS.values()]
    context.set_forkserver_preload([*subcommands, "tests.hostile.one_command"])
    return context


def run(context: ForkServerContext | None, command: HostileCommand, folder: Path) -> Ended:
    """Run a command in a folder of its own, which then holds what it left; without a ``context`` as a shell would."""
    folder.mkdir()
    for name, data in command.files.items():
        (folder / name).write_bytes(data)
    beside = folder.with_name(f"{folder.name}-said")
    beside.mkdir()
    code = started(command, folder, beside) if context is None else forked(context, command, folder, beside)
    if code == HANGS:
        return Ended(HANGS, "", "", PATIENCE)
    said = [(beside / name).read_bytes().decode(command.encoding, "replace") for name in ("output", "errors")]
    spent = beside / "seconds"
    return Ended(code, said[0], said[1], float(spent.read_text()) if spent.exists() else 0.0)


def forked(context: ForkServerContext, command: HostileCommand, folder: Path, beside: Path) -> int:
    """The exit code of a fork that is the command."""
    process = context.Process(target=work, args=(command, str(folder), str(beside)))
    # A process runs the main module of whoever starts it, and that is a page's script once AppTest has run one here.
    with STARTS, patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        return HANGS
    code, said = process.exitcode or 0, beside / "code"
    process.close()
    # One that starts asks after all others, and whoever asks second is told 255: what the command itself said holds.
    return int(said.read_text(encoding="ascii")) if code == UNHEARD and said.exists() else code


def started(command: HostileCommand, folder: Path, beside: Path) -> int:
    """The exit code of the command as a shell starts it; what it took is told by no one."""
    closed = "".join(f" {number}>&-" for number, how in ((1, command.output), (2, command.errors)) if how == GONE)
    line = ["sh", "-c", f'exec "$@"{closed}', "sh", sys.executable, "-m", "pricing", *command.words]
    own = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": command.encoding, "EXPLORER_DATABASE": f"{beside}/rooms.sqlite"}
    with ExitStack() as stack:
        ways = (("output", command.output), ("errors", command.errors))
        output, errors = (stack.enter_context(os.fdopen(leading(f"{beside}/{name}", how), "wb")) for name, how in ways)
        try:
            ended = subprocess.run(
                line,
                cwd=folder,
                env=os.environ | own,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return HANGS
    return ended.returncode


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
    with open(f"{beside}/code", "w", encoding="ascii") as file:
        file.write(str(code & 0xFF))
    os._exit(code & 0xFF)


def can_be_said(command: HostileCommand) -> bool:
    """Whether a shell can be told its words: half of a pair no system takes."""
    try:
        return bool([os.fsencode(word) for word in command.words])
    except UnicodeEncodeError:
        return False


def take(number: int, path: str, how: str) -> None:
    """Let a descriptor write to a file, a full disk, a closed pipe or nowhere."""
    there = leading(path, how)
    if how == GONE:
        os.close(number)
    else:
        os.dup2(there, number)


def leading(path: str, how: str) -> int:
    """A descriptor that leads to a file, which is made in any case, to a full disk or into a closed pipe."""
    there = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    if how == FULL:
        return os.open("/dev/full", os.O_WRONLY)
    if how == CLOSED:
        read, write = os.pipe()
        os.close(read)
        return write
    return there


def opened(number: int, encoding: str, errors: str) -> io.TextIOWrapper:
    """A descriptor as Python opens it for what is printed."""
    return io.TextIOWrapper(io.FileIO(number, "w", closefd=False), encoding=encoding, errors=errors)
