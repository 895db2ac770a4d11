"""The frame around every page: controls that agree, links read and written, contradictions survived."""

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import address
from pages.frame.pages_list import PAGES
from pricing import MODEL_VERSION
from pricing.scenario import links
from pricing.scenario.scenario import GROUPS, Scenario, defaults, specs
from tests.pages import visit as visiting
from tests.pages.visit import (
    FOLDS,
    ROOT,
    check,
    evaluated,
    pictures,
    press,
    settings,
    typed,
    unfold,
    visit,
    visit_with,
    words,
)

MINE = ("start_here", "set_the_price", "who_it_pays_to_help")
TITLES = dict(zip(MINE, ("Whom does this price leave behind?", "Set the price", "Who it pays to help"), strict=True))


def payback(at: AppTest) -> str:
    shown: str = at.metric[0].value
    return shown


def copied(at: AppTest) -> dict[str, str]:
    """What the link of "Copy link" says."""
    query = urlsplit(visiting.copied(at)).query
    return {name: values[0] for name, values in parse_qs(query).items()}


OF_EACH = [name for name in specs() if name.startswith(("cash_", "puts_"))]
"""Parameters that stand in the place of another one, for whoever chooses a share for each agency."""


def drawn(at: AppTest) -> set[str]:
    """Keys of the controls in a page's main part."""
    return {str(widget.key) for widget in [*at.main.slider, *at.main.number_input, *at.main.selectbox]}


@pytest.mark.parametrize("opened", PAGES)
def test_every_page_has_its_version_and_in_its_panel_every_parameter_that_no_page_draws(
    opened: str,
) -> None:
    at = visit(opened, metric="blend", unfolded=FOLDS)
    assert not at.exception
    assert bool(pictures(at)) == PAGES[opened].pictures
    widgets = [*at.sidebar.slider, *at.sidebar.number_input, *at.sidebar.selectbox]
    lifted, own_groups = set(PAGES[opened].lifted), {page.group for page in PAGES.values()}
    shared = {name for name, spec in specs().items() if spec.group not in own_groups} - lifted
    shared = shared if PAGES[opened].panel else set()
    assert shared == {widget.key for widget in widgets} & set(specs())
    boxes = {box.key: box.label for box in [*at.sidebar.number_input, *at.main.number_input] if box.key in specs()}
    assert all(specs()[name].meanings in label for name, label in boxes.items()), "0 means no limit: said in its place"
    own = {name for name, spec in specs().items() if spec.group == PAGES[opened].group}
    assert lifted | own - set(OF_EACH) <= drawn(at)
    if set(OF_EACH) & own:
        assert set(OF_EACH) <= drawn(visit(opened, cashable_by="each", pot_members="each", unfolded=FOLDS))
    folded = [title for name, title in GROUPS.items() if name != "main" and name not in own_groups]
    assert [box.label for box in at.sidebar.expander] == (folded if PAGES[opened].panel else [])
    last = at.caption[-1].value
    assert MODEL_VERSION in last
    assert "do not forecast" in last


def test_what_a_page_draws_itself_is_kept_on_the_others() -> None:
    at = visit("start_here", clients="12", reserves="5000")
    at.slider("need_premium").set_value(0.3).run()
    at.slider("need_premium").set_value(0.2).run()
    assert (settings(at)["clients"], settings(at)["reserves"]) == (12, 5000)
    assert dict(at.query_params) == {"need_premium": "0.2", "clients": "12", "reserves": "5000", "model": MODEL_VERSION}


@pytest.mark.parametrize("opened", PAGES)
def test_a_page_can_be_the_first_that_anybody_opens(opened: str) -> None:
    """On a fresh server Streamlit runs the page's file alone."""
    at = AppTest.from_file(ROOT / "pages" / f"{opened}.py", default_timeout=60).run()
    assert not at.exception
    assert at.title
    assert len(at.slider) == 3


