"""Savings by borough and agency, where a cohort knows boroughs; small ones stand together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pricing.evaluate import Evaluation
from pricing.people.small_numbers import RULE
from pricing.questions.savings.costs import AGENCIES
from pricing.questions.savings.pot import AgencyShare, Pot, share_paid, shares
from pricing.questions.savings.saved import by_group

DIMENSION = "borough"
FEWEST_EVENTS = int(RULE.count)
"""A place with fewer reoffences avoided, or of fewer people than a rate may rest on, is not shown by itself."""
TOGETHER = "Other boroughs together"
LOCAL = tuple(agency.key for agency in AGENCIES if agency.reach == "local")


@dataclass(frozen=True)
class Place:
    """One borough, or several together: people, reoffences avoided, and every agency's savings of it in £."""

    name: str
    people: float
    avoided: float
    shares: tuple[AgencyShare, ...]

    @property
    def local(self) -> float:
        """£ that local agencies save here."""
        return sum(share.saved for share in self.shares if share.agency.reach == "local")

    @property
    def cash(self) -> float:
        """£ of cash of the agencies that put in."""
        return sum(share.cash for share in self.shares if share.member)

    @property
    def put_in(self) -> float:
        """£ in the pot."""
        return sum(share.put_in for share in self.shares)


def by_place(evaluation: Evaluation, pot: Pot, *, at_benchmark: bool) -> list[Place]:
    """Savings by borough and agency, in reading order; they sum to the pot's.

    Empty where no borough is known, or none is large enough to be shown.
    One contract, one fall: the rule looks at the fall of everyone together, not at each borough's own.
    """
    if DIMENSION not in evaluation.cohort.dimensions:
        return []
    dimension = evaluation.cohort.dimensions[DIMENSION]
    groups = by_group(evaluation, dimension.codes, len(dimension.levels), at_benchmark=at_benchmark)
    part = share_paid(pot.scenario, pot.savings.fall)
    places = [
        Place(name, found.people, found.avoided, shares(found, part))
        for name, found in zip(dimension.levels, groups, strict=True)
        if found.people
    ]
    return with_small_together(places)


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
        tuple(in_all(same) for same in zip(*(one.shares for one in pool), strict=True)),
    )


def in_all(same: Sequence[AgencyShare]) -> AgencyShare:
    """The share of one agency over several places."""
    sums = {name: sum(getattr(share, name) for share in same) for name in ("saved", "cash", "put_in")}
    return replace(same[0], **sums)
