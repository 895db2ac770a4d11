"""How many examples a property is tried on: the same few in every gate, fresh and many more when exploring.

``make test`` draws the same examples on every machine, so it passes on all of them or on none. ``make explore`` draws
examples that nobody has drawn before: run it before calling anything done, and turn what it finds into a test.

Hypothesis also tries numbers that it finds in the source of whatever local modules happen to be imported. In the gate
that would make examples depend on which tests run together and on every number in the code: a neutral parameter more
would draw others. So the gate leaves them out; exploring keeps them.

Of what is crossed with something else (prices with cohorts, say) the gate takes each of either, ``in_turn``, and
exploring all combinations.
"""

import os
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

EXPLORING = bool(os.environ.get("EXPLORE"))
TIMES_AS_MANY = int(os.environ.get("EXPLORE") or 1)
"""How many times as many examples as the gate draws: ``make explore TIMES=2`` draws a tenth of the usual twenty."""
USUAL = 20
"""Examples of a property that asks for no number of its own, in the gate."""
USUAL_EXPLORING = 50 * TIMES_AS_MANY
"""Examples of such a property when exploring: it is cheap, and more are drawn."""
EXPLORED = pytest.mark.explored
"""What ``make explore`` runs besides properties: it tries more there than in the gate."""


def load_profile() -> None:
    """Choose the profile of this run. No time limit for an example: it would test the machine."""
    settings.register_profile(
        "gate",
        max_examples=USUAL,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=True,
        database=None,
    )
    settings.register_profile(
        "explore", settings.get_profile("gate"), max_examples=USUAL_EXPLORING, derandomize=False, print_blob=True
    )
    settings.load_profile("explore" if EXPLORING else "gate")
    if not EXPLORING:
        providers._get_local_constants = providers.Constants


def examples(gate: int) -> settings:
    """So many examples in the gate, and as many times more when exploring as for every other property."""
    return settings(max_examples=gate * TIMES_AS_MANY)


def in_turn(*lists: Sequence[Any]) -> list[Any]:
    """Rows for ``parametrize``: each entry of each list in the gate, all combinations of them when exploring."""
    return [pytest.param(*row, marks=EXPLORED) for row in rows(*lists)]


def rows(*lists: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All combinations when exploring; in the gate as many as the longest list has entries.

    The others are gone through again and again, each time one place on: without that step, what stands in every second
    place of one list would only meet every second entry of another.
    """
    if EXPLORING:
        return list(product(*lists))
    most = max(map(len, lists))
    return [tuple(one[(place + place // len(one)) % len(one)] for one in lists) for place in range(most)]


def turn_of(choices: Sequence[Any], turn: int, every: int = 2) -> list[Any]:
    """The choices whose turn it is, every second or so; all of them when exploring."""
    return list(choices if EXPLORING else choices[turn % every :: every])
