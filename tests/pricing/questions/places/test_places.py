"""Places: the same people against brute force, money that sums to zero, cliffs, and small numbers that stay hidden."""

import json
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.topics.people.places import footprint_words, multiplier_words, words
from pricing.__main__ import main
from pricing.evaluate import Evaluation, apply, evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.people.small_numbers import RULE
from pricing.price import schedule
from pricing.questions.places import boroughs, footprint, money, multipliers, neighbourhoods, same_people
from pricing.scenario.rate_card import KINDS
from pricing.scenario.scenario import METRICS, Scenario, specs

PLACES = neighbourhoods.load("greater_manchester")
MANCHESTER = shipped.load("greater_manchester")
SHAPES, INDICES = tuple(specs()["area_shape"].choices), tuple(specs()["area_index"].choices)

scenarios = st.builds(
    lambda metric, own, **values: Scenario(metric=metric, target="own" if own else "one", **values),
    metric=st.sampled_from([*METRICS, "blend"]),
    own=st.booleans(),
    results_share=st.floats(0.0, 1.0),
    need_premium=st.floats(0.0, 1.0),
    multiple_needs_premium=st.floats(0.0, 2.0),
    area_multiplier=st.floats(1.0, 3.0),
    area_shape=st.sampled_from(SHAPES),
    area_index=st.sampled_from(INDICES),
    uplift_applies_to=st.sampled_from(["fee", "results", "both"]),
)


def moved_elsewhere(cohort: Cohort, overall: float, index: float, area_index: str) -> Cohort:
    """Everyone in one place, one by one: what the strata stand for."""
    there = {name: np.full(len(cohort.people), overall) for name in cohort.deciles}
    there[area_index] = np.full(len(cohort.people), index)
    there["overall"] = np.full(len(cohort.people), overall)
    return replace(cohort, deciles=there)


def hold_against_everyone(scenario: Scenario, overall: float, index: float) -> None:
    """What is shown of a place is what everyone, put there one by one, is paid."""
    evaluation = evaluate(scenario, MANCHESTER)
    found = same_people.everywhere(evaluation, np.array([overall]), np.array([index])).iloc[0]
    people = moved_elsewhere(MANCHESTER, overall, index, scenario.area_index)
    brute = apply(scenario, evaluation.terms_at_margin, evaluation.mean_call, people)
    assert found["payback"] == pytest.approx(brute.payback, rel=0.01)
    assert found["withheld"] == pytest.approx(brute.withheld, abs=0.015)
    assert found["parked"] == pytest.approx(brute.totals["parked_people"] / 8000, abs=0.015)
    margin = MANCHESTER.mean(brute.incentives.margin_at_benchmark)
    assert found["margin_at_benchmark"] == pytest.approx(margin, abs=15)


@pytest.mark.parametrize("metric", [*METRICS, "blend"])
@pytest.mark.parametrize(("overall", "index"), [(1.0, 1.0), (2.0, 9.0), (7.0, 3.0), (10.0, 10.0)])
def test_the_same_people_everywhere_are_everyone_one_by_one(metric: str, overall: float, index: float) -> None:
    """The bands lose under 1% of a payback, £15 of a margin, and 1.5 points of a share."""
    scenario = Scenario(
        metric=metric, target="own", results_share=0.5, need_premium=0.2, area_multiplier=1.6, area_index="housing"
    )
    hold_against_everyone(scenario, overall, index)


DRUGS_ALONE = dict.fromkeys((f"rate_{kind}" for kind in KINDS), 0.0) | {"rate_drugs": 5.0}


@pytest.mark.parametrize("rates", [DRUGS_ALONE, {"rate_drugs": 2.0}, {"rate_alcohol": 0.25, "rate_employment": 3.0}])
@pytest.mark.parametrize(
    ("metric", "share", "place"), [("progress", 1.0, 1.0), ("progress", 0.2, 10.0), ("blend", 0.5, 4.0)]
)
def test_a_rate_card_pays_the_same_people_everywhere_by_the_needs_they_have(
    rates: dict[str, float], metric: str, share: float, place: float
) -> None:
    """Which needs people of one number and risk have was averaged: .24 were parked where .52 are, .75 where .65."""
    scenario = Scenario(metric=metric, target="own", results_share=share, **rates)
    hold_against_everyone(scenario, place, place)


def test_as_many_bands_as_people_are_exact() -> None:
    cohort = cut(MANCHESTER, np.arange(0, 8000, 40))
    mix = same_people.case_mix(cohort, bands=(400, 1))
    assert mix.people.sum() == cohort.people.sum()
    for values, mixed in ((cohort.probability, mix.probability), (cohort.rate, mix.rate), (cohort.needs, mix.needs)):
        assert mix.mean(mixed) == pytest.approx(cohort.mean(values))
    assert len(mix.people) == len(cohort.people)


