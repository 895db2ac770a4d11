"""From a file and a map to the people of this visit. Everything is in memory and goes when it is done."""

import hashlib
from contextlib import closing
from dataclasses import replace

from pricing.people.cohort import Cohort
from pricing.people.records import door
from pricing.people.records.door import Built, Counted, Flaw, Progress, RecordsMap, SeenColumn
from pricing.scenario.scenario import OWN_TABLE

SMALLEST = 10
"""People that a cell holds at least where small cells are joined."""


def look(data: bytes, name: str) -> tuple[tuple[SeenColumn, ...], str]:
    """The columns of a file and a first map for it; raises ExplorerError."""
    with closing(door.engine(data, name)) as engine:
        seen = engine.seen()
    return seen, door.first_map(seen, name)


def count(data: bytes, name: str, given: RecordsMap, leave_out: bool, progress: Progress) -> Counted:
    """Records reduced to counts of like people; raises ExplorerError."""
    with closing(door.engine(data, name)) as engine:
        return door.count(engine, given, leave_out=leave_out, progress=progress)


def fit(counted: Counted, given: RecordsMap, progress: Progress, *, join: bool) -> Built:
    """The people with their curves; raises ExplorerError. The name tells them from others that this visit built.

    ``join``: small cells are joined.
    """
    name = f"own_{counted.digest[:12]}{'_joined' * join}"
    return door.build(counted, given, name, progress, smallest=SMALLEST if join else 0)


def people(built: Built, given: RecordsMap) -> Cohort:
    """People to price as the reader's own, whose digest holds all that their risks follow from."""
    return replace(built.cohort, name=OWN_TABLE, digest=digest(built.counted, given, joined=not built.may_disclose))


def digest(counted: Counted, given: RecordsMap, *, joined: bool) -> str:
    """SHA-256 (hex) of the counts, of what the map says that they do not hold, and of whether they were joined."""
    kinds = [(one.factor.key, one.factor.kind, one.factor.bands, one.ordered) for one in given.factors]
    assumed = (given.outcomes.implied_alpha, given.outcomes.equal_severity)
    told = (counted.digest, kinds, assumed, SMALLEST) if joined else (counted.digest, kinds, assumed)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def wrong(flaws: tuple[Flaw, ...]) -> str:
    """What is wrong in records, a line each, as text."""
    return "\n".join(f"{flaw.words}." for flaw in flaws)


def columns_missing(given: RecordsMap, columns: tuple[str, ...]) -> str:
    """Columns that the map names and the file lacks, a line each, as text; empty where there are none, or no file."""
    return "\n".join(name for name in given.columns if name not in columns) if columns else ""
