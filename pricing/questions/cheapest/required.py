"""The price that each group requires, so that a promise to it is kept. Pay is linear in prices: each promise is one."""

import numpy as np

from pricing.errors import ScenarioError
from pricing.people.arrays import FloatArray
from pricing.price.outcomes import Response
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.rewarded import chosen_under

JUST_ABOVE, JUST_BELOW = 1 + 1e-7, 1 - 1e-4
"""Times a required price: where the hours must be worth giving, and where not yet."""
SAME = 1e-6
"""Share of the needed hours that the last digits may leave over."""


def payback(ground: Ground, floor: float) -> FloatArray:
    """R (metrics, groups): the least price per unit that pays back ``floor`` £ per extra £1 over the group.

    Infinite where no price can (nothing is measured), 0 where no extra support is needed.
    """
    return _over(floor, ground.payback_per_pound)


def last_pound(ground: Ground, floor: float) -> FloatArray:
    """R (metrics, groups): the last £1 of the needed support pays back ``floor`` £, on average over the group."""
    last = np.array([ground.pooled(ground.last_hour(metric)) for metric in ground.metrics])
    paid = ground.scenario.present_value * last / ground.scenario.hour_cost
    return _over(floor, np.where(ground.extra_cost > 0, paid, np.nan))


def most_people(ground: Ground, share: float) -> FloatArray:
    """R (1, groups): at least ``share`` of the group's people are worth all the hours that they need.

    The provider's mission is worth part of them. Raises ScenarioError for a blend, whose measures pay for different
    people, and where hours begin to pay by leaps, so that what the last of them is worth does not say whether.
    """
    if len(ground.metrics) > 1:
        raise ScenarioError(
            "Full support for enough people is worked out for a contract that is paid on a single measure, not for a "
            "blend: different measures pay for different people."
        )
    prices = ground.price_for_hours(ground.metrics[0])
    _refuse_leaps(ground, prices)
    return _quantile(ground, prices, share)[None]


def _refuse_leaps(ground: Ground, prices: FloatArray) -> None:
    """Hold ``prices`` (cells,) against the hours chosen, where the objective may have several peaks."""
    scenario, highest = ground.scenario, Response.of(ground.scenario, ground.cohort).ceiling.max()
    if "progress" not in ground.metrics or scenario.progress_effect * highest <= 1:
        return
    priced = (prices > 0) & np.isfinite(prices)
    finite = np.where(priced, prices, 0.0)[None]
    above, below = (chosen_under(ground, finite * times) for times in (JUST_ABOVE, JUST_BELOW))
    needed = ground.needed_hours
    if np.any(priced & ((above < needed * (1 - SAME)) | (below >= needed))):
        raise ScenarioError(
            "Full support cannot be priced here: support changes needs met so strongly that it begins to pay by leaps, "
            "and the last hour does not say at which price."
        )


def no_loss(ground: Ground, fee: float) -> FloatArray:
    """R (metrics, groups): with a flat ``fee`` (£ per person), results cover what the needed support costs."""
    owed = np.maximum(ground.cost - fee, 0.0)
    earned = ground.scenario.present_value * ground.units
    return np.divide(owed, earned, out=np.where(owed > 0, np.inf, 0.0) * np.ones_like(earned), where=earned > 0)


def _over(floor: float, paid: FloatArray) -> FloatArray:
    """``floor / paid``: 0 where nothing is needed (nan) or asked, infinite where nothing is paid."""
    if floor == 0:
        return np.zeros_like(paid)
    price = np.divide(floor, paid, out=np.full_like(paid, np.inf), where=paid > 0)
    return np.where(np.isnan(paid), 0.0, price)


def _quantile(ground: Ground, prices: FloatArray, share: float) -> FloatArray:
    """By group, the smallest of its people's ``prices`` (cells,) that is enough for ``share`` of them."""
    order = np.lexsort((prices, ground.codes))
    group, weight = ground.codes[order], ground.cohort.people[order]
    upto = np.cumsum(weight)
    start = np.concatenate(([0.0], np.cumsum(ground.people)[:-1]))
    within = (upto - start[group]) / ground.people[group]
    enough = within >= share - 1e-12
    first = np.unique(group[enough], return_index=True)[1]
    return np.asarray(prices[order][enough][first])
