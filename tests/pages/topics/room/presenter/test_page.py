"""Presenter view: one picture at a time, the controls that matter in reach, and the address for the room."""

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame.pages_list import PAGES
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from pricing.take_away import qr
from tests.pages.visit import check, evaluated, maps, pictures, press, visit, visit_with

TITLE = "Presenter view"
LAST = 4


def address_for_the_room(at: AppTest) -> str:
    shown: str = at.main.code[0].value
    return shown


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_each_picture_stands_alone_with_its_verdict(number: int, cohort: str) -> None:
    at = visit("presenter", step=str(number), cohort=cohort, need_premium="0.3", target="own")
    check(at, TITLE)
    assert at.header[0].value.startswith("This price rewards")
    assert pictures(at) == (number < LAST)
    assert [widget.key for widget in at.main.slider] == list(PAGES["presenter"].lifted[:3])
    assert [image.proto.imgs[0].alt.partition(" ")[0] for image in at.main.get("image")] == ["QR"]


def test_the_controls_are_the_scenarios_own() -> None:
    at = visit("presenter")
    at.slider("need_premium").set_value(0.3).run()
    at.selectbox("metric").select("frequency").run()
    found = evaluated(Scenario(need_premium=0.3, metric="frequency"))
    assert f"pays back £{found.payback:.2f} on average" in at.header[0].value
    best = found.groups("needs", "decile").query("people >= 30")["payback"].max()
    assert any(f"£{best:.2f}" in cell for row in maps(at)[0].text for cell in row)
    assert (at.query_params["need_premium"], at.query_params["metric"]) == ("0.3", "frequency")


def test_next_and_previous_go_round() -> None:
    at = visit("presenter")
    for expected in ("2", "3", "4", ""):
        press(at, "Next")
        assert at.query_params.get("step", "") == expected
    press(at, "Previous")
    assert at.query_params["step"] == "4"


def test_the_rooms_address_holds_this_scenario_and_no_more() -> None:
    scenario = Scenario(need_premium=0.3, target="own")
    at = visit_with("presenter", scenario)
    query = parse_qs(urlsplit(address_for_the_room(at)).query)
    assert set(query) == {"need_premium", "target", "model"}
    assert links.read(query).scenario == scenario
    assert "?" not in address_for_the_room(visit("presenter"))
    assert "/risk_curves?" in address_for_the_room(visit("presenter", step="3", hour_cost="61"))


def test_a_code_is_black_on_white_with_a_quiet_zone() -> None:
    code = qr.draw("http://192.0.2.1:8501/?need_premium=0.3")
    assert code is not None
    drawing = code.drawing
    assert 'fill="#fff"' in drawing
    assert 'stroke="#000"' in drawing
    assert "M4 4.5h7" in drawing


def test_settings_that_contradict_each_other_can_be_put_right_where_they_were_made() -> None:
    at = visit("presenter", target="none")
    at.selectbox("metric").select("frequency").run()
    assert not at.exception
    assert at.main.error
    at.selectbox("metric").select("progress").run()
    check(at, TITLE)


def test_no_table_of_ones_own_yet_loses_nothing() -> None:
    at = visit("presenter", need_premium="0.3")
    at.selectbox("cohort").select("own_table").run()
    assert not at.exception
    at.selectbox("cohort").select("georgia_parole").run()
    check(at, TITLE)
    assert at.slider("need_premium").value == 0.3
