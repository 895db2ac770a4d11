"""Pages that are opened: few at a time in a process, in the order in which they came.

All runs share one interpreter, which goes round among them. Thirty pages that were opened at once would each have a
thirtieth of it, and so would whoever moves a slider. In line they are opened no later, and the slider is answered.
"""

from collections.abc import Callable
from threading import Condition, get_ident

AT_ONCE = 2
"""Pages opened at once; each gives its place back where long work begins, which has a line of its own."""
TICK = 0.2
"""Seconds between two looks at whether the visit still waits."""


class Openings:
    """The line. Safe between threads, each of which stands for a visit."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.waiting: list[int] = []
        self.inside: set[int] = set()

    def enter(self, look: Callable[[], object]) -> None:
        """Wait for a place; ``look`` looks after the visit meanwhile, and may raise."""
        thread = get_ident()
        with self.changed:
            self.waiting.append(thread)
        try:
            while not self._is_let_in(thread):
                look()
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Give the place back, and no longer wait for one; nothing where there was none."""
        with self.changed:
            self.waiting = [one for one in self.waiting if one != get_ident()]
            self.inside.discard(get_ident())
            self.changed.notify_all()

    def _is_let_in(self, thread: int) -> bool:
        with self.changed:
            if self.waiting[0] != thread or len(self.inside) >= AT_ONCE:
                self.changed.wait(TICK)
            if self.waiting[0] != thread or len(self.inside) >= AT_ONCE:
                return False
            self.waiting.pop(0)
            self.inside.add(thread)
            self.changed.notify_all()
            return True


OPENINGS = Openings()
