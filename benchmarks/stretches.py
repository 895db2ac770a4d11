"""The longest stretch of work between two pauses, at which a server could not have ended it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import thread_time
from types import FrameType

from pricing.resources.pause import watched

CALLS = 5
"""Calls that are named of a place, innermost first."""
WATCHER, PAUSE = __name__, "pricing.resources.pause"
"""Modules that are no part of the work."""


@dataclass
class Stretches:
    """Pauses ``met``; the ``longest`` stretch so far, seconds of the thread's processor, and ``between`` which places.

    Beginning and end of the work are places too.
    """

    met: int = 0
    longest: float = 0.0
    between: tuple[str, str] = ("", "")
    since: float = field(default_factory=thread_time)
    place: str = "the beginning"

    def pause(self, here: str = "") -> None:
        """A pause, at the place that it is called from if none is told."""
        here = here or place_of_call()
        taken = thread_time() - self.since
        if taken > self.longest:
            self.longest, self.between = taken, (self.place, here)
        self.met += not here.startswith("the ")
        self.since, self.place = thread_time(), here

    def said(self) -> str:
        """In words."""
        return f"{self.longest:.2f} s without a pause, from {self.between[0]} to {self.between[1]}"


@contextmanager
def stretches() -> Iterator[Stretches]:
    """What the work inside goes without a pause."""
    found = Stretches()
    with watched(found.pause):
        yield found
    found.pause("the end")


def place_of_call() -> str:
    """Where the work is: module and line of the innermost calls outside this module."""
    found: list[str] = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and len(found) < CALLS:
        module = str(frame.f_globals.get("__name__", ""))
        if module not in (WATCHER, PAUSE):
            found.append(f"{module.rpartition('.')[2]}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(found)