def test_a_typed_number_moves_its_slider() -> None:
    at = visit("start_here")
    typed(at, "need_premium").set_value(0.37).run()
    assert at.slider("need_premium").value == 0.37
    assert payback(at) == f"£{evaluated(Scenario(need_premium=0.37)).payback:.2f}"


def test_a_slider_moves_its_typed_number() -> None:
    at = visit("start_here")
    at.slider("area_multiplier").set_value(1.75).run()
    assert typed(at, "area_multiplier").value == 1.75
    typed(at, "area_multiplier").set_value(1.2).run()
    assert at.slider("area_multiplier").value == 1.2


def test_a_change_is_in_the_address_and_in_the_copied_link() -> None:
    at = visit("start_here", unfolded=FOLDS)
    assert dict(at.query_params) == {}
    at.slider("need_premium").set_value(0.3).run()
    at.number_input("hour_cost").set_value(55.0).run()
    assert dict(at.query_params) == {"need_premium": "0.3", "hour_cost": "55", "model": MODEL_VERSION}
    assert copied(at) == links.write(Scenario(need_premium=0.3, hour_cost=55.0))


def test_weights_of_a_blend_are_kept_while_they_are_not_shown() -> None:
    at = visit("start_here", metric="blend", blend_progress="0.9", unfolded=FOLDS)
    at.selectbox("metric").select("binary").run()
    at = unfold(at.selectbox("metric").select("blend").run())
    assert at.number_input("blend_progress").value == 0.9


@pytest.mark.parametrize("opened", MINE)
def test_a_link_sets_every_control(opened: str) -> None:
    scenario = Scenario(
        cohort="georgia_parole",
        metric="blend",
        target="own",
        blend_severity=0.8,
        results_share=0.42,
        need_premium=0.33,
        area_multiplier=1.65,
        area_shape="steep",
        payment_lag_months=7.0,
    )
    at = visit_with(opened, scenario)
    check(at, TITLES[opened])
    assert settings(at) == scenario.values()


@pytest.mark.parametrize("opened", MINE)
def test_reset_brings_every_default_back(opened: str) -> None:
    at = visit(opened, metric="frequency", target="own", need_premium="0.5", hour_cost="77", nonsense="1")
    press(at, "Reset")
    check(at, TITLES[opened])
    assert settings(at) == defaults().values()
    assert dict(at.query_params) == {}
    assert not any("nonsense" in said for said in words(at))


@pytest.mark.parametrize("metric", ["frequency", "severity", "blend"])
@pytest.mark.parametrize("opened", MINE)
def test_settings_that_contradict_each_other_are_explained_and_can_be_mended(opened: str, metric: str) -> None:
    at = visit(opened, unfolded=FOLDS)
    at.selectbox("metric").select(metric).run()
    at.selectbox("target").select("none").run()
    assert not at.exception
    assert any("needs a target to compare with" in said.value for said in at.main.text)
    assert len(at.sidebar.slider) == 3
    at.selectbox("target").select("own").run()
    check(at, TITLES[opened])
    assert not at.error


@pytest.mark.parametrize("metric", ["frequency", "severity", "blend"])
def test_a_link_that_contradicts_itself_keeps_the_rest(metric: str) -> None:
    at = visit("start_here", metric=metric, target="none", hour_cost="61", unfolded=FOLDS)
    check(at, TITLES["start_here"])
    assert any("needs a target" in said.value for said in at.main.text)
    assert (at.selectbox("metric").value, at.selectbox("target").value) == (metric, "one")
    assert at.number_input("hour_cost").value == 61


