"""Known numbers of the cheapest price on the six groups, each by two ways, and on the shipped cohorts."""

import doctest
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from pricing.errors import ScenarioError
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.cheapest import (
    covering,
    figures,
    ground,
    left_out,
    limits,
    own_premiums,
    patterns,
    promises,
    required,
    specify,
)
from pricing.questions.cheapest.answer import answer
from pricing.questions.cheapest.express import as_scenario
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.patterns import Patterns
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.pricing.questions.cheapest import by_hand

METRICS = ("binary", "frequency")
REQUIRED = {
    "binary": [58525.10, 48131.41, 53708.61, 66074.45, 80087.97, 141891.29],
    "frequency": [41991.43, 20312.27, 13843.92, 9904.78, 6734.39, 3906.78],
}
UNITS = {
    "binary": [0.011182, 0.023841, 0.033064, 0.037930, 0.042970, 0.034745],
    "frequency": [0.015684, 0.057030, 0.129635, 0.255779, 0.517355, 1.282548],
}
FOR_ALL_HOURS = {
    "binary": [64262.45, 57335.65, 68698.92, 90065.27, 116953.67, 227233.64],
    "frequency": [46397.80, 24721.00, 18427.30, 14311.89, 10757.31, 7344.27],
}
BREAK_EVEN = {
    "binary": [0.30435, 0.21728, 0.19066, 0.17864, 0.17132, 0.16555],
    "frequency": [0.30629, 0.21935, 0.19268, 0.18058, 0.17345, 0.16825],
}
BANDS = {
    "binary": [4380.7642, 2500.9466, 2167.8426, 2014.3917, 1989.0449, 1977.9652],
    "frequency": [8853.5586, 3282.8215, 2589.5886, 2337.7008, 2102.0211, 2000.0245],
}


def on_six(metric: str, **changes: float | str) -> tuple[Ground, FloatArray, BoolArray]:
    given = ground.take(Scenario(metric=metric, target="own", **changes), six_groups())
    return given, required.payback(given, 1.0), covering.protected_groups(given, 30)


@pytest.mark.parametrize("metric", METRICS)
def test_required_prices(metric: str) -> None:
    given, needed, _ = on_six(metric)
    np.testing.assert_allclose(needed[0], REQUIRED[metric], atol=0.005)
    np.testing.assert_allclose(needed[0], [row.required for row in by_hand.rows(metric)], rtol=1e-12)
    np.testing.assert_allclose(given.units[0], UNITS[metric], atol=5e-7)
    np.testing.assert_allclose(given.units[0], [row.units for row in by_hand.rows(metric)], rtol=1e-12)
    np.testing.assert_allclose(given.price_for_hours(metric), FOR_ALL_HOURS[metric], atol=0.005)
    np.testing.assert_allclose(
        given.price_for_hours(metric), [row.for_all_hours for row in by_hand.rows(metric)], rtol=1e-7
    )
    assert given.mean_cost == pytest.approx(2240, abs=1e-9) == by_hand.mean_cost(by_hand.rows(metric))


@pytest.mark.parametrize("metric", METRICS)
def test_the_providers_mission_is_worth_a_part_of_the_hours(metric: str) -> None:
    """What a reoffence costs society is felt in part: results pay for what that leaves of the last hour's cost."""
    for felt in (0.02, 0.1, 0.4):
        given, _, _ = on_six(metric, mission_weight=felt)
        avoided = [felt * 32000 * row.last for row in by_hand.rows("frequency")]
        rows = zip(by_hand.rows(metric), avoided, strict=True)
        left = [max(by_hand.COST - worth, 0.0) / (by_hand.PV * row.last) for row, worth in rows]
        np.testing.assert_allclose(given.price_for_hours(metric), left, rtol=1e-7)
        np.testing.assert_allclose(required.payback(given, 1.0), on_six(metric)[1])
    given, _, there = on_six(metric, mission_weight=1.0, social_cost=90000, promise="most_people")
    assert promises.keep(given, "flat", there).found.pot == 0


def test_who_needs_no_more_than_the_minimum_asks_for_no_price() -> None:
    given, _, _ = on_six("binary", benchmark="guideline", promise="most_people", minimum_hours=100)
    needs_more = given.needed_hours > 100
    assert 0 < needs_more.sum() < 6
    assert np.array_equal(promises.requirement(given)[0] > 0, needs_more)


