"""How sure: draws that are the same everywhere, that stand about the centre, and that strata hardly blur."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.risk_curves import NORMAL_95
from pricing.people.strata import RiskDraws
from pricing.questions.how_sure import draws, how_sure
from pricing.questions.how_sure.assumed_ranges import NEED, RANGES, Effects, Ends, around
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import Draws, HowSure, Spread
from pricing.questions.how_sure.tornado import payback, tornado, turning_value
from pricing.scenario.scenario import Scenario, specs
from tests.cohorts import six_groups

MEASURES = ("payback", "parked", "withheld")
COHORTS = ("greater_manchester", "georgia_parole")
PRICES = (
    Scenario(),
    Scenario(metric="frequency", target="own", need_premium=0.3, area_multiplier=2.0),
    Scenario(cohort="georgia_parole", target="own", results_share=0.5),
    Scenario(metric="severity", total_spend="grows", area_multiplier=1.5, area_index="housing"),
    Scenario(metric="blend", results_share=0.6),
)

BY_RATE = Scenario(
    metric="progress", target="own", results_share=0.3, rate_drugs=5.0, rate_alcohol=0.0, rate_mental_health=0.0
)
"""One need is paid more than another: whoever has none that is paid is worth no hour in any draw."""

NORMALS = [0.2942479145907035, 1.2080486228272762, 1.6084315192733185, -0.9405764771399828]
POSITIONS = [0.09999999999999998, -0.04606079858305434, 0.12250356126078776, 0.04606079858305434]
PROBABILITIES = [0.8079978393365135, 0.5822483011400982]
RATES = [0.14666507219172345, 2.461896590341298]
PAYBACKS = [1.6807393983254486, 0.7108133082639614]


@cache
def evaluated(scenario: Scenario) -> Evaluation:
    return evaluate(scenario, shipped.load(scenario.cohort))


@cache
def drawn(scenario: Scenario) -> Draws:
    evaluation = evaluated(scenario)
    return how_sure.draw(evaluation, how_sure.strata_for(scenario, evaluation.cohort))


KEYS = ("decile", "needs")
OTHERS = (("age", "previous"), ("borough", "sex"), ("offence", "risk"))
"""Groupings at which the first price is looked at too."""


@cache
def in_full(scenario: Scenario) -> dict[tuple[str, ...], HowSure]:
    """The same draws without strata: an evaluation of every cell for each, for everyone and by groups."""
    evaluation, risks = evaluated(scenario), draws.fitted(scenario.cohort)
    asked = ((), KEYS, *(OTHERS if scenario == PRICES[0] else ()))
    codes = {keys: how_sure.group_codes(evaluation.cohort, keys) for keys in asked}
    found: list[dict[tuple[str, ...], dict[str, FloatArray]]] = []
    for draw in range(DRAWS):
        values = {name: float(around(name, scenario).at(draws.positions(name)[draw])) for name in (*RANGES, NEED)}
        people = replace(
            evaluation.cohort,
            probability=risks.probability[draw + 1],
            rate=risks.rate[draw + 1],
            severity=risks.severity[draw + 1],
        )
        one = evaluate(scenario.with_(**values), people)
        found.append({keys: how_sure.central(one, *groups) for keys, groups in codes.items()})
    sure = {}
    for keys, groups in codes.items():
        centre = how_sure.central(evaluation, *groups)
        stacked = {name: np.stack([each[keys][name] for each in found]) for name in MEASURES}
        sure[keys] = HowSure(**{name: Spread(centre[name], stacked[name]) for name in MEASURES})
    return sure


def test_the_same_link_gives_the_same_draws_on_any_machine() -> None:
    """Fixed numbers: what another machine, library or order of calls has to give again."""
    assert draws.normals("greater_manchester/binary/intercept")[[0, 1, 50, 99]] == pytest.approx(NORMALS, abs=1e-9)
    assert draws.positions("max_effect")[[0, 1, 50, 99]] == pytest.approx(POSITIONS, abs=1e-9)
    risks = [draws.fitted(name) for name in COHORTS]
    assert [risk.probability[7, 1234] for risk in risks] == pytest.approx(PROBABILITIES, abs=1e-9)
    assert [risk.rate[93, 4321] for risk in risks] == pytest.approx(RATES, abs=1e-9)
    everyone = drawn(PRICES[2]).by()
    assert everyone.payback.drawn[[0, 42], 0] == pytest.approx(PAYBACKS, abs=1e-9)


def test_draws_do_not_depend_on_what_was_drawn_before() -> None:
    names = ("a", "b", "max_effect")
    first = [draws.normals(name).tolist() for name in names]
    draws.evenly.cache_clear()
    assert [draws.normals(name).tolist() for name in reversed(names)] == first[::-1]


def test_draws_are_evenly_spread() -> None:
    normal, place = draws.normals("any name"), draws.positions("any name")
    assert normal.mean() == pytest.approx(0, abs=1e-12)
    assert normal.std() == pytest.approx(1)
    assert sorted(place) == pytest.approx(sorted(-place))
    assert np.all(np.abs(place) < 1)
    assert np.mean(np.abs(place) < 0.5) == 0.74  # the nearer to the centre the more: 3 of 4 in the inner half


def test_a_price_moves_no_risk_that_was_drawn() -> None:
    one, other = (how_sure.strata_for(s, evaluated(s).cohort) for s in (Scenario(), Scenario(need_premium=0.4)))
    for name in ("probability", "rate", "severity"):
        assert getattr(one.risks, name).tobytes() == getattr(other.risks, name).tobytes()
    assert draws.of(evaluated(Scenario(results_share=0.9)).cohort) is draws.fitted("greater_manchester")


@pytest.mark.parametrize("name", COHORTS)
def test_drawn_risks_stand_about_the_fitted_ones(name: str) -> None:
    risks, cohort = draws.fitted(name), shipped.load(name)
    curves = shipped.curves(name)
    codes = curves.cells.group(list(curves.declaration.factors)).codes
    kinds = {"probability": "binary", "rate": "frequency", "severity": "severity"}
    for risk, near in (("probability", 0.002), ("rate", 0.01), ("severity", 0.01)):
        rows, centre = getattr(risks, risk), getattr(cohort, risk)
        assert rows[0].tobytes() == centre.tobytes()
        curve, raised = curves.curves.get(kinds[risk]), np.zeros(len(centre))
        if curve is not None and curve.link == "log":
            # A log link bends upwards: draws raise the mean by half their variance.
            raised = 0.5 * np.einsum("ij,jk,ik->i", curve.design(codes), curve.covariance, curve.design(codes))
        expected = cohort.people @ (centre * np.exp(raised))
        assert cohort.people @ rows[1:].mean(axis=0) == pytest.approx(expected, rel=near)


@pytest.mark.parametrize("name", COHORTS)
def test_drawn_curves_are_as_wide_as_their_bands(name: str) -> None:
    """The spread of 100 draws of the log-odds of a cell against the standard error that draws its band."""
    curves, risks = shipped.curves(name), draws.fitted(name)
    codes = curves.cells.group(list(curves.declaration.factors)).codes
    low, _, high = curves.curves["binary"].band(codes)
    width = (np.log(high / (1 - high)) - np.log(low / (1 - low))) / (2 * NORMAL_95)
    spread = np.log(risks.probability[1:] / (1 - risks.probability[1:])).std(axis=0)
    assert np.mean(spread / width) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("name", RANGES)
def test_a_slider_moves_the_range(name: str) -> None:
    usual, moved = (around(name, s) for s in (Scenario(), Scenario(**{name: 0.8 * getattr(Scenario(), name)})))
    assert usual.low < usual.central < usual.high
    assert (moved.low, moved.high) == (pytest.approx(0.8 * usual.low), pytest.approx(0.8 * usual.high))
    assert around(name, Scenario(**{name: specs()[name].high})).high == specs()[name].high
    assert RANGES[name].source.startswith("Assumed") == (RANGES[name].origin == "assumption")


def test_what_people_need_is_drawn_from_half_to_twice_their_hours_where_it_is_a_fair_share() -> None:
    places = how_sure.drawn_places(Scenario())
    need = how_sure.Assumed.at(Scenario(), 1, places).need
    assert (need[0], need.shape) == (1, (DRAWS + 1,))
    assert 0.5 < need.min() < 0.56
    assert 1.89 < need.max() < 2
    assert np.median(need[1:]) == pytest.approx(1, abs=0.01)
    for benchmark in ("guideline", "socially_worthwhile"):
        assert set(how_sure.drawn_places(Scenario(benchmark=benchmark))) == set(RANGES)


def test_need_widens_the_range_of_the_payback() -> None:
    """At one draw's need alone, the payback is that of the scenario with that need."""
    evaluation = evaluate(Scenario(), six_groups())
    strata = how_sure.strata_for(Scenario(), evaluation.cohort)
    still = dict.fromkeys(RANGES, np.zeros(DRAWS)) | {NEED: draws.positions(NEED)}
    found = how_sure.draw_at(evaluation, strata, still).by().payback.drawn[:, 0]
    for draw in (3, 50, 99):
        budget = float(around(NEED, Scenario()).at(draws.positions(NEED)[draw]))
        assert found[draw] == pytest.approx(evaluate(Scenario(needed_budget=budget), six_groups()).payback, rel=1e-9)
    assert np.ptp(found) > 0.1


