"""Payment rules: what they pay, what luck makes of it in closed form, and where aiming for results breaks even."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import multivariate_normal

from pricing.contract.hurdle import Hurdle, both_below
from pricing.contract.pay_limits import UNLIMITED, PayLimits
from pricing.contract.payment_rule import LINEAR, Clauses, PaymentRule, from_clauses, ladder
from pricing.contract.top_up import topped_up
from pricing.questions.history.break_even import break_even
from pricing.resources.pause import watched

POINT = 0.01
ZONE, ERROR = 3 * POINT, 1.53 * POINT
"""The straw man's flat zone, and the standard error that makes it 1.96 of them."""


def rule(**changes: object) -> PaymentRule:
    return from_clauses(clauses(**changes))


def clauses(**changes: object) -> Clauses:
    usual = {"zone": 0.0, "threshold": 0.0, "inner": 1.0, "shape": "per_result", "full": 0.1, "deducts": True}
    return Clauses(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("knots", "places", "noise"), [(6550, 65_536, 0.00744), (130, 60_000, 0.01), (3000, 8000, 0.2)]
)
def test_many_changes_at_once_are_paid_what_each_is_alone(knots: int, places: int, noise: float) -> None:
    """They are looked at evenly and by a spline between, with pauses where that would not be less."""
    luck = np.random.default_rng(knots)
    shapes = luck.uniform(-1, 1, knots), luck.exponential(1 / knots, knots), luck.normal(0, 0.3, knots)
    some = PaymentRule.through(0.01, 1.0, list(zip(*(each.tolist() for each in shapes), strict=True)))
    changes = luck.uniform(-1.2, 1.2, places)
    found, alone = some.expected(changes, noise), luck.choice(places, 300, replace=False)
    assert found[alone] == pytest.approx(some.expected(changes[alone], noise), abs=1e-10)
    assert some.expected(changes.reshape(2, -1), noise).ravel() == pytest.approx(found, abs=1e-10)


@pytest.mark.parametrize(("knots", "noise"), [(3000, 0.01), (3000, 0.4), (90_000, 0.02)])
def test_what_is_paid_for_more_of_a_change_is_the_same_however_many_are_asked_about(knots: int, noise: float) -> None:
    """Of many knots those that luck reaches are looked at; each is asked about in a rule of its own here."""
    luck = np.random.default_rng(knots)
    at, jumps, bends = np.sort(luck.uniform(-1, 1, knots)), luck.exponential(1 / knots, knots), luck.normal(size=knots)
    some, changes = PaymentRule(0.0, 1.0, at, jumps, bends / knots), luck.uniform(-1.2, 1.2, (4, 5))
    z = (changes[..., None] - at) / noise
    alone = 1.0 + (jumps * np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi) / noise + bends / knots * ndtr(z)).sum(axis=-1)
    np.testing.assert_allclose(some.marginal(changes, noise), alone, rtol=0, atol=1e-12)
    assert float(some.marginal(float(changes[1, 2]), noise)) == pytest.approx(alone[1, 2], abs=1e-12)


def test_many_changes_that_luck_leaves_apart_are_worked_out_with_pauses() -> None:
    steps = PaymentRule.through(0.0, 1.0, [(float(at), 0.01, 0.0) for at in np.linspace(-1, 1, 20_001)])
    changes, met = np.linspace(-1, 1, 2000), 0

    def seen() -> None:
        nonlocal met
        met += 1

    with watched(seen):
        found = steps.expected(changes, 0.01)
    assert met > 2
    assert found[::400] == pytest.approx([float(steps.expected(float(change), 0.01)) for change in changes[::400]])


