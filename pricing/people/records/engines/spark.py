"""Spark, for those who have outgrown one machine: a table of its catalogue, or files. Only the answer comes here."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pricing.errors import RecordsError
from pricing.people.records.engines.embedded import find_files, reader
from pricing.people.records.engines.engine import Grouped, Progress, watched
from pricing.people.records.levels_sql import NUMERIC, TEXT
from pricing.people.records.query import translated

NUMERIC_TYPES = ("tinyint", "smallint", "int", "bigint", "float", "double")
NEEDED = "Spark needs pyspark and Java 17 or newer: make engines installs the former."
VIEW = "explorer_records"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.memory": "2g",
}
"""Of a session started here; one that is running already, as on a cluster, keeps its own."""


class Spark:
    """A table by its name in the catalogue, or the CSV or Parquet files of a name, a folder or a pattern."""

    dialect = "spark"
    numbers_rows = False

    def __init__(self, given: str) -> None:
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - optional, and loaded only where it is asked for
        except ImportError:
            raise RecordsError(NEEDED) from None
        builder = SparkSession.builder.appName("pricing-structure-explorer")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        try:
            self._session: Any = builder.getOrCreate()
        except Exception as problem:
            raise RecordsError(f"{NEEDED} It could not be started ({type(problem).__name__}).") from None
        self._session.sparkContext.setLogLevel("OFF")
        is_files = any(one in given for one in "/.*\\") and "://" not in given
        if is_files and (Path(given).suffix or Path(given).is_dir() or "*" in given):
            self._view(given)
            self._table = VIEW
        else:
            self._table = given

    def _view(self, given: str) -> None:
        found = find_files(given)
        names = [str(path.resolve()) for path in found]
        if reader(found) == "read_csv":
            options = {"header": True, "inferSchema": False, "quote": '"', "escape": '"', "mode": "FAILFAST"}
            frame = self._session.read.options(**options).csv(names)
        else:
            frame = self._session.read.parquet(*names)
        frame.createOrReplaceTempView(VIEW)

    def kinds(self) -> Mapping[str, str]:
        """Every column and what it holds; raises RecordsError where there is no such table."""
        types = self._try(lambda: self._session.table(self._table).dtypes)
        return {name: NUMERIC if kind in NUMERIC_TYPES or kind.startswith("decimal") else TEXT for name, kind in types}

    def source(self, *, numbered: bool) -> str:
        """What stands after FROM; rows of a table have no order, so no numbers."""
        return self._table

    def run(self, sql: str, progress: Progress) -> Grouped:
        """Run a query in a thread of its own, so that it can be watched and stopped."""
        text, context = translated(sql, self.dialect), self._session.sparkContext
        group = f"{VIEW}-{id(self)}"

        def work() -> Any:
            context.setJobGroup(group, "counting", interruptOnCancel=True)
            return self._try(lambda: self._session.sql(text).toArrow())

        table = watched(work, lambda: progress("counting", self._share()), lambda: context.cancelJobGroup(group))
        progress("counting", 1.0)
        return {name: np.asarray(table[name].fill_null(0), dtype=np.int64) for name in table.column_names}

    def _share(self) -> float:
        """Share of the tasks of the stages that are running which are done."""
        tracker = self._session.sparkContext.statusTracker()
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        tasks = sum(stage.numTasks for stage in stages if stage)
        return sum(stage.numCompletedTasks for stage in stages if stage) / tasks if tasks else 0.0

    def _try(self, ask: Any) -> Any:
        try:
            return ask()
        except Exception as problem:
            raise RecordsError(f"Spark could not count the records ({type(problem).__name__}).") from None

    def refuse_two_of_one_name(self, columns: Collection[str]) -> None:
        """Names are told apart before a table can be read here."""

    def close(self) -> None:
        """Forget the files; a session belongs to whoever runs Spark, and ends with this program."""
        self._session.catalog.dropTempView(VIEW)
