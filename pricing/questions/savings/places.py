"""The local part of savings by borough, where a cohort knows boroughs; small ones stand together."""

from collections.abc import Sequence
from dataclasses import dataclass

from pricing.evaluate import Evaluation
from pricing.people.small_numbers import RULE
from pricing.questions.savings.costs import AGENCIES
from pricing.questions.savings.pot import Pot, share_paid
from pricing.questions.savings.saved import Savings, by_group

DIMENSION = "borough"
FEWEST_EVENTS = int(RULE.count)
"""A place with fewer reoffences avoided, or of fewer people than a rate may rest on, is not shown by itself."""
TOGETHER = "Other boroughs together"
LOCAL = tuple(agency.key for agency in AGENCIES if agency.reach == "local")


@dataclass(frozen=True)
class Place:
    """One borough, or several together: people, reoffences avoided, £ by local agency, £ cash and £ put in."""

    name: str
    people: float
    avoided: float
    saved: tuple[float, ...]
    cash: float
    put_in: float

    @property
    def local(self) -> float:
        """£ that local agencies save here."""
        return sum(self.saved)


def by_place(evaluation: Evaluation, pot: Pot, *, at_benchmark: bool) -> list[Place]:
    """Local savings by borough, in reading order; they sum to the pot's. Empty where no borough is known, or none is
    large enough to be shown.

    One contract, one fall: the rule looks at the fall of everyone together, not at each borough's own.
    """
    if DIMENSION not in evaluation.cohort.dimensions:
        return []
    dimension = evaluation.cohort.dimensions[DIMENSION]
    groups = by_group(evaluation, dimension.codes, len(dimension.levels), at_benchmark=at_benchmark)
    part = share_paid(pot.scenario, pot.savings.fall)
    places = [place(name, found, part) for name, found in zip(dimension.levels, groups, strict=True) if found.people]
    return with_small_together(places)


def place(name: str, found: Savings, part: float) -> Place:
    """A borough's savings, of which ``part`` of the cash goes into the pot."""
    cash = found.scenario.cashable * found.local
    saved = tuple(found.by_agency[key] for key in LOCAL)
    return Place(name, found.people, found.avoided, saved, cash, part * cash)


def small(one: Place) -> bool:
    """Whether a place has too few people or events to be shown by itself."""
    return one.people < RULE.people or one.avoided < FEWEST_EVENTS


def with_small_together(places: Sequence[Place]) -> list[Place]:
    """The places, small ones as one; as long as that is small, as one alone always is, the next larger joins them.

    Empty where none is left by itself: all together are everyone, who are shown anyway.
    """
    order = sorted(places, key=lambda one: one.people)
    pool = [one for one in order if small(one)]
    rest = [one for one in order if not small(one)]
    if not pool:
        return list(places)
    while rest and small(together(pool)):
        pool.append(rest.pop(0))
    return [*(one for one in places if one in rest), together(pool)] if rest else []


def together(pool: Sequence[Place]) -> Place:
    """Several places as one."""
    return Place(
        TOGETHER,
        sum(one.people for one in pool),
        sum(one.avoided for one in pool),
        tuple(sum(parts) for parts in zip(*(one.saved for one in pool), strict=True)),
        sum(one.cash for one in pool),
        sum(one.put_in for one in pool),
    )
