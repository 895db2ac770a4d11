"""What the needs of each person weigh under a rate card."""

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.scenario.rate_card import RateCard


def rates_per_need(scenario: RateCard, cohort: Cohort) -> tuple[FloatArray | float, FloatArray | float]:
    """Mean rate and mean squared rate over the needs of each person, (cells,) each; numbers where all are alike.

    Where only the number of needs is known, every need has the mean rate.
    """
    rates = np.array(list(scenario.rates.values()))
    if not scenario.rates_differ or cohort.needs_by_kind is None:
        return float(rates.mean()), float(np.mean(rates**2))
    known = cohort.needs_by_kind
    number = np.maximum(known.sum(axis=1), 1e-300)
    return known @ rates / number, known @ rates**2 / number
