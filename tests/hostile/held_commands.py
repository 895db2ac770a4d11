"""What must hold of a command, whatever it was given; each check returns the faults that it finds, in words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench_corners import UNDEFINED
from pricing.scenario.spec import NUMBER
from tests.hostile.draw_commands import CLOSED, FULL, GONE, KEPT, HostileCommand
from tests.hostile.held import QUOTED, same
from tests.hostile.one_command import Ended

DONE, NOT_WRITTEN, REFUSED, PIPE_CLOSED = 0, 1, 2, 141
MOST_OF_A_LINE = 2_500
"""Characters of a refusal: eight problems of a few sentences."""


OURS = re.compile(r"None by default")
"""Words of ours that are none of Python's."""


def faults(command: HostileCommand, ended: Ended, folder: Path) -> Iterator[str]:
    """Everything that is wrong with how a command ended."""
    if "Traceback" in ended.errors or "Exception ignored" in ended.errors or "Warning" in ended.errors:
        yield f"a traceback: {ended.errors[-500:]}"
        return
    yield from of_code(command, ended)
    yield from of_errors(command, ended)
    if command.output == KEPT and ended.code == DONE:
        yield from of_output(command, ended.output)
    yield from of_files(command, ended, folder)


def of_code(command: HostileCommand, ended: Ended) -> Iterator[str]:
    """The exit code says what happened."""
    failed = {FULL: NOT_WRITTEN, GONE: NOT_WRITTEN, CLOSED: PIPE_CLOSED}.get(command.output)
    if ended.code not in ({REFUSED, failed} if failed else {DONE, REFUSED}):
        yield f"ended with {ended.code}, its output being {command.output}"
    if ended.code == REFUSED and ended.output:
        yield f"refused, and yet wrote {ended.output[:100]!r}"


def of_errors(command: HostileCommand, ended: Ended) -> Iterator[str]:
    """One line where it failed, and beside it only notes."""
    if command.errors != KEPT:
        return
    lines = ended.errors.split("\n")
    if lines.pop():
        yield f"its last line does not end: {ended.errors[-100:]!r}"
    wrong = [line for line in lines if line.startswith("error: ")]
    if len(wrong) != (ended.code in (REFUSED, NOT_WRITTEN)):
        yield f"{len(wrong)} lines of errors with code {ended.code}: {ended.errors[:300]!r}"
    if ended.code == REFUSED and lines[-1:] != wrong:
        yield f"the error is not its last line: {ended.errors[:300]!r}"
    for line in lines:
        if not line.isprintable() or len(line) > MOST_OF_A_LINE + sum(map(len, command.words)):
            yield f"a line that is not one line to read: {line[:200]!r}"
        if not line.startswith(("error: ", "note: ")) and command.words[:1] != ("cohort",):
            yield f"a line of another kind: {line[:200]!r}"


def of_output(command: HostileCommand, output: str) -> Iterator[str]:
    """What was written has an end, no undefined number, and the settings that were asked for."""
    if not output.endswith("\n"):
        yield "the output has no end"
    if found := UNDEFINED.search(OURS.sub("", QUOTED.sub("", output))) if "--help" not in command.words else None:
        yield f"undefined: {output[max(found.start() - 80, 0) : found.end() + 40]!r}"
    if not output.startswith("{"):
        return
    scenario = json.loads(output).get("scenario")
    for name, text in command.asked if isinstance(scenario, dict) else ():
        stands = scenario[name]
        if not same(text, str(stands)) and not (NUMBER.fullmatch(text) and float(text) == stands):
            yield f"silent: {name}={text[:60]!r} became {stands!r}"


def of_files(command: HostileCommand, ended: Ended, folder: Path) -> Iterator[str]:
    """A file is whole, or as it was; nothing lies beside it."""
    there = {path.name: path for path in folder.iterdir()}
    if parts := [name for name in there if name.endswith(".part")]:
        yield f"left {parts}"
    for name, data in command.files.items():
        if name not in there:
            yield f"{name} is gone"
        elif there[name].read_bytes() != data and ended.code == REFUSED:
            yield f"{name} was hurt"
        elif there[name].read_bytes() != data and "--force" not in command.words:
            yield f"{name} was written over unasked"
    if ended.code == REFUSED and (new := there.keys() - command.files.keys()):
        yield f"refused, and yet made {sorted(new)}"
