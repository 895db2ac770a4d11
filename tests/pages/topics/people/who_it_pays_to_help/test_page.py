"""Who it pays to help: the map over any two dimensions, a group's hours, the four metrics, against the model."""

import numpy as np
import pytest

from pages.kit.measures import MEASURES
from pricing.scenario.scenario import METRICS, Scenario
from tests.examples import EXPLORED
from tests.pages.visit import PRICED, check, check_parts, drawn, evaluated, maps, turn, visit, visit_with, words

TITLE = "Who it pays to help"
PAGE = "who_it_pays_to_help"
FORMATS = {"pence": "£{:,.2f}", "pounds": "£{:,.0f}", "percent": "{:.0%}"}


@EXPLORED
@pytest.mark.parametrize(("scenario", "cohort"), PRICED)
def test_every_price_that_has_a_meaning_can_be_shown(scenario: Scenario, cohort: str) -> None:
    """Each part for each metric, and for each people."""
    check_parts(visit_with(PAGE, scenario.with_(cohort=cohort)), TITLE, PAGE, turn(scenario, cohort))


@pytest.mark.parametrize("measure", MEASURES)
def test_the_map_shows_the_models_numbers(measure: str) -> None:
    at = visit(PAGE)
    at.selectbox("measure").select(measure).run()
    check(at, TITLE)
    cells, text = maps(at)[0].text, MEASURES[measure].text
    found = evaluated(Scenario()).groups("decile", "needs")
    for row in found[found["people"] >= 30].to_dict("records"):
        shown = cells[int(row["decile"])][int(row["needs"])].partition("\n")[0]
        if text == "hours":
            assert float(shown) == pytest.approx(row[measure], abs=0.5)
        else:
            expected = FORMATS[text].format(abs(row[measure]))
            assert shown.removeprefix("−") == expected
            assert shown.startswith("−") == (row[measure] < 0 and expected not in ("£0", "0%"))


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
def test_people_can_be_grouped_in_any_way_there_is(cohort: str) -> None:
    at = visit(PAGE, cohort=cohort)
    dimensions = evaluated(Scenario(cohort=cohort)).cohort.dimensions
    assert {"needs", "decile", "risk", "previous", "sentence", "age", "sex"} <= set(dimensions)
    for down in dimensions:
        at.selectbox("down").select(down).run()
        check(at, TITLE)
        levels = dimensions[down].levels
        assert maps(at)[0].rows == list(levels)
        assert at.selectbox("across").value != down


def test_the_picked_groups_hours_and_margins_are_the_models() -> None:
    at = visit(PAGE, part="one_group")
    found = evaluated(Scenario()).groups("needs", "decile").set_index(["needs", "decile"]).loc[(3, 0)]
    said = next(text for text in words(at) if "Where money in" in text)
    for name in ("margin_at_benchmark", "margin_at_chosen", "payback"):
        places = 2 if name == "payback" else 0
        sign = "−" if found[name] < 0 else ""
        assert f"{sign}£{abs(found[name]):,.{places}f}" in said


def test_four_metrics_are_compared_for_the_same_money() -> None:
    at = visit(PAGE, target="own", part="four_measures")
    said = next(text for text in words(at) if "for people with the most needs pays back" in text)
    for metric in METRICS:
        table = evaluated(Scenario(target="own", metric=metric)).groups("needs")
        last = table[table["people"] >= 30]["payback"].dropna().iloc[-1]
        assert f"£{last:.2f} ({metric})" in said


def test_without_a_target_two_metrics_are_missing_and_named() -> None:
    at = visit(PAGE, target="none", part="four_measures")
    check(at, TITLE)
    assert any("Without a target there is no frequency or severity metric." in said for said in words(at))


def test_money_in_and_out_start_at_the_contractual_minimum() -> None:
    at = visit(PAGE, part="one_group")
    hours = np.array(drawn(at, 0)["x"])
    assert hours[0] == Scenario().minimum_hours
    assert np.all(np.diff(hours) > 0)
