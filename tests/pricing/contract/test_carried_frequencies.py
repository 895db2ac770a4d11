"""Frequencies that carry nothing are left out of counted sums: what all of them give is the same."""

from typing import Any

import numpy as np
import pytest

from pricing.contract.cohort_change import Changes
from pricing.contract.counted import lattice_sum
from pricing.contract.counted.events import Events
from pricing.contract.counted.lattice_sum import LEFTS
from pricing.contract.counted.offenders import Offenders
from pricing.contract.counted.tries import Tries
from pricing.contract.pay_under_luck import TABLED
from pricing.people import shipped
from pricing.scenario.scenario import Scenario

SETTINGS: tuple[dict[str, Any], ...] = (
    {"who_comes": "drawn"},
    {"who_comes": "drawn", "target": "own"},
    {"who_comes": "drawn", "target": "one", "need_premium": 0.4},
    {"who_comes": "mix", "need_premium": 0.4},
)
AT = (-0.2, -0.03, 0.0, 0.11, 0.4, 0.65)
"""True changes inside those at which it is looked what is carried."""


@pytest.mark.parametrize("size", [3, 400, 4000])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_how_many_reoffend_and_how_often(settings: dict[str, Any], size: int) -> None:
    scenario = Scenario(uplift_applies_to="results", **settings)
    changes = Changes.of(scenario, shipped.load("greater_manchester"), ("frequency", "binary"))
    people = Offenders.like(changes, size)
    for change in AT[::2]:
        found = people.given(change)
        every = people._back(people._sums(change))
        np.testing.assert_allclose(found[0], np.maximum(every[0], 0.0), rtol=0, atol=1e-12)
        likely = every[0] > 1e-9
        mean = 1 - every[1][likely] / every[0][likely] / (size * people.means[0])
        np.testing.assert_allclose(found[1][likely], mean, rtol=0, atol=1e-6)


def test_of_many_people_few_frequencies_carry_anything() -> None:
    changes = Changes.of(Scenario(), shipped.load("greater_manchester"), ("frequency", "binary"))
    people = Offenders.like(changes, 4000)
    assert people._carried < 0.1 * people._sums(0.0).shape[1]


COUNTED: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("frequency", 12_000, {"who_comes": "drawn"}),
    ("frequency", 40, {"who_comes": "drawn", "target": "own", "need_premium": 0.4}),
    ("frequency", 700, {"who_comes": "mix", "need_premium": 0.4}),
    ("severity", 2500, {"who_comes": "drawn", "need_premium": 0.4}),
    ("severity", 60, {"who_comes": "mix"}),
    ("binary", 900, {"who_comes": "drawn", "target": "one", "need_premium": 0.4}),
    ("binary", 80, {"who_comes": "drawn", "target": "one", "need_premium": 0.4, "area_multiplier": 2.2}),
    ("progress", 300, {"who_comes": "drawn"}),
)


@pytest.mark.parametrize(("metric", "size", "settings"), COUNTED, ids=str)
def test_what_events_and_tries_come_to(metric: str, size: int, settings: dict[str, Any]) -> None:
    scenario = Scenario(uplift_applies_to="results", **settings)
    changes = Changes.of(scenario, shipped.load("greater_manchester"), (metric,))
    count = (Tries if metric in ("binary", "progress") else Events).like(changes, metric, size)
    _, points, first = count._lattice
    one = count._at(np.arange(points // 2 + 1))
    beyond = (*AT, 0.97)
    sums = [count._sum(*one, 1 - change, 2) for change in beyond]
    for at in (AT, beyond):
        whole_sums = sums[: len(at)]
        every = [np.roll(np.fft.irfft([pair[k] for pair in whole_sums], points), -first, axis=-1) for k in (0, 1)]
        np.testing.assert_allclose(count.chances(np.array(at)), every[0], rtol=0, atol=1e-13)
        values = np.stack([np.maximum(count.changes, 0.1), (count.changes > 0.05).astype(float)])
        for found, whole in zip(count.means_and_slopes(np.array(at), values), every, strict=True):
            np.testing.assert_allclose(found, whole @ values.T, rtol=0, atol=1e-10)
        np.testing.assert_allclose(count.means(np.array(at), values), every[0] @ values.T, rtol=0, atol=1e-10)


@pytest.mark.parametrize("metric", ["severity", "progress"])
def test_a_piece_of_the_frequencies_is_what_all_of_them_are(metric: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = Changes.of(Scenario(who_comes="drawn"), shipped.load("greater_manchester"), (metric,))
    count = (Tries if metric == "progress" else Events).like(changes, metric, 90)
    one = count._at(np.arange(1000))
    parts, alone = count._sum(*one, 0.8, 2), count._sum(*one, 0.8)[0]
    monkeypatch.setattr(lattice_sum, "NEAR_BY", one[0].size)
    np.testing.assert_allclose(parts, count._sum(*one, 0.8, 2), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(alone, parts[0], rtol=1e-12, atol=1e-14)


def test_where_frequencies_are_looked_at_holds_the_table() -> None:
    """Of the changes at which pay is tabulated, none is beyond those at which it is looked what is carried."""
    assert LEFTS[0] <= 1 - TABLED[1]
    assert 1 - TABLED[0] <= LEFTS[-1]
