"""Who saves and what a pot holds: the source's own figures, sums that agree, the rule at its kinks."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data import greater_manchester_inputs
from pricing.errors import DataError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.savings import costs, offences, spending
from pricing.questions.savings.costs import AGENCIES, PUBLISHED, uprating
from pricing.questions.savings.places import TOGETHER, Place, by_place, small, with_small_together
from pricing.questions.savings.pot import AgencyShare, Pot, reinvestment, rule, share_paid
from pricing.questions.savings.saved import by_group, savings
from pricing.questions.savings.spending import Offer, Refusal
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.properties.test_identities import cohorts, scenarios

FREQUENCY = Scenario(metric="frequency", target="own", results_share=0.5)


def manchester(scenario: Scenario) -> Evaluation:
    return evaluate(scenario, shipped.load("greater_manchester"))


# What the source says


@pytest.mark.parametrize(
    ("codes", "offence", "pounds"),
    [
        # GMCA Unit Cost Database v1.4, rows CR8.4.1 to CR8.4.6, all sexual offences.
        ("CR8.4", "Sexual", {"police": 1151, "probation": 39, "courts": 535, "prison": 543, "nhs": 1086}),
        # CR8.13 and CR8.6, weighted by 15,322 robberies of businesses and 62,281 of people.
        ("CR8.13 CR8.6", "Robbery", {"police": (15322 * 1627 + 62281 * 1041) / 77603}),
        # CR8.12 and CR8.19, damage to people's and to firms' property alike.
        ("CR8.12 CR8.19", "Criminal Damage and Arson", {"police": (91 + 117) / 2, "other_justice": (32 + 82) / 2}),
        # CR8.0, whose total of £609 has no police row: 609 - 21.2 - 81.12 - 108.03 - 58.3 - 112.42.
        ("CR8.0", "Drug", {"police": 227.93, "courts": 81.12, "nhs": 112.42}),
    ],
)
def test_unit_costs_are_the_sources_own(codes: str, offence: str, pounds: dict[str, float]) -> None:
    found = costs.unit_costs()
    row = found.offences.index(offence)
    assert found.codes[row] == codes
    for agency, amount in pounds.items():
        assert found.pounds[row, PUBLISHED.index(agency)] == pytest.approx(amount, abs=0.005)


def test_the_sources_totals_are_fiscal_alone() -> None:
    """They are called fiscal, economic and social; yet no cost to victims is left once the agencies' are taken off."""
    found = costs.unit_costs()
    assert found.pounds.sum(axis=1) == pytest.approx(found.stated_total, abs=1.01)
    assert found.stated_total[found.offences.index("Sexual")] == 3597


def test_every_offence_group_has_a_cost_and_assumptions_are_marked() -> None:
    found = costs.unit_costs()
    assert set(found.offences) == {row["offence"] for row in costs.rows_of("index_offences.csv", {"offence"})}
    marked = dict(zip(found.offences, found.assumed, strict=True))
    for offence in ("Fraud", "Summary Non-motoring", "Summary Motoring", "Other", "Drug", "Public Order"):
        assert marked[offence]
    assert not marked["Robbery"]


def test_prices_are_brought_to_a_year_by_the_deflator() -> None:
    assert uprating(2017, 2017) == 1.0
    # HM Treasury, December 2025: 69.1217 in 2010, 70.834 in 2011, 77.6367 in 2017, 79.1606 in 2018.
    expected = (0.75 * 77.6367 + 0.25 * 79.1606) / (0.75 * 69.1217 + 0.25 * 70.834)
    assert uprating(2010, 2017) == pytest.approx(expected, rel=1e-12)
    assert uprating(2010, 2017) * uprating(2017, 2023) == pytest.approx(uprating(2010, 2023), rel=1e-12)
    assert costs.year_words(2017) == "2017/18"


def test_a_table_without_its_columns_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "unit_costs.csv").write_text("offence,police\nTheft,1\n", encoding="utf-8")
    monkeypatch.setattr(costs, "TABLES", tmp_path)
    with pytest.raises(DataError, match="does not have the columns"):
        costs.rows_of("unit_costs.csv", {"offence", "nhs"})


def test_offences_follow_the_illustrative_cohort() -> None:
    assert offences.LIKE_INDEX == greater_manchester_inputs.LIKE_INDEX
    assert offences.published_mix().sum() == pytest.approx(1)
    people = shipped.load("greater_manchester")
    found = offences.per_crime(people)
    theft = people.dimensions["offence"].levels.index("Theft")
    cell = int(np.flatnonzero(people.dimensions["offence"].codes == theft)[0])
    pounds = costs.unit_costs().pounds
    expected = 0.4 * pounds[costs.unit_costs().offences.index("Theft")] + 0.6 * offences.published_mix() @ pounds
    assert found[cell] == pytest.approx(expected)


