"""A and B -> table: the map of the difference. No streamlit."""

import numpy as np

from pages.kit import groups, measures
from pages.kit.tables.map_table import MapTable, tabulate
from pages.topics.price.compare.words import DIFFERENCES
from pricing.people.arrays import FloatArray
from pricing.questions.comparison import Comparison


def grid(found: Comparison, down: str, across: str, measure: str) -> FloatArray:
    """The difference by group as (levels of down, levels of across); nan where there are too few people."""
    table = found.groups(down, across)
    table = table[table["people"] >= groups.smallest_shown(found.a)]
    dimensions = found.a.cohort.dimensions
    values = np.full((len(dimensions[down].levels), len(dimensions[across].levels)), np.nan)
    values[table[down].to_numpy(), table[across].to_numpy()] = table[measure].to_numpy()
    return values


def difference_map(found: Comparison, down: str, across: str, measure: str) -> MapTable:
    """What B gives more or less than A: a diverging map around no difference, marked in words too."""
    values, difference = grid(found, down, across, measure), DIFFERENCES[measure]
    there = np.abs(values[~np.isnan(values)])
    reach = max(float(np.max(there, initial=0.0)), difference.least)
    dimensions = found.a.cohort.dimensions
    scale = measures.Measure(f"{difference.label}, B less A", "pounds", 0.0, reach)
    drawn = tabulate(values, dimensions[down].levels, dimensions[across].levels, scale, groups.side(found.a, down))
    return drawn.with_texts([[difference.mark(value) for value in row] for row in values])
