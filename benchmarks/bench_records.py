"""Records to cells to curves: DuckDB beside pandas on the same cells, and the curves' fit on cells, by size.

Run ``python -m benchmarks.bench_records [ROWS ...]`` (default 100000 1000000). Each size runs in a process of its own;
printed are seconds of processor, of the clock, and the most memory held in MB.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from pricing.records.build import build
from pricing.records.counted import count
from pricing.records.engines.choose import opened
from pricing.records.mapping.read import read

SIZES = ("100000", "1000000")
NEEDS = ("accommodation", "employment", "drugs", "alcohol", "mental_health")
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
    keys = ["age", "sex", "previous", "sentence", "decile", *NEEDS]
    table["again"] = table["again"] == "Y"
    table["people"] = 1
    cells = table.groupby(keys, observed=True)[["people", "again", "times", "days"]].sum()
    return f"{len(cells):,} cells"


def to_curves(path: Path) -> str:
    """Cells, curves and hold-out."""
    given = read(MAP)
    built = build(count(opened(str(path)), given), given, "drawn")
    return f"{len(built.curves.cells.people):,} cells, {len(built.curves.curves)} curves"


WAYS = {"duckdb": by_duckdb, "pandas": by_pandas, "to curves": to_curves}


def one(way: str, path: Path) -> None:
    """Do it and print what it took."""
    started, used = time.perf_counter(), time.process_time()
    found = WAYS[way](path)
    used, taken = time.process_time() - used, time.perf_counter() - started
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{way:10} {used:8.1f} s processor {taken:8.1f} s clock {held:8,.0f} MB   {found}", flush=True)


def main(arguments: list[str]) -> None:
    """Every way at every size, each in a process of its own."""
    if arguments[:1] == ["--one"]:
        one(arguments[1], Path(arguments[2]))
        return
    with TemporaryDirectory() as folder:
        for rows in arguments or SIZES:
            path = Path(folder) / f"{rows}.parquet"
            draw(int(rows), path)
            print(f"{int(rows):,} records", flush=True)
            for way in WAYS:
                command = [sys.executable, "-m", "benchmarks.bench_records", "--one", way, str(path)]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
