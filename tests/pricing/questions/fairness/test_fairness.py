"""Fairness: indices on known values, ranges, race as counts, no small number told, and no price by who somebody is."""

import csv
import json
from dataclasses import replace
from io import StringIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.__main__ import main
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.people.small_numbers import RULE
from pricing.people.strata import Strata
from pricing.price import schedule
from pricing.questions.fairness import amplification, by_group, characteristics, inequality
from pricing.questions.fairness.alternatives import CHANGES, alternatives
from pricing.questions.fairness.turning_away import turned_away
from pricing.questions.how_sure import draws
from pricing.questions.how_sure.how_sure import strata_for
from pricing.scenario.offered import FOLDER
from pricing.scenario.scenario import Scenario, specs
from tests.cohorts import six_groups
from tests.examples import examples
from tests.pricing.people.disclosure_attack import given_back

PEOPLE = arrays(np.float64, 6, elements=st.floats(0.5, 1e4))
VALUES = arrays(np.float64, 6, elements=st.floats(0.0, 1e3))
WHO = arrays(np.int64, 6, elements=st.integers(0, 2))
SOME = st.builds(
    lambda seed, size: np.sort(np.random.default_rng(seed).choice(8000, size, replace=False)),
    st.integers(0, 2**32 - 1),
    st.integers(12, 400),
)
"""Some of the illustrative cohort's cells."""
NOBODY_PRICED_BY = ("sex", "age", "race", "women", "men", "religio", "disab", "pregnan", "marri")


def builtin(name: str, **changes: float | str) -> Evaluation:
    return evaluate(Scenario(cohort=name).with_(**changes), shipped.load(name))


def few(cells: IntArray) -> Cohort:
    """A handful of the illustrative cohort's cells, under its own name: groups so small that figures must go."""
    whole = shipped.load("greater_manchester")
    arrays_ = {name: getattr(whole, name)[cells] for name in ("people", "needs", "probability", "rate", "severity")}
    places = {name: decile[cells] for name, decile in whole.deciles.items()}
    grouped = {key: replace(one, codes=one.codes[cells]) for key, one in whole.dimensions.items()}
    return replace(whole, deciles=places, dimensions=grouped, **arrays_)


# Indices


def test_known_values() -> None:
    people, values = np.ones(4), np.array([10.0, 20, 30, 40])
    rank = inequality.fractional_rank(people, np.arange(4.0))
    assert inequality.concentration_index(people, values, rank) == pytest.approx(0.25)
    assert inequality.slope_index(people, values, rank) == pytest.approx(40)
    parts = inequality.theil(people, np.array([1.0, 2, 3, 4]), np.array([0, 0, 1, 1]))
    assert (parts.total, parts.between, parts.within) == pytest.approx((0.1064401, 0.0822829, 0.0241573), abs=5e-8)


def test_where_there_is_nothing_to_compare() -> None:
    people, rank = np.ones(3), inequality.fractional_rank(np.ones(3), np.zeros(3))
    assert rank.tolist() == [0.5, 0.5, 0.5]
    assert np.isnan(inequality.slope_index(people, np.arange(3.0), rank))
    assert np.isnan(inequality.concentration_index(people, np.zeros(3), np.array([0.2, 0.5, 0.8])))
    assert np.isnan(inequality.theil(people, np.zeros(3), np.arange(3)).total)
    assert np.isnan(inequality.theil(people, np.ones(3), np.arange(3)).share_between)


def test_nothing_for_some_is_no_trouble_to_theil() -> None:
    assert inequality.theil(np.ones(2), np.array([0.0, 1.0]), np.array([0, 1])).total == pytest.approx(np.log(2))


@given(PEOPLE, VALUES, WHO)
def test_splitting_a_group_in_two_changes_no_index(people: FloatArray, values: FloatArray, who: FloatArray) -> None:
    by = np.array([0.0, 1, 1, 2, 3, 4])
    halves = np.append(people, 0.3 * people[2])
    halves[2] *= 0.7
    twice = [np.append(each, each[2]) for each in (values, by, who)]
    rank, finer = inequality.fractional_rank(people, by), inequality.fractional_rank(halves, twice[1])
    for index in (inequality.slope_index, inequality.concentration_index):
        assert index(halves, twice[0], finer) == pytest.approx(index(people, values, rank), abs=1e-6, nan_ok=True)
    one, other = inequality.theil(people, values, who), inequality.theil(halves, twice[0], twice[2])
    assert vars(other) == pytest.approx(vars(one), abs=1e-9, nan_ok=True)


