"""The table of the shipped cohorts: what each kind of price costs, each found by another way from the people alone."""

from functools import cache, cached_property
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog, minimize_scalar

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.cheapest import covering, left_out, limits, patterns, specify
from pricing.questions.cheapest.answer import Answer, answer
from pricing.scenario.scenario import Scenario
from tests.pricing.questions.cheapest import by_hand

SMALLEST = 30
CASES = [
    ("greater_manchester", "binary"),
    ("greater_manchester", "frequency"),
    ("georgia_parole", "binary"),
    ("georgia_parole", "frequency"),
]
COSTS = {
    ("greater_manchester", "binary"): {"own": 2498, "table": 2505, "explorer": 2518, "bands": 2530, "flat": 2937},
    ("greater_manchester", "frequency"): {"own": 2488, "table": 4292, "explorer": 4415, "bands": 2529, "flat": 4415},
    ("georgia_parole", "binary"): {"own": 2500, "table": 2510, "explorer": 2527, "bands": 2556, "flat": 4492},
    ("georgia_parole", "frequency"): {"own": 2499, "table": 5575, "explorer": 6185, "bands": 2601, "flat": 6996},
}
SHARES = {
    ("greater_manchester", "binary"): {"own": 0.79, "table": 0.80, "explorer": 0.84, "flat": 1.0},
    ("greater_manchester", "frequency"): {"own": 0.76, "table": 1.0, "explorer": 1.0, "flat": 1.0},
    ("georgia_parole", "binary"): {"own": 0.79, "table": 0.82, "explorer": 0.86, "flat": 1.0},
    ("georgia_parole", "frequency"): {"own": 0.79, "table": 1.0, "explorer": 1.0, "flat": 1.0},
}


class Rows:
    """Groups of a cohort from its people alone, without the package; arrays (groups,)."""

    def __init__(self, people: Cohort, metric: str) -> None:
        needs, decile, number = people.needs, people.deciles["overall"], people.people
        effect_at_most, scale = 0.5 * (1 - 0.36 * (10 - decile) / 9), 50 * (1 + 0.2 * needs)
        call = (0.25 + people.probability) * (1 + 0.35 * needs)
        spare = (by_hand.VALUE - by_hand.CASE) / by_hand.COST
        hours = np.maximum(spare * call / np.average(call, weights=number), by_hand.MINIMUM)

        def units(x: FloatArray | float) -> FloatArray:
            effect = effect_at_most * (1 - np.exp(-x / scale))
            odds = people.probability / (1 - people.probability) * np.exp(-effect)
            fall = people.probability - odds / (1 + odds)
            return np.asarray(fall if metric == "binary" else people.rate * (1 - np.exp(-effect)))

        keys, code = np.unique(np.column_stack([needs, decile]), axis=0, return_inverse=True)
        sums = [
            np.array([float(np.sum((number * values)[code.ravel() == group])) for group in range(len(keys))])
            for values in (np.ones_like(number), hours, units(hours), units(by_hand.MINIMUM))
        ]
        self.people, (self.needs, self.tenth) = sums[0], keys.T
        self.share, self.large = sums[0] / sums[0].sum(), sums[0] >= SMALLEST
        self.gained = sums[2] - sums[3]
        self.required = by_hand.COST * (sums[1] - by_hand.MINIMUM * sums[0]) / (by_hand.PV * self.gained)
        self.paid = sums[2] / sums[0].sum()
        self.cost = float(by_hand.CASE + by_hand.COST * sums[1].sum() / sums[0].sum())

    def flat(self) -> float:
        return float(self.required[self.large].max() * self.paid.sum())

    def own(self) -> float:
        """The pay of large groups that are paid just what they require."""
        return float((self.required * self.paid)[self.large].sum())

    def covered(self, columns: FloatArray, most: FloatArray) -> float:
        """The least pot of prices that are ``columns`` (groups, terms) times terms with ``most @ terms <= 0``."""
        needed, large = self.required, self.large
        left = np.vstack([-columns[large], most])
        right = np.concatenate([-needed[large], np.zeros(len(most))]) / needed.max()
        found = linprog(self.paid @ columns, A_ub=left, b_ub=right, method="highs-ipm")
        return float(found.fun * needed.max()) if found.status == 0 else np.inf

    def table(self) -> float:
        further = self.needs[:, None] >= np.arange(1, 6)
        deprived = self.tenth[:, None] <= np.arange(1, 10)
        columns = np.hstack([np.ones((len(self.needs), 1)), further, deprived]).astype(float)
        return self.covered(columns, np.zeros((0, columns.shape[1])))

    @cached_property
    def explorer(self) -> float:
        """The best multiplier of each shape by a coarse grid, and about its best two by golden section."""
        reach = {"line": (10 - self.tenth) / 9, "steep": ((10 - self.tenth) / 9) ** 2, "worst_fifth": self.tenth <= 2}
        of_needs = np.column_stack([np.ones_like(self.needs), self.needs, self.needs >= 3]).astype(float)
        most = np.array([[-1.0, 1, 0], [-2, 0, 1]])

        def pot(multiplier: float, at: FloatArray) -> float:
            return self.covered(of_needs * (1 + (multiplier - 1) * at)[:, None], most)

        best = np.inf
        for at in map(np.asarray, reach.values()):
            grid = np.linspace(1, 3, 21)
            pots = [pot(float(one), at) for one in grid]
            for near in np.argsort(pots)[:2]:
                ends = (grid[max(near - 1, 0)], grid[min(near + 1, 20)])
                found = minimize_scalar(pot, bounds=ends, args=(at,), method="bounded", options={"xatol": 1e-6})
                best = min(best, float(found.fun), pots[near])
        return best

    def bands(self) -> float:
        """Three prices: every pair of cuts through the groups in order of what they require."""
        order = np.argsort(self.required[self.large])
        needed, paid = self.required[self.large][order], self.paid[self.large][order]
        upto = np.concatenate([[0.0], np.cumsum(paid)])

        def pot(cuts: tuple[int, ...]) -> float:
            ends = [0, *cuts, len(needed)]
            return sum(needed[b - 1] * (upto[b] - upto[a]) for a, b in pairwise(ends))

        return float(min(pot(cuts) for cuts in combinations(range(1, len(needed)), 2)))


