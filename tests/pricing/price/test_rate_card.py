"""A rate card: what each kind of need met is paid."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import ScenarioError
from pricing.evaluate import evaluate
from pricing.people import shipped, strata
from pricing.people.strata import RiskDraws
from pricing.price import schedule
from pricing.price.metric_formulas import formulas
from pricing.price.outcomes import Risk
from pricing.scenario.rate_card import KINDS
from pricing.scenario.scenario import Scenario
from tests.examples import examples

COHORT = shipped.load("greater_manchester")
PAID = Scenario(metric="progress", target="own")
RATES = [f"rate_{kind}" for kind in KINDS]


def test_needs_are_counted_at_their_rates() -> None:
    person = strata.take(replace(COHORT, dimensions={}), np.array([0]))
    person = replace(person, needs=np.array([2.0]), needs_by_kind=np.array([[1.0, 0, 0, 0, 1.0]]))
    risk = Risk.of(PAID.with_(rate_accommodation=4, rate_mental_health=0.5, progress_base=0.25), person)
    assert risk.needs_met(0.0) == pytest.approx((4 + 0.5) * 0.25)
    assert formulas("progress").variance(risk) == pytest.approx((4**2 + 0.5**2) * 0.25 * 0.75)


@pytest.mark.parametrize("name", shipped.names())
def test_a_built_in_cohort_knows_which_needs_each_person_has(name: str) -> None:
    cohort = shipped.load(name)
    np.testing.assert_array_equal(cohort.needs_by_kind.sum(axis=1), cohort.needs)


@examples(5)
@given(st.lists(st.floats(0.1, 2.5), min_size=5, max_size=5), st.floats(0.5, 2.0))
def test_only_the_proportions_of_the_rates_matter(rates: list[float], factor: float) -> None:
    one = evaluate(PAID.with_(**dict(zip(RATES, rates, strict=True))), COHORT)
    other = evaluate(PAID.with_(**{name: factor * rate for name, rate in zip(RATES, rates, strict=True)}), COHORT)
    np.testing.assert_allclose(other.incentives.payback, one.incentives.payback, rtol=1e-8)
    np.testing.assert_allclose(other.terms.unit_prices["progress"] * factor, one.terms.unit_prices["progress"])


def test_equal_rates_are_one_price_for_any_need() -> None:
    doubled = evaluate(PAID.with_(**dict.fromkeys(RATES, 2.0)), COHORT).incentives.payback
    np.testing.assert_allclose(doubled, evaluate(PAID, COHORT).incentives.payback, rtol=1e-9)


def test_a_need_at_rate_nothing_is_not_paid() -> None:
    worth = schedule.apply(scenario := PAID.with_(rate_drugs=0), schedule.settle(scenario, COHORT), COHORT).worth
    drugs_alone = (COHORT.needs == 1) & (COHORT.needs_by_kind[:, list(KINDS).index("drugs")] == 1)
    assert drugs_alone.any()
    assert not worth.per_need[drugs_alone].any()
    assert (worth.per_need[(COHORT.needs == 1) & ~drugs_alone] > 0).all()


def test_what_is_known_only_in_number_has_the_mean_rate() -> None:
    risk = Risk.of(PAID.with_(rate_drugs=0, rate_alcohol=3), replace(COHORT, needs_by_kind=None))
    np.testing.assert_allclose(risk.needs.weight, COHORT.needs * (1 + 1 + 0 + 3 + 1) / 5)


def test_strata_keep_the_needs_that_are_paid() -> None:
    scenario = PAID.with_(rate_drugs=0, rate_alcohol=3)
    central = RiskDraws(*(risk[None, :] for risk in (COHORT.probability, COHORT.rate, COHORT.severity)))
    found = strata.reduce(COHORT, central, "overall").stacked(1)
    whole = COHORT.total(Risk.of(scenario, COHORT).needs.weight)
    assert found.total(Risk.of(scenario, found).needs.weight) == pytest.approx(whole)


def test_a_card_without_any_rate_is_refused_where_needs_are_paid() -> None:
    nothing = dict.fromkeys(RATES, 0.0)
    Scenario(**nothing)
    with pytest.raises(ScenarioError, match="at least one kind of need"):
        PAID.with_(**nothing)
