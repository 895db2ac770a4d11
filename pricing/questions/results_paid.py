"""Results pay along the true change in reoffending: what is expected, how far luck carries it, how likely pay is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from pricing.contract import results_pay
from pricing.contract.cohort_change import Changes
from pricing.contract.counted.quarters_of_counts import ToppedUpCount
from pricing.contract.effort_line import rising
from pricing.contract.measured import people_measured
from pricing.contract.pay_under_luck import Exact
from pricing.contract.payment_rule import from_clauses
from pricing.contract.results_pay import ResultsContract
from pricing.contract.simulated_luck import FEWER, Luck, any_pay, chance_known, where_it_bends
from pricing.contract.top_up import ToppedUp
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.risk_curves import NORMAL_95
from pricing.price.support_hours import least_hours
from pricing.scenario.scenario import Scenario

LOWEST, HIGHEST = -0.2, 0.35
"""Ends of the curve: true change, as a share of the share who reoffend; a fall is positive."""
POINTS, FEWER_POINTS, DRAWN_POINTS = 221, 41, 30
"""Points of a curve; fewer where a small cohort is counted exactly, and at which luck is drawn."""
MOST_KNOTS = 12
"""Knots of a rule that get points of their own; a flight of many steps is drawn as even points show it."""
AREAS: Mapping[str, tuple[float, str]] = {
    "small_quarter": (1000.0, "quarter"),
    "small_year": (1000.0, "year"),
    "large_quarter": (10000.0, "quarter"),
    "large_year": (10000.0, "year"),
}
"""What the contract is compared on: people measured in a year, and how often they are measured."""


@dataclass(frozen=True, eq=False)
class Path:
    """A cohort along its provider's line of prices, place by place.

    ``points`` (places,) is the fall in the share who reoffend, in percentage points; ``change`` (places, metrics) that
    on each metric, as a share of its baseline. Before the least support, and beyond the most, all log-odds move alike.
    """

    changes: Changes
    points: FloatArray
    change: FloatArray

    @classmethod
    def of(cls, contract: ResultsContract) -> "Path":
        """The path of a contract's people."""
        assert contract.line is not None
        changes = contract.line.support.changes
        cohort, places = changes.cohort, contract.line.places
        after = np.array([cohort.mean(changes.risk.reoffending(effect)) for effect in places])
        points = 100 * (cohort.mean(cohort.probability) - after)
        kept = rising(points)
        return cls(changes, points[kept], contract.line.changed[kept])

    def like(self, change: FloatArray, contract: ResultsContract) -> float:
        """The fall in points at which the linear contract pays as much as for this change (metrics,).

        A rest with several metrics may stand a little beside the line; so every place on a page is on it.
        """
        weight = contract.value if contract.value.any() else np.ones_like(contract.value)
        return float(np.interp(change @ weight, self.change @ weight, self.points))

    def at(self, points: FloatArray) -> FloatArray:
        """The change on each metric where the share who reoffend has fallen by so many points."""
        return np.stack([np.interp(points, self.points, column) for column in self.change.T], axis=-1)

    def along(self, points: FloatArray) -> FloatArray:
        """How the metrics move together there, (points, metrics)."""
        left = np.clip(np.searchsorted(self.points, points, side="right") - 1, 0, len(self.points) - 2)
        return np.asarray(np.diff(self.change, axis=0)[left])


@dataclass(frozen=True, eq=False)
class ResultsCurve:
    """Results pay for a cohort along its true change; arrays (points,), £ per person per year at face value.

    Attributes
    ----------
    points : fall in the share who reoffend, in percentage points, along the provider's line of prices.
    expected, linear : expected pay, and what the linear contract would pay.
    low, high : between which 95 of 100 measures of the contract's period fall.
    chance : that anything is paid. factor : effective price over the linear contract's.
    """

    points: FloatArray
    expected: FloatArray
    linear: FloatArray
    low: FloatArray
    high: FloatArray
    chance: FloatArray
    factor: FloatArray


@dataclass(frozen=True, eq=False)
class ChanceOfPay:
    """The chance that anything is paid along the true change; arrays (points,), ``points`` as in `ResultsCurve`."""

    points: FloatArray
    chance: FloatArray


@dataclass(frozen=True)
class Stop:
    """A place where nothing pays better nearby.

    ``points`` as in :meth:`Path.like`; £ per person of expected results ``pay`` at face value, and what they leave
    once support is paid for (``left``, as the provider values it today); mean ``hours`` of support per person.
    """

    points: float
    pay: float
    hours: float
    left: float


