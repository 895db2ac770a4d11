"""Under a prime contractor: what is left after its share, if fewer people come than were promised, and at what price.

At given hours both the fee and the pay for results are in proportion to the contract value, whatever the contract's
clauses: a result's price is set from it, and every clause is counted in results. So the expected surplus is a straight
line of the contract value, and the value at which it is nothing has a closed form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider import surplus, volumes
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck_or_skill import PART
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario.scenario import Scenario

SHORTFALLS = (0.16, 0.48)
"""How far below plan Transforming Rehabilitation's volumes ran, from its best area to its worst (NAO)."""
MODELLED = 0.02
"""The shortfall that had been modelled (NAO)."""
VOLUMES = (1.0, 0.84, 0.68, 0.52)
"""Shares of the clients promised at which money is followed; both ends of what happened are among them."""

PROMISES = (1.0, *(round(1 - shortfall, 2) for shortfall in SHORTFALLS))
"""As promised, and with either shortfall."""


@dataclass(frozen=True, eq=False)
class UnderPrime:
    """What a provider is left with under a prime contractor; £ a year at face value, set-up cost spread.

    Attributes
    ----------
    now : the year with as many clients as the scenario lets come, under the prime.
    kept_by_prime : £ a year that the prime keeps of what is expected to be paid for these clients.
    volumes : shares of the clients promised who come, (volumes,).
    left, bad_year : expected surplus, and that of the worst year in 20, at each; (volumes,).
    lowest_value : contract value, £ per person per year, at which giving what is needed costs the provider nothing, by
        share of the clients promised who come; nan where no value is enough.
    hours_needed, hours_rewarded : of support, the mean of the provider's clients.
    """

    now: Surplus
    kept_by_prime: float
    volumes: FloatArray
    left: FloatArray
    bad_year: FloatArray
    lowest_value: Mapping[float, float]
    hours_needed: float
    hours_rewarded: float

    def left_at(self, volume: float) -> float:
        """Expected surplus at one of the VOLUMES."""
        return float(self.left[VOLUMES.index(volume)])


def at_volume(evaluation: Evaluation, volume: float) -> Evaluation:
    """The same price, held under the prime when a share ``volume`` of the clients promised come."""
    return replace(evaluation, scenario=evaluation.scenario.with_(held="prime", volume_delivered=volume))


def year_at(evaluation: Evaluation, volume: float, hours: str) -> Surplus:
    """The provider's year under the prime: in full at the scenario's own ``volume``, else as a place on a curve."""
    there = at_volume(evaluation, volume)
    part = 1.0 if volume == evaluation.scenario.volume_delivered else PART
    return surplus.from_volumes(there, volumes.of(there, hours), part)


def years_at(evaluation: Evaluation, every: Sequence[float], hours: str) -> dict[float, Surplus]:
    """The same at ``every`` volume; ranges of clients about them are followed at places which serve them all."""
    if not evaluation.scenario.volume_spread:
        return {volume: year_at(evaluation, volume, hours) for volume in every}
    there = at_volume(evaluation, every[0])
    shared = volumes.across(there, hours, every)
    found = surplus.at_places(there, shared, len(every) * PART)

    def within(scenario: Scenario) -> Surplus:
        return surplus.mixed(there, shared.within(*volumes.ends(scenario)), found)

    return {volume: within(at_volume(evaluation, volume).scenario) for volume in every}


def lowest_value(value: float, year: Surplus) -> float:
    """Contract value, £ per person per year, at which the surplus of ``year`` is nothing; ``year`` is at ``value``.

    The hours stay those of the present contract. No value is enough where results are expected to bring deductions
    that eat up the fee: a higher value raises both.
    """
    income = year.fee + year.expected_results
    return value * (year.costs + year.set_up) / income if income > 0 else float("nan")


def mean_of_clients(evaluation: Evaluation, values: FloatArray) -> float:
    """Mean of ``values`` (cells,) over the people that the provider's clients are drawn from."""
    cohort = evaluation.cohort
    return float(np.average(values, weights=np.where(sent.who(evaluation.scenario, cohort), cohort.people, 0.0)))


def under_prime(evaluation: Evaluation, hours: str = "needed", year: Surplus | None = None) -> UnderPrime:
    """The scenario's provider under the prime whose terms the scenario has, whoever holds the contract in it.

    ``year`` as :func:`surplus.of` has it, where that is known. Raises ScenarioError as that does.
    """
    scenario = evaluation.scenario
    known: dict[float, Surplus] = {}
    if year is not None and scenario.held == "prime":
        known[scenario.volume_delivered] = year
    years = years_at(evaluation, [volume for volume in VOLUMES if volume not in known], hours)
    years = {volume: known.get(volume) or years[volume] for volume in VOLUMES}
    known |= years
    now = known.get(scenario.volume_delivered) or year_at(evaluation, scenario.volume_delivered, hours)
    needed = years if hours == "needed" else years_at(evaluation, PROMISES, "needed")
    return UnderPrime(
        now=now,
        kept_by_prime=(now.fee + now.expected_results) * scenario.prime_fee / (1 - scenario.prime_fee),
        volumes=np.array(VOLUMES),
        left=np.array([year.expected for year in years.values()]),
        bad_year=np.array([-year.worst_year for year in years.values()]),
        lowest_value=MappingProxyType({v: lowest_value(scenario.contract_value, needed[v]) for v in PROMISES}),
        hours_needed=mean_of_clients(evaluation, evaluation.incentives.benchmark_hours),
        hours_rewarded=mean_of_clients(evaluation, evaluation.incentives.chosen_hours),
    )
