"""What must hold for every scenario and every cohort (the model, section 6)."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people.cohort import Cohort
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario, defaults, specs
from tests.cohorts import cohort, six_groups, take

PRICES_AND_COSTS = ("contract_value", "needed_budget", "hour_cost", "case_cost", "social_cost")


LOWEST = {"progress_effect": 0.1}
"""With no effect on needs, progress cannot be priced; that refusal has a test of its own."""
LOWEST_RATE = 0.5
"""The highest rate of needs met is at least this: with next to none, progress cannot be priced either."""


def scenarios(*, mechanics: bool = False, **fixed: Any) -> st.SearchStrategy[Scenario]:
    """Any scenario that can be priced; ``fixed`` values stay as given, pay is linear unless ``mechanics`` are on."""
    if not mechanics:
        plain = {name: getattr(defaults(), name) for name, spec in specs().items() if spec.group == "mechanics"}
        # A common target with premiums can deduct more than any limit: only without one is pay linear for everyone.
        fixed = plain | {"most_deducted": 0.0} | fixed
    fields = {
        name: st.just(fixed[name])
        if name in fixed
        else st.sampled_from(sorted(spec.choices))
        if spec.choices
        else st.floats(LOWEST.get(name, spec.low), spec.high).map(lambda value: float(round(value)))
        if spec.counted
        else st.floats(LOWEST.get(name, spec.low), spec.high)
        for name, spec in specs().items()
    }

    def build(values: dict[str, Any]) -> Scenario | None:
        try:
            found = Scenario(**values)
        except ScenarioError:
            return None
        needs = any(METRICS[metric].event == "need" for metric in found.weights())
        return None if needs and max(found.rates.values()) < LOWEST_RATE else found

    found = st.fixed_dictionaries(fields).map(build).filter(lambda s: s is not None)
    return found  # type: ignore[return-value]


@st.composite
def cohorts(draw: st.DrawFn) -> Cohort:
    """Two to six groups, at least one of which has a need."""
    size = draw(st.integers(2, 6))

    def column(values: st.SearchStrategy[float]) -> list[float]:
        return draw(st.lists(values, min_size=size, max_size=size))

    probability = column(st.floats(0.02, 0.95))
    extra = column(st.floats(0, 5))
    return cohort(
        {
            "people": column(st.floats(1, 500)),
            "needs": [1.0, *column(st.integers(0, 5).map(float))[1:]],
            "decile": column(st.integers(1, 10).map(float)),
            "probability": probability,
            "rate": [p + more for p, more in zip(probability, extra, strict=True)],
            "severity": column(st.floats(0.5, 50)),
        }
    )


def hours(scenario: Scenario, people: Cohort) -> np.ndarray[Any, Any]:
    return evaluate(scenario, people).incentives.chosen_hours


@given(scenarios(), cohorts())
def test_payments_sum_to_the_commissioners_spend(scenario: Scenario, people: Cohort) -> None:
    found = evaluate(scenario, people)
    paid = found.schedule.fee + found.schedule.results(found.account.response.effect(found.incentives.chosen_hours))
    assert people.people @ paid == pytest.approx(found.totals["spend_at_chosen"], rel=1e-9, abs=1e-6)
    margins = people.people @ found.account.margin(found.incentives.chosen_hours)
    assert margins == pytest.approx(people.total(found.incentives.margin_at_chosen), rel=1e-9, abs=1e-6)


@given(scenarios(total_spend="fixed"), cohorts())
def test_fixed_total_means_the_pot_is_earned_in_full_at_the_priced_reduction(
    scenario: Scenario, people: Cohort
) -> None:
    found = evaluate(scenario, people)
    reference = np.full_like(people.people, -np.log1p(-scenario.priced_reduction))
    results = found.schedule.results(reference)
    earned = results if scenario.target == "none" else results - found.schedule.deadweight
    assume(scenario.results_share > 0)
    assert people.mean(earned) == pytest.approx(scenario.results_share * scenario.contract_value, rel=1e-9)
    assert people.mean(found.schedule.fee) == pytest.approx(
        (1 - scenario.results_share) * scenario.contract_value, rel=1e-9
    )


def same(one: Evaluation, other: Evaluation) -> None:
    assert one.totals == pytest.approx(other.totals, rel=1e-7, abs=1e-4)
    assert one.terms.unit_prices == pytest.approx(other.terms.unit_prices, rel=1e-9)
    assert one.payback == pytest.approx(other.payback, rel=1e-7, abs=1e-9, nan_ok=True)


@given(scenarios(), cohorts(), st.floats(0.1, 0.9))
def test_splitting_a_group_in_two_changes_nothing(scenario: Scenario, people: Cohort, part: float) -> None:
    rows = [0, *range(len(people.people))]
    split = take(people, rows)
    split.people[0] *= part
    split.people[1] *= 1 - part
    same(evaluate(scenario, people), evaluate(scenario, split))


@given(scenarios(), cohorts(), st.randoms())
def test_the_order_of_rows_changes_nothing(scenario: Scenario, people: Cohort, chance: Any) -> None:
    rows = list(range(len(people.people)))
    chance.shuffle(rows)
    one, other = evaluate(scenario, people), evaluate(scenario, take(people, rows))
    same(one, other)
    assert one.incentives.chosen_hours[rows] == pytest.approx(other.incentives.chosen_hours, rel=1e-7, abs=1e-6)


@given(
    scenarios(contract_value=2000.0, needed_budget=2400.0, hour_cost=30.0, case_cost=600.0, social_cost=20000.0),
    cohorts(),
    st.floats(0.6, 3),
)
def test_scaling_all_prices_and_costs_leaves_hours_alone(scenario: Scenario, people: Cohort, k: float) -> None:
    scaled = scenario.with_(**{name: k * getattr(scenario, name) for name in PRICES_AND_COSTS})
    one, other = evaluate(scenario, people).incentives, evaluate(scaled, people).incentives
    assert other.chosen_hours == pytest.approx(one.chosen_hours, rel=1e-6, abs=1e-5)
    assert other.benchmark_hours == pytest.approx(one.benchmark_hours, rel=1e-9)
    assert other.payback == pytest.approx(one.payback, rel=1e-7, abs=1e-9, nan_ok=True)
    assert other.margin_at_benchmark == pytest.approx(k * one.margin_at_benchmark, rel=1e-6, abs=1e-4)


@given(scenarios(specified_share=0.0), cohorts(), st.floats(0, 3000))
def test_the_cost_of_holding_a_case_leaves_hours_alone(scenario: Scenario, people: Cohort, cost: float) -> None:
    assert np.array_equal(hours(scenario, people), hours(scenario.with_(case_cost=cost), people))


@given(scenarios(uplift_applies_to="fee", target="own"), cohorts(), st.floats(0, 1), st.floats(1, 3))
def test_a_premium_on_the_fee_leaves_hours_and_payback_alone(
    scenario: Scenario, people: Cohort, premium: float, multiplier: float
) -> None:
    changed = scenario.with_(need_premium=premium, area_multiplier=multiplier)
    one, other = evaluate(scenario, people).incentives, evaluate(changed, people).incentives
    assert np.array_equal(one.chosen_hours, other.chosen_hours)
    assert other.payback == pytest.approx(one.payback, rel=1e-6, abs=1e-6, nan_ok=True)


@given(scenarios(target="one"), cohorts())
def test_an_own_target_leaves_hours_alone(scenario: Scenario, people: Cohort) -> None:
    own = scenario.with_(target="own")
    assert hours(own, people) == pytest.approx(hours(scenario, people), rel=1e-9)


@given(scenarios(), cohorts(), st.floats(0, 1))
def test_hours_never_fall_when_the_price_or_the_mission_rises(scenario: Scenario, people: Cohort, step: float) -> None:
    now = hours(scenario, people) - 1e-6
    for name in ("contract_value", "mission_weight", "social_cost"):
        spec = specs()[name]
        value = getattr(scenario, name)
        raised = scenario.with_(**{name: min(value + step * (spec.high - value), spec.high)})
        assert np.all(hours(raised, people) >= now - 1e-6 * np.abs(now)), name


@given(scenarios(), cohorts(), st.floats(0, 1))
def test_hours_never_rise_with_the_cost_of_an_hour(scenario: Scenario, people: Cohort, step: float) -> None:
    dearer = scenario.with_(hour_cost=scenario.hour_cost + step * (120 - scenario.hour_cost))
    now = hours(scenario, people)
    assert np.all(hours(dearer, people) <= now + 1e-6 * (1 + now))


@given(scenarios(mission_weight=0.0), cohorts())
def test_nothing_tempts_away_from_the_benchmark_just_where_it_pays_best(scenario: Scenario, people: Cohort) -> None:
    found = evaluate(scenario, people).incentives
    gap = np.abs(found.chosen_hours - found.benchmark_hours)
    assert np.all(found.temptation >= 0)
    assert np.all(found.temptation[gap < 1e-9] < 1e-6)
    assert np.all(found.temptation[gap > 1] > 0)


@given(scenarios(), cohorts())
def test_shares_and_flags_fit_together(scenario: Scenario, people: Cohort) -> None:
    found = evaluate(scenario, people)
    inside = found.incentives
    assert np.all(inside.perverse <= inside.parked)
    withheld = inside.withheld[~np.isnan(inside.withheld)]
    assert np.all((withheld >= 0) & (withheld <= 1))
    assert np.all(inside.benchmark_hours >= scenario.minimum_hours)
    assert np.all(inside.chosen_hours >= scenario.minimum_hours)
    groups = found.groups("needs", "decile")
    assert groups["people"].sum() == pytest.approx(found.totals["people"])
    assert groups["people"] @ groups["temptation"] == pytest.approx(found.totals["temptation"], rel=1e-9, abs=1e-6)


def test_progress_without_any_effect_on_needs_is_refused() -> None:
    with pytest.raises(ScenarioError, match="progress metric cannot be priced"):
        evaluate(Scenario(metric="progress", progress_effect=0.0), six_groups())
