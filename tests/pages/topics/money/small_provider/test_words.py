"""Being a small provider, words and pictures: chances as people say them, bars that hide nothing, names kept apart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit.markdown import pounds
from pages.kit.measures import BLUE, ORANGE, Line
from pages.topics.money.small_provider import charts, luck_words, years_words
from pages.topics.money.small_provider.charts import Axes, binned
from pricing.evaluate import evaluate
from pricing.questions.small_provider.cash import Cash, Plan, cash
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck_or_skill import LuckByShare, LuckBySize
from pricing.questions.small_provider.prime import under_prime
from pricing.questions.small_provider.said import questions, verdict_words, words
from pricing.questions.small_provider.seats import SmallCharity, flags_of_charity
from pricing.questions.small_provider.several_years import SeveralYears
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.trustees import at_stake
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import in_100, of_100_years, significant
from tests.cohorts import six_groups


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "0 in 100"),
        (0.001, "under 1 in 100"),
        (0.006, "1 in 100"),
        (0.412, "41 in 100"),
        (0.996, "over 99 in 100"),
        (1.0, "100 in 100"),
        (float("nan"), "–"),
    ],
)
def test_a_chance_in_words_claims_no_certainty_that_is_not_there(chance: float, said: str) -> None:
    assert in_100(chance) == said


def year(values: list[float], chances: list[float], reserves: float = 10.0) -> Surplus:
    return Surplus(Distribution(np.array(values), np.array(chances)), reserves, 520.0, 500.0, 20.0)


def test_flags_claim_no_certainty_that_is_not_there_either() -> None:
    small = SmallCharity(0.999, 0.997, -9.0, -5.0, 100.0, 5.0, 3, 0.0)
    raised = [said for up, _, said in flags_of_charity(small, evaluate(Scenario(), six_groups())) if up]
    assert raised[0] == (
        f"It loses money in {of_100_years(0.999)} (limit 20): an average year loses £5, so that its reserves or other "
        "work pay for this contract."
    )
    assert raised[1].startswith("In over 99 of 100 years one year alone takes all")


def test_other_work_pays_for_no_contract_whose_average_year_leaves_money() -> None:
    small = SmallCharity(0.44, 0.0, -9.0, 5.0, 100.0, 5.0, 3, 0.0)
    raised = [said for up, _, said in flags_of_charity(small, evaluate(Scenario(), six_groups())) if up]
    assert raised[0].endswith("in those years its reserves or other work pay, though an average year leaves £5.")


def test_the_headline_says_what_the_chances_are() -> None:
    said = words.headline(year([-20.0, -5.0, 30.0], [0.1, 0.3, 0.6]))
    assert said.startswith("In 40 of 100 years this provider would lose money")
    assert said.endswith("its reserves would run out in 10 of 100.")
    assert "not run out in a single year" in words.headline(year([-5.0, 30.0], [0.3, 0.7]))
    assert "would not lose money in any year" in words.headline(year([5.0], [1.0]))
    assert words.weeks(year([5.0], [1.0]), -60.0) == "6.0 weeks of running costs"


def test_cash_in_words_names_trough_loan_and_the_share_that_is_enough() -> None:
    found = cash(Plan(60.0, 50.0, 0.0, 100.0, 20.0, 30.0, 4, 2, 0.0, 0.0))
    assert words.cash_title(found) == "The bank balance falls £70 below zero in month 2"
    pennies = replace(found, trough=-0.4)
    assert words.cash_title(pennies) == "The bank balance falls less than £1 below zero in month 2"
    assert "70% of expected results money" in words.up_front(found)
    safe = cash(Plan(60.0, 50.0, 0.0, 100.0, 20.0, 1000.0, 4, 2, 0.0, 0.0))
    assert "never falls below £900" in words.cash_title(safe)
    hopeless = cash(Plan(60.0, 5.0, 0.0, 100.0, 20.0, 30.0, 4, 2, 0.0, 0.1))
    assert "Not even" in words.up_front(hopeless)
    assert hopeless.owed_at_end > 0


@pytest.mark.parametrize(("number", "said"), [(0.0, "0"), (7.0, "7"), (1234.0, "1,200"), (4951.0, "5,000")])
def test_a_number_read_off_a_curve_is_told_with_two_figures(number: float, said: str) -> None:
    assert significant(number) == said


STEPS = st.floats(1, 5e4)
SIZES = st.integers(1, 400)


@given(STEPS, SIZES, st.floats(-1e6, 1e5))
def test_bars_hold_every_chance_and_none_holds_a_loss_and_a_gain(step: float, size: int, start: float) -> None:
    values = start + step * np.arange(size)
    chances = np.random.default_rng(size).dirichlet(np.ones(size))
    middle, height, width = binned(values, chances)
    assert height.sum() == pytest.approx(1)
    assert len(middle) <= charts.BARS + 1
    assert np.all(np.abs(middle) > 0.49 * width)
    # Chances of a loss are those of the hatched bars, but for amounts that stand on £0 itself.
    if np.min(np.abs(values)) > 1e-6 * max(step, 1):
        assert height[middle < 0].sum() == pytest.approx(chances[values < 0].sum(), abs=1.1e-3)


def test_names_of_lines_that_end_together_are_kept_apart() -> None:
    x = np.array([1.0, 2.0])
    drawn = [Line("One", x, np.array([0.0, 5.0]), BLUE), Line("Other", x, np.array([9.0, 5.01]), ORANGE)]
    figure = charts.lines(drawn, Axes("x", "y", ",.0f", "to {:.0f}".format, pounds), (0.0, 10.0))
    heights = [note.y for note in figure.layout.annotations]
    assert abs(heights[0] - heights[1]) >= 10 * charts.LABEL_ROOM - 1e-9
    assert figure.data[0].customdata[1] == "to 2: £5"


def several(runs_out: list[float]) -> SeveralYears:
    bands = np.outer([0.0, 1.0, 2.0, 3.0, 4.0], np.ones(len(runs_out) + 1)) * 1000
    return SeveralYears(500.0, np.array(runs_out), bands, 10.0)


def test_the_title_of_several_years_says_how_often_and_when() -> None:
    said = years_words.title(several([0.05, 0.06, 0.1, 0.02, 0.0]))
    assert said == "Over five years, in 23 of 100 futures the reserves run out; most often in year 3"
    assert years_words.title(several([0.0, 0.0])) == "Over two years the reserves never run out"
    assert years_words.title(several([0.2])) == "In its one year, in 20 of 100 futures the reserves run out"


def test_what_is_said_of_several_years_follows_what_is_set() -> None:
    found = several([0.1, 0.1])
    assert "nothing in the worst case in 20, £2,000 in the middle case" in years_words.reading(found, Scenario())
    stays = years_words.reading(found, Scenario(shock_persists=0.5, volume_spread=0.2, clients=50.0))
    assert "correlated by 0.5" in stays
    assert "between 40 and 60 clients come" in stays
    assert "The contract lasts 30 months; its whole years are followed." in (
        years_words.reading(found, Scenario(contract_months=30.0))
    )
    gone = replace(found, bands=np.zeros_like(found.bands))
    assert "£500 become nothing, in the best case in 20 as in the worst. " in years_words.reading(gone, Scenario())
    assert list(charts.reserves(found).data[1].y) == [2000.0] * 3


def test_what_luck_takes_is_said_to_be_a_distance_from_an_average_year_wherever_it_is_told() -> None:
    """£90,890 "taken" stood where £22,400 at most can be taken back."""
    scenario = Scenario(luck_share=0.5, reserves=50_000.0, results_share=0.2)
    shares = np.array([0.0, 1.0])
    share = luck_words.share_title(LuckByShare(shares, 454_450.0 * shares, shares, 90_890.0), scenario)
    assert share.endswith("is £90,890 below an average year's with 20% on results; reserves may bear £25,000")
    numbers = np.array([10.0, 5000.0])
    size = LuckBySize(numbers, numbers, numbers, numbers, numbers, numbers, np.nan, 0.0, numbers, numbers)
    for enough in (np.nan, 25.0, 10.0):
        said = luck_words.luck_title(replace(size, enough=enough), scenario)
        assert "a bad year's results pay " in said
        assert "less than 50% of reserves below an average year's, reserves growing with clients" in said
    said = (share, luck_words.share_reading(scenario), luck_words.luck_reading(size, scenario))
    assert not any("luck takes" in each or "luck costs" in each for each in said)
    assert all(luck_words.DISTANCE in each for each in said[1:])
    headings = (*luck_words.luck_table(size), *luck_words.share_table(LuckByShare(shares, shares, shares, 0.0)))
    assert headings.count(luck_words.BELOW) == 2


def test_the_provider_is_said_with_its_range_of_clients() -> None:
    assert words.provider(Scenario(clients=100.0)).startswith("This provider: 100 clients a year, a mix")
    ranged = words.provider(Scenario(clients=100.0, volume_delivered=0.8, volume_spread=0.3))
    assert ranged.startswith("This provider: 50 to 110 clients a year of 100 promised, each number as likely, a mix")


def test_what_is_for_one_number_of_clients_says_so_where_it_is_a_range() -> None:
    """Luck, shares and partners are followed for the middle; under a prime each number is a range about it."""
    known, ranged = Scenario(clients=100.0), Scenario(clients=100.0, volume_delivered=0.8, volume_spread=0.3)
    assert words.middle_of_range(known) == words.give_or_take(known) == ""
    assert words.middle_of_range(ranged) in luck_words.share_reading(ranged)
    assert words.middle_of_range(ranged) == " Here 80 clients, the middle of the range, stand for all of it."
    assert words.give_or_take(ranged) == ", each give or take 30% of those promised"


def test_a_loss_that_is_the_same_however_many_come_is_said_once() -> None:
    found = under_prime(evaluate(Scenario(held="prime"), six_groups()))
    one = Scenario(clients=1.0)
    alike = replace(found, left=np.full_like(found.left, -1578.0))
    assert words.prime_title(alike, one) == (
        "In an average year under the prime there is a loss of £1,578 if the one client comes, and the same with 16% "
        "or 48% fewer"
    )
    assert words.prime_title(found, Scenario()).count(" with ") == 2


def test_names_of_lines_that_end_at_one_height_stand_in_their_order() -> None:
    figure = charts.reserves(replace(several([0.5, 0.5]), bands=np.zeros((5, 3))))
    heights = {note.text: note.y for note in figure.layout.annotations}
    assert heights["Best in 20"] > heights["Middle"] > heights["Worst in 20"]


def test_one_client_is_one_and_those_who_come_are_told_from_those_promised() -> None:
    assert words.come(Scenario(clients=1.0)) == "1 client a year"
    assert words.come(Scenario(clients=50.0, volume_delivered=1.3)) == "65 clients a year of 50 promised"
    assert words.counted_on(Scenario(clients=50.0, volume_delivered=1.3)) == " with the 65 that we count on"
    assert words.counted_on(Scenario(clients=50.0)) == ""


def test_who_bears_no_risk_is_told_that_nothing_is_taken_back_and_not_of_amounts_of_nothing() -> None:
    scenario = Scenario(held="prime", risk_passed=0.0)
    evaluation = evaluate(scenario, six_groups())
    assert verdict_words.taken_back(at_stake(evaluation), scenario) == verdict_words.PRIME_BEARS
    asked = dict(questions.questions(scenario, under_prime(evaluation), bank()))
    assert "nothing is ever taken back from us" in asked["What can be taken back from us, and up to what?"]


def bank() -> Cash:
    return cash(Plan(60.0, 50.0, 0.0, 100.0, 20.0, 30.0, 4, 2, 0.0, 0.0))
