"""Set the price: the schedule, one person's money and the spending, against the model itself."""

import pytest
from streamlit.testing.v1 import AppTest

from pricing.price import schedule
from pricing.scenario.scenario import Scenario
from tests.pages.visit import PRICED, check, evaluated, maps, steps, visit, visit_with, words

TITLE = "Set the price"
BENCHMARK = "Giving what is needed"


def sums(at: AppTest) -> list[float]:
    """The sum under the steps of one person's money, and of the spending."""
    return [list(one.values())[-1][1] for one in steps(at)]


@pytest.mark.parametrize(("scenario", "cohort"), PRICED)
def test_spending_adds_up_to_the_models(scenario: Scenario, cohort: str) -> None:
    scenario = scenario.with_(cohort=cohort)
    at = visit_with("set_the_price", scenario)
    check(at, TITLE)
    assert sums(at)[1] == pytest.approx(evaluated(scenario).totals["spend_at_chosen"], abs=0.01)


def test_the_schedule_is_the_published_one() -> None:
    scenario = Scenario(need_premium=0.25, area_multiplier=1.5, target="own")
    at, found = visit_with("set_the_price", scenario), evaluated(scenario)
    table = schedule.published(scenario, found.terms)
    for part, column in (("Fee for service", "fee"), ("Per person fewer who reoffends", "binary")):
        at.segmented_control("part").set_value(part).run()
        cells = maps(at)[0].text
        for row in table.to_dict("records"):
            assert cells[int(row["decile"]) - 1][int(row["needs"])] == f"£{row[column]:,.0f}"


def test_a_persons_money_adds_up_to_the_margin() -> None:
    at = visit("set_the_price")
    found = evaluated(Scenario()).groups("needs", "decile").set_index(["needs", "decile"]).loc[(3, 0)]
    assert sums(at)[0] == pytest.approx(found["margin_at_chosen"], abs=0.01)
    at.segmented_control("price_hours").set_value(BENCHMARK).run()
    assert sums(at)[0] == pytest.approx(found["margin_at_benchmark"], abs=0.01)
    assert sums(at)[1] == pytest.approx(evaluated(Scenario()).totals["spend_at_benchmark"], abs=0.01)


def test_another_group_can_be_picked() -> None:
    at = visit("set_the_price")
    at.selectbox("price_needs").select(1).run()
    at.selectbox("price_decile").select(4).run()
    found = evaluated(Scenario()).groups("needs", "decile").set_index(["needs", "decile"]).loc[(1, 4)]
    assert any("people with 1 need in deprivation tenth 5" in said for said in words(at))
    assert sums(at)[0] == pytest.approx(found["margin_at_chosen"], abs=0.01)


def test_the_steps_lead_to_what_is_left() -> None:
    at = visit_with("set_the_price", Scenario(metric="blend", results_share=0.6, area_multiplier=2.0))
    for one in steps(at):
        *amounts, last = (amount for _, amount in one.values())
        assert sum(amounts) == pytest.approx(last, abs=0.05)


def test_the_next_step_is_named_and_every_lever_has_its_weight_once_they_are_asked_for() -> None:
    at = visit("set_the_price")
    assert not at.main.table
    assert any("what one step of each lever would change" in box.label for box in at.main.expander)
    at.session_state["levers"] = True
    at.run()
    assert any("The next step: “Share of the contract paid on results”" in said.value for said in at.main.markdown)
    (table,) = at.main.table
    assert list(table.value.index)[:3] == [
        "Share of the contract paid on results",
        "Reduction the price is set for",
        "Contract value",
    ]
