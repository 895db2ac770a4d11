"""The consultation answer's claims (GMCVO, 2013), each in words, each held on the default cohort."""

import numpy as np
import pandas as pd
import pytest

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import Scenario
from pricing.words import cautions

OWN = Scenario(target="own")
PREMIUM = OWN.with_(need_premium=0.3)
PLACE = PREMIUM.with_(area_multiplier=1.5)


@pytest.fixture(scope="module")
def people() -> Cohort:
    return shipped.load("greater_manchester")


def by(evaluation: Evaluation, key: str) -> pd.Series:
    """Payback by level of a dimension, groups of 30 people or more, in order."""
    table = evaluation.groups(key)
    return table[table["people"] >= 30].set_index(key)["payback"]


def slope_by_place(evaluation: Evaluation) -> float:
    """Payback in the least deprived tenths over that in the most deprived: 1 where place makes no difference."""
    payback = by(evaluation, "decile")
    return float(payback.loc[7:].mean() / payback.loc[:2].mean())


def test_without_premiums_it_pays_less_to_help_people_with_more_needs(people: Cohort) -> None:
    payback = by(evaluate(Scenario(), people), "needs")
    assert list(payback) == sorted(payback, reverse=True)
    assert payback.iloc[-1] < 0.6 * payback.iloc[0]


def test_without_a_multiplier_it_pays_less_to_help_people_in_deprived_places(people: Cohort) -> None:
    payback = by(evaluate(Scenario(), people), "decile")
    assert np.corrcoef(payback.index, payback)[0, 1] > 0.9
    assert slope_by_place(evaluate(Scenario(), people)) > 1.3


def test_in_each_place_needs_lower_it_and_for_each_need_place_lowers_it(people: Cohort) -> None:
    table = evaluate(Scenario(), people).groups("needs", "decile")
    table = table[table["people"] >= 30]
    for key, other in (("needs", "decile"), ("decile", "needs")):
        for _, group in table.groupby(other):
            if len(group) > 2:
                sign = np.corrcoef(group[key], group["payback"])[0, 1]
                assert sign < 0 if key == "needs" else sign > 0


def test_a_premium_for_need_lifts_people_with_many_needs_but_leaves_a_slope_by_place(people: Cohort) -> None:
    before, after = evaluate(OWN, people), evaluate(PREMIUM, people)
    lifted = by(after, "needs") / by(before, "needs")
    assert list(lifted) == sorted(lifted)
    assert lifted.iloc[-1] > 1.2
    assert lifted.iloc[0] < 1
    assert slope_by_place(after) > 1.1


def test_a_multiplier_for_place_flattens_that_slope(people: Cohort) -> None:
    steep, flat = slope_by_place(evaluate(PREMIUM, people)), slope_by_place(evaluate(PLACE, people))
    assert abs(flat - 1) < 0.5 * abs(steep - 1)


def test_a_premium_on_the_fee_alone_changes_margins_and_not_payback(people: Cohort) -> None:
    before, after = evaluate(OWN, people), evaluate(PREMIUM.with_(uplift_applies_to="fee"), people)
    assert after.incentives.payback == pytest.approx(before.incentives.payback, nan_ok=True, rel=1e-9)
    assert np.ptp(after.incentives.margin_at_benchmark - before.incentives.margin_at_benchmark) > 500


def test_a_binary_price_does_not_reward_helping_those_who_reoffend_most(people: Cohort) -> None:
    binary, frequency = (by(evaluate(OWN.with_(metric=m), people), "risk") for m in ("binary", "frequency"))
    assert binary.iloc[-1] < binary.max()
    assert frequency.iloc[-1] == frequency.max()


def test_the_explorer_warns_of_settings_that_defeat_themselves(people: Cohort) -> None:
    def codes(scenario: Scenario) -> set[str]:
        return {caution.code for caution in cautions.find(evaluate(scenario, people))}

    assert codes(Scenario()) == set()
    assert codes(Scenario(need_premium=0.1)) == {"premium_under_one_target"}
    assert codes(Scenario(need_premium=0.3)) == {"premium_under_one_target"}
    assert codes(Scenario(need_premium=0.3, most_deducted=1)) == {"premium_under_one_target", "starts_beyond_limit"}
    assert codes(PREMIUM) == set()
    assert codes(PREMIUM.with_(uplift_applies_to="fee")) == {"premium_on_fee_alone"}
    assert codes(Scenario(target="none")) == {"mostly_deadweight"}
    assert codes(Scenario(contract_value=500.0)) == {"below_cost"}
