"""Risk curves: every factor, risk and person can be drawn for each cohort, with the model's numbers."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.topics.people.risk_curves import hold_out_words
from pages.topics.people.risk_curves import words as risk_words
from pricing.people import risk_curves, shipped
from pricing.questions import risk_and_return
from pricing.questions.risk_and_return import AlongCurve
from pricing.scenario.scenario import Scenario
from tests.examples import EXPLORED, in_turn, rows
from tests.pages.visit import ROOT, VALID, check, drawn, evaluated, named, visit, visit_with, words

TITLE = "Risk curves"
NAMES = shipped.names()
TABLE = ROOT / "tests" / "tables" / "five_groups.csv"


def curve(scenario: Scenario, factor: str, kind: str, **changed: int) -> AlongCurve:
    """What the page has to agree with: the curve of the typical person, but for what is ``changed``."""
    published = shipped.curves(scenario.cohort)
    profile = risk_curves.typical_profile(published.cells) | changed
    return risk_and_return.follow(evaluated(scenario), published, profile, factor, kind)


def opened(at: AppTest, *keys: str) -> AppTest:
    """The same visit with these folded parts open."""
    for key in keys:
        at.session_state[key] = True
    return at.run()


def says(at: AppTest, words_: str) -> bool:
    return any(words_ in said for said in words(at))


@pytest.mark.parametrize(("scenario", "cohort"), in_turn(VALID, NAMES), ids=named)
def test_every_price_that_has_a_meaning_can_be_shown(scenario: Scenario, cohort: str) -> None:
    check(visit_with("risk_curves", scenario.with_(cohort=cohort)), TITLE)


@EXPLORED
@pytest.mark.parametrize("cohort", NAMES)
def test_every_factor_and_risk_can_be_drawn_and_the_title_has_their_numbers(cohort: str) -> None:
    at = visit("risk_curves", cohort=cohort)
    published = shipped.curves(cohort)
    factors, kinds = risk_and_return.factors(published), risk_and_return.kinds(published)
    assert at.selectbox(f"factor_{cohort}").options == list(factors.values())
    assert at.selectbox(f"kind_{cohort}").options == [risk_words.KINDS[kind] for kind in kinds]
    for kind, factor in rows(list(kinds), list(factors)):
        at.selectbox(f"kind_{cohort}").select(kind)
        at.selectbox(f"factor_{cohort}").select(factor).run()
        check(at, TITLE)
        assert says(at, risk_words.finding(curve(Scenario(cohort=cohort), factor, kind)))


def test_the_line_and_its_payback_are_the_models() -> None:
    scenario = Scenario(metric="frequency", target="own", results_share=0.5)
    at = visit_with("risk_curves", scenario)
    shown = curve(scenario, "previous", "binary")
    np.testing.assert_allclose(drawn(at, 0)["y"], shown.low)
    assert says(at, risk_words.stretches(shown))


def test_the_person_can_be_changed_and_stays_changed_when_folded_away() -> None:
    at = opened(visit("risk_curves"), "person")
    at.selectbox("person_greater_manchester_age").select_index(0).run()
    said = risk_words.finding(curve(Scenario(), "previous", "binary", age=0))
    assert says(at, said)
    assert says(at, "age: 18 to 20")
    at.session_state["person"] = False
    at.run()
    assert says(at, said)


def test_what_varies_is_not_asked_of_the_person() -> None:
    at = opened(visit("risk_curves"), "person")

    def asked() -> set[str]:
        start = "person_greater_manchester_"
        return {box.key.removeprefix(start) for box in at.main.selectbox if box.key.startswith(start)}

    everything = {"age", "sex", "offence", "sentence", "decile"}
    needs = {"accommodation", "employment", "drugs", "alcohol", "mental_health"}
    assert asked() == everything | needs
    at.selectbox("factor_greater_manchester").select("needs").run()
    assert asked() == everything | {"previous"}


def test_the_place_that_sets_the_multiplier_is_asked_for() -> None:
    at = opened(visit("risk_curves", area_index="housing", area_multiplier="2"), "person")
    assert at.selectbox("person_greater_manchester_decile_housing")


def test_an_assumed_effect_of_place_is_said_with_its_cases() -> None:
    at = visit("risk_curves")
    at.selectbox("factor_greater_manchester").select("decile").run()
    assert says(at, "That place itself adds to the risk is an assumption: 1.03 times the odds")
    cases = next(frame.value for frame in at.main.dataframe if "Case (assumed)" in frame.value)
    assert list(cases["Odds per standard deviation"]) == ["× 1.00", "× 1.03", "× 1.06"]
    at.selectbox("factor_greater_manchester").select("age").run()
    assert not says(at, "That place itself")


def test_georgia_claims_no_gradient_by_area() -> None:
    at = visit("risk_curves", cohort="georgia_parole")
    at.selectbox("factor_georgia_parole").select("decile").run()
    assert says(at, "no gradient by area can be claimed from these records")


def test_georgia_has_no_severity_and_says_that_its_rate_is_implied() -> None:
    at = visit("risk_curves", cohort="georgia_parole")
    assert risk_words.KINDS["severity"] not in at.selectbox("kind_georgia_parole").options
    at.selectbox("kind_georgia_parole").select("frequency").run()
    assert says(at, "implied number of reoffences")
    assert says(at, "(implied, not observed)")
    assert says(at, "Only the chance of reoffending was fitted")


@pytest.mark.parametrize("cohort", NAMES)
def test_ratios_and_the_check_stand_in_words_and_tables(cohort: str) -> None:
    at = visit("risk_curves", cohort=cohort)
    report = shipped.curves(cohort).hold_out
    for sentence in [
        *hold_out_words.sentences(report),
        hold_out_words.totals(report.groups),
        *hold_out_words.outside(report.groups),
    ]:
        assert says(at, sentence)
    ratios = next(frame.value for frame in at.main.dataframe if "Beside others" in frame.value)
    assert ratios["Beside others"].str.match(r"\d+\.\d\d times the odds, \d+\.\d\d to \d+\.\d\d").all()


def test_pictures_and_tables_are_drawn_only_when_opened() -> None:
    at = visit("risk_curves")
    assert len(at.main.get("plotly_chart")) == 1
    assert len(at.main.dataframe) == 1
    opened(at, "open_forest", "open_hold_out", "table_risk_by_previous_binary", "table_reoffending_expected_and_seen")
    check(at, TITLE)
    assert len(at.main.get("plotly_chart")) == 3
    assert len(at.main.dataframe) == 3
    table = next(frame.value for frame in at.main.dataframe if "Payback per £1" in frame.value)
    np.testing.assert_allclose(table["Payback per £1"], curve(Scenario(), "previous", "binary").payback)


def test_a_table_of_ones_own_has_no_curves_and_says_so() -> None:
    at = visit("risk_curves", cohort="own_table")
    at.get("file_uploader")[0].set_value((TABLE.name, TABLE.read_bytes(), "text/csv")).run()
    check(at, TITLE)
    assert says(at, "there are no curves to show")
    assert not at.main.get("plotly_chart")
    assert "Payback per £1" in at.main.dataframe[0].value


def test_a_change_of_people_changes_the_curve() -> None:
    at = visit("risk_curves")
    at.selectbox("cohort").select("georgia_parole").run()
    check(at, TITLE)
    assert says(at, risk_words.finding(curve(Scenario(cohort="georgia_parole"), "previous", "binary")))
