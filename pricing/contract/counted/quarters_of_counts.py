"""A quarterly measure with an annual top-up where few people are counted: what the year pays for each count.

The contract is a rule on the year's count: what it pays on average over the ways in which that may have fallen to its
quarters, which follow from the quarter's own exact distribution. They depend on the true change: the less unlike people
are once they are supported, the more even are the quarters that come to the same count.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pricing.contract.counted.baseline import ANY, TIE, BaselineError, CountedSum
from pricing.contract.even_points import BITS, even_points
from pricing.contract.pay_under_luck import LEVELS, Exact, mixture
from pricing.contract.payment_rule import Number, PaymentRule, tabulated
from pricing.contract.top_up import QUARTERS
from pricing.people.arrays import FloatArray, IntArray
from pricing.resources.pause import pause

WAYS, FEWEST, MOST_WAYS = 131_072, 64, 4096
"""Ways in which a year's counts fall to its quarters, all together; of each count at least and at most, a power of 2.
They are of a fixed low-discrepancy sequence, the same on every machine."""
PIECE = 125_000
"""Ways that are paid at once."""
MOST = 320
"""Points of a quarter's count at most; more of them are parted between these."""
UNLIKELY = 1e-6
"""Chance of a quarter's count that is left out."""


@dataclass(frozen=True, eq=False)
class QuarterWays:
    """How counts of a year have fallen to its quarters: ``quarters`` are measured changes (QUARTERS, counts, ways).

    In rising order of ``year``, the year's own (counts,). ``before`` are even ranks, (counts, ways), of the error of a
    baseline, which all quarters have in common.
    """

    year: FloatArray
    quarters: FloatArray
    before: FloatArray


@dataclass(frozen=True)
class ByCount:
    """What a year pays by its count: on average, in rewards alone, and the chance of any."""

    pay: PaymentRule
    rewards: PaymentRule
    chance: PaymentRule


@dataclass(frozen=True)
class ToppedUpCount(Exact):
    """A rule with an annual top-up on what a year counts.

    How a count has fallen to the quarters follows the true change where people are unlike each other. So what it pays
    is known ``by_count`` at some ``levels`` of that, rising, and follows a smooth line through them.
    """

    levels: tuple[float, ...] = (0.0,)
    by_count: tuple[ByCount, ...] = ()

    def rewards(self) -> "ToppedUpCount":
        """The same with its rewards alone."""
        alone = tuple(replace(each, pay=each.rewards) for each in self.by_count)
        return replace(self, rule=alone[0].pay, by_count=alone, once=True)

    @cached_property
    def _of_points(self) -> FloatArray:
        """Pay, then the chance of any, at each point of the year's count: (2 levels, points)."""
        at = self.count.changes + self.standing

        def over(rule: PaymentRule) -> FloatArray:
            pause()
            return rule.expected(at, self._blur) if self._blur > 0 else rule(at)

        chances = [np.clip(over(each.chance), 0.0, 1.0) for each in self.by_count]
        return np.stack([*(over(each.pay) for each in self.by_count), *chances])

    def _means(self, changes: FloatArray) -> FloatArray:
        weights = mixture(np.array(self.levels), changes)[0].T
        each = np.split(self.count.means(changes, self._of_points), 2, axis=1)
        return np.stack([(weights * mean).sum(axis=1) for mean in each], axis=1)

    def _worked_out(self, changes: FloatArray) -> FloatArray:
        means, slopes = self.count.means_and_slopes(changes, self._of_points)
        weights, rising = (each.T for each in mixture(np.array(self.levels), changes))
        pay, chance = np.split(means, 2, axis=1)
        marginal = weights * np.split(slopes, 2, axis=1)[0] + rising * pay
        return np.stack([each.sum(axis=1) for each in (weights * pay, marginal, weights * chance)], axis=1)


def topped_up_count(
    counts: tuple[CountedSum, CountedSum],
    rules: tuple[PaymentRule, PaymentRule],
    standing: float,
    baseline: BaselineError | None = None,
    most: float = 0.0,
) -> ToppedUpCount:
    """The more of what four quarters and their year earn.

    ``counts`` and ``rules`` of a quarter, and of the year; ``standing`` and ``baseline`` as in `Exact`; ``most`` is the
    true change once support does all that it can.
    """
    quarter, of_year = counts
    levels = levels_up_to(most)
    paid = tuple(by_count(ways, rules, standing, baseline) for ways in followed(quarter, levels))
    return ToppedUpCount(paid[0].pay, of_year, 0.0, standing, None, levels=tuple(levels.tolist()), by_count=paid)


def by_count(
    ways: QuarterWays, rules: tuple[PaymentRule, PaymentRule], standing: float, baseline: BaselineError | None
) -> ByCount:
    """What a year pays by its count at one true change.

    All quarters are held against the same baseline, so that its error is in what each of them is paid.
    """
    slopes = rules[1].slope, float(rules[1].slope + rules[1].bends.sum())
    up = 0.0, max(slopes[1], 0.0)
    kinds = zip(means(rules, ways, standing + TIE, baseline), (slopes, up, (0.0, 0.0)), strict=True)
    return ByCount(*(tabulated(ways.year + standing, mean, mean, ends) for mean, ends in kinds))


def means(
    rules: tuple[PaymentRule, PaymentRule], ways: QuarterWays, standing: float, baseline: BaselineError | None
) -> FloatArray:
    """Means over the ways of pay, of rewards and of whether there are any: (3, counts).

    Over the errors of a baseline they are that of the year alone, which is known, and what quarters add to it.
    """
    if baseline is None:
        return over_ways(rules, ways, lambda part: standing)
    drawn = over_ways(rules, ways, lambda part: standing + baseline.at(ways.before[part]), added=True)
    alone = baseline.over_each(rules[1])(ways.year + standing)
    return np.asarray(drawn + np.stack([alone, alone, baseline.chance_of_more(rules[1], ways.year + standing)]))


