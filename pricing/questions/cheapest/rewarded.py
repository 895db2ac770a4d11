"""What a schedule rewards person by person: a promise to groups, on average, leaves people behind in them."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.price.incentives import NEAR_MINIMUM
from pricing.price.outcomes import Response, Risk, Worth
from pricing.price.schedule import worth_of
from pricing.price.support_hours import chosen_hours, least_hours
from pricing.questions.cheapest.ground import Ground


@dataclass(frozen=True)
class Rewarded:
    """Shares: of people for whom it pays to do the minimum, and of the needed hours that it does not pay to give."""

    parked: float
    withheld: float


def under(ground: Ground, prices: FloatArray) -> Rewarded:
    """What ``prices`` £ per unit (metrics, groups) reward, as an evaluation of them would say."""
    scenario, people = ground.scenario, ground.cohort.people
    needed = ground.needed_hours
    least = least_hours(scenario, needed)
    hours = chosen_under(ground, prices[:, ground.codes])
    minimum = least + NEAR_MINIMUM
    parked = (hours <= minimum) & (needed > minimum)
    return Rewarded(
        parked=float(people @ parked / people.sum()),
        withheld=float(people @ np.maximum(needed - hours, 0.0) / (people @ needed)),
    )


def chosen_under(ground: Ground, prices: FloatArray) -> FloatArray:
    """The hours (cells,) that are worth most to the provider under ``prices`` £ per unit (metrics, cells)."""
    scenario, response = ground.scenario, Response.of(ground.scenario, ground.cohort)
    worth = _worth(ground, prices)
    worth = worth.plus_mission(ground.mission) if ground.mission else worth
    return chosen_hours(worth, scenario, response, least_hours(scenario, ground.needed_hours))


def _worth(ground: Ground, prices: FloatArray) -> Worth:
    """What the effect is worth to the provider today, person by person."""
    risk, pv = Risk.of(ground.scenario, ground.cohort), ground.scenario.present_value
    each = [worth_of({metric: 1.0}, pv * prices[row], risk) for row, metric in enumerate(ground.metrics)]
    return Worth(
        risk=risk,
        per_reoffender=np.sum([one.per_reoffender for one in each], axis=0),
        per_decay=np.sum([one.per_decay for one in each], axis=0),
        per_need=np.sum([one.per_need for one in each], axis=0),
    )
