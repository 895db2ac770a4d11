"""A and B against the two evaluations themselves: what differs, who gains, who loses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given

from pages.topics.price.compare import charts, words
from pricing.errors import ScenarioError
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cells import SMALLEST_GROUP
from pricing.people.cohort import Cohort
from pricing.questions.comparison import Comparison, compare
from pricing.scenario.scenario import Scenario, defaults
from pricing.words import tints
from tests.cohorts import six_groups
from tests.examples import examples
from tests.properties.test_identities import cohorts, scenarios


def beside(a: Scenario, b: Scenario, people: Cohort) -> Comparison:
    return compare(evaluate(a, people), evaluate(b, people))


def test_a_known_comparison() -> None:
    """The six groups under two prices of the model's section 6: the frequency price moves only the last group."""
    found = beside(defaults(), Scenario(metric="frequency", target="own"), six_groups())
    assert [setting.name for setting in found.settings] == ["metric", "target"]
    hours = found.per_cell()["hours"]
    before = found.a.incentives.chosen_hours
    assert hours == pytest.approx(np.array([6, 6, 6, 6, 6, 57.8]) - before, abs=0.05)
    table = found.groups("needs")
    assert table["payback_a"].round(3).tolist() == [0.475, 0.578, 0.518, 0.421, 0.347, 0.196]
    assert table["payback_b"].round(3).tolist() == [0.103, 0.212, 0.311, 0.435, 0.640, 1.104]
    assert found.people("no_longer") == 90 * (found.a.incentives.parked[-1] and not found.b.incentives.parked[-1])


@examples(12)
@given(scenarios(), scenarios(mechanics=True), cohorts())
def test_what_groups_gain_and_lose_is_what_everyone_does(a: Scenario, b: Scenario, people: Cohort) -> None:
    try:
        found = beside(a, b, people)
    except ScenarioError:
        assume(False)
    table = found.groups("needs", "decile")
    spend, hours = found.totals["spend_at_chosen"], found.totals["hours_rewarded"]
    scale = max(abs(spend[0]), abs(spend[1]), 1.0)
    assert table["money_total"].sum() == pytest.approx(spend[1] - spend[0], rel=1e-6, abs=1e-6 * scale)
    assert table["hours_total"].sum() == pytest.approx(hours[1] - hours[0], rel=1e-6, abs=1e-6 * max(hours))
    assert table["people"].sum() == pytest.approx(found.totals["people"][0])
    parked = [share * found.totals["people"][0] for share in found.totals["parked_share"]]
    assert parked[1] - parked[0] == pytest.approx(found.people("newly") - found.people("no_longer"), abs=1e-6)
    for measure in ("money", "hours"):
        moved = found.moved(measure)
        assert moved.gainers + moved.losers + moved.hardly <= found.totals["people"][0] + 1e-6
        assert min(moved.gained, moved.lost, moved.gainers, moved.losers, moved.hardly) >= 0
        change = {"money": spend, "hours": hours}[measure]
        nobody_told = 1e-6 * found.totals["people"][0]  # a change of so little a person is none
        assert moved.more == pytest.approx(change[1] - change[0], abs=1e-6 * max(scale, *hours) + nobody_told)


@given(scenarios(), scenarios(), cohorts())
def test_swapping_a_and_b_swaps_gain_and_loss(a: Scenario, b: Scenario, people: Cohort) -> None:
    try:
        one, other = beside(a, b, people), beside(b, a, people)
    except ScenarioError:
        assume(False)
    for measure in ("money", "hours"):
        there, back = one.moved(measure), other.moved(measure)
        assert (there.gainers, there.gained) == (back.losers, back.lost)
        assert (there.hardly, there.hardly_more) == (back.hardly, -back.hardly_more)
    assert one.people("newly") == other.people("no_longer")
    assert {s.name: (s.a, s.b) for s in one.settings} == {s.name: (s.b, s.a) for s in other.settings}


def test_the_same_price_twice_differs_in_nothing() -> None:
    found = beside(defaults(), defaults(), six_groups())
    assert not found.settings
    assert not np.any(list(found.per_cell().values()))
    assert words.verdict(found) == "A and B are the same: nothing differs yet."