def over_ways(
    rules: tuple[PaymentRule, PaymentRule], ways: QuarterWays, off: Callable[[slice], Number], *, added: bool = False
) -> FloatArray:
    """The same where every measured change is ``off`` by so much; or only what quarters have ``added`` to the year."""
    found = np.empty((3, len(ways.year)))
    for some in np.array_split(np.arange(len(ways.year)), max(ways.before.size // PIECE, 1)):
        pause()
        part = slice(some[0], some[-1] + 1)
        measured = ways.quarters[:, part] + off(part)
        by_quarter, by_year = rules[0](measured), rules[1](measured.mean(axis=0))
        paid = np.maximum(by_quarter.mean(axis=0), by_year)
        rewarded = np.maximum(np.maximum(by_quarter, 0.0).mean(axis=0), by_year)
        found[:, part] = [each.mean(axis=1) for each in (paid, rewarded, paid > ANY)]
        if added:
            found[:, part] -= [each.mean(axis=1) for each in (by_year, by_year, by_year > ANY)]
    return found


def followed(quarter: CountedSum, levels: FloatArray) -> list[QuarterWays]:
    """How counts of a year have fallen to its quarters at each true change of ``levels``."""
    found = []
    for chances in quarter.chances(levels):
        likely = trimmed(chances)
        found.append(ways_of_counts(quarter, likely, ways_of(QUARTERS * len(likely[0]))))
    return found


def levels_up_to(most: float) -> FloatArray:
    """True changes at which quarters are followed: none, and on to the ``most`` that support can do."""
    return np.unique(most * LEVELS)


def ways_of(counts: int) -> int:
    """Ways in which each of so many counts of a year falls to its quarters: the fewer counts, the more is each felt."""
    return int(np.clip(2 ** int(np.log2(WAYS / counts)), FEWEST, MOST_WAYS))


def ways_of_counts(quarter: CountedSum, likely: tuple[FloatArray, float, int], ways: int) -> QuarterWays:
    """So many ``ways`` in which each count of the year has fallen to its quarters.

    By half-years, whose counts given that of the year, and by quarters, whose counts given that of the half-year, have
    the chances that a quarter's ``likely`` counts have, as `trimmed`.
    """
    pause()
    chances, first, step = likely
    half = np.convolve(chances, chances)
    width = quarter.changes[1] - quarter.changes[0]
    start = quarter.changes[0] + width * first
    # The more is counted the smaller the change: in rising order of it.
    counts = np.flatnonzero(np.convolve(half, half) > UNLIKELY**2)[::-1]
    # Counts next to each other go on in one sequence: what is missed of one the next ones make up for.
    every = even_points(1 << BITS, QUARTERS).reshape(-1, ways, QUARTERS) + 0.5 / (1 << BITS)
    even = np.moveaxis(every[counts % len(every)], 2, 0)
    # Which of two halves or quarters is the larger moves nothing: the lower half of what the first may be is enough.
    even[: QUARTERS - 1] /= 2
    of_half, of_quarter = parting(half), parting(chances)
    rows = np.repeat(counts[:, None], ways, axis=1)
    one = of_half(rows, even[0])
    other = rows - one
    parts = [of_quarter(one, even[1]), of_quarter(other, even[2])]
    each = np.stack([parts[0], one - parts[0], parts[1], other - parts[1]])
    inside = quarter.width * step * within_a_point(ways)
    found = start + width * step * each + inside[:, None]
    return QuarterWays(found.mean(axis=(0, 2)), found, even[3])


def within_a_point(ways: int) -> FloatArray:
    """Where in a point that stands for itself evenly each quarter is, from -1/2 to 1/2 of it: (QUARTERS, ways).

    A threshold may lie in it, which part of what is there then reaches. Taken at its middle all of it did, or none.
    """
    return np.asarray(even_points(ways, 2 * QUARTERS)[:, QUARTERS:].T + 0.5 / ways - 0.5)


def trimmed(chances: FloatArray) -> tuple[FloatArray, float, int]:
    """Chances of a quarter's likely counts, at most MOST; the first in points of its lattice, and points in each."""
    found = np.maximum(chances, 0.0)
    likely = np.flatnonzero(found > UNLIKELY)
    first, number = int(likely[0]), int(likely[-1] - likely[0] + 1)
    step = int(np.ceil(number / MOST))
    # Those between two of the points that are left go to both: what happens most, that nothing does, stays where it is.
    place = np.arange(number) / step
    below, part = np.floor(place).astype(np.int64), place % 1.0
    weights = found[first : first + number]
    lower, upper = np.bincount(below, weights * (1 - part), below[-1] + 2), np.bincount(below + 1, weights * part)
    apart = np.asarray(lower + upper, dtype=float) + 1e-30
    return apart / apart.sum(), float(first), step


def parting(chances: FloatArray) -> Callable[[IntArray, FloatArray], IntArray]:
    """The first of two counts with these ``chances`` each, given both together and a share of all that it may be."""
    size = len(chances)
    other = np.arange(2 * size - 1)[:, None] - np.arange(size)
    inside = (other >= 0) & (other < size)
    joint = np.cumsum(np.where(inside, chances * chances[other.clip(0, size - 1)], 0.0), axis=1)
    upto = (joint / joint[:, -1:] + np.arange(len(joint))[:, None]).ravel()

    def first(together: IntArray, share: FloatArray) -> IntArray:
        found = np.searchsorted(upto, together + share) - size * together
        return np.asarray(found.clip(0, np.minimum(together, size - 1)))

    return first