def test_places_with_the_same_tenths_show_the_same() -> None:
    found = same_people.everywhere(evaluate(Scenario(), MANCHESTER), PLACES.tenths["overall"], PLACES.tenths["overall"])
    assert len(found) == len(PLACES.names) == 1702
    by_tenth = found.assign(tenth=PLACES.tenths["overall"]).groupby("tenth")["payback"]
    assert (by_tenth.nunique() == 1).all()
    assert by_tenth.first().is_monotonic_increasing, "without a multiplier the most deprived place pays back least"


def cut(cohort: Cohort, cells: np.ndarray) -> Cohort:
    """Only these cells, with their dimensions."""
    return replace(
        cohort,
        people=cohort.people[cells],
        needs=cohort.needs[cells],
        needs_by_kind=None if cohort.needs_by_kind is None else cohort.needs_by_kind[cells],
        deciles={name: tenth[cells] for name, tenth in cohort.deciles.items()},
        probability=cohort.probability[cells],
        rate=cohort.rate[cells],
        severity=cohort.severity[cells],
        dimensions={key: replace(d, codes=d.codes[cells]) for key, d in cohort.dimensions.items()},
    )


SOME = cut(MANCHESTER, np.arange(0, 8000, 8))


@given(scenarios)
def test_under_a_fixed_total_what_a_multiplier_moves_sums_to_zero(scenario: Scenario) -> None:
    for found in multipliers.compare(scenario, SOME).values():
        assert SOME.mean(found.by_cell) == pytest.approx(0, abs=1e-8)
        people = np.bincount(SOME.dimensions["borough"].codes, SOME.people, 10)
        assert people @ found.by_borough == pytest.approx(0, abs=1e-6)


@given(scenarios)
def test_what_one_price_moves_between_boroughs_sums_to_zero(scenario: Scenario) -> None:
    evaluation = evaluate(scenario, SOME)
    scores = {a.name: a.score for a in neighbourhoods.authorities("greater_manchester") if a.part == "Cheshire"}
    for found in (footprint.wide(evaluation), footprint.with_outside(evaluation, PLACES, scores, 0.25)):
        scale = float(np.abs(found.paid).max())
        assert found.people @ found.moved == pytest.approx(0, abs=1e-9 * scale * found.people.sum())
        np.testing.assert_allclose(found.by_channel.sum(axis=0), found.moved, atol=1e-9 * scale)


@given(scenarios)
def test_planned_money_is_the_contract_value(scenario: Scenario) -> None:
    sent = money.sent(scenario, schedule.settle(scenario, SOME), SOME)
    assert SOME.mean(sent.planned) == pytest.approx(scenario.contract_value)
    if scenario.target == "own":
        assert np.abs(sent.target).max() == pytest.approx(0, abs=1e-6)


def test_where_the_total_grows_the_multiplier_only_adds() -> None:
    for found in multipliers.compare(Scenario(total_spend="grows", area_multiplier=1.5), MANCHESTER).values():
        assert found.by_cell.min() >= 0
        assert MANCHESTER.mean(found.by_cell) > 0


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_person_brings_what_everyone_in_that_tenth_would(shape: str, index: str) -> None:
    scenario = Scenario(area_multiplier=1.7, area_shape=shape, area_index=index, need_premium=0.3)
    terms = schedule.settle(scenario, MANCHESTER)
    by_tenth = multipliers.same_person(scenario, MANCHESTER)
    for tenth in (1, 3, 10):
        there = moved_elsewhere(MANCHESTER, float(tenth), float(tenth), index)
        brute = MANCHESTER.mean(money.sent(scenario, terms, there).planned)
        assert by_tenth[tenth - 1] == pytest.approx(brute)


def test_cliffs_are_the_steps_between_neighbours() -> None:
    by_tenth = np.array([900.0, 900, 100, 100, 100, 100, 100, 100, 100, 100])
    tenths = PLACES.tenths["overall"]
    found = multipliers.cliffs(by_tenth, tenths, PLACES)
    across = [(tenths[one] <= 2) != (tenths[other] <= 2) for one, other in PLACES.pairs]
    assert found.largest == 800
    assert found.large == sum(across) > 1000
    assert PLACES.border[found.top[0]] == PLACES.border[across].max(), "the longest border stands first among equals"
    assert np.all(np.diff(PLACES.border[found.top]) <= 0)


def test_an_even_line_makes_fewer_large_steps_than_a_steep_one_and_none_without_a_multiplier() -> None:
    found = multipliers.by_shape(Scenario(area_multiplier=1.5), MANCHESTER, PLACES)
    assert set(found) == {(shape, index) for shape in SHAPES for index in INDICES}
    assert found["line", "overall"].large < found["steep", "overall"].large
    assert found["line", "overall"].largest < found["worst_fifth", "overall"].largest
    flat = multipliers.cliffs(np.full(10, 2240.0), PLACES.tenths["overall"], PLACES)
    assert (flat.largest, flat.large, len(flat.top)) == (0, 0, 0)
    said = multiplier_words.cliff_words(Scenario(), flat, PLACES)
    assert said == "No two neighbours differ under this multiplier."


