"""Assumed ranges (low, central, high) where there are no data: the effect of support, what people need, alpha.

The central value is the reader's own, from the panel; low and high are multiples of it, so that a slider moves the
whole range. Half of the draws lie on each side of the central value, the nearer to it the more of them, none beyond.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.scenario.scenario import Scenario, specs


@dataclass(frozen=True)
class AssumedRange:
    """How far an assumption may be from its central value: ``low`` and ``high`` are multiples of that value.

    ``origin`` is published where both ends lean on published figures at the default, otherwise assumption.
    """

    low: float
    high: float
    origin: str
    source: str


RANGES: Mapping[str, AssumedRange] = MappingProxyType(
    {
        "max_effect": AssumedRange(
            0.4,
            1.3,
            "published",
            "At the default of 0.5, low is 0.20: 5 points off a rate of one half, as for the Prisoners' Education "
            "Trust (Justice Data Lab); reviews that drop small trials find little (Beaudry 2021, Fazel 2024). High is "
            "0.65: odds of 1.90 in favour, where treatment follows risk and need (Koehler 2013). In proportion "
            "elsewhere.",
        ),
        "hours_scale": AssumedRange(
            0.5,
            2.0,
            "assumption",
            "Assumed. At the default, high is 100 hours, so that people at high risk still gain from 200 hours or "
            "more (Sperber, Latessa & Makarios 2013); low is half the central value.",
        ),
        "need_drag": AssumedRange(
            0.0, 2.0, "assumption", "Assumed: from no extra hours for a need to twice the central value."
        ),
        "area_drag": AssumedRange(
            0.0,
            1.5,
            "assumption",
            "Assumed: from none to one and a half times the central value. That outcomes are worse in deprived places "
            "is published (Whitworth 2020); how much of it is support achieving less is not.",
        ),
    }
)
"""By parameter, in the order of declaration."""

NEED = "needed_budget"
NEED_RANGE = AssumedRange(
    0.5,
    2.0,
    "assumption",
    "Assumed: from half to twice the hours of a fair share. What people need is stated, not measured.",
)
"""Range of the hours that people need, by the parameter that states them: its budget less what holding a case costs."""

IMPLIED_ALPHA = AssumedRange(
    0.625,
    1.25,
    "assumption",
    "Assumed, for people whose reoffences were not counted. From 1.6 to 1.0 and 2.0: among the Georgia people that is "
    "4 to 11 rearrests per person rearrested within three years; published for England within one year: 4.73.",
)
"""Range of the negative binomial alpha that turns a chance of reoffending into a number of reoffences."""


@dataclass(frozen=True)
class Ends:
    """One assumption's range around the reader's own ``central`` value, in its own unit."""

    low: float
    central: float
    high: float

    def at(self, position: FloatArray | float) -> FloatArray:
        """The value at ``position``: -1 is low, 0 central, 1 high, in between in proportion."""
        position = np.asarray(position)
        return self.central + np.where(position < 0, self.central - self.low, self.high - self.central) * position


@dataclass(frozen=True)
class Effects:
    """How support works, in place of a scenario's own values; numbers, or one per cell (cells,)."""

    max_effect: FloatArray | float
    hours_scale: FloatArray | float
    need_drag: FloatArray | float
    area_drag: FloatArray | float


def declared(name: str) -> AssumedRange | None:
    """The range of a parameter; None where it has none."""
    return NEED_RANGE if name == NEED else RANGES.get(name)


def around(name: str, scenario: Scenario) -> Ends:
    """The range of an assumption around its value in a scenario, kept inside what the panel allows."""
    if name == NEED:
        return need_around(scenario)
    spec, declared, central = specs()[name], RANGES[name], float(getattr(scenario, name))
    return Ends(max(declared.low * central, spec.low), central, min(declared.high * central, spec.high))


def need_around(scenario: Scenario) -> Ends:
    """The range of the budget that a fair share is of, kept inside what the panel allows."""
    spec, central, before = specs()[NEED], scenario.budget_of_need, scenario.cost_before_support
    low, high = (before + times * (central - before) for times in (NEED_RANGE.low, NEED_RANGE.high))
    return Ends(max(low, spec.step), central, min(high, spec.high))


def alpha_around(central: float) -> Ends:
    """The range of an implied alpha around its declared value."""
    return Ends(IMPLIED_ALPHA.low * central, central, IMPLIED_ALPHA.high * central)