@st.composite
def any_clauses(draw: st.DrawFn) -> Clauses:
    size = st.floats(0.01, 0.2)
    maybe = st.one_of(st.just(0.0), size)
    return clauses(
        zone=draw(maybe),
        threshold=draw(maybe),
        inner=draw(st.sampled_from([0.0, 0.5, 1.0])),
        shape=draw(st.sampled_from(["per_result", "all_or_nothing", "steps"])),
        full=draw(size),
        deducts=draw(st.booleans()),
        limits=PayLimits(
            draw(st.one_of(st.just(float("-inf")), st.just(0.0), size.map(lambda value: -value))),
            draw(st.one_of(st.just(float("inf")), size)),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "measured", "paid"),
    [
        ({}, [-4, 0, 4], [-4, 0, 4]),
        ({"zone": ZONE}, [-4, -3, -2, 0, 2.9, 3, 4], [-4, 0, 0, 0, 0, 3, 4]),
        ({"zone": ZONE, "inner": 0.0}, [-4, -2, 2, 4], [-1, 0, 0, 1]),
        ({"zone": ZONE, "inner": 0.5}, [-4, 4], [-2.5, 2.5]),
        ({"deducts": False}, [-4, 4], [0, 4]),
        ({"threshold": 5 * POINT, "deducts": False}, [-9, 4.9, 5, 6], [0, 0, 5, 6]),
        ({"threshold": 5 * POINT, "shape": "all_or_nothing"}, [-9, 3.3, 5.7], [0, 0, 10]),
        ({"threshold": 2 * POINT, "shape": "steps", "deducts": False}, [-1, 1.9, 2, 3.9, 5], [0, 0, 2, 2, 4]),
        ({"limits": PayLimits(-2 * POINT, 5 * POINT)}, [-9, -1, 4, 9], [-2, -1, 4, 5]),
    ],
)
def test_what_is_paid_for_a_measured_change(
    changes: dict[str, object], measured: list[float], paid: list[float]
) -> None:
    # A hair further, so that a value on a threshold is past it whatever its last digit.
    found = rule(**changes)(POINT * np.array(measured) + 1e-12)
    assert found == pytest.approx(POINT * np.array(paid), abs=1e-9)


def test_no_clause_is_the_linear_contract_exactly() -> None:
    found = rule()
    assert found.linear
    changes = np.linspace(-0.3, 0.3, 13)
    for noise in (0.0, 0.05):
        assert np.array_equal(found.expected(changes, noise), changes)
        assert np.array_equal(found.marginal(changes, noise), np.ones(13))


@given(any_clauses())
def test_more_is_never_paid_less_and_limits_hold(terms: Clauses) -> None:
    found = from_clauses(terms)
    paid = found(np.linspace(-0.6, 0.6, 2401))
    assert np.all(np.diff(paid) >= -1e-12)
    assert np.all(paid <= terms.limits.highest + 1e-12)
    assert np.all(paid >= terms.limits.lowest - 1e-12)


@given(any_clauses())
def test_limits_do_to_a_rule_what_they_do_to_the_amounts_that_it_pays(terms: Clauses) -> None:
    measured = np.linspace(-0.6, 0.6, 997)
    unlimited = from_clauses(replace(terms, limits=UNLIMITED))(measured)
    assert from_clauses(terms)(measured) == pytest.approx(terms.limits.within(unlimited), abs=1e-12)


@given(any_clauses(), st.floats(-0.3, 0.3), st.floats(0.005, 0.1))
def test_expected_pay_is_the_mean_over_luck(terms: Clauses, change: float, noise: float) -> None:
    found = from_clauses(terms)
    edges = change + noise * np.linspace(-9, 9, 40_001)
    middle, weight = (edges[1:] + edges[:-1]) / 2, np.exp(-0.5 * np.linspace(-9, 9, 40_000) ** 2)
    mean = float(found(middle) @ weight / weight.sum())
    assert float(found.expected(change, noise)) == pytest.approx(mean, abs=1e-4)
    paid = float((found(middle) > 1e-12) @ weight / weight.sum())
    assert float(found.chance(change, noise)) == pytest.approx(paid, abs=1e-3)


def test_a_floor_within_the_flat_zone_leaves_no_reward_in_the_last_digit() -> None:
    """What a zone and a floor leave of nothing is nothing: paid is what is measured beyond the zone, and by luck."""
    noise, full = 0.015, 0.038
    for zone in np.arange(0.005, 0.2, 0.005):
        for most in np.arange(0.025, 3, 0.05):
            terms = clauses(zone=float(zone), inner=0.0, full=full, limits=PayLimits(-float(most) * full))
            chance = float(from_clauses(terms).chance(0.0, noise))
            assert chance == pytest.approx(float(ndtr(-zone / noise)), rel=1e-9, abs=1e-300)
            if abs(most - 0.525) < 1e-9:
                quarterly = topped_up(terms, terms, 2 * noise)
                assert float(quarterly.chance(-0.2)) < 1e-4


