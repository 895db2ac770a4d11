"""Which engine reads what: files in DuckDB; tables where they are."""

from collections.abc import Callable, Mapping

from pricing.errors import RecordsError
from pricing.people.records.engines.embedded import DuckDB, find_files
from pricing.people.records.engines.engine import Engine
from pricing.people.records.engines.postgres import PostgreSQL
from pricing.people.records.engines.spark import Spark


def of_files(given: str) -> DuckDB:
    """DuckDB on a file, a folder or a pattern; raises RecordsError."""
    return DuckDB(find_files(given))


ENGINES: Mapping[str, Callable[[str], Engine]] = {"duckdb": of_files, "postgres": PostgreSQL, "spark": Spark}
"""By name, how each is opened on what the reader named."""


def choose(given: str) -> str:
    """The engine that a name asks for by itself."""
    return "postgres" if given.startswith(("postgresql://", "postgres://")) else "duckdb"


def opened(given: str, engine: str | None = None) -> Engine:
    """An engine on the records that the reader named; raises RecordsError."""
    name = engine or choose(given)
    if name not in ENGINES:
        raise RecordsError(f"There is no engine {name}; there are {', '.join(ENGINES)}.")
    return ENGINES[name](given)
