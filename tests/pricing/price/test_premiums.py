"""What a premium is, is declared once, and whatever treats a price with premiums in another way sees each of them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.contract.counted.poisson_binomial import Count
from pricing.contract.counted.tries import Tries
from pricing.contract.pay_under_luck import Exact
from pricing.contract.results_pay import bends, raised, settle
from pricing.evaluate import evaluate
from pricing.price import schedule
from pricing.questions.savings.spending import Lever, Refusal, premium_per_need
from pricing.scenario.scenario import Scenario, neutral_premiums, specs
from pricing.words import cautions
from tests.cohorts import six_groups

NEEDS, TENTHS = (a.ravel() for a in np.meshgrid(np.arange(6.0), np.arange(1.0, 11.0), indexing="ij"))
PREMIUMS = sorted(neutral_premiums())
each_premium = pytest.mark.parametrize("name", PREMIUMS)


def other_values(name: str) -> Iterator[float | str]:
    spec = specs()[name]
    yield from spec.choices or (spec.low, (spec.low + spec.high) / 2, spec.high)


def relativity(scenario: Scenario) -> Any:
    return schedule.relativity(scenario, NEEDS, TENTHS)


def with_one(name: str, **settings: Any) -> Scenario:
    """A price whose only premium is this one, at its highest."""
    return Scenario(**settings).without_premiums().with_(**{name: specs()[name].high})


def test_the_premiums_that_are_declared_are_those_that_are_carried() -> None:
    carried = [name for group in schedule.CARRIED for name in group]
    assert sorted(carried) == PREMIUMS


def test_a_parameter_that_raises_a_price_where_nothing_else_does_is_a_declared_premium() -> None:
    def moves(name: str) -> bool:
        found = [relativity(plain.with_(**{name: value})) for value in other_values(name)]
        return any(not np.array_equal(each, np.ones(60)) for each in found)

    plain = Scenario(target="own").without_premiums()
    assert sorted(name for name in specs() if moves(name)) == PREMIUMS


@each_premium
def test_a_premium_only_raises_from_its_neutral_value_on(name: str) -> None:
    assert specs()[name].low == neutral_premiums()[name]
    assert np.min(relativity(with_one(name))) == 1 < np.max(relativity(with_one(name)))


@given(
    st.fixed_dictionaries({name: st.integers(0, 20) for name in PREMIUMS}),
    st.sampled_from(sorted(specs()["area_shape"].choices)),
    st.sampled_from(sorted(specs()["uplift_applies_to"].choices)),
)
def test_a_scenario_has_a_premium_where_prices_differ(steps: dict[str, int], shape: str, applies: str) -> None:
    values: dict[str, Any] = {
        name: neutral + (specs()[name].high - neutral) * steps[name] / 20
        for name, neutral in neutral_premiums().items()
    }
    scenario = Scenario(**values, area_shape=shape, uplift_applies_to=applies)
    assert scenario.has_premium == bool(np.any(relativity(scenario) != 1))
    assert not scenario.without_premiums().has_premium
    assert np.array_equal(relativity(scenario.without_premiums()), np.ones(60))
    on_fee, on_results = schedule.relativities(scenario, NEEDS, TENTHS)
    assert raised(scenario) == bool(np.any(on_results != 1))
    assert (scenario.has_premium and scenario.premiums_apply_to("fee")) == bool(np.any(on_fee != 1))


@each_premium
def test_results_that_count_for_more_are_not_counted_alike(name: str) -> None:
    people = six_groups()

    def luck(scenario: Scenario) -> type:
        paid = settle(scenario, schedule.settle(scenario, people), people).paid[0]
        assert isinstance(paid, Exact)
        return type(paid.count)

    assert luck(with_one(name, measured_people=50)) is Tries
    assert luck(Scenario(measured_people=50).without_premiums()) is Count


@each_premium
def test_a_limit_on_deductions_is_reached_through_any_premium_on_results(name: str) -> None:
    people = six_groups()

    def bent(scenario: Scenario) -> bool:
        return bends(scenario, schedule.settle(scenario, people), people)

    assert bent(with_one(name, target="one", most_deducted=0.025))
    assert not bent(with_one(name, target="one", most_deducted=0.025, uplift_applies_to="fee"))
    assert not bent(Scenario(target="one", most_deducted=0.025).without_premiums())


@each_premium
def test_a_premium_on_the_fee_alone_is_named_and_held_against_no_premium(name: str) -> None:
    scenario = with_one(name, uplift_applies_to="fee", target="own")
    found = {c.code: c.sentence for c in cautions.find(evaluate(scenario, six_groups()))}
    without = evaluate(Scenario(target="own").without_premiums(), six_groups())
    assert f"£{without.payback:.2f} without it" in found["premium_on_fee_alone"]


@each_premium
def test_a_premium_under_one_target_is_named(name: str) -> None:
    codes = {c.code for c in cautions.find(evaluate(with_one(name, target="one", most_deducted=0.0), six_groups()))}
    assert "premium_under_one_target" in codes


@each_premium
def test_a_pot_pays_no_premium_that_others_share(name: str) -> None:
    assert premium_per_need(with_one(name, total_spend="fixed")) == Refusal("premium_per_need", "shared_total")
    assert isinstance(premium_per_need(Scenario(total_spend="fixed").without_premiums()), Lever)
    lever = premium_per_need(with_one(name, total_spend="grows", uplift_applies_to="fee"))
    assert isinstance(lever, Lever)
    assert lever.build(0.0).uplift_applies_to == "fee"
