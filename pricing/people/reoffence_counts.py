"""How many people had each number of reoffences, and the negative binomial alpha that says how unevenly they fall."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma

from pricing.errors import DataError
from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.cells import Cells

ALPHA_RANGE = (0.02, 50.0)
COLUMNS = ["held_out", "reoffences", "people"]


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many people had each number of reoffences, by side of the hold-out; arrays of one shape."""

    held_out: BoolArray
    reoffences: FloatArray
    people: FloatArray

    def where(self, keep: BoolArray) -> "Histogram":
        """Only the entries for which ``keep`` is true."""
        return Histogram(self.held_out[keep], self.reoffences[keep], self.people[keep])


def read_histogram(path: Path) -> Histogram:
    """Read ``counts.csv`` with columns held_out, reoffences, people."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if header != COLUMNS:
        raise DataError(f"{path.name} has to have the columns {', '.join(COLUMNS)}; it has {', '.join(header)}.")
    held_out, reoffences, people = np.array(rows, dtype=np.float64).T
    return Histogram(held_out.astype(bool), reoffences, people)


def alpha_given_mean(cells: Cells, mean: FloatArray, histogram: Histogram) -> float:
    """The negative binomial alpha that is likeliest given ``mean`` (cells,): the root of its score in r = 1/alpha.

    The likelihood needs each person's count only through the histogram. Where the root lies outside ALPHA_RANGE the
    nearer end is returned.
    """
    people, total = cells.people, cells.outcomes["reoffences"]

    def score(log_alpha: float) -> float:
        r = np.exp(-log_alpha)
        counts = histogram.people @ (digamma(histogram.reoffences + r) - digamma(r))
        means = people @ (np.log(r / (r + mean)) + 1) - ((total + people * r) / (r + mean)).sum()
        return float(counts + means)

    low, high = (float(np.log(end)) for end in ALPHA_RANGE)
    if score(low) >= 0:
        return ALPHA_RANGE[0]
    return ALPHA_RANGE[1] if score(high) <= 0 else float(np.exp(brentq(score, low, high, xtol=1e-12)))
