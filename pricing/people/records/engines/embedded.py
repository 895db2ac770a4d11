"""DuckDB, embedded: CSV and Parquet files, a folder or pattern of them, or a table in memory.

Nothing is written: the database is in memory, no temporary file takes what does not fit, nothing is fetched. DuckDB's
own messages may hold a line of the file, so none of them is shown.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pricing.errors import RecordsError
from pricing.people.records.engines.engine import Grouped, Progress, watched
from pricing.people.records.levels_sql import NUMERIC, TEXT, identifier, literal
from pricing.people.records.mapping.first import MOST_VALUES, SeenColumn
from pricing.people.records.query import ROW

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NUMERIC_TYPES = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))")
READERS = {".csv": "read_csv", ".tsv": "read_csv", ".txt": "read_csv", ".parquet": "read_parquet"}
AT_LINE = re.compile(r"Line:? (\d+)")
LOOKED_AT = 100_000
"""Rows from which a first map is guessed."""
MEMORY = "the records do not fit into the memory that is free: band factors more coarsely, or use another engine"
TABLE = "visit_records"


class DuckDB:
    """Files, or ``table``, an Arrow table in memory; the first row of one CSV has the number 2, as in a spreadsheet."""

    numbers_rows = True

    def __init__(self, files: tuple[Path, ...] = (), table: Any = None, first_row: int = 1) -> None:
        import duckdb  # noqa: PLC0415 - loaded when a cohort is built, not when the explorer starts

        self._errors = duckdb.Error
        self._memory = duckdb.OutOfMemoryException
        self._connection: DuckDBPyConnection = duckdb.connect(":memory:")
        self._connection.execute("SET temp_directory = ''")
        if table is not None:
            self._connection.register(TABLE, table)
            self._first_row, self._from = first_row, TABLE
        else:
            csv = reader(files) == "read_csv"
            self._first_row = 2 if csv and len(files) == 1 else 1
            names = ", ".join(literal(str(file)) for file in files)
            text = ", all_varchar = true, header = true" if csv else ", union_by_name = true"
            self._from = f"{reader(files)}([{names}]{text})"
        # What a query reads is settled, so that a map's names can reach nothing else.
        if table is not None:
            self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def kinds(self) -> Mapping[str, str]:
        """Every column and what it holds; raises RecordsError where the file cannot be read."""
        try:
            found = self._connection.execute(f"DESCRIBE SELECT * FROM {self._from}").fetchall()
        except self._errors as problem:
            raise _plain(problem) from None
        _whole(name for name, *_ in found)
        return {name: NUMERIC if NUMERIC_TYPES.fullmatch(kind) else TEXT for name, kind, *_ in found}

    def seen(self) -> tuple[SeenColumn, ...]:
        """Every column with its values in the first rows, where they are few."""
        found, source = [], f"(SELECT * FROM {self._from} LIMIT {LOOKED_AT})"
        for name, kind in self.kinds().items():
            value = f"TRIM(CAST({identifier(name)} AS VARCHAR))"
            distinct = f"SELECT DISTINCT {value} AS v FROM {source} AS few WHERE {value} <> '' LIMIT {MOST_VALUES + 1}"
            try:
                values = sorted(str(row[0]) for row in self._connection.execute(distinct).fetchall())
            except self._errors as problem:
                raise _plain(problem) from None
            found.append(SeenColumn(name, kind, tuple(values) if len(values) <= MOST_VALUES else ()))
        return tuple(found)

    def source(self, *, numbered: bool) -> str:
        """What stands after FROM."""
        if not numbered:
            return self._from
        number = f"ROW_NUMBER() OVER () + {self._first_row - 1}"
        return f"(SELECT *, {number} AS {ROW} FROM {self._from}) AS numbered_records"

    def run(self, sql: str, progress: Progress) -> Grouped:
        """Run a query in a thread of its own, so that it can be watched and stopped."""

        def look() -> None:
            progress("counting", min(max(self._connection.query_progress(), 0.0) / 100, 1.0))

        found = watched(lambda: self._work(sql), look, self._connection.interrupt)
        return {name: np.ma.filled(np.ma.asarray(values), 0).astype(np.int64) for name, values in found.items()}

    def _work(self, sql: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self._connection.execute(sql).fetchnumpy()
        except self._memory:
            raise RecordsError(f"Nothing was built: {MEMORY}.") from None
        except (self._errors, RuntimeError) as problem:
            raise _plain(problem) from None
        return found

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


def in_memory(data: bytes, name: str) -> DuckDB:
    """An engine on a file's bytes, CSV or Parquet by its name, which stay in memory; raises RecordsError."""
    import pyarrow as pa  # noqa: PLC0415 - see above
    from pyarrow import csv, parquet  # noqa: PLC0415

    stream = pa.BufferReader(data)
    try:
        if Path(name).suffix.lower() == ".parquet":
            table = parquet.read_table(stream)
            _whole(table.schema.names)
            return DuckDB(table=table)
        header = csv.open_csv(pa.BufferReader(data)).schema.names
        _whole(header)
        text = csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False)
        return DuckDB(table=csv.read_csv(stream, convert_options=text), first_row=2)
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise RecordsError(
            f"{Path(name).name} cannot be read: it should be CSV in UTF-8, with a header that has no name "
            "twice, or Parquet."
        ) from None


def find_files(given: str) -> tuple[Path, ...]:
    """The files of a name, a folder or a pattern, sorted; raises RecordsError where there is none."""
    path = Path(given)
    if path.is_dir():
        files = [file for file in path.rglob("*") if file.suffix.lower() in READERS and file.is_file()]
    elif path.is_file():
        files = [path]
    else:
        folder = Path(path.anchor) if path.is_absolute() else Path()
        pattern = str(path.relative_to(path.anchor)) if path.is_absolute() else given
        files = [file for file in folder.glob(pattern) if file.is_file()] if any(one in given for one in "*?[") else []
    if not files:
        raise RecordsError(f"There is no file {path.name}: name a CSV or Parquet file, a folder or a pattern of them.")
    return tuple(sorted(files))


def reader(files: tuple[Path, ...]) -> str:
    """The function that reads such files; raises RecordsError where they are of two kinds, or neither."""
    readers = {READERS.get(file.suffix.lower(), "") for file in files}
    if len(readers) != 1 or "" in readers:
        raise RecordsError(f"The files should all be CSV or all Parquet, by their endings {', '.join(READERS)}.")
    return readers.pop()


def _whole(names: Iterable[str]) -> None:
    """Refuse a name that would end at a NUL in it, as it does on the way from Arrow: it may then be another's."""
    if any("\0" in name for name in names):
        raise RecordsError("The name of a column holds a NUL, a character that ends it: give the column another name.")


def _plain(problem: Exception) -> RecordsError:
    """A sentence for what DuckDB refused; its own message may hold a row."""
    found = AT_LINE.search(str(problem))
    where = f" at line {int(found[1]):,}" if found else ""
    return RecordsError(
        f"The records cannot be read{where} ({type(problem).__name__}): a CSV needs UTF-8, a header without a name"
        " twice, and as many values in each row as the header has."
    )
