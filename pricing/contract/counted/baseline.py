"""The error of a baseline that few people were measured on: as lopsided and lumpy as what they are counted on."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import ndtri

from pricing.contract.effort_line import OnLine
from pricing.contract.payment_rule import Number, PaymentRule
from pricing.people.arrays import FloatArray

TIE = 1e-9
"""By which a count that stands on a threshold may miss it."""
ANY = 10 * TIE
"""The least that is any pay: a measure that has not moved at all, and is off by TIE, is paid nothing."""
NEVER = 1e-10
"""A chance that is left out."""
MOST, FEWEST = 640, 16
"""Errors that are told apart, at most and at least."""
PER_NOISE = 8.0
"""Errors, and places of a rule, in one standard deviation of the noise that is beside them: put together as they are
then, they move pay by some thousandths of what a step in it is worth."""


class CountedSum(Protocol):
    """What is counted of some people: its exact distribution, at true changes along a ``line`` if there is one."""

    @property
    def line(self) -> OnLine | None:
        """How what people do falls with the true change; none where all of them move alike."""

    @property
    def changes(self) -> FloatArray:
        """Measured change at each point."""

    @property
    def width(self) -> float:
        """Change that a point stands for evenly; 0 where it stands for itself."""

    def chances(self, change: FloatArray) -> FloatArray:
        """Chance of each point at true changes, (changes, points)."""

    def means(self, change: FloatArray, values: FloatArray) -> FloatArray:
        """What is expected of ``values`` (kinds, points) at true changes, (changes, kinds)."""

    def means_and_slopes(self, change: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same and its derivative by the true change."""


@dataclass(frozen=True, eq=False)
class BaselineError:
    """By how much every measured change is off, in rising order, and the chances of that; both (errors,)."""

    errors: FloatArray
    chances: FloatArray

    @classmethod
    def of(cls, count: CountedSum, most: int = MOST) -> "BaselineError":
        """That of a baseline on which this was counted; where many reoffended then, every change looks larger."""
        chances = np.maximum(count.chances(np.zeros(1))[0], 0.0)
        some = np.flatnonzero(chances > NEVER)
        inside = slice(some[0], some[-1] + 1)
        return cls(-count.changes[inside], chances[inside] / chances[inside].sum()).fewer(most)

    @classmethod
    def normal(cls, sd: float) -> "BaselineError":
        """That of a baseline of many people, as MOST errors that are equally likely."""
        errors = np.asarray(ndtri((np.arange(MOST) + 0.5) / MOST))
        return cls(sd * errors / errors.std(), np.full(MOST, 1 / MOST))

    def fewer(self, most: int) -> "BaselineError":
        """The same as at most so many errors, by putting together those next to each other: evenly over their range."""
        each = int(np.ceil(len(self.errors) / most))
        if each == 1:
            return self
        first = np.arange(0, len(self.errors), each)
        chances, whole = np.add.reduceat(self.chances, first), np.add.reduceat(self.chances * self.errors, first)
        ever = chances > 0  # what one person has done leaves gaps
        return BaselineError(whole[ever] / chances[ever], chances[ever])

    def at(self, rank: FloatArray) -> FloatArray:
        """The errors at ranks from 0 to 1, of the same shape."""
        upto = np.cumsum(self.chances)[:-1]
        return np.asarray(self.errors[np.searchsorted(upto, rank, side="right")])

    def beside(self, change: Number) -> FloatArray:
        """What is measured with each of the errors at a ``change`` (...): (errors, ...)."""
        return np.asarray(np.add.outer(self.errors, np.asarray(change, dtype=float)))

    def chance_of_more(self, rule: PaymentRule, measured: FloatArray) -> FloatArray:
        """Chance that a ``rule`` pays more than nothing where a change is ``measured`` (points,) but for its error."""
        first = rule.reaching(ANY)
        upto = np.append(np.cumsum(self.chances[::-1])[::-1], 0.0)
        return np.asarray(upto[np.searchsorted(self.errors, first - measured)])

    def over(self, rule: PaymentRule, noise: float) -> PaymentRule:
        """The rule that pays what a ``rule`` pays on average over the errors, for what is measured with ``noise``.

        As far as that noise is wider than they are apart, errors are put together, and so are the rule's knots.
        """
        apart = noise / PER_NOISE
        if not len(rule.at) or apart <= 0:
            return self.over_each(rule)
        few = self.fewer(int(np.clip(np.ptp(self.errors) / apart, FEWEST, MOST)))
        each = few.over_each(rule)
        return each if np.ptp(each.at) >= apart * len(each.at) else each.on_even_knots(apart)

    def over_each(self, rule: PaymentRule) -> PaymentRule:
        """The same over every error, for what is asked for without luck: its knots are at each of them."""
        at = np.subtract.outer(rule.at, self.errors).ravel()
        order = np.argsort(at, kind="stable")
        jumps, bends = (np.outer(each, self.chances).ravel()[order] for each in (rule.jumps, rule.bends))
        level = rule.level + rule.slope * float(self.chances @ self.errors)
        return PaymentRule(level, rule.slope, at[order], jumps, bends)
