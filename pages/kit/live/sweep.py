"""A slider of the price at a few of its positions at a time: each is an evaluation of its own, as on release."""

from time import thread_time

from pages.kit import kept
from pages.kit.live.preview import Preview, Previewed
from pricing.errors import ExplorerError
from pricing.evaluate import evaluate
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import Scenario, specs
from pricing.scenario.spec import Spec

AT_ONCE = 7
"""Positions worked out in answer to one request, in 30 to 100 ms: the next ones are asked for as these arrive."""
SLOWEST = 0.06
"""Seconds of processor that a position may take. Where two of a portion take more, which is no pause of the process but
the contract, the picture waits for the slider's release."""


def count(spec: Spec) -> int:
    """How many positions a slider has."""
    return round((spec.high - spec.low) / spec.step) + 1


def value(spec: Spec, position: int) -> float:
    """What a slider stands at, at a position counted from 0."""
    return round(spec.low + position * spec.step, 10)


def without(scenario: Scenario, name: str) -> Scenario:
    """What all positions of a slider have in common: the price alone, with that parameter set aside."""
    return scenario.price_alone().with_(**{name: specs()[name].low})


@kept.kept()
def swept(common: Scenario, cohort: Cohort, name: str, portion: int, shown: Previewed) -> dict[int, Preview]:
    """What a page shows at the positions of a portion, by position; without those that have no meaning.

    Empty where the contract is too slow to be followed.
    """
    spec = specs()[name]
    found, slow = {}, 0
    for position in range(portion * AT_ONCE, min((portion + 1) * AT_ONCE, count(spec))):
        began = thread_time()
        try:
            found[position] = shown.at(evaluate(common.with_(**{name: value(spec, position)}), cohort))
        except ExplorerError:
            continue
        slow += thread_time() - began > SLOWEST
        if slow > 1:
            return {}
    return found
