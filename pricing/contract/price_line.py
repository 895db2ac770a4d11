"""The line of prices from none to the most that a contract can come to, and where on it no further result pays."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import toms748

from pricing.contract.pay_under_luck import Exact
from pricing.contract.payment_rule import SMALLEST_NOISE
from pricing.contract.provider import Provider
from pricing.people.arrays import FloatArray

NODES = 10
"""Prices, from none to the highest that the contract can come to, at which the choice of hours is first worked out."""
FINEST = 4000
"""Most places between two nodes at which the effective price is looked at."""
EXACT_STEP = 0.01
"""Change between such places where a small cohort is counted exactly, which makes each of them dear."""
TINY = 1e-13


@dataclass(frozen=True, eq=False)
class Stretch:
    """Prices worked out in full, each one ``factor`` (nodes,) of the linear contract's, and the ``change`` they bring.

    ``spent`` (nodes,) is what that change costs, £ per person (:meth:`Support.spent`).
    Between nodes the change (nodes, metrics) is taken as a straight line; the effective price on it is exact. The
    *excess* is how far the effective price is above the price that led there: where it turns from positive to negative,
    no further result pays.
    """

    provider: Provider
    factor: FloatArray
    change: FloatArray
    spent: FloatArray

    def at(self, place: FloatArray | float) -> tuple[FloatArray, FloatArray]:
        """Factor and change at places (...) counted in nodes."""
        index = np.arange(len(self.factor))
        change = np.stack([np.interp(place, index, column) for column in self.change.T], axis=-1)
        return np.asarray(np.interp(place, index, self.factor)), change

    def excess(self, place: FloatArray | float) -> FloatArray:
        """Excess at places (...) counted in nodes."""
        factor, change = self.at(place)
        return self.provider.factor(change, self.along(place)) - factor

    def along(self, place: FloatArray | float) -> FloatArray:
        """How the metrics move together on the line at places (...): (..., metrics)."""
        steps = np.diff(self.change, axis=0)
        moves = steps @ self.provider.contract.value > TINY
        left = np.clip(np.asarray(place).astype(np.int64), 0, len(steps) - 1)
        return np.where(moves[:, None], steps, self.provider.along)[left]

    def places(self) -> FloatArray:
        """Places close enough together to miss no turn that is as narrow as the luck in the measure."""
        contract = self.provider.contract
        steps = np.abs(np.diff(self.change, axis=0)).max(axis=1)
        if any(isinstance(paid, Exact) for paid in contract.paid):
            each = np.clip(steps / EXACT_STEP, 2, FINEST)
        else:
            each = np.clip(3 * steps / max(float(np.min(contract.noise)) / 2, SMALLEST_NOISE), 2, FINEST)
        parts = [np.linspace(k, k + 1, int(points), endpoint=False) for k, points in enumerate(each)]
        return np.concatenate([*parts, [len(self.factor) - 1.0]])

    def turns(self) -> FloatArray:
        """Places (turns,) at which the excess turns from positive to negative."""
        return np.array([self._turn(*bracket) for bracket in self.brackets()])

    def brackets(self) -> FloatArray:
        """Places next to each other, (turns, 2), between which the excess turns from positive to negative."""
        places = self.places()
        above = self.excess(places) >= 0
        # No price leads to less than none; only the last digit could say otherwise.
        above[0] |= self.factor[0] == 0
        found = np.flatnonzero(above[:-1] & ~above[1:])
        return np.stack([places[found], places[found + 1]], axis=1)

    def _turn(self, low: float, high: float) -> float:
        def excess(place: float) -> float:
            return float(self.excess(place))

        # Seen one by one, places may differ in the last digit from what they were side by side.
        if excess(high) >= 0:
            return high
        return float(toms748(excess, low, high, xtol=TINY, rtol=TINY)) if excess(low) > 0 else low

    def further(self, factor: float) -> "Stretch":
        """The same up to a price that is higher than its last."""
        change, spent = self.provider.answer(factor * self.provider.contract.value)
        return Stretch(
            self.provider,
            np.append(self.factor, factor),
            np.vstack([self.change, change]),
            np.append(self.spent, spent),
        )

    def pay(self, place: FloatArray | float) -> FloatArray:
        """What the linear contract would pay there, £ per person."""
        return np.asarray(self.at(place)[1] @ self.provider.contract.value)


def whole_line(provider: Provider) -> Stretch:
    """The line of prices from none to the highest that the contract can come to."""
    value, response = provider.contract.value, provider.response
    lowest, least = provider.answer(np.zeros_like(value))
    highest = provider.changes.at(response.ceiling * (1 - 1e-9))
    ends = Stretch(provider, np.array([0.0, 1.0]), np.array([lowest, highest]), np.array([least, np.inf]))
    top = 1.05 * max(float(np.max(provider.factor(ends.at(ends.places())[1]))), 1.0)
    line = Stretch(provider, np.zeros(1), lowest[None, :], np.array([least]))
    for factor in np.geomspace(0.05, top, NODES - 1):
        line = line.further(float(factor))
    # A line has to end where no further result pays, or it may have no turn.
    while line.excess(len(line.factor) - 1.0) >= 0:
        line = line.further(1.5 * float(line.factor[-1]))
    return line
