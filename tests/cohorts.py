"""Small cohorts for tests. The six groups are typed in from the model's section 6, whose figures they go with."""

from collections.abc import Sequence

import numpy as np

from pricing.people.cohort import Cohort
from pricing.people.own_table import to_cohort

SIX_GROUPS = {
    "people": [420, 610, 900, 800, 380, 90],
    "needs": [0, 1, 2, 3, 4, 5],
    "decile": [9, 6, 3, 1, 1, 2],
    "probability": [0.12, 0.24, 0.36, 0.47, 0.60, 0.82],
    "rate": [0.15, 0.45, 0.95, 1.80, 3.20, 6.50],
    "severity": [6.0, 7.0, 8.0, 8.5, 9.0, 9.5],
}


def cohort(columns: dict[str, Sequence[float]]) -> Cohort:
    """A cohort of one cell per row."""
    return to_cohort({name: np.array(values, dtype=float) for name, values in columns.items()}, "test", "0" * 64)


def six_groups() -> Cohort:
    """The cohort of the published check figures."""
    return cohort(SIX_GROUPS)


def take(people: Cohort, rows: Sequence[int]) -> Cohort:
    """The same cohort with only these rows, in this order."""
    columns = {
        "people": people.people,
        "needs": people.needs,
        "decile": people.deciles["overall"],
        "decile_employment": people.deciles["employment"],
        "decile_housing": people.deciles["housing"],
        "probability": people.probability,
        "rate": people.rate,
        "severity": people.severity,
    }
    return cohort({name: values[list(rows)].tolist() for name, values in columns.items()})


def thinned(people: Cohort, cells: int) -> Cohort:
    """Some ``cells`` of a cohort, evenly from its list, with as many people in all: its kinds of people at less work.

    What else is known of its people, age or offence, is not kept.
    """
    rows = np.linspace(0, len(people.people) - 1, cells).round().astype(int).tolist()
    some = take(people, rows)
    some.people[:] *= people.people.sum() / some.people.sum()
    return some