def test_a_required_price_is_the_published_price_over_its_payback() -> None:
    found = evaluate(Scenario(), six_groups())
    _, needed, _ = on_six("binary")
    np.testing.assert_allclose(needed[0], 27807.78 / found.incentives.payback, rtol=1e-6)


@pytest.mark.parametrize("metric", METRICS)
def test_pots_of_each_family(metric: str) -> None:
    given, needed, there = on_six(metric)
    rows = by_hand.rows(metric)
    own, flat = covering.own(given, needed, there), covering.flat(given, needed, there)
    pots = {"binary": (1977.9652, 4380.7642), "frequency": (2000.0245, 8853.5586)}
    costs = {"binary": 2500.2872, "frequency": 2503.1900}
    assert (own.pot, flat.pot) == pytest.approx(pots[metric], abs=1e-4)
    assert (own.pot, flat.pot) == pytest.approx((by_hand.own(rows), by_hand.flat(rows)), rel=1e-12)
    assert limits.total(given, own.pot) == pytest.approx(costs[metric], abs=1e-4)
    assert limits.total(given, own.pot) == pytest.approx(by_hand.total(rows, by_hand.own(rows)), rel=1e-12)
    for most, pot in enumerate(BANDS[metric], start=1):
        found = covering.bands(given, needed, there, most)
        assert found.pot == pytest.approx(pot, abs=1e-4)
        assert found.pot == pytest.approx(by_hand.bands(rows, most), rel=1e-12)
        assert len(np.unique(found.prices)) <= most


def test_the_explorers_own_premiums() -> None:
    given, needed, there = on_six("binary")
    found = own_premiums.explorer(given, needed, there)
    assert found.pot == pytest.approx(3010.6767, abs=1e-3)
    assert found.premiums is not None
    premiums = found.premiums
    assert (premiums.price, premiums.need_premium) == pytest.approx((58525.10, 0.1176), rel=1e-3)
    assert (premiums.area_multiplier, premiums.area_shape) == (pytest.approx(1.5269, abs=1e-4), "worst_fifth")
    kept = promises.keep(given, "explorer", there)
    paid = kept.found.prices[0] / needed[0]
    np.testing.assert_allclose(paid, [1, 1.3589, 1.3459, 1.8294, 1.6405, 1], atol=1e-4)
    on_steps = patterns.of(given)
    pots = np.max(needed[0] / on_steps.relativity, axis=1) * (on_steps.relativity @ (given.share * given.units[0]))
    assert found.pot <= pots.min() <= 1.01 * found.pot
    given, needed, there = on_six("frequency")
    # Premiums cannot help where those with many needs are the best paid already.
    assert own_premiums.explorer(given, needed, there).pot == pytest.approx(by_hand.flat(by_hand.rows("frequency")))


def test_a_table_whose_place_says_nothing_is_a_running_maximum() -> None:
    given, needed, there = on_six("frequency")
    assert covering.table(given, needed, there).pot == pytest.approx(8853.5586, abs=1e-3)
    assert by_hand.by_running_maximum(by_hand.rows("frequency")) == pytest.approx(8853.5586, abs=1e-3)
    given, needed, there = on_six("binary")
    assert covering.table(given, needed, there).pot <= by_hand.by_running_maximum(by_hand.rows("binary")) + 1e-9
    assert by_hand.by_running_maximum(by_hand.rows("binary")) == pytest.approx(2069.9915, abs=1e-4)


def test_one_mix_of_two_measures() -> None:
    blend = Scenario(metric="blend", blend_severity=0, blend_progress=0)
    given = ground.take(blend, six_groups())
    kept = promises.keep(given, "flat", covering.protected_groups(given, 30))
    assert kept.found.prices[:, 0] == pytest.approx([55198.2897, 2386.9709], abs=1e-3)
    assert (kept.found.pot, kept.cost) == pytest.approx((2207.4706, 2530.4886), abs=1e-3)
    assert kept.found.pot == pytest.approx(by_hand.mixed(by_hand.rows("binary"), by_hand.rows("frequency")), rel=1e-9)