@given(any_clauses(), st.floats(-0.3, 0.3))
def test_without_luck_it_is_paid_or_it_is_not(terms: Clauses, change: float) -> None:
    found = from_clauses(terms)
    assert float(found.chance(change, 0.0)) == (1.0 if float(found(change)) > 1e-12 else 0.0)


def test_without_luck_no_change_is_not_paid_for() -> None:
    assert float(LINEAR.chance(0.0, 0.0)) == 0.0
    assert float(LINEAR.chance(1e-6, 0.0)) == 1.0


@given(any_clauses(), st.floats(-0.3, 0.3), st.floats(0.005, 0.1))
def test_the_effective_price_is_the_derivative_of_expected_pay(terms: Clauses, change: float, noise: float) -> None:
    found, step = from_clauses(terms), 1e-3 * noise
    # Five points: the error is of the fourth order in the step.
    at = [float(found.expected(change + k * step, noise)) for k in (-2, -1, 1, 2)]
    slope = (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * step)
    assert float(found.marginal(change, noise)) == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_the_chance_of_a_reward_in_the_straw_man() -> None:
    found = rule(zone=ZONE)
    chances = found.chance(POINT * np.array([3.0, 4.0, 0.0]), ERROR)
    assert [round(float(c), digits) for c, digits in zip(chances, (2, 2, 3), strict=True)] == [0.5, 0.74, 0.025]


@pytest.mark.parametrize("inner", [1.0, 0.5, 0.0])
def test_a_symmetric_zone_makes_expected_pay_odd(inner: float) -> None:
    found, changes = rule(zone=ZONE, inner=inner), np.linspace(0, 0.1, 101)
    assert found.expected(-changes, ERROR) == pytest.approx(-found.expected(changes, ERROR), abs=1e-16)


@pytest.mark.parametrize(
    ("inner", "price_to_cost", "aim"), [(1.0, 1.25, 3.54), (1.0, 2.0, 1.99), (0.0, 2.0, 5.97), (0.0, 3.0, 4.22)]
)
def test_where_the_straw_man_breaks_even(inner: float, price_to_cost: float, aim: float) -> None:
    found = break_even(rule(zone=ZONE, inner=inner), ERROR, price_to_cost)
    assert round(found.aim / POINT, 2) == aim
    # Short of it, cutting support pays best: reoffending drifts up, by three points or less.
    assert -3 <= found.best_below / POINT < 0
    assert found.gain > 0


@pytest.mark.parametrize("error", [0.5, 1.0, 3.0])
def test_break_even_is_in_proportion_to_the_error_where_the_zone_is(error: float) -> None:
    one, other = (break_even(rule(zone=1.96 * e, inner=0.0), e, 2.0) for e in (ERROR, error * ERROR))
    assert other.aim == pytest.approx(error * one.aim, rel=1e-9)
    assert other.best_below == pytest.approx(error * one.best_below, rel=1e-4)


def test_the_linear_contract_breaks_even_at_once_and_never_below_cost() -> None:
    assert break_even(LINEAR, ERROR, 1.25).aim == 0
    assert np.isnan(break_even(LINEAR, ERROR, 0.8).aim)


@pytest.mark.parametrize("a", [-2.0, 0.0, 0.4])
@pytest.mark.parametrize("b", [-1.0, 0.0, 1.5])
@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.95])
def test_two_normals_below_two_limits(a: float, b: float, correlation: float) -> None:
    reference = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([a, b])
    assert float(both_below(np.array(a), np.array(b), correlation)) == pytest.approx(reference, abs=1e-9)


