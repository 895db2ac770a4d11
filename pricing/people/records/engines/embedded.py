"""DuckDB, embedded: CSV and Parquet files, a folder or pattern of them, or a table in memory.

Nothing is written: the database is in memory, no temporary file takes what does not fit, nothing is fetched. DuckDB's
own messages may hold a line of the file, so none of them is shown.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pricing.errors import RecordsError
from pricing.people.records.engines import csv_text
from pricing.people.records.engines.engine import Grouped, Progress, watched
from pricing.people.records.levels_sql import NUMERIC, TEXT, identifier, literal
from pricing.people.records.mapping.first import MOST_VALUES, SeenColumn
from pricing.people.records.query import ROW

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NUMERIC_TYPES = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))")
READERS = {".csv": "read_csv", ".tsv": "read_csv", ".txt": "read_csv", ".parquet": "read_parquet"}
RAGGED = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
AT_LINE = re.compile(r"Line:? (\d+)")
LOOKED_AT = 100_000
"""Rows from which a first map is guessed."""
MEMORY = "the records do not fit into the memory that is free: band factors more coarsely, or use another engine"
TABLE = "visit_records"


class DuckDB:
    """Files, or ``table``, an Arrow table in memory; the first row of one CSV has the number 2, as in a spreadsheet."""

    def __init__(self, files: tuple[Path, ...] = (), table: Any = None, first_row: int = 1) -> None:
        import duckdb  # noqa: PLC0415 - loaded when a cohort is built, not when the explorer starts

        self._errors = duckdb.Error
        self._memory = duckdb.OutOfMemoryException
        self._connection: DuckDBPyConnection = duckdb.connect(":memory:")
        self._connection.execute("SET temp_directory = ''")
        self._first_row = first_row
        self._file: Path | None = None
        self._mark = ""
        self._header: Sequence[str] = table.schema.names if table is not None else ()
        self._twice: list[tuple[str, str]] = []
        if table is not None:
            self._connection.register(TABLE, table)
            self._from = TABLE
        else:
            read = reader(files)
            names = ", ".join(literal(str(file)) for file in files)
            text = self._csv(files) if read == "read_csv" else ", union_by_name = true"
            self._from = f"{read}([{names}]{text})"
        # What a query reads is settled, so that a map's names can reach nothing else.
        if table is not None:
            self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def _csv(self, files: tuple[Path, ...]) -> str:
        """How CSV files are read: where all are parted alike that is said, so that rows of another length fail."""
        heads = [csv_text.head_of(file) for file in files]
        marks = {csv_text.separator(head) for head in heads}
        if len(files) == 1:
            self._first_row, self._file = 2, files[0]
        self._mark = marks.pop() if len(marks) == 1 else ""
        text = ", all_varchar = true, header = true"
        if not self._mark:
            return text
        self._header = csv_text.names(heads[0], self._mark)
        return f"{text}, delim = {literal(self._mark)}, quote = '\"', escape = '\"'"

    @cached_property
    def numbers_rows(self) -> bool:
        """Whether rows have their numbers: not where lines above the header, or between rows, are passed over.

        It takes a look at the whole file, so it is asked for where a row has something wrong alone.
        """
        return self._file is None or (bool(self._mark) and csv_text.rows_of_file_are_lines(self._file))

    def kinds(self) -> Mapping[str, str]:
        """Every column and what it holds; raises RecordsError where the file cannot be read."""
        try:
            found = self._connection.execute(f"DESCRIBE SELECT * FROM {self._from}").fetchall()
        except self._errors as problem:
            raise self._plain(problem) from None
        _whole(name for name, *_ in found)
        described = [name for name, *_ in found]
        if len(described) == len(self._header):
            self._twice = [(described[first], described[at]) for at, first in csv_text.twice(self._header).items()]
        return {name: NUMERIC if NUMERIC_TYPES.fullmatch(kind) else TEXT for name, kind, *_ in found}

    def refuse_two_of_one_name(self, columns: Collection[str]) -> None:
        """A column that stands twice is read once; not where the two differ, since it might be either."""
        wanted = {column.casefold() for column in columns}
        for one, other in (pair for pair in self._twice if pair[0].casefold() in wanted):
            apart = f"SELECT 1 FROM {self._from} WHERE {identifier(one)} IS DISTINCT FROM {identifier(other)} LIMIT 1"
            try:
                differ = self._connection.execute(apart).fetchall()
            except self._errors as problem:
                raise self._plain(problem) from None
            if differ:
                raise RecordsError(
                    f"Two columns of the records have the name {one!r} and hold different values. "
                    "Give one of them another name."
                )

    def seen(self) -> tuple[SeenColumn, ...]:
        """Every column with its values in the first rows, where they are few."""
        found, source = [], f"(SELECT * FROM {self._from} LIMIT {LOOKED_AT})"
        for name, kind in self.kinds().items():
            value = f"TRIM(CAST({identifier(name)} AS VARCHAR))"
            distinct = f"SELECT DISTINCT {value} AS v FROM {source} AS few WHERE {value} <> '' LIMIT {MOST_VALUES + 1}"
            try:
                values = sorted(str(row[0]) for row in self._connection.execute(distinct).fetchall())
            except self._errors as problem:
                raise self._plain(problem) from None
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
            raise self._plain(problem) from None
        return found

    def _plain(self, problem: Exception) -> RecordsError:
        """A sentence for what DuckDB refused; its own message may hold a row."""
        found = AT_LINE.search(str(problem))
        line = int(found[1]) if found else None
        if line is None and self._file is not None and self._mark:
            line = csv_text.row_of_another_length(self._file, self._mark, LOOKED_AT)
        where = f" at line {line:,}" if line else ""
        return RecordsError(
            f"The records cannot be read{where} ({type(problem).__name__}): a CSV needs UTF-8, a header without a name"
            " twice, as many values in each row as the header has, and every quotation mark closed."
        )

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


def in_memory(data: bytes, name: str) -> DuckDB:
    """An engine on a file's bytes, CSV or Parquet by its name, which stay in memory; raises RecordsError."""
    import pyarrow as pa  # noqa: PLC0415 - see above
    from pyarrow import parquet  # noqa: PLC0415

    short = Path(name).name
    try:
        if Path(name).suffix.lower() == ".parquet":
            table = parquet.read_table(pa.BufferReader(data))
            _whole(table.schema.names)
            return DuckDB(table=table)
        found = DuckDB(table=_csv_table(data, short), first_row=2)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
        ragged = RAGGED.search(str(problem))
        if ragged is None:
            raise RecordsError(
                f"{short} cannot be read: it should be CSV in UTF-8, parted by commas, semicolons, tabs or bars, with "
                "a header that has no name twice, or Parquet."
            ) from None
        at = f"row {int(ragged[1]):,}" if csv_text.rows_are_lines(data) else "a row"
        raise RecordsError(
            f"{short} cannot be read: {at} does not hold as many values as the header has names "
            f"({int(ragged[3]):,}, and not {int(ragged[2]):,})."
        ) from None
    found.numbers_rows = csv_text.rows_are_lines(data)
    return found


def _csv_table(data: bytes, name: str) -> Any:
    """The values of a CSV file as text, in an Arrow table."""
    import pyarrow as pa  # noqa: PLC0415 - see above
    from pyarrow import csv  # noqa: PLC0415

    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise OSError("UTF-16")
    parted_by = csv_text.separator(csv_text.decoded(data)) or ","
    csv_text.refuse_open_quotes(data, parted_by, name)
    # One thread tells at which row a file goes wrong.
    reading = csv.ReadOptions(use_threads=False)
    parsing = csv.ParseOptions(delimiter=parted_by, newlines_in_values=b'"' in data)
    header = csv.open_csv(pa.BufferReader(data), reading, parsing).schema.names
    _whole(header)
    text = csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False)
    table = csv.read_csv(pa.BufferReader(data), reading, parsing, text)
    return table.rename_columns([each.strip() for each in header])


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
        what = "is no file that holds rows" if path.exists() and not path.is_dir() else "names no file"
        raise RecordsError(f"“{given}” {what}: name a CSV or Parquet file, a folder or a pattern of them.")
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
