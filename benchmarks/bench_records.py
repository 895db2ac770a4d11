"""Records to cells to curves: DuckDB, Spark, Polars and pandas on the same cells, and the curves' fit, by size.

Run ``python -m benchmarks.bench_records [ROWS ...]`` (default 100000 1000000). Each way and size runs in a process of
its own; printed are seconds of processor (Spark's own process included), of the clock, and the most memory held in MB,
how many times the processor's time ten times the records take, and what is not installed here.
"""

import importlib
import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from benchmarks.bench_fitting import one_row_per_person
from pricing.people.records.build import build
from pricing.people.records.counted import count
from pricing.people.records.engines.choose import opened
from pricing.people.records.mapping.read import read

SIZES = ("100000", "1000000")
NEEDS = ("accommodation", "employment", "drugs", "alcohol", "mental_health")
KEYS = ("age", "sex", "previous", "sentence", "decile", *NEEDS)
MAP = """
label = "Drawn people"
outcome = "Reoffending"
follow_up = "12 months"
[rows]
person = "id"
[outcomes]
reoffended = {column = "again", yes = ["Y"], no = ["N"]}
reoffences = {column = "times"}
harm = {column = "days"}
[[factors]]
key = "age"
column = "age"
cut = [18, 21, 25, 30, 35, 40, 50]
[[factors]]
key = "sex"
column = "sex"
levels = ["F", "M"]
[[factors]]
key = "previous"
kind = "count"
column = "previous"
top = 40
bands = [0, 1, 3, 6, 11, 21]
[[factors]]
key = "sentence"
column = "sentence"
levels = ["short", "long", "community"]
[[factors]]
key = "decile"
kind = "decile"
column = "decile"
""" + "".join(f'[[factors]]\nkey = "{need}"\nkind = "need"\ncolumn = "{need}"\nyes = [1]\nno = [0]\n' for need in NEEDS)


def draw(rows: int, path: Path) -> None:
    """Write drawn people as Parquet; their cells are as many as ten factors make them."""
    rng = np.random.default_rng(rows)
    needs = {need: (rng.random(rows) < 0.3).astype(int) for need in NEEDS}
    previous = np.minimum(rng.negative_binomial(1, 0.15, rows), 60)
    risk = -1.2 + 0.05 * previous + 0.3 * sum(needs.values())
    again = rng.random(rows) < 1 / (1 + np.exp(-risk))
    times = np.where(again, 1 + rng.poisson(2, rows), 0)
    people = pd.DataFrame(
        {
            "id": np.char.add("p", np.arange(rows).astype(str)),
            "again": np.where(again, "Y", "N"),
            "times": times,
            "days": np.round(times * rng.uniform(1, 60, rows), 3),
            "age": rng.integers(18, 70, rows),
            "sex": np.where(rng.random(rows) < 0.15, "F", "M"),
            "previous": previous,
            "sentence": rng.choice(["short", "long", "community"], rows),
            "decile": rng.integers(1, 11, rows),
            **needs,
        }
    )
    people.to_parquet(path)


def by_duckdb(path: Path) -> str:
    """The explorer's own way, to cells."""
    found = count(opened(str(path)), read(MAP))
    return f"{len(found.cells.people):,} cells"


def by_pandas(path: Path) -> str:
    """The same keys and sums by pandas, nothing checked and nobody told what is wrong: a floor for it."""
    table = pd.read_parquet(path)
    table["age"] = np.digitize(table["age"], [18, 21, 25, 30, 35, 40, 50])
    table["previous"] = np.minimum(table["previous"], 40)
    table["again"] = table["again"] == "Y"
    table["people"] = 1
    cells = table.groupby(list(KEYS), observed=True)[["people", "again", "times", "days"]].sum()
    return f"{len(cells):,} cells"


def by_polars(path: Path) -> str:
    """The same as by pandas."""
    pl = importlib.import_module("polars")
    cuts = [str(place) for place in range(8)]
    found = (
        pl.scan_parquet(path)
        .with_columns(
            pl.col("age").cut([18, 21, 25, 30, 35, 40, 50], labels=cuts, left_closed=True),
            pl.col("previous").clip(upper_bound=40),
            again=pl.col("again") == "Y",
        )
        .group_by(*KEYS)
        .agg(pl.len().alias("people"), pl.col("again").sum(), pl.col("times").sum(), pl.col("days").sum())
        .collect()
    )
    return f"{len(found):,} cells"


