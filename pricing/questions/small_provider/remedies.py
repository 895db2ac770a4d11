"""What alone would let a provider carry a contract that it cannot: reserves, a share on results, clients, partners.

Each is solved for alone: set it, and the verdict turns. Of clients and partners some numbers are tried. A contract can
be carried if an average year leaves no loss, and the worst year in 20 takes no more than reserves may bear.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from pricing.evaluate import Evaluation
from pricing.questions.small_provider import shares, surplus, volumes
from pricing.questions.small_provider.bad_luck import (
    FIRST,
    GLANCE,
    ROUNDING,
    WHOLE,
    at_a_glance,
    missed_by,
    pooled,
    pooled_year,
)
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario.scenario import specs

STEP = 0.005
"""Shares on results are solved for in steps of half a percent."""
APART = 0.4
"""Places of a range of clients, as `volumes.APART` has them, where results money is pooled."""
TRIED = 3
"""Steps at and below the share that was found which are tried."""
THOUSAND = 1000.0
"""Reserves are solved for in whole thousands of £."""
PARTNERS = (2, 4, 8, 15)
"""Numbers of partners that are tried."""
PARTS, TIMES = (0.75, 0.5, 0.25, 0.1), 4
"""Parts, and the multiple, of the clients promised that are tried."""


@dataclass(frozen=True)
class Remedy:
    """How much would be ``enough``; nan where nothing would.

    ``there`` £ of an average year, and lost in the worst year in 20, with so much; None where the verdict says none.
    """

    enough: float
    there: tuple[float, float] | None = None


def as_it_is(evaluation: Evaluation) -> Surplus:
    """The year of the scenario's provider, its results money pooled with its partners, however many clients come."""
    scenario = evaluation.scenario
    if not scenario.volume_spread:
        return pooled_year(evaluation, sent.of(evaluation))
    if scenario.partners == 1:
        return surplus.of(evaluation)
    # Pooled luck is smooth. Its partners have as many clients as it has: volume is that of the contract.
    low, high = volumes.ends(scenario)
    come = volumes.at_places(evaluation, "needed", volumes.places(low, high, volumes.SMOOTH, APART)).within(low, high)
    parts = zip(come.clients, come.chances, strict=True)
    return surplus.mixed(evaluation, come, [pooled_year(evaluation, people, float(part)) for people, part in parts])


def can_carry(evaluation: Evaluation, year: Surplus) -> bool:
    """No loss in an average year, and no more in the worst year in 20 than reserves may bear."""
    bearable = evaluation.scenario.luck_share * evaluation.scenario.reserves
    return year.expected >= -ROUNDING and year.worst_year <= bearable + ROUNDING


def enough_reserves(evaluation: Evaluation) -> Remedy:
    """Reserves, £, from which the worst year in 20 can be borne; nan where an average year loses."""
    year = as_it_is(evaluation)
    if year.expected < -0.005:
        return Remedy(math.nan)
    needed = THOUSAND * math.ceil(year.worst_year / evaluation.scenario.luck_share / THOUSAND - 1e-9)
    return Remedy(needed if needed <= specs()["reserves"].high else math.nan)


def of_known_number(look_for: Callable[[Evaluation], Remedy]) -> Callable[[Evaluation], Remedy | None]:
    """A search that is for a known number of clients: it tries many years, and a range of clients is many of each."""

    def found(evaluation: Evaluation) -> Remedy | None:
        return None if evaluation.scenario.volume_spread else look_for(evaluation)

    return found


def enough_share(evaluation: Evaluation) -> Remedy:
    """The largest share on results, below the present, at which the contract can be carried; nan if none."""
    scenario, people = evaluation.scenario, sent.of(evaluation)
    if not scenario.results_share or (scenario.held == "prime" and not scenario.risk_passed):
        return Remedy(math.nan)
    results = pooled(evaluation, people)
    year_at = shares.by_share(evaluation, people, results)
    high = math.ceil(scenario.results_share / STEP - 1e-9)
    found = last_borne(evaluation, year_at or shares.roughly(evaluation, people), high)
    if year_at is not None and not results[0].drawn:
        return Remedy(next_carried(evaluation, year_at, found))
    # At a glance, or with other years drawn for another share, it may be missed: it is set anew, and a step or more
    # up while the next can be carried too.
    year_at = cache(shares.anew(evaluation))
    if can_carry(evaluation, year_at(share_at(found))):
        while found + 1 < high and can_carry(evaluation, year_at(share_at(found + 1))):
            found += 1
    return Remedy(next_carried(evaluation, year_at, found))


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
    """The year if a contract can be carried, over years that are drawn wherever these leave no doubt of it.

    Most of those tried are far from it, and fall at the first glance.
    """
    for part in (FIRST, GLANCE, WHOLE):
        year = at_a_glance(evaluation, people, part)
        missed = missed_by(year, part)
        if not can_carry(evaluation, by(year, missed)):
            return None
    if can_carry(evaluation, by(year, -missed)):
        return year
    year = pooled_year(evaluation, people)
    return year if can_carry(evaluation, year) else None


def by(year: Surplus, amount: float) -> Surplus:
    """A year that leaves an ``amount`` of £ more."""
    return replace(year, money=year.money.moved(plus=amount))


def enough_clients(evaluation: Evaluation) -> Remedy:
    """Clients promised at which the contract can be carried with the same reserves; nan if none of those tried.

    And £ of an average year, and lost in the worst year in 20, with so many: to a few in 100 of what luck takes.
    Fewer clients stake less, so a smaller contract is looked for first; then a larger one.
    """
    scenario = evaluation.scenario
    fewest = max(1, math.ceil(1 / scenario.volume_delivered), round(scenario.partners))
    promised = round(scenario.clients)

    fewer = [number for part in PARTS if (number := math.floor(promised * part)) >= fewest]
    more = [TIMES * promised] if TIMES * promised <= specs()["clients"].high else []
    for number in (*fewer, *more):
        there = replace(evaluation, scenario=scenario.with_(clients=float(number)))
        if (year := carried(there, sent.of(there))) is not None:
            return Remedy(float(number), (year.expected, year.worst_year))
    return Remedy(math.nan, (math.nan, math.nan))


def enough_partners(evaluation: Evaluation) -> Remedy:
    """The least number of partners of PARTNERS with which the contract can be carried; nan if none."""
    scenario, people = evaluation.scenario, sent.of(evaluation)
    for partners in PARTNERS:
        there = replace(evaluation, scenario=scenario.with_(partners=float(partners)))
        if scenario.partners < partners <= scenario.clients and carried(there, people):
            return Remedy(float(partners))
    return Remedy(math.nan)


REMEDIES: Mapping[str, Callable[[Evaluation], Remedy | None]] = {
    "reserves": enough_reserves,
    "share": of_known_number(enough_share),
    "clients": of_known_number(enough_clients),
    "partners": of_known_number(enough_partners),
}
"""What may be changed, one by one, and the search for how much is enough; None where it is not worked out."""
