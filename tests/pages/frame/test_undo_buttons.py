"""Undo, redo, reset and replay, by the buttons of the panel."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import address, undo_buttons
from pages.frame.undo import MOST
from pricing.scenario.scenario import defaults
from tests.pages.visit import FOLDS, check, press, settings, visit, words

TITLE = "Whom does this price leave behind?"


def button(at: AppTest, key: str) -> bool:
    """Whether a button of the panel can be pressed."""
    return not at.button(f"do_{key}").disabled


def stands(at: AppTest) -> dict[str, object]:
    usual = defaults().values()
    return {name: value for name, value in settings(at).items() if value != usual[name]}


def test_changes_are_taken_back_and_made_again() -> None:
    at = visit("start_here", hour_cost="61")
    assert (button(at, "undo"), button(at, "redo"), button(at, "replay"), button(at, "reset")) == (
        False,
        False,
        False,
        True,
    )
    at.slider("need_premium").set_value(0.3).run()
    at.selectbox("metric").select("progress").run()
    press(at, "Undo")
    check(at, TITLE)
    assert stands(at) == {"hour_cost": 61, "need_premium": 0.3}
    assert dict(at.query_params)["need_premium"] == "0.3"
    press(at, "Undo")
    assert stands(at) == {"hour_cost": 61}
    assert not button(at, "undo")
    press(at, "Redo")
    press(at, "Redo")
    assert stands(at) == {"hour_cost": 61, "need_premium": 0.3, "metric": "progress"}
    assert not button(at, "redo")
    assert at.slider("need_premium").value == 0.3


def test_a_reset_can_be_taken_back() -> None:
    at = visit("start_here", hour_cost="61", need_premium="0.3")
    press(at, "Reset")
    assert stands(at) == {}
    press(at, "Undo")
    assert stands(at) == {"hour_cost": 61, "need_premium": 0.3}


def test_settings_that_contradict_each_other_can_be_taken_back() -> None:
    at = visit("start_here", metric="frequency", unfolded=FOLDS)
    at.selectbox("target").select("none").run()
    assert at.error
    press(at, "Undo")
    check(at, TITLE)
    press(at, "Redo")
    assert at.error


def test_the_history_of_a_visit_is_bounded() -> None:
    at = visit("evidence")
    for number in range(MOST + 5):
        at.selectbox("metric").select(("progress", "binary")[number % 2]).run()
        at.session_state[undo_buttons.KEPT] = undo_buttons.Steps(
            **{**vars(at.session_state[undo_buttons.KEPT]), "at": -10.0}
        )
    assert len(at.session_state[undo_buttons.KEPT].past) == MOST


def test_the_last_change_is_replayed_before_and_after() -> None:
    at = visit("start_here", target="own")
    at.slider("need_premium").set_value(0.3).run()
    after = [metric.value for metric in at.metric]
    press(at, "Replay")
    check(at, TITLE)
    assert stands(at) == {"target": "own"}
    assert any("Before the last change" in said and "0%" in said for said in words(at))
    before = [metric.value for metric in at.metric]
    press(at, "After")
    check(at, TITLE)
    assert stands(at) == {"target": "own", "need_premium": 0.3}
    assert [metric.value for metric in at.metric] == after
    said = next(said for said in words(at) if "After the last change" in said).replace("\\", "")
    assert f"An extra £1 of support pays back {before[0]} → {after[0]}" in said
    at.selectbox("metric").select("progress").run()
    assert not any("the last change" in said for said in words(at))


def test_going_back_in_the_browser_is_a_step_back_too(monkeypatch: pytest.MonkeyPatch) -> None:
    at = visit("start_here")
    at.slider("need_premium").set_value(0.3).run()
    monkeypatch.setattr(address, "gone_back", lambda: True)
    at.query_params.clear()
    at.run()
    monkeypatch.undo()
    assert stands(at) == {}
    assert (button(at, "undo"), button(at, "redo")) == (False, True)
    press(at, "Redo")
    assert stands(at) == {"need_premium": 0.3}


def test_what_another_page_draws_is_taken_back_as_well() -> None:
    at = visit("start_here", clients="12", reserves="5000")
    at.slider("need_premium").set_value(0.3).run()
    press(at, "Undo")
    assert stands(at) == {"clients": 12, "reserves": 5000}


def test_no_key_is_a_letter_alone() -> None:
    """WCAG 2.1.4; and none may be one that undoes what somebody types into a box."""
    assert len(set(undo_buttons.KEYS.values())) == len(undo_buttons.KEYS)
    assert all(key.startswith("Alt+") for key in undo_buttons.KEYS.values())