def test_no_multiplier_is_looked_at_as_if_there_were_one() -> None:
    assert multipliers.as_if(Scenario()).area_multiplier == 1.5
    assert multipliers.as_if(Scenario(area_multiplier=1.2)).area_multiplier == 1.2


def test_a_borough_alone_has_the_price_of_its_people() -> None:
    scenario = Scenario(target="own", need_premium=0.2)
    evaluation = evaluate(scenario, MANCHESTER)
    for price in footprint.borough_by_borough(evaluation):
        code = MANCHESTER.dimensions["borough"].levels.index(price.name)
        own = cut(MANCHESTER, np.flatnonzero(MANCHESTER.dimensions["borough"].codes == code))
        alone = evaluate(scenario, own)
        assert price.payback_own == pytest.approx(alone.payback)
        assert price.unit_prices == pytest.approx(dict(alone.terms.unit_prices))
        assert price.payback_wide == pytest.approx(evaluation.groups("borough")["payback"][code])


def test_identical_people_everywhere_leave_one_price_nothing_to_move() -> None:
    same = replace(
        SOME,
        needs=np.full_like(SOME.needs, 2.0),
        probability=np.full_like(SOME.probability, 0.4),
        rate=np.full_like(SOME.rate, 1.0),
    )
    found = footprint.wide(evaluate(Scenario(), same))
    np.testing.assert_allclose(found.moved, 0, atol=1e-8)
    np.testing.assert_allclose(found.chance, 0, atol=1e-3)


@pytest.mark.parametrize("authority", neighbourhoods.authorities("greater_manchester"), ids=lambda a: a.name)
def test_the_tilt_reaches_the_published_score(authority: neighbourhoods.Authority) -> None:
    by_tenth = footprint.tilt(PLACES, authority.score)
    assert np.all(by_tenth > 0)
    assert (by_tenth[0] < by_tenth[-1]) == (authority.score < PLACES.score.mean())


def test_the_area_has_fourteen_authorities() -> None:
    found = neighbourhoods.authorities("greater_manchester")
    outside = [a.name for a in found if a.part == "Cheshire"]
    assert outside == ["Cheshire East", "Cheshire West and Chester", "Halton", "Warrington"]
    assert {a.name for a in found} - set(outside) == set(PLACES.boroughs)


def few(sizes: dict[str, int]) -> Evaluation:
    """Greater Manchester with only so many people in some boroughs."""
    borough = MANCHESTER.dimensions["borough"]
    keep = [
        np.flatnonzero(borough.codes == code)[: sizes.get(name, 10_000)] for code, name in enumerate(borough.levels)
    ]
    return evaluate(Scenario(target="own", results_share=0.5), cut(MANCHESTER, np.concatenate(keep)))


SMALL = [{"Bury": 5}, {"Bury": 20}, {"Bury": 29, "Wigan": 31}, {"Bury": 1, "Trafford": 2}, {"Bury": 12, "Oldham": 9}]


def unmasked(evaluation: Evaluation) -> FloatArray:
    """Columns people and parked people of each borough, nothing hidden."""
    codes = evaluation.cohort.dimensions["borough"].codes
    table = boroughs.sums(evaluation, codes, 10)
    return table[["people", "parked_people"]].to_numpy()


@pytest.mark.parametrize("sizes", SMALL, ids=str)
def test_no_small_number_can_be_seen_or_had_by_subtraction(sizes: dict[str, int]) -> None:
    """The attack: take all that is shown from the total; what is left is never a small group's own."""
    evaluation = few(sizes)
    found, truth = boroughs.summed_up(evaluation), unmasked(evaluation)
    table, whole = found.table.iloc[:-1], found.table.iloc[-1]
    hold(table["people"].to_numpy(), truth[:, 0], float(whole["people"]), RULE.count)
    shown = table["payback"].notna().to_numpy()
    assert np.all(truth[shown, 0] >= RULE.people)
    assert (~shown).sum() != 1, "a single hidden mean is the total's less all others"
    assert (~shown).sum() == 0 or truth[~shown, 0].sum() >= RULE.people
    assert np.array_equal(shown, found.means_shown)
    rates = table["parked"].notna().to_numpy()
    assert np.all(truth[rates, 0] >= RULE.people)
    assert (~rates).sum() != 1
    assert np.all(table.loc[rates, "parked_people"] == truth[rates, 1])


HARD = [
    {"target": "own", "metric": "frequency", "results_share": share, "area_multiplier": 3.0, "area_shape": shape}
    for share in (0.2, 0.5, 0.8, 1.0)
    for shape in SHAPES
]
"""Prices under which few people, or all but few, are left behind in some borough."""