def test_a_group_that_needs_no_more_in_some_draws_has_the_range_of_the_others() -> None:
    spread = Spread(np.array([1.0, 1.0]), np.column_stack([np.arange(DRAWS), np.full(DRAWS, np.nan)]).astype(float))
    spread.drawn[:50, 0] = np.nan
    assert (spread.low[0], spread.high[0]) == (pytest.approx(52.45), pytest.approx(96.55))
    assert np.isnan(spread.low[1])


def test_a_place_in_a_range_is_a_value() -> None:
    assert Ends(1.0, 2.0, 5.0).at(np.array([-1, -0.5, 0, 0.5, 1])).tolist() == [1, 1.5, 2, 3.5, 5]


@pytest.mark.parametrize("scenario", PRICES, ids=lambda s: f"{s.metric}-{s.cohort}")
def test_with_no_spread_every_draw_is_the_evaluation(scenario: Scenario) -> None:
    evaluation = evaluated(scenario)
    strata = how_sure.strata_for(scenario, evaluation.cohort)
    still = replace(strata, risks=RiskDraws(*(risk[:1] for risk in vars(strata.risks).values())))
    found = how_sure.draw_at(evaluation, still, dict.fromkeys((*RANGES, NEED), np.zeros(DRAWS)))
    assert found.by().payback.drawn[:, 0] == pytest.approx(np.full(DRAWS, evaluation.payback), rel=1e-12)
    assert found.by().withheld.drawn[:, 0] == pytest.approx(np.full(DRAWS, evaluation.withheld), rel=1e-12)
    table, groups = evaluation.groups("needs", "decile"), found.by("needs", "decile")
    codes = np.ravel_multi_index((table["needs"].to_numpy(), table["decile"].to_numpy()), (-1 + 7, 10))
    for name in MEASURES:
        every = getattr(groups, name).drawn[:, codes]
        np.testing.assert_allclose(every, np.broadcast_to(table[name], every.shape), rtol=1e-12)


