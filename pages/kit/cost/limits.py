"""What one process and one visit may hold. Each limit stands here alone; ``deploy/README.md`` states them."""

import os
import resource

MOST_PAGES = 400
"""Pages open in a process at once."""
DESCRIPTORS, SPARE = 4, 100
"""Of files, for an open page and for all else: a process that may hold few opens fewer pages."""
MOST_FILES = 8
"""Files that a visit holds at once; the explorer's pages have room for four."""
MOST_BYTES = 60_000_000
"""Bytes that a visit holds in files: records of 50 MB, and a table of 10."""
MOST_BYTES_IN_ALL = 400_000_000
"""Bytes of files that all visits of a process hold, those that are on their way among them."""
BYTES_A_SECOND = 10_000_000
"""Of files that a process takes in, those of all visits together: a table of 1 MB takes a tenth of a second."""
VISITS_A_SECOND = 40
"""Pages that a process begins to open; to draw them takes it longer."""
MOST_BYTES_KEPT = 80_000_000
"""Bytes of results that a process keeps, those of all kinds and of all visits together (`pricing.resources.shelf`)."""

SLOWER = "EXPLORER_SLOWER"
"""The variable that says how much slower a server is than the machine that limits of work are meant for."""


def slower() -> float:
    """How many times the usual limits work may take here, 1 to 10; raises ValueError where that is not what is said."""
    said = os.environ.get(SLOWER, "").strip() or "1"
    try:
        times = float(said)
    except ValueError:
        times = 0.0
    if not 1 <= times <= 10:
        raise ValueError(f"{SLOWER} must be a number from 1 to 10: how many times the usual limits work may take here.")
    return times


TIMES = slower()
"""Read once, as a server starts: what is no such number stops it there, before anybody reads a page."""
BUDGET = 2.0 * TIMES
"""Seconds of processor that opening a page may take, and one piece of work that is no page's; the longest of the
default scenario takes about half of it."""


def pages() -> int:
    """Pages that this process opens at most."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_PAGES if allowed == resource.RLIM_INFINITY else min(MOST_PAGES, (allowed - SPARE) // DESCRIPTORS)
