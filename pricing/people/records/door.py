"""The door for a file that is brought for one visit: nothing of it is written, kept or shared.

A page calls, in this order, :func:`read_map`, :func:`engine`, :func:`count`, :func:`build`. No engine or SQL library is
loaded before :func:`engine` is called. Every error is an ExplorerError whose sentence may be shown.
"""

from dataclasses import replace

from pricing.errors import RecordsError
from pricing.people.records.build import Built, fit, settled
from pricing.people.records.counted import Counted, count
from pricing.people.records.engines.embedded import DuckDB, in_memory
from pricing.people.records.engines.engine import Engine, Progress, unheard
from pricing.people.records.flaws import Flaw
from pricing.people.records.join import join, moved
from pricing.people.records.mapping.first import ROLES, SeenColumn, chosen_map, first_map, guessed
from pricing.people.records.mapping.read import read as read_map
from pricing.people.records.mapping.types import RecordsMap

__all__ = [
    "MOST_BYTES",
    "ROLES",
    "Built",
    "Counted",
    "Engine",
    "Flaw",
    "Progress",
    "RecordsMap",
    "SeenColumn",
    "build",
    "chosen_map",
    "count",
    "engine",
    "first_map",
    "guessed",
    "read_map",
]
MOST_BYTES = 50_000_000


def engine(data: bytes, name: str) -> DuckDB:
    """An engine on the bytes of a CSV or Parquet file; raises RecordsError. Close it when done."""
    if len(data) > MOST_BYTES:
        raise RecordsError(
            f"The file has {len(data) / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB can be brought for a visit. "
            "Build larger ones beside the records, with python -m pricing cohort build."
        )
    return in_memory(data, name)


def build(counted: Counted, given: RecordsMap, name: str, progress: Progress = unheard, *, smallest: int = 0) -> Built:
    """The cohort, with cells under ``smallest`` joined where it is above 0; raises RecordsError."""
    exact = settled(counted, given)
    built = fit(exact, name, progress)
    if not smallest:
        return built
    small = fit(join(exact, built.curves.curves["binary"], smallest, progress), name, progress)
    lines = moved(built.curves.curves, small.curves.curves, built.curves.cells)
    return replace(small, said=(*small.said, *lines))
