"""Who pays, who saves: the page agrees with the model, for every cohort and price, and its figures are the reader's."""

import json
import re

import pytest

from pages.topics.money.who_pays_who_saves import charts, offer_words
from pages.topics.money.who_pays_who_saves import words as savings_words
from pricing.__main__ import main
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.savings.appraisal import appraise
from pricing.questions.savings.pot import Pot
from pricing.questions.savings.saved import savings
from pricing.questions.savings.spending import REASONS, Offer, offers
from pricing.scenario.scenario import Scenario
from tests.examples import in_turn
from tests.pages.frame.test_own_table_upload import FILE, GOOD, upload
from tests.pages.visit import (
    VALID,
    all_words,
    check,
    check_parts,
    drawn,
    evaluated,
    named,
    open_part,
    visit,
    visit_with,
    words,
)

TITLE = "Who pays, who saves"
PAGE = "who_pays_who_saves"
BUYS = "pays_for"
OWN = Scenario(metric="frequency", target="own", results_share=0.5)


@pytest.mark.parametrize(("scenario", "cohort"), in_turn(VALID, shipped.names()), ids=named)
def test_the_page_stands_for_every_price_and_cohort(scenario: Scenario, cohort: str) -> None:
    check_parts(visit_with(PAGE, scenario.with_(cohort=cohort)), TITLE, PAGE, VALID.index(scenario))


def test_the_bars_are_the_models_and_cash_stands_apart() -> None:
    at = visit_with(PAGE, OWN)
    check(at, TITLE)
    pot = Pot(savings(evaluated(OWN), at_benchmark=False))
    ordered = sorted(pot.by_agency, key=lambda share: -share.saved)
    assert drawn(at, 0)["x"] == pytest.approx([share.cash for share in ordered])
    hatched = charts.agencies(pot).data[1]
    assert (drawn(at, 0)["marker"]["pattern"]["shape"], hatched.marker.pattern.shape) == ("", "/")
    assert list(hatched.x) == pytest.approx([share.saved - share.cash for share in ordered])
    labels = drawn(at, 0)["y"]
    assert labels[0].startswith(f"{ordered[0].agency.label} (local)<br><b>{savings_words.about(ordered[0].saved)}</b>")
    assert labels[-1] == "Councils (local)<br><b>not known</b>"
    assert at.main.metric[2].value == savings_words.about(pot.put_in)
    open_part(at, PAGE, "boroughs")
    assert sum(drawn(at, 0)["x"]) == pytest.approx(pot.savings.local)


def test_the_open_table_adds_up_and_leaves_councils_open() -> None:
    at = visit_with(PAGE, OWN, part="pot")
    table = at.main.dataframe[0].value.set_index("Agency")
    assert table.loc["Councils", ["Saved", "Put in"]].isna().all()
    for column in ("Saved", "Becomes cash", "Put in", "Kept"):
        assert table[column].iloc[:-1].sum() == pytest.approx(table[column].iloc[-1])
    at = visit_with(PAGE, OWN.with_(council_cost=100.0), part="pot")
    given = at.main.dataframe[0].value.set_index("Agency")
    assert given.loc["Councils", "Saved"] == pytest.approx(100 * savings(evaluated(OWN), at_benchmark=False).avoided)


def test_the_rule_of_justice_reinvestment_is_named_and_begins_at_five_percent() -> None:
    at = visit_with(PAGE, Scenario(pot_rule="reinvestment"))
    check(at, TITLE)
    said = all_words(at, PAGE)
    assert any("the rule begins at 5%" in one for one in said)
    assert any("no richer contract is paid for" in one for one in said)
    at.segmented_control(key="savings_hours").select("Giving what is needed").run()
    check(at, TITLE)
    pot = Pot(savings(evaluated(Scenario(pot_rule="reinvestment")), at_benchmark=True))
    assert at.main.metric[2].value == savings_words.about(pot.put_in) != "£0"


