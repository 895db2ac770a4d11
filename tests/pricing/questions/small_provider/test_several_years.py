"""Reserves over several years: by hand, against futures that are drawn, and what must always hold."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider import reserves, several_years, surplus, trustees, volumes
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.known_shock import moved
from pricing.questions.small_provider.luck.one_client import OneClient
from pricing.questions.small_provider.reserves import ReservesPath
from pricing.questions.small_provider.shock_chain import Chain, chain
from pricing.questions.small_provider.volumes import Lumps
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.examples import EXPLORED, EXPLORING, examples

EITHER = Distribution(np.array([-10.0, 10.0]), np.array([0.5, 0.5]))
NOTHING_SHARED = chain(0.0, 0.0, 0.0)


def path(year: Distribution, start: float, years: int) -> ReservesPath:
    lattice = reserves.on_lattice(year, [], NOTHING_SHARED.chances, start)
    return reserves.followed(lattice, NOTHING_SHARED, start, years)


def with_(**changes: float | str) -> Evaluation:
    return evaluate(Scenario(**changes), six_groups())  # type: ignore[arg-type]


def test_two_amounts_by_hand() -> None:
    """Reserves of £10, and £10 more or less each year: 0 is still there, so two bad years run in a row are needed.

    After two years £30 (.25), £10 (.5) or gone (.25); after four, those at £0 (.25) have gone in half of the cases.
    """
    found = path(EITHER, 10.0, 4)
    assert found.runs_out == pytest.approx([0.0, 0.25, 0.0, 0.125])
    assert found.left[1].below(5.0) == pytest.approx(0.25), "what has run out stands at £0"
    assert found.left[1].quantile(0.5) == pytest.approx(10.0)
    assert found.left[1].quantile(0.95) == pytest.approx(30.0)


def test_luck_that_stays_by_hand() -> None:
    """A good or a bad shock, for good: reserves of £10 have gone after the second bad year in a row, or never go."""
    given_each = [Distribution.sure(-10.0), Distribution.sure(10.0)]
    half = np.array([0.5, 0.5])
    lattice = reserves.on_lattice(EITHER, given_each, half, 10.0)
    for following, runs_out in ((np.eye(2), [0, 0.5, 0, 0]), (np.full((2, 2), 0.5), [0, 0.25, 0, 0.125])):
        found = reserves.followed(lattice, Chain(np.array([1.0, -1.0]), half, following), 10.0, 4)
        assert found.runs_out == pytest.approx(runs_out)


@EXPLORED
@pytest.mark.parametrize("seed", range(40 if EXPLORING else 8))
def test_few_amounts_are_followed_one_by_one(seed: int) -> None:
    # Two good years and a bad one left £7 of reserves, and on a lattice half of them ran out: .73 where .70 is right.
    luck = np.random.default_rng(seed)
    amounts = np.sort(np.append(luck.integers(-9, 9, 3), luck.normal(0, 5, 2)))
    shocks = luck.dirichlet(np.ones(5), 2)
    two = chain(0.3, 0.6, 0.5)
    states = Chain(np.array([-0.3, 0.3]), np.array([0.4, 0.6]), np.array([[0.7, 0.3], [0.2, 0.8]]))
    given_each = [Distribution(amounts, each) for each in shocks]
    start, years = float(luck.integers(0, 12)), 4
    for following, each in ((states, given_each), (NOTHING_SHARED, [])):
        whole = Distribution(amounts, following.chances @ shocks if each else shocks[0])
        found = reserves.followed_exactly(whole, each, following, start, years)
        assert found is not None
        chances = shocks if each else shocks[:1]
        assert np.cumsum(found.runs_out) == pytest.approx(ruin(amounts, chances, following, start, years), abs=1e-9)
    assert reserves.followed_exactly(whole, [Distribution.sure(0.123)] * len(two.z), two, start, years) is None


def ruin(amounts: FloatArray, chances: FloatArray, shocks: Chain, start: float, years: int) -> list[float]:
    """Chance that reserves have run out by the end of each year, every way in which it may come gone through."""
    alive, gone, found = {(None, start): 1.0}, 0.0, []
    for _ in range(years):
        later: dict[tuple[int | None, float], float] = {}
        for (before, money), chance in alive.items():
            for state, likely in enumerate(shocks.chances if before is None else shocks.following[before]):
                for amount, share in zip(amounts, chances[state], strict=True):
                    if money + amount < -1e-6:
                        gone += chance * likely * share
                    else:
                        place = state, round(money + amount, 9)
                        later[place] = later.get(place, 0.0) + chance * likely * share
        alive = later
        found.append(gone)
    return found


@pytest.mark.parametrize("persists", [0.0, 0.1, 0.5, 0.9, 0.97, 1.0])
@pytest.mark.parametrize("reach", [0.5, 8.0])
def test_every_year_has_the_same_shocks_and_the_correlation_that_is_set(persists: float, reach: float) -> None:
    found = chain(0.3, persists, reach)
    x = found.z / 0.3
    assert found.following.sum(axis=1) == pytest.approx(1.0)
    assert found.chances @ found.following == pytest.approx(found.chances, abs=1e-4)
    assert found.chances @ x**2 == pytest.approx(1.0, abs=0.01)
    assert (found.chances * x) @ found.following @ x / (found.chances @ x**2) == pytest.approx(persists, abs=0.01)


CASES: list[dict[str, float | str]] = [
    {"most_lost": 0.0},
    {"shock_persists": 0.5, "common_shock": 0.4},
    {"shock_persists": 0.9, "common_shock": 0.5, "most_lost": 0.0, "clients": 150.0},
    {"shock_persists": 1.0, "common_shock": 0.3, "metric": "progress"},
    {"shock_persists": 0.7, "held": "prime", "risk_passed": 0.5, "common_shock": 0.5, "most_lost": 0.0},
    {"volume_spread": 0.15, "clients": 20.0, "shock_persists": 0.5},
    {"volume_spread": 0.5, "clients": 40.0, "results_share": 0.1},
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_drawn_futures_run_out_as_often(case: dict[str, float | str]) -> None:
    found = with_(**{"reserves": 40_000.0, "contract_months": 60.0, "set_up_cost": 0.0, **case})
    futures, luck = 40_000, np.random.default_rng(71)
    exact = several_years.of(found)
    numbers = volumes.between(*volumes.ends(found.scenario))
    by_number = [of_number(found, int(number)) for number in numbers]
    left, gone = np.full(futures, found.scenario.reserves), np.zeros(futures, dtype=bool)
    shock = luck.standard_normal(futures)
    persists = found.scenario.shock_persists
    for year in range(5):
        left = left + drawn_year(by_number, found.scenario.common_shock * shock, luck)
        gone |= left < -1e-6
        chance = exact.ruin[year]
        error = np.sqrt(max(chance * (1 - chance), 1e-6) / futures)
        assert gone.mean() == pytest.approx(chance, abs=3 * error)
        shock = persists * shock + np.sqrt(1 - persists**2) * luck.standard_normal(futures)
    ends = np.where(gone, 0.0, left)
    scale = surplus.of(found).sd
    assert exact.at_the_end == pytest.approx(np.quantile(ends, [0.05, 0.5, 0.95]), abs=0.12 * scale)


@dataclass(frozen=True)
class OfNumber:
    """What is known of the years in which so many clients come; ``sure`` £ come in whatever is counted of them.

    There is no set-up cost here.
    """

    sigma: float
    some: sent.Clients
    sure: float
    stake: trustees.AtStake


def of_number(found: Evaluation, number: int) -> OfNumber:
    """The same in every year, and worked out once for all of them."""
    there = found.scenario.with_(volume_delivered=number / found.scenario.clients, volume_spread=0.0)
    known = replace(found, scenario=there)
    some = sent.of(known)
    of_missing = there.fixed_share * max(some.promised - some.delivered, 0) * some.mean(some.cost)
    passed_by = (1 - some.at_risk) * surplus.of(known).expected_results if some.at_risk < 1 else 0.0
    return OfNumber(there.common_shock, some, passed_by - of_missing, trustees.at_stake(known))


def drawn_year(by_number: list[OfNumber], shock: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """A year's surplus in each future, from the words: who comes, what is counted, what is paid, what it costs."""
    which = luck.choice(len(by_number), size=len(shock))
    left = np.zeros_like(shock)
    for place, known in enumerate(by_number):
        some = which == place
        left[some] = surplus_of(known, shock[some], luck)
    return left


