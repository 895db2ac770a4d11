"""A verdict for trustees, what can be taken back, and the same price with other limits on what can be taken back.

A contract can be carried if an average year leaves no loss, and the worst year in 20 takes no more of the reserves than
they may bear. Where it cannot, each of reserves, share on results, clients and partners is solved for alone:
set it, and the verdict turns (of clients and partners some numbers are tried). The provider gives what is needed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from pricing.contract.pay_limits import PayLimits
from pricing.evaluate import Evaluation
from pricing.questions.small_provider import shares, surplus, volumes
from pricing.questions.small_provider.bad_luck import (
    FIRST,
    GLANCE,
    ROUNDING,
    at_a_glance,
    missed_by,
    pooled,
    pooled_year,
)
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.luck.own_result import results_money
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario.metrics import METRICS, by_event
from pricing.scenario.scenario import specs

STEP = 0.005
"""Shares on results are solved for in steps of half a percent."""
TRIED = 3
"""Steps at and below the share that was found which are tried."""
THOUSAND = 1000.0
"""Reserves are solved for in whole thousands of £."""
PARTNERS = (2, 4, 8, 15)
"""Numbers of partners that are tried."""
PARTS, TIMES = (0.75, 0.5, 0.25, 0.1), 4
"""Parts, and the multiple, of the clients promised that are tried."""
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

    ``carried``; ``expected`` £ of an average year and ``worst_year`` £ lost in the worst in 20, with the scenario's
    partners; ``bearable`` £ that reserves may bear. ``reserves`` £ at least; ``share`` on results at most; ``clients``
    a year and ``partners`` in a consortium, of the numbers tried: others may do too. ``there`` £ of an average year,
    and lost in the worst year in 20, with so many clients.
    """

    carried: bool
    expected: float
    worst_year: float
    bearable: float
    reserves: float = math.nan
    share: float = math.nan
    clients: float = math.nan
    partners: float = math.nan
    there: tuple[float, float] = (math.nan, math.nan)

    @property
    def luck(self) -> float:
        """£ that luck takes from an average year in the worst year in 20."""
        return self.expected + self.worst_year


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
    needs = people.total(people.needs)
    return people.total(people.needs * by_event(people.prices)["need"]) / needs if needs > 0 else 0.0


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


def can_carry(evaluation: Evaluation, year: Surplus) -> bool:
    """No loss in an average year, and no more in the worst year in 20 than reserves may bear."""
    bearable = evaluation.scenario.luck_share * evaluation.scenario.reserves
    return year.expected >= -ROUNDING and year.worst_year <= bearable + ROUNDING


def verdict(evaluation: Evaluation) -> Verdict:
    """Whether the scenario's provider can carry the contract, and what alone would make it so."""
    scenario, people = evaluation.scenario, sent.of(evaluation)
    results = pooled(evaluation, people)
    year = surplus.from_year(evaluation, people, *results)
    found = Verdict(
        can_carry(evaluation, year), year.expected, year.worst_year, scenario.luck_share * scenario.reserves
    )
    if found.carried:
        return found
    clients, there = enough_clients(evaluation)
    return replace(
        found,
        reserves=enough_reserves(evaluation, year),
        share=enough_share(evaluation, people, results),
        clients=clients,
        there=there,
        partners=enough_partners(evaluation, people),
    )


def enough_reserves(evaluation: Evaluation, year: Surplus) -> float:
    """Reserves, £, from which the worst year in 20 can be borne; nan where an average year loses."""
    if year.expected < -0.005:
        return math.nan
    needed = THOUSAND * math.ceil(year.worst_year / evaluation.scenario.luck_share / THOUSAND - 1e-9)
    return needed if needed <= specs()["reserves"].high else math.nan


def enough_share(evaluation: Evaluation, people: Clients, results: tuple[Joint, float]) -> float:
    """The largest share on results, below the present, at which the contract can be carried; nan if none.

    ``results`` of the present share on its ``people``, as `pooled` has them.
    """
    scenario = evaluation.scenario
    if not scenario.results_share or (scenario.held == "prime" and not scenario.risk_passed):
        return math.nan
    year_at = shares.by_share(evaluation, people, results)
    high = math.ceil(scenario.results_share / STEP - 1e-9)
    found = last_borne(evaluation, year_at or shares.anew(evaluation, glance=True), high)
    if year_at is not None and not results[0].drawn:
        return next_carried(evaluation, year_at, found)
    # At a glance, or with other years drawn for another share, it may be missed: it is set anew, and a step or more
    # up while the next can be carried too.
    year_at = cache(shares.anew(evaluation))
    if can_carry(evaluation, year_at(share_at(found))):
        while found + 1 < high and can_carry(evaluation, year_at(share_at(found + 1))):
            found += 1
    return next_carried(evaluation, year_at, found)


def share_at(step: int) -> float:
    """The share on results that is so many STEPs."""
    return round(STEP * step, 4)


def last_borne(evaluation: Evaluation, year_at: Callable[[float], Surplus], high: int) -> int:
    """The last step below ``high`` at which reserves bear the worst year, which grows with the share."""
    low, bearable = 0, evaluation.scenario.luck_share * evaluation.scenario.reserves
    while high - low > 1:
        middle = (low + high) // 2
        borne = year_at(share_at(middle)).worst_year <= bearable
        low, high = (middle, high) if borne else (low, middle)
    return low


def next_carried(evaluation: Evaluation, year_at: Callable[[float], Surplus], found: int) -> float:
    """The share at the step ``found``, or at one of the next below it, at which the contract can be carried; nan."""
    for step in range(found, max(found - TRIED, -1), -1):
        if can_carry(evaluation, year_at(share_at(step))):
            return share_at(step)
    return math.nan


def carried(evaluation: Evaluation, people: Clients) -> Surplus | None:
    """The year if a contract can be carried; two glances come first, since most of those tried are far from it."""
    for part in (FIRST, GLANCE):
        year = at_a_glance(evaluation, people, part)
        if not can_carry(evaluation, replace(year, money=year.money.moved(plus=missed_by(year, part)))):
            return None
    year = pooled_year(evaluation, people)
    return year if can_carry(evaluation, year) else None


def enough_clients(evaluation: Evaluation) -> tuple[float, tuple[float, float]]:
    """Clients promised at which the contract can be carried with the same reserves; nan if none of those tried.

    And £ of an average year, and lost in the worst year in 20, with so many. Fewer clients stake less, so a smaller
    contract is looked for first; then a larger one.
    """
    scenario = evaluation.scenario
    fewest = max(1, math.ceil(1 / scenario.volume_delivered), round(scenario.partners))
    promised = round(scenario.clients)

    fewer = [number for part in PARTS if (number := math.floor(promised * part)) >= fewest]
    more = [TIMES * promised] if TIMES * promised <= specs()["clients"].high else []
    for number in (*fewer, *more):
        there = replace(evaluation, scenario=scenario.with_(clients=float(number)))
        if (year := carried(there, sent.of(there))) is not None:
            return float(number), (year.expected, year.worst_year)
    return math.nan, (math.nan, math.nan)


def enough_partners(evaluation: Evaluation, people: Clients) -> float:
    """The least number of partners of PARTNERS with which the contract can be carried; nan if none."""
    scenario = evaluation.scenario
    for partners in PARTNERS:
        there = replace(evaluation, scenario=scenario.with_(partners=float(partners)))
        if scenario.partners < partners <= scenario.clients and carried(there, people):
            return float(partners)
    return math.nan