@pytest.mark.parametrize("scenario", [*PRICES, BY_RATE], ids=lambda s: f"{s.metric}-{s.cohort}")
def test_strata_hardly_blur_the_draws(scenario: Scenario) -> None:
    """Against an evaluation of every cell in every draw: ends of ranges and counts of draws."""
    everyone, groups = (in_full(scenario)[keys] for keys in ((), KEYS))
    found = drawn(scenario).by(), drawn(scenario).by(*KEYS)
    share = 0.1 if scenario.metric == "blend" else 0.03
    for end in ("low", "high"):
        for name, most in (("payback", 0.02), ("parked", share), ("withheld", share)):
            ends = [getattr(getattr(each, name), end) for each in (found[0], everyone)]
            assert ends[0] == pytest.approx(ends[1], abs=most)
    assert found[0].under_one == pytest.approx(everyone.under_one, abs=1)
    people = evaluated(scenario).pooled(*how_sure.group_codes(evaluated(scenario).cohort, KEYS))["people"]
    off = np.abs(found[1].under_one - groups.under_one)[people >= 30]
    # Both the rate and the severity are drawn within a stratum, where the first alone is under the other metrics.
    assert off.mean() <= (1.5 if scenario.metric == "severity" else 1)
    assert np.quantile(off, 0.95) <= (5 if scenario.metric == "severity" else 3)
    assert np.abs(found[1].pays_minimum - groups.pays_minimum)[people >= 30].mean() <= 8


