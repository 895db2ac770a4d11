"""Value for money: present values by hand, one price base, and what is no cost to society."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.evaluate import Evaluation, evaluate
from pricing.people.cohort import Cohort
from pricing.questions.savings import appraisal, spending
from pricing.questions.savings.appraisal import VIEWS, appraise
from pricing.questions.savings.costs import uprating
from pricing.questions.savings.saved import savings
from pricing.questions.savings.spending import Offer
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.properties.test_identities import cohorts, scenarios

OWN = Scenario(metric="frequency", target="own", results_share=0.5)


def six(scenario: Scenario) -> Evaluation:
    return evaluate(scenario, six_groups())


def test_present_values_by_hand() -> None:
    """22 months late at 3.5%: 1.035^(-11/6) = 0.93888; three years of savings: (1 + 1/1.035 + 1/1.035^2) / 3."""
    scenario = OWN.with_(savings_years=3.0)
    assert appraisal.results_factor(scenario) == pytest.approx(0.938879, abs=1e-6)
    assert appraisal.savings_factor(scenario) == pytest.approx((1 + 0.9661836 + 0.9335107) / 3, abs=1e-7)
    assert appraisal.years_of_people(scenario.with_(appraised_years=2.0)) == pytest.approx(1.9661836, abs=1e-7)
    evaluation = six(scenario)
    people, found = evaluation.cohort.people, evaluation.incentives
    value = appraise(evaluation, at_benchmark=False)
    fee, results = people @ evaluation.schedule.fee, people @ found.results_at_chosen
    assert value["cash"].spent == pytest.approx(fee + results)
    assert value["cash"].spent_today == pytest.approx(fee + 0.938879 * results, rel=1e-6)
    given_ = people @ (scenario.case_cost + scenario.hour_cost * found.chosen_hours)
    assert value["society"].spent_today == pytest.approx(given_)
    avoided = people @ found.reoffences_avoided_chosen
    assert value["society"].gained == pytest.approx(32000 * avoided)
    assert value["society"].gained_today == pytest.approx(0.9665648 * 32000 * avoided, rel=1e-6)
    assert value["society"].net == pytest.approx(value["society"].gained_today - given_)
    assert value["society"].ratio == pytest.approx(value["society"].gained_today / given_)
    assert value["cash"].gained == pytest.approx(0.2 * value["agencies"].gained)


def test_the_contract_is_brought_to_the_prices_of_the_savings() -> None:
    plain, later = (appraise(six(OWN.with_(contract_year=year)), at_benchmark=True) for year in ("2017", "2023"))
    for view in VIEWS:
        assert later[view].gained == pytest.approx(plain[view].gained)
        assert later[view].spent == pytest.approx(uprating(2023, 2017) * plain[view].spent)
    dearer = appraise(six(OWN.with_(contract_year="2023", price_year="2023")), at_benchmark=True)
    assert dearer["society"].spent == pytest.approx(plain["society"].spent)
    assert dearer["society"].ratio == pytest.approx(uprating(2017, 2023) * plain["society"].ratio)


@given(scenarios(council_cost=0.0), cohorts(), st.sampled_from(("2010", "2013", "2023")), st.booleans())
def test_another_year_of_prices_moves_every_pound_alike_and_no_ratio(
    scenario: Scenario, people: Cohort, year: str, needed: bool
) -> None:
    told = (scenario, scenario.with_(price_year=year))
    base, other = (appraise(evaluate(one, people), at_benchmark=needed) for one in told)
    times = uprating(int(scenario.price_year), int(year))
    for view in VIEWS:
        assert other[view].gained_today == pytest.approx(times * base[view].gained_today, rel=1e-9, abs=1e-6)
        assert other[view].spent_today == pytest.approx(times * base[view].spent_today, rel=1e-9, abs=1e-6)
        assert other[view].ratio == pytest.approx(base[view].ratio, rel=1e-9, abs=1e-9, nan_ok=True)


@given(scenarios(), cohorts(), st.integers(1, 10), st.integers(1, 10))
def test_without_discounting_time_is_nothing_and_with_it_late_counts_less(
    scenario: Scenario, people: Cohort, many: int, over: int
) -> None:
    timed = scenario.with_(appraised_years=float(many), savings_years=float(over))
    evaluation = evaluate(timed, people)
    for value in appraise(evaluate(timed.with_(discount_rate=0.0), people), at_benchmark=False).values():
        assert (value.gained_today, value.spent_today) == pytest.approx((value.gained, value.spent))
    for value in appraise(evaluation, at_benchmark=False).values():
        assert value.gained_today <= value.gained * (1 + 1e-12)
    assert appraise(evaluation, at_benchmark=False)["society"].gained == pytest.approx(
        many * savings(evaluation, at_benchmark=False).society
    )


def test_a_payment_is_no_cost_to_society() -> None:
    """Twice the fee at the same support: society is where it was, and the budget is not."""
    one, two = (
        appraise(six(Scenario(results_share=0.0, contract_value=pounds)), at_benchmark=True)
        for pounds in (2000.0, 4000.0)
    )
    assert two["society"] == one["society"]
    assert two["cash"].spent == pytest.approx(2 * one["cash"].spent)


def test_what_a_pot_pays_for_is_held_against_it_in_one_price_base() -> None:
    scenario = OWN.with_(price_year="2023", contract_year="2013", crimes_per=5.0)
    evaluation = six(scenario)
    offer = spending.offers(evaluation)[0]
    assert isinstance(offer, Offer)
    more = offer.evaluation.totals["spend_at_chosen"] - evaluation.totals["spend_at_chosen"]
    assert offer.extra_spend == pytest.approx(uprating(2013, 2023) * more)
    assert 0.9 * offer.pot <= offer.extra_spend <= offer.pot


def test_the_sentence_has_the_figures_and_their_base() -> None:
    evaluation = six(OWN.with_(price_year="2023"))
    found = appraise(evaluation, at_benchmark=False)
    said = appraisal.sentence(evaluation)
    assert f"a benefit of £{found['society'].ratio:.2f} for each £1" in said
    assert "2023/24 prices; later money counts for less, by 3.5% a year" in said
    nothing = appraisal.sentence(six(Scenario(results_share=0.0, case_cost=0.0, minimum_hours=0.0)))
    assert nothing.startswith("What society gains less what the support costs (net present value): £0 (")
