"""The largest share on results, below the present, at which the scenario's provider can carry the contract.

Looked for with the luck of the present share at the prices of others, which mostly says to a step or two where it lies;
then the year of that share is worked out, and that of the next.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise

import numpy as np

from pricing.evaluate import Evaluation
from pricing.price import schedule
from pricing.questions.small_provider import surplus, volumes
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import SAME
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.volumes import Volumes
from pricing.questions.small_provider.with_partners import as_it_is, margin, pooled_each, who_come

STEP = 0.005
"""Shares on results are solved for in steps of half a percent."""
FEW = 3
"""Numbers of a range of clients that say roughly what a share does: its ends, and one between them."""
ALONG = 8
"""Parts of the shares below the present, at whose ends luck is looked at first."""
CLEAR, DOUBTED = 0.01, 0.05
"""Part of what luck takes by which one distribution for every share may miss a year, and by which what is rough may; it
misses those of one share and of the next alike, within the first."""
TRIED = 6
"""Shares at most whose years are worked out."""


@dataclass(frozen=True, eq=False)
class ByShare:
    """The provider's year by the share on results, from the luck of the present one.

    At given hours results pay is in proportion to the share, and the fee to the rest.

    Attributes
    ----------
    found : results pay at each place of those who ``come``, and the part of it that is theirs.
    free_fee : £ per client with nothing on results.
    exact : whether one distribution answers for every share. It does not where people are drawn whose fees differ, so
        that who comes moves the fee too, nor where other years are drawn for another share.
    """

    evaluation: Evaluation
    come: Volumes
    found: Sequence[tuple[Joint, float]]
    free_fee: float
    exact: bool

    @classmethod
    def of(cls, evaluation: Evaluation) -> "ByShare":
        """For the scenario's provider."""
        come = who_come(evaluation)
        found, free = list(pooled_each(evaluation, come)), sent.of(at_share(evaluation, 0.0))
        alike = not free.drawn or np.ptp(free.fee) <= SAME * free.fee.max()
        return cls(evaluation, come, found, free.mean(free.fee), bool(alike and not found[0][0].drawn))

    def year(self, share: float) -> Surplus:
        """The year at a ``share``."""
        fee, level, each = (1 - share) * self.free_fee, share / self.evaluation.scenario.results_share, []
        for people, (found, part) in zip(self.come.clients, self.found, strict=True):
            beside = found.beside + people.kept * (people.delivered * fee - people.total(people.fee))
            moved = replace(found, pay=level * found.pay, width=level * found.width, beside=beside)
            there = replace(people, fee=np.full_like(people.fee, fee))
            each.append(surplus.from_year(self.evaluation, there, moved, part))
        return surplus.mixed(self.evaluation, self.come, each)

    @cached_property
    def few(self) -> "ByShare":
        """The same at FEW numbers of clients."""
        places = sorted({0, len(self.found) // 2, len(self.found) - 1})
        if len(places) == len(self.found):
            return self
        come = replace(self.come, clients=tuple(self.come.clients[place] for place in places))
        come = come.within(*volumes.ends(self.evaluation.scenario))
        return replace(self, come=come, found=[self.found[place] for place in places])

    def roughly(self, step: int) -> float:
        """£ by which the contract can be carried at a step of the share, roughly."""
        return margin(self.evaluation, self.few.year(share_at(step)))

    def surely(self, step: int) -> float:
        """The same, as the verdict at that share has it wherever its sign is in doubt."""
        if self.exact:
            year = self.year(share_at(step))
            found = margin(self.evaluation, year)
            if abs(found) > CLEAR * (year.expected + year.worst_year):
                return found
        there = at_share(self.evaluation, share_at(step))
        return margin(there, as_it_is(there))


def largest(evaluation: Evaluation) -> float:
    """The largest share, in STEPs below the present, at which the contract can be carried; nan if none.

    At the next step it cannot. That it cannot is taken from what is rough where that leaves no doubt, and so it is that
    it can at none.
    """
    share = evaluation.scenario.results_share
    if not share:
        return math.nan
    by_share = ByShare.of(evaluation)
    now = by_share.few.year(share)
    luck = now.expected + now.worst_year
    high = math.ceil(share / STEP - 1e-9)
    step = last_carried(high, cache(by_share.roughly), by_share.surely, (DOUBTED * luck, CLEAR * luck))
    return math.nan if step is None else share_at(step)


def last_carried(
    high: int, roughly: Callable[[int], float], surely: Callable[[int], float], doubts: tuple[float, float]
) -> int | None:
    """The last step below ``high`` at which a margin is 0 or more, as far as TRIED of them tell; None if at none.

    ``surely`` says the margin; ``roughly`` may be off by the first of the ``doubts``, and at the next step by as much
    but for the second.
    """
    doubt, clear = doubts
    good: int | None = None
    bad, off = high, 0.0
    for tried in range(TRIED):
        step = promising(roughly, (high, bad), -off, clear if tried else doubt)
        borne = roughly(step) + off >= 0
        if good is not None:
            step = max(step, good + 1) if borne else good + 1
            if roughly(step) + off < -clear:
                break
        elif not borne and (tried or roughly(step) < -doubt):
            break
        found = surely(step)
        off = found - roughly(step)
        good, bad = (step, bad) if found >= 0 else (good, step)
        if bad in (0, good if good is None else good + 1):
            break
    return good


def promising(roughly: Callable[[int], float], ends: tuple[int, int], least: float, doubt: float) -> int:
    """The last step with at least so much ``roughly``; where there is none, the one that comes nearest.

    It is looked for while one may come within ``doubt`` of that. It lies below both ``ends``, of which the first says
    where is looked: at ALONG steps and between two of them, where the margin is taken to rise, or to fall, or to have
    one top.
    """
    high, below = ends
    along = sorted({round(part * (high - 1) / ALONG) for part in range(ALONG + 1)})
    looked = sorted({*along, below - 1} & {*range(below)})
    for step in reversed(looked):
        if roughly(step) >= least:
            return last_between(roughly, step, next_of(looked, step, below), least)
    best = max(looked, key=roughly)
    steepest = max((abs(roughly(one) - roughly(other)) for one, other in pairwise(along)), default=0.0)
    while roughly(best) + steepest >= least - doubt:
        place = looked.index(best)
        about = looked[max(place - 1, 0) : place + 2]
        new = {(one + other) // 2 for one, other in pairwise(about)} - {*about}
        if not new:
            break
        looked = sorted({*looked, *new})
        best = max(looked, key=roughly)
        if roughly(best) >= least:
            return last_between(roughly, best, next_of(looked, best, below), least)
    return best


def next_of(looked: Sequence[int], step: int, below: int) -> int:
    """The step that was looked at after this one, or the end."""
    return min((other for other in looked if other > step), default=below)


def last_between(roughly: Callable[[int], float], low: int, high: int, least: float) -> int:
    """The last step from ``low``, which has at least so much ``roughly``, to below ``high``, from where none has."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if roughly(middle) >= least else (low, middle)
    return low


def share_at(step: int) -> float:
    """The share on results that is so many STEPs."""
    return round(STEP * step, 4)


def at_share(evaluation: Evaluation, share: float) -> Evaluation:
    """The evaluation with another share on results, for what a provider is paid at given hours."""
    other = evaluation.scenario.with_(results_share=share)
    return replace(evaluation, scenario=other, terms=schedule.settle(other, evaluation.cohort))
