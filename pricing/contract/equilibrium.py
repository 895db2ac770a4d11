"""Where a provider comes to rest under a contract that is not linear.

A linear contract prices each result the same whatever everyone else does. Another contract does not: what one more
result is worth depends on where the whole cohort stands. So the effort is a fixed point: the support that pays best at
the effective price at the change that this support brings about. It is found along one line, from everyone at the
minimum up to the most that support can do, and from two starts: where they end apart, the contract rewards good work
only if everyone is already doing it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import root, toms748

from pricing.contract.cohort_change import Changes
from pricing.contract.pay_under_luck import Exact
from pricing.contract.payment_rule import SMALLEST_NOISE
from pricing.contract.results_pay import ResultsContract
from pricing.people.cohort import FloatArray
from pricing.price.outcomes import Response
from pricing.price.schedule import worth_of
from pricing.price.support_hours import chosen_hours
from pricing.scenario.scenario import Scenario

NODES = 10
"""Prices, from none to the highest that the contract can come to, at which the choice of hours is first worked out."""
FINEST = 4000
"""Most places between two nodes at which the effective price is looked at."""
EXACT_STEP = 0.01
"""Change between such places where a small cohort is counted exactly, which makes each of them dear."""
ROUNDS = 40
TINY = 1e-13


@dataclass(frozen=True, eq=False)
class Rest:
    """A place where nothing pays better nearby.

    ``worth`` £ per person for a change of the whole baseline, at the margin, and ``change``: both (metrics,);
    ``hours`` (cells,) of support; ``pay`` expected results pay and ``profit`` what it leaves, £ per person.
    """

    worth: FloatArray
    change: FloatArray
    hours: FloatArray
    pay: float
    profit: float


@dataclass(frozen=True, eq=False)
class Provider:
    """A provider that serves a cohort under a contract, and answers prices with hours."""

    scenario: Scenario
    contract: ResultsContract
    changes: Changes
    response: Response

    def hours(self, worth: FloatArray) -> FloatArray:
        """Hours that pay best where each metric is ``worth`` (metrics,) £ per person at the margin."""
        prices = self.contract.unit_prices(self.scenario.present_value * np.maximum(worth, 0.0))
        money = worth_of(prices, self.changes.weight, self.changes.risk)
        mission = self.scenario.mission_weight * self.scenario.social_cost
        return chosen_hours(money.plus_mission(mission) if mission else money, self.scenario, self.response)

    def change(self, worth: FloatArray) -> FloatArray:
        """The cohort's change on each metric that those hours bring about."""
        return self.changes.at(self.response.effect(self.hours(worth)))

    def rest(self, worth: FloatArray) -> Rest:
        """Everything about the place where these prices lead."""
        hours = self.hours(worth)
        effect = self.response.effect(hours)
        change = self.changes.at(effect)
        pay = float(self.contract.expected(change))
        avoided = self.changes.cohort.mean(self.changes.risk.rate * -np.expm1(-effect))
        felt = self.scenario.mission_weight * self.scenario.social_cost * avoided
        spent = self.scenario.hour_cost * self.changes.cohort.mean(hours)
        return Rest(worth, change, hours, pay, self.scenario.present_value * pay + felt - spent)

    @cached_property
    def along(self) -> FloatArray:
        """How the metrics move together when everyone's log-odds fall alike, (metrics,)."""
        step = 1e-4
        return self.changes.at(np.full_like(self.response.ceiling, step)) / step

    def factor(self, change: FloatArray) -> FloatArray:
        """Effective price over the linear contract's, at true changes (..., metrics)."""
        whole = self.contract.value @ self.along
        return np.asarray(self.contract.marginal(change) @ self.along / whole)