# What is saved


def test_known_savings_of_a_table_without_offences() -> None:
    found = savings(evaluate(FREQUENCY.with_(price_year="2010"), six_groups()), at_benchmark=True)
    # The mean over 331,356 index offences of what a crime costs the police, in 2010/11 prices: £196.11.
    assert found.by_agency["police"] / found.avoided == pytest.approx(196.105, abs=0.001)
    assert found.society / found.avoided == pytest.approx(32000 * uprating(2017, 2010))
    assert found.by_agency["councils"] == 0


@given(scenarios(), cohorts(), st.booleans())
def test_agencies_and_the_rest_sum_to_the_whole_and_nobody_pays_in_what_was_not_saved(
    scenario: Scenario, people: Cohort, at_benchmark: bool
) -> None:
    found = savings(evaluate(scenario, people), at_benchmark=at_benchmark)
    pot = Pot(found)
    assert sum(found.by_agency.values()) + found.elsewhere == pytest.approx(found.society)
    assert found.elsewhere >= -1e-6 * found.society
    assert sum(share.saved for share in pot.by_agency) == pytest.approx(found.agencies)
    for share in pot.by_agency:
        assert -1e-9 <= share.put_in <= share.cash * (1 + 1e-12)
        assert share.cash <= share.saved
        assert share.member or share.put_in == 0
    assert pot.put_in + pot.kept == pytest.approx(pot.cash)
    assert 0 <= found.fall <= 1


@given(scenarios(), cohorts(), st.booleans())
def test_groups_sum_to_everyone(scenario: Scenario, people: Cohort, at_benchmark: bool) -> None:
    evaluation = evaluate(scenario, people)
    codes = np.arange(len(people.people)) % 2
    parts = by_group(evaluation, codes, 2, at_benchmark=at_benchmark)
    whole = savings(evaluation, at_benchmark=at_benchmark)
    for name in ("people", "reoffences", "avoided", "society", "agencies", "elsewhere", "local"):
        assert sum(getattr(part, name) for part in parts) == pytest.approx(getattr(whole, name), rel=1e-9, abs=1e-6)


def test_no_effect_saves_nothing_and_fills_no_pot() -> None:
    evaluation = evaluate(Scenario(results_share=0.0, minimum_hours=0.0), six_groups())
    found = savings(evaluation, at_benchmark=False)
    assert (found.avoided, found.society, found.agencies, found.fall) == (0, 0, 0, 0)
    assert Pot(found).put_in == 0
    assert spending.offers(evaluation) == []


def test_the_readers_own_figures_count() -> None:
    def found(**settings: float | str) -> Pot:
        return Pot(savings(manchester(FREQUENCY.with_(**settings)), at_benchmark=False))

    plain, more = found(), found(crimes_per=10.0)
    assert more.savings.agencies == pytest.approx(10 * plain.savings.agencies)
    assert more.savings.society == plain.savings.society
    council = found(council_cost=100.0).savings
    assert council.by_agency["councils"] == pytest.approx(100 * council.avoided)
    assert council.elsewhere == pytest.approx(plain.savings.elsewhere - 100 * council.avoided)
    assert [share.open for share in plain.by_agency] == [agency.key == "councils" for agency in AGENCIES]
    assert not any(share.open for share in found(council_cost=1.0).by_agency)
    everyone = found(pot_members="all")
    assert everyone.cash == pytest.approx(0.2 * plain.savings.agencies)
    assert plain.cash == pytest.approx(0.2 * plain.savings.local)


def test_figures_above_societys_cost_are_named_and_still_add_up() -> None:
    found = savings(manchester(FREQUENCY.with_(crimes_per=50.0, social_cost=1000.0)), at_benchmark=False)
    assert found.exceeds_society
    assert found.elsewhere == pytest.approx(0, abs=1)
    assert not savings(manchester(FREQUENCY), at_benchmark=False).exceeds_society


# The pot


@pytest.mark.parametrize(
    ("fall", "paid"),
    [(0.0, 0.0), (0.049, 0.0), (0.05, 0.025), (0.10, 0.075), (0.20, 0.175), (0.25, 0.175), (0.30, 0.175)],
)
def test_justice_reinvestment_pays_half_at_five_percent_then_all_to_twenty(fall: float, paid: float) -> None:
    assert float(reinvestment()(fall)) == pytest.approx(paid)


@given(st.floats(0, 1), st.floats(0, 1))
def test_neither_rule_pays_more_than_is_saved_or_less_for_more(one: float, other: float) -> None:
    low, high = sorted((one, other))
    for scenario in (Scenario(pot_rule="reinvestment"), Scenario(pot_share=1.0), Scenario(pot_share=0.3)):
        assert float(rule(scenario)(low)) <= float(rule(scenario)(high)) + 1e-12
        assert 0 <= share_paid(scenario, high) <= 1 + 1e-12


