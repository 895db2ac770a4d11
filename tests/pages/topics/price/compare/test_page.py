"""A and B: pin, change, swap and share, against the comparison itself."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame.pages_list import PAGES
from pages.topics.price.compare import words as compare_words
from pricing.questions.comparison import compare
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults, specs
from tests.pages.frame.test_own_table_upload import GOOD, upload
from tests.pages.visit import (
    PRICED,
    check,
    copied,
    evaluated,
    maps,
    pictures,
    press,
    settings,
    unfold,
    visit,
    words,
)

TITLE = "A and B"
A = Scenario()
B = Scenario(target="own", need_premium=0.3, results_share=0.5)
WITHOUT_A_LINK = ("ask_the_room", "answer", "what_is_kept", "your_people")
"""Pages that no price is copied from: of an event, and of people to be brought."""


def compared(a: Scenario, b: Scenario, page: str = "compare") -> AppTest:
    return visit(page, **links.write_changes(b.values(), pinned=a))


def pinned(at: AppTest) -> Scenario | None:
    return links.read(links.from_url(copied(at))).pinned


def test_without_an_a_the_page_says_how_to_have_one() -> None:
    at = visit("compare", need_premium="0.3")
    check(at, TITLE)
    assert any("Nothing is pinned yet" in said for said in words(at))
    press(at, "Pin these settings as A")
    check(at, TITLE)
    assert at.subheader[0].value == "A and B are the same: nothing differs yet."
    at.slider("need_premium").set_value(0.1).run()
    check(at, TITLE)
    assert pinned(at) == Scenario(need_premium=0.3)
    assert dict(at.query_params)["a.need_premium"] == "0.3"


@pytest.mark.parametrize(("scenario", "cohort"), PRICED)
def test_the_difference_is_the_models(scenario: Scenario, cohort: str) -> None:
    a, b = Scenario(cohort=cohort), scenario.with_(cohort=cohort, results_share=0.4)
    at, found = compared(a, b), compare(evaluated(a), evaluated(b))
    check(at, TITLE)
    assert at.subheader[0].value == compare_words.verdict(found)
    moved = found.moved("hours")
    for number in (moved.gainers, moved.losers):
        assert not number >= 10 or f"{number:,.0f}" in at.subheader[0].value
    (payback_a, payback_b), (spend_a, spend_b) = found.totals["payback"], found.totals["spend_at_chosen"]
    assert at.metric[0].value.replace("−", "") == f"£{abs(payback_b):.2f}"
    assert f"£{abs(payback_a):.2f}" in at.metric[0].delta
    assert at.metric[2].value.removeprefix("−") == f"£{abs(spend_b) / 1e6:.2f}m"
    assert f"£{abs(spend_a) / 1e6:.2f}m" in at.metric[2].delta
    cells = maps(at)[0].text
    for row in found.groups("decile", "needs").itertuples():
        shown = cells[row.decile][row.needs].partition("\n")[0]
        assert shown == ("" if row.people < 30 else compare_words.DIFFERENCES["hours"].signed(row.hours))


def test_what_changed_in_the_settings_stands_in_words() -> None:
    at = compared(A, B)
    table = at.table[0].value
    assert table.loc["Premium per complex need", ["A", "B"]].tolist() == ["0%", "30%"]
    assert table.loc["What results are compared with (baseline)", "B"] == specs()["target"].choices["own"]
    assert len(table) == 3


def test_a_price_that_pays_less_than_support_costs_says_so_with_its_letter() -> None:
    loses = Scenario(results_share=0.5, need_premium=0.3, area_multiplier=1.5)
    title = "This price pays less than the support costs."
    assert [box.value.partition("** ")[0] for box in compared(A, loses).warning] == [f"**B: {title}"]
    assert [box.value.partition("** ")[0] for box in compared(loses, A).warning] == [f"**A: {title}"]
    assert not compared(A, B).warning


def test_every_measure_and_grouping_can_be_shown() -> None:
    at = compared(A, B)
    for difference in compare_words.DIFFERENCES.values():
        at.segmented_control("difference").set_value(difference.short).run()
        check(at, TITLE)
        assert any(said.startswith(f"#### {difference.label}, B against A: ") for said in words(at))
    at.selectbox("down").select("age").run()
    check(at, TITLE)


def test_the_defaults_can_be_a() -> None:
    at = press(visit("compare", need_premium="0.3", cohort="georgia_parole"), "Pin the defaults as A")
    check(at, TITLE)
    assert pinned(at) == Scenario(cohort="georgia_parole")
    assert len(at.table[0].value) == 1


def test_the_panel_says_what_is_pinned_already() -> None:
    at = press(visit("start_here", need_premium="0.3"), "Pin as A")
    assert at.button("do_pin").disabled
    assert any("A is pinned" in said.value for said in at.sidebar.caption)
    at.slider("need_premium").set_value(0.1).run()
    assert not at.button("do_pin").disabled


def test_swapping_and_unpinning() -> None:
    at = press(compared(A, B), "Swap A and B")
    check(at, TITLE)
    assert (settings(at), pinned(at)) == (A.values(), B)
    press(at, "Undo")
    assert (settings(at), pinned(at)) == (B.values(), A)
    press(at, "Unpin A")
    assert pinned(at) is None
    assert not any(name.startswith("a") and name in ("a", "a.target") for name in at.query_params)


@pytest.mark.parametrize("opened", [name for name in PAGES if name not in WITHOUT_A_LINK])
def test_a_stays_pinned_and_in_every_link_on_every_page(opened: str) -> None:
    a, b = (one.with_(clients=5.0, common_shock=0.0) for one in (A, B))  # a provider whose luck is soon worked out
    at = compared(a, b, opened)
    assert not at.exception
    assert pinned(at) == a
    for link in at.sidebar.get("page_link"):
        assert links.read(links.from_url("?" + link.proto.query_string)).pinned == a
    if PAGES[opened].panel:
        at.slider("need_premium").set_value(0.1).run()
        assert pinned(at) == a


def test_people_that_differ_are_said_and_their_totals_shown() -> None:
    at = compared(Scenario(cohort="georgia_parole"), Scenario())
    check(at, TITLE)
    assert "different people" in at.subheader[0].value
    assert [("Greater" in box.value, "Georgia" in box.value) for box in at.main.info] == [(True, False), (False, True)]
    assert not pictures(at)
    assert at.table[1].value.loc["People"].tolist() == ["25,750", "8,000"]


def test_an_a_about_a_table_that_is_not_here_says_so() -> None:
    at = compared(Scenario(cohort=OWN_TABLE), Scenario())
    check(at, TITLE)
    assert any("table of your own that is not here" in said for said in words(at))


def test_two_prices_of_an_own_table_are_compared() -> None:
    at = upload(compared(Scenario(cohort=OWN_TABLE), Scenario(cohort=OWN_TABLE, target="own", results_share=0.5)), GOOD)
    check(at, TITLE)
    assert pictures(at) == 1
    assert len(at.table[0].value) == 2


def test_an_a_that_cannot_be_priced_says_why() -> None:
    at = compared(Scenario(metric="progress", progress_effect=0.0), Scenario())
    check(at, TITLE)
    assert any("cannot be priced" in said for said in words(at))


def test_the_table_names_both_prices() -> None:
    heading = links.heading(B, pinned=A)
    found = links.read(links.from_url("?" + heading.strip().rpartition("; ")[2]))
    assert (found.scenario, found.pinned) == (B, A)


def test_a_is_kept_while_b_contradicts_itself() -> None:
    at = unfold(compared(A, B))
    at.selectbox("metric").select("frequency").run()
    at.selectbox("target").select("none").run()
    assert at.error
    assert "a.target" in at.query_params
    press(at, "Pin as A")
    at.selectbox("target").select("own").run()
    check(at, TITLE)
    assert pinned(at) == defaults()
