"""The exact sum of people's luck: closed forms, means that no shock moves, and every node of the shock evaluated."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.contract.exact_sum.everyone import Everyone
from pricing.contract.exact_sum.people import People
from pricing.contract.exact_sum.total import counted


def people(number: list[float], probability: object, prices: dict[str, float], **given: object) -> People:
    """People with these risks and prices, each price the same for all."""
    count = np.array(number)
    usual = {"rate": 1.0, "severity": 1.0, "alpha": 1.6, "needs": 0.0, "met": 0.5, "apart": 0.0}
    risks = {name: count * 0 + np.asarray(given.get(name, value), dtype=float) for name, value in usual.items()}
    return People(
        people=count,
        probability=count * 0 + np.asarray(probability, dtype=float),
        prices={metric: np.full_like(count, price) for metric, price in prices.items()},
        dispersion=0.0,
        **risks,
    )


NEAR_HALF = people(
    [2.0, 29.0, 12.0],
    [0.5, 0.5, 0.375],
    {"binary": -50.0, "frequency": -50.0, "severity": -50.0, "progress": 50.0},
    severity=[1.0, 1.0, 2.0],
    needs=[1.0, 4.0, 1.0],
)
"""An audit's case, whose transform passes close to 0: its logarithm turned by half a circle between two shocks."""


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("sigma", [0.0, 0.2, 0.5])
def test_no_shock_moves_the_mean(sigma: float, drawn: bool) -> None:
    found = counted(replace(NEAR_HALF, drawn=drawn), sigma)
    assert found.mean == pytest.approx(-2650.0, abs=1e-3)
    assert found.chances.sum() == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("drawn", [False, True])
def test_four_times_the_shocks_change_no_chance(drawn: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    some = replace(NEAR_HALF, drawn=drawn)
    before = counted(some, 0.5)
    spacing = Everyone.spacing
    monkeypatch.setattr(Everyone, "spacing", lambda self, units: spacing(self, units) / 4)
    after = counted(some, 0.5)
    for place in before.mean + before.sd * np.linspace(-4, 4, 81):
        assert before.below(place) == pytest.approx(after.below(place), abs=1e-9)


def test_people_of_two_kinds_who_are_drawn() -> None:
    """Two people, each of either kind: reoffenders are binomial with the mean chance, whoever comes."""
    found = counted(replace(people([1.0, 1.0], [0.2, 0.6], {"binary": -1.0}), drawn=True))
    assert found.chances == pytest.approx([0.16, 0.48, 0.36], abs=1e-9)
    exactly = counted(people([1.0, 1.0], [0.2, 0.6], {"binary": -1.0}))
    assert exactly.chances == pytest.approx([0.12, 0.56, 0.32], abs=1e-9)