def test_the_curve_passes_through_the_pot() -> None:
    for scenario in (FREQUENCY, FREQUENCY.with_(pot_rule="reinvestment"), EACH, EACH.with_(pot_rule="reinvestment")):
        pot = Pot(savings(manchester(scenario), at_benchmark=True))
        cash, put_in = pot.along(np.array([pot.savings.fall]))
        assert (cash[0], put_in[0]) == pytest.approx((pot.cash, pot.put_in))


# Boroughs


EACH = FREQUENCY.with_(
    pot_members="each",
    puts_nhs=0.4,
    puts_prison=1.0,
    cashable_by="each",
    cash_nhs=0.6,
    cash_prison=0.0,
    cash_courts=0.3,
)


@pytest.mark.parametrize(
    "scenario",
    [
        FREQUENCY,
        FREQUENCY.with_(pot_rule="reinvestment", council_cost=50.0),
        FREQUENCY.with_(pot_members="all"),
        FREQUENCY.with_(pot_members="council_nhs", council_cost=20.0),
        EACH,
        EACH.with_(pot_rule="reinvestment", crimes_per=4.0),
    ],
)
def test_boroughs_sum_to_the_whole_agency_by_agency(scenario: Scenario) -> None:
    evaluation = manchester(scenario)
    pot = Pot(savings(evaluation, at_benchmark=True))
    places = by_place(evaluation, pot, at_benchmark=True)
    assert len(places) == 10
    assert sum(one.people for one in places) == 8000
    assert sum(one.avoided for one in places) == pytest.approx(pot.savings.avoided)
    assert sum(one.local for one in places) == pytest.approx(pot.savings.local)
    assert sum(one.cash for one in places) == pytest.approx(pot.cash)
    assert sum(one.put_in for one in places) == pytest.approx(pot.put_in)
    for row, share in enumerate(pot.by_agency):
        for name in ("saved", "cash", "put_in", "kept"):
            assert sum(getattr(one.shares[row], name) for one in places) == pytest.approx(getattr(share, name))


def test_each_agency_has_its_own_cash_and_puts_in_its_own_share() -> None:
    pot = Pot(savings(manchester(EACH), at_benchmark=True))
    found = {share.agency.key: share for share in pot.by_agency}
    saved = pot.savings.by_agency
    assert {key for key, share in found.items() if share.member} == {"nhs", "prison"}
    assert found["nhs"].cash == pytest.approx(0.6 * saved["nhs"])
    assert found["nhs"].put_in == pytest.approx(0.4 * 0.6 * saved["nhs"])
    assert (found["prison"].cash, found["prison"].put_in) == (0, 0)
    assert found["courts"].cash == pytest.approx(0.3 * saved["courts"])
    assert found["police"].kept == pytest.approx(0.2 * saved["police"])
    assert pot.cash == pytest.approx(found["nhs"].cash)
    halved = Pot(savings(manchester(EACH.with_(pot_rule="reinvestment", puts_nhs=0.2)), at_benchmark=True))
    whole = Pot(savings(manchester(EACH.with_(pot_rule="reinvestment", puts_nhs=0.4)), at_benchmark=True))
    assert halved.put_in == pytest.approx(whole.put_in / 2)
    assert whole.put_in == pytest.approx(
        0.4 * share_paid(EACH.with_(pot_rule="reinvestment"), pot.savings.fall) * pot.cash
    )


def test_councils_and_the_nhs_can_pay_alone() -> None:
    pot = Pot(savings(manchester(FREQUENCY.with_(pot_members="council_nhs", council_cost=30.0)), at_benchmark=False))
    assert {share.agency.key for share in pot.by_agency if share.put_in > 0} == {"councils", "nhs"}
    assert pot.put_in == pytest.approx(0.5 * 0.2 * (pot.savings.by_agency["nhs"] + 30 * pot.savings.avoided))


def test_people_without_a_borough_are_not_split() -> None:
    evaluation = evaluate(FREQUENCY, six_groups())
    assert by_place(evaluation, Pot(savings(evaluation, at_benchmark=False)), at_benchmark=False) == []


def place(name: str, people: float, avoided: float, saved: float) -> Place:
    """A place where only the police save: a fifth of it cash, half of that in the pot."""
    return Place(name, people, avoided, (AgencyShare(AGENCIES[0], saved, saved / 5, saved / 10, True, False),))


def places(sizes: Sequence[float]) -> list[Place]:
    return [place(f"p{n}", people, people / 2, people) for n, people in enumerate(sizes)]


