"""A quarterly measure with an annual top-up: the year pays the more of what its quarters and the year have earned.

Given the year's measured change, the quarters' deviations from it are normal whatever the true change is. So the
contract is again a rule on the annual measure: what it pays on average over those deviations.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import ndtri

from pricing.contract.counted.baseline import BaselineError
from pricing.contract.even_points import even_points
from pricing.contract.payment_rule import FLAT, Clauses, Number, PaymentRule, from_clauses, tabulated
from pricing.people.arrays import FloatArray
from pricing.resources.shelf import shelved

QUARTERS = 4
DRAWS = 256
"""Sets of four deviations, a fixed low-discrepancy sequence: the same on every machine."""
POINTS, REACH = 5, 5.0
"""Places in one standard deviation of a quarter's luck at which the rule is tabulated, and standard deviations on each
side of a knot within which it is: it is straight from there on."""


@dataclass(frozen=True)
class ToppedUp:
    """A rule with an annual top-up, by annual measure.

    ``rule`` is expected pay, ``rewarded`` the same of rewards alone, and ``paid`` the chance of any; short of a hurdle
    what is ``held`` is paid, and past it what is ``gated`` too. ``baseline`` is the error of one that is counted,
    beside the ``noise``.
    """

    rule: PaymentRule
    rewarded: PaymentRule
    paid: PaymentRule
    held: PaymentRule
    gated: PaymentRule
    noise: float
    baseline: BaselineError | None = None

    @cached_property
    def _over(self) -> tuple[PaymentRule, PaymentRule]:
        """Both rules, on average over the errors of a baseline that is counted."""
        if self.baseline is None:
            return self.rule, self.paid
        return self.baseline.over(self.rule, self.noise), self.baseline.over(self.paid, self.noise)

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        return self._over[0].expected(change, self.noise)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        return self._over[0].marginal(change, self.noise)

    def chance(self, change: Number) -> FloatArray:
        """Chance that the year pays more than nothing."""
        return self._over[1].expected(change, self.noise)

    def rewards(self) -> "ToppedUp":
        """The same with its rewards alone."""
        return replace(self, rule=self.rewarded)


def deviations() -> FloatArray:
    """Four standard normal quarters less their mean, shape (DRAWS, QUARTERS)."""
    uniform = even_points(DRAWS, QUARTERS - 1) + 0.5 / DRAWS
    turn = np.linalg.qr(np.hstack([np.ones((QUARTERS, 1)), np.eye(QUARTERS)[:, 1:]]))[0][:, 1:]
    return np.asarray(ndtri(uniform) @ turn.T)


def places(knots: FloatArray, noise: float) -> FloatArray:
    """Where a rule with these ``knots`` bends once quarters have fallen about a year with this ``noise``, rising."""
    reach = REACH * noise + 1e-6
    ends, around = (knots.min() - reach, knots.max() + reach), np.linspace(-reach, reach, int(2 * REACH * POINTS) + 1)
    everywhere = int(POINTS * (ends[1] - ends[0]) / noise) + 2
    if everywhere < len(knots) * len(around):
        return np.linspace(*ends, everywhere)
    return np.unique(np.add.outer(knots, around))


@shelved(64)
def topped_up(by_quarter: Clauses, by_year: Clauses, quarter_noise: float) -> ToppedUp:
    """The rule that pays the more of the quarters' mean and the year's own; ``quarter_noise`` as in `Normal`."""
    quarter, year = from_clauses(by_quarter), from_clauses(by_year)
    at = np.union1d(places(np.concatenate([quarter.at, year.at, [0.0]]), quarter_noise), year.at)
    each = quarter(at[:, None, None] + quarter_noise * deviations())
    earned, rewarded = each.mean(axis=2), np.maximum(each, 0.0).mean(axis=2)
    lost = np.minimum(each, 0.0).mean(axis=2)
    before = np.nextafter(at, -np.inf)

    def short(places: FloatArray) -> FloatArray:
        return np.asarray(np.maximum(lost, np.minimum(year(places), 0.0)[:, None]))

    def table(value: Callable[[FloatArray], FloatArray], slopes: tuple[float, float]) -> PaymentRule:
        return tabulated(at, value(before).mean(axis=1), value(at).mean(axis=1), slopes)

    def more(earned: FloatArray) -> Callable[[FloatArray], FloatArray]:
        return lambda places: np.maximum(earned, year(places)[:, None])

    most = float(year.slope + year.bends.sum())
    return ToppedUp(
        rule=table(more(earned), (year.slope, most)),
        rewarded=table(lambda places: np.maximum(more(rewarded)(places), 0.0), (0.0, max(most, 0.0))),
        paid=table(lambda places: (more(earned)(places) > FLAT).astype(float), (0.0, 0.0)),
        held=table(short, (year.slope, 0.0)),
        gated=table(lambda places: more(earned)(places) - short(places), (0.0, most)),
        noise=quarter_noise / 2,
    )