def test_nobody_a_loss() -> None:
    given, _, there = on_six("binary", promise="no_loss")
    kept = promises.keep(given, "flat", there)
    assert (kept.cost, kept.fee) == pytest.approx((4858.373, 477.6086), abs=0.05)
    assert kept.cost == pytest.approx(by_hand.nobody_a_loss(by_hand.rows("binary")), rel=1e-6)


def test_what_limits_allow() -> None:
    given, _, _ = on_six("binary")
    assert limits.by_share(given, 0.1) == pytest.approx(226.987, abs=1e-3)
    assert limits.by_share(given, 0.2) == pytest.approx(460.1095, abs=1e-4)
    assert limits.by_budget(given, 2300) == pytest.approx(455.9499, abs=1e-4)
    own = covering.own(*on_six("binary"))
    assert limits.by_budget(given, 2300) / own.pot == pytest.approx(0.230515, abs=1e-6)
    for share in (0.05, 0.2, 0.6):
        rows = by_hand.rows("binary")
        pot = by_hand.bisected(lambda pot, share=share, rows=rows: pot / by_hand.total(rows, pot) >= share, 0, 5000)
        assert limits.by_share(given, share) == pytest.approx(pot, rel=1e-9)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize(("pot", "people"), [(400, 1030), (900, 1930)])
def test_the_most_people_in_a_pot(metric: str, pot: float, people: float) -> None:
    given, needed, there = on_six(metric)
    assert left_out.most_people(given, needed[0], there, pot).people == people
    assert by_hand.most_people(by_hand.rows(metric), pot) * 3200 == pytest.approx(people)


@pytest.mark.parametrize("metric", METRICS)
def test_specify_or_pay(metric: str) -> None:
    given, needed, there = on_six(metric)
    np.testing.assert_allclose(specify.break_even(given), BREAK_EVEN[metric], atol=5e-6)
    rows = by_hand.rows(metric)
    own = {"binary": (2310, 2494.1220, 2500.1255), "frequency": (2310, 2496.6795, 2502.9563)}
    flat = {"binary": (2310, 2520, 2598.4494), "frequency": (2310, 2520, 2660)}
    one = Patterns(np.ones((1, 6)), np.zeros((1, 4)))
    for at, checking in enumerate((0.05, 0.2, 0.3)):
        found = specify.with_own_prices(given, needed[0], checking)
        assert found.cost == pytest.approx(own[metric][at], abs=1e-4)
        assert found.cost == pytest.approx(by_hand.specified(rows, checking, by_hand.own), rel=1e-12)
        level = specify.with_pattern(given, needed[0], there, checking, one).cost
        assert level == pytest.approx(flat[metric][at], abs=1e-4)
        units = sum(row.share * row.units for row in rows)
        by_level = by_hand.specified(
            rows, checking, lambda rest, units=units: units * max(row.required for row in rest)
        )
        assert level == pytest.approx(by_level, rel=1e-12)


TABLE = [
    ("greater_manchester", "binary", {"own": 2498, "table": 2505, "explorer": 2518, "flat": 2937}),
    ("georgia_parole", "binary", {"own": 2500, "table": 2510, "explorer": 2527, "flat": 4492}),
]


@pytest.mark.parametrize(("cohort", "metric", "costs"), TABLE)
def test_the_shipped_cohorts(cohort: str, metric: str, costs: dict[str, float]) -> None:
    from pricing.people import shipped

    found = answer(evaluate(Scenario(cohort=cohort, metric=metric), shipped.load(cohort)))
    assert {name: round(found.kept[name].cost) for name in costs} == costs
    assert found.check is not None
    assert found.refused == {}


def test_the_default_answer() -> None:
    from pricing.people import shipped

    found = answer(evaluate(Scenario(), shipped.load("greater_manchester")))
    assert (round(found.chosen.share, 2), round(found.today)) == (0.84, 2682)
    setting = np.flatnonzero(found.sets_price)
    told = [(int(found.ground.needs[g]), int(found.ground.tenth[g]), int(found.ground.people[g])) for g in setting]
    assert told == [(0, 1, 431), (0, 9, 38), (5, 3, 51)]
    assert max(figures.saved(found).by_group.values()) == pytest.approx(2.54, abs=0.005)
    assert found.floor_within(found.allowed["share"]) == pytest.approx(0.218, abs=5e-4)
    assert found.check is not None
    assert found.check.totals["parked_people"] / 8000 == pytest.approx(0.31, abs=0.005)


