"""The page's sentences are true for every question: no number left raw, nothing called enough that is not."""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pages.kit.tables.map_table import MapTable
from pages.topics.price.cheapest_fair_price import charts, left_out_words, schedule_words, verdict_words, work
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.errors import ExplorerError
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.cheapest import figures, limits, promises, rewarded
from pricing.questions.cheapest.answer import answer
from pricing.questions.small_provider.bad_luck import BadLuck
from pricing.scenario.scenario import OWN_TABLE, Scenario
from tests.cohorts import cohort, six_groups
from tests.examples import examples
from tests.properties.test_identities import cohorts

RAW = re.compile(r"\bnan\b|\binf\b|None|\d\.\d{5,}|\d[eE][+-]\d|[{}]|\[\]|£-|−0\b|-0\b|\b0 of 0\b|  |\.\.|: \.|\( ?\)")
PROMISES = ["payback", "payback", "last_pound", "most_people", "no_loss"]
OF_MANY: dict[str, float | str] = {"promise": "payback", "smallest_group": 1.0, "clients": 50.0, "partners": 1.0}
edges = st.sampled_from


@st.composite
def questions(draw: st.DrawFn) -> dict[str, float | str]:
    """A question with its limits at their edges as often as within."""
    return {
        "cohort": OWN_TABLE,
        "metric": draw(edges(["binary", "binary", "frequency", "severity", "progress", "blend"])),
        "target": draw(edges(["own", "one"])),
        "promise": draw(edges(PROMISES)),
        "promise_floor": draw(edges([0.0, 0.05, 0.5, 1.0, 2.0]) | st.integers(0, 2000).map(lambda n: n / 1000)),
        "promise_people": draw(edges([0.05, 0.5, 1.0])),
        "smallest_group": draw(edges([1.0, 30.0, 200.0, 500.0])),
        "most_on_results": draw(edges([0.0, 0.2, 1.0]) | st.integers(0, 1000).map(lambda n: n / 1000)),
        "most_spent": draw(edges([0.0, 0.01, 10.0, 2300.0, 10000.0]) | st.integers(0, 10000).map(float)),
        "checking_cost": draw(edges([0.0, 0.05, 0.5])),
        "schedules": draw(edges(["explorer", "explorer", "table", "own"])),
        "reserves": draw(edges([0.0, 50000.0, 5e6])),
        "clients": draw(edges([1.0, 50.0])),
        "partners": draw(edges([1.0, 1.0, 4.0])),
        "payment_lag_months": draw(edges([0.0, 24.0])),
        "results_share": draw(edges([0.0, 0.2, 1.0])),
        "mission_weight": draw(edges([0.0, 0.1, 1.0])),
    }


def shown_of(people: Cohort, changes: dict[str, float | str]) -> Weighed:
    """What the page shows; luck, which has tests of its own, takes some £ for each £ of results pay."""
    try:
        found = answer(evaluate(Scenario().with_(**changes), people))
    except ExplorerError:
        assume(False)
        raise
    asked, per_pot = found.ground.scenario, float(changes["clients"]) * float(changes["partners"])
    taken = None if found.check is None else per_pot * found.chosen.found.pot
    bearable = asked.luck_share * asked.reserves
    luck = None if taken is None else BadLuck(taken, bearable, min(bearable / taken, 1.0) if taken else 1.0)
    return Weighed(found, luck, "No reason.", rewarded.under(found.ground, found.chosen.found.prices))


def sentences(shown: Weighed) -> Iterator[str]:
    """Everything that the page may say."""
    found = shown.found
    yield verdict_words.verdict(shown)
    yield from verdict_words.how_answered(shown)
    yield verdict_words.beside_today(shown)
    yield verdict_words.on_average(shown)
    yield verdict_words.marks(shown)
    yield from verdict_words.limits_say(shown)
    yield from verdict_words.gives(shown)
    saved = figures.saved(found)
    yield schedule_words.what_sets_it(shown, saved.by_group)
    yield schedule_words.by_needs(saved.by_needs)
    yield schedule_words.map_title(shown)
    yield schedule_words.map_reading(shown)
    yield schedule_words.promised_to(found)
    yield from schedule_words.family_table(found).to_numpy().ravel()
    schedule_words.schedule_table(shown, saved.by_group)
    if shown.single and shown.needed:
        yield from of_groups(shown)