@given(PEOPLE, VALUES, WHO)
def test_theils_parts_make_the_whole_and_the_order_of_rows_does_not_matter(
    people: FloatArray, values: FloatArray, who: FloatArray
) -> None:
    parts = inequality.theil(people, values, who)
    assert parts.between + parts.within == pytest.approx(parts.total, abs=1e-9, nan_ok=True)
    back = inequality.theil(people[::-1], values[::-1], who[::-1])
    assert vars(back) == pytest.approx(vars(parts), abs=1e-9, nan_ok=True)


@given(PEOPLE, st.floats(0.1, 10))
def test_the_same_for_all_is_no_inequality(people: FloatArray, value: float) -> None:
    same, rank = np.full(6, value), inequality.fractional_rank(people, np.arange(6.0))
    assert inequality.slope_index(people, same, rank) == pytest.approx(0, abs=1e-9)
    assert inequality.concentration_index(people, same, rank) == pytest.approx(0, abs=1e-9)


# Race, and other characteristics


def test_the_table_of_race_adds_up_to_the_cohort() -> None:
    people, rearrested = characteristics.race_table(FOLDER / "georgia_parole" / "race.csv")
    assert people.sum() == 25_750
    cells = characteristics.cells_of(shipped.curves("georgia_parole"))
    ages = np.digitize([int(level[:2]) for level in cells.factors["age"].levels], characteristics.AGES) - 1
    bands = np.digitize(np.arange(11), characteristics.PREVIOUS) - 1
    at = (cells.codes["sex"], ages[cells.codes["age"]], bands[cells.codes["previous"]])
    for counted, name in ((people, "people"), (rearrested, "reoffended")):
        whole = np.zeros((2, 3, 3))
        np.add.at(whole, at, cells.outcomes[name])
        np.testing.assert_array_equal(counted.sum(axis=0), whole)
    for counted in (people, rearrested, people - rearrested):
        assert counted.min() >= RULE.count


def test_race_is_as_recorded_and_the_curve_which_does_not_know_it_comes_close() -> None:
    found = by_group.table(builtin("georgia_parole"), race()).set_index("group")
    assert found["people"].to_dict() == pytest.approx({"Black": 14_801, "White": 10_949, "Everyone": 25_750})
    assert found.loc["Black", "seen"] == pytest.approx(8_685 / 14_801)
    # The mean risk of each race's own people on the published records is .5946 and .5529.
    assert found.loc["Black", "risk"] == pytest.approx(0.5946, abs=0.003)
    assert found.loc["White", "risk"] == pytest.approx(0.5529, abs=0.003)


def race() -> characteristics.Characteristic:
    return next(one for one in characteristics.of(shipped.load("georgia_parole")) if one.key == "race")


@pytest.mark.parametrize("name", shipped.names())
def test_every_characteristic_shares_out_the_same_people(name: str) -> None:
    cohort = shipped.load(name)
    found = characteristics.of(cohort)
    assert [one.key for one in found if one.protected] == ["sex", "age", *(["race"] if "georgia" in name else [])]
    for one in found:
        np.testing.assert_allclose(one.weights.sum(axis=0), cohort.people)
        assert (one.reoffended is not None) == (name == "georgia_parole")


def test_a_readers_own_table_says_needs_and_place_alone() -> None:
    assert [one.key for one in characteristics.of(six_groups())] == ["needs", "decile"]


# Never priced


def test_no_parameter_and_no_schedule_knows_a_protected_characteristic() -> None:
    assert [name for name in specs() for word in NOBODY_PRICED_BY if word in name.split("_")] == []
    evaluation = builtin("georgia_parole", need_premium=0.3, area_multiplier=2.0)
    columns = list(schedule.published(evaluation.scenario, evaluation.terms))
    assert columns == ["needs", "decile", "fee", "binary"]


@pytest.mark.parametrize("target", ["one", "own"])
def test_who_is_called_a_woman_changes_no_price_and_no_hours(target: str) -> None:
    evaluation = builtin("georgia_parole", target=target, need_premium=0.3, area_multiplier=2.0)
    cohort = evaluation.cohort
    order = np.random.default_rng(1).permutation(len(cohort.people))
    mixed = {
        key: replace(one, codes=one.codes[order]) if key in ("sex", "age") else one
        for key, one in cohort.dimensions.items()
    }
    other = evaluate(evaluation.scenario, replace(cohort, dimensions=mixed))
    assert other.terms == evaluation.terms
    np.testing.assert_array_equal(other.schedule.fee, evaluation.schedule.fee)
    np.testing.assert_array_equal(other.incentives.chosen_hours, evaluation.incentives.chosen_hours)