@pytest.mark.parametrize("values", [*HARD, {"results_share": 0.1}, {"max_effect": 1.0, "results_share": 1.0}], ids=str)
def test_few_left_behind_or_all_but_few_are_not_counted(values: dict[str, float | str]) -> None:
    evaluation = evaluate(Scenario().with_(**values), MANCHESTER)
    found, truth = boroughs.summed_up(evaluation).table, unmasked(evaluation)
    counts = found["parked_people"].to_numpy()
    for behind, all_of_them in zip(counts, found["people"], strict=True):
        for number in (behind, all_of_them - behind):
            assert np.isnan(number) or number == 0 or number >= RULE.count
    hidden = np.isnan(counts[:-1])
    assert np.array_equal(hidden, found["parked"].iloc[:-1].isna())
    if hidden.any() and not np.isnan(counts[-1]):
        assert hidden.sum() >= 2
        left = counts[-1] - np.nansum(counts[:-1])
        assert left == pytest.approx(truth[hidden, 1].sum())
        small = np.any((truth[hidden, 1] > 0) & (truth[hidden, 1] < RULE.count))
        assert not small or left >= RULE.count


def hold(shown: FloatArray, truth: FloatArray, total: float, limit: float) -> None:
    """Nothing shown is under the limit, and what subtraction leaves is several groups that reach it."""
    visible = ~np.isnan(shown)
    assert np.all(shown[visible] >= limit)
    left = total - np.nansum(shown)
    assert left == pytest.approx(truth[~visible].sum())
    assert (~visible).sum() == 0 or ((~visible).sum() >= 2 and left >= limit)


@pytest.mark.parametrize("sizes", SMALL, ids=str)
def test_downloads_hide_what_the_page_hides(sizes: dict[str, int]) -> None:
    evaluation = few(sizes)
    found = boroughs.summed_up(evaluation)
    levels = evaluation.cohort.dimensions["borough"].levels
    moved = multipliers.compare(multipliers.as_if(evaluation.scenario), evaluation.cohort)
    people = found.table["people"].to_numpy()[:-1]
    by_index = multiplier_words.moved_table(moved, levels, people, found.means_shown)
    prices = footprint.borough_by_borough(evaluation)
    one_price = footprint_words.footprint_table(footprint.wide(evaluation), prices, found.means_shown)
    hidden = ~found.means_shown
    assert hidden.any()
    for table, kept in ((by_index, 2), (one_price, 1)):
        values = table.iloc[:, kept:].apply(pd.to_numeric)
        assert values[hidden].isna().all(axis=None)
        assert values[~hidden].notna().all(axis=None)
    for name in np.array(levels)[hidden]:
        assert "too few" in words.of_borough(found, str(name), evaluation.cohort) or not np.isnan(
            found.table.set_index("borough").loc[name, "needs"]
        )


def test_with_enough_people_nothing_is_hidden_and_all_adds_up() -> None:
    found = boroughs.summed_up(evaluate(Scenario(target="own", results_share=0.5), MANCHESTER)).table
    assert found.notna().all(axis=None)
    parts, whole = found.iloc[:-1], found.iloc[-1]
    assert whole["borough"] == "Greater Manchester"
    for name in ("people", "parked_people"):
        assert parts[name].sum() == whole[name]
    for name in ("margin_at_benchmark", "needs", "parked"):
        assert np.average(parts[name], weights=parts["people"]) == pytest.approx(whole[name])


def command(*arguments: str) -> str:
    said = StringIO()
    with redirect_stdout(said):
        assert main(["places", *arguments]) == 0
    return said.getvalue()


def test_the_command_gives_the_same_numbers() -> None:
    found = json.loads(command("--set", "area_multiplier=1.5"))
    scenario = Scenario(area_multiplier=1.5)
    evaluation = evaluate(scenario, MANCHESTER)
    assert found["boroughs"][-1]["payback"] == pytest.approx(evaluation.payback)
    moved = multipliers.compare(scenario, MANCHESTER)
    assert list(found["moved"]["housing"].values()) == pytest.approx(moved["housing"].by_borough.tolist())
    assert [row["moved"] for row in found["footprint"]] == pytest.approx(footprint.wide(evaluation).moved.tolist())
    assert len(found["cliffs"]) == 9


def test_the_command_lists_the_neighbourhoods() -> None:
    table = pd.read_csv(StringIO(command("--format", "csv")), comment="#")
    assert table["neighbourhood"].tolist() == list(PLACES.names)
    assert table["payback"].between(0.3, 0.7).all()


def test_other_people_have_no_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "--cohort", "georgia_parole"]) == 2
    assert "Only the Greater Manchester cohort has places here" in capsys.readouterr().err
