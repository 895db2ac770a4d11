"""Risk and return along a factor: the payback is that of the whole cohort's evaluation, the rates those observed."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.evaluate import Evaluation, evaluate
from pricing.people import risk_curves, shipped
from pricing.people.arrays import FloatArray
from pricing.questions import risk_and_return
from pricing.questions.risk_and_return import AlongCurve, Seen
from pricing.scenario.scenario import Scenario

NAMES = shipped.names()
SCENARIOS = [
    Scenario(),
    Scenario(metric="frequency", target="own", need_premium=0.3, area_multiplier=2.0, area_index="housing"),
    Scenario(metric="blend", benchmark="guideline", mission_weight=0.1),
]


def held(name: str, scenario: Scenario) -> Evaluation:
    return evaluate(scenario.with_(cohort=name), shipped.load(name))


def drawn(payback: list[float], *, ordered: bool = True) -> AlongCurve:
    """A curve of which only the payback matters."""
    flat = np.ones(len(payback))
    levels = tuple(str(number) for number in range(len(payback)))
    steps = np.arange(len(payback), dtype=np.float64)
    seen = Seen(np.arange(len(payback)), levels, steps, flat, flat, flat, flat)
    return AlongCurve(
        factor="age",
        label="Age",
        labels=levels,
        kind="binary",
        implied=False,
        ordered=ordered,
        position=steps,
        low=flat,
        fitted=flat,
        high=flat,
        payback=np.array(payback),
        seen=seen,
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.metric)
def test_payback_at_a_point_is_that_of_the_cell_with_the_same_levels(name: str, scenario: Scenario) -> None:
    evaluation, curves = held(name, scenario), shipped.curves(name)
    cells = curves.cells.group(list(curves.declaration.factors))
    for cell in range(0, len(cells.people), len(cells.people) // 12):
        profile = {key: int(codes[cell]) for key, codes in cells.codes.items()}
        for factor in curves.curves["binary"].rows:
            curve = risk_and_return.follow(evaluation, curves, profile, factor, "binary")
            at = profile[factor]
            assert curve.payback[at] == pytest.approx(evaluation.incentives.payback[cell], rel=1e-9, nan_ok=True)
            assert curve.fitted[at] == pytest.approx(evaluation.cohort.probability[cell], rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_people_along_the_number_of_needs_have_that_many(name: str) -> None:
    cohort, curves = shipped.load(name), shipped.curves(name)
    levels = risk_curves.along(curves.cells, risk_curves.typical_profile(curves.cells), "needs")
    people = risk_and_return.one_person_each(cohort, curves, levels)
    np.testing.assert_array_equal(people.needs, np.arange(len(people.needs)))
    np.testing.assert_array_equal(people.people, 1.0)


def test_along_deprivation_only_the_overall_tenth_moves() -> None:
    cohort, curves = (get("greater_manchester") for get in (shipped.load, shipped.curves))
    profile = risk_curves.typical_profile(curves.cells) | {"decile_employment": 6, "decile_housing": 2}
    people = risk_and_return.one_person_each(cohort, curves, risk_curves.along(curves.cells, profile, "decile"))
    np.testing.assert_array_equal(people.deciles["overall"], np.arange(1, 11))
    assert set(people.deciles["employment"]) == {7.0}
    assert set(people.deciles["housing"]) == {3.0}


@pytest.mark.parametrize("name", NAMES)
def test_everyone_is_seen_once_along_every_factor(name: str) -> None:
    evaluation, curves = held(name, Scenario()), shipped.curves(name)
    profile = risk_curves.typical_profile(curves.cells)
    for factor in risk_and_return.factors(curves):
        seen = risk_and_return.follow(evaluation, curves, profile, factor, "binary").seen
        assert seen.people.sum() == curves.cells.people.sum()
        assert seen.group.max() == len(seen.labels) - 1
        np.testing.assert_array_equal(np.isnan(seen.mean), seen.people < 30)
        if not np.isnan(seen.mean).any():
            assert seen.mean @ seen.people == pytest.approx(curves.cells.outcomes["reoffended"].sum())


def test_a_count_is_seen_in_its_bands_at_the_mean_of_the_people_in_them() -> None:
    evaluation, curves = held("greater_manchester", Scenario()), shipped.curves("greater_manchester")
    curve = risk_and_return.follow(evaluation, curves, risk_curves.typical_profile(curves.cells), "previous", "binary")
    assert curve.seen.labels == ("0", "1 to 2", "3 to 5", "6 to 10", "11 to 20", "21 or more")
    count, cells = curves.cells.codes["previous"], curves.cells
    band = (count >= 3) & (count <= 5)
    share = cells.outcomes["reoffended"][band].sum() / cells.people[band].sum()
    assert curve.seen.mean[2] == pytest.approx(share)
    assert np.expm1(curve.seen.position[2]) == pytest.approx(np.average(count[band], weights=cells.people[band]))
    assert list(curve.seen.group[[0, 2, 5, 10, 20, 40]]) == [0, 1, 2, 3, 4, 5]


def test_a_rate_that_was_not_counted_is_implied_and_has_nothing_to_be_seen() -> None:
    evaluation, curves = held("georgia_parole", Scenario()), shipped.curves("georgia_parole")
    profile = risk_curves.typical_profile(curves.cells)
    binary, implied = (risk_and_return.follow(evaluation, curves, profile, "age", k) for k in ("binary", "frequency"))
    assert implied.implied
    assert not binary.implied
    np.testing.assert_allclose(implied.fitted, risk_curves.rate_from_probability(binary.fitted, 1.6))
    assert np.isnan(implied.seen.mean).all()
    assert (implied.low < implied.fitted).all()
    assert risk_and_return.kinds(curves) == ("binary", "frequency")


def test_factors_are_those_of_the_fit_and_the_number_of_needs() -> None:
    found = risk_and_return.factors(shipped.curves("greater_manchester"))
    assert list(found)[-1] == "needs"
    assert {"age", "sex", "previous", "offence", "sentence", "decile", "mental_health"} < set(found)
    assert not {"borough", "neighbourhood", "decile_housing"} & set(found)


@pytest.mark.parametrize(
    ("payback", "below", "stretches"),
    [
        ([2.0, 1.5, 1.0], [], []),
        ([0.5, 0.5, 0.5], [(0, 2)], [(0.0, 2.0)]),
        ([1.5, 0.5, 1.5], [(1, 1)], [(0.5, 1.5)]),
        ([0.0, 2.0, 0.75], [(0, 0), (2, 2)], [(0.0, 0.5), (1.8, 2.0)]),
        ([np.nan, 0.5, 2.0], [(1, 1)], [(1.0, 1 + 1 / 3)]),
        ([np.nan, np.nan], [], []),
    ],
)
def test_where_it_pays_to_disinvest(
    payback: list[float], below: list[tuple[int, int]], stretches: list[tuple[float, float]]
) -> None:
    curve = drawn(payback)
    assert list(curve.below) == below
    assert list(curve.stretches) == [pytest.approx(stretch) for stretch in stretches]


def test_levels_without_an_order_are_shaded_one_by_one() -> None:
    assert drawn([0.5, 2.0, 0.5, 0.5], ordered=False).stretches == ((-0.5, 0.5), (1.5, 3.5))


def test_area_cases_turn_about_the_mean_deprivation() -> None:
    curves = shipped.curves("greater_manchester")
    cases = {case.name: case for case in risk_and_return.area_cases(curves, risk_curves.typical_profile(curves.cells))}
    assert cases["low"].most_deprived == pytest.approx(cases["low"].least_deprived)
    assert cases["low"].most_deprived < cases["central"].most_deprived < cases["high"].most_deprived
    assert cases["low"].least_deprived > cases["central"].least_deprived > cases["high"].least_deprived

    def log_odds(chance: float) -> float:
        return float(np.log(chance / (1 - chance)))

    depth = (10 - (curves.cells.codes["decile"] + 1)) / 9
    deviation = np.sqrt(np.average((depth - np.average(depth, weights=curves.cells.people)) ** 2))
    across = log_odds(cases["high"].most_deprived) - log_odds(cases["high"].least_deprived)
    assert across == pytest.approx(np.log(1.06) / deviation)


def test_real_people_have_no_area_cases() -> None:
    curves = shipped.curves("georgia_parole")
    assert risk_and_return.area_cases(curves, risk_curves.typical_profile(curves.cells)) == ()


def test_needs_are_added_the_most_common_first() -> None:
    assert risk_and_return.needs_in_order(shipped.curves("greater_manchester").cells)[0] == "Employment need"


def test_the_crossing_is_on_the_stretched_axis() -> None:
    position: FloatArray = np.log1p([0.0, 1.0, 2.0])
    curve = replace(drawn([0.5, 1.5, 1.5]), position=position)
    assert curve.stretches == ((0.0, pytest.approx(np.log(2) / 2)),)