def by_spark(path: Path) -> str:
    """The explorer's own way on Spark; what its own process took is added."""
    found = count(opened(str(path), "spark"), read(MAP))
    return f"{len(found.cells.people):,} cells"


def to_curves(path: Path) -> str:
    """Cells, curves and hold-out."""
    given = read(MAP)
    built = build(count(opened(str(path)), given), given, "drawn")
    return f"{len(built.curves.cells.people):,} cells, {len(built.curves.curves)} curves"


def cells_beside_rows(path: Path) -> str:
    """The binary curve from cells, beside statsmodels on a row for each person: the same coefficients."""
    import statsmodels.api as sm  # noqa: PLC0415 - the other ways do without

    from pricing.people import fitting  # noqa: PLC0415

    cells = fitting.model_cells(count(opened(str(path)), read(MAP)).cells)
    basis, started = fitting.make_basis(cells), time.process_time()
    curve = fitting.fit_binary(cells, basis)
    by_cells, people = time.process_time() - started, one_row_per_person(cells)
    started = time.process_time()
    curve_of_rows = fitting.fit_binary(people, basis)
    by_rows, design = time.process_time() - started, curve.design(people.codes)
    started = time.process_time()
    model = sm.GLM(people.outcomes["reoffended"], design, family=sm.families.Binomial())
    outside = model.fit(tol=1e-10, tol_criterion="params")
    by_statsmodels = time.process_time() - started
    gap = max(float(np.abs(curve.coefficients - one).max()) for one in (outside.params, curve_of_rows.coefficients))
    return (
        f"{len(cells.people):,} cells {by_cells:.2f} s; a row each {by_rows:.2f} s ({by_rows / by_cells:.0f} times);"
        f" by statsmodels {by_statsmodels:.1f} s ({by_statsmodels / by_cells:.0f} times); coefficients {gap:.0e}"
    )


WAYS = {
    "duckdb": by_duckdb,
    "pandas": by_pandas,
    "polars": by_polars,
    "spark": by_spark,
    "to curves": to_curves,
    "cells, rows": cells_beside_rows,
}
NEEDS_INSTALLED = {"polars": "polars", "spark": "pyspark"}
GROWS = ("duckdb", "spark", "to curves")
"""Ways of the explorer's own, whose growth with the records is told."""


def absent(way: str) -> bool:
    """Whether what a way needs is not installed here."""
    needed = NEEDS_INSTALLED.get(way)
    return needed is not None and (
        importlib.util.find_spec(needed) is None or (way == "spark" and shutil.which("java") is None)
    )


def java() -> tuple[float, float]:
    """Seconds of processor and most MB of Spark's own process, if this process started one."""
    if "pyspark" not in sys.modules:
        return 0.0, 0.0
    gateway = importlib.import_module("pyspark").SparkContext._gateway
    place = Path("/proc", str(gateway.proc.pid))
    fields = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    held = next(line for line in (place / "status").read_text(encoding="utf-8").splitlines() if "VmHWM" in line)
    return (int(fields[11]) + int(fields[12])) / 100, int(held.split()[1]) / 1024


def one(way: str, path: Path) -> None:
    """Do it, print what it took, and last the processor's seconds by themselves."""
    started, used = time.perf_counter(), time.process_time()
    found = WAYS[way](path)
    used, taken = time.process_time() - used, time.perf_counter() - started
    more, beside = java()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + beside
    print(f"{way:11} {used + more:8.1f} s processor {taken:8.1f} s clock {held:8,.0f} MB   {found}")
    print(json.dumps(used + more))


def main(arguments: list[str]) -> None:
    """Every way at every size, each in a process of its own."""
    if arguments[:1] == ["--one"]:
        one(arguments[1], Path(arguments[2]))
        return
    before: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        for rows in arguments or SIZES:
            path = Path(folder) / f"{rows}.parquet"
            draw(int(rows), path)
            print(f"{int(rows):,} records", flush=True)
            for way in WAYS:
                if absent(way):
                    print(f"{way:11} is not installed here", flush=True)
                    continue
                command = [sys.executable, "-m", "benchmarks.bench_records", "--one", way, str(path)]
                told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
                print("\n".join(told[:-1]), flush=True)
                seconds = json.loads(told[-1])
                if way in GROWS and way in before:
                    print(f"{'':11} {seconds / before[way]:.1f} times the size before", flush=True)
                before[way] = seconds


if __name__ == "__main__":
    main(sys.argv[1:])