def of_groups(shown: Weighed) -> Iterator[str]:
    """What is said of who is left out, and of hours that are written down."""
    found = shown.found
    yield left_out_words.pot_says(shown)
    for way, kept in work.within(shown).items():
        yield left_out_words.kept_title(found, way, kept)
        yield left_out_words.kinds(found, kept.groups)
    even, written = work.break_even(found), work.written(found)
    yield left_out_words.specified(shown)
    yield left_out_words.even_title(shown, even, written)
    yield left_out_words.even_reading(shown, even, written)
    yield left_out_words.frontier_reading(shown)


def pictures(shown: Weighed) -> Iterator[go.Figure | MapTable]:
    """The charts of the page, but for the frontier's, in which no words are."""
    found = shown.found
    yield charts.schedule(shown)
    if shown.needed and shown.allowed:
        yield charts.pots(shown)
    if shown.single and shown.needed:
        yield from (charts.kept_to(found, kept.groups) for kept in work.within(shown).values())
        yield charts.break_even(found, work.break_even(found), work.written(found))


def drawn(figure: go.Figure | MapTable) -> Iterator[str]:
    """Words in a map's cells, or a chart's bars and notes."""
    if isinstance(figure, MapTable):
        yield from (said for row in figure.cells for cell in row for said in (cell.text, cell.unseen))
        return
    for trace in figure.data:
        if trace.text is not None:
            yield from (text for row in trace.text for text in ([row] if isinstance(row, str) else row))
    yield from (note.text for note in figure.layout.annotations)


WITHIN: dict[str, float | str] = {"most_on_results": 1.0, "most_spent": 9000.0, "reserves": 5e6}
PAST: dict[str, float | str] = {"most_on_results": 0.1, "most_spent": 2300.0, "reserves": 0.0}
"""Limits that leave room for what is asked, and limits that do not."""


ONE_PROMISED = cohort(
    {"people": [1, 38], "needs": [1, 0], "decile": [1, 1], "probability": [0.5, 0.5], "rate": [0.5, 0.5]}
    | {"severity": [1, 1]}
)
NEXT_TO_NOTHING: dict[str, float | str] = (
    {"cohort": OWN_TABLE, "metric": "blend", "target": "own", "promise": "no_loss", "promise_floor": 0.0}
    | {"promise_people": 0.05, "smallest_group": 30.0, "most_on_results": 0.0, "most_spent": 0.0, "reserves": 0.0}
    | {"checking_cost": 0.0, "schedules": "explorer", "clients": 1.0, "partners": 1.0, "payment_lag_months": 0.0}
    | {"results_share": 0.0, "mission_weight": 0.0}
)
"""The fee alone covers what is promised, and its search left £0.00009 on results, past a limit of none."""


@example(six_groups(), WITHIN | OF_MANY)
@example(six_groups(), PAST | OF_MANY)
@example(ONE_PROMISED, NEXT_TO_NOTHING)
@examples(40)
@given(cohorts(), questions())
def test_what_is_said_is_true_and_no_number_is_left_raw(people: Cohort, changes: dict[str, float | str]) -> None:
    shown = shown_of(people, changes)
    for said in sentences(shown):
        assert not RAW.search(said), said
    hold_that_what_is_called_enough_is(shown)
    hold_that_a_limit_which_is_not_the_figure_above_says_why(shown)


@examples(10)
@given(cohorts(), questions())
def test_no_number_in_a_picture_is_left_raw(people: Cohort, changes: dict[str, float | str]) -> None:
    for said in (text for figure in pictures(shown_of(people, changes)) for text in drawn(figure)):
        assert not RAW.search(said), said


def test_nobody_a_loss_is_said_as_it_is() -> None:
    changes: dict[str, float | str] = {"promise": "no_loss", "smallest_group": 1.0, "clients": 50.0, "partners": 1.0}
    shown = shown_of(six_groups(), changes | {"most_on_results": 0.1, "schedules": "own", "most_spent": 9000.0})
    said = list(sentences(shown))
    assert not any(RAW.search(one) for one in said)
    assert "no group is a loss when done right" in said[0]
    assert "At most 10% on results is not enough." in said


