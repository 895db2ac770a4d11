"""Long work goes through pauses: the watcher that looks for stretches without one, and loops that had none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmarks import stretches
from benchmarks.stretches import Stretches
from pricing.contract.cohort_change import Changes
from pricing.contract.counted.events import Events
from pricing.contract.payment_rule import PaymentRule
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.small_provider import volumes
from pricing.questions.small_provider.luck.joint import each_number
from pricing.resources.pause import pause, watched
from pricing.scenario.scenario import Scenario


def test_the_longest_stretch_is_told_with_both_of_its_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    # Time is read as the work begins, and twice at each pause: before what is noted there, and after.
    times = iter([0.0, 1.0, 1.0, 4.0, 9.0, 11.0, 11.0])
    monkeypatch.setattr(stretches, "thread_time", lambda: next(times))
    found = Stretches(since=stretches.thread_time())
    for place in ("one", "other", "the end"):
        found.pause(place)
    assert (found.met, found.longest, found.between) == (2, 3.0, ("one", "other"))
    assert found.said() == "3.00 s without a pause, from one to other"


def test_what_stands_before_the_first_pause_and_after_the_last_counts() -> None:
    with stretches.stretches() as found:
        pass
    assert found.met == 0
    assert found.between == ("the beginning", "the end")
    with stretches.stretches() as found:
        pause()
    assert found.met == 1
    assert found.place == "the end"


def test_a_place_is_that_of_the_work() -> None:
    with stretches.stretches() as found:
        pause()
        assert found.place.startswith("test_stretches:")


def counted_events() -> None:
    changes = Changes.of(Scenario(), shipped.load("georgia_parole"), ("frequency",))
    count = Events.like(changes, "frequency", 12_000)
    count.means(np.linspace(-0.2, 0.6, 40), np.stack([count.changes]))


def many_places_of_a_ladder() -> None:
    at = np.linspace(-1, 1, 3000)
    rule = PaymentRule(0.0, 1.0, at, np.full_like(at, 1e-3), np.zeros_like(at))
    rule.marginal(np.linspace(-0.5, 0.5, 5000), 0.1)


def years_of_several_numbers() -> None:
    people = shipped.load("greater_manchester")
    evaluation = evaluate(Scenario(metric="frequency", clients=40, volume_spread=0.3), people)
    each_number(volumes.of(evaluation, "needed").clients, 0.2)


LOOPS: dict[Callable[[], Any], int] = {
    counted_events: 40 + 1,
    many_places_of_a_ladder: 5,
    years_of_several_numbers: 3 * 3,
}
"""Work, and the steps that it certainly has."""


@pytest.mark.parametrize("work", LOOPS, ids=lambda work: work.__name__)
def test_every_step_is_a_pause(work: Callable[[], Any]) -> None:
    met = 0

    def seen() -> None:
        nonlocal met
        met += 1

    with watched(seen):
        work()
    assert met >= LOOPS[work]
