"""What might turn a no into a yes, for a range of clients: set what is named, and it turns; nothing tried is better."""

import math
from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.small_provider import remedies, shares
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.with_partners import as_it_is, can_carry
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import examples

RICH: dict[str, float | str] = {"contract_value": 2600.0, "needed_budget": 2240.0}
PRIME: dict[str, float | str] = {"held": "prime", "prime_fee": 0.05}
GEORGIA, SIX = "georgia_parole", "six groups"
CASES: dict[str, tuple[str, dict[str, float | str]]] = {
    "own": (
        "greater_manchester",
        {**RICH, "clients": 24.0, "volume_spread": 0.15, "fixed_share": 0.3, "reserves": 3e4},
    ),
    "some on results, not none": ("greater_manchester", {"clients": 30.0, "volume_spread": 0.1, "reserves": 32e3}),
    "none would do": ("greater_manchester", {"clients": 50.0, "volume_spread": 0.3, "partners": 4.0}),
    "fees differ": (
        SIX,
        {**RICH, **PRIME, "clients": 12.0, "volume_spread": 0.2, "need_premium": 0.3, "reserves": 1e4},
    ),
    "pooled reoffences": (
        GEORGIA,
        {**RICH, "metric": "frequency", "target": "own", "partners": 3.0, "need_premium": 0.3, "volume_spread": 0.2},
    ),
    "progress": (GEORGIA, {**RICH, "metric": "progress", "clients": 10.0, "volume_spread": 0.2, "reserves": 1e4}),
    "pooled under a prime": (
        GEORGIA,
        {**RICH, **PRIME, "clients": 40.0, "volume_spread": 0.2, "reserves": 3e4, "partners": 2.0},
    ),
    "no limit": (
        SIX,
        {**RICH, "metric": "progress", "clients": 60.0, "volume_spread": 0.15, "most_lost": 0.0, "who_comes": "mix"},
    ),
    "reoffences under a prime": (
        SIX,
        {**RICH, **PRIME, "metric": "frequency", "clients": 10.0, "volume_spread": 0.2, "reserves": 1e4},
    ),
    "a mix": (SIX, {"clients": 20.0, "volume_spread": 0.24, "who_comes": "mix", "most_lost": 0.0, "partners": 3.0}),
    "a flat zone": (SIX, {**RICH, "flat_zone": "fixed", "clients": 24.0, "volume_spread": 0.2, "reserves": 3e4}),
    "quarters": (
        SIX,
        {**RICH, "flat_zone": "fixed", "measured_period": "quarter", "clients": 16.0}
        | {"volume_spread": 0.2, "reserves": 1e4},
    ),
    "all on results": (
        SIX,
        {
            "metric": "progress",
            "contract_value": 2400.0,
            "results_share": 1.0,
            "volume_spread": 0.1,
            "who_comes": "mix",
        },
    ),
}
NO_SHARE = {"none would do", "a mix", "reoffences under a prime"}
"""Of the cases, those in which no lower share would do."""
TRIED = 2
"""Shares beside the one that is named, and the next, at which the verdict is worked out."""


@pytest.mark.parametrize("name", CASES)
def test_what_is_named_turns_the_verdict_and_nothing_tried_is_better(name: str) -> None:
    people, changes = CASES[name]
    now = evaluate(Scenario(**changes), six_groups() if people == SIX else shipped.load(people))  # type: ignore[arg-type]
    scenario = now.scenario
    assert scenario.volume_spread
    assert not carried(now)

    named, high = remedies.enough_share(now).enough, math.ceil(scenario.results_share / shares.STEP)
    assert math.isnan(named) == (name in NO_SHARE)
    step = -1 if math.isnan(named) else round(named / shares.STEP)
    looked = {step, step + 1, *range(0, high, math.ceil(high / TRIED)), high - 1} & {*range(max(step, 0), high)}
    borne = [each for each in looked if carried(now, results_share=shares.share_at(each))]
    assert borne == [step] * (step >= 0)

    clients = remedies.enough_clients(now)
    turned = first(remedies.clients_tried(scenario), lambda number: carried(now, clients=number))
    assert clients.enough == pytest.approx(turned, nan_ok=True)
    if not math.isnan(turned):
        _, year = changed(now, clients=turned)
        luck = year.expected + year.worst_year
        assert clients.there == pytest.approx((year.expected, year.worst_year), abs=0.03 * luck)

    turned = first(remedies.partners_tried(scenario), lambda number: carried(now, partners=number))
    assert remedies.enough_partners(now).enough == pytest.approx(turned, nan_ok=True)


DIGITS = 1e-9
"""What the last digits of a difference may hide: a step that stands on 0 is asked for."""


@examples(200)
@given(
    st.integers(1, 200),
    st.floats(-20.0, 220.0),
    st.floats(0.05, 5.0),
    st.tuples(*[st.floats(0.05, 5.0)] * 2),
    st.floats(-1.0, 1.0),
)
@example(high=11, top=3.0, most=0.25, slopes=(1.0, 0.5), off=-1.0)  # a top between two steps that are looked at
def test_the_last_step_with_a_margin_is_found_by_what_is_rough(
    high: int, top: float, most: float, slopes: tuple[float, float], off: float
) -> None:
    """A margin that rises to ``most`` at its top, and falls: at the steps about it there may be none."""
    steps = np.arange(high)
    margins = most - np.where(steps < top, slopes[0], slopes[1]) * np.abs(steps - top)
    wanted = np.flatnonzero(margins >= 0)
    asked: list[int] = []

    def surely(step: int) -> float:
        asked.append(step)
        return float(margins[step])

    found = shares.last_carried(high, lambda step: float(margins[step]) + off, surely, (abs(off), DIGITS))
    assert found == (wanted[-1] if wanted.size else None)
    assert len(asked) <= 3


def test_a_share_is_told_only_where_its_own_year_says_so() -> None:
    """What is rough says yes to every step: each is set, and the search ends."""
    asked: list[int] = []

    def surely(step: int) -> float:
        asked.append(step)
        return -1.0

    assert shares.last_carried(40, lambda step: 1.0, surely, (0.0, 0.0)) is None
    assert asked == [39]


@lru_cache(maxsize=16)
def changed(now: Evaluation, **changes: float) -> tuple[Evaluation, Surplus]:
    """The price with other settings and its year, worked out from the beginning; some are asked for twice."""
    there = evaluate(now.scenario.with_(**changes), now.cohort)
    return there, as_it_is(there)


def carried(now: Evaluation, **changes: float) -> bool:
    """Whether the contract can be carried with these changes."""
    return can_carry(*changed(now, **changes))


def first(tried: Iterable[int], turns: Callable[[float], bool]) -> float:
    """The first number that turns the verdict; nan if none."""
    return next((float(number) for number in tried if turns(float(number))), math.nan)
