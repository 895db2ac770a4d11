"""What every engine does: say which columns there are, and run a query that brings cells, never rows."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

Grouped = Mapping[str, npt.NDArray[np.int64]]
"""Columns of an answer by name, each of shape (groups,)."""
Answered = TypeVar("Answered")
POLL = 0.1
"""Seconds between two looks at how far a query is."""
Progress = Callable[[str, float], None]
"""Told what is being done and which share of it is, from 0 to 1; what it raises stops the work."""


def unheard(_what: str, _share: float) -> None:
    """A progress that nobody hears."""


def watched(work: Callable[[], Answered], look: Callable[[], None], stop: Callable[[], None]) -> Answered:
    """What ``work`` finds in a thread of its own; ``look`` is called meanwhile, and where it raises ``stop`` is."""
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(work)
        try:
            running = True
            while running:
                running = bool(wait([found], POLL).not_done)
                look()
        except BaseException:
            stop()
            raise
        return found.result()


class Engine(Protocol):
    """Where records are, and how a query reaches them."""

    def kinds(self) -> Mapping[str, str]:
        """Every column, with what it holds: ``number`` or ``text``. Raises RecordsError."""

    def source(self, *, numbered: bool) -> str:
        """What stands after FROM; ``numbered``: with a column of row numbers, where the engine can number rows."""

    def run(self, sql: str, progress: Progress) -> Grouped:
        """Run a query in DuckDB's dialect. Raises RecordsError without a value of the records."""

    @property
    def numbers_rows(self) -> bool:
        """Whether rows have an order here, and so a number without a column for it."""

    def refuse_two_of_one_name(self, columns: Collection[str]) -> None:
        """Raises RecordsError where one of the ``columns`` stands twice and the two differ; after `kinds`."""

    def close(self) -> None:
        """Let go of what is held."""
