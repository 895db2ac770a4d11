"""What limits on results pay do: a cap on what is paid, and a limit on what is deducted.

Payment rules of a contract, a year's pay to one provider and the rule of a shared pot all use :class:`PayLimits`.
"""

from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.scenario.scenario import Scenario


class Limitable(Protocol):
    """A rule of pay that can be held between two amounts, as :class:`pricing.contract.payment_rule.PaymentRule`."""

    def at_least(self, low: float) -> Self:
        """The same, but never less than ``low``."""

    def at_most(self, high: float) -> Self:
        """The same, but never more than ``high``."""


R = TypeVar("R", bound=Limitable)


@dataclass(frozen=True)
class PayLimits:
    """The least and the most that results pay can come to, in any one unit; infinite where there is no limit."""

    lowest: float = float("-inf")
    highest: float = float("inf")

    @classmethod
    def of(cls, scenario: Scenario, money: float) -> "PayLimits":
        """A scenario's limits, in the unit of the results ``money``: what the fall that the price is set for earns."""
        lowest = -scenario.most_deducted * money if scenario.limits_deductions else float("-inf")
        return cls(
            lowest=0.0 if scenario.deductions == "none" else lowest,
            highest=scenario.results_cap * money if scenario.results_cap > 0 else float("inf"),
        )

    def within(self, pay: FloatArray) -> FloatArray:
        """Amounts of pay, of any shape, as the limits leave them."""
        return np.clip(pay, self.lowest, self.highest)

    def before(self, pay: FloatArray) -> FloatArray:
        """The amounts below which pay, as the limits leave it, is less than ``pay``: the inverse of :meth:`within`.

        Infinite where pay is less whatever is earned, minus infinite where it never is.
        """
        return np.where(pay > self.highest, np.inf, np.where(pay <= self.lowest, -np.inf, pay))

    def over(self, rule: R) -> R:
        """A rule of pay as the limits leave it: where it pays an amount, it pays what is :meth:`within` them."""
        return rule.at_least(self.lowest).at_most(self.highest)


UNLIMITED = PayLimits()
