"""The one place that writes: standard output, standard error and files, whatever the terminal can show."""

import codecs
import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from pricing.errors import ExplorerError, OutputError
from pricing.scenario.spec import printable, quoted

DONE, NOT_WRITTEN, REFUSED, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
"""Exit codes; the last two are 128 plus the number of the signal, as a shell gives them."""
NEAREST = {
    "“": "'",
    "”": "'",
    "‘": "'",
    "’": "'",
    "–": "-",
    "−": "-",
    "…": "...",
    "×": "x",
    "£": "GBP",
    "●": "*",
    "•": "*",
    "\u00a0": " ",
}
"""What stands for a character that a terminal cannot show. No double quotes: they would end a field of a CSV."""


def escaped(problem: UnicodeError) -> tuple[str, int]:
    """Codec error handler: JSON's own escape, so that a document says the same in every encoding."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return json.dumps(problem.object[problem.start : problem.end])[1:-1], problem.end


def nearest(problem: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the nearest plain characters, or an escape where there are none."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    missing = problem.object[problem.start : problem.end]
    return "".join(NEAREST.get(one) or json.dumps(one)[1:-1] for one in missing), problem.end


codecs.register_error("pricing.escaped", escaped)
codecs.register_error("pricing.nearest", nearest)


def fit(stream: TextIO | None, errors: str) -> None:
    """Let a stream write every text, with a codec error handler for what its encoding lacks."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=errors)


def write(text: str, *, is_json: bool) -> None:
    """Write a command's output, ending in one line feed; raises OSError where nobody takes it."""
    if sys.stdout is None:  # closed before Python began
        raise OSError(None, "standard output is closed")
    fit(sys.stdout, "pricing.escaped" if is_json else "pricing.nearest")
    sys.stdout.write(text.removesuffix("\n") + "\n")
    sys.stdout.flush()


def say(line: str) -> None:
    """Write one line beside the output, on standard error; lost where that cannot be written either.

    It stays one line whatever words from outside are in it.
    """
    if sys.stderr is None:  # closed before Python began
        return
    try:
        fit(sys.stderr, "pricing.nearest")
        sys.stderr.write(on_one_line(line) + "\n")
        sys.stderr.flush()
    except OSError:
        sys.stderr = None  # else Python tries again as it ends, and gives that failure's exit code


def on_one_line(text: str) -> str:
    """A text without characters that a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def check_place(path: Path, ending: str, *, force: bool) -> None:
    """Raise OutputError where a file would stand under an ending not its own, or, without ``force``, over another.

    What is there and is no file, a pipe or a terminal, is written to as it is.
    """
    if path.exists() and not path.is_file():
        return
    if path.suffix.lower() != f".{ending}":
        raise OutputError(f"{quoted(path.name)}: a file of this format ends in .{ending}; change either.")
    if path.exists() and not force:
        raise OutputError(f"{quoted(path.name)} is there already. --force writes over it.")


def save(path: Path, content: bytes) -> str:
    """Write a file, and say so; raises OutputError where it cannot be written, and what was there is then unhurt."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            move_in(path.resolve(), content)  # a link goes on leading where it led
    except OSError as problem:
        raise OutputError(f"{quoted(path)} cannot be written: {problem.strerror}.") from None
    return f"Wrote {printable(path)}"


def move_in(path: Path, content: bytes) -> None:
    """Write beside a file and put it in its place when whole; raises OSError, and leaves nothing beside it."""
    beside = path.with_name(f".{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:  # an interrupt too
        beside.unlink(missing_ok=True)
        raise


def leave_off() -> None:
    """Write no more to standard output, not even what Python still holds when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def exit_code(work: Callable[[], None]) -> int:
    """Do a command's work; its exit code, with one line on standard error where it failed."""
    try:
        work()
    except ExplorerError as problem:
        say(f"error: {problem}")
        return REFUSED
    except KeyboardInterrupt:
        leave_off()
        say("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read has had enough, and needs no word about it
        leave_off()
        return PIPE_CLOSED
    except OSError as problem:
        leave_off()
        say(f"error: The output cannot be written: {problem.strerror}.")
        return NOT_WRITTEN
    return DONE
