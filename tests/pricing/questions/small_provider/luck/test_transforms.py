"""One client's transform, its logarithm and its size: three ways to one thing, each at its own price."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.contract.counted.complex_numbers import raised
from pricing.questions.small_provider.luck import lattice
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import in_cells
from pricing.questions.small_provider.luck.moments import overall
from pricing.questions.small_provider.luck.shocks import Shocks
from pricing.questions.small_provider.luck.transforms import Lattice, logarithms, one_by_one, sizes, transforms
from tests.examples import examples
from tests.pricing.questions.small_provider.luck.test_lattice import any_clients


@given(any_clients(), st.sampled_from([0.0, 0.2, 0.5]), st.booleans())
@examples(30)
def test_a_transform_its_logarithm_and_its_size_agree(some: Clients, sigma: float, split: bool) -> None:
    _, sd, fine = overall(some, Shocks.of(sigma, 9))
    here = Lattice(max(fine, sd / 50, 1e-6), 240, -120, exact=False, split=split)
    shock = sigma * np.array([-2.0, 0.0, 1.5]), sigma
    for one, units in one_by_one(some, shock, here, here.angles[:60]):
        assert one.transform(units) == pytest.approx(np.exp(one.log_transform(units)), abs=1e-12)
        assert one.log_size(units) == pytest.approx(one.log_transform(units).real, abs=1e-12)
    of_all = [
        list(each(some, shock, here, here.angles[:60]))
        for each in (transforms, logarithms, sizes)  # type: ignore[operator]
    ]
    for (people, plain), (same, logarithm), (again, size) in zip(*of_all, strict=True):
        assert people == same == again
        assert np.exp(logarithm) == pytest.approx(np.broadcast_to(plain, logarithm.shape), abs=1e-9)
        assert size == pytest.approx(logarithm.real, abs=1e-9)


@given(st.integers(0, 40), st.integers(0, 2**32 - 1))
@examples(30)
def test_a_whole_power_is_that_many_factors(power: int, seed: int) -> None:
    base = np.exp(2j * np.pi * np.random.default_rng(seed).random(5))
    assert raised(base, power) == pytest.approx(np.prod([base] * power, axis=0) * np.ones(5), abs=1e-12)


@given(st.integers(-40, 40), st.integers(5, 60), st.integers(0, 2**32 - 1))
@examples(40)
def test_chances_come_in_the_order_of_the_points(first: int, size: int, seed: int) -> None:
    chances = np.random.default_rng(seed).random(size)
    # Amounts from `first` on; the transform counts from 0, and begins anew after `size`.
    transform = np.fft.rfft(np.roll(chances, first))
    values, found = lattice.on_points(transform, Lattice(2.0, size, first, exact=True))
    assert values == pytest.approx(2.0 * (first + np.arange(size)))
    assert found == pytest.approx(chances, abs=1e-12)


def test_cells_keep_the_mean_whatever_pieces_they_come_in() -> None:
    luck = np.random.default_rng(18)
    values, chances = luck.normal(size=90_000), luck.random(90_000)
    chances /= chances.sum()
    whole = in_cells([values], [chances])
    parts = in_cells(np.array_split(values, 7), np.array_split(chances, 7))
    assert parts.chances == pytest.approx(whole.chances, abs=1e-15)
    assert parts.mean == pytest.approx(float(values @ chances), abs=1e-12)
    order = np.argsort(values)
    upto = np.cumsum(chances[order])
    for share in (0.05, 0.5, 0.95):
        assert parts.quantile(share) == pytest.approx(values[order][np.searchsorted(upto, share)], abs=0.01)
