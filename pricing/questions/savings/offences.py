"""The mix of offences in reoffences: a share like the index offence, the rest as in the published mix."""

from functools import cache

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.savings.costs import rows_of, unit_costs

LIKE_INDEX = 0.4
"""Assumption: share of reoffences in the offence group of the index offence, as in the illustrative cohort."""
DIMENSION = "offence"
"""Key of the grouping by index offence, where a cohort has one."""


@cache
def published_mix() -> FloatArray:
    """Share of each offence group, (offences,) in the order of the unit costs, by index offences of 2023/24."""
    offenders = {row["offence"]: float(row["offenders"]) for row in rows_of("index_offences.csv", {"offenders"})}
    counts = np.array([offenders[offence] for offence in unit_costs().offences])
    return np.asarray(counts / counts.sum())


def known(cohort: Cohort) -> bool:
    """Whether a cohort says which offence brought each person here."""
    return DIMENSION in cohort.dimensions


def per_crime(cohort: Cohort) -> FloatArray:
    """Mean published cost of a reoffence's offence, £ per crime by agency: (cells, agencies of ``PUBLISHED``)."""
    pounds = unit_costs().pounds
    mean = published_mix() @ pounds
    if not known(cohort):
        return np.tile(mean, (len(cohort.people), 1))
    dimension = cohort.dimensions[DIMENSION]
    place = {offence.casefold(): row for row, offence in enumerate(unit_costs().offences)}
    own = np.array([place[level.casefold()] for level in dimension.levels])[dimension.codes]
    return np.asarray(LIKE_INDEX * pounds[own] + (1 - LIKE_INDEX) * mean)
