"""The error of a baseline that few people were measured on: as lopsided and lumpy as what they are counted on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pricing.contract.payment_rule import Number, PaymentRule
from pricing.pause import pause
from pricing.people.arrays import FloatArray

TIE = 1e-9
"""By which a count that stands on a threshold may miss it."""
ANY = 10 * TIE
"""The least that is any pay: a measure that has not moved at all, and is off by TIE, is paid nothing."""
NEVER = 1e-10
"""A chance that is left out."""
MOST, FEWEST, MOST_KNOTS, AT_ONCE = 400, 16, 1200, 1_000_000
"""Errors that are told apart, at most and at least; knots of a rule that stands for all of them; pairs looked at."""


class CountedSum(Protocol):
    """What is counted of some people, as `pricing.contract.pay_under_luck.Count`."""

    @property
    def changes(self) -> FloatArray:
        """Measured change at each point."""

    @property
    def width(self) -> float:
        """Change that a point stands for evenly; 0 where it stands for itself."""

    def chances(self, change: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Chance of each point at true changes, and its derivative."""


@dataclass(frozen=True, eq=False)
class BaselineError:
    """By how much every measured change is off, in rising order, and the chances of that; both (errors,)."""

    errors: FloatArray
    chances: FloatArray

    @classmethod
    def of(cls, count: CountedSum, most: int = MOST) -> "BaselineError":
        """That of a baseline on which this was counted; where many reoffended then, every change looks larger."""
        chances = np.maximum(count.chances(np.zeros(1))[0][0], 0.0)
        some = np.flatnonzero(chances > NEVER)
        inside = slice(some[0], some[-1] + 1)
        return cls(-count.changes[inside], chances[inside] / chances[inside].sum()).fewer(most)

    def fewer(self, most: int) -> "BaselineError":
        """The same as at most so many errors, by putting together those next to each other: evenly over their range."""
        each = int(np.ceil(len(self.errors) / most))
        if each == 1:
            return self
        first = np.arange(0, len(self.errors), each)
        chances = np.add.reduceat(self.chances, first)
        return BaselineError(np.add.reduceat(self.chances * self.errors, first) / chances, chances)

    def beside(self, change: Number) -> FloatArray:
        """What is measured with each of the errors at a ``change`` (...): (errors, ...)."""
        return np.asarray(np.add.outer(self.errors, np.asarray(change, dtype=float)))

    def mean(self, made: Callable[[FloatArray], FloatArray], measured: FloatArray) -> FloatArray:
        """Mean over the errors of what is ``made`` of each measured change, (points,)."""
        found = np.zeros(len(measured))
        few = max(AT_ONCE // len(measured), 1)
        for start in range(0, len(self.errors), few):
            pause()
            some = slice(start, start + few)
            found += self.chances[some] @ made(self.errors[some, None] + measured)
        return found

    def over(self, rule: PaymentRule) -> PaymentRule:
        """The rule that pays what a ``rule`` pays on average over the errors, fewer where it has many knots."""
        few = self.fewer(max(MOST_KNOTS // max(len(rule.at), 1), FEWEST))
        at = np.subtract.outer(rule.at, few.errors).ravel()
        order = np.argsort(at, kind="stable")
        jumps, bends = (np.outer(each, few.chances).ravel()[order] for each in (rule.jumps, rule.bends))
        level = rule.level + rule.slope * float(few.chances @ few.errors)
        return PaymentRule(level, rule.slope, at[order], jumps, bends)