@dataclass(frozen=True, eq=False)
class ResultsPaid:
    """Everything about how a contract turns results into pay.

    Attributes
    ----------
    curve : of the contract as it is set.
    base : share who reoffend at baseline. measured : people in one measure, 0 without luck.
    noise_points : standard deviation of the measured rate, in points.
    chosen : where it pays best to be, as (points as in :meth:`Path.like`, expected pay). stops : every place where
        nothing pays better nearby, least support first; none where the contract is linear. ``from_minimum`` says
        whether the chosen one is reached from the minimum.
    factor : effective price over the linear contract's, at the chosen effort.
    pay, rewards : expected pay, and its rewards alone, at the chosen effort, £ per person.
    luck : expected rewards with no true change, £ per person. chance, chance_of_luck : of any pay, at the chosen effort
        and with no true change.
    """

    curve: ResultsCurve
    base: float
    measured: float
    noise_points: float
    chosen: tuple[float, float]
    stops: tuple[Stop, ...]
    from_minimum: bool
    factor: float
    pay: float
    rewards: float
    luck: float
    chance: float
    chance_of_luck: float

    @property
    def others(self) -> tuple[Stop, ...]:
        """The stops that pay less than the best, best first."""
        return tuple(sorted(self.stops, key=lambda stop: -stop.left)[1:])

    @property
    def luck_share(self) -> float:
        """Rewards that luck alone would bring, over those expected at the chosen effort; nan where there are none."""
        return self.luck / self.rewards if self.rewards > 0 else float("nan")


def curve(scenario: Scenario, contract: ResultsContract, path: Path, luck: Luck | None = None) -> ResultsCurve:
    """A contract's results pay along a path; ``luck`` as `spread` has it."""
    points = grid(contract, path)
    change = path.at(points)
    low, high, chance = spread(scenario, contract, path, points, luck)
    along = path.along(points)
    whole = along @ contract.value
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(whole > 0, (contract.marginal(change) * along).sum(axis=1) / whole, 1.0)
    chance = np.clip(chance, 0.0, 1.0)  # sums of chances miss 0 and 1 by their last digits
    return ResultsCurve(points, contract.expected(change), contract.linear(change), low, high, chance, factor)


def grid(contract: ResultsContract, path: Path) -> FloatArray:
    """Points at which to look: evenly, and on either side of every knot, where pay may jump."""
    base = path.changes.cohort.mean(path.changes.cohort.probability)
    if any(isinstance(paid, Exact) for paid in contract.paid):
        return np.linspace(100 * LOWEST * base, 100 * HIGHEST * base, FEWER_POINTS)
    even = np.linspace(100 * LOWEST * base, 100 * HIGHEST * base, POINTS)
    knots = [
        np.interp(from_clauses(clauses).at[:MOST_KNOTS] - standing, path.change[:, k], path.points)
        for k, (clauses, standing) in enumerate(zip(contract.clauses, contract.standing, strict=True))
    ]
    close = np.concatenate(knots)[:, None] + 100 * base * 1e-4 * np.arange(-3.0, 4.0)
    inside = close[(close > even[0]) & (close < even[-1])]
    return np.union1d(even, inside)