def test_no_file_of_cells_and_no_curve_has_race() -> None:
    for name in shipped.names():
        curves = shipped.curves(name)
        assert "race" not in curves.declaration.factors
        assert "race" not in curves.curves["binary"].rows


# Groups, and what is too small


def test_groups_agree_with_the_evaluation() -> None:
    evaluation = builtin("greater_manchester", target="own", metric="frequency")
    sex = characteristics.of(evaluation.cohort)[0]
    found, known = by_group.table(evaluation, sex), evaluation.groups("sex")
    for column in ("people", "payback", "withheld", "chosen_hours", "margin_at_chosen", "parked"):
        np.testing.assert_allclose(found[column].iloc[:2], known[column], err_msg=column)
    everyone = found.iloc[-1]
    assert everyone["payback"] == pytest.approx(evaluation.payback)
    assert everyone["people"] == evaluation.totals["people"]


@examples(8)
@given(SOME)
def test_no_small_number_is_told_by_any_table_or_by_all_of_them(cells: IntArray) -> None:
    evaluation = evaluate(Scenario(), few(cells))
    for one in characteristics.of(evaluation.cohort):
        found = by_group.table(evaluation, one)
        groups = found[found["group"] != by_group.EVERYONE]
        assert len(groups) == len(one.people), "a group that nobody is in looks like any small one"
        shown = {name: groups[name].notna().to_numpy() for name in groups.columns.drop("group")}
        for name in set(shown) - {"people"}:
            assert not np.any(shown[name] & (one.people < RULE.people)), name
        each = list(np.eye(len(one.people)))
        assert given_back(one.people, [(each, shown["people"])], RULE.count) == []
        assert given_back(one.people, [(each, shown["payback"])], RULE.people) == []
        for name in set(shown) - {"people"}:
            assert not np.any(shown[name] & ~shown["people"])
        gone = one.weights @ turned_away(evaluation).cells
        few_gone = (gone > 0) & (gone < RULE.count)
        assert not np.any(shown["turned_away"] & few_gone)
        together = gone[~shown["turned_away"]].sum()
        assert not np.any(few_gone) or together >= RULE.count or not np.any(shown["turned_away"])


@given(SOME)
def test_an_index_that_would_give_a_hidden_level_back_is_hidden_too(cells: IntArray) -> None:
    evaluation = evaluate(Scenario(metric="frequency", target="own"), few(cells))
    for ranking in amplification.RANKINGS:
        found = amplification.amplification(evaluation, ranking)
        small = np.any((found.people > 0) & (found.people < RULE.people))
        assert not np.any(found.visible & (found.people < RULE.people))
        assert np.all(np.isnan(found.reoffences["chosen"][~found.visible]))
        if small:
            assert np.isnan(found.slopes["chosen"].central[0])
            assert np.isnan(found.concentration["chosen"].central[0])


def test_a_handful_turned_away_is_not_told() -> None:
    cohort = six_groups()
    one_group = Scenario(results_share=0.06, case_cost=0)
    for people, told in ((4.0, False), (400.0, True)):
        named = replace(cohort, name="greater_manchester", people=np.array([420.0, 610, 900, 800, 380, people]))
        found = turned_away(evaluate(one_group, named))
        assert found.losing == 1
        assert [np.isfinite(value) for value in (found.people, found.gain, found.gain_per_person)] == [told] * 3
    assert turned_away(evaluate(one_group, cohort)).people == 90


def test_turning_away_saves_exactly_the_losses() -> None:
    evaluation = builtin("greater_manchester")
    found, groups = turned_away(evaluation), evaluation.groups("needs", "decile")
    losing = groups[groups["margin_at_chosen"] < 0]
    assert (found.losing, found.groups) == (len(losing), len(groups))
    assert found.people == pytest.approx(losing["people"].sum())
    assert found.gain == pytest.approx(-(losing["people"] * losing["margin_at_chosen"]).sum())


def test_the_luck_of_the_draw_of_people() -> None:
    """Wilson's interval for 15 of 148, as in Brown, Cai and DasGupta's comparison of methods."""
    low, high = by_group.wilson(np.array([15.0]), np.array([148.0]))
    assert (low[0], high[0]) == pytest.approx((0.0624, 0.1605), abs=5e-4)


# Amplification


