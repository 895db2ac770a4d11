"""The formulas of each metric (model, section 3): what it counts, how that varies, and what a unit of it is worth.

A metric without formulas raises a ScenarioError that names it, so that it is never valued at £0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import expit

from pricing.errors import ScenarioError
from pricing.people.cohort import FloatArray
from pricing.price.outcomes import Risk

ALPHA = 1.6
"""Negative binomial alpha of the number of reoffences, given the person (Evidence, section 2)."""

HARM_DISPERSION = 9.5
"""Squared coefficient of variation of the harm of one reoffence: the dispersion of Greater Manchester's curve."""


@dataclass(frozen=True)
class Stake:
    """What a fall in log-odds avoids or brings for one unit of a metric, in the three shapes that :class:`Worth` has.

    Per reoffender, per reoffence and per need met; numbers or (cells,). At least one is not None.
    """

    reoffender: FloatArray | float | None = None
    reoffence: FloatArray | float | None = None
    need: FloatArray | float | None = None

    def __post_init__(self) -> None:
        if self.reoffender is None and self.reoffence is None and self.need is None:
            raise ScenarioError("A metric has to be worth something: give it a stake in at least one outcome.")


@dataclass(frozen=True)
class Formulas:
    """The formulas of a metric.

    Attributes
    ----------
    count : what it counts per person, (cells,), after a fall in log-odds.
    variance : variance of that count for one person at no effect, (cells,).
    stake : what one unit of it is made of.
    """

    count: Callable[[Risk, FloatArray | float], FloatArray]
    variance: Callable[[Risk], FloatArray]
    stake: Callable[[Risk], Stake]


def _spread(risk: Risk) -> FloatArray:
    return risk.rate + ALPHA * risk.rate**2


def _spread_of_harm(risk: Risk) -> FloatArray:
    # With equal severity for all, harm is severity times a number of reoffences, without a spread of its own.
    dispersion = HARM_DISPERSION if np.ptp(risk.severity) > 0 else 0.0
    return risk.severity**2 * (_spread(risk) + dispersion * risk.rate)


def _spread_of_reoffending(risk: Risk) -> FloatArray:
    p = risk.reoffending(0.0)
    return np.asarray(p * (1 - p))


def _spread_of_needs_met(risk: Risk) -> FloatArray:
    met = risk.needs * expit(risk.met_base)
    return np.asarray(risk.need_rate_squared * met * (1 - met / np.maximum(risk.needs, 1)))


FORMULAS: Mapping[str, Formulas] = MappingProxyType(
    {
        "binary": Formulas(Risk.reoffending, _spread_of_reoffending, lambda risk: Stake(reoffender=1.0)),
        "frequency": Formulas(Risk.reoffences, _spread, lambda risk: Stake(reoffence=1.0)),
        "severity": Formulas(Risk.harm, _spread_of_harm, lambda risk: Stake(reoffence=risk.severity)),
        "progress": Formulas(Risk.needs_met, _spread_of_needs_met, lambda risk: Stake(need=1.0)),
    }
)
COVARIANCES: Mapping[tuple[str, str], Callable[[Risk], FloatArray]] = MappingProxyType(
    {
        ("binary", "frequency"): lambda risk: risk.rate * (1 - risk.reoffending(0.0)),
        ("binary", "severity"): lambda risk: risk.severity * risk.rate * (1 - risk.reoffending(0.0)),
        ("frequency", "severity"): lambda risk: risk.severity * _spread(risk),
        ("binary", "progress"): lambda risk: np.zeros_like(risk.rate),
        ("frequency", "progress"): lambda risk: np.zeros_like(risk.rate),
        ("severity", "progress"): lambda risk: np.zeros_like(risk.rate),
    }
)
"""Covariance of what two metrics count for one person at no effect, (cells,), every pair once; needs met are apart."""


def covariance(one: str, other: str) -> Callable[[Risk], FloatArray]:
    """The covariance of two metrics; raises ScenarioError for a pair that none is declared for."""
    found = COVARIANCES.get((one, other)) or COVARIANCES.get((other, one))
    if found is None:
        raise ScenarioError(f"How the {one} and {other} metrics vary together is not declared.")
    return found


def formulas(metric: str) -> Formulas:
    """The formulas of a metric; raises ScenarioError where it has none."""
    found = FORMULAS.get(metric)
    if found is None:
        raise ScenarioError(f"The {metric} metric has no formulas, so nothing can be paid on it.")
    return found
