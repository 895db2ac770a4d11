"""A part of the work gives a coarser figure of the same thing; unless somebody says so, all of it is done."""

from dataclasses import replace

import pytest

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.small_provider import surplus
from pricing.questions.small_provider.luck.simulated_years import YEARS
from pricing.resources import effort
from pricing.resources.shelf import SHELF
from pricing.scenario.scenario import Scenario


@pytest.fixture(scope="module")
def hurdled() -> Evaluation:
    """A contract under which a provider's years are drawn."""
    scenario = Scenario(metric="frequency", binary_hurdle="yes", deductions="none", clients=60, common_shock=0.2)
    return evaluate(scenario, shipped.load("greater_manchester"))


def test_nothing_is_left_out_unless_somebody_says_so(hurdled: Evaluation) -> None:
    assert effort.part() == 1.0
    with effort.allowed(1.0) as whole:
        inside = surplus.of(hurdled)
    assert (whole.looked, whole.coarser) == (True, False)
    assert inside.chance_of_loss == surplus.of(hurdled).chance_of_loss


@pytest.mark.parametrize("clauses", [True, False], ids=["whose years are drawn", "whose sum is exact in full"])
def test_a_tenth_of_the_years_is_as_near_as_is_said(hurdled: Evaluation, clauses: bool) -> None:
    contract = hurdled if clauses else replace(hurdled, scenario=hurdled.scenario.with_(binary_hurdle="no"))
    whole = surplus.of(contract)
    SHELF.empty()
    with effort.allowed(0.1) as less:
        coarse = surplus.of(contract)
    assert less.coarser
    assert (whole.drawn, coarse.drawn) == (clauses, True)
    assert len(coarse.money.values) <= 0.1 * YEARS
    assert coarse.chance_of_loss == pytest.approx(whole.chance_of_loss, abs=0.03)
    assert coarse.expected == pytest.approx(whole.expected, abs=0.1 * whole.sd)
    assert coarse.worst_year == pytest.approx(whole.worst_year, abs=0.2 * whole.sd)


def test_a_sum_that_is_known_in_full_is_used_whoever_asks(hurdled: Evaluation) -> None:
    """Under other limits too: what they leave of it is little work."""
    contract = replace(hurdled, scenario=hurdled.scenario.with_(binary_hurdle="no"))
    surplus.of(contract)
    limited = replace(contract, scenario=contract.scenario.with_(deductions="full", most_lost=0.5))
    with effort.allowed(0.1) as less:
        found = surplus.of(limited)
    assert (less.coarser, found.drawn) == (False, False)
    SHELF.empty()
    assert found.expected == pytest.approx(surplus.of(limited).expected, rel=1e-12)


def test_what_is_inside_is_told_to_whoever_is_outside() -> None:
    with effort.allowed(1.0) as outer:
        with effort.allowed() as inner:
            assert effort.part() == 1.0
        assert (inner.coarser, outer.looked, outer.coarser) == (False, True, False)
        with effort.allowed(0.5):
            assert effort.part() == 0.5
            with effort.allowed() as within:
                assert effort.part() == 0.5
            assert within.coarser
    assert outer.coarser
    assert effort.ALLOWED.get() is None
