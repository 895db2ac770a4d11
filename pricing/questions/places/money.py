"""The money that a schedule sends to a person, part by part, if everyone reaches the reduction it is priced for."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price import schedule
from pricing.price.outcomes import Risk
from pricing.price.schedule import Terms
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Money:
    """£ per person at face value, (cells,): the fee; the results, counted from each person's own risk; and what a
    common target adds or takes because a person starts below or above it.
    """

    fee: FloatArray
    results: FloatArray
    target: FloatArray

    @property
    def planned(self) -> FloatArray:
        """Fee and results without the target's part: with a fixed total its mean is the contract value exactly."""
        return self.fee + self.results

    @property
    def paid(self) -> FloatArray:
        """All that is paid."""
        return self.fee + self.results + self.target


def sent(scenario: Scenario, terms: Terms, cohort: Cohort) -> Money:
    """What ``terms``, which may have been settled for others, send to each person of ``cohort``."""
    on_fee, on_results = schedule.relativities(scenario, cohort.needs, cohort.deciles[scenario.area_index])
    risk = Risk.of(scenario, cohort)
    reached = float(-np.log1p(-scenario.priced_reduction))
    results, paid = np.zeros(len(cohort.people)), np.zeros(len(cohort.people))
    for metric, price in terms.unit_prices.items():
        results += price * schedule.units_priced(metric, scenario, cohort)
        paid += price * schedule.units(metric, scenario.target, risk, reached, terms.baselines[metric])
    return Money(terms.fee(on_fee), on_results * results, on_results * (paid - results))
