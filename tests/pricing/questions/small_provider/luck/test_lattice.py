"""The exact distribution of a year's pay: known numbers, closed forms, simulations, and no aliasing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from pricing.errors import ScenarioError
from pricing.questions.small_provider.luck import carried, lattice
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.moments import nodes_for, overall
from pricing.questions.small_provider.luck.shocks import Shocks
from pricing.questions.small_provider.luck.transforms import Lattice
from pricing.questions.small_provider.luck.window import NOTHING, window
from tests.examples import examples
from tests.pricing.questions.small_provider.people import clients, simulated

YEARS = 200_000


def test_a_poisson_binomial_with_differing_chances() -> None:
    found = lattice.counted(clients([1, 2], [0.1, 0.2], {"binary": -1.0}))
    assert found.values == pytest.approx([-3, -2, -1, 0])
    assert found.chances == pytest.approx([0.004, 0.068, 0.352, 0.576], abs=1e-9)


def test_a_negative_binomial_total() -> None:
    found = lattice.counted(clients([80], 0.5, {"frequency": -1.0}, rate=1.2, alpha=2.0))
    assert found.mean == pytest.approx(-96, abs=1e-6)
    assert found.sd**2 == pytest.approx(326.4, abs=1e-5)
    assert 1 - found.below(-80) == pytest.approx(0.1986055034, abs=1e-9)
    assert found.chances[-40:][::-1] == pytest.approx(
        nbinom.pmf(-found.values[-40:][::-1], 40, 1 / (1 + 2 * 1.2)), abs=1e-9
    )


def test_differing_prices_fall_where_they_must() -> None:
    """Two people, £100 and £150: four amounts, on a lattice of £50."""
    found = lattice.counted(clients([1, 1], [0.3, 0.5], {"binary": [-100.0, -150.0]}))
    some = found.chances > 1e-9
    assert found.values[some] == pytest.approx([-250, -150, -100, 0])
    assert found.chances[some] == pytest.approx([0.15, 0.35, 0.15, 0.35])


KINDS: dict[str, Clients] = {
    "binary": clients([9, 7, 4], [0.2, 0.5, 0.8], {"binary": [-700.0, -812.3, -1100.1]}),
    "frequency": clients([9, 7, 4], 0.5, {"frequency": [-300.0, -311.1, -399.0]}, rate=[0.3, 1.2, 4.0]),
    "severity": clients(
        [9, 7, 4], 0.5, {"severity": -10.0}, rate=[0.3, 1.2, 4.0], severity=[6.0, 20.0, 50.0], dispersion=2.0
    ),
    "progress": clients(
        [9, 7, 4], 0.5, {"progress": [200.0, 251.0, 307.0]}, needs=[1.0, 2.4, 4.0], met=[0.3, 0.4, 0.5]
    ),
    "blend": clients(
        [9, 7, 4],
        [0.2, 0.5, 0.8],
        {"binary": -500.0, "frequency": -120.0, "severity": -3.0, "progress": 150.0},
        rate=[0.18, 1.2, 4.0],
        severity=[6.0, 20.0, 50.0],
        needs=[1.0, 2.4, 4.0],
        met=[0.3, 0.4, 0.5],
        dispersion=2.0,
    ),
}


@pytest.mark.parametrize("sigma", [0.0, 0.3])
@pytest.mark.parametrize("kind", KINDS)
def test_agrees_with_simulated_years(kind: str, sigma: float) -> None:
    """Mean, variance and every twentieth of the distribution, within three standard errors."""
    found = lattice.counted(KINDS[kind], sigma)
    pay, _ = simulated(KINDS[kind], sigma, YEARS, seed=2013)
    assert found.mean == pytest.approx(pay.mean(), abs=3 * found.sd / np.sqrt(YEARS))
    fourth = np.mean(((pay - pay.mean()) / pay.std()) ** 4)
    assert found.sd**2 == pytest.approx(pay.var(), abs=3 * pay.var() * np.sqrt((fourth - 1) / YEARS))
    # Each of 20 amounts is split between two points, which leaves their sum within some six steps: 1% of its spread.
    for place in np.quantile(pay, np.linspace(0.05, 0.95, 19)) + 0.5:
        low, high = (found.below(place + side * 6 * found.width) for side in (-1, 1))
        error = np.sqrt(high * (1 - low) / YEARS)
        assert low - 3 * error <= (pay < place).mean() <= high + 3 * error


people = st.lists(st.integers(2, 40), min_size=1, max_size=3)


@st.composite
def any_clients(draw: st.DrawFn) -> Clients:
    number = draw(people)
    size = len(number)

    def some(low: float, high: float) -> list[float]:
        return draw(st.lists(st.floats(low, high), min_size=size, max_size=size))

    paid = draw(st.sets(st.sampled_from(["binary", "frequency", "severity", "progress"]), min_size=1))
    signs = {"progress": 1.0}
    return clients(
        number,
        some(0.02, 0.95),
        {metric: [signs.get(metric, -1.0) * x for x in some(50.0, 900.0)] for metric in sorted(paid)},
        rate=some(0.05, 5.0),
        severity=some(0.5, 3.0),
        needs=some(1.0, 5.0),
        met=some(0.1, 0.9),
        dispersion=draw(st.sampled_from([0.0, 0.5, 3.0])),
    )


@examples(12)
@given(any_clients(), st.sampled_from([0.0, 0.2, 0.5]))
def test_sums_to_one_with_the_mean_and_spread_of_closed_forms(some: Clients, sigma: float) -> None:
    found = lattice.counted(some, sigma)
    shocks = Shocks.of(sigma, nodes_for(some, sigma))
    mean, sd, _ = overall(some, shocks)
    assert found.chances.sum() == pytest.approx(1.0)
    assert np.all(found.chances >= 0)
    assert found.mean == pytest.approx(mean, abs=1e-4 * sd)
    assert found.sd == pytest.approx(sd, rel=1e-3)


@examples(12)
@given(any_clients(), st.booleans(), st.sampled_from([0.0, 0.1, 0.5]), st.floats(60.0, 400.0), st.floats(1.0, 20.0))
def test_frequencies_left_out_carry_nothing(
    some: Clients, drawn: bool, sigma: float, detail: float, longer: float
) -> None:
    """On lattices with tails so long that of many frequencies close together one alone is looked at."""
    some = replace(some, drawn=drawn)
    _, sd, _ = overall(some, Shocks.of(sigma, nodes_for(some, sigma)))
    low, high = window(some, sigma, sd)
    long = lattice.fitting(some, sd / detail, (low - longer * (high - low), high))
    each = carried.bound(some, sigma, long, long.angles)
    assert np.all(carried.near_any(some, sigma, long, sd)[each > -NOTHING] > -NOTHING)


RECURRING = [
    clients(
        [22],
        [0.25],
        {"binary": [-50.0], "frequency": [-50.0], "progress": [50.0], "severity": [-126.0]},
        rate=[4.0],
        severity=[3.0],
        needs=[1.0],
    ),
    clients([15], [0.5], {"frequency": [-802.0], "progress": [693.5]}, rate=[3.75], needs=[4.25], dispersion=0.5),
]
"""Amounts that come again and again and fall on no lattice: their transform falls, and rises again beyond its end."""


@pytest.mark.parametrize("sigma", [0.0, 0.2])
@pytest.mark.parametrize("some", RECURRING)
def test_amounts_that_recur_between_points_are_not_taken_for_smooth(some: Clients, sigma: float) -> None:
    found = lattice.counted(some, sigma)
    pay, _ = simulated(some, sigma, YEARS, seed=2026)
    assert np.all(found.chances >= 0)
    for place in np.quantile(pay, np.linspace(0.05, 0.95, 19)) + 0.5:
        low, high = (found.below(place + side * 6 * found.width) for side in (-1, 1))
        error = np.sqrt(high * (1 - low) / YEARS)
        assert low - 3 * error <= (pay < place).mean() <= high + 3 * error


@examples(12)
@given(any_clients(), st.sampled_from([0.0, 0.3]))
def test_splitting_a_segment_in_two_changes_nothing(some: Clients, sigma: float) -> None:
    twice = np.repeat(np.arange(len(some.people)), 2)
    halves = np.floor(some.people / 2)
    arrays = ("hours", "probability", "rate", "severity", "alpha", "met", "fee", "cost", "dispersion")
    split = replace(
        some,
        people=np.column_stack([halves, some.people - halves]).ravel(),
        needs=some.needs.take(twice),
        prices={metric: price[twice] for metric, price in some.prices.items()},
        standings={metric: standing[twice] for metric, standing in some.standings.items()},
        **{name: getattr(some, name)[twice] for name in arrays},
    )
    one, other = lattice.counted(some, sigma), lattice.counted(split, sigma)
    assert one.mean == pytest.approx(other.mean, abs=1e-4 * one.sd)
    for share in (0.05, 0.3, 0.7):
        assert one.mean_of_worst(share) == pytest.approx(other.mean_of_worst(share), abs=1e-3 * one.sd)


@examples(12)
@given(any_clients(), st.floats(0.01, 100.0))
def test_scaling_every_pound_scales_the_pay(some: Clients, times: float) -> None:
    scaled = replace(some, prices={metric: times * price for metric, price in some.prices.items()})
    one, other = lattice.counted(some, 0.2), lattice.counted(scaled, 0.2)
    assert other.mean == pytest.approx(times * one.mean, rel=1e-6)
    assert other.quantile(0.05) == pytest.approx(times * one.quantile(0.05), abs=1e-4 * times * one.sd)
    assert other.mean_of_worst(0.05) == pytest.approx(times * one.mean_of_worst(0.05), abs=1e-4 * times * one.sd)


@pytest.mark.parametrize("sigma", [0.1, 0.2, 0.5])
@pytest.mark.parametrize("number", [1, 60, 1500])
def test_twice_the_nodes_change_no_chance(number: int, sigma: float, monkeypatch: pytest.MonkeyPatch) -> None:
    some = clients([number] * 3, [0.2, 0.45, 0.8], {"binary": [-700.0, -812.3, -1100.1]})
    before = lattice.counted(some, sigma)
    nodes = nodes_for(some, sigma)
    monkeypatch.setattr(lattice, "nodes_for", lambda *_: 2 * nodes)
    after = lattice.counted(some, sigma)
    for place in before.mean + before.sd * np.linspace(-2.5, 2.5, 21):
        assert before.below(place) == pytest.approx(after.below(place), abs=1e-4)


def test_a_heavy_tail_makes_the_lattice_grow() -> None:
    """One person in 50 bouts: 30 standard deviations still have a chance of 1 in a million."""
    light = clients([1], 0.5, {"frequency": -100.0}, rate=1.0, alpha=0.5)
    heavy = clients([1], 0.5, {"frequency": -100.0}, rate=1.0, alpha=50.0)
    found = lattice.counted(heavy)
    assert len(found.values) > 20 * len(lattice.counted(light).values)
    counts = np.round(-found.values / 100)
    assert found.chances == pytest.approx(nbinom.pmf(counts, 1 / 50, 1 / 51), abs=1e-9)


@pytest.mark.parametrize("points", [16, 300])
def test_a_lattice_too_short_is_refused(monkeypatch: pytest.MonkeyPatch, points: int) -> None:
    heavy = clients([3], 0.5, {"frequency": -100.0}, rate=1.0, alpha=50.0)
    monkeypatch.setattr(lattice, "LONGEST", points)
    with pytest.raises(ScenarioError, match="cannot hold"):
        lattice.counted(heavy)


def test_what_is_wrapped_is_noticed() -> None:
    """The check behind the bound: a lattice too short for what is on it misses the mean."""
    some = clients([200], 0.5, {"binary": -1.0})
    short = Lattice(step=1.0, size=20, first=-110, exact=True)
    transform = lattice.spectrum(some, Shocks.of(0.0, 1), short, np.arange(11))
    with pytest.raises(ScenarioError, match="too short"):
        lattice.settled(*lattice.on_points(transform, short), short, (-100.0, np.sqrt(50)))


def test_no_luck_is_a_sure_amount() -> None:
    found = lattice.counted(clients([5], 1.0, {"binary": -10.0}))
    assert isinstance(found, Distribution)
    assert found.values == pytest.approx([-50.0])


CLOSE_TO_NOTHING = clients(
    [2, 29, 12],
    [0.5, 0.5, 0.375],
    {"binary": -50.0, "frequency": -50.0, "severity": -50.0, "progress": 50.0},
    severity=[1.0, 1.0, 2.0],
    needs=[1.0, 4.0, 1.0],
)
"""One client's transform comes close to 0 here, and the argument of its logarithm jumps."""


