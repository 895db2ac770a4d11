"""Runs of pages: few at a time in a process; what takes little goes before what takes long, and nobody is passed over.

All runs share one interpreter, which goes round among them. Fifty at once would each have a fiftieth of it, and so
would whoever moves a slider; in line they are done no later, and the slider is answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, get_ident
from time import monotonic, sleep

AT_ONCE = 2
"""Runs at once; each gives its place back where long work begins, which has a line of its own."""
LONG, LONG_AT_ONCE = 0.25, 1
"""Seconds of processor from which on a run is a long one, and how many of those at once: more than a move of a slider
takes on a busy machine, less than a page that is opened."""
PATIENCE = 100.0
"""A run is due so many times what it is likely to take after it came; who is due first goes first. So a slider goes
before every page that was opened in the last twenty seconds, and a page that has waited longer before the slider."""
OPENING = 0.3
"""Seconds of processor that the first run of a visit is likely to take."""
AHEAD, AHEAD_AT_ONCE = 40.0, 1
"""Seconds after which positions of a slider that are worked out ahead are due: after every run that came in that time
and is no longer than a page that is opened; and how many of those at once."""
MOST_GIVEN, BREATH = 3.0, 0.005
"""Seconds for which a long run gives way to others at most, and of one such wait."""
TICK = 0.2
"""Seconds between two looks at whether the visit still waits."""


@dataclass(eq=False)
class Run:
    """A run in line or inside: its thread, the seconds that it is likely to take, when it is due, if it is let in.

    ``given`` seconds for which it gave way. One that is ``ahead`` works out what nobody has asked to see yet.
    """

    thread: int
    likely: float
    due: float
    ahead: bool = False
    let_in: Event = field(default_factory=Event)
    given: float = 0.0

    @property
    def is_long(self) -> bool:
        """Whether it is likely to hold up those who ask for little."""
        return self.likely >= LONG


class Runs:
    """The line. Safe between threads, each of which stands for a visit."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.waiting: list[Run] = []
        self.inside: list[Run] = []

    def enter(self, likely: float, look: Callable[[], object], *, ahead: bool = False) -> None:
        """Wait for a place for what is ``likely`` to take so many seconds; ``look`` looks after the visit meanwhile.

        Whatever ``look`` raises ends the wait. What is worked out ``ahead`` waits until nobody else does.
        """
        run = Run(get_ident(), likely, monotonic() + (AHEAD if ahead else PATIENCE * likely), ahead)
        with self.lock:
            self.waiting.append(run)
            self._let_in()
        try:
            while not run.let_in.wait(TICK):
                look()
        except BaseException:
            self.leave()
            raise

    def give_way(self) -> None:
        """Between two steps of a run: a long one waits while what takes little is answered, but not for ever."""
        own = next((one for one in self.inside if one.thread == get_ident()), None)
        while (
            own is not None and own.is_long and own.given < MOST_GIVEN and not all(one.is_long for one in self.inside)
        ):
            sleep(BREATH)
            own.given += BREATH

    def leave(self) -> None:
        """Give the place back, and no longer wait for one; nothing where there was none."""
        with self.lock:
            self.waiting = [one for one in self.waiting if one.thread != get_ident()]
            self.inside = [one for one in self.inside if one.thread != get_ident()]
            self._let_in()

    def _let_in(self) -> None:
        for run in sorted(self.waiting, key=lambda one: one.due):
            if len(self.inside) >= AT_ONCE:
                return
            if run.is_long and sum(one.is_long for one in self.inside) >= LONG_AT_ONCE:
                continue
            if run.ahead and sum(one.ahead for one in self.inside) >= AHEAD_AT_ONCE:
                continue
            self.waiting.remove(run)
            self.inside.append(run)
            run.let_in.set()


RUNS = Runs()
