"""What people need is held still: it moves with no term of the price, is the same for A and B, and says its source."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.topics.trust.how_sure import need_words
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions import comparison
from pricing.questions.cheapest import ground
from pricing.questions.cheapest.answer import answer
from pricing.questions.how_sure.tornado import tornado
from pricing.scenario import in_words, links
from pricing.scenario.links import text_of
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import Scenario, specs
from pricing.words import need
from tests.cohorts import six_groups
from tests.examples import examples
from tests.properties.test_identities import cohorts, scenarios

GM = shipped.load("greater_manchester")
TERMS = tuple(name for name, spec in specs().items() if spec.group in in_words.TERMS and name != "cohort")


def held(**settings: float | str) -> Evaluation:
    return evaluate(Scenario(**settings), GM)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "still", "follows"),
    [(2240, (0.45, 95), (0.45, 95)), (1500, (0.30, 100), (0.35, 98)), (850, (0.17, 100), (0.20, 39))],
)
def test_a_cut_does_not_lower_what_people_need(
    value: float, still: tuple[float, float], follows: tuple[float, float]
) -> None:
    """Where need followed the contract value, a cut to £850 took people at the minimum from 95% to 39%."""
    for settings, expected in (({}, still), ({"needed_budget": 0.0}, follows)):
        found = held(contract_value=value, **settings)
        left = 100 * found.totals["parked_people"] / found.totals["people"]
        assert (round(found.payback, 2), round(left)) == expected
        assert GM.mean(found.incentives.benchmark_hours) == pytest.approx(
            41 if not settings else (value - 600) / 40, rel=0.21
        )


@examples(15)
@given(scenarios(mechanics=True, specified_share=0.0), scenarios(mechanics=True), cohorts())
def test_no_term_of_the_price_moves_what_people_need(one: Scenario, other: Scenario, people: Cohort) -> None:
    one = one.with_(needed_budget=max(one.needed_budget, 1.0), metric="binary", target="own")
    terms = {name: getattr(other, name) for name in TERMS if name not in ("metric", "target")}
    moved = evaluate(one.with_(**terms), people).incentives.benchmark_hours
    np.testing.assert_array_equal(moved, evaluate(one, people).incentives.benchmark_hours)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_preset_is_judged_by_the_readers_need(preset: object) -> None:
    reader = Scenario(contract_value=900.0, needed_budget=3000.0)
    assert need.source(preset.scenario(reader)) == need.source(reader)  # type: ignore[attr-defined]


def test_a_link_of_before_keeps_its_need_and_says_so() -> None:
    found = links.read({"contract_value": ["1500"], "model": ["1.3.0"]})
    assert found.scenario == Scenario(contract_value=1500.0, needed_budget=0.0, who_comes="mix")
    assert "“Budget for what people need” (the contract value)" in found.note
    assert links.read({"contract_value": ["1500"]}).scenario.needed_budget == 2240
    assert (
        links.read({"contract_value": ["1500"], "needed_budget": ["2000"], "model": ["1.3.0"]}).scenario.needed_budget
        == 2000
    )


@pytest.mark.parametrize("benchmark", specs()["benchmark"].choices)
@pytest.mark.parametrize("budget", [0.0, 2240.0, 3100.0])
def test_the_cheapest_price_holds_the_same_hours(benchmark: str, budget: float) -> None:
    scenario = Scenario(benchmark=benchmark, needed_budget=budget, contract_value=1800.0)
    found = evaluate(scenario, six_groups())
    given_ = ground.take(scenario, six_groups())
    np.testing.assert_array_equal(given_.needed_hours, found.incentives.benchmark_hours)


def test_the_cheapest_price_does_not_hang_on_what_is_set_aside() -> None:
    found = [
        answer(evaluate(Scenario(contract_value=value), six_groups())) for value in (500.0, 1500.0, 2240.0, 6000.0)
    ]
    costs = [one.chosen.cost for one in found]
    assert costs == pytest.approx([costs[0]] * len(costs), rel=1e-9)
    assert all(one.check is not None for one in found[:3])


@examples(25)
@given(scenarios(), scenarios(), st.sampled_from([0.0, 900.0]))
def test_a_and_b_are_judged_alike(a: Scenario, b: Scenario, budget: float) -> None:
    b = b.with_(needed_budget=budget)
    judged = a.with_need_of(b)
    assert judged.budget_of_need == b.budget_of_need
    assert need.of_both(judged, b) is None or b.need_follows_value
    weighed = a.benchmark == "fair_share" and a.need_weight != b.need_weight
    assert (need.of_both(a, b) is None) == (need.source(a) == need.source(b) and not weighed)
    rest = [name for name in specs() if name not in ("benchmark", "needed_budget", "need_weight", "social_cost")]
    assert all(getattr(judged, name) == getattr(a, name) for name in rest)


def test_a_cut_is_seen_as_one_beside_a_price_whose_need_followed_it() -> None:
    b = Scenario(contract_value=850.0, needed_budget=0.0)
    for a in (Scenario(needed_budget=0.0), Scenario()):
        found = comparison.compare(evaluate(a.with_need_of(b), GM), evaluate(b, GM))
        np.testing.assert_array_equal(found.a.incentives.benchmark_hours, found.b.incentives.benchmark_hours)
        assert [setting.name for setting in found.settings] == ["contract_value"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "the hours that £2,240 a person pays for, shared by risk and needs, whatever this price pays."),
        (
            {"needed_budget": 0.0, "contract_value": 1500.0},
            "the hours that £1,500 a person, the contract value, pays for",
        ),
        ({"needed_budget": 0.0}, "a cut of the contract value lowers it."),
        ({"benchmark": "guideline"}, "0, 100, 200 or 300 hours, by risk"),
        ({"benchmark": "socially_worthwhile"}, "as long as an hour saves society its cost, at £32,000 a reoffence"),
    ],
)
def test_what_people_need_says_where_it_comes_from(settings: dict[str, float | str], said: str) -> None:
    sentence = need.sentence(Scenario(**settings))  # type: ignore[arg-type]
    assert sentence.startswith("What people need is taken to be ")
    assert said in sentence


def test_how_sure_varies_what_people_need() -> None:
    found = held(results_share=0.5)
    swing = next(one for one in tornado(found) if one.name == "needed_budget")
    assert (swing.ends.low, swing.ends.high) == (1420, 3880)
    for value, payback in ((1420, swing.at_low), (3880, swing.at_high), (swing.turns_at, 1.0)):
        assert held(results_share=0.5, needed_budget=value).payback == pytest.approx(payback, rel=1e-9)
    assert not [one for one in tornado(held(benchmark="guideline")) if one.name == "needed_budget"]


def test_other_measures_of_need_stand_side_by_side() -> None:
    rows = need_words.rows(
        by := {one: evaluate(one, GM) for one in need_words.measures(Scenario(contract_value=1500.0))}
    )
    assert len(rows) == 4
    assert need_words.title(by) == (
        "By what people are taken to need, an extra £1 pays back £0.18 to £0.35, and it pays to do the minimum for 57% "
        "to 100% of people"
    )
    assert len(need_words.measures(Scenario())) == 3


@examples(30)
@given(scenarios(), cohorts())
def test_every_measure_of_need_can_be_told(scenario: Scenario, people: Cohort) -> None:
    by = {one: evaluate(one, people) for one in need_words.measures(scenario)}
    assert next(iter(by)) == scenario
    if all(math.isnan(one.payback) for one in by.values()):
        return
    said = need_words.title(by)
    assert "nan" not in said
    assert len(set(need_words.rows(by)["What people need"])) == len(by)


def test_a_budget_reads_back_as_it_was_set() -> None:
    for value in (0.0, 2240.0, 1234.5):
        scenario = Scenario(needed_budget=value)
        read = links.read({name: [text] for name, text in links.write(scenario).items()})
        assert read.scenario == scenario, text_of(value)
