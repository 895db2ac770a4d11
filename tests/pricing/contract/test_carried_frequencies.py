"""Frequencies that carry nothing are left out of counted sums: what all of them give is the same."""

from typing import Any

import numpy as np
import pytest

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.offenders import Offenders
from pricing.people import shipped
from pricing.scenario.scenario import Scenario

SETTINGS: tuple[dict[str, Any], ...] = (
    {"who_comes": "drawn"},
    {"who_comes": "drawn", "target": "own"},
    {"who_comes": "drawn", "target": "one", "need_premium": 0.4},
    {"who_comes": "mix", "need_premium": 0.4},
)
AT = (-0.2, -0.03, 0.0, 0.11, 0.4, 0.65)
"""True changes inside those at which it is looked what is carried."""


@pytest.mark.parametrize("size", [3, 400, 4000])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_how_many_reoffend_and_how_often(settings: dict[str, Any], size: int) -> None:
    scenario = Scenario(uplift_applies_to="results", **settings)
    changes = Changes.of(scenario, shipped.load("greater_manchester"), ("frequency", "binary"))
    people = Offenders.like(changes, size)
    for change in AT:
        found = people.given(change)
        every = people._back(people._sums(change))
        np.testing.assert_allclose(found[0], np.maximum(every[0], 0.0), rtol=0, atol=1e-12)
        likely = every[0] > 1e-9
        mean = 1 - every[1][likely] / every[0][likely] / (size * people.means[0])
        np.testing.assert_allclose(found[1][likely], mean, rtol=0, atol=1e-6)


def test_of_many_people_few_frequencies_carry_anything() -> None:
    changes = Changes.of(Scenario(), shipped.load("greater_manchester"), ("frequency", "binary"))
    people = Offenders.like(changes, 4000)
    assert people._carried < 0.1 * people._sums(0.0).shape[1]
