"""Gives memory that is free back to the machine.

The C library keeps what large sums have let go, in pieces between what is still held: after some hundred pages that
was half of what a process had grown by. Where the library has no call for it (not glibc), nothing is done.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from time import monotonic

EVERY = 10.0
"""Seconds between two times, at least: each takes some milliseconds, in which other Python goes on."""


@cache
def trim() -> Callable[[int], int] | None:
    """The C library's call that gives back all but so many bytes at the end; None where it has none."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found


class GivingBack:
    """When memory was last given back."""

    def __init__(self) -> None:
        self.last = monotonic()

    def now_and_then(self) -> bool:
        """Give back what is free if that was not done just before; whether it was done now."""
        if monotonic() - self.last < EVERY or (give_back := trim()) is None:
            return False
        self.last = monotonic()
        give_back(0)
        return True


GIVING_BACK = GivingBack()