def test_different_people_compare_in_settings_and_totals_alone() -> None:
    names = shipped.names()[:2]
    a, b = (evaluate(Scenario(cohort=name), shipped.load(name)) for name in names)
    found = compare(a, b)
    assert [setting.name for setting in found.settings] == ["cohort"]
    assert found.totals["people"] == (8000, 25_750)
    with pytest.raises(ScenarioError, match="different people"):
        found.groups("needs")
    assert "different people" in words.verdict(found)


def georgia() -> Comparison:
    people = shipped.load("georgia_parole")
    a = Scenario(cohort="georgia_parole")
    return beside(a, a.with_(target="own", results_share=0.5, need_premium=0.3), people)


def test_small_groups_are_left_out_of_the_map_and_the_table() -> None:
    found = georgia()
    small = found.groups("decile", "previous")["people"] < SMALLEST_GROUP
    values = charts.grid(found, "decile", "previous", "hours")
    table = words.group_rows(found, "decile", "previous")
    assert np.sum(~np.isnan(values)) == len(table) == (~small).sum()
    assert table["People"].min() >= SMALLEST_GROUP
    for name in ("No longer left at the minimum", "Newly left at the minimum"):
        told = table[name].dropna()
        assert np.all((told == 0) | (told >= words.FEWEST))


def test_the_map_is_centred_on_no_difference_and_marked_in_words() -> None:
    found = georgia()
    for measure, difference in words.DIFFERENCES.items():
        drawn = charts.difference_map(found, "decile", "needs", measure)
        values = charts.grid(found, "decile", "needs", measure)
        for value, cell in zip(values.ravel(), (cell for row in drawn.cells for cell in row), strict=True):
            assert (words.MORE in cell.text) == (value >= difference.least)
            assert (words.LESS in cell.text) == (value <= -difference.least)
            red, _, blue = tints.channels(cell.tint) if cell.tint else (0, 0, 0)
            assert np.isnan(value) or (blue >= red if value >= 0 else blue <= red), "B gives more: blue"


def test_no_minus_stands_before_nothing() -> None:
    for difference in words.DIFFERENCES.values():
        assert difference.signed(-1e-9) == difference.write(0.0)
        assert difference.signed(float("nan")) == ""


@pytest.mark.parametrize("changed", [{"payment_lag_months": 23.0}, {"contract_value": 2250.0}], ids=str)
@pytest.mark.parametrize("name", shipped.names()[:2])
def test_what_everyone_is_moved_a_little_by_is_not_called_the_same(name: str, changed: dict[str, float]) -> None:
    """901 hours fewer stood in the totals under a heading that said: the same hours for everyone."""
    a = Scenario(cohort=name)
    found = beside(a, a.with_(**changed), shipped.load(name))
    moved, (before, after) = found.moved("hours"), found.totals["hours_rewarded"]
    assert abs(after - before) > 90
    assert "the same" not in words.verdict(found)
    assert "the same" not in words.who_moves(found).partition(". **Money")[0]
    told = words.people(moved.hardly)
    assert told in words.verdict(found) or (not moved.gainers and not moved.losers)
    assert f"{abs(moved.hardly_more):,.0f} {'more' if moved.hardly_more > 0 else 'less'} in all for {told}" in (
        words.who_moves(found)
    )
    if not moved.gainers and not moved.losers:
        assert f"{abs(round(after) - round(before)):,}" in words.verdict(found)


def test_one_sum_of_money_is_not_said_twice_in_two_roundings() -> None:
    """£20,713 less for 1,039 people stood beside £20,712 less in all."""
    people = shipped.load("greater_manchester")
    a = Scenario(metric="frequency", target="own")
    found = beside(a, a.with_(payment_lag_months=23.0), people)
    moved = found.moved("money")
    assert moved.lost == pytest.approx(-words.spend_change(found), abs=0.5)
    assert f"£{moved.lost:,.0f} less for" in words.who_moves(found)
    assert words.who_moves(found).endswith("the commissioner pays as much less in all.")


def test_a_change_of_pounds_is_that_of_the_pounds_that_are_written() -> None:
    found = beside(defaults(), defaults().with_(contract_value=2250.0), six_groups())
    for pair, change in (((100.4, 250.6), 151.0), ((2_000_000.4, 2_000_250.6), 250.0), ((1e6, float("nan")), None)):
        said = words.spend_change(replace(found, totals=dict(found.totals) | {"spend_at_chosen": pair}))
        assert np.isnan(said) if change is None else said == change
