"""A verdict for trustees, what can be taken back, and the same price with other limits on what can be taken back.

A contract can be carried if an average year leaves no loss, and the worst year in 20 takes no more of the reserves than
they may bear. What would turn a no into a yes is looked for in `remedies`. The provider gives what is needed.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from pricing.contract.pay_limits import PayLimits
from pricing.evaluate import Evaluation
from pricing.questions.small_provider import surplus, volumes
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.own_result import results_money
from pricing.questions.small_provider.remedies import REMEDIES, Remedy
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.with_partners import as_it_is, can_carry
from pricing.scenario.metrics import METRICS, by_event
from pricing.scenario.scenario import Scenario

READINGS = {
    "without": {"deductions": "full", "most_deducted": 0.0, "most_lost": 0.0},
    "limited": {"deductions": "full", "most_deducted": 0.0, "most_lost": 1.0},
    "success": {"deductions": "none"},
}
"""What a share on results may mean: deducted without limit, no more lost than the share, paid on success only."""


@dataclass(frozen=True)
class AtStake:
    """What results can bring and take in a year; £ that reach the provider.

    ``money`` what is paid for the fall that the price is set for. ``lowest``, ``highest`` £ of results pay at least
    and at most, infinite where there is no limit. ``one_more`` £ that one more person who reoffends costs at the full
    price (one need met fewer, where needs met alone are paid). ``need`` whether it is a need.
    """

    money: float
    lowest: float
    highest: float
    one_more: float
    need: bool


@dataclass(frozen=True)
class Verdict:
    """Whether a contract can be carried, and what alone would make it so; nan where nothing would.

    ``carried``; ``expected`` £ of an average year and ``worst_year`` £ lost in the worst in 20, results money pooled
    among ``pool`` providers, the scenario's; ``bearable`` £ that reserves may bear. ``reserves`` £ at least; ``share``
    on results at most; ``clients`` a year and ``partners`` in a consortium, of the numbers tried: others may do too.
    ``there`` £ of an average year, and lost in the worst year in 20, with so many clients. ``untold`` : what of these
    four was not worked out. ``loss`` : chance that a year loses money as the contract is; ``losses`` the same with what
    would turn it, by name, as far as a year was worked out for it.
    """

    carried: bool
    expected: float
    worst_year: float
    bearable: float
    pool: float = 1.0
    reserves: float = math.nan
    share: float = math.nan
    clients: float = math.nan
    partners: float = math.nan
    there: tuple[float, float] = (math.nan, math.nan)
    untold: tuple[str, ...] = ()
    loss: float = math.nan
    losses: tuple[tuple[str, float], ...] = ()

    @property
    def luck(self) -> float:
        """£ that luck takes from an average year in the worst year in 20."""
        return self.expected + self.worst_year

    def with_remedy(self, name: str, found: Remedy | None) -> "Verdict":
        """The same with one of REMEDIES; None if it was not worked out."""
        if found is None:
            return replace(self, untold=(*self.untold, name))
        known = {name: found.enough} if found.there is None else {name: found.enough, "there": found.there}
        losses = self.losses if math.isnan(found.loss) else (*self.losses, (name, found.loss))
        return replace(self, losses=losses, **known)


def at_stake(evaluation: Evaluation) -> AtStake:
    """What can be taken back from the scenario's provider in a year, and what one reoffender more costs."""
    scenario, people = evaluation.scenario.as_one_providers(), sent.of(evaluation)
    passed = people.kept * people.at_risk
    money = results_money(evaluation, people) if scenario.results_share else 0.0
    limits = PayLimits.of(scenario, money)
    lowest = 0.0 if scenario.target == "none" else limits.lowest
    need = {METRICS[metric].event for metric in people.prices} == {"need"}
    return AtStake(
        money=passed * money,
        lowest=passed * lowest if passed else 0.0,
        highest=passed * limits.highest if passed else 0.0,
        one_more=passed * (per_need(people) if need else per_reoffender(people)),
        need=need,
    )


def per_need(people: Clients) -> float:
    """£ of results pay for one need met, the mean of the clients' needs."""
    needs = people.total(people.needs.number.sum(axis=1))
    return people.total(people.needs.weight * by_event(people.prices)["need"]) / needs if needs > 0 else 0.0


def per_reoffender(people: Clients) -> float:
    """£ of results pay that one more person who reoffends costs, with as many reoffences as those who do."""
    once = by_event(people.prices).get("reoffender", np.zeros_like(people.rate)) * people.probability
    all_of_them = once + people.rate * sum(people.per_reoffence, np.zeros_like(people.rate))
    reoffend = people.total(people.probability)
    return -people.total(np.asarray(all_of_them)) / reoffend if reoffend > 0 else 0.0


def readings(evaluation: Evaluation, hours: str) -> dict[str, Surplus]:
    """The provider's year at the same price and hours under each of READINGS; none where nothing is ever deducted."""
    scenario = evaluation.scenario
    if scenario.target == "none" or not scenario.results_share:
        return {}
    read = {name: replace(evaluation, scenario=scenario.with_(**each)) for name, each in READINGS.items()}  # type: ignore[arg-type]
    come = volumes.of(evaluation, hours)
    # The clients are the same under each of them, so that what is counted is summed once for all.
    return {name: surplus.from_volumes(each, come) for name, each in read.items()}


def own_reading(scenario: Scenario) -> str | None:
    """Which of READINGS is the scenario's own contract, if any is."""
    found = (name for name, each in READINGS.items() if scenario.with_(**each) == scenario)  # type: ignore[arg-type]
    return next(found, None)


def verdict(evaluation: Evaluation) -> Verdict:
    """Whether the scenario's provider can carry the contract, and what alone would make it so."""
    found = answer(evaluation)
    if found.carried:
        return found
    for name, look_for in REMEDIES.items():
        found = found.with_remedy(name, look_for(evaluation))
    return found


def answer(evaluation: Evaluation, alone: Surplus | None = None) -> Verdict:
    """The verdict alone, without what would turn it: each of REMEDIES is a piece of work of its own.

    ``alone`` : the provider's year giving what is needed, where it is there already; without partners it is the one.
    """
    scenario = evaluation.scenario
    year = alone if alone is not None and scenario.partners == 1 else as_it_is(evaluation)
    bearable = scenario.luck_share * scenario.reserves
    found = Verdict(can_carry(evaluation, year), year.expected, year.worst_year, bearable, scenario.partners)
    return replace(found, loss=year.chance_of_loss)