def test_other_groupings_are_mixes_of_the_same_strata() -> None:
    scenario = PRICES[0]
    for keys in OTHERS:
        groups, found = in_full(scenario)[keys], drawn(scenario).by(*keys)
        enough = evaluated(scenario).pooled(*how_sure.group_codes(evaluated(scenario).cohort, keys))["people"] >= 30
        assert np.mean(np.abs(found.under_one - groups.under_one)[enough]) <= 1, keys
        assert np.max(np.abs(found.payback.high - groups.payback.high)[enough]) <= 0.1, keys


def test_groups_add_up_to_everyone() -> None:
    found = drawn(PRICES[1])
    codes, size = how_sure.group_codes(found.evaluation.cohort, ("sex",))
    people = np.bincount(codes, found.evaluation.cohort.people, size)
    cohort, strata = found.evaluation.cohort, found.strata
    parts = how_sure.measures({n: strata.pooled(v, cohort, codes, size) for n, v in found.sums.items()})
    one = np.zeros_like(codes)
    whole = how_sure.measures({n: strata.pooled(v, cohort, one, 1) for n, v in found.sums.items()})
    assert parts["parked"] @ people / people.sum() == pytest.approx(whole["parked"][:, 0])


def test_a_readers_own_table_has_no_curves_to_draw() -> None:
    evaluation = evaluate(Scenario(), six_groups())
    strata = how_sure.strata_for(Scenario(), evaluation.cohort)
    assert strata.risks.probability.shape == (1, 6)
    alone = how_sure.curves_alone(evaluation, strata).by().payback
    assert alone.drawn[:, 0] == pytest.approx(np.full(DRAWS, evaluation.payback), rel=1e-12)
    assert np.ptp(how_sure.draw(evaluation, strata).by().payback.drawn) > 0.1


def test_nothing_is_said_where_nothing_is_defined() -> None:
    scenario = Scenario(minimum_hours=100.0, hour_cost=120.0)
    everyone = drawn(scenario).by()
    assert np.isnan(everyone.payback.low).all()
    assert np.isnan(everyone.under_one).all()


@pytest.mark.parametrize("scenario", PRICES, ids=lambda s: f"{s.metric}-{s.cohort}")
def test_the_tornado_moves_one_assumption_at_a_time(scenario: Scenario) -> None:
    evaluation = evaluated(scenario)
    swings = tornado(evaluation)
    assert {swing.name for swing in swings} >= set(RANGES)
    assert [swing.width for swing in swings] == sorted((swing.width for swing in swings), reverse=True)
    for swing in (one for one in swings if one.name in (*RANGES, NEED)):
        for value, found in ((swing.ends.low, swing.at_low), (swing.ends.high, swing.at_high)):
            again = evaluate(scenario.with_(**{swing.name: value}), evaluation.cohort)
            assert found == pytest.approx(again.payback, rel=1e-12)


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 1.0])
@pytest.mark.parametrize("metric", ["binary", "frequency"])
def test_at_its_turning_value_a_price_pays_back_one_pound(share: float, metric: str) -> None:
    scenario = Scenario(metric=metric, target="own", results_share=share)
    evaluation = evaluated(scenario)
    central = Effects(**{name: getattr(scenario, name) for name in RANGES})
    found = [swing for swing in tornado(evaluation) if not np.isnan(swing.turns_at)]
    assert found or (metric, share) == ("binary", 0.2)
    for swing in found:
        value = swing.turns_at
        if swing.name in RANGES:
            assert payback(evaluation, replace(central, **{swing.name: value})) == pytest.approx(1, rel=1e-9)
        again = evaluate(scenario.with_(**{swing.name: value}), evaluation.cohort)
        assert again.payback == pytest.approx(1, rel=1e-9)


