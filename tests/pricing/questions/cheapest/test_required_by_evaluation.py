"""What a group requires, by brute force: just above it ``evaluate`` keeps the promise to the group, just below not."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.cheapest import ground, promises, required
from pricing.questions.cheapest.covering import Found, Premiums
from pricing.questions.cheapest.express import as_scenario
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.promises import Kept
from pricing.scenario.scenario import METRICS, Scenario, specs
from tests.examples import EXPLORING, in_turn

GROUPS = 2
BESIDE = (1 + 1e-6, 1 - 1e-4)
"""Times what is required: just above, where the promise holds, and just below, where it does not."""
LAST = 1e-6
"""Share of the needed hours that counts as the last £1 of them."""

ASKED: list[dict[str, Any]] = [
    *({"promise": promise} for promise in specs()["promise"].choices),
    {"promise": "most_people", "mission_weight": 0.02},
    {"promise": "most_people", "benchmark": "guideline", "contract_value": 4401.0},
]


def at_flat_price(given: Ground, price: float, fee: float) -> Scenario | None:
    """A fee and one price per unit for everyone, £, as a scenario, if there is one."""
    prices = np.full((1, len(given.people)), price)
    try:
        return as_scenario(given, Kept(Found(prices, given.pot(prices), Premiums(price)), prices, fee))
    except ScenarioError:
        return None


def promised(given: Ground, scenario: Scenario, group: int) -> tuple[float, float]:
    """What ``evaluate`` says of a group, and what it was promised."""
    asked = given.scenario
    if asked.promise == "last_pound":
        # All but the last of the hours are written down, so what is paid back is paid for the last.
        scenario = scenario.with_(specified_share=1 - LAST)
    found = evaluate(scenario, given.cohort)
    if asked.promise == "last_pound":
        return float(given.pooled(found.incentives.payback)[group]), asked.promise_floor
    if asked.promise == "payback":
        return float(found.pooled(given.codes, len(given.people))["payback"][group]), asked.promise_floor
    if asked.promise == "no_loss":
        return float(given.pooled(found.incentives.margin_at_benchmark)[group]), 0.0
    return enough(given, found, group), asked.promise_people


def enough(given: Ground, found: Evaluation, group: int) -> float:
    """The share of a group's people for whom it pays to give all the hours that they need."""
    all_of_them = found.incentives.chosen_hours >= found.incentives.benchmark_hours * (1 - 1e-9)
    return float(given.pooled(all_of_them.astype(float))[group])


def tried(given: Ground) -> Iterator[tuple[int, float, float]]:
    """A few groups, what each requires, £ per unit, and a fee beside which a scenario holds it; others to explore."""
    order = np.random.default_rng(None if EXPLORING else 14).permutation(np.flatnonzero(given.people >= 30))
    left, needed = GROUPS, promises.requirement(given)
    for group in order:
        if not left:
            return
        for fee in np.linspace(0.0, given.scenario.contract_value, 12)[:-1]:
            if given.scenario.promise == "no_loss":
                needed = required.no_loss(given, float(fee))
            price = float(needed[0, group])
            if 0 < price < np.inf and all(at_flat_price(given, price * times, float(fee)) for times in BESIDE):
                yield int(group), price, float(fee)
                left -= 1
                break


@pytest.mark.parametrize(
    ("asked", "cohort"),
    in_turn([(changes, metric) for changes in ASKED for metric in METRICS], shipped.names()),
    ids=lambda each: str(each) if isinstance(each, str) else "-".join(map(str, [*each[0].values(), each[1]])),
)
def test_the_promise_holds_just_above_what_is_required_and_not_just_below(
    asked: tuple[dict[str, Any], str], cohort: str
) -> None:
    changes, metric = asked
    given = ground.take(Scenario(cohort=cohort, metric=metric, target="own", **changes), shipped.load(cohort))
    groups = list(tried(given))
    assert groups
    for group, price, fee in groups:
        for times in BESIDE:
            scenario = at_flat_price(given, price * times, fee)
            assert scenario is not None
            got, least = promised(given, scenario, group)
            assert (got >= least - 1e-9) == (times > 1), (group, price, fee, got, least)