def against_every_node(some: Clients, sigma: float) -> float:
    """The largest difference of the chances, added up, from those with every shock worked out on its own."""
    found = lattice.counted(some, sigma)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lattice, "coarse", lambda shocks: shocks.z)
        every = lattice.counted(some, sigma)
    if len(found.values) != len(every.values):  # chances under the least that is kept, at either end
        return float(max(abs(found.below(at) - every.below(at)) for at in every.values))
    return float(np.max(np.abs(np.cumsum(found.chances) - np.cumsum(every.chances))))


def test_a_transform_that_comes_close_to_nothing_is_interpolated_all_the_same() -> None:
    assert against_every_node(CLOSE_TO_NOTHING, 0.5) < 1e-9
    means = [lattice.counted(CLOSE_TO_NOTHING, sigma).mean for sigma in (0.0, 0.2, 0.5)]
    assert means == pytest.approx([-2650.0] * 3, abs=0.5)


@examples(12)
@given(any_clients(), st.sampled_from([0.05, 0.2, 0.35, 0.5]))
def test_interpolating_over_shocks_costs_no_chance(some: Clients, sigma: float) -> None:
    assert against_every_node(some, sigma) < 1e-9


MANY = {
    "binary": clients([900, 2_000, 700], [0.05, 0.4, 0.97], {"binary": [-900.0, -500.0, -731.0]}),
    "frequency": clients([90, 200], [0.2, 0.6], {"frequency": [-90.0, -51.3]}, rate=[0.4, 3.0], alpha=1.5),
    "progress": clients([300, 600], [0.2, 0.6], {"progress": [90.0, 51.3]}, needs=[1.4, 3.0]),
}
"""So many that a frequency which carries anything turns no amount far."""


@pytest.mark.parametrize("kind", MANY)
def test_the_logarithm_of_many_is_as_smooth_in_the_shock(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turns, asked = lattice.turns_little, list[bool]()
    monkeypatch.setattr(lattice, "turns_little", lambda *given: asked.append(turns(*given)) or asked[-1])
    assert against_every_node(MANY[kind], 0.5) < 1e-9
    assert set(asked) == {True}


@examples(12)
@given(any_clients(), st.floats(0.01, 0.5))
def test_luck_that_all_share_moves_no_mean(some: Clients, sigma: float) -> None:
    alone, shared = lattice.counted(some), lattice.counted(some, sigma)
    assert shared.mean == pytest.approx(alone.mean, rel=2e-4, abs=1e-3 * alone.sd)
