"""The price of the line that leaves a provider most, cliffs and all.

Turns of the effective price tell where luck rounds a contract's cliffs off. Without luck the most may be left just past
a threshold, a step or a hurdle of one metric of several, in a stretch that no place looked at happens to meet. So what
is left is worked out at a few prices, guessed between them, and worked out again where the guess is highest.
"""

from dataclasses import dataclass, replace

import numpy as np

from pricing.contract.payment_rule import SMALLEST_NOISE, from_clauses
from pricing.contract.price_line import Stretch
from pricing.contract.provider import Provider, Rest
from pricing.people.arrays import FloatArray

GUESSES = 20
"""Guesses that are worked out, at most."""
PLACES = np.linspace(0, 1, 66)[1:-1]
"""Places between two prices at which what is left is guessed."""
PAST = SMALLEST_NOISE * np.array([0.0, 2.0, 3.0, 4.0, 6.0])
"""How far past a cliff, as a change: a measure without error is taken as one with so little that 4 of them pass it."""
EXTENSIONS, FURTHER = 8, 1.5
"""How often a line is made longer at most, and by how much."""
SAME = 1e-9
"""Part of a price by which two that are one may differ."""
NEAR = 0.01
"""£ per person within which two rests leave as much."""


@dataclass(frozen=True, eq=False)
class PricesKnown:
    """Prices worked out, in rising order: ``factor``, ``spent`` £ per person, both (prices,), and ``change`` (prices,
    metrics).

    What is ``spent`` is the cost of hours less what a mission makes of the reoffences avoided.
    """

    provider: Provider
    factor: FloatArray
    change: FloatArray
    spent: FloatArray

    def adding(self, rest: Rest, factor: float) -> "PricesKnown":
        """The same with a rest at one price more."""
        at = int(np.searchsorted(self.factor, factor))
        spent = self.provider.scenario.present_value * rest.pay - rest.profit
        return replace(
            self,
            factor=np.insert(self.factor, at, factor),
            change=np.insert(self.change, at, rest.change, axis=0),
            spent=np.insert(self.spent, at, spent),
        )

    def guess(self) -> tuple[float, float]:
        """The factor between those worked out at which most is guessed to be left, and that, £ per person."""
        left, part = self._places()
        step = np.diff(self.factor)[left]
        change = self.change[left] + part[:, None] * np.diff(self.change, axis=0)[left]
        present = self.provider.scenario.present_value
        profit = present * self.provider.contract.expected(change) - self._spent(left, part)
        factor = self.factor[left] + part * step
        best = int(np.argmax(profit))
        return float(factor[best]), float(profit[best])

    def _places(self) -> tuple[FloatArray, FloatArray]:
        """Where to guess: the price to the left, and the part of the way to the next; all (places,)."""
        between = len(self.factor) - 1
        left, part = [np.repeat(np.arange(between), len(PLACES))], [np.tile(PLACES, between)]
        contract = self.provider.contract
        for k, (clauses, standing) in enumerate(zip(contract.clauses, contract.standing, strict=True)):
            wanted = ((from_clauses(clauses).at - standing)[:, None] + PAST).ravel()
            low, high = self.change[:-1, k], self.change[1:, k]
            inside, cliff = np.nonzero((low[:, None] < wanted) & (wanted < high[:, None]))
            left.append(inside)
            part.append((wanted[cliff] - low[inside]) / (high - low)[inside])
        return np.concatenate(left), np.concatenate(part)

    def _spent(self, left: FloatArray, part: FloatArray) -> FloatArray:
        """What is spent at places, £ per person, (places,).

        A provider spends until a price no longer pays it back, so that what it spends rises by the price of the change
        on it: the cubic with these slopes, kept between the lines that they draw and the chord.
        """
        present, value = self.provider.scenario.present_value, self.provider.contract.value
        rise = np.diff(self.change @ value)[left]
        first, last = (present * self.factor[left + side] * rise for side in (0, 1))
        low, high = self.spent[left], self.spent[left + 1]
        over = high - low
        cubic = low + part * (first + part * (3 * over - 2 * first - last + part * (first + last - 2 * over)))
        tangents = np.maximum(low + part * first, high - (1 - part) * last)
        chord = low + part * over
        return np.asarray(np.clip(cubic, np.minimum(tangents, chord), chord))


def long_enough(line: Stretch, best: Rest) -> Stretch:
    """The line up to a price beyond which nothing can leave more than ``best``.

    Beyond its end at least as much is spent, and no more can be paid than for all that support can do.
    """
    provider = line.provider
    most = provider.contract.expected(provider.changes.at(provider.response.ceiling))
    for _ in range(EXTENSIONS):
        if provider.scenario.present_value * float(most) - float(line.spent[-1]) <= best.profit + NEAR:
            break
        line = line.further(FURTHER * float(line.factor[-1]))
    return line


def best_of_line(line: Stretch, best: Rest) -> Rest:
    """``best``, or a rest of the line that leaves more."""
    provider, value = line.provider, line.provider.contract.value
    line = long_enough(line, best)
    known = PricesKnown(provider, line.factor, line.change, line.spent)
    for _ in range(GUESSES):
        factor, promised = known.guess()
        if promised <= best.profit + NEAR or np.min(np.abs(known.factor - factor)) <= SAME * factor:
            break
        rest = provider.rest(factor * value)
        best = max(best, rest, key=lambda each: each.profit)
        known = known.adding(rest, factor)
    return best