@pytest.mark.parametrize("clauses", [{"threshold": 0.3}, {"deductions": "none"}, {"results_cap": 0.1}])
@pytest.mark.parametrize("paid", [0.0, 0.2])
def test_clauses_are_left_out_also_where_nothing_is_paid_on_results_yet(
    clauses: dict[str, float | str], paid: float
) -> None:
    found = answer(evaluate(Scenario(results_share=paid, **clauses), six_groups()))
    assert found.clauses_off
    assert found.chosen.cost == pytest.approx(answer(evaluate(Scenario(), six_groups())).chosen.cost, rel=1e-12)


def test_a_limit_on_deductions_that_only_luck_can_reach_is_kept() -> None:
    kept, lucky = Scenario(most_deducted=0.01, need_premium=0.3), Scenario(most_deducted=0.01, measured_people=200.0)
    found = answer(evaluate(kept, six_groups()))
    assert not found.clauses_off
    assert found.scenario is not None
    assert found.scenario.most_deducted == kept.most_deducted
    assert answer(evaluate(lucky, six_groups())).clauses_off


def test_what_a_link_cannot_hold_is_said() -> None:
    given, _, there = on_six("binary")
    kept = promises.keep(given, "own", there)
    with pytest.raises(ScenarioError, match="A link cannot hold this price: it is a table of prices"):
        as_scenario(given, kept)
    dear = replace(promises.keep(given, "flat", there), fee=3000.0)
    assert as_scenario(given, dear).contract_value == pytest.approx(dear.cost)
    follows = replace(given, scenario=given.scenario.with_(needed_budget=0.0))
    with pytest.raises(ScenarioError, match=r"its fee of £3,000 is more than the contract value of £2,240"):
        as_scenario(follows, dear)


def test_a_promise_that_no_price_can_keep_is_refused_in_words() -> None:
    given = ground.take(Scenario(metric="progress"), six_groups())
    with pytest.raises(ScenarioError, match="No price on this measure can keep the promise to 420 people"):
        promises.keep(given, "explorer", covering.protected_groups(given, 30))
    blend = ground.take(Scenario(metric="blend", promise="most_people"), six_groups())
    with pytest.raises(ScenarioError, match="different measures pay for different people"):
        promises.keep(blend, "own", covering.protected_groups(blend, 30))
    changes = {"metric": "progress", "max_effect": 1.0, "progress_base": 0.05, "hours_scale": 100.0}
    leaps = ground.take(Scenario(promise="most_people", **changes), six_groups())
    with pytest.raises(ScenarioError, match="it begins to pay by leaps"):
        promises.keep(leaps, "explorer", covering.protected_groups(leaps, 30))
    with pytest.raises(ScenarioError, match="No group by needs and deprivation tenth has 1,000 people or more"):
        covering.protected_groups(given, 1000)
    with pytest.raises(ScenarioError, match=r"£2,240 a person by itself; £2,000 does not pay for it"):
        limits.by_budget(given, 2000)
    with pytest.raises(ScenarioError, match="Nobody here needs more support"):
        ground.take(Scenario(minimum_hours=100, needed_budget=700), six_groups())


def test_it_holds_in_the_draws_that_are_asked_for() -> None:
    from pricing.people import shipped
    from pricing.questions.cheapest import robust
    from pricing.questions.how_sure import draws, how_sure
    from pricing.questions.how_sure.assumed_ranges import RANGES
    from pricing.questions.how_sure.how_sure import drawn_places

    people = shipped.load("greater_manchester")
    given = ground.take(Scenario(), people)
    there = covering.protected_groups(given, 30)
    strata = how_sure.strata_for(Scenario(), people)
    # £3,617 by the risks and how support works; what people need has been drawn too since 1.6.0.
    places = {"support alone": {name: draws.positions(name) for name in RANGES}, "need too": drawn_places(Scenario())}
    for (name, drawn_at), cost in zip(places.items(), (3617, 3843), strict=True):
        kept = robust.keep(given, there, lambda one, at=drawn_at: how_sure.draw_at(one, strata, at))
        assert kept.cost == pytest.approx(cost, abs=1), name
        found = how_sure.draw_at(evaluate(as_scenario(given, kept), people), strata, drawn_at)
        told = found.by("needs", "decile").under_one[(given.needs * 10 + given.tenth - 1)[there]]
        assert np.max(told) == 10


