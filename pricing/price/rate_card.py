"""What the needs of each person count under a rate card."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.resources.by_content import ByContent
from pricing.scenario.rate_card import RateCard


@dataclass(frozen=True, eq=False)
class PaidNeeds(ByContent):
    """Needs by what each counts once it is met: a person's ``number`` (cells, rates) at each ``rate`` (rates,)."""

    number: FloatArray
    rate: FloatArray

    @classmethod
    def alike(cls, number: FloatArray, rate: float = 1.0) -> "PaidNeeds":
        """So many needs of each person, ``number`` (cells,), which all count the same."""
        return cls(number[:, None], np.array([rate]))

    @classmethod
    def of(cls, scenario: RateCard, cohort: Cohort) -> "PaidNeeds":
        """The needs of a cohort under a scenario's rate card.

        Needs of one rate are put together. Where only the number of needs is known, every need has the mean rate.
        """
        rates = np.array(list(scenario.rates.values()))
        if not scenario.rates_differ or cohort.needs_by_kind is None:
            return cls.alike(cohort.needs, float(rates.mean()))
        apart = np.unique(rates)
        return cls(cohort.needs_by_kind @ (rates[:, None] == apart).astype(np.float64), apart)

    @cached_property
    def paid(self) -> "PaidNeeds":
        """Without those that count nothing, of which nothing is luck."""
        some = self.rate > 0
        return PaidNeeds(self.number[:, some], self.rate[some]) if some.any() else self

    @cached_property
    def weight(self) -> FloatArray:
        """What all of a person's needs count, (cells,)."""
        return self.number @ self.rate

    @property
    def squares(self) -> FloatArray:
        """Sum over a person's needs of the square of what each counts, (cells,)."""
        return self.number @ self.rate**2

    def take(self, cells: IntArray) -> "PaidNeeds":
        """The needs of some ``cells``."""
        return PaidNeeds(self.number[cells], self.rate)
