"""What is left at the end of a provider's year, with every chance: the terms that a trustee board uses.

All £ are at face value, for the year in which the work is done: fee and results that it earns, whenever they are paid,
less what it costs; the price of waiting for the money is the cash flow's. Set-up cost is spread evenly over the years
of the contract. Of planned costs the fixed share is spent even if fewer clients come; more clients cost as much each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.questions.small_provider import volumes
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.luck.own_result import year, years
from pricing.questions.small_provider.volumes import Volumes
from pricing.scenario.scenario import Scenario

WORST = 0.05
"""A bad year: the worst in 20."""
WEEKS = 52.0


@dataclass(frozen=True, eq=False)
class Surplus:
    """A year's surplus: ``money`` £ with its chances, free ``reserves`` £, running ``costs`` £ a year.

    ``fee``, ``expected_results`` £ a year that reach the provider. ``set_up`` £ a year.
    ``drawn`` if the chances are those of years that were drawn.
    """

    money: Distribution
    reserves: float
    costs: float
    fee: float
    expected_results: float
    set_up: float = 0.0
    drawn: bool = False

    @property
    def expected(self) -> float:
        """Expected surplus, £."""
        return self.money.mean

    @property
    def sd(self) -> float:
        """Standard deviation of the surplus, £."""
        return self.money.sd

    @property
    def chance_of_loss(self) -> float:
        """Chance that the year costs more than it brings."""
        return self.money.below(0.0)

    @property
    def chance_of_ruin(self) -> float:
        """Chance that the year loses more than the reserves: they run out."""
        return self.money.below(-self.reserves)

    @property
    def worst_year(self) -> float:
        """Loss in the worst year in 20, £: one year in 20 loses as much or more. Below 0: still a surplus."""
        return -self.money.quantile(WORST)

    @property
    def worst_mean(self) -> float:
        """Mean loss of the worst 5 years in 100, £."""
        return -self.money.mean_of_worst(WORST)

    def weeks(self, amount: float) -> float:
        """An amount of £ in weeks of running costs; nan where nothing is spent."""
        return WEEKS * amount / self.costs if self.costs > 0 else float("nan")


def of(evaluation: Evaluation, hours: str = "needed") -> Surplus:
    """The surplus of the scenario's provider, which gives the ``hours`` of :func:`clients.of`.

    Raises ScenarioError where there are no clients, or where a clause cannot be followed.
    """
    return from_volumes(evaluation, volumes.of(evaluation, hours))


def from_volumes(evaluation: Evaluation, come: Volumes, part: float = 1.0) -> Surplus:
    """The surplus that a scenario's provider makes on the clients who may ``come``, who are a ``part`` of an answer."""
    return mixed(evaluation, come, at_places(evaluation, come, part))


def at_places(evaluation: Evaluation, come: Volumes, part: float = 1.0) -> list[Surplus]:
    """The same for each number of clients at which a range is followed."""
    found = zip(come.clients, years(evaluation, come, evaluation.scenario.common_shock, part), strict=True)
    return [from_year(evaluation, clients, pay) for clients, pay in found]


def mixed(evaluation: Evaluation, come: Volumes, some: Sequence[Surplus]) -> Surplus:
    """The year in which so many clients ``come`` as may, from ``some`` years: those at its places."""
    if len(some) == 1:
        return some[0]
    scenario, first = evaluation.scenario, come.clients[0]
    missing = np.maximum(first.promised - come.numbers, 0.0)
    cost = first.mean(first.cost)
    plus = -scenario.fixed_share * missing * cost - some[0].set_up
    each = [
        year.money.moved(1 / clients.delivered, (cost_of_missing(scenario, clients) + year.set_up) / clients.delivered)
        for year, clients in zip(some, come.clients, strict=True)
    ]
    return replace(
        some[0],
        money=volumes.mixed(each, come, plus),
        costs=float((cost * come.numbers + scenario.fixed_share * missing * cost).mean()),
        fee=come.mean([year.fee for year in some]),
        expected_results=come.mean([year.expected_results for year in some]),
    )


def from_clients(evaluation: Evaluation, clients: Clients, part: float = 1.0) -> Surplus:
    """The surplus that a scenario's provider makes on ``clients``, who are a ``part`` of what is asked."""
    return from_year(evaluation, clients, year(evaluation, clients, evaluation.scenario.common_shock, part=part))


def from_year(evaluation: Evaluation, clients: Clients, found: Joint, part: float = 1.0) -> Surplus:
    """The surplus on ``clients`` for whom a ``part`` of the results pay that was ``found`` is theirs."""
    scenario = evaluation.scenario
    set_up = scenario.set_up_cost * 12 / scenario.contract_months
    idle = cost_of_missing(scenario, clients)
    passed = part * clients.kept * clients.at_risk
    expected = part * clients.kept * found.mean_pay
    return Surplus(
        money=found.sum(passed, (1 - clients.at_risk) * expected - idle - set_up),
        reserves=scenario.reserves,
        costs=clients.total(clients.cost) + idle,
        fee=clients.kept * clients.total(clients.fee),
        expected_results=expected,
        set_up=set_up,
        drawn=found.drawn,
    )


def cost_of_missing(scenario: Scenario, clients: Clients) -> float:
    """£ spent in the year for clients who were promised and do not come."""
    missing = max(clients.promised - clients.delivered, 0)
    return scenario.fixed_share * missing * clients.mean(clients.cost)
