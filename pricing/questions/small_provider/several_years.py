"""Several years in a row: do the reserves last the contract?

The years of the contract follow each other with the same price and the same kind of clients; what a year leaves is
added to the reserves, at face value and for the year in which the work is done. Reserves below 0 at a year's end have
run out, and the charity stops. Each client's own luck is new in every year, and so is the number who come; of the luck
that all clients share a part may persist (``shock_persists``).
"""

from dataclasses import dataclass, replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider import reserves, surplus, volumes
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.known_shock import moved
from pricing.questions.small_provider.shock_chain import Chain, chain
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.volumes import Volumes
from pricing.scenario.metrics import counts_reoffences
from pricing.scenario.scenario import Scenario

BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Of 100 futures, how many leave so much or less."""
SEGMENTS = {True: 8, False: 16}
"""Segments of clients at most under each shock, by whether reoffences are paid for: their amounts take longest."""
PART = 0.2
"""Of the work that an answer may take, what a year under one known shock may: together they are put in the place of
the year over all shocks, which is worked out in full, so that what each is missed by is hidden in none of it."""
IN_ALL = 2.0
"""The same of all shocks together where years are drawn: as many years as two answers have."""
NEVER = 5e-10
"""A chance that is none."""


@dataclass(frozen=True, eq=False)
class SeveralYears:
    """Reserves over the whole years of a contract, £.

    Attributes
    ----------
    reserves : at the start. runs_out : chance that they run out at the end of each year, (years,).
    bands : reserves that BANDS of all futures do not exceed at the start and at each year's end, (bands, years + 1);
        £0 where they have run out. expected : mean surplus of one year.
    """

    reserves: float
    runs_out: FloatArray
    bands: FloatArray
    expected: float

    @property
    def years(self) -> int:
        """Whole years of the contract."""
        return len(self.runs_out)

    @property
    def ruin(self) -> FloatArray:
        """Chance that reserves have run out by the end of each year, (years,)."""
        return np.minimum(np.cumsum(self.runs_out), 1.0)

    @property
    def chance_of_ruin(self) -> float:
        """Chance that reserves run out within the contract."""
        return float(self.ruin[-1])

    @property
    def most_often(self) -> int:
        """Year in which reserves most often run out, from 1; 0 where they never do."""
        return int(np.argmax(self.runs_out)) + 1 if self.chance_of_ruin >= NEVER else 0

    @property
    def at_the_end(self) -> FloatArray:
        """Reserves at the end in a bad, a middle and a good case: the worst in 20, the middle, the best in 20."""
        return self.bands[[0, 2, 4], -1]


def whole_years(months: float) -> int:
    """Whole years of a contract of at least 12 ``months``."""
    return int(np.floor(months / 12 + 1e-9))


def of(evaluation: Evaluation, hours: str = "needed", year: Surplus | None = None) -> SeveralYears:
    """The scenario's provider over its contract; ``year`` as :func:`surplus.of` has it, where that is known.

    Raises ScenarioError as that does.
    """
    scenario, year = evaluation.scenario, year or surplus.of(evaluation, hours)
    states, money = by_shock(evaluation, hours, year)
    start, years = scenario.reserves, whole_years(scenario.contract_months)
    path = reserves.followed_exactly(year.money, money, states, start, years)
    if path is None:
        lattice = reserves.on_lattice(year.money, money, states.chances, start)
        path = reserves.followed(lattice, states, start, years)
    ends = [[left.quantile(band) for left in path.left] for band in BANDS]
    bands = np.column_stack([np.full(len(BANDS), start), np.array(ends)])
    return SeveralYears(start, path.runs_out, bands, year.expected)


def by_shock(evaluation: Evaluation, hours: str, year: Surplus) -> tuple[Chain, list[Distribution]]:
    """Shocks as they follow each other, and the surplus of a year given each; ``year`` is that over all shocks.

    Where nothing persists every year is like any other: there is one state, and nothing given it.
    """
    scenario = evaluation.scenario
    sigma, persists = scenario.common_shock, scenario.shock_persists
    if not sigma or not persists:
        return chain(0.0, 0.0, 0.0), []
    counts = counts_reoffences(evaluation.terms.unit_prices)
    # Years under all shocks are put in the place of these together (`reserves.on_lattice`), whatever these are like.
    come = volumes.of(evaluation, hours, volumes.SPARSE, SEGMENTS[counts], volumes.SMOOTH)
    least, middle, most = (given(evaluation, come, z, year) for z in (-sigma, 0.0, sigma))
    reach = abs(most.mean - least.mean) / 2 / max(middle.sd, 1.0)
    # Own luck evens out over the years for which a shock stays, so what the shock does stands out more.
    stays = min(whole_years(scenario.contract_months), (1 + persists) / max(1 - persists, 1e-9))
    states = chain(sigma, persists, reach * float(np.sqrt(stays)))
    part = min(PART, IN_ALL / len(states.z)) if year.drawn else PART
    return states, [given(evaluation, come, float(z), year, part) for z in states.z]


def given(evaluation: Evaluation, come: Volumes, z: float, year: Surplus, part: float = PART) -> Distribution:
    """A year's surplus given that its shock is ``z``, in log-odds; ``year`` is that over all shocks."""
    scenario = evaluation.scenario
    there = replace(evaluation, scenario=scenario.with_(common_shock=0.0))
    found = surplus.from_volumes(there, known(come, z, scenario), part)
    # What a prime pays whatever the results is what is expected over all years.
    sure = come.clients[0].at_risk
    return found.money.moved(1.0, (1 - sure) * (year.expected_results - found.expected_results))


def known(come: Volumes, z: float, scenario: Scenario) -> Volumes:
    """The clients who may ``come`` in a year whose shock is ``z``; those who are drawn stay in the same segments."""

    def there(clients: Clients) -> Clients:
        return moved(clients, z, scenario.common_shock, scenario.binary_hurdle == "yes")

    first = come.clients[0]
    if not first.drawn:
        return replace(come, clients=tuple(there(clients) for clients in come.clients))
    first = there(first)
    return replace(come, clients=tuple(first.of_number(clients.delivered) for clients in come.clients))
