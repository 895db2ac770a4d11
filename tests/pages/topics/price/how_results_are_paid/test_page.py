"""How results are paid: the page agrees with the model, for linear and for bent contracts, and offers the presets."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.topics.price.how_results_are_paid import charts
from pages.topics.price.how_results_are_paid.words import NOTHING
from pricing.contract.counted.topped_hurdle import MOST_PAST_HURDLE
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.results_paid import results_paid
from pricing.scenario import links
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults
from tests.examples import EXPLORED
from tests.pages.visit import VALID, check, check_parts, drawn, evaluated, open_part, visit_with, words
from tests.properties.test_mechanics import CLAUSES

TITLE = "How results are paid"
PAGE = "how_results_are_paid"
START = "contracts"
START_FROM = Scenario(results_share=0.35, need_premium=0.4)
"""No named contract."""
TRAP = Scenario(
    threshold=0.06, threshold_rule="all_or_nothing", deductions="none", results_share=0.8, measured_people=20000.0
)


@EXPLORED
@pytest.mark.parametrize("scenario", VALID, ids=lambda s: f"{s.metric}-{s.target}")
def test_the_page_stands_for_every_metric_and_target(scenario: Scenario) -> None:
    check_parts(visit_with(PAGE, scenario), TITLE, PAGE, VALID.index(scenario))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_page_stands_for_every_preset_and_shows_the_models_numbers(preset: object) -> None:
    scenario = preset.scenario(defaults())  # type: ignore[attr-defined]
    at = visit_with(PAGE, scenario)
    check(at, TITLE)
    found = results_paid(evaluate(scenario, shipped.load(scenario.cohort)))
    if scenario.results_share:
        assert at.main.metric[0].value == f"{found.factor:.0%}"
        open_part(at, PAGE, "effective_price")
        assert drawn(at, 0)["y"] == pytest.approx(found.curve.factor.tolist())
    else:
        assert not at.main.metric
        assert NOTHING in words(at)
    open_part(at, PAGE, START)
    assert [b.label for b in at.main.button if b.disabled] == ["These are the terms in force now"]
    used = visit_with(PAGE, START_FROM, part=START)
    used.button(f"use_{preset.key}").click().run()  # type: ignore[attr-defined]
    assert [b.key for b in used.main.button if b.disabled] == [f"use_{preset.key}"]  # type: ignore[attr-defined]
    assert [said.value for said in used.main.metric] == [said.value for said in at.main.metric]


@EXPLORED
@pytest.mark.parametrize("clauses", CLAUSES, ids=str)
def test_every_part_stands_under_every_clause(clauses: dict[str, float | str]) -> None:
    scenario = Scenario(**clauses)  # type: ignore[arg-type]
    check_parts(visit_with(PAGE, scenario), TITLE, PAGE, CLAUSES.index(clauses))


def test_every_preset_is_a_link_with_its_paragraph() -> None:
    at = visit_with(PAGE, defaults(), part=START)
    for preset in PRESETS:
        query = links.to_query(links.write(preset.scenario(defaults())))
        assert any(said.endswith(f"](?{query})**") for said in words(at))
        assert any(preset.assumed in said and preset.published in said for said in words(at))


def test_a_preset_keeps_people_and_assumptions() -> None:
    scenario = Scenario(cohort="georgia_parole", hour_cost=50.0, need_premium=0.4)
    at = visit_with(PAGE, scenario, part=START)
    at.button("use_peterborough").click().run()
    check(at, TITLE)
    wanted = next(preset for preset in PRESETS if preset.key == "peterborough")
    found = results_paid(evaluated(wanted.scenario(Scenario(cohort="georgia_parole", hour_cost=50.0))))
    assert at.main.metric[0].value == f"{found.factor:.0%}"


def test_a_trap_is_named_and_both_ends_are_marked() -> None:
    at = visit_with(PAGE, TRAP)
    check(at, TITLE)
    assert any("only if everyone is already doing it" in said.value for said in at.main.warning)
    assert any(said.startswith("Of 2 places to stop at, this contract rewards") for said in words(at))
    assert {"Pays best", "Pays best nearby"} <= set(words(at))


@pytest.mark.parametrize(
    ("measured", "beside"), [(0.0, "without luck in the measure"), (2000.0, "2,000 people measured at a time")]
)
def test_a_chance_without_luck_says_so_beside_curves_that_have_it(measured: float, beside: str) -> None:
    """A tile of 0% stood over curves that are at 50% with no true change."""
    at = visit_with(PAGE, Scenario(measured_people=measured), part="areas")
    check(at, TITLE)
    assert [metric.delta for metric in at.main.metric[1:]] == [beside, beside]
    said = " ".join(words(at))
    assert ("luck is in the measure, which the numbers above are without" in said) == (not measured)
    layout = json.loads(at.main.get("plotly_chart")[0].proto.spec)["layout"]
    assert [layout[axis]["title"]["text"] for axis in ("yaxis", "yaxis3")] == [charts.CHANCE] * 2


def test_that_many_past_a_hurdle_are_taken_as_normal_is_said() -> None:
    said = "is taken as normal for more than"
    past = Scenario(metric="frequency", binary_hurdle="yes", measured_people=float(MOST_PAST_HURDLE))
    assert said not in " ".join(words(visit_with(PAGE, past)))
    assert said in " ".join(words(visit_with(PAGE, past.with_(measured_people=MOST_PAST_HURDLE + 1.0))))
    assert said not in " ".join(words(visit_with(PAGE, past.with_(measured_people=9000.0, binary_hurdle="no"))))
    topped = past.with_(measured_people=5600.0, measured_period="quarter", annual_top_up="yes")
    assert f"{said} 5,000 people: in contracts that were tried, pay was off by up to about 1p" in " ".join(
        words(visit_with(PAGE, topped))
    )


def test_no_table_of_ones_own_yet_is_no_failure() -> None:
    at = visit_with(PAGE, Scenario(cohort=OWN_TABLE))
    assert not at.exception


@given(st.floats(0, 1000), st.lists(st.floats(0, 1000), max_size=charts.MOST_MARKED))
def test_names_of_places_that_lie_close_together_do_not_cover_each_other(best: float, others: list[float]) -> None:
    """On a phone the names of two places stood on each other; heights here are pixels, of a line of 16."""
    others = sorted(others, reverse=True)
    beside = zip(others, charts.apart(best, others), strict=True)
    placed = [-best + charts.BELOW, *(down - pay for pay, down in beside)]
    assert len(placed) == 1 or np.diff(np.sort(placed)).min() >= 16
