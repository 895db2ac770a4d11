"""The provider's year, its results money pooled with its partners, however many clients come: in full, or at a glance.

A contract can be carried if an average year leaves no loss, and the worst year in 20 takes no more than reserves may
bear.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pricing.evaluate import Evaluation
from pricing.questions.small_provider import consortium, surplus, volumes
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.luck.own_result import year, years
from pricing.questions.small_provider.surplus import WORST, Surplus
from pricing.questions.small_provider.volumes import Volumes

ROUNDING = 0.005
"""£ by which luck may pass what reserves bear and count as borne."""
WHOLE, GLANCE, FIRST, SEGMENTS = 1.0, 0.25, 0.05, 12
"""Of the years of one answer, those of three glances, the middle one as a rule; and its segments of people, at most."""
MISSED, MISSED_CHANCE = 0.075, 0.0125
"""Part of what luck takes by which a glance may miss it: four standard errors of the years that it draws; and the same
of the chance of a worst year. Of few amounts the worst year in 20 is the next one where its chance is missed by little.
"""


def as_it_is(evaluation: Evaluation) -> Surplus:
    """The year of the scenario's provider, its results money pooled with its partners, however many clients come."""
    come = who_come(evaluation)
    return at_places(evaluation, come, pooled_each(evaluation, come))


def who_come(evaluation: Evaluation) -> Volumes:
    """The clients who may come, at places where luck is followed."""
    if evaluation.scenario.partners == 1:
        return volumes.of(evaluation)
    # Pooled luck is smooth. Its partners have as many clients as it has: volume is that of the contract.
    return volumes.of(evaluation, "needed", volumes.SPARSE, None, volumes.SMOOTH)


def pooled_each(evaluation: Evaluation, come: Volumes, glance: float = 0.0) -> Iterator[tuple[Joint, float]]:
    """Results pay of those who ``come`` and of their partners', at each place, with the part of it that is theirs.

    A ``glance`` as in `pooled`: all places together are as sure as one number of clients alone.
    """
    scenario = evaluation.scenario
    if scenario.partners == 1 and not glance:
        yield from ((found, 1.0) for found in years(evaluation, come, scenario.common_shock))
        return
    for people, chance in zip(come.clients, come.chances, strict=True):
        part = float(chance)
        yield pooled(evaluation, people, glance=glance * part) if glance else pooled(evaluation, people, part=part)


def at_places(evaluation: Evaluation, come: Volumes, found: Iterable[tuple[Joint, float]]) -> Surplus:
    """The year of those who ``come``, from results pay ``found`` at each place, and the part of it that is theirs."""
    each = zip(come.clients, found, strict=True)
    return surplus.mixed(evaluation, come, [surplus.from_year(evaluation, people, *pay) for people, pay in each])


def margin(evaluation: Evaluation, year: Surplus) -> float:
    """£ by which the contract can be carried; below 0 it cannot."""
    bearable = evaluation.scenario.luck_share * evaluation.scenario.reserves
    return min(year.expected, bearable - year.worst_year) + ROUNDING


def can_carry(evaluation: Evaluation, year: Surplus) -> bool:
    """No loss in an average year, and no more in the worst year in 20 than reserves may bear."""
    return margin(evaluation, year) >= 0


def pooled_year(evaluation: Evaluation, people: Clients) -> Surplus:
    """The provider's year with just these ``people``, its results money pooled with the scenario's partners."""
    return surplus.from_year(evaluation, people, *pooled(evaluation, people))


def at_a_glance(evaluation: Evaluation, come: Volumes, part: float = GLANCE) -> Surplus:
    """`as_it_is` roughly, over a ``part`` of the years, if those ``come`` whom `few_who_come` has for it.

    Over a GLANCE it is within MISSED of what luck takes, over others as far as :func:`missed_by`.
    """
    return at_places(evaluation, come, pooled_each(evaluation, come, part))


def few_who_come(evaluation: Evaluation, part: float) -> Volumes:
    """The clients who may come, in fewer groups for a glance over a ``part`` of the years; of a range few numbers."""
    # By quarter there are fewer yet, and the same years stand in a consortium of as many. All years see the segments.
    segments = None if evaluation.scenario.measured_period == "quarter" or part == WHOLE else SEGMENTS
    # Of few amounts, luck of one number of clients and the next are less alike.
    lumps = volumes.GLANCED if volumes.lumps_of(evaluation) == volumes.SMOOTH else volumes.SMOOTH
    return volumes.of(evaluation, "needed", volumes.FARTHEST, segments, lumps)


def missed_by(year: Surplus, part: float) -> float:
    """£ by which a glance over a ``part`` of the years may miss what luck takes."""
    return MISSED * math.sqrt(GLANCE / part) * (year.expected + year.worst_year)


def may_be_carried(evaluation: Evaluation, year: Surplus, part: float) -> bool:
    """Whether a ``year`` at a glance over a ``part`` of the years leaves it open that the contract can be carried."""
    missed, chance = missed_by(year, part), MISSED_CHANCE * math.sqrt(GLANCE / part)
    rare = beyond_reserves(evaluation, year) <= WORST + chance
    return year.expected + missed >= -ROUNDING and (rare or margin(evaluation, moved(year, missed)) >= 0)


def is_carried(evaluation: Evaluation, year: Surplus, part: float) -> bool:
    """Whether it leaves no doubt that it can."""
    missed, chance = missed_by(year, part), MISSED_CHANCE * math.sqrt(GLANCE / part)
    return beyond_reserves(evaluation, year) <= WORST - chance and margin(evaluation, moved(year, -missed)) >= 0


def beyond_reserves(evaluation: Evaluation, year: Surplus) -> float:
    """Chance that a year takes more than reserves may bear."""
    return year.money.below(-evaluation.scenario.luck_share * evaluation.scenario.reserves - ROUNDING)


def moved(year: Surplus, amount: float) -> Surplus:
    """A year that leaves an ``amount`` of £ more."""
    return replace(year, money=year.money.moved(plus=amount))


def pooled(evaluation: Evaluation, people: Clients, *, glance: float = 0.0, part: float = 1.0) -> tuple[Joint, float]:
    """Results pay of the provider's ``people`` and its partners', with what is beside its own; and its part of the pay.

    A ``glance`` is over so large a part of the years that are drawn; 0 for none. ``part`` of the work of one answer.
    """
    sigma, others = evaluation.scenario.common_shock, partners_clients(evaluation, people)
    found = year(evaluation, people, sigma, others, glance=bool(glance), part=glance or part)
    return found, own_part(people, others)


def own_part(people: Clients, others: int) -> float:
    """The part of pooled results pay that is that of the provider's own ``people`` beside ``others``."""
    return people.delivered / (people.delivered + others)


def partners_clients(evaluation: Evaluation, people: Clients) -> int:
    """Clients of the scenario's partners who are followed beside the provider's own ``people``."""
    partners = round(evaluation.scenario.partners)
    if partners == 1:
        return 0
    return consortium.followed(people, partners, evaluation.scenario.common_shock) - people.delivered
