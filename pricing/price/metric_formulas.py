"""The formulas of each metric (model, section 3): what it counts, how that varies, and what a unit of it is worth.

A metric without formulas raises a ScenarioError that names it, so that it is never valued at £0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import expit

from pricing.errors import ScenarioError
from pricing.people.arrays import FloatArray
from pricing.price.outcomes import Risk
from pricing.scenario.metrics import METRICS, Event

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
        if all(part is None for part in self.parts):
            raise ScenarioError("A metric has to be worth something: give it a stake in at least one outcome.")

    @property
    def parts(self) -> tuple[FloatArray | float | None, ...]:
        """Per reoffender, per reoffence and per need met."""
        return self.reoffender, self.reoffence, self.need


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


Amount = Callable[[Risk], FloatArray | float]
"""What one event counts: a number, or (cells,): of severity or needs, which support leaves alone, never of odds."""


def _spread(risk: Risk) -> FloatArray:
    return risk.rate + ALPHA * risk.rate**2


def beyond_curves(risk: Risk) -> FloatArray:
    """Variance of a person's reoffences, (cells,), beyond the curves': where those few who reoffend do so that often.

    Whoever reoffends does so at least once: that many reoffences of so few people vary by at least as much.
    """
    p = risk.reoffending(0.0)
    least = risk.rate - p + risk.rate**2 * (1 - p) / p
    return np.where(risk.rate > p, np.maximum(least - _spread(risk), 0.0), 0.0)


def _spread_of_harm(risk: Risk) -> FloatArray:
    # With equal severity for all, harm is severity times a number of reoffences, without a spread of its own.
    dispersion = HARM_DISPERSION if np.ptp(risk.severity) > 0 else 0.0
    return risk.severity**2 * (_spread(risk) + dispersion * risk.rate)


def _spread_of_reoffending(risk: Risk) -> FloatArray:
    p = risk.reoffending(0.0)
    return np.asarray(p * (1 - p))


def _spread_of_needs_met(risk: Risk) -> FloatArray:
    met = expit(risk.met_base)
    return np.asarray(risk.needs.squares * met * (1 - met))


EVENTS: Mapping[Event, Formulas] = MappingProxyType(
    {
        "reoffender": Formulas(Risk.reoffending, _spread_of_reoffending, lambda risk: Stake(reoffender=1.0)),
        "reoffence": Formulas(Risk.reoffences, _spread, lambda risk: Stake(reoffence=1.0)),
        "harm": Formulas(Risk.harm, _spread_of_harm, lambda risk: Stake(reoffence=risk.severity)),
        "need": Formulas(Risk.needs_met, _spread_of_needs_met, lambda risk: Stake(need=1.0)),
    }
)
"""The formulas of what can be counted, each event counting 1."""
COVARIANCES: Mapping[tuple[Event, Event], Callable[[Risk], FloatArray]] = MappingProxyType(
    {
        ("reoffender", "reoffence"): lambda risk: risk.rate * (1 - risk.reoffending(0.0)),
        ("reoffender", "harm"): lambda risk: risk.severity * risk.rate * (1 - risk.reoffending(0.0)),
        ("reoffence", "harm"): lambda risk: risk.severity * _spread(risk),
        ("reoffender", "need"): lambda risk: np.zeros_like(risk.rate),
        ("reoffence", "need"): lambda risk: np.zeros_like(risk.rate),
        ("harm", "need"): lambda risk: np.zeros_like(risk.rate),
    }
)
"""Covariance of two events' counts for one person at no effect, (cells,), every pair once; needs met are apart."""


def counting(event: Event, each: Amount = lambda risk: 1.0) -> Formulas:
    """Formulas of a metric for which every ``event`` counts an amount ``each``."""
    of = EVENTS[event]

    def stake(risk: Risk) -> Stake:
        amount, one = each(risk), of.stake(risk)
        return Stake(*(None if part is None else amount * part for part in one.parts))

    return Formulas(
        count=lambda risk, effect: np.asarray(each(risk) * of.count(risk, effect)),
        variance=lambda risk: np.asarray(np.square(each(risk)) * of.variance(risk)),
        stake=stake,
    )


FORMULAS: Mapping[str, Formulas] = MappingProxyType(
    {
        "binary": counting("reoffender"),
        "frequency": counting("reoffence"),
        "severity": counting("harm"),
        "progress": counting("need"),
    }
)
"""The formulas of each metric."""


def formulas(metric: str) -> Formulas:
    """The formulas of a metric; raises ScenarioError where it has none."""
    found = FORMULAS.get(metric)
    if found is None:
        raise ScenarioError(f"The {metric} metric has no formulas, so nothing can be paid on it.")
    return found


def per_event(metric: str, risk: Risk) -> FloatArray | float:
    """How much of a metric one of its events counts, a number or (cells,); 1 for a metric that counts the event itself.

    Raises ScenarioError for a metric that is not so much of each event: the luck of its count is not known then.
    """
    own, of = formulas(metric), EVENTS[METRICS[metric].event]
    pairs = list(zip(own.stake(risk).parts, of.stake(risk).parts, strict=True))
    amounts = [mine / one for mine, one in pairs if mine is not None and one is not None]
    beside = [mine for mine, one in pairs if mine is not None and one is None]
    if beside or not amounts or not np.allclose(own.count(risk, 0.0), amounts[0] * of.count(risk, 0.0)):
        raise ScenarioError(
            f"The {metric} metric is not an amount of each {METRICS[metric].event}, so its luck is not known."
        )
    return amounts[0]


def covariance(one: str, other: str) -> Callable[[Risk], FloatArray]:
    """The covariance of what two metrics count for one person at no effect; raises ScenarioError as `per_event`."""
    events = METRICS[one].event, METRICS[other].event
    if events[0] == events[1]:
        found = EVENTS[events[0]].variance
    else:
        found = COVARIANCES.get(events) or COVARIANCES[events[::-1]]
    for metric in (one, other):
        formulas(metric)
    return lambda risk: np.asarray(per_event(one, risk) * per_event(other, risk) * found(risk))