@cache
def alone(cohort: str, metric: str) -> Rows:
    return Rows(shipped.load(cohort), metric)


@cache
def asked(cohort: str, metric: str) -> Answer:
    return answer(evaluate(Scenario(cohort=cohort, metric=metric), shipped.load(cohort)))


@pytest.mark.parametrize(("cohort", "metric"), CASES)
def test_what_each_kind_of_price_costs(cohort: str, metric: str) -> None:
    """Known numbers, and the same from the people alone: other formulas, another solver, another search."""
    found, rows = asked(cohort, metric), alone(cohort, metric)
    kept, needed, there = found.kept, found.kept["own"].required, found.protected
    bands = covering.bands(found.ground, needed, there, 3)
    costs = {name: one.cost for name, one in kept.items()} | {"bands": limits.total(found.ground, bands.pot)}
    assert {name: round(cost) for name, cost in costs.items()} == COSTS[cohort, metric]
    assert {name: one.share for name, one in kept.items()} == pytest.approx(SHARES[cohort, metric], abs=0.005)
    assert found.ground.mean_cost == pytest.approx(rows.cost, rel=1e-12)
    np.testing.assert_allclose(needed[0][there], rows.required[rows.large], rtol=1e-12)
    assert kept["flat"].found.pot == pytest.approx(rows.flat(), rel=1e-12)
    assert kept["table"].found.pot == pytest.approx(rows.table(), rel=1e-7)
    assert kept["explorer"].found.pot == pytest.approx(rows.explorer, rel=1e-6)
    # Smaller groups are paid like their neighbours: what is least is the pay of those who are promised something.
    for schedule, least in ((bands, rows.bands()), (kept["own"].found, rows.own())):
        pay = float((found.ground.share * found.ground.units * schedule.prices)[0, there].sum())
        assert pay == pytest.approx(least, rel=1e-9)


PRESENT = {
    ("greater_manchester", "binary"): (0.303, 0.875, 2682),
    ("greater_manchester", "frequency"): (0.248, 0.995, 2887),
    ("georgia_parole", "binary"): (0.233, 1.001, 2839),
    ("georgia_parole", "frequency"): (0.166, 1.257, 2954),
}


@pytest.mark.parametrize(("cohort", "metric"), CASES)
def test_what_the_price_as_it_stands_pays_back(cohort: str, metric: str) -> None:
    """The lowest and the highest payback of a large group; the price in force over what a group requires is another."""
    found = asked(cohort, metric)
    payback = found.evaluation.pooled(found.ground.codes, len(found.protected))["payback"][found.protected]
    told = (*np.round([payback.min(), payback.max()], 3), round(found.today))
    assert told == PRESENT[cohort, metric]
    price = found.evaluation.terms.unit_prices[metric]
    np.testing.assert_allclose(payback, price / found.kept["own"].required[0][found.protected], rtol=1e-9)


PROMISED = [
    ({}, 2518.0),
    ({"promise": "last_pound"}, 2996.8),
    ({"promise": "most_people"}, 2903.5),
    ({"promise": "most_people", "promise_people": 0.9}, 7304.2),
    ({"promise": "no_loss"}, 2708.5),
    ({"promise_floor": 0.5}, 2379.0),
    ({"promise_floor": 0.75}, 2448.5),
    ({"promise_floor": 0.9}, 2490.2),
    ({"smallest_group": 60.0}, 2512.6),
    ({"smallest_group": 100.0}, 2498.4),
    ({"benchmark": "socially_worthwhile"}, 3811.3),
    ({"benchmark": "guideline"}, 5176.7),
]


