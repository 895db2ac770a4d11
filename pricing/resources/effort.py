"""How much work an answer may take where less of it gives a coarser one: whoever asks says so, and the work looks.

Unless told otherwise everything is worked out in full. So a page can show a coarser figure where the whole one would
take too long, and a command never does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Effort:
    """The ``part`` of the work that may be done; whether anything ``looked``, and whether what it found was coarser."""

    part: float = 1.0
    looked: bool = False
    coarser: bool = False


ALLOWED: ContextVar[Effort | None] = ContextVar("effort", default=None)


def part() -> float:
    """The part of its work that whatever asks here should do: 1 for all of it."""
    allowed = ALLOWED.get()
    if allowed is None:
        return 1.0
    allowed.looked = True
    allowed.coarser |= allowed.part < 1
    return allowed.part


@contextmanager
def allowed(share: float | None = None) -> Iterator[Effort]:
    """No more than such a part of the work inside, or as much as outside; what is given says what that made of it."""
    before = ALLOWED.get()
    unchanged = 1.0 if before is None else before.part
    effort = Effort(unchanged if share is None else share)
    token = ALLOWED.set(effort)
    try:
        yield effort
    finally:
        ALLOWED.reset(token)
        if before is not None:
            before.looked |= effort.looked
            before.coarser |= effort.coarser
