"""How long a price takes to evaluate, and how that grows with cells; run ``python -m benchmarks.bench_evaluate``.

The floor is what any evaluation has to do at the least: work out every cell's odds once. Both run in turn.
"""

from functools import partial

import numpy as np
from scipy.special import expit, logit

from benchmarks.timing import timed
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.people.own_table import to_cohort
from pricing.scenario.scenario import METRICS, Scenario

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def made_up(cells: int) -> Cohort:
    """A cohort of ``cells`` distinct cells, drawn with a fixed seed."""
    draw = np.random.default_rng(1)
    probability = draw.uniform(0.02, 0.95, cells)
    return to_cohort(
        {
            "people": draw.integers(1, 50, cells).astype(float),
            "needs": draw.integers(0, 6, cells).astype(float),
            "decile": draw.integers(1, 11, cells).astype(float),
            "probability": probability,
            "rate": probability * draw.uniform(1.2, 6, cells),
            "severity": draw.uniform(5, 60, cells),
        },
        "made up",
        "",
    )


def odds(cohort: Cohort) -> FloatArray:
    """The floor: one pass over the cells."""
    return np.asarray(expit(logit(cohort.probability) - 0.1))


def main() -> None:
    """Print medians on the default cohort by metric, then growth with cells."""
    people = shipped.load("greater_manchester")
    print(f"evaluate, default cohort, {len(people.people):,} cells")
    for metric in (*METRICS, "blend"):
        scenario = Scenario(metric=metric)
        print(f"  {metric:10} {1e3 * timed([partial(evaluate, scenario, people)])[0]:7.1f} ms")
    print("growth with cells, defaults (floor: every cell's odds once)")
    for size in SIZES:
        cohort = made_up(size)
        spent, floor = timed([partial(evaluate, Scenario(), cohort), partial(odds, cohort)], rounds=5)
        each, times = 1e9 * spent / size, spent / floor
        print(f"  {size:9,} cells {1e3 * spent:8.1f} ms, {each:6.0f} ns a cell, {times:4.0f} × floor")


if __name__ == "__main__":
    main()
