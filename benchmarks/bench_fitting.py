"""How much faster a risk curve is fitted on cells than on one row per person; run `python -m benchmarks.bench_fitting`.

Both fits happen in the same run, in turn, on the Georgia cohort: 25,750 people. The coefficients are the same.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.timing import timed
from pricing.people import fitting, shipped
from pricing.people.cells import Cells


def main() -> None:
    """Print the median times and their ratio."""
    published = shipped.curves("georgia_parole").cells
    cells = fitting.model_cells(published)
    coarse = published.group([key for key in published.factors if key != "decile"])
    for label, grouped in (("all factors", cells), ("without deprivation", coarse)):
        people = one_row_per_person(grouped)
        seconds = timed([_fit(grouped), _fit(people)])
        print(f"binary curve, {label}: {len(grouped.people):,} cells against {len(people.people):,} people")
        print(
            f"  cells {1e3 * seconds[0]:.1f} ms, people {1e3 * seconds[1]:.1f} ms: {seconds[1] / seconds[0]:.1f} times"
        )


def one_row_per_person(cells: Cells) -> Cells:
    """The people that the cells stand for."""
    people = cells.people.astype(int)
    cell = np.repeat(np.arange(len(people)), people)
    rank = np.arange(len(cell)) - np.repeat(np.cumsum(people) - people, people)
    reoffended = (rank < cells.outcomes["reoffended"][cell]).astype(float)
    return replace(
        cells,
        codes={key: codes[cell] for key, codes in cells.codes.items()},
        held_out=cells.held_out[cell],
        outcomes={"people": np.ones(len(cell)), "reoffended": reoffended},
    )


def _fit(cells: Cells) -> Callable[[], object]:
    return lambda: fitting.fit_binary(cells, fitting.make_basis(cells))


if __name__ == "__main__":
    main()
