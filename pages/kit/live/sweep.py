"""A slider at a few of its positions at a time: each is an evaluation of its own, as on release."""

from dataclasses import replace
from functools import lru_cache
from time import thread_time

from pages.kit import kept
from pages.kit.cost.limits import TIMES
from pages.kit.live.preview import Preview, Previewed
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation, evaluate
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import BESIDE, Scenario, specs
from pricing.scenario.spec import Spec

AT_ONCE = 3
"""Positions worked out in answer to one request, in 25 to 50 ms: the next ones are asked for as these arrive."""
PORTION = 0.05
"""Seconds of processor that a portion is likely to take."""
TOGETHER = 3
"""Portions in one question after the first: a question has its own price, and only the first is waited for."""
FEWER_AT_ONCE = {"promise_floor": 2, "promise_people": 2}
"""The same for sliders of which each position is a question to be solved, in 30 to 60 ms."""
SLOWEST = 0.06 * TIMES
"""Seconds of processor that a position may take, more where fewer are worked out at once. Where two of a portion take
more, which is no pause of the process but the contract, the picture waits for the slider's release."""
MOST_PORTIONS = 384
"""Portions kept per process, some ten kilobytes each."""


def at_once(name: str) -> int:
    """How many positions of a slider are worked out in answer to one request."""
    return FEWER_AT_ONCE.get(name, AT_ONCE)


def together(name: str) -> int:
    """How many portions a browser asks for at a time, once the first has come."""
    return 1 if name in FEWER_AT_ONCE else TOGETHER


def count(spec: Spec) -> int:
    """How many positions a slider has."""
    return round((spec.high - spec.low) / spec.step) + 1


def value(spec: Spec, position: int) -> float:
    """What a slider stands at, at a position counted from 0."""
    return round(spec.low + position * spec.step, 10)


@lru_cache(maxsize=256)
def without(scenario: Scenario, name: str, *, whole: bool = False) -> Scenario:
    """What all positions of a slider have in common: the price alone or all of it, with that parameter set aside."""
    return (scenario if whole else scenario.price_alone()).with_(**{name: specs()[name].low})


def evaluated(common: Scenario, cohort: Cohort, name: str, position: int) -> Evaluation:
    """A scenario with a slider at a position; one of those beside the price leaves the price as it is."""
    spec = specs()[name]
    scenario = common.with_(**{name: value(spec, position)})
    if spec.group in BESIDE:
        return replace(kept.of(common.price_alone(), cohort), scenario=scenario)
    return evaluate(scenario, cohort)


@kept.kept(MOST_PORTIONS)
def swept(common: Scenario, cohort: Cohort, name: str, portion: int, shown: Previewed) -> dict[int, Preview]:
    """What a page shows at the positions of a portion, by position; without those that have no meaning.

    Empty where the contract is too slow to be followed.
    """
    few, found, slow = at_once(name), {}, 0
    for position in range(portion * few, min((portion + 1) * few, count(specs()[name]))):
        began = thread_time()
        try:
            found[position] = shown.at(evaluated(common, cohort, name, position))
        except ExplorerError:
            continue
        slow += thread_time() - began > SLOWEST * AT_ONCE / few
        if slow > 1:
            return {}
    return found