def test_a_price_year_is_said_beside_the_figures() -> None:
    at = visit_with(PAGE, OWN.with_(price_year="2023"))
    check(at, TITLE)
    assert any("In 2023/24 prices: what a crime cost in 2010/11 (unit costs) × 1.397" in said for said in words(at))


def test_a_contract_that_the_pot_pays_for_opens_here() -> None:
    at = visit_with(PAGE, OWN, part=BUYS)
    found = offers(evaluated(OWN))[0]
    assert isinstance(found, Offer)
    assert any(offer_words.offered(evaluated(OWN), found) == said for said in words(at))
    at.button("offer_dearer_results").click().run()
    check(at, TITLE)
    pot = Pot(savings(found.evaluation, at_benchmark=False))
    assert at.main.metric[2].value == savings_words.about(pot.put_in)


def test_where_clauses_bend_pay_it_is_worked_out_when_asked() -> None:
    at = visit_with(PAGE, OWN.with_(threshold=0.05), part=BUYS)
    check(at, TITLE)
    assert not [button for button in at.main.button if button.label == "Use these terms"]
    at.toggle(key="work_out_offers").set_value(True).run()
    check(at, TITLE)
    assert any(title in said for title in offer_words.TITLES.values() for said in words(at))


def test_how_sure_gives_the_ends_of_what_support_can_change() -> None:
    at = visit_with(PAGE, OWN)
    at.toggle(key="sure").set_value(True).run()
    check(at, TITLE)
    low = savings(evaluated(OWN.with_(max_effect=0.2)), at_benchmark=False)
    said = next(said for said in words(at) if said.startswith("**How sure.**"))
    assert f"(at most 18% off the odds of reoffending, not 39%): {low.avoided:,.0f} reoffences avoided" in said


@pytest.mark.parametrize(("effect", "other"), [("0.05", "more"), ("1", "less")])
def test_where_support_can_change_no_less_or_no_more_only_the_other_end_is_said(effect: str, other: str) -> None:
    """At most 5%, not 5%."""
    at = visit(PAGE, max_effect=effect)
    at.toggle(key="sure").set_value(True).run()
    said = next(said for said in words(at) if said.startswith("**How sure.**"))
    assert said.count("If support can change") == 1
    assert f"If support can change {other} (at most " in said
    assert not re.search(r"at most (\d+%) off the odds of reoffending, not \1", said)


def test_georgia_is_said_to_mix_two_countries_and_has_no_boroughs() -> None:
    at = visit(PAGE, cohort="georgia_parole")
    assert any(
        "people in the USA held against a crime’s cost in England (unit costs)" in box.value for box in at.main.warning
    )
    open_part(at, PAGE, "boroughs")
    assert not at.main.get("plotly_chart")
    assert any("come without a borough" in said for said in words(at))


def test_boroughs_with_few_reoffences_avoided_are_not_shown() -> None:
    at = visit(PAGE, max_effect="0.05", hours_scale="100", part="boroughs")
    check(at, TITLE)
    assert any(said.startswith("No borough has 10 reoffences avoided") for said in words(at))
    assert not at.main.get("plotly_chart")


def test_nothing_avoided_is_said_as_nothing() -> None:
    at = visit(PAGE, minimum_hours="0", results_share="0")
    check(at, TITLE)
    expected = savings(evaluated(Scenario(minimum_hours=0.0, results_share=0.0)), at_benchmark=False).reoffences
    assert at.subheader[0].value.startswith(
        f"Nothing is paid on results; the support that is given all the same would avoid none of {expected:,.0f} "
    )
    assert "The pot is empty: it pays for nothing." in all_words(at, PAGE)


