"""One-way sensitivity of the verdict: each assumption from low to high, the others central, and its turning value.

The verdict is whether an extra £1 of needed support pays back £1 over everyone. All cells are used, not strata.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq

from pricing.evaluate import Evaluation, evaluate
from pricing.people.cohort import Cohort
from pricing.people.risk_curves import rate_from_probability
from pricing.price.incentives import Account
from pricing.price.outcomes import Response
from pricing.price.support_hours import benchmark_hours, least_hours
from pricing.questions.how_sure.anew import Anew, Assume
from pricing.questions.how_sure.assumed_ranges import (
    IMPLIED_ALPHA,
    NEED,
    NEED_RANGE,
    RANGES,
    AssumedRange,
    Effects,
    Ends,
    alpha_around,
    around,
)
from pricing.resources.pause import pause
from pricing.scenario.scenario import Scenario, specs

ALPHA = "implied_alpha"
MULTIPLES = ("max_effect", "hours_scale")
"""Assumptions with no natural end: a turning value is looked for from a tenth to ten times the central value, as far as
a scenario accepts it."""
FURTHEST = 10.0
STEPS = 8
"""Steps in which each side of the central value is searched for the turning value nearest to it; one where the search
stays inside the assumed range."""

HALVINGS = 20
"""Times that a stretch is halved at whose end the payback ceases to be known."""


@dataclass(frozen=True)
class Swing:
    """One assumption moved through its range.

    ``ends`` in its own unit; ``at_low`` and ``at_high`` the payback over everyone, £ per extra £1; ``turns_at`` the
    value nearest to the central one at which the payback is £1, nan where none was found between ``searched``.
    """

    name: str
    declared: AssumedRange
    ends: Ends
    at_low: float
    at_high: float
    turns_at: float
    searched: tuple[float, float]

    @property
    def width(self) -> float:
        """How far the payback moves, £."""
        return abs(self.at_high - self.at_low)

    @property
    def turns_inside(self) -> bool:
        """Whether the verdict turns inside the assumed range."""
        return self.ends.low <= self.turns_at <= self.ends.high


def tornado(evaluation: Evaluation) -> tuple[Swing, ...]:
    """Every assumption that is drawn, and what people need, the one that moves the payback most first."""
    anew = Anew.of(evaluation) if evaluation.mechanics is not None and evaluation.payback > 0 else None
    found = [swing(evaluation, name, anew) for name in RANGES]
    if evaluation.scenario.benchmark == "fair_share":
        found += need_swing(evaluation, anew)
    declared = implied_alpha(evaluation)
    if declared is not None:
        found.append(alpha_swing(evaluation, declared, anew))
    return tuple(sorted(found, key=lambda one: -one.width if one.width == one.width else 0.0))


def implied_alpha(evaluation: Evaluation) -> float | None:
    """The alpha by which these people's reoffences are implied; none where they were counted or given."""
    fitted = evaluation.cohort.fitted
    return None if fitted is None else fitted.declaration.implied_alpha


def swing(evaluation: Evaluation, name: str, anew: Anew | None) -> Swing:
    """One assumption on how support works."""
    scenario = evaluation.scenario
    ends = around(name, scenario)
    central = Effects(**{key: getattr(scenario, key) for key in RANGES})

    def at(value: float) -> float:
        return payback(evaluation, replace(central, **{name: value}))

    def assume(scenario: Scenario, people: Cohort, value: float) -> tuple[Scenario, Cohort]:
        return scenario.with_(**{name: value}), people

    low, high = specs()[name].low, specs()[name].high
    searched = max(low, ends.central / FURTHEST), min(high, ends.central * FURTHEST)
    found = swung(name, RANGES[name], ends, at, searched if name in MULTIPLES else (low, high))
    return replace(found, turns_at=when_set(evaluation, anew, assume, found.turns_at, (low, high)))


def need_swing(evaluation: Evaluation, anew: Anew | None) -> list[Swing]:
    """The budget that a fair share is of; none where at an end of its range nobody needs more than the minimum."""
    scenario, spec = evaluation.scenario, specs()[NEED]
    ends, central = around(NEED, scenario), Effects(**{key: getattr(scenario, key) for key in RANGES})

    def at(value: float) -> float:
        return payback(replace(evaluation, scenario=scenario.with_(**{NEED: value})), central)

    def assume(scenario: Scenario, people: Cohort, value: float) -> tuple[Scenario, Cohort]:
        return scenario.with_(**{NEED: value}), people

    if np.isnan(at(ends.low)):
        return []
    searched = ends.central / FURTHEST, min(spec.high, ends.central * FURTHEST)
    found = swung(NEED, NEED_RANGE, ends, at, searched)
    return [replace(found, turns_at=when_set(evaluation, anew, assume, found.turns_at, (spec.step, spec.high)))]


