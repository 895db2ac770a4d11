"""Where a payment rule pays, for a provider whose cost is in proportion to the reduction it brings about.

The plainest question that can be asked of a rule: with a price that is so many times the cost of a result, how large a
reduction must be aimed at before it pays, and what pays best short of that?
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from pricing.contract.payment_rule import PaymentRule

POINTS = 2000
WIDEST = 12.0
"""How far from no change to look, in standard deviations of the measured change."""


@dataclass(frozen=True)
class BreakEven:
    """``aim``: the smallest reduction that does not lose money, nan where there is none within reach.

    ``best_below``: the change, a rise if negative, that leaves most short of that aim. ``gain``: what it leaves. All
    three are in the unit of the rule; what is left is counted in results at cost.
    """

    aim: float
    best_below: float
    gain: float


def break_even(rule: PaymentRule, noise: float, price_to_cost: float) -> BreakEven:
    """Find both, for a price that is ``price_to_cost`` times the cost of a result, under luck of size ``noise``."""

    def profit(change: float) -> float:
        return float(price_to_cost * rule.expected(change, noise) - change)

    changes = np.linspace(0, WIDEST * noise, POINTS)[1:]
    left = price_to_cost * rule.expected(changes, noise) - changes
    turns = np.flatnonzero((left[:-1] < 0) & (left[1:] >= 0))
    if len(turns):
        aim = float(brentq(profit, changes[turns[0]], changes[turns[0] + 1], xtol=1e-15))
    else:
        aim = 0.0 if left[0] >= 0 else float("nan")
    top = changes[-1] if np.isnan(aim) else aim
    below = np.linspace(-WIDEST * noise, top, POINTS, endpoint=False)
    best = int(np.argmax(price_to_cost * rule.expected(below, noise) - below))
    ends = below[max(best - 1, 0)], below[min(best + 1, POINTS - 1)]
    found = minimize_scalar(lambda change: -profit(change), bounds=ends, method="bounded", options={"xatol": 1e-10})
    return BreakEven(aim, float(found.x), -float(found.fun))