def test_a_readers_own_table(capsys: pytest.CaptureFixture[str]) -> None:
    at = upload(visit(PAGE, cohort="own_table", target="own", metric="frequency"), GOOD)
    check(at, TITLE)
    assert main(["savings", "--baseline", str(FILE), "--set", "target=own", "--set", "metric=frequency"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert at.main.metric[2].value == savings_words.about(said["pays_best"]["pot"])
    assert said["pays_best"]["boroughs"] == []


def test_every_refusal_has_words() -> None:
    assert set(offer_words.REFUSALS) == set(REASONS)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "£0"), (12264.2, "£12,300"), (999999, "£1.00m"), (1234567, "£1.23m"), (110279767, "£110m"), (7.5, "£8")],
)
def test_savings_are_written_to_three_figures(amount: float, text: str) -> None:
    assert savings_words.about(amount) == text


@pytest.mark.parametrize("top", [0.0, 0.5, 1.0, 1.9, 3.9, 9.99, 123.0, 27000.0, 5e6, 9.9e8])
def test_an_axis_of_pounds_has_a_few_round_marks(top: float) -> None:
    marks = charts.ticks(top)
    assert 1 <= len(marks) <= 8
    assert len({savings_words.about(mark) for mark in marks}) == len(marks)
    assert marks[0] == 0
    assert marks[-1] <= 1.5 * top or top < 1


def test_small_numbers_of_reoffences_are_not_shown_but_for_own_tables() -> None:
    evaluation = evaluate(Scenario(), shipped.load("greater_manchester"))
    assert savings_words.events(evaluation, 9.4) == "fewer than 10"
    assert savings_words.events(evaluation, 346.1) == "346"


def test_value_for_money_stands_beside_what_it_leans_on() -> None:
    at = visit_with(PAGE, OWN.with_(price_year="2023", contract_year="2013"), part="value")
    check(at, TITLE)
    found = appraise(evaluated(OWN.with_(price_year="2023", contract_year="2013")), at_benchmark=False)
    said = " ".join(words(at)).replace("\\", "")
    assert f"Each £1 that the support costs brings society £{found['society'].ratio:.2f}" in said
    assert savings_words.about(found["society"].net) in said
    assert "taken to be in 2013/14 prices (assumed), is multiplied by 1.317" in said
    assert "counts for less the later it comes: 3.5% a year (the discount rate" in said
    assert "Seen from|Society|Agencies’ books|Cash alone\n" in said


def test_each_agency_has_fields_of_its_own_where_it_is_asked_for() -> None:
    at = visit_with(PAGE, OWN.with_(cashable_by="each", pot_members="each", puts_nhs=0.5, cash_nhs=0.6))
    at.session_state["your_figures"] = True
    at.run()
    check(at, TITLE)
    shown = {box.key for box in at.main.number_input}
    assert {"cash_nhs", "puts_nhs", "cash_prison"} <= shown
    assert not {"cashable", "pot_share"} & shown
    open_part(at, PAGE, "pot")
    table = at.main.dataframe[0].value.set_index("Agency")
    assert table.loc["NHS", "Put in"] == pytest.approx(0.5 * 0.6 * table.loc["NHS", "Saved"])
    assert table.loc["NHS", "Cashable (%, assumed)"] == 60


def test_boroughs_show_what_each_agency_keeps() -> None:
    at = open_part(
        visit(PAGE, metric="frequency", target="own", results_share="0.5", look="money.kept"), PAGE, "boroughs"
    )
    table = at.main.dataframe[0].value.set_index("Borough")
    pot = Pot(savings(evaluated(OWN), at_benchmark=False))
    kept = {share.agency.label: share.kept for share in pot.by_agency}
    assert table.loc["All", "NHS"] == pytest.approx(kept["NHS"])
    assert table.loc["All", "Prison"] == pytest.approx(kept["Prison"])


def test_only_people_who_were_placed_by_an_assumption_are_said_to_be() -> None:
    for cohort, assumed in (("greater_manchester", True), ("georgia_parole", False)):
        said = savings_words.reading_of_boroughs(evaluate(Scenario(cohort=cohort), shipped.load(cohort)))
        assert ("placed by an assumption" in said) is assumed