@given(st.lists(st.floats(1, 200), min_size=1, max_size=8))
@example([1.0, 13.0, 16.0, 17.0])  # small one and all, and without the largest still 30 people: nobody stands alone
def test_small_places_stand_together_and_never_alone(sizes: list[float]) -> None:
    given_ = places(sizes)
    shown = with_small_together(given_)
    assert not any(small(one) for one in shown)
    if shown and shown != given_:
        hidden = len(given_) - len([one for one in shown if one.name != TOGETHER])
        assert shown[-1].name == TOGETHER
        assert hidden >= 2
        assert sum(one.local for one in shown) == pytest.approx(sum(sizes))
    elif not shown:
        assert max(sizes) < 30 or sum(sorted(sizes)[:-1]) < 30


def test_few_events_hide_a_place_as_few_people_do() -> None:
    quiet = place("quiet", 500.0, 9.9, 1.0)
    shown = with_small_together([quiet, *places([100, 200, 300])])
    assert [one.name for one in shown] == ["p1", "p2", TOGETHER]
    assert shown[-1].people == 600


# What the pot pays for


@pytest.mark.parametrize(
    "scenario",
    [
        FREQUENCY,
        FREQUENCY.with_(pot_rule="reinvestment", cashable=1.0, crimes_per=5.0),
        Scenario(target="own", crimes_per=20.0, cashable=0.5),
        Scenario(metric="progress", target="own"),
        FREQUENCY.with_(need_premium=0.3, total_spend="grows"),
    ],
    ids=["plain", "reinvestment", "binary", "progress", "growing"],
)
def test_the_pot_covers_what_it_is_said_to_pay_for_and_is_nearly_spent(scenario: Scenario) -> None:
    evaluation = manchester(scenario)
    found = spending.offers(evaluation)
    assert [offer.key for offer in found] == ["dearer_results", "premium_per_need"]
    for offer in found:
        assert isinstance(offer, Offer)
        again = manchester(offer.scenario)
        extra = again.totals["spend_at_chosen"] - evaluation.totals["spend_at_chosen"]
        assert offer.extra_spend == pytest.approx(extra)
        assert offer.pot == pytest.approx(Pot(savings(again, at_benchmark=False)).put_in)
        assert 0.9 * offer.pot <= offer.extra_spend <= offer.pot
        assert offer.extra_avoided > 0


def test_dearer_results_leave_the_fee_alone() -> None:
    evaluation = manchester(FREQUENCY.with_(need_premium=0.3))
    offer = spending.offers(evaluation)[0]
    assert isinstance(offer, Offer)
    assert offer.evaluation.totals["fee"] == pytest.approx(evaluation.totals["fee"], rel=1e-4)
    assert offer.evaluation.terms.unit_prices["frequency"] > evaluation.terms.unit_prices["frequency"]


@pytest.mark.parametrize(
    ("scenario", "why"),
    [
        (Scenario(results_share=0.0), "no_results"),
        (FREQUENCY.with_(need_premium=0.3), "shared_total"),
        (Scenario(), "takes_away"),
        (FREQUENCY.with_(need_premium=1.0, total_spend="grows"), "at_limit"),
    ],
)
def test_what_cannot_be_offered_says_why(scenario: Scenario, why: str) -> None:
    assert spending.offers(manchester(scenario))[1] == Refusal("premium_per_need", why)


def test_a_lever_at_its_end_says_so() -> None:
    evaluation = manchester(FREQUENCY.with_(contract_value=9990.0, crimes_per=50.0, cashable=1.0))
    offer = spending.offers(evaluation)[0]
    assert isinstance(offer, Offer)
    assert offer.limited
    assert offer.scenario.contract_value == 10000


@given(scenarios(target="own", metric="frequency"), cohorts())
def test_no_offer_overspends_the_pot(scenario: Scenario, people: Cohort) -> None:
    evaluation = evaluate(scenario, people)
    for offer in spending.offers(evaluation):
        if isinstance(offer, Offer):
            assert 0 < offer.extra_spend <= offer.pot


def test_a_pot_is_a_value() -> None:
    pot = Pot(savings(manchester(FREQUENCY), at_benchmark=False))
    assert replace(pot).put_in == pot.put_in


def test_a_rise_that_costs_next_to_nothing_of_the_pot_is_followed_no_faster_than_any() -> None:
    """Chances of pay as small as 1e-20 leave nothing of a share of the pot: it was a division by nought."""
    assert spending.next_try((0.1, -1.0), None, 100.0) == pytest.approx(0.1 * spending.FASTEST)
    assert spending.next_try((0.1, -1.0), None, 1.0) == 1.0
    assert spending.next_try((0.1, -0.5), None, 1.0) == pytest.approx(0.2 * (1 - spending.NEAR / 2))