def test_the_example_of_the_package_is_true() -> None:
    from pricing.questions import cheapest

    found = doctest.testmod(cheapest)
    assert (found.failed, found.attempted) == (0, 6)


@pytest.mark.parametrize("holds_in", [50, 75, 95])
def test_as_many_draws_break_the_promise_as_may(holds_in: int) -> None:
    from pricing.questions.cheapest import robust
    from pricing.questions.how_sure import how_sure

    people = shipped.load("georgia_parole")
    given = ground.take(Scenario(cohort="georgia_parole", holds_in=holds_in), people)
    there = covering.protected_groups(given, 30)
    strata = how_sure.strata_for(given.scenario, people)
    kept = robust.keep(given, there, lambda one: how_sure.draw(one, strata))
    found = how_sure.draw(evaluate(as_scenario(given, kept), people), strata)
    broken = np.sum(robust.drawn(given, found)[:, there] < 1 - 1e-9, axis=0)
    assert np.max(broken) == 100 - holds_in


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"promise": "no_loss"},
        {"promise": "last_pound"},
        {"promise": "most_people", "cohort": "georgia_parole"},
        {"metric": "severity", "promise_floor": 0.6},
    ],
    ids=lambda settings: "-".join(map(str, settings.values())) or "default",
)
def test_round_numbers_keep_the_promise_for_little_more(settings: dict[str, Any]) -> None:
    scenario = Scenario(**settings)
    found = answer(evaluate(scenario, shipped.load(scenario.cohort)))
    in_round_numbers = figures.in_round_numbers(found)
    assert in_round_numbers is not None
    kept, _ = in_round_numbers
    assert covering.covers(kept.found, found.chosen.required, np.flatnonzero(found.protected))
    assert found.chosen.cost <= kept.cost <= 1.02 * found.chosen.cost
    premiums = kept.found.premiums
    assert premiums is not None
    for value in (premiums.need_premium, premiums.multiple_needs_premium, premiums.area_multiplier):
        assert round(value / 0.05) * 0.05 == pytest.approx(value, abs=1e-12)
    assert premiums.price == float(f"{premiums.price:.3g}") or premiums.price % 100 == 0
    if not settings:
        assert kept.cost - found.chosen.cost == pytest.approx(2.06, abs=0.01)


def test_a_pot_keeps_the_promise_to_as_many_people_as_it_can() -> None:
    """Those who cost least each do not always fill it best: held against every choice of six groups."""
    ground, luck = answer(evaluate(Scenario(), six_groups())).ground, np.random.default_rng(2026)
    every = np.array(list(product([False, True], repeat=len(ground.people))))
    for _ in range(40):
        required, pot = luck.uniform(100.0, 4000.0, len(ground.people)), luck.uniform(0.0, 900.0)
        protected = luck.random(len(ground.people)) < 0.8
        cost, fits = ground.share * required * ground.units[0], every[:, ~protected].sum(axis=1) == 0
        best = (every @ ground.people)[fits & (every @ cost <= pot)].max()
        found = left_out.most_people(ground, required, protected, pot)
        assert found.people == pytest.approx(best)
        assert cost @ found.groups <= pot * (1 + 1e-9)


def test_no_choice_of_whose_hours_are_specified_is_cheaper() -> None:
    """Where results come to more than everything costs, the cheaper for each group is not the cheaper together."""
    ground, luck, bound = answer(evaluate(Scenario(), six_groups())).ground, np.random.default_rng(2026), 0
    every, late = np.array(list(product([False, True], repeat=len(ground.people)))), 1 - ground.scenario.present_value
    for _ in range(60):
        asked, checking = luck.uniform(2e4, 3e5, len(ground.people)), luck.uniform(0.2, 1.0)
        paid, checked = ground.share * asked * ground.units[0], ground.share * checking * ground.extra_cost
        covers = ground.mean_cost + every @ checked + late * (~every @ paid)
        costs = np.maximum(covers, ~every @ paid)
        found = specify.with_own_prices(ground, asked, checking)
        bound += costs.min() > covers.min() * (1 + 1e-9)
        assert found.cost == pytest.approx(costs.min(), rel=1e-7)
    assert bound > 10
