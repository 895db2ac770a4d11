"""How many examples a property is tried on: the same few in every gate, fresh and many more when exploring.

``make test`` draws the same examples on every machine, so it passes on all of them or on none. ``make explore`` draws
examples that nobody has drawn before: run it before calling anything done, and turn what it finds into a test.

Hypothesis also tries numbers that it finds in the source of whatever local modules happen to be imported. In the gate
that would make examples depend on which tests run together and on every number in the code: a neutral parameter more
would draw others. So the gate leaves them out; exploring keeps them.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

EXPLORING = bool(os.environ.get("EXPLORE"))
TIMES_AS_MANY = 20 if EXPLORING else 1
USUAL = 50


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
        "explore", settings.get_profile("gate"), max_examples=USUAL * TIMES_AS_MANY, derandomize=False, print_blob=True
    )
    settings.load_profile("explore" if EXPLORING else "gate")
    if not EXPLORING:
        providers._get_local_constants = providers.Constants


def examples(gate: int) -> settings:
    """So many examples in the gate, and as many times more when exploring as for every other property."""
    return settings(max_examples=gate * TIMES_AS_MANY)
