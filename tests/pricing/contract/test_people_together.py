"""What metrics come to together for a few people, against people who are drawn one by one from the words."""

import gc
import weakref
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from pricing.contract.cohort_change import Changes
from pricing.contract.counted import people_together
from pricing.contract.counted.people_together import MEASURES, PeopleTogether, in_line, luck_together, measures
from pricing.contract.even_points import even_points, scrambled
from pricing.contract.measured import LEAST_EXPECTED
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.results_paid import results_paid
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.pricing.contract.simulated import Crowd

KINDS = ("binary", "frequency", "severity", "progress")
CASES: list[tuple[str, int, dict[str, Any]]] = [
    ("gm", 5, {}),
    ("gm", 40, {"need_premium": 0.3}),
    ("gm", 12, {"target": "own", "need_premium": 0.3}),
    ("geo", 20, {"who_comes": "mix"}),
    ("geo", 3, {}),
    ("six", 8, {"who_comes": "mix", "target": "own"}),
    ("six", 150, {"need_premium": 0.5}),
]


def people_of(name: str) -> Cohort:
    shipped_names = {"gm": "greater_manchester", "geo": "georgia_parole"}
    return shipped.load(shipped_names[name]) if name in shipped_names else six_groups()


def together(name: str, settings: dict[str, Any]) -> Changes:
    return Changes.of(Scenario(metric="blend", **settings), people_of(name), KINDS)


@pytest.mark.parametrize(("name", "size", "settings"), [case for case in CASES if "who_comes" not in case[2]], ids=str)
def test_they_vary_as_the_formulas_say(name: str, size: int, settings: dict[str, Any]) -> None:
    changes = together(name, settings)
    found = PeopleTogether.like(changes, size).measured()
    small = 0.1 if size <= 40 else 0.04  # one person's long tail of harm
    wanted = size * changes.covariance()
    sd = np.sqrt(np.diag(wanted))
    for of_found, right, close in zip(found.std(axis=0), sd, (0.02, 0.04, 0.12, 0.02), strict=True):
        # In groups the tail of harm, which holds most of its variance and few of the ranks, is a tenth short.
        assert of_found == pytest.approx(right, rel=close)
    correlated = np.outer([METRICS[k].better for k in KINDS], [METRICS[k].better for k in KINDS]) * wanted
    assert np.corrcoef(found.T) == pytest.approx(correlated / np.outer(sd, sd), abs=small)


@pytest.mark.parametrize(("name", "size", "settings"), CASES, ids=str)
def test_good_luck_comes_together_as_it_does_for_people_drawn_one_by_one(
    name: str, size: int, settings: dict[str, Any]
) -> None:
    scenario = Scenario(metric="blend", **settings)
    people = people_of(name)
    number = min(60_000, 2_000_000 // size)
    crowd = Crowd(scenario, people, KINDS, np.zeros_like(people.rate))
    wanted = crowd.measured(size, number, np.random.default_rng(3)).T
    found = measures(together(name, settings), size)
    for share in (0.2, 0.5, 0.8):
        held, of_wanted = (better_than(values, share) for values in (found, wanted))
        for one, other in combinations(range(len(KINDS)), 2):
            both, right = (float((each[:, one] & each[:, other]).mean()) for each in (held, of_wanted))
            # Ranks that are shared stand on either side of a share: what that leaves is put between both.
            assert both == pytest.approx(right, abs=0.006 + 2 / number**0.5), (KINDS[one], KINDS[other], share)


def better_than(values: FloatArray, share: float) -> FloatArray:
    """Whether each is among the best ``share`` of its kind (number, kinds), those that are equal in a drawn order."""
    ties = np.random.default_rng(9).random(values.shape)
    place = np.empty(values.shape)
    for k in range(values.shape[1]):
        place[np.lexsort((ties[:, k], values[:, k])), k] = np.arange(len(values))
    return np.asarray(place >= (1 - share) * len(values))


def test_a_line_of_measures_holds_each_once_and_even_points_of_it_are_even_in_all_metrics() -> None:
    luck = np.random.default_rng(1)
    rows = luck.normal(size=(MEASURES, 4)) @ np.linalg.cholesky(0.5 * np.eye(4) + 0.5).T
    line = in_line(rows)
    assert np.array_equal(line[np.lexsort(line.T)], rows[np.lexsort(rows.T)])
    off = []
    for seed in range(3):
        even = scrambled(even_points(8192, 1), seed)[:, 0]
        some = line[(even * MEASURES).astype(np.int64)]
        off += [float((some > c).all(axis=1).mean() - (rows > c).all(axis=1).mean()) for c in np.linspace(-1.5, 0.5, 9)]
    # Of as many that are drawn by chance it is .0047.
    assert np.sqrt(np.mean(np.square(off))) < 0.003


def test_each_metric_has_even_luck_in_every_period() -> None:
    even = scrambled(even_points(8192, 3), 3)
    luck = luck_together(together("gm", {}), 7, even)
    assert luck.shape == (8192, 3, 4)
    ranked = np.sort(luck, axis=0)
    assert ranked == pytest.approx(np.broadcast_to(ranked[:, :1, :1], ranked.shape))
    across = np.corrcoef(luck.reshape(8192, 12).T)[:4, 4:8]
    assert np.abs(across).max() < 0.05  # one quarter's luck is not the next one's


def test_measures_are_drawn_once_for_the_same_people_and_do_not_outlive_them(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = together("six", {})
    first = measures(changes, 5)
    monkeypatch.setattr(people_together, "in_line", lambda scores: pytest.fail("drawn again"))
    assert measures(changes, 5) is first
    there = weakref.ref(changes)
    del changes
    gc.collect()
    assert there() is None


@pytest.mark.parametrize("size", [1.0, 3.0])
@pytest.mark.parametrize(("weights", "expected"), [((0.5, 0.5, 0, 0), LEAST_EXPECTED), ((0.5, 0, 0, 0.5), 1e-4)])
def test_what_hardly_ever_happens_goes_together_too(size: float, weights: tuple[float, ...], expected: float) -> None:
    # The same count in every draw has no correlation: 0 over 0 made the chance of pay undefined.
    people = six_groups()
    alike = np.full_like(people.rate, expected / size)
    rare = replace(people, probability=alike, rate=alike)
    blend = dict(zip((f"blend_{kind}" for kind in KINDS), weights, strict=True))
    found = results_paid(evaluate(Scenario(metric="blend", measured_people=size, threshold=0.1, **blend), rare))
    # Nearly always nobody reoffends, which pays.
    assert found.chance_of_luck > 0.8
    assert np.isfinite([found.chance, found.pay, *found.curve.chance]).all()
