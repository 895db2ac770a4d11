"""What must hold of the cheapest price for every table of people, on a measure that a price can reach everyone with."""

from dataclasses import fields, replace
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from pricing.errors import ScenarioError
from pricing.evaluate import evaluate
from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.cheapest import covering, figures, ground, limits, own_premiums, promises, required, rewarded
from pricing.questions.cheapest.answer import SET_ASIDE, answer, question, solve
from pricing.questions.cheapest.express import as_scenario
from pricing.questions.cheapest.ground import Ground
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, specs
from tests.cohorts import take
from tests.examples import examples
from tests.properties.test_identities import cohorts, scenarios

METRICS = st.sampled_from(["binary", "frequency", "severity"])


def ground_of(people: Cohort, **changes: float | str) -> Ground:
    try:
        return ground.take(Scenario(target="own", smallest_group=1, **changes), people)
    except ScenarioError:
        assume(False)
        raise


def solved(given_: Ground) -> tuple[dict[str, float], FloatArray, BoolArray]:
    """The pot of each family; what each group requires; the groups, all of them protected."""
    there = np.ones(len(given_.people), dtype=bool)
    needed = promises.requirement(given_)
    return {name: family(given_, needed, there).pot for name, family in promises.FAMILIES.items()}, needed, there


@given(cohorts(), METRICS)
def test_a_richer_family_is_never_dearer(people: Cohort, metric: str) -> None:
    given_ = ground_of(people, metric=metric)
    pots, needed, _ = solved(given_)
    slack = 1e-7 * pots["flat"] + 1e-9
    assert pots["own"] <= min(pots["table"], pots["explorer"]) + slack
    assert max(pots["table"], pots["explorer"]) <= pots["flat"] + slack
    assert pots["own"] == pytest.approx(float(np.sum(needed * given_.share * given_.units)), rel=1e-12)


@given(cohorts(), METRICS)
def test_every_family_covers_what_is_required(people: Cohort, metric: str) -> None:
    given_ = ground_of(people, metric=metric)
    needed, there = promises.requirement(given_), np.ones(len(given_.people), dtype=bool)
    for family in promises.FAMILIES.values():
        assert np.all(family(given_, needed, there).prices >= needed * (1 - 1e-7))


@given(cohorts(), METRICS, st.data())
def test_one_promise_fewer_is_never_dearer(people: Cohort, metric: str, data: st.DataObject) -> None:
    given_ = ground_of(people, metric=metric)
    needed, there = promises.requirement(given_), np.ones(len(given_.people), dtype=bool)
    assume(len(there) > 1)
    fewer = there.copy()
    fewer[data.draw(st.integers(0, len(there) - 1))] = False
    for name in ("explorer", "table", "flat"):
        before, after = (promises.FAMILIES[name](given_, needed, kept).pot for kept in (there, fewer))
        assert after <= before * (1 + 1e-7) + 1e-9


@examples(20)
@given(cohorts(), METRICS)
def test_no_grid_of_multipliers_finds_a_cheaper_price(people: Cohort, metric: str) -> None:
    """The least pot along the multiplier has several valleys: the deepest is found."""
    given_ = ground_of(people, metric=metric)
    needed, there = promises.requirement(given_), np.ones(len(given_.people), dtype=bool)
    found, spec = own_premiums.explorer(given_, needed, there).pot, specs()["area_multiplier"]
    multipliers = np.linspace(spec.low, spec.high, 500)[:, None]
    for shape in own_premiums.SHAPES:
        factors = 1 + (multipliers - 1) * own_premiums.reach_of(given_, shape)
        pots, _ = own_premiums.at_multipliers(given_, needed[0], there, factors)
        assert found <= pots.min() * (1 + 1e-9) + 1e-9


@given(cohorts(), METRICS, st.floats(0.5, 3))
def test_prices_and_costs_scale_together(people: Cohort, metric: str, times: float) -> None:
    one = ground_of(people, metric=metric)
    money = {
        name: getattr(one.scenario, name) * times
        for name in ("contract_value", "needed_budget", "hour_cost", "case_cost")
    }
    assume(all(specs()[name].low <= value <= specs()[name].high for name, value in money.items()))
    other = ground.take(one.scenario.with_(**money), people)
    np.testing.assert_allclose(promises.requirement(other), times * promises.requirement(one), rtol=1e-9)