@pytest.mark.parametrize(("changes", "cost"), PROMISED, ids=str)
def test_what_other_questions_cost(changes: dict[str, Any], cost: float) -> None:
    """Greater Manchester, the explorer's premiums: held through ``evaluate``, as every answer is."""
    found = answer(evaluate(Scenario(**changes), shipped.load("greater_manchester")))
    assert found.family == "explorer"
    assert found.chosen.cost == pytest.approx(cost, abs=0.05)


def test_one_mix_of_two_measures_does_what_premiums_do() -> None:
    people = shipped.load("greater_manchester")
    found = answer(evaluate(Scenario(metric="blend", blend_severity=0.0, blend_progress=0.0), people))
    binary, frequency = Rows(people, "binary"), Rows(people, "frequency")
    large, least = binary.large, np.inf
    pair = np.column_stack([binary.required, frequency.required])[large]
    # The cheapest mix meets two groups' requirements exactly, or is one measure alone.
    for one, other in combinations(range(len(pair)), 2):
        sides = 1 / pair[[one, other]]
        if abs(np.linalg.det(sides)) > 1e-18:
            mix = np.linalg.solve(sides, np.ones(2))
            if mix.min() >= 0 and np.all((mix / pair).sum(axis=1) >= 1 - 1e-9):
                least = min(least, float(mix @ [binary.paid.sum(), frequency.paid.sum()]))
    least = min(least, binary.flat(), frequency.flat())
    assert found.kept["flat"].found.pot == pytest.approx(least, rel=1e-9)
    assert found.kept["flat"].cost == pytest.approx(2518.1, abs=0.05)
    assert found.check is not None
    assert found.check.totals["parked_people"] / 8000 == pytest.approx(0.43, abs=0.005)


LEFT_OUT = {
    "greater_manchester": {
        "explorer": [1.0, 1.0, 0.86, 0.65, 0.36, 0.11, 0.0],
        "most_people": [0.60, 0.34, 0.23, 0.13, 0.05, 0.0, 0.0],
    },
    "georgia_parole": {"explorer": [1.0, 0.93, 0.82, 0.75, 0.56, 0.24, 0.018]},
}
LIMITED_TO = (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85)
FLOORS = {
    "greater_manchester": [0.218, 0.448, 0.568, 0.691, 0.818, 0.948, 1.0],
    "georgia_parole": [0.211, 0.434, 0.550, 0.670, 0.793, 0.919, 0.984],
}


@pytest.mark.parametrize("cohort", shipped.names())
def test_whom_a_limit_on_results_leaves_out(cohort: str) -> None:
    """And what is left of the promise under the cheapest pattern: its level goes with the pot that is allowed."""
    found, rows = asked(cohort, "binary"), alone(cohort, "binary")
    ground, late = found.ground, 1 - by_hand.PV
    lost = left_out.frontier(ground, found.chosen.required[0], found.protected, patterns.of(ground))
    at = [int(np.argmin(np.abs(left_out.SHARES - share))) for share in LIMITED_TO]
    for way, known in LEFT_OUT[cohort].items():
        assert lost[way][at] == pytest.approx(known, abs=0.0075), way
    each = (rows.required * rows.paid)[rows.large]
    cheapest_first, needed = np.argsort(each / rows.people[rows.large]), rows.explorer
    for share, floor, own in zip(LIMITED_TO, FLOORS[cohort], lost["most_people"][at], strict=True):
        allowed = by_hand.bisected(lambda pot, share=share: pot >= share * (rows.cost + late * pot), 0, 5000)  # type: ignore[misc]
        assert found.floor_within(limits.by_share(ground, share)) == pytest.approx(floor, abs=5e-4)
        assert min(1.0, allowed / needed) == pytest.approx(floor, abs=5e-4)
        in_order = rows.people[rows.large][cheapest_first]
        fits = in_order[np.cumsum(each[cheapest_first]) <= allowed]
        # Those who do not fit are passed over for a later group that does: never fewer, by one group at most or so.
        assert own <= 1 - fits.sum() / in_order.sum() + 1e-9
        assert own >= 1 - fits.sum() / in_order.sum() - 2 * in_order.max() / in_order.sum()


BREAK_EVEN = {
    ("greater_manchester", "binary"): (0.170, 0.242),
    ("greater_manchester", "frequency"): (0.168, 0.219),
    ("georgia_parole", "binary"): (0.170, 0.237),
}


@pytest.mark.parametrize(("cohort", "metric"), BREAK_EVEN)
def test_the_checking_cost_at_which_both_ways_cost_as_much(cohort: str, metric: str) -> None:
    found, rows = asked(cohort, metric), alone(cohort, metric)
    even = specify.break_even(found.ground)[found.protected]
    assert (even.min(), even.max()) == pytest.approx(BREAK_EVEN[cohort, metric], abs=5e-4)
    wait = (1 - by_hand.PV) * rows.required * rows.paid / rows.share
    extra = by_hand.PV * rows.required * rows.gained / rows.people
    np.testing.assert_allclose(even, (wait / extra)[rows.large], rtol=1e-9)