def test_a_blend_of_nothing_is_explained() -> None:
    at = visit("start_here", metric="blend", unfolded=FOLDS)
    for name in ("binary", "frequency", "severity", "progress"):
        at.number_input(f"blend_{name}").set_value(0.0).run()
    assert any("at least one metric with a weight above 0" in said.value for said in at.main.text)
    at.number_input("blend_progress").set_value(0.5).run()
    check(at, TITLES["start_here"])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("no_such_thing", "1", "“no_such_thing” is not a parameter"),
        ("need_premium", "7", "is outside 0 to 1"),
        ("need_premium", "-0.1", "need_premium: -0.1 is outside"),
        ("need_premium", "nan", "need_premium: “nan” is not a number"),
        ("need_premium", "inf", "need_premium: “inf” is not a number"),
        ("need_premium", "1e999", "is too large a number"),
        ("need_premium", "lots", "need_premium: “lots” is not a number"),
        ("metric", "harm", "metric: “harm” is not one of: binary"),
        ("a.need_premium", "7", "a.need_premium: 7 is outside 0 to 1"),
    ],
)
def test_what_a_link_could_not_have_is_named_and_the_rest_is_honoured(name: str, value: str, said: str) -> None:
    at = visit("start_here", hour_cost="61", **{name: value}, unfolded=FOLDS)
    problem = at.main.text[0].value
    assert said in problem
    assert problem.startswith((name, f"“{name}”"))
    assert at.number_input("hour_cost").value == 61
    press(at, "Understood")
    check(at, TITLES["start_here"])
    assert not at.main.text
    assert at.number_input("hour_cost").value == 61


def test_a_link_that_was_opened_stays_in_the_address_until_something_changes() -> None:
    """Rewriting it would be a step in the browser's history, to be gone back through for nothing."""
    full = links.write(Scenario(need_premium=0.3))
    for query in ({"need_premium": "0.30"}, full, {"hour_cost": "61", "nonsense": "1"}):
        at = visit("start_here", **query)
        assert dict(at.query_params) == query
    at.slider("need_premium").set_value(0.1).run()
    assert dict(at.query_params) == {"need_premium": "0.1", "hour_cost": "61", "model": MODEL_VERSION}


def test_going_back_restores_the_settings_of_the_address_gone_back_to(monkeypatch: pytest.MonkeyPatch) -> None:
    at = visit("start_here")
    at.slider("need_premium").set_value(0.3).run()
    at.selectbox("metric").select("progress").run()
    monkeypatch.setattr(address, "gone_back", lambda: True)
    at.query_params.pop("metric")
    at.run()
    assert (at.slider("need_premium").value, at.selectbox("metric").value) == (0.3, "binary")
    at.query_params.clear()
    at.run()
    assert at.slider("need_premium").value == 0
    assert payback(at) == f"£{evaluated(defaults()).payback:.2f}"


def test_an_address_that_lags_behind_changes_nothing() -> None:
    """In a run that follows another closely, the browser's address is still the one before."""
    at = visit("start_here")
    at.slider("need_premium").set_value(0.3).run()
    at.query_params.clear()
    at.run()
    assert at.slider("need_premium").value == 0.3
    assert dict(at.query_params) == {"need_premium": "0.3", "model": MODEL_VERSION}


def test_an_old_link_says_what_changed_since_and_is_no_problem() -> None:
    at = visit("start_here", hour_cost="61", model="1.0.0")
    check(at, TITLES["start_here"])
    note = at.main.info[0].value.replace("\\", "")
    assert note.startswith("This link was made with model version “1.0.0”")
    assert "none of the figures of 1.0.0 changed" in note
    assert not any("could not be used" in said.value for said in at.main.warning)
    press(at, "Understood")
    assert not any("was made with" in said.value for said in at.main.info)
    meant = {"hour_cost": "61", "most_lost": "0", "who_comes": "mix", "needed_budget": "0", "model": MODEL_VERSION}
    assert dict(at.query_params) == meant


def test_what_was_understood_leaves_the_address() -> None:
    at = press(visit("start_here", hour_cost="61", nonsense="1"), "Understood")
    assert dict(at.query_params) == {"hour_cost": "61", "model": MODEL_VERSION}