def test_the_sum_that_the_share_on_results_is_of_is_said() -> None:
    """20% stood before £2,682 a person, the most that it may cost, and left £460."""
    shown = shown_of(six_groups(), {"cohort": OWN_TABLE, "clients": 50.0, "partners": 1.0, "most_spent": 9000.0})
    pot, ground = shown.pot_for_own_prices, shown.found.ground
    whole = pot + limits.fee(ground, pot)
    assert pot / whole == pytest.approx(ground.scenario.most_on_results)
    assert f"Together, £{whole:,.0f}, they cover" in left_out_words.pot_says(shown)
    assert left_out_words.pot_says(shown).endswith("the share on results is of that sum.")


def test_reserves_that_do_not_bear_who_comes_are_said() -> None:
    shown = shown_of(six_groups(), {"clients": 50.0, "partners": 1.0, "most_on_results": 1.0, "most_spent": 9000.0})
    shown = replace(shown, luck=BadLuck(9000.0, 2500.0, float("nan")))
    assert shown.allowed["luck"] == 0
    said = " ".join([*verdict_words.limits_say(shown), *verdict_words.gives(shown)])
    assert "the worst year in 20 is £9,000 below an average year of a provider of 50 clients" in said
    assert "even with nothing on results, who comes moves costs by more than reserves bear." in said
    assert "Who comes would still move costs by more than reserves bear." in said
    assert "**A smaller promise** would not help" in said
    assert not RAW.search(said)


@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_of_a_range_of_clients_it_is_said_who_stands_for_it(spread: float) -> None:
    """Luck of a price is worked out for the number in the middle."""
    shown = shown_of(six_groups(), {"clients": 50.0, "partners": 1.0, "volume_spread": spread, "most_on_results": 1.0})
    said = verdict_words.luck_says(shown)
    assert said.startswith("Luck can")
    assert said.endswith(" Here 50 clients, the middle of the range, stand for all of it.") == bool(spread)


def hold_that_what_is_called_enough_is(shown: Weighed) -> None:
    found, asked = shown.found, shown.found.ground.scenario
    budget = asked.most_spent or found.today
    kept = {
        "share": found.chosen.found.pot <= (asked.most_on_results + 1e-9) * found.chosen.cost,
        "budget": found.chosen.cost <= budget * (1 + 1e-9),
        "luck": shown.luck is None or shown.luck.taken <= asked.luck_share * asked.reserves + 0.01,
    }
    verdict, said = verdict_words.verdict(shown), verdict_words.limits_say(shown)
    assert verdict.startswith("Yes") <= all(kept.values())
    if shown.needed and shown.affordable:
        assert verdict.startswith("Yes") == all(kept.values())
        assert [" is enough." in one for one in said[:2]] == [kept["share"], kept["budget"]]
    assert bool(verdict_words.gives(shown)) == (not all(kept.values()) and found.ground.mean_cost <= budget)


@example(six_groups(), PAST | OF_MANY)
@examples(15)
@given(cohorts(), questions())
def test_a_smaller_promise_is_solved_again(people: Cohort, changes: dict[str, float | str]) -> None:
    shown = shown_of(people, {**changes, "promise": "payback"})
    hold_that_what_is_saved_is_never_a_loss(shown)
    hold_that_each_limit_leaves_what_is_said(people, changes, shown)


def hold_that_each_limit_leaves_what_is_said(people: Cohort, changes: dict[str, float | str], shown: Weighed) -> None:
    """The smaller promise, asked for, is within the limit; and the amounts that are said differ where they have to."""
    for name in shown.broken:
        if not shown.affordable:
            return
        floor = shown.floor_under(name)
        asked = shown.found.ground.scenario
        assert 0 <= floor <= asked.promise_floor
        again = shown_of(people, {**changes, "promise": "payback", "promise_floor": floor, "most_spent": shown.budget})
        assert again.within.get(name, True)
        pot = shown.allowed[name]
        assert pot < shown.needed
        assert verdict_words.apart(pot, shown.needed)[0] != verdict_words.apart(pot, shown.needed)[1] or (
            shown.needed - pot < 0.005
        )


