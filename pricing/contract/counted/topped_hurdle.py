"""A binary hurdle whose year tops up its quarters, where few people are counted.

It is judged on the year's people, and so a rule on the year's count. How that has fallen to the quarters is not told by
the count alone: the more of it a few people have done, the fewer reoffend and the less even are the quarters. So what
the year pays past the hurdle, and short of it, is a mean over ways that are weighed by how likely it then is.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.baseline import ANY, TIE
from pricing.contract.counted.events import Events
from pricing.contract.counted.hurdle_of_counts import CountedHurdle, MeasuredBaseline
from pricing.contract.counted.offenders import Offenders
from pricing.contract.counted.quarters_of_counts import QuarterWays, followed, levels_up_to
from pricing.contract.effort_line import OneMetric
from pricing.contract.pay_under_luck import mixture
from pricing.contract.payment_rule import Clauses, PaymentRule, from_clauses
from pricing.contract.top_up import QUARTERS
from pricing.people.arrays import FloatArray
from pricing.resources.pause import pause
from pricing.scenario.metrics import GATED

MOST_PAST_HURDLE = 5000
"""People of a measure, or of the year that tops up its quarters, up to whom luck past a hurdle is counted."""
EVERY = 2
"""One in so many levels of the true change is followed here: each is more work, and four are as close as seven."""
UNLIKELY = 1e-12
"""A weight that is none: what no way is likely to bring about is a plain mean."""


@dataclass(frozen=True, eq=False)
class ToppedUpPay:
    """Pay of a year that tops up its quarters; rules of ``quarter`` and ``year``, of people measured in each.

    ``ways`` are how reoffences of the year have fallen to the quarters at true changes, the ``levels``; each meets one
    of the errors of the ``baseline``. Pay follows a smooth line through levels, and is said of so many ``nodes`` alike.
    """

    rules: tuple[PaymentRule, PaymentRule]
    people: tuple[Offenders, Offenders]
    baseline: MeasuredBaseline
    standing: tuple[float, float]
    levels: FloatArray
    ways: list[QuarterWays]
    nodes: int

    def __call__(self, change: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """As `hurdle_of_counts.Pays`."""
        weights, _ = mixture(self.levels, change)
        past, held, chance = np.tensordot(weights, self._at, 1)
        nodes = np.ones((self.nodes, 1))
        return nodes * past, nodes * held, nodes * chance

    def rewards(self) -> "ToppedUpPay":
        """The same with its rewards alone: more than nothing of what quarters and year have come to."""
        return replace(self, rules=(self.rules[0].at_least(0.0), self.rules[1].at_least(0.0)))

    @cached_property
    def _at(self) -> FloatArray:
        """Pay past the hurdle, short of it and the chance of any: (levels, 3, points)."""
        found = [self._at_level(float(level), ways) for level, ways in zip(self.levels, self.ways, strict=True)]
        return np.array(found)

    def _at_level(self, level: float, ways: QuarterWays) -> FloatArray:
        """The same at one true change: (3, points)."""
        error, over, noise = self._before(ways.before)
        mean, sd = self._over(level, ways.quarters)
        pause()
        passing = ndtr((mean + over) / np.hypot(sd, noise))
        paid = self._pay(ways.quarters + self.standing[0] + error + TIE)
        found = [
            np.average(each, axis=1, weights=weight + UNLIKELY)
            for each, weight in zip(paid, (passing, 1 - passing, passing), strict=True)
        ]
        return np.array([np.interp(self.people[1].changes, ways.year, each) for each in found])

    def _before(self, rank: FloatArray) -> tuple[FloatArray, ...]:
        """By how much both changes are off at ranks of a baseline's error, and the noise of the second beside that."""
        node = np.searchsorted(np.cumsum(self.baseline.weight)[:-1], rank, side="right")
        return tuple(each[node] for each in (self.baseline.errors, self.baseline.over, self.baseline.noise))

    def _pay(self, measured: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Pay past the hurdle, short of it and whether any past it, (counts, ways)."""
        quarter, year = self.rules
        by_quarter, by_year = quarter(measured), year(measured.mean(axis=0))
        past = np.maximum(by_quarter.mean(axis=0), by_year)
        held = np.maximum(np.minimum(by_quarter, 0.0).mean(axis=0), np.minimum(by_year, 0.0))
        return past, held, (past > ANY).astype(float)

    def _over(self, change: float, ways: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Change of the year's reoffenders above the hurdle, given its quarters: mean and deviation, (counts, ways)."""
        quarter, year = self.people
        pause()
        _, mean, sd = quarter.given(change)
        # Points of the quarter's lattice stand evenly, so that a place among them needs no search.
        place = (quarter.changes[0] - ways) / (quarter.changes[0] - quarter.changes[1])
        place = np.clip(place, 0.0, len(mean) - 1.0)
        left = np.minimum(place.astype(np.int64), len(mean) - 2)
        part = place - left
        expected, square = (each[left] + part * (each[left + 1] - each[left]) for each in (mean, sd**2))
        expected = expected.mean(axis=0) + self.standing[1]
        spread = np.sqrt(square.sum(axis=0)) / QUARTERS
        return expected - year.least(self.baseline.people), np.maximum(spread, 1e-9)


def topped_hurdle(
    people: tuple[Changes, OneMetric | None],
    year: Offenders,
    clauses: tuple[Clauses, Clauses],
    baselines: tuple[MeasuredBaseline, MeasuredBaseline],
    standing: tuple[float, float],
    most: float,
) -> CountedHurdle:
    """A hurdle of the ``year`` that tops its quarters up; ``clauses`` of a quarter and of the year.

    ``people`` are those who are measured, with their line of effort if there is one; ``baselines`` the errors of one,
    at few nodes and at many; ``most`` is the true change of reoffences once support does all that it can.
    """
    changes, line = people
    quarter, levels = Offenders.like(changes, year.size // QUARTERS, line), levels_up_to(most)[::EVERY]
    ways = followed(Events.like(changes, GATED, quarter.size, line), levels)
    rules = from_clauses(clauses[0]), from_clauses(clauses[1])
    few, many = baselines
    pays = ToppedUpPay(rules, (quarter, year), many, standing, levels, ways, len(few.weight))
    return CountedHurdle(pays, year, few, standing, most)