def surplus_of(known: OfNumber, shock: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """The surplus in years with each shock, for a measure of whether people reoffend or of needs met."""
    some, stake = known.some, known.stake
    come = luck.multinomial(some.delivered, some.people / some.people.sum(), size=len(shock))
    pay, beside = come @ some.standing, come @ some.beside
    for segment, people in enumerate(come.T):
        one = OneClient.of(some, segment, shock, known.sigma)
        if one.reoffender is not None:
            pay += one.reoffender * luck.binomial(people, one.probability[:, 0])
        else:
            ((number, rate),) = one.needs
            needs = people * int(number) + luck.binomial(people, number % 1, size=len(shock))
            pay += (one.need or 0.0) * rate * luck.binomial(needs, one.met[:, 0])
    passed = some.kept * some.at_risk
    results = np.clip(passed * pay, stake.lowest, stake.highest)
    return results + beside + known.sure


@given(
    st.lists(st.floats(-30_000, 30_000), min_size=2, max_size=6),
    st.floats(0, 60_000),
    st.integers(0, 2**31),
)
@examples(30)
def test_ruin_rises_with_years_and_falls_with_reserves(values: list[float], start: float, seed: int) -> None:
    chances = np.random.default_rng(seed).dirichlet(np.ones(len(values)))
    year = Distribution.of(np.array(values), chances)
    poor, rich = path(year, start, 5), path(year, start + 5000, 5)
    assert np.all(poor.runs_out >= 0)
    assert poor.runs_out.sum() <= 1 + 1e-9
    assert poor.runs_out[0] == pytest.approx(year.below(-start), abs=1e-8)
    # Amounts between two points of the lattice go to both, which may move a little across £0.
    assert rich.runs_out.sum() <= poor.runs_out.sum() + 0.02
    assert [left.chances.sum() for left in poor.left] == pytest.approx([1.0] * 5)


@pytest.mark.parametrize(
    ("metric", "persists"), [("binary", 0.6), ("frequency", 0.0), ("severity", 0.6), ("progress", 0.0), ("blend", 0.0)]
)
def test_one_year_is_the_chance_of_that_year(metric: str, persists: float) -> None:
    found = with_(metric=metric, shock_persists=persists, contract_months=18.0, reserves=8000.0)
    several = several_years.of(found)
    assert several.years == 1
    assert several.chance_of_ruin == pytest.approx(surplus.of(found).chance_of_ruin, abs=5e-4)


def test_a_bad_year_that_stays_makes_ruin_likelier() -> None:
    found = [several_years.of(with_(common_shock=0.5, shock_persists=p)).chance_of_ruin for p in (0.0, 0.5, 1.0)]
    assert found == sorted(found)
    assert found[2] > found[0] + 0.02


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"metric": "blend"},
        {"metric": "severity", "common_shock": 0.5},
        {"metric": "frequency", "binary_hurdle": "yes"},
        {"metric": "progress"},
    ],
    ids=str,
)
def test_years_with_known_shocks_are_together_the_year(changes: dict[str, float | str]) -> None:
    """The mean and the standard deviation over shocks, of years each with its own, are those of the year."""
    found = with_(set_up_cost=0.0, most_lost=0.0, **changes)
    sigma, whole = found.scenario.common_shock, surplus.of(found)
    x, weights = np.polynomial.hermite_e.hermegauss(5)
    weights = weights / weights.sum()
    people = sent.of(found)
    hurdle = found.scenario.binary_hurdle == "yes"
    plain = replace(found, scenario=found.scenario.with_(common_shock=0.0))
    years = [surplus.from_clients(plain, moved(people, float(sigma * z), sigma, hurdle)).money for z in x]
    mean = weights @ np.array([year.mean for year in years])
    second = weights @ np.array([year.sd**2 + (year.mean - mean) ** 2 for year in years])
    assert mean == pytest.approx(whole.expected, abs=0.01 * whole.sd)
    assert np.sqrt(second) == pytest.approx(whole.sd, rel=0.01)