@given(cohorts(), METRICS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(people: Cohort, metric: str, random: object) -> None:
    order = list(range(len(people.people)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = solved(ground_of(people, metric=metric))[0], solved(ground_of(take(people, order), metric=metric))[0]
    for name, pot in one.items():
        assert other[name] == pytest.approx(pot, rel=1e-6, abs=1e-9)


@given(cohorts(), METRICS)
def test_splitting_a_row_changes_nothing(people: Cohort, metric: str) -> None:
    rows = [0, *range(len(people.people))]
    split = take(people, rows)
    half = split.people.copy()
    half[:2] /= 2
    one = promises.requirement(ground_of(people, metric=metric))
    other = promises.requirement(ground_of(replace(split, people=half), metric=metric))
    np.testing.assert_allclose(other, one, rtol=1e-11)


@given(cohorts())
def test_strong_duality_of_the_table(people: Cohort) -> None:
    """The dual programme, solved on its own, comes to the same pot."""
    given_ = ground_of(people)
    needed, there = promises.requirement(given_), np.ones(len(given_.people), dtype=bool)
    columns = np.hstack(
        [
            np.ones((len(there), 1)),
            given_.needs[:, None] >= np.arange(1, 6),
            given_.tenth[:, None] <= np.arange(1, 10),
        ]
    ).astype(float)
    scale = float(np.max(needed))
    assume(scale > 0)
    dual = linprog(-needed[0] / scale, A_ub=columns.T, b_ub=(given_.share * given_.units[0]) @ columns, method="highs")
    pot = covering.table(given_, needed, there).pot
    assert -dual.fun * scale == pytest.approx(pot, rel=1e-6)


@examples(12)
@given(cohorts(), METRICS, st.floats(0.2, 1.5))
def test_a_price_that_was_found_pays_back_what_was_promised(people: Cohort, metric: str, floor: float) -> None:
    """Through evaluate: every group gets its floor and one of them no more; what was worked out is what is paid."""
    given_ = ground_of(people, metric=metric, promise_floor=floor)
    there = np.ones(len(given_.people), dtype=bool)
    kept = promises.keep(given_, "explorer", there)
    try:
        scenario = as_scenario(given_, kept)
    except ScenarioError:  # told by test_what_a_link_cannot_hold_is_said
        return
    found = evaluate(scenario, people)
    payback = found.pooled(given_.codes, len(there))["payback"]
    assert np.nanmin(payback) == pytest.approx(floor, rel=1e-6)
    spend = found.totals["spend_at_benchmark"] / found.totals["people"]
    assert spend == pytest.approx(kept.cost, rel=1e-6)
    assert kept.cost == pytest.approx(limits.total(given_, kept.found.pot), rel=1e-12)


@examples(25)
@given(
    cohorts(),
    METRICS,
    st.floats(0.05, 1),
    st.sampled_from([0.0, 0.05, 0.5]),
    st.sampled_from(list(specs()["benchmark"].choices)),
)
def test_the_price_for_most_people_buys_their_hours(
    people: Cohort, metric: str, share: float, mission: float, benchmark: str
) -> None:
    """At the required price at least that share of each group gets all needed hours; a little under it, fewer.

    Some may get them whatever is paid: they need no more than the minimum, or the provider's mission is enough.
    """
    asked = {"promise": "most_people", "promise_people": share, "mission_weight": mission, "benchmark": benchmark}
    given_ = ground_of(people, metric=metric, **asked)
    needed = promises.requirement(given_)

    def with_all(times: float) -> FloatArray:
        hours = rewarded.chosen_under(given_, times * needed[:, given_.codes])
        return given_.pooled((hours >= given_.needed_hours * (1 - 1e-7)).astype(float))

    assert np.all(with_all(1 + 1e-6) >= share - 1e-9)
    assert np.all((with_all(1 - 1e-4) < share) | (needed[0] == 0))


def over_a_grid_of_fees(given_: Ground, name: str, needed: FloatArray, there: BoolArray) -> float:
    """The least cost under any of some fees, narrowed down twice: nobody a loss, by another way."""
    low, high, best = 0.0, float(np.max(given_.cost)), np.inf
    for _ in range(3):
        fees, costs = np.linspace(low, high, 7), []
        for fee in fees:
            both = np.maximum(needed, required.no_loss(given_, float(fee)))
            costs.append(float(fee) + promises.FAMILIES[name](given_, both, there).pot)
        here = int(np.argmin(costs))
        best, low, high = min(best, costs[here]), fees[max(here - 1, 0)], fees[min(here + 1, 6)]
    return best


@examples(5)
@given(cohorts(), METRICS, st.sampled_from([0.3, 1.0, 1.3]), st.sampled_from(list(promises.FAMILIES)))
def test_no_grid_of_fees_finds_a_cheaper_price_under_which_nobody_is_a_loss(
    people: Cohort, metric: str, floor: float, name: str
) -> None:
    """Nor is it cheaper by breaking the promise: with every client the fee and results cover the cost."""
    given_ = ground_of(people, metric=metric, promise="no_loss", promise_floor=floor)
    needed, there = promises.requirement(given_), np.ones(len(given_.people), dtype=bool)
    kept = promises.keep(given_, name, there)
    assert kept.cost <= over_a_grid_of_fees(given_, name, needed, there) + 0.01
    earned = kept.fee + given_.scenario.present_value * given_.units[0] * kept.found.prices[0]
    assert np.all(earned >= given_.cost - 1e-3)
    assert np.all(kept.found.prices >= needed * (1 - 1e-7))


@examples(15)
@given(cohorts(), st.data())
def test_a_mix_of_metrics_with_prices_of_their_own_leaps_with_the_fee_and_is_found(
    people: Cohort, data: st.DataObject
) -> None:
    """Who is not promised anything is paid like a neighbour, whose metric another fee may change."""
    given_ = ground_of(people, metric="blend", promise="no_loss")
    there = np.array(data.draw(st.lists(st.booleans(), min_size=len(given_.people), max_size=len(given_.people))))
    assume(there.any())
    kept = promises.keep(given_, "own", there)
    assert kept.cost <= over_a_grid_of_fees(given_, "own", promises.requirement(given_), there) + 0.01


def of_one_direction(given_: Ground, needed: FloatArray, mix: FloatArray) -> float:
    """The least cost of a fee and prices ``level * mix`` under which nobody is a loss and ``needed`` is met.

    What is paid beside a level falls in straight pieces until everyone is covered: the least is where two of them meet.
    """
    earned, pot = given_.scenario.present_value * (mix @ given_.units), float(mix @ given_.units @ given_.share)
    met = np.divide(mix[:, None], needed, out=np.zeros_like(needed), where=needed > 0).sum(axis=0)
    least = float(np.max(1 / met[np.any(needed > 0, axis=0)], initial=0.0))
    apart = earned[:, None] - earned
    meet = np.divide(given_.cost[:, None] - given_.cost, apart, out=np.zeros_like(apart), where=np.abs(apart) > 1e-12)
    alone = np.divide(given_.cost, earned, out=np.zeros_like(earned), where=earned > 0)
    levels = np.maximum(np.concatenate((meet.ravel(), alone, [least])), least)
    fees = np.maximum(np.max(given_.cost - levels[:, None] * earned, axis=1), 0.0)
    return float(np.min(fees + levels * pot))


@examples(25)
@given(cohorts(), st.sampled_from([0.3, 1.0, 1.3]), st.integers(0, 2**32 - 1))
def test_no_mix_for_everyone_under_which_nobody_is_a_loss_is_cheaper(people: Cohort, floor: float, seed: int) -> None:
    """One measure may pay a group back and another cover what it costs: neither asks for both of one measure."""
    given_ = ground_of(people, metric="blend", blend_progress=0.0, promise="no_loss", promise_floor=floor)
    needed, there = promises.requirement(given_), np.ones(len(given_.people), dtype=bool)
    kept = promises.keep(given_, "flat", there)
    earned = kept.fee + given_.scenario.present_value * np.sum(given_.units * kept.found.prices, axis=0)
    assert np.all(earned >= given_.cost - 1e-3)
    assert np.all(kept.over >= -1e-6)
    mixes = np.random.default_rng(seed).dirichlet(np.full(3, 0.4), 200) / np.mean(given_.units, axis=1)
    mixes = np.vstack((kept.found.prices[:, 0], mixes)) if kept.found.pot else mixes
    assert kept.cost <= min(of_one_direction(given_, needed, mix) for mix in mixes) + 0.01


@examples(12)
@given(cohorts(), scenarios(smallest_group=1.0))
def test_every_answer_is_borne_out_by_the_evaluation_of_its_link(people: Cohort, scenario: Scenario) -> None:
    """Exact or in round numbers, whatever else the scenario says: what was worked out is what the link pays."""
    try:
        found = answer(evaluate(scenario, people))
    except ScenarioError:
        assume(False)
        raise
    for kept, held in [(found.chosen, found.scenario), *filter(None, [figures.in_round_numbers(found)])]:
        if held is None:
            continue
        totals = evaluate(links.read(parse_qs(links.to_query(links.write(held)))).scenario, people).totals
        assert totals["spend_at_benchmark"] / totals["people"] == pytest.approx(kept.cost, abs=0.01)
        assert kept.cost >= found.chosen.cost * (1 - 1e-9)


@examples(8)
@given(cohorts(), scenarios(smallest_group=1.0), scenarios())
def test_what_is_solved_does_not_hang_on_the_price_as_it_stands(
    people: Cohort, scenario: Scenario, other: Scenario
) -> None:
    """To the last digit: another price of today leaves what is solved as it is."""
    moved = {name: getattr(other, name) for name in SET_ASIDE}
    try:
        one, two = (solve(asked, people) for asked in (scenario, scenario.with_(**moved, target="own")))
    except ScenarioError:
        assume(False)
        raise
    assert question(scenario) == question(scenario.with_(**moved))
    assert (one.refused, one.family, one.scenario, one.why_not) == (two.refused, two.family, two.scenario, two.why_not)
    assert one.kept.keys() == two.kept.keys()
    for name, kept in one.kept.items():
        assert (kept.cost, kept.fee, kept.found.premiums) == (
            two.kept[name].cost,
            two.kept[name].fee,
            two.kept[name].found.premiums,
        )
        assert np.array_equal(kept.found.prices, two.kept[name].found.prices)
        assert np.array_equal(kept.required, two.kept[name].required)
    prices = one.kept[one.family].found.prices
    assert rewarded.under(one.ground, prices) == rewarded.under(two.ground, prices)
    for field in fields(Ground):
        if field.name not in ("scenario", "cohort"):
            assert np.array_equal(getattr(one.ground, field.name), getattr(two.ground, field.name)), field.name