@dataclass(frozen=True, eq=False)
class Stretch:
    """Prices worked out in full, each one ``factor`` (nodes,) of the linear contract's, and the ``change`` they bring.

    Between nodes the change (nodes, metrics) is taken as a straight line; the effective price on it is exact. The
    *excess* is how far the effective price is above the price that led there: where it turns from positive to negative,
    no further result pays.
    """

    provider: Provider
    factor: FloatArray
    change: FloatArray

    def at(self, place: FloatArray | float) -> tuple[FloatArray, FloatArray]:
        """Factor and change at places (...) counted in nodes."""
        index = np.arange(len(self.factor))
        change = np.stack([np.interp(place, index, column) for column in self.change.T], axis=-1)
        return np.asarray(np.interp(place, index, self.factor)), change

    def excess(self, place: FloatArray | float) -> FloatArray:
        """Excess at places (...) counted in nodes."""
        factor, change = self.at(place)
        return self.provider.factor(change) - factor

    def places(self) -> FloatArray:
        """Places close enough together to miss no turn that is as narrow as the luck in the measure."""
        contract = self.provider.contract
        steps = np.abs(np.diff(self.change, axis=0)).max(axis=1)
        if any(isinstance(paid, Exact) for paid in contract.paid):
            each = np.clip(steps / EXACT_STEP, 2, FINEST)
        else:
            each = np.clip(3 * steps / max(float(np.min(contract.noise)) / 2, SMALLEST_NOISE), 2, FINEST)
        parts = [np.linspace(k, k + 1, int(points), endpoint=False) for k, points in enumerate(each)]
        return np.concatenate([*parts, [len(self.factor) - 1.0]])

    def turns(self) -> FloatArray:
        """Places (turns,) at which the excess turns from positive to negative."""
        places = self.places()
        above = self.excess(places) >= 0
        # No price leads to less than none; only the last digit could say otherwise.
        above[0] |= self.factor[0] == 0
        found = np.flatnonzero(above[:-1] & ~above[1:])
        return np.array([self._turn(places[k], places[k + 1]) for k in found])

    def _turn(self, low: float, high: float) -> float:
        def excess(place: float) -> float:
            return float(self.excess(place))

        # Seen one by one, places may differ in the last digit from what they were side by side.
        if excess(high) >= 0:
            return high
        return float(toms748(excess, low, high, xtol=TINY, rtol=TINY)) if excess(low) > 0 else low

    def pay(self, place: FloatArray | float) -> FloatArray:
        """What the linear contract would pay there, £ per person."""
        return np.asarray(self.at(place)[1] @ self.provider.contract.value)

    def around(self, place: float) -> "Stretch":
        """The nodes next to a place, and one worked out at it."""
        left = min(int(place), len(self.factor) - 2)
        factor = float(self.at(place)[0])
        reached = self.provider.change(factor * self.provider.contract.value)
        keep = slice(left, left + 2)
        return Stretch(
            self.provider,
            np.insert(self.factor[keep], 1, factor),
            np.insert(self.change[keep], 1, reached, axis=0),
        )


def whole_line(provider: Provider) -> Stretch:
    """The line of prices from none to the highest that the contract can come to."""
    value, response = provider.contract.value, provider.response
    lowest = provider.change(np.zeros_like(value))
    highest = provider.changes.at(response.ceiling * (1 - 1e-9))
    ends = Stretch(provider, np.array([0.0, 1.0]), np.array([lowest, highest]))
    top = 1.05 * max(float(np.max(provider.factor(ends.at(ends.places())[1]))), 1.0)
    nodes = [0.0, *np.geomspace(0.05, top, NODES - 1)]
    reached = [lowest, *(provider.change(factor * value) for factor in nodes[1:])]
    while provider.factor(reached[-1]) >= nodes[-1]:
        nodes.append(1.5 * nodes[-1])
        reached.append(provider.change(nodes[-1] * value))
    return Stretch(provider, np.array(nodes), np.array(reached))


def settle_at(stretch: Stretch, turn: float) -> Rest:
    """The rest at a turn of the line, to full precision: work it out there, and look again between its neighbours."""
    provider = stretch.provider
    pay, factor = float(stretch.pay(turn)), float(stretch.at(turn)[0])
    for _ in range(ROUNDS):
        stretch = stretch.around(turn)
        turns = stretch.turns()
        if not len(turns):
            break
        turn = float(turns[np.argmin(np.abs(stretch.pay(turns) - pay))])
        before, factor = factor, float(stretch.at(turn)[0])
        if abs(factor - before) <= 1e-12 * (1 + factor):
            break
    worth = factor * provider.contract.value
    return provider.rest(polish(provider, worth) if len(worth) > 1 else worth)


def polish(provider: Provider, worth: FloatArray) -> FloatArray:
    """With several metrics each has an effective price of its own: solve for all of them, from the common factor."""
    unit = float(provider.contract.value.sum())

    def gap(scaled: FloatArray) -> FloatArray:
        return provider.contract.marginal(provider.change(scaled * unit)) / unit - scaled

    start = provider.contract.marginal(provider.change(worth)) / unit
    found = root(gap, start, method="hybr", options={"xtol": 1e-11})
    return np.asarray(np.maximum(found.x, 0.0) * unit if found.success else start * unit)


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """Where the two starts end: ``from_minimum`` and ``from_benchmark``."""

    from_minimum: Rest
    from_benchmark: Rest

    @property
    def chosen(self) -> Rest:
        """The one that leaves the provider more."""
        return max(self.from_minimum, self.from_benchmark, key=lambda rest: rest.profit)

    @property
    def other(self) -> Rest | None:
        """The other one, where the starts end apart."""
        if self.from_minimum is self.from_benchmark:
            return None
        return self.from_minimum if self.chosen is self.from_benchmark else self.from_benchmark


def find(provider: Provider, benchmark: FloatArray) -> Equilibrium:
    """Settle from everyone at the minimum and from everyone at ``benchmark`` hours (cells,).

    From either start support moves towards the nearest turn: up while a further result pays, down while it does not.
    """
    line = whole_line(provider)
    turns = line.turns()
    good = float(provider.changes.at(provider.response.effect(benchmark)) @ provider.contract.value)
    nodes = np.arange(len(line.factor), dtype=float)
    start = float(np.interp(good, line.pay(nodes), nodes))
    uphill = float(line.excess(start)) >= 0
    nearest = turns[turns >= start][:1] if uphill else turns[turns < start][-1:]
    low, high = float(turns[0]), float(nearest[0]) if len(nearest) else float(turns[0])
    lower = settle_at(line, low)
    return Equilibrium(lower, lower if high == low else settle_at(line, high))