def spread(
    scenario: Scenario, contract: ResultsContract, path: Path, points: FloatArray, luck: Luck | None = None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ends of the 95% band of pay, and the chance of any, (points,) each; the contract's ``luck`` if known already."""
    change = path.at(points)
    known = chance_known(contract, change)
    if len(contract.metrics) == 1 and known is not None and not isinstance(contract.paid[0], ToppedUp | ToppedUpCount):
        noise = float(np.hypot(contract.noise[0], contract.of_baseline[0]))
        reach, rule = NORMAL_95 * noise, from_clauses(contract.clauses[0])
        at = change[:, 0] + contract.standing[0]
        low, high = (contract.value[0] * rule(at + sign * reach) for sign in (-1, 1))
        return low, high, known
    luck = luck or Luck.of(scenario, contract, path.changes, counted=known is None)
    low, high, drawn = along(luck, path, points, bands=True).T
    return low, high, drawn if known is None else known


def along(luck: Luck, path: Path, points: FloatArray, *, bands: bool) -> FloatArray:
    """What is drawn along a path, (points, kinds): the chance of any pay, after both ends of the band if ``bands``."""

    def drawn(some: IntArray) -> FloatArray:
        pay = luck.pay(path.at(points[some]), FEWER)
        found = [*np.quantile(pay, [0.025, 0.975], axis=1)] if bands else []
        return np.stack([*found, any_pay(luck.contract, pay)], axis=1)

    some, values = where_it_bends(drawn, points, DRAWN_POINTS)
    return np.asarray(PchipInterpolator(points[some], values)(points))


def results_paid(evaluation: Evaluation) -> ResultsPaid:
    """Everything the page on results shows, for one evaluation."""
    scenario, cohort, bent = evaluation.scenario, evaluation.cohort, evaluation.mechanics
    contract = contract_of(evaluation)
    path = Path.of(contract)
    change = path.changes.at(evaluation.account.response.effect(evaluation.incentives.chosen_hours))
    base = cohort.mean(cohort.probability)
    none = np.zeros_like(change)
    # No reward is below nothing; sums of them may be, by their last digits.
    rewarded = np.maximum(contract.rewards().expected(np.array([change, none])), 0.0)
    ends, luck = chance_known(contract, np.array([change, none])), None
    if ends is None:
        luck = Luck.of(scenario, contract, path.changes)
        ends = any_pay(contract, luck.pay(np.array([change, none])))
    pay = float(contract.expected(change))
    people = people_measured(scenario)
    return ResultsPaid(
        curve=curve(scenario, contract, path, luck),
        base=base,
        measured=people,
        noise_points=100 * np.sqrt(path.changes.spread_of_rate() / people) if people else 0.0,
        chosen=(path.like(change, contract), pay),
        stops=stops(evaluation, path, contract),
        from_minimum=bent is None or bent.equilibrium.chosen is bent.equilibrium.from_minimum,
        factor=bent.factor if bent else 1.0,
        pay=pay,
        rewards=float(rewarded[0]),
        luck=float(rewarded[1]),
        chance=float(ends[0]),
        chance_of_luck=float(ends[1]),
    )


def stops(evaluation: Evaluation, path: Path, contract: ResultsContract) -> tuple[Stop, ...]:
    """Every place where nothing pays better nearby, least support first; none where pay is linear."""
    bent, mean = evaluation.mechanics, evaluation.cohort.mean
    rests = bent.equilibrium.rests if bent else ()
    return tuple(Stop(path.like(r.change, contract), r.pay, mean(r.hours), r.profit) for r in rests)


def contract_of(evaluation: Evaluation) -> ResultsContract:
    """How the evaluated contract pays results, with its clauses if it has any."""
    bent = evaluation.mechanics
    return bent.contract if bent else settled(evaluation, evaluation.scenario)


def settled(evaluation: Evaluation, scenario: Scenario) -> ResultsContract:
    """The results pay of an evaluation's people and prices, under the clauses of a ``scenario``."""
    least = least_hours(scenario, evaluation.incentives.benchmark_hours)
    return results_pay.settle(scenario, evaluation.terms, evaluation.cohort, least)


def by_area(evaluation: Evaluation) -> dict[str, ResultsCurve]:
    """The same contract in each of `AREAS`."""
    path = Path.of(contract_of(evaluation))
    return {name: curve(*in_area(evaluation, name), path) for name in AREAS}


def chance_in_area(evaluation: Evaluation, name: str) -> ChanceOfPay:
    """The chance of any pay in one of `AREAS`: that of its `ResultsCurve`, in a fifth of the work."""
    path, (scenario, contract) = Path.of(contract_of(evaluation)), in_area(evaluation, name)
    points = grid(contract, path)
    chance = chance_known(contract, path.at(points))
    if chance is None:
        chance = along(Luck.of(scenario, contract, path.changes), path, points, bands=False)[:, 0]
    return ChanceOfPay(points, np.clip(chance, 0.0, 1.0))


def in_area(evaluation: Evaluation, name: str) -> tuple[Scenario, ResultsContract]:
    """The same contract in one of `AREAS`, where so many people are measured in a year."""
    people, period = AREAS[name]
    scenario = evaluation.scenario.with_(measured_people=people, measured_period=period)
    contract = settled(evaluation, scenario)
    # At some dozens of changes and never again: a table of each would be twice the work.
    once = tuple(replace(paid, once=True) if type(paid) is Exact else paid for paid in contract.paid)
    return scenario, replace(contract, paid=once)