def when_set(
    evaluation: Evaluation, anew: Anew | None, assume: Assume, turns_at: float, accepted: tuple[float, float]
) -> float:
    """The turning value of a contract as it is settled anew at that value; nan where it does not turn the verdict.

    Where clauses bend pay, effective prices move with what is assumed: the value at frozen prices is where the search
    begins. A value that a scenario does not accept is none.
    """
    if not accepted[0] <= turns_at <= accepted[1]:
        return float("nan")
    if evaluation.mechanics is None:
        return turns_at
    return anew.turning(assume, turns_at, accepted) if anew else float("nan")


def alpha_swing(evaluation: Evaluation, declared: float, anew: Anew | None) -> Swing:
    """The implied alpha; the price is settled anew, since it is set on the reoffences that alpha implies."""

    def assume(scenario: Scenario, people: Cohort, alpha: float) -> tuple[Scenario, Cohort]:
        return scenario, replace(people, rate=rate_from_probability(people.probability, alpha))

    def at(alpha: float) -> float:
        return evaluate(*assume(evaluation.scenario, evaluation.cohort, alpha)).payback

    ends = alpha_around(declared)
    if anew is None:
        return swung(ALPHA, IMPLIED_ALPHA, ends, at, (ends.low, ends.high))
    low, high = (anew.exactly(assume, alpha) for alpha in (ends.low, ends.high))
    turns_at = float("nan")
    if (low - 1) * (high - 1) < 0:
        start = ends.low + (ends.high - ends.low) * (1 - low) / (high - low)
        turns_at = anew.turning(assume, start, (ends.low, ends.high))
    return Swing(ALPHA, IMPLIED_ALPHA, ends, low, high, turns_at, (ends.low, ends.high))


def swung(
    name: str, declared: AssumedRange, ends: Ends, at: Callable[[float], float], searched: tuple[float, float]
) -> Swing:
    """A swing from the payback ``at`` any value of the assumption."""
    low, high = at(ends.low), at(ends.high)
    steps = 1 if searched == (ends.low, ends.high) else STEPS
    # A range of parts of nothing has no width, and tells nothing of what lies outside of it.
    moves = low != high or ends.low == ends.high
    turns = turning_value(at, ends.central, searched, steps) if moves else float("nan")
    return Swing(name, declared, ends, low, high, turns, searched)


def payback(evaluation: Evaluation, effects: Effects) -> float:
    """Payback per extra £1 over everyone if support worked as in ``effects``; nan where nobody needs more.

    The price stays as settled: it is set on risks alone, whatever support achieves.
    """
    scenario, cohort = evaluation.scenario, evaluation.cohort
    account = Account(scenario, evaluation.schedule, Response.of(effects, cohort))
    needed = benchmark_hours(scenario, cohort, account.response, evaluation.mean_call)
    least = least_hours(scenario, needed)
    gained = account.results(needed) - account.results(least)
    # A sum, not a dot product: BLAS would start threads for vectors this long, in each of many calls.
    pay = scenario.present_value * float(np.sum(cohort.people * gained))
    cost = scenario.hour_cost * float(np.sum(cohort.people * (needed - least)))
    return pay / cost if cost > 0 else float("nan")


def turning_value(
    at: Callable[[float], float], central: float, searched: tuple[float, float], steps: int = STEPS
) -> float:
    """The value nearest to ``central`` at which the payback ``at`` it is £1; nan where none is in ``searched``."""

    def over(value: float) -> float:
        return at(value) - 1.0

    start = over(central)
    if start == 0 or np.isnan(start):
        return central if start == 0 else float("nan")
    before, found = dict.fromkeys((0, 1), central), dict[int, float]()
    low, high = (known_up_to(over, central, end) for end in searched)
    for side, value in outward(central, (low, high), steps):
        nearest = min((abs(other - central) for other in found.values()), default=np.inf)
        if side in found or abs(before[side] - central) >= nearest:
            continue  # what lies further out on this side is no nearer
        pause()
        here = over(value)
        if here * start <= 0:
            found[side] = float(brentq(over, before[side], value, xtol=1e-12, rtol=1e-12))
        elif not np.isnan(here):
            before[side] = value
    return min(found.values(), key=lambda value: abs(value - central), default=float("nan"))


def known_up_to(over: Callable[[float], float], central: float, end: float) -> float:
    """The value furthest from ``central`` towards an ``end`` at which something is known; beyond it nobody needs more.

    Just before that few need more, who may turn the verdict: it is searched up to there.
    """
    if end == central or not np.isnan(over(end)):
        return end
    known, unknown = central, end
    for _ in range(HALVINGS):
        pause()
        middle = (known + unknown) / 2
        known, unknown = (known, middle) if np.isnan(over(middle)) else (middle, unknown)
    return known


def outward(central: float, searched: tuple[float, float], steps: int) -> Iterator[tuple[int, float]]:
    """Values to try, step by step further from ``central``: side 0 below it, 1 above it."""
    by_ratio = searched[0] > 0 and central > 0
    for step in range(1, steps + 1):
        for side, end in enumerate(searched):
            if end != central:
                share = step / steps
                yield side, central * (end / central) ** share if by_ratio else central + share * (end - central)
