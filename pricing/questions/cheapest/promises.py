"""A scenario's promise, kept by the cheapest schedule of a family: what each group requires, and the fee beside it."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.cheapest import covering, fee, limits, own_premiums, required
from pricing.questions.cheapest.covering import Found, flat, own, table
from pricing.questions.cheapest.ground import Ground

FAMILIES = {"explorer": own_premiums.explorer, "table": table, "own": own, "flat": flat}
"""Kinds of schedule, by the names of the parameter."""

NOTHING = 1e-9
"""£ per unit up to which a price counts as none."""


@dataclass(frozen=True, eq=False)
class Kept:
    """A schedule that keeps the promise: ``found``, its ``conditions``, each (metrics, groups), and the ``fee``.

    A condition is the price per unit that a group requires where one metric alone is paid; a mix keeps it where its
    prices, each as a share of that, come to 1 or more.
    """

    found: Found
    conditions: tuple[FloatArray, ...]
    fee: float

    @property
    def required(self) -> FloatArray:
        """What a metric that is paid alone needs to pay each group for all conditions, £ per unit (metrics, groups)."""
        return np.asarray(np.maximum.reduce(self.conditions))

    @property
    def over(self) -> FloatArray:
        """How much more than it requires each group is paid, as a share, (groups,); inf where it requires nothing."""
        return np.asarray(np.min([self._paid(needed) for needed in self.conditions], axis=0) - 1)

    def _paid(self, needed: FloatArray) -> FloatArray:
        shares = np.divide(self.found.prices, needed, out=np.zeros_like(needed), where=needed > 0).sum(axis=0)
        return np.where(np.any(needed > 0, axis=0), shares, np.inf)

    @property
    def cost(self) -> float:
        """£ per person that is paid when everyone gets what they need."""
        return self.fee + self.found.pot

    @property
    def share(self) -> float:
        """Share of it that is paid on results."""
        return self.found.pot / self.cost


def requirement(ground: Ground) -> FloatArray:
    """The least price per unit of each metric and group, (metrics, groups), that no fee can take the place of."""
    asked = ground.scenario
    if asked.promise == "last_pound":
        found = required.last_pound(ground, asked.promise_floor)
    elif asked.promise == "most_people":
        found = required.most_people(ground, asked.promise_people)
    else:
        found = required.payback(ground, asked.promise_floor)
    return np.where(found > NOTHING, found, 0.0)


def keep(ground: Ground, family: str, protected: BoolArray) -> Kept:
    """The cheapest schedule of a family that keeps the promise; raises ScenarioError where there is none."""
    needed = requirement(ground)
    if ground.scenario.promise != "no_loss":
        found = FAMILIES[family](ground, needed, protected)
        return Kept(found, (needed,), limits.fee(ground, found.pot))
    return _nobody_a_loss(ground, family, protected, needed)


def _nobody_a_loss(ground: Ground, family: str, protected: BoolArray, needed: FloatArray) -> Kept:
    """The cheapest over all flat fees: a higher fee lowers what results have to cover, group by group."""

    def at(level: float) -> Kept:
        conditions = (needed, required.no_loss(ground, level))
        return Kept(FAMILIES[family](ground, np.maximum(*conditions), protected), conditions, max(level, 0.0))

    if len(ground.metrics) > 1:
        FAMILIES[family](ground, needed, protected)  # where there is no such family for a blend, it says so
        if family == "flat":
            return _flat_mix(ground, protected, needed)
        return at(fee.by_search(ground, lambda level: at(level).cost, fee.turns(ground, needed, protected)))
    if family == "explorer":
        return at(fee.of_premiums(ground, needed, protected))
    single = covering.single(ground, needed, protected)
    return at(fee.by_programme(ground, fee.columns(ground, family, protected), single, protected))


def _flat_mix(ground: Ground, protected: BoolArray, needed: FloatArray) -> Kept:
    """One mix of prices for everyone: payback and cost may each be met by another measure, so neither is merged."""
    levels, level = fee.of_mix(ground, needed, protected)
    prices = np.repeat(levels[:, None], len(ground.people), axis=1)
    return Kept(Found(prices, ground.pot(prices)), (needed, required.no_loss(ground, level)), level)
