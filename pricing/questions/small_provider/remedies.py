"""What alone would let a provider carry a contract that it cannot: reserves, a share on results, clients, partners.

Each is solved for alone: set it, and the verdict turns. Of clients and partners some numbers are tried. A contract can
be carried if an average year leaves no loss, and the worst year in 20 takes no more than reserves may bear.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pricing.evaluate import Evaluation
from pricing.questions.small_provider import shares
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.with_partners import (
    FIRST,
    GLANCE,
    WHOLE,
    as_it_is,
    at_a_glance,
    can_carry,
    few_who_come,
    is_carried,
    may_be_carried,
)
from pricing.scenario.scenario import Scenario, specs

FIGURES = 3
"""Figures of the reserves that would be enough: rounded up, they are hardly more."""
PARTNERS = (2, 4, 8, 15)
"""Numbers of partners that are tried."""
PARTS, TIMES = (0.75, 0.5, 0.25, 0.1), 4
"""Parts, and the multiple, of the clients promised that are tried."""


@dataclass(frozen=True)
class Remedy:
    """How much would be ``enough``; nan where nothing would.

    ``there`` £ of an average year, and lost in the worst year in 20, with so much; None where the verdict says none.
    ``loss`` : chance that a year loses money with so much, roughly; nan where no year was worked out for it.
    """

    enough: float
    there: tuple[float, float] | None = None
    loss: float = math.nan


def enough_reserves(evaluation: Evaluation) -> Remedy:
    """Reserves, £, from which the worst year in 20 can be borne; nan where an average year loses."""
    year = as_it_is(evaluation)
    if year.expected < -0.005:
        return Remedy(math.nan)
    least = max(year.worst_year / evaluation.scenario.luck_share, 1.0)
    step = 10.0 ** max(math.floor(math.log10(least)) + 1 - FIGURES, 0)
    needed = step * math.ceil(least / step - 1e-9)
    return Remedy(needed if needed <= specs()["reserves"].high else math.nan)


def enough_share(evaluation: Evaluation) -> Remedy:
    """The largest share on results, below the present, at which the contract can be carried; nan if none."""
    return Remedy(shares.largest(evaluation))


def carried(evaluation: Evaluation, with_people: Evaluation) -> Surplus | None:
    """The year if a contract can be carried, over years that are drawn wherever these leave no doubt of it.

    Most of those tried are far from it, and fall at the first glance. ``with_people`` : one whose people come, too.
    """
    for part in (FIRST, GLANCE, WHOLE):
        year = at_a_glance(evaluation, few_who_come(with_people, part), part)
        if not may_be_carried(evaluation, year, part):
            return None
    if is_carried(evaluation, year, WHOLE):
        return year
    year = as_it_is(evaluation)
    return year if can_carry(evaluation, year) else None


def enough_clients(evaluation: Evaluation) -> Remedy:
    """Clients promised at which the contract can be carried with the same reserves; nan if none of those tried.

    And £ of an average year, and lost in the worst year in 20, with so many: to a few in 100 of what luck takes.
    """
    scenario = evaluation.scenario
    for number in clients_tried(scenario):
        there = replace(evaluation, scenario=scenario.with_(clients=float(number)))
        if (year := carried(there, there)) is not None:
            return Remedy(float(number), (year.expected, year.worst_year), year.chance_of_loss)
    return Remedy(math.nan, (math.nan, math.nan))


def clients_tried(scenario: Scenario) -> tuple[int, ...]:
    """Numbers of clients promised that are tried, in turn.

    Fewer clients stake less, so a smaller contract is looked for first; then a larger one.
    """
    promised = round(scenario.clients)
    fewest = max(1, math.ceil(1 / scenario.volume_delivered))
    fewer = [number for part in PARTS if (number := math.floor(promised * part)) >= fewest]
    more = [TIMES * promised] if TIMES * promised <= specs()["clients"].high else []
    return (*fewer, *more)


def enough_partners(evaluation: Evaluation) -> Remedy:
    """The least number of partners of PARTNERS with which the contract can be carried; nan if none."""
    for partners in partners_tried(evaluation.scenario):
        there = replace(evaluation, scenario=evaluation.scenario.with_(partners=float(partners)))
        if (year := carried(there, evaluation)) is not None:
            return Remedy(float(partners), loss=year.chance_of_loss)
    return Remedy(math.nan)


def partners_tried(scenario: Scenario) -> tuple[int, ...]:
    """Numbers of partners that are tried, in turn."""
    return tuple(number for number in PARTNERS if number > scenario.partners)


REMEDIES: Mapping[str, Callable[[Evaluation], Remedy]] = {
    "reserves": enough_reserves,
    "share": enough_share,
    "clients": enough_clients,
    "partners": enough_partners,
}
"""What may be changed, one by one, and the search for how much is enough."""
