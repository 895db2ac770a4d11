"""PostgreSQL and Spark, the real ones, count the same people to the last one, and say the same of what is wrong."""

import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given

from pricing.errors import RecordsError
from pricing.people.records import counted, query
from pricing.people.records.counted import Counted
from pricing.people.records.engines.choose import opened
from pricing.people.records.engines.spark import SETTINGS
from pricing.people.records.flaws import sentences
from tests.examples import examples
from tests.postgresql_server import running
from tests.pricing.people.records.maps import HERE_MAP, MAP, people
from tests.pricing.people.records.test_counting import by_loop, flawed
from tests.programs import needs

NEEDS_POSTGRESQL = needs("pg_ctl")
NEEDS_SPARK = needs("java")


def count(given_as: str, engine: str) -> Counted:
    found = opened(given_as, engine)
    try:
        return counted.count(found, HERE_MAP, leave_out=True)
    finally:
        found.close()


def same(found: Counted, told: Counted) -> None:
    assert found.digest == told.digest
    assert sentences(found.wrong) == sentences(told.wrong)
    assert (found.rows, found.left_out) == (told.rows, told.left_out)


def some_kept(table: pd.DataFrame) -> pd.DataFrame:
    """With one sound row at least, so that there is something to count."""
    sound = people(1, 1).assign(row="999", id="sound", year="2023")
    return pd.concat([table, sound], ignore_index=True)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as found:
        yield f"postgresql://explorer@/explorer?host={found.socket}"


def put(server: str, table: pd.DataFrame, name: str) -> str:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        connection.execute(f'CREATE TABLE "{name}" ({", ".join(f"{column} text" for column in table)})')
        text = io.StringIO(table.to_csv(index=False))
        with connection.cursor().copy(f'COPY "{name}" FROM STDIN (FORMAT csv, HEADER)') as copy:
            copy.write(text.getvalue())
    return f"{server}#{name}"


@NEEDS_POSTGRESQL
@given(table=flawed())
@examples(5)
def test_postgresql_counts_what_a_plain_loop_counts(server: str, table: pd.DataFrame) -> None:
    table = some_kept(table)
    same(count(put(server, table, "Flawed people"), "postgres"), by_loop(table, MAP))


@NEEDS_POSTGRESQL
def test_postgresql_has_the_digest_of_duckdb(server: str, tmp_path: Path) -> None:
    table = people(4000, 6)
    table.to_csv(tmp_path / "people.csv", index=False)
    told = count(str(tmp_path / "people.csv"), "duckdb")
    assert told.rows > 3000
    same(count(put(server, table, "people"), "postgres"), told)
    typed(server)
    same(count(f"{server}#typed", "postgres"), told)


def typed(server: str) -> None:
    """The same people in a table whose numbers are numbers."""
    import psycopg

    numbers = {"year": "int", "times": "smallint", "days": "double precision", "age": "numeric", "score": "bigint"}
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE TABLE typed AS SELECT * FROM people")
        for name, kind in numbers.items():
            connection.execute(f"ALTER TABLE typed ALTER {name} TYPE {kind} USING {name}::{kind}")


@NEEDS_POSTGRESQL
def test_what_postgresql_lacks_is_told_without_values(server: str) -> None:
    for given_as, message in (
        (f"{server}#nobody", "There is no table public.nobody"),
        (server, "Name the table after the address"),
        ("postgresql://nobody@/nothing?host=/nowhere#people", "does not let us in"),
    ):
        with pytest.raises(RecordsError, match=message):
            count(given_as, "postgres")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One small session: nothing is compiled for speed or shuffled, which costs most of the time on a few rows."""
    sql = pytest.importorskip("pyspark.sql", reason="no pyspark here: make engines installs it")
    folder = tmp_path_factory.mktemp("spark")
    small = {
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.constraintPropagation.enabled": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(folder))
        patch.setitem(SETTINGS, "spark.sql.shuffle.partitions", "1")  # which an engine asks of any session
        builder = sql.SparkSession.builder.master("local[1]")
        for name, value in small.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield
        session.stop()


@NEEDS_SPARK
@pytest.mark.usefixtures("spark")
def test_spark_counts_what_duckdb_and_a_plain_loop_count(tmp_path: Path) -> None:
    table = spoilt(people(2000, 6))
    table.to_parquet(tmp_path / "people.parquet")
    told = by_loop(table, MAP)
    assert len({(flaw.where, flaw.kind) for flaw in told.wrong}) > 15
    same(count(str(tmp_path / "people.parquet"), "duckdb"), told)
    same(count(str(tmp_path / "people.parquet"), "spark"), told)


@NEEDS_SPARK
@pytest.mark.usefixtures("spark")
@given(table=flawed())
@examples(1)
def test_spark_counts_what_a_plain_loop_counts(table: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> None:
    table, path = some_kept(table), tmp_path_factory.getbasetemp() / "flawed.parquet"
    table.to_parquet(path)
    same(count(str(path), "spark"), by_loop(table, MAP))


def spoilt(table: pd.DataFrame) -> pd.DataFrame:
    """Every kind of flaw, once or more."""
    wrong = {
        "age": ["", "x", "3", "1e2"],
        "sex": ["Unknown", "o'brien", "\\", '"'],
        "sanctions": ["2.5", "-1", "12 or more", "1e9"],
        "lsoa": ["S99", "", " S01 ", "s01"],
        "again": ["", "maybe", "Y", "N"],
        "times": ["", "x", "999", "2"],
        "days": ["", "-3", "1000001", ".5", "5e-1", "."],
        "id": ["", "p0", "p0", "é"],
        "score": ["x", "", "3", "-0"],
        "year": ["2023", "2023.0", "", "Unknown"],
    }
    for place, (column, values) in enumerate(wrong.items()):
        for step, value in enumerate(values):
            table.loc[place * 20 + step, column] = value
    return table


@pytest.mark.parametrize("dialect", ["athena", "trino", "snowflake", "bigquery", "databricks", "redshift", "tsql"])
def test_the_query_is_written_in_every_dialect(dialect: str) -> None:
    text = query.translated(query.cells(HERE_MAP, {}, "people"), dialect)
    assert "GROUP BY" in text
    assert "S47" in text