def test_under_clauses_a_turning_value_turns_the_verdict_when_it_is_set() -> None:
    """Effective prices move with what is assumed: each is held against the contract settled anew."""
    scenario = Scenario(
        metric="frequency", target="own", threshold=0.05, measured_people=8000.0, deductions="none", results_share=0.5
    )
    evaluation = evaluated(scenario)
    found = [swing for swing in tornado(evaluation) if swing.name in RANGES and not np.isnan(swing.turns_at)]
    assert found
    for swing in found:
        again = evaluate(scenario.with_(**{swing.name: swing.turns_at}), evaluation.cohort)
        assert again.payback == pytest.approx(1, abs=0.005)


@pytest.mark.parametrize(
    ("at", "turns"),
    [
        (lambda value: value / 4, 4.0),
        (lambda value: 3 - value, 2.0),
        (lambda value: 0.5, float("nan")),
        (lambda value: float("nan"), float("nan")),
        (lambda value: 1.0 + (value - 3.0) * (value - 0.5), 0.5),
        (lambda value: 1.0 + (value - 1.9) * (value - 0.3), 0.3),
        (lambda value: 1.0 + (value - 7.4) * (value - 0.2), 0.2),
        # It turns just before the end of what is known: that was passed over.
        (lambda value: 1.41 - value if value > 0.4 else float("nan"), 0.41),
        (lambda value: value / 6.9 if value < 7.0 else float("nan"), 6.9),
    ],
)
def test_the_nearest_turning_value_is_found(at: Callable[[float], float], turns: float) -> None:
    assert turning_value(at, 1.0, (0.1, 10.0)) == pytest.approx(turns, nan_ok=True)


def test_a_budget_turns_the_verdict_where_few_still_need_more() -> None:
    # "No value from £224 to £10,000 turns the verdict": from £718 down nobody needs more, and £826 does.
    scenario = Scenario(cohort="georgia_parole", metric="progress")
    (found,) = (each for each in tornado(evaluated(scenario)) if each.name == NEED)
    paid = [
        evaluate(scenario.with_(**{NEED: found.turns_at + more}), shipped.load(scenario.cohort)) for more in (-5, 5)
    ]
    assert paid[0].payback > 1 > paid[1].payback
    assert 820 < found.turns_at < 836


def test_an_implied_alpha_is_varied_only_where_it_stands_for_counts() -> None:
    names = {name: {swing.name for swing in tornado(evaluated(Scenario(cohort=name)))} for name in COHORTS}
    assert "implied_alpha" not in names["greater_manchester"]
    assert "implied_alpha" in names["georgia_parole"]


@pytest.mark.parametrize("name", ["area_drag", "need_drag"])
def test_what_is_taken_as_nothing_is_looked_for_beyond_its_range(name: str) -> None:
    """Its range, parts of nothing, has no width; the verdict turns further out all the same."""
    evaluation = evaluate(Scenario(results_share=0.5, **{name: 0.0}), shipped.load("greater_manchester"))
    (found,) = (each for each in tornado(evaluation) if each.name == name)
    assert found.at_low == found.at_high
    there = evaluation.scenario.with_(**{name: found.turns_at})
    assert evaluate(there, evaluation.cohort).payback == pytest.approx(1.0, abs=1e-6)