@given(any_clauses(), st.floats(-0.1, 0.2), st.floats(-0.1, 0.1), st.floats(0, 0.95))
def test_a_hurdle_pays_the_mean_over_luck_in_both_measures(
    terms: Clauses, change: float, binary: float, correlation: float
) -> None:
    rule = from_clauses(terms)
    found = Hurdle.on(rule, 0.05, 0.04, correlation)
    steps = np.linspace(-6, 6, 402)
    middle = (steps[1:] + steps[:-1]) / 2
    own, other = np.meshgrid(middle, middle, indexing="ij")
    weight = np.exp(-0.5 * (own**2 + other**2))
    y = binary + 0.04 * own
    x = change + 0.05 * (correlation * own + np.sqrt(1 - correlation**2) * other)
    paid = rule(x)
    paid = np.where(y < 0, np.minimum(paid, 0), paid)
    assert float(found.expected(change, binary)) == pytest.approx(float((paid * weight).sum() / weight.sum()), abs=3e-3)


@given(any_clauses(), st.floats(-0.1, 0.2), st.floats(-0.1, 0.1), st.floats(0, 0.95))
def test_a_hurdles_effective_prices_are_its_derivatives(
    terms: Clauses, change: float, binary: float, correlation: float
) -> None:
    found, step = Hurdle.on(from_clauses(terms), 0.05, 0.04, correlation), 1e-4

    def slope(dx: float, dy: float) -> float:
        at = [float(found.expected(change + k * dx, binary + k * dy)) for k in (-2, -1, 1, 2)]
        return (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * step)

    own, gate = found.marginal(change, binary)
    assert float(own) == pytest.approx(slope(step, 0.0), rel=1e-6, abs=1e-8)
    assert float(gate) == pytest.approx(slope(0.0, step), rel=1e-6, abs=1e-8)


def test_a_top_up_pays_the_more_of_the_quarters_and_the_year() -> None:
    by_quarter, by_year = clauses(zone=0.12, inner=0.0), clauses(zone=0.06, inner=0.0)
    found = topped_up(by_quarter, by_year, 0.06)
    luck = np.random.default_rng(7).normal(size=(400_000, 4))
    for change in (-0.05, 0.0, 0.08):
        measured = change + 0.06 * luck
        quarters = from_clauses(by_quarter)(measured).mean(axis=1)
        paid = np.maximum(quarters, from_clauses(by_year)(measured.mean(axis=1)))
        assert float(found.expected(change)) == pytest.approx(paid.mean(), abs=4e-4)
        assert float(found.chance(change)) == pytest.approx((paid > 0).mean(), abs=0.02)


def test_a_top_up_of_a_linear_contract_is_linear() -> None:
    found = topped_up(clauses(), clauses(), 0.06)
    changes = np.linspace(-0.4, 0.4, 9)
    assert found.expected(changes) == pytest.approx(changes, abs=1e-12)


def test_a_ladder_pays_what_stands_beside_the_last_rung_that_was_passed() -> None:
    rule = ladder({0.2: 5.0, 0.1: 2.0})
    np.testing.assert_allclose(rule(np.array([-1, 0.0999, 0.1, 0.1999, 0.2, 3])), [0, 0, 2, 2, 5, 5])
    drawn = 0.12 + 0.05 * np.random.default_rng(8).standard_normal(400_000)
    assert float(rule.expected(0.12, 0.05)) == pytest.approx(float(np.mean(rule(drawn))), abs=0.01)
    with pytest.raises(ValueError, match="must not pay less"):
        ladder({0.1: 2.0, 0.2: 1.0})


@pytest.mark.parametrize("noise", [0.0, 0.003, 0.1, 3.0])
def test_of_many_knots_those_that_luck_does_not_reach_are_passed_or_are_not(noise: float) -> None:
    """Against every knot looked at, as the formula has it."""
    luck = np.random.default_rng(18)
    knots = [(at, luck.exponential(0.01), luck.exponential(0.01)) for at in luck.normal(0, 0.3, 500)]
    rule = PaymentRule.through(-0.1, 0.3, knots)
    change = luck.uniform(-2, 2, (40, 5))
    gap, blur = change[..., None] - rule.at, max(noise, 1e-4)
    near = np.exp(-0.5 * (gap / blur) ** 2) / np.sqrt(2 * np.pi)
    parts = rule.jumps * ndtr(gap / blur) + rule.bends * (gap * ndtr(gap / blur) + blur * near)
    assert rule.expected(change, noise) == pytest.approx(-0.1 + 0.3 * change + parts.sum(axis=-1), abs=1e-12)
    assert rule.expected(0.05, noise).shape == ()
