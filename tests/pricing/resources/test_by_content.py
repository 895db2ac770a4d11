"""Objects of the same content are one; whatever differs in them tells them apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from pricing.people.arrays import FloatArray
from pricing.resources.by_content import ByContent


@dataclass(frozen=True, eq=False)
class Held(ByContent):
    number: float = 1.0
    array: FloatArray | None = None
    named: Mapping[str, FloatArray] | None = None
    some: tuple[ByContent, ...] = ()


def held(**changed: Any) -> Held:
    return replace(Held(1.0, np.arange(3.0), {"a": np.ones(2), "b": np.zeros(2)}, (Held(2.0),)), **changed)


def test_the_same_content_is_the_same_object() -> None:
    assert held() == held()
    assert hash(held()) == hash(held())
    assert len({held(), held(), held(number=2.0)}) == 2


CHANGED: tuple[dict[str, Any], ...] = (
    {"number": 1.0 + 1e-15},
    {"array": np.array([0.0, 1.0, 2.0 + 1e-15])},
    {"array": np.arange(3.0)[:, None]},
    {"array": np.arange(3)},
    {"array": None},
    {"named": {"a": np.ones(2)}},
    {"named": {"a": np.ones(2), "c": np.zeros(2)}},
    {"named": {"a": np.zeros(2), "b": np.ones(2)}},
    {"some": ()},
    {"some": (Held(2.0), Held(2.0))},
    {"some": (Held(3.0),)},
)


@pytest.mark.parametrize("changed", CHANGED, ids=str)
def test_whatever_differs_tells_them_apart(changed: dict[str, Any]) -> None:
    assert held() != held(**changed)
    assert held() != "held"
