"""The door for a file that is brought for one visit: nothing of it is written, kept or shared.

A page calls, in this order, :func:`read_map`, :func:`engine`, :func:`count`, :func:`build`. No engine or SQL library is
loaded before :func:`engine` is called. Every error is an ExplorerError whose sentence may be shown.
"""

from pricing.errors import RecordsError
from pricing.records.build import Built, build
from pricing.records.counted import Counted, count
from pricing.records.engines.embedded import DuckDB, in_memory
from pricing.records.engines.engine import Engine, Progress
from pricing.records.flaws import Flaw
from pricing.records.mapping.first import first_map
from pricing.records.mapping.read import read as read_map
from pricing.records.mapping.types import RecordsMap

__all__ = [
    "MOST_BYTES",
    "Built",
    "Counted",
    "Engine",
    "Flaw",
    "Progress",
    "RecordsMap",
    "build",
    "count",
    "engine",
    "first_map_of",
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


def first_map_of(given: DuckDB, name: str) -> str:
    """A first map of a file as TOML, guessed from names and values, to be mended; ``name`` is the file's."""
    return first_map(given.seen(), name)
