"""How sure: the page, and the toggle that shows the same draws elsewhere, against the model itself."""

import re

import numpy as np
import pytest

from pages.kit import draws_words
from pages.topics.trust.how_sure import turning_words
from pricing.questions.how_sure import how_sure
from pricing.questions.how_sure.how_sure import Draws
from pricing.questions.how_sure.tornado import tornado
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from tests.examples import EXPLORED
from tests.pages.frame.test_own_table_upload import GOOD, upload
from tests.pages.visit import (
    PRICED_IN_TURN,
    check,
    copied,
    drawn,
    evaluated,
    maps,
    open_part,
    pictures,
    visit,
    visit_with,
    words,
)

TITLE = "How sure"
CELL = re.compile(r"£(\d+\.\d\d)(▼?)\n\((\d+)\)")


def draws(scenario: Scenario) -> Draws:
    evaluation = evaluated(scenario)
    return how_sure.draw(evaluation, how_sure.strata_for(scenario, evaluation.cohort))


@EXPLORED
@pytest.mark.parametrize(("scenario", "cohort"), PRICED_IN_TURN)
def test_every_price_that_has_a_meaning_can_be_shown(scenario: Scenario, cohort: str) -> None:
    scenario = scenario.with_(cohort=cohort)
    at = visit_with("how_sure", scenario)
    check(at, TITLE)
    under = draws(scenario).by().under_one[0]
    assert at.subheader[0].value.endswith(f"The payback is under £1 in {under:.0f} of 100 draws.")


def test_the_tornado_is_the_models() -> None:
    scenario = Scenario(target="own", results_share=0.5)
    at, swings = visit_with("how_sure", scenario), tornado(evaluated(scenario))
    assert drawn(at, 0)["x"] == pytest.approx([swings[0].at_low, swings[0].at_high])
    said = " ".join(words(at))
    for swing in swings:
        assert turning_words.turning(swing) in said


def test_assumed_ranges_say_so_where_they_stand() -> None:
    said = " ".join(words(visit("how_sure")))
    for name in ("Hours for most of the effect", "Extra hours per need", "Effect lost in the most deprived areas"):
        assert f"“{name}”" in said
    assert "are assumed; the other leans on published figures" in said


def test_it_is_off_until_somebody_asks() -> None:
    at = visit("start_here")
    assert not at.toggle("sure").value
    assert "draws" not in at.subheader[0].value
    assert not any("draws" in text for text in words(at))


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
def test_the_map_says_in_how_many_draws(cohort: str) -> None:
    scenario = Scenario(cohort=cohort, target="own", results_share=0.5)
    at = visit_with("start_here", scenario)
    at.toggle("sure").set_value(True).run()
    check(at, "Whom does this price leave behind?")
    found = draws(scenario)
    under, table = found.by("decile", "needs").under_one.reshape(10, -1), evaluated(scenario).groups("needs", "decile")
    cells = maps(at)[0].text
    for row in table[table["people"] >= 30].itertuples():
        payback, mark, number = CELL.fullmatch(cells[row.decile][row.needs]).groups()  # type: ignore[union-attr]
        assert float(payback) == pytest.approx(row.payback, abs=0.00501)
        assert (mark == "▼") == (row.payback < 1)
        assert int(number) == under[row.decile, row.needs]
    everyone = found.by()
    assert f"{everyone.under_one[0]:.0f} of 100 draws" in at.subheader[0].value
    assert at.metric[0].delta == draws_words.span(everyone, "payback")
    assert at.metric[1].delta == draws_words.span(everyone, "parked")


def test_a_slider_keeps_it_on_and_no_link_carries_it() -> None:
    at = visit("start_here")
    at.toggle("sure").set_value(True).run()
    at.slider("need_premium").set_value(0.3).run()
    assert at.toggle("sure").value
    assert "sure" not in at.query_params
    assert "sure" not in links.from_url(copied(at))


@pytest.mark.parametrize("measure", ["payback", "parked", "withheld"])
def test_other_maps_show_it_too(measure: str) -> None:
    at = visit("who_it_pays_to_help")
    at.toggle("sure").set_value(True).run()
    at.selectbox("measure").select(measure).run()
    at.selectbox("down").select("age").run()
    check(at, "Who it pays to help")
    shown = [text for row in maps(at)[0].text for text in row if text]
    assert all(text.endswith(")") for text in shown) == (measure != "withheld")
    open_part(at, "who_it_pays_to_help", "one_group")
    group = draws(Scenario()).by("needs", "decile")
    minimum = group.pays_minimum[3 * 10]
    assert any(f"In {minimum:.0f} of 100 draws it pays to do the minimum for this group." in text for text in words(at))


def test_the_table_has_the_draws() -> None:
    found = draws(Scenario())
    table = draws_words.table(found.evaluation, found.by("decile", "needs"), "decile", "needs")
    assert set(draws_words.STYLES) <= set(table)
    assert np.all(table["Payback, low"] <= table["Payback per £1"])
    assert np.all(table["Payback, high"] >= table["Payback per £1"])


def test_a_readers_own_table_says_that_only_the_assumptions_vary() -> None:
    at = upload(visit("how_sure", cohort="own_table"), GOOD)
    check(at, TITLE)
    assert any("Nothing is fitted" in said for said in words(at))
    assert not any("risk curves, the assumptions as set" in said for said in words(at))


def test_where_nobody_needs_more_there_is_nothing_to_turn() -> None:
    at = visit("how_sure", minimum_hours="100", hour_cost="120")
    check(at, TITLE)
    assert not pictures(at)


def test_a_list_of_what_would_turn_it_is_not_promised_where_nothing_does() -> None:
    at = visit("how_sure")
    said = " ".join(words(at))
    assert ("no one of these assumptions alone would change that" in said) == ("That is outside its range" not in said)
    assert "“How sure” holds" not in said


def test_what_is_taken_as_nothing_has_no_range_to_be_outside_of() -> None:
    found = tornado(evaluated(Scenario(area_drag=0.0, results_share=0.5)))
    (said,) = (turning_words.turning(swing) for swing in found if swing.name == "area_drag")
    assert "lose 46% of its effect" in said
    assert "range of 0% to 0%" not in said
    assert said.endswith("It is not varied here: its range is taken in parts of what is set, and 0% has none.")