def hold_that_what_is_saved_is_never_a_loss(shown: Weighed) -> None:
    found, saved = shown.found, figures.saved(shown.found)
    assert set(saved.by_group) == {group for group, sets in enumerate(found.sets_price) if sets}
    assert all(amount >= 0 for amount in (*saved.by_group.values(), *saved.by_needs.values()))
    for group, amount in saved.by_group.items():
        slack = 1e-6 * found.chosen.cost  # the multiplier is searched on a grid
        if found.family != "own":  # a group that is left out there is paid its neighbour's price, which may be more
            assert amount <= saved.by_needs[int(found.ground.needs[group])] + slack
        others = found.protected.copy()
        others[group] = False
        if others.any():
            again = promises.keep(found.ground, found.family, others).cost
            assert amount == pytest.approx(max(found.chosen.cost - again, 0.0), abs=slack)


@pytest.mark.parametrize("changes", [{}, {"benchmark": "guideline", "cohort": "georgia_parole"}], ids=str)
def test_hours_written_down_cost_what_they_take(changes: dict[str, float | str]) -> None:
    """The link beside "Specify or pay" opens a contract that gives everyone what they need, for what it costs."""
    scenario = Scenario().with_(**changes)
    found = answer(evaluate(scenario, shipped.load(scenario.cohort)))
    contract = work.written_down(found)
    assert contract is not None
    then = evaluate(contract, found.ground.cohort)
    assert then.totals["spend_at_chosen"] == pytest.approx(found.ground.mean_cost * then.totals["people"], rel=1e-9)
    assert then.withheld == pytest.approx(0.0, abs=1e-9)
    assert then.totals["parked_people"] == 0


def test_a_small_groups_own_price_is_hidden_as_what_it_requires_is() -> None:
    """Also where the reader promises to groups of any size: in the table, the map and its title."""
    for schedules in ("own", "explorer"):
        scenario = Scenario(smallest_group=1.0, schedules=schedules)
        found = answer(evaluate(scenario, shipped.load("greater_manchester")))
        shown = Weighed(found, None, "No reason.", rewarded.under(found.ground, found.chosen.found.prices))
        seen = found.ground.people >= 30
        assert 0 < seen.sum() < len(seen)
        table = schedule_words.schedule_table(shown, dict.fromkeys(range(len(seen)), 1.0))
        hidden = ~seen if schedules == "own" else np.zeros_like(seen)
        for column in ("Paid, £ per person fewer who reoffends", "Saved if left out, £ a person"):
            assert (table[column].isna() == hidden).all()
        cells = [cell for row in charts.schedule(shown).cells for cell in row]
        assert sum(bool(cell.tint) for cell in cells) == sum(bool(cell.text) for cell in cells) == (~hidden).sum()


def hold_that_a_limit_which_is_not_the_figure_above_says_why(shown: Weighed) -> None:
    if not shown.broken or not shown.affordable:
        return
    said, chosen = verdict_words.raised(shown), shown.found.chosen
    figures_above = {"share": f"{100 * chosen.share:,.0f}% on results", "budget": f"£{chosen.cost:,.0f} a person"}
    for name in {"share", "budget"} & set(shown.broken):
        assert figures_above[name] in said or "rounded up" in said


def test_hours_that_are_written_down_together_are_told_together() -> None:
    """With no fee left a group above its own checking cost may have its hours written down: the map said it has not."""
    table = {"people": [230, 170, 180], "needs": [1, 4, 5], "decile": [8, 2, 1], "probability": [0.8, 0.4, 0.8]}
    people = cohort(table | {"rate": [1.6, 0.8, 1.6], "severity": [10, 10, 10]})
    for checking, together in ((0.3, True), (0.26, False)):
        shown = shown_of(people, OF_MANY | {"promise_floor": 1.5, "checking_cost": checking})
        even, written = work.break_even(shown.found), work.written(shown.found)
        assert np.any(written != (even > checking)) == together
        reading = left_out_words.even_reading(shown, even, written)
        assert (left_out_words.TOGETHER in reading) == together
        cells = [cell.text for row in charts.break_even(shown.found, even, written).cells for cell in row]
        assert sum(schedule_words.SETS in text for text in cells) == int((~written).sum())
        if together:
            title = left_out_words.even_title(shown, even, written)
            assert title == "With checking at 30%, hours written down are cheaper for 230 of 580 people"
