"""A quarterly measure of one to three people with an annual top-up: years are drawn, evenly, from all there may be."""

from dataclasses import dataclass

import numpy as np

from pricing.contract.counted.baseline import ANY, TIE, BaselineError, CountedSum
from pricing.contract.counted.quarters_of_counts import levels_up_to
from pricing.contract.even_points import even_ranks
from pricing.contract.pay_under_luck import LuckByChange
from pricing.contract.payment_rule import Number, PaymentRule
from pricing.contract.top_up import QUARTERS
from pricing.people.arrays import BoolArray, FloatArray
from pricing.resources.pause import pause

TIMES = 8
"""Times that 8,192 years are drawn: the same on every machine, and at every true change."""


@dataclass(frozen=True)
class KnownYear:
    """What a year pays on average at one true change, whatever change is asked for; ``rewarded`` of rewards alone."""

    pay: float
    rewarded: float
    paid: float

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        return np.full(np.shape(change), self.pay)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change: none, at this one."""
        return np.zeros(np.shape(change))

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        return np.full(np.shape(change), self.paid)

    def rewards(self) -> "KnownYear":
        """The same with its rewards alone."""
        return KnownYear(self.rewarded, self.rewarded, self.paid)


def few_quarters(
    quarter: CountedSum,
    rules: tuple[PaymentRule, PaymentRule],
    standing: float,
    baseline: BaselineError | None,
    most: float,
) -> LuckByChange:
    """The more of what four quarters and their year earn, as `quarters_of_counts.topped_up_count` has it."""
    ranks = even_ranks(QUARTERS + 1, TIMES)
    levels, each = levels_up_to(most), []
    off = standing + TIE + (0.0 if baseline is None else baseline.at(ranks[QUARTERS]))
    for chances in quarter.chances(levels):
        pause()
        upto = np.cumsum(chances)
        place = np.searchsorted(upto / upto[-1], ranks[:QUARTERS])
        each.append(paid(rules, quarter.changes[np.minimum(place, len(upto) - 1)] + off))
    return LuckByChange(levels + standing, tuple(each))


def paid(rules: tuple[PaymentRule, PaymentRule], measured: FloatArray, passed: BoolArray | bool = True) -> KnownYear:
    """What quarters that have ``measured`` so much, (quarters, years), are paid on average.

    ``rules`` of a quarter and of the year; ``passed`` (years,) where there is a hurdle.
    """
    quarter, year = rules[0](measured), rules[1](measured.mean(axis=0))
    past = np.maximum(quarter.mean(axis=0), year)
    held = np.maximum(np.minimum(quarter, 0.0).mean(axis=0), np.minimum(year, 0.0))
    rewarded = np.maximum(np.maximum(quarter, 0.0).mean(axis=0), year)
    pay = np.where(passed, past, held)
    return KnownYear(float(pay.mean()), float((rewarded * passed).mean()), float((pay > ANY).mean()))