def test_a_price_may_amplify_or_narrow() -> None:
    default = amplification.amplification(builtin("greater_manchester"), "decile")
    assert default.verdict == "amplifies"
    fairer = builtin("greater_manchester", metric="frequency", target="own", results_share=0.5)
    narrower = amplification.amplification(fairer, "needs")
    assert narrower.verdict == "narrows"
    assert narrower.concentration["chosen"].central[0] > 0.2
    nothing = amplification.amplification(builtin("greater_manchester", results_share=0.0), "needs")
    assert nothing.verdict == "leaves"
    assert nothing.concentration["chosen"].central[0] == pytest.approx(0)


@pytest.mark.parametrize("ranking", amplification.RANKINGS)
def test_the_slope_is_that_of_everybody_one_by_one(ranking: str) -> None:
    evaluation = builtin("georgia_parole", metric="frequency", target="own")
    cohort = evaluation.cohort
    need = cohort.needs if ranking == "needs" else -cohort.deciles["overall"]
    rank = inequality.fractional_rank(cohort.people, need)
    reoffences = cohort.rate - evaluation.incentives.reoffences_avoided_chosen
    found = amplification.amplification(evaluation, ranking)
    assert found.slopes["chosen"].central[0] == pytest.approx(
        inequality.slope_index(cohort.people, reoffences, rank), rel=1e-9
    )


def test_ranges_surround_what_is_shown() -> None:
    evaluation = builtin("greater_manchester", metric="frequency", target="own")
    draws = amplification.drawn(evaluation, strata_for(evaluation.scenario, evaluation.cohort))
    found = amplification.amplification(evaluation, "needs", draws)
    for spread in (*found.slopes.values(), *found.concentration.values(), amplification.gain(evaluation, draws)):
        assert spread.low[0] <= spread.central[0] <= spread.high[0]
    assert 0 <= found.amplified <= 100
    for one in characteristics.of(evaluation.cohort):
        for parts in amplification.between(evaluation, one, draws).values():
            assert parts.theil.between + parts.theil.within == pytest.approx(parts.theil.total)
            assert parts.share_between.low[0] - 1e-9 <= parts.share_between.central[0]


def test_strata_give_nearly_the_ranges_of_every_cell() -> None:
    """Slopes end within 1 reoffence per 100 people of where draws on every cell end, indices within .005."""
    evaluation = builtin("greater_manchester", metric="frequency", target="own")
    cohort = evaluation.cohort
    risks, cells = draws.of(cohort), np.arange(len(cohort.people))
    each = Strata(cohort.people, cohort.needs, dict(cohort.deciles), risks, cells)
    found, whole = (
        amplification.amplification(evaluation, "decile", amplification.drawn(evaluation, strata))
        for strata in (strata_for(evaluation.scenario, cohort), each)
    )
    for kind, near in (("slopes", 0.01), ("concentration", 0.005)):
        for name, spread in getattr(found, kind).items():
            other = getattr(whole, kind)[name]
            assert [spread.low[0], spread.high[0]] == pytest.approx([other.low[0], other.high[0]], abs=near)


def test_alternatives_are_other_prices_for_the_same_people() -> None:
    evaluation = builtin("greater_manchester")
    found = {one.words: one for one in alternatives(evaluation)}
    assert list(found) == list(CHANGES)
    other = builtin("greater_manchester", metric="frequency", target="own")
    one = found["A frequency rate with an own target"]
    assert one.payback == pytest.approx(other.payback)
    assert one.slopes["needs"] == amplification.amplification(other, "needs").slopes["chosen"].central[0]
    assert one.turned_away == turned_away(other).share
    assert found["As it is"].payback == evaluation.payback
    already = alternatives(builtin("greater_manchester", target="own"))
    assert "An own target" not in {one.words for one in already}


# The command


def test_the_command_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fairness", "--cohort", "georgia_parole", "--set", "target=own"]) == 0
    document = json.loads(capsys.readouterr().out)
    evaluation = builtin("georgia_parole", target="own")
    rows = [row for row in document["groups"] if row["characteristic"] == "race"]
    known = by_group.table(evaluation, race())
    assert [row["group"] for row in rows] == ["Black", "White", "Everyone"]
    assert [row["payback"] for row in rows] == pytest.approx(known["payback"].tolist())
    assert document["turned_away"]["people"] == pytest.approx(turned_away(evaluation).people)
    slopes = document["amplification"]["needs"]["slopes"]["chosen"]
    assert slopes["low"] < slopes["central"] < slopes["high"]
    assert set(document["by_metric"]) == {"binary", "frequency"}


def test_the_command_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fairness", "--format", "csv", "--set", "target=none"]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.startswith("# pricing-structure explorer; model ")
    table = pd.DataFrame(list(csv.DictReader(StringIO("\n".join(lines)))))
    assert set(table["characteristic"]) == {"sex", "age", "needs", "sentence", "decile"}
