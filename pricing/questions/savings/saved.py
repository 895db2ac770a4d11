"""Savings from fewer reoffences, by agency; the rest of the cost to society falls on no agency."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray, IntArray
from pricing.questions.savings import costs, offences
from pricing.questions.savings.costs import AGENCIES, OWN_FIGURE, PUBLISHED
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Savings:
    """Savings over a year's people, £ in the scenario's prices.

    Attributes
    ----------
    people, reoffences : how many, and the reoffences expected of them with no support.
    avoided : reoffences avoided against no support.
    by_agency : £ by key of :data:`AGENCIES`; for councils the reader's own figure, 0 while it is left open.
    society : £, all of what these reoffences cost: the sum of the agencies and of ``elsewhere``.
    elsewhere : £ on no agency's books here: victims, the economy, and crimes behind the proven ones.
    """

    scenario: Scenario
    people: float
    reoffences: float
    avoided: float
    by_agency: Mapping[str, float]
    society: float

    @property
    def agencies(self) -> float:
        """£ that all agencies together save."""
        return sum(self.by_agency.values())

    @property
    def elsewhere(self) -> float:
        """£ saved that is on no agency's books here."""
        return self.society - self.agencies

    @property
    def local(self) -> float:
        """£ that local agencies save."""
        return sum(self.by_agency[agency.key] for agency in AGENCIES if agency.reach == "local")

    @property
    def fall(self) -> float:
        """Reoffences avoided as a share of those expected."""
        return self.avoided / self.reoffences

    @property
    def exceeds_society(self) -> bool:
        """Whether the reader's figures put more on the agencies' books than a reoffence is said to cost in all."""
        return self.society > self.avoided * society_cost(self.scenario) * (1 + 1e-9)


def society_cost(scenario: Scenario) -> float:
    """£ that a proven reoffence costs society, in the scenario's prices."""
    return scenario.social_cost * costs.uprating(costs.TOTAL_YEAR, int(scenario.price_year))


def factor(scenario: Scenario) -> float:
    """What a published £ per crime is multiplied by: prices, and crimes behind each proven reoffence."""
    return costs.uprating(costs.unit_costs().year, int(scenario.price_year)) * scenario.crimes_per


def per_reoffence(evaluation: Evaluation) -> FloatArray:
    """£ that a proven reoffence costs each agency, (cells, agencies), in the order of :data:`AGENCIES`."""
    scenario = evaluation.scenario
    published = offences.per_crime(evaluation.cohort) * factor(scenario)
    own = np.full(len(published), scenario.council_cost)
    return np.column_stack([own if a.key == OWN_FIGURE else published[:, PUBLISHED.index(a.key)] for a in AGENCIES])


def avoided(evaluation: Evaluation, *, at_benchmark: bool) -> FloatArray:
    """Reoffences avoided per person against no support, (cells,): where it pays best, or with the support needed."""
    found = evaluation.incentives
    return found.reoffences_avoided_benchmark if at_benchmark else found.reoffences_avoided_chosen


def savings(evaluation: Evaluation, *, at_benchmark: bool) -> Savings:
    """What the reoffences avoided by everyone together save."""
    everyone = np.zeros(len(evaluation.cohort.people), dtype=np.int64)
    return by_group(evaluation, everyone, 1, at_benchmark=at_benchmark)[0]


def by_group(evaluation: Evaluation, codes: IntArray, size: int, *, at_benchmark: bool) -> list[Savings]:
    """The savings of each group ``codes`` (cells,) in 0..size-1; they sum to those of everyone."""
    cohort, scenario = evaluation.cohort, evaluation.scenario
    fewer = avoided(evaluation, at_benchmark=at_benchmark)

    def over(values: FloatArray) -> FloatArray:
        return np.bincount(codes, weights=cohort.people * values, minlength=size).astype(np.float64)

    pounds = per_reoffence(evaluation)
    sums = np.column_stack([over(fewer * pounds[:, place]) for place in range(len(AGENCIES))])
    people, reoffences, less = over(np.ones_like(fewer)), over(cohort.rate), over(fewer)
    # Society's savings are at least the agencies' sum, also where the reader's own figures make that the larger.
    society = over(fewer * np.maximum(society_cost(scenario), pounds.sum(axis=1)))
    keys = [agency.key for agency in AGENCIES]
    return [
        Savings(
            scenario,
            float(people[group]),
            float(reoffences[group]),
            float(less[group]),
            dict(zip(keys, sums[group].tolist(), strict=True)),
            float(society[group]),
        )
        for group in range(size)
    ]
