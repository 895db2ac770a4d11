"""The explorer as a server that says what each answer took: ``python -m tests.hostile.measured LOG run serve.py …``.

The same program as ``streamlit run``, but for two looks at the clock of a thread: around each run of a page, and around
each step of the thread that takes requests in. So a page is timed whoever else asks at the same time.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock, get_ident
from time import thread_time
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

LOOP = "loop"
"""What stands where the name of a visit would, of a step of the thread that takes requests in."""
LONG = 0.3
"""Seconds from which on such a step is told of."""


def measure(tell: Callable[[str], object]) -> None:
    """Tell of each run of a page, with its visit, before whoever asked is told that it has ended."""
    run, end = ScriptRunner._run_script, ScriptRunner._on_script_finished
    step = asyncio.Handle._run  # type: ignore[attr-defined]
    began: dict[int, float] = {}

    def timed_run(self: Any, *given: Any) -> Any:
        began[get_ident()] = thread_time()
        return run(self, *given)

    def timed_end(self: Any, *given: Any, **named: Any) -> Any:
        tell(f"{self._session_id} {thread_time() - began[get_ident()]:.4f}\n")
        began[get_ident()] = thread_time()  # a run that is asked for anew ends and begins in one call
        return end(self, *given, **named)

    def timed_step(self: Any) -> Any:
        before = thread_time()
        try:
            return step(self)
        finally:
            if (spent := thread_time() - before) > LONG:
                tell(f"{LOOP} {spent:.4f}\n")

    asyncio.Handle._run = timed_step  # type: ignore[attr-defined]
    ScriptRunner._run_script = timed_run  # type: ignore[method-assign]
    ScriptRunner._on_script_finished = timed_end  # type: ignore[method-assign]


class Log:
    """What a measured server has told: the most that one run took, by visit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = 0
        self.most: dict[str, float] = {}
        self.lock = Lock()

    def of(self, visit: str) -> float:
        """Seconds of processor of the longest run of a visit; of the longest step under ``LOOP``."""
        with self.lock, self.path.open(encoding="ascii") as file:
            file.seek(self.place)
            while (line := file.readline()).endswith("\n"):
                self.place += len(line)
                name, seconds = line.split()
                self.most[name] = max(self.most.get(name, 0.0), float(seconds))
            return self.most.get(visit, 0.0)


def serve(arguments: list[str]) -> None:
    """Be the server: a log's path, and what Streamlit is to be told."""
    from streamlit.web.cli import main

    log = Path(arguments[0]).open("a", encoding="ascii", buffering=1)  # noqa: SIM115 - as long as the process is there
    measure(log.write)
    main(arguments[1:], prog_name="streamlit")


if __name__ == "__main__":
    serve(sys.argv[1:])
