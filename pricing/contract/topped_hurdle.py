"""A binary hurdle whose year tops up its quarters, where few people are counted.

It is judged on the year's people, and so a rule on the year's count. How that has fallen to the quarters is not told by
the count alone: the more of it a few people have done, the fewer reoffend and the less even are the quarters. So what
the year pays past the hurdle, and short of it, is a mean over ways that are weighed by how likely it then is.
"""

import numpy as np
from scipy.special import ndtr

from pricing.contract.cohort_change import Changes
from pricing.contract.events import Events
from pricing.contract.hurdle_of_counts import CountedHurdle, MeasuredBaseline, Offenders
from pricing.contract.payment_rule import Clauses, from_clauses
from pricing.contract.quarters_of_counts import topped_up_count
from pricing.contract.top_up import QUARTERS
from pricing.people.cohort import FloatArray
from pricing.scenario.metrics import GATED


def topped_hurdle(
    changes: Changes, year: Offenders, clauses: tuple[Clauses, Clauses], luck: MeasuredBaseline
) -> CountedHurdle:
    """A hurdle of the ``year`` that tops its quarters up; ``clauses`` of a quarter and of the year."""
    quarter = Offenders.like(changes.cohort, year.size // QUARTERS, changes.drawn)
    counts = Events.like(changes, GATED, quarter.size), Events.like(changes, GATED, year.size)
    by_quarter, by_year = (from_clauses(each) for each in clauses)
    past = topped_up_count(counts, (by_quarter, by_year), 0.0, 0.0, lambda at: passing(quarter, at))
    losses = by_quarter.at_most(0.0), by_year.at_most(0.0)
    held = topped_up_count(counts, losses, 0.0, 0.0, lambda at: 1 - passing(quarter, at))
    return CountedHurdle(past.rule, held.rule, year, luck, past.paid)


def passing(quarter: Offenders, changes: FloatArray) -> FloatArray:
    """Chance that a year passes given its quarters' measured ``changes`` (..., QUARTERS): normal, by two moments."""
    mean, variance = quarter.by_number
    numbers = quarter.means[1] * (1 - changes)
    every = np.arange(quarter.points)
    expected, spread = (np.interp(numbers, every, each).sum(axis=-1) for each in (mean, variance))
    most = np.floor(QUARTERS * quarter.means[0] + 1e-9) + 0.5
    return np.asarray(ndtr((most - expected) / np.sqrt(np.maximum(spread, 1e-9))))