def test_a_range_of_clients_keeps_the_mean_and_adds_luck() -> None:
    known, ranged = (surplus.of(with_(clients=40.0, volume_spread=spread)) for spread in (0.0, 0.2))
    each = [surplus.of(with_(clients=40.0, volume_delivered=n / 40)) for n in range(32, 49)]
    low, high = volumes.ends(Scenario(clients=40.0, volume_spread=0.2))
    assert volumes.between(low, high).tolist() == list(range(32, 49))
    assert ranged.sd > known.sd
    assert ranged.expected == pytest.approx(float(np.mean([year.expected for year in each])), rel=0.005)
    assert ranged.chance_of_loss == pytest.approx(float(np.mean([year.chance_of_loss for year in each])), abs=0.005)


PLACES = (
    {"clients": 20.0, "volume_spread": 0.5, "who_comes": "mix", "results_share": 0.6, "reserves": 60_000.0},
    {"clients": 20.0, "volume_spread": 0.25, "metric": "progress", "who_comes": "mix", "reserves": 30_000.0},
    {"clients": 20.0, "volume_spread": 0.25, "reserves": 50_000.0},
)


@pytest.mark.parametrize("changes", PLACES, ids=str)
def test_a_range_may_be_followed_at_a_few_numbers(
    changes: dict[str, float | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given each shock: against every number followed, since years under all shocks stand in the place of these."""
    evaluation = with_(common_shock=0.3, shock_persists=0.7, **changes)
    year = surplus.of(evaluation)
    few = several_years.of(evaluation, "needed", year)
    monkeypatch.setattr(volumes, "SMOOTH", Lumps(1_000, 1.0))
    every = several_years.of(evaluation, "needed", year)
    assert 0.02 < every.chance_of_ruin < 0.98
    assert few.ruin == pytest.approx(every.ruin, abs=0.003)
    assert few.bands == pytest.approx(every.bands, abs=0.05 * year.sd)


@pytest.mark.parametrize("metric", ["frequency", "severity"])
def test_fewer_groups_where_reoffences_are_paid_for_move_a_year_by_no_more_than_is_said(metric: str) -> None:
    scenario = Scenario(metric=metric, clients=12.0, volume_spread=0.05, common_shock=0.0)
    found = evaluate(scenario, shipped.load(scenario.cohort))

    def year(segments: int | None) -> surplus.Surplus:
        come = volumes.of(found, segments=segments)
        parts = zip(come.clients, come.chances, strict=True)
        each = [surplus.from_clients(found, clients, part=float(chance)) for clients, chance in parts]
        return surplus.mixed(found, come, each)

    groups = [len(people.people) for people in volumes.of(found).clients]
    assert groups == [volumes.COUNTED] * 3, "at each number, fewer than there are kinds of person"
    few, many = year(None), year(volumes.SEGMENTS)
    assert few.worst_year == pytest.approx(many.worst_year, abs=volumes.COUNTED_ERROR * many.sd)
    assert few.expected == pytest.approx(many.expected, abs=volumes.COUNTED_ERROR * many.sd)
    assert few.sd == pytest.approx(many.sd, rel=volumes.COUNTED_ERROR)
    assert few.chance_of_loss == pytest.approx(many.chance_of_loss, abs=volumes.COUNTED_ERROR)
