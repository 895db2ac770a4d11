"""Places at which long work may be ended: whoever asked for it says how, and the work knows nothing of them.

The long loops of the domain call ``pause()`` between two steps. Nothing happens there unless ``watched`` was entered
in the same thread; what its function raises ends the work. So a page can bound what a reader's settings cost, and end
what nobody waits for any more; a command runs to its end.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

WATCH: ContextVar[Callable[[], None] | None] = ContextVar("watch", default=None)


def pause() -> None:
    """Between two steps of long work, at most some tenths of a second apart; raises whatever ends the work."""
    watch = WATCH.get()
    if watch is not None:
        watch()


@contextmanager
def watched(watch: Callable[[], None]) -> Iterator[None]:
    """``watch`` is called at each pause of the work inside."""
    before = WATCH.set(watch)
    try:
        yield
    finally:
        WATCH.reset(before)
