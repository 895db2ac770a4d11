"""PostgreSQL: a table where it lives, reached by an address ``postgresql://...#table``. Only the answer comes here."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from pricing.errors import RecordsError
from pricing.people.records.engines.engine import Grouped, Progress, watched
from pricing.people.records.levels_sql import NUMERIC, TEXT, identifier
from pricing.people.records.query import translated

NUMERIC_TYPES = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
COLUMNS = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
NEEDED = "PostgreSQL needs psycopg: make engines installs it."


class PostgreSQL:
    """One table or view; the session only reads."""

    dialect = "postgres"
    numbers_rows = False

    def __init__(self, address: str) -> None:
        try:
            import psycopg  # noqa: PLC0415 - optional, and loaded only where it is asked for
        except ImportError:
            raise RecordsError(NEEDED) from None
        server, _, table = address.partition("#")
        schema, _, name = table.rpartition(".")
        if not name:
            raise RecordsError("Name the table after the address, as postgresql://server/database#table.")
        self._schema, self._table, self._errors = schema or "public", name, psycopg.Error
        try:
            self._connection = psycopg.connect(server, autocommit=True, options="-c default_transaction_read_only=on")
        except psycopg.Error as problem:
            raise RecordsError(f"PostgreSQL does not let us in ({type(problem).__name__}).") from None

    def kinds(self) -> Mapping[str, str]:
        """Every column and what it holds; raises RecordsError where there is no such table."""
        found = self._try(lambda: self._connection.execute(COLUMNS, (self._schema, self._table)).fetchall())
        if not found:
            raise RecordsError(f"There is no table {self._schema}.{self._table}, or it may not be read.")
        return {name: NUMERIC if kind in NUMERIC_TYPES else TEXT for name, kind in found}

    def source(self, *, numbered: bool) -> str:
        """What stands after FROM; rows of a table have no order, so no numbers."""
        return f"{identifier(self._schema)}.{identifier(self._table)}"

    def run(self, sql: str, progress: Progress) -> Grouped:
        """Run a query in a thread of its own, so that it can be stopped; how far it is, PostgreSQL does not say."""
        text = translated(sql, self.dialect).encode()

        def work() -> tuple[list[str], list[Any]]:
            cursor = self._connection.execute(text)
            return [column.name for column in cursor.description or ()], cursor.fetchall()

        names, found = watched(lambda: self._try(work), lambda: progress("counting", 0.0), self._connection.cancel_safe)
        progress("counting", 1.0)
        rows = np.array([[int(value or 0) for value in row] for row in found], dtype=np.int64)
        return dict(zip(names, rows.reshape(-1, len(names)).T, strict=True))

    def _try(self, ask: Any) -> Any:
        try:
            return ask()
        except self._errors as problem:
            raise _plain(problem) from None

    def refuse_two_of_one_name(self, columns: Collection[str]) -> None:
        """Names are told apart before a table can be read here."""

    def close(self) -> None:
        """Leave the server."""
        self._connection.close()


def _plain(problem: Exception) -> RecordsError:
    """A sentence for what the server refused; its own message may hold a value."""
    return RecordsError(f"PostgreSQL could not count the records ({type(problem).__name__}).")
