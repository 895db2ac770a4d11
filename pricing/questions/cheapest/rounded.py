"""The explorer's own premiums in round numbers, which can be said aloud and typed: what that costs beside the exact."""

from dataclasses import replace
from itertools import product
from math import floor, log10
from typing import Any

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray
from pricing.price.schedule import MANY_NEEDS
from pricing.questions.cheapest import limits
from pricing.questions.cheapest.covering import Found, Premiums
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.own_premiums import reach_of
from pricing.questions.cheapest.promises import Kept
from pricing.scenario.scenario import specs

STEP = 0.05
"""Premiums and the multiplier come in steps of this."""
COARSEST = 100.0
"""£ to which a price is rounded up; a smaller price to three figures."""
BESIDE = 1
"""Round numbers looked at beyond the one below and the one above."""
ROUNDED = ("need_premium", "multiple_needs_premium", "area_multiplier")
TIE = 1e-9


def rounded(ground: Ground, kept: Kept, protected: BoolArray) -> Kept | None:
    """The cheapest schedule in round numbers about ``kept`` that keeps the promise; None where it has no premiums.

    Each premium is one of the nearest round numbers; the price is the next above what the promise then needs.
    """
    premiums = kept.found.premiums
    if premiums is None or len(kept.required) > 1 or not kept.found.pot:
        return None
    needed = np.where(protected, kept.required[0], 0.0)
    found = min(
        (_with_price(ground, replace(premiums, **changes), needed) for changes in _about(premiums)),
        key=lambda one: one.pot,
    )
    fee = kept.fee if ground.scenario.promise == "no_loss" else limits.fee(ground, found.pot)
    return Kept(found, kept.conditions, fee)


def _about(premiums: Premiums) -> list[dict[str, Any]]:
    """Each premium at the round numbers about it, within what may be set; one price for all stays that."""
    if premiums == Premiums(premiums.price):
        return [{}]
    each = []
    for name in ROUNDED:
        spec, steps = specs()[name], getattr(premiums, name) / STEP
        near = range(floor(steps + TIE) - BESIDE, 1 - floor(-steps + TIE) + BESIDE)
        each.append(sorted({min(max(round(STEP * at, 2), spec.low), spec.high) for at in near}))
    return [dict(zip(ROUNDED, values, strict=True)) for values in product(*each)]


def _with_price(ground: Ground, premiums: Premiums, needed: FloatArray) -> Found:
    """The schedule of these premiums at the least round price that covers what each group needs."""
    weight = 1 + premiums.need_premium * ground.needs + premiums.multiple_needs_premium * (ground.needs >= MANY_NEEDS)
    weight = weight * (1 + (premiums.area_multiplier - 1) * reach_of(ground, premiums.area_shape))
    least = float(np.max(needed / weight))
    step = min(COARSEST, 10.0 ** (floor(log10(least)) - 2))
    price = step * -floor(-least / step + TIE)
    prices = (price * weight)[None]
    return Found(prices, ground.pot(prices), replace(premiums, price=price))
