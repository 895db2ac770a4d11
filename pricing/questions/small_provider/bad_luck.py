"""What luck takes from the scenario's provider in the worst year in 20, and how low prices would have to be to bear it.

Luck is that of results pay and of who comes. At given hours results pay is in proportion to the prices, and what comes
and goes beside it is not: where who comes moves costs, half of the prices do not take half. One joint distribution
answers for every level of the prices. A fee that is the same for everyone takes nothing, whatever it is.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from pricing.contract.pay_limits import UNLIMITED, PayLimits
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import PENNY
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.luck.own_result import linear, money_by_reduction, year
from pricing.questions.small_provider.surplus import WORST
from pricing.questions.small_provider.with_partners import ROUNDING, own_part, partners_clients, pooled_year

NEAR = 1e-7
"""Part of the prices to which the level that reserves bear is found."""


@dataclass(frozen=True)
class BadLuck:
    """The worst year in 20 of the scenario's provider, £: ``taken`` by luck, and ``bearable`` by its reserves.

    ``level`` : the largest part of the prices, 1 at most, at which reserves bear it; nan if they do at none, since even
    with nothing on results who comes moves costs by more.
    """

    taken: float
    bearable: float
    level: float

    @property
    def borne(self) -> bool:
        """Whether reserves bear it."""
        return self.taken <= self.bearable + ROUNDING


def bad_luck(evaluation: Evaluation, reduction: Callable[[float], float] | None = None) -> BadLuck:
    """What luck takes from a provider that gives what is needed, against an average year; its partners share it.

    ``reduction`` : the fall that prices at a part of these are set for, by that part, if not the present one. It sets
    the results money, and with it the limits on a year's pay.
    """
    scenario, people = evaluation.scenario, sent.of(evaluation)
    bearable = scenario.luck_share * scenario.reserves
    pooled = pooled_year(evaluation, people)
    found = BadLuck(max(pooled.expected + pooled.worst_year, 0.0), bearable, 1.0)
    if found.borne:
        return found
    if not scenario.results_share:
        return replace(found, level=math.nan)
    levels = Levels.of(evaluation, people, reduction)
    return replace(found, level=largest_borne(lambda level: levels.chance_beyond(bearable, level) - WORST))


def largest_borne(beyond: Callable[[float], float]) -> float:
    """The largest level in [0, 1] at which what is ``beyond`` bearing is not above 0, as it is at 1; nan if none.

    Results that pay more for those who cost more make up for them, so that luck may take less at some prices than at
    none: where reserves do not bear who comes alone, it is first followed to its least.
    """
    low = 0.0
    if beyond(low) > 0:
        low = float(minimize_scalar(beyond, bounds=(0.0, 1.0), method="bounded", options={"xatol": 1e-3}).x)
        if beyond(low) > 0:
            return math.nan
    if beyond(1.0) <= 0:
        return 1.0
    found = float(brentq(beyond, low, 1.0, xtol=NEAR))
    return found if found > 2 * NEAR else 0.0


@dataclass(frozen=True, eq=False)
class Levels:
    """The year of one provider at every level of its prices, 1 being the present: its results pay and what is beside.

    ``pay``, £ before limits of clauses, and ``limits`` to it by level; ``passed``, the part of it that is the
    provider's own and depends on results. A fee that is the same for everyone, and whatever else is sure, need not be
    in it.
    """

    pay: Joint
    limits: Callable[[float], PayLimits]
    passed: float

    @classmethod
    def of(cls, evaluation: Evaluation, people: Clients, reduction: Callable[[float], float] | None) -> "Levels":
        """For the ``people`` of the scenario's provider; ``reduction`` as in :func:`bad_luck`."""
        scenario, sigma = evaluation.scenario.as_one_providers(), evaluation.scenario.common_shock
        others = partners_clients(evaluation, people)
        part = own_part(people, others)
        passed = part * people.kept * people.at_risk
        linked = scenario.only_limited
        if scenario.target == "none" or not linked:
            # What the clauses pay is in proportion to the prices, with their limits.
            return cls(year(evaluation, people, sigma, others), lambda _: UNLIMITED, passed)

        money = money_by_reduction(replace(evaluation, scenario=scenario), people)

        def limits(level: float) -> PayLimits:
            fall = scenario.priced_reduction if reduction is None else reduction(level)
            return PayLimits.of(scenario, level / part * money(fall))

        return cls(linear(people, sigma, others, 1.0), limits, passed)

    @cached_property
    def upto(self) -> FloatArray:
        """Chance of each amount beside results pay with less pay than at each point, (beside, points + 1)."""
        return np.pad(np.cumsum(np.atleast_2d(self.pay.chances), axis=1), ((0, 0), (1, 0)))

    @cached_property
    def alone(self) -> FloatArray:
        """Chance of each amount of results pay, whatever is beside it, (points,)."""
        found: FloatArray = np.atleast_2d(self.pay.chances).sum(axis=0)
        return found

    @cached_property
    def mean_beside(self) -> float:
        """Expected £ beside results pay."""
        return float((self.pay.beside * self.pay.chances).sum())

    def chance_beyond(self, bearable: float, level: float) -> float:
        """Chance that luck takes more than ``bearable`` £ from a year at a ``level`` of the prices."""
        limits, found = self.limits(level), self.pay
        mean = self.passed * float(limits.within(level * found.pay) @ self.alone) + self.mean_beside
        with np.errstate(divide="ignore", invalid="ignore"):
            # Results pay below which the year takes more, for each amount beside it: before limits, at present prices.
            most = (mean - bearable - ROUNDING - found.beside.ravel()) / self.passed
            below = limits.before(most) / level
        if found.pay.shape == found.beside.shape:
            return float(found.chances[found.pay < below].sum())
        if found.width:
            edges = found.pay[0] + found.width * (np.arange(len(found.pay) + 1) - 0.5)
            at = np.interp(below, edges, np.arange(len(edges), dtype=np.float64))
        else:
            at = np.searchsorted(found.pay, below - PENNY).astype(np.float64)
        rows, point = np.arange(len(at)), np.minimum(at.astype(np.int64), len(found.pay) - 1)
        before, after = self.upto[rows, point], self.upto[rows, point + 1]
        return float((before + (at - point) * (after - before)).sum())
