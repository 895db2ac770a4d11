"""The price that each group requires, so that a promise to it is kept. Pay is linear in prices: each promise is one."""

import numpy as np

from pricing.people.cohort import FloatArray
from pricing.questions.cheapest.ground import Ground


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
    """R (metrics, groups): at least ``share`` of the group's people are worth all the hours that they need.

    Where progress_effect theta > 1 the objective may have two peaks, and the price is then necessary, not sufficient.
    """
    return np.array([_quantile(ground, ground.price_for_hours(metric), share) for metric in ground.metrics])


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
