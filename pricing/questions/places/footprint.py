"""The footprint of a price: one schedule for a wide area against one per borough, with the same total.

Set borough by borough, every borough has the mean per head of all. Under one wide price it has what its people bring:
the difference is what the wide price moves, and it sums to zero over people. It moves through three channels: the fee
(premiums and multiplier), the price of results (whose risk responds), and a common target (who starts above it).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq

from pricing import evaluate
from pricing.evaluate import Evaluation
from pricing.people import strata
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price import schedule
from pricing.price.support_hours import call_on_support
from pricing.questions.places.money import sent
from pricing.questions.places.neighbourhoods import Neighbourhoods

CHANNELS = ("fee", "results", "target")


@dataclass(frozen=True, eq=False)
class Footprint:
    """What a wide area's single price moves between its parts.

    Attributes
    ----------
    names : the parts, (parts,). people : in each, (parts,), or any weights that are in proportion to them.
    paid : £ per person under the wide price, if everyone reaches the priced reduction, (parts,).
    moved : ``paid`` less the mean of all, (parts,); sums to zero over people.
    by_channel : the same by CHANNELS, (3, parts).
    chance : £ per person by which ``paid`` would differ, give or take, with other people drawn at random into the
        part (1.96 standard errors), (parts,).
    """

    names: tuple[str, ...]
    people: FloatArray
    paid: FloatArray
    moved: FloatArray
    by_channel: FloatArray
    chance: FloatArray


@dataclass(frozen=True, eq=False)
class BoroughPrices:
    """The schedule set for one footprint: £ per person of fee before premiums, £ per unit and baseline by metric,
    and the payback per £1 in it.
    """

    name: str
    basic_fee: float
    unit_prices: dict[str, float]
    baselines: dict[str, float]
    payback_wide: float
    payback_own: float


def wide(evaluation: Evaluation) -> Footprint:
    """What the price set once for the whole area moves between its boroughs."""
    borough = evaluation.cohort.dimensions["borough"]
    weights = np.zeros((len(borough.levels), len(borough.codes)))
    weights[borough.codes, np.arange(len(borough.codes))] = evaluation.cohort.people
    there = np.flatnonzero(weights.sum(axis=1) > 0)
    return shared(evaluation, evaluation.cohort, [borough.levels[b] for b in there], weights[there])


def shared(evaluation: Evaluation, area: Cohort, names: Sequence[str], weights: FloatArray) -> Footprint:
    """What the price, settled for ``area``, moves between parts with ``weights`` (parts, cells) of people."""
    terms = schedule.settle(evaluation.scenario, area)
    money = sent(evaluation.scenario, terms, area)
    people = weights.sum(axis=1)
    channels = np.array([weights @ getattr(money, channel) / people for channel in CHANNELS])
    means = channels @ people / people.sum()
    paid = channels.sum(axis=0)
    variance = weights @ money.paid**2 / people - paid**2
    chance = 1.96 * np.sqrt(np.maximum(variance, 0.0) / (people * evaluation.cohort.people.sum() / people.sum()))
    return Footprint(tuple(names), people, paid, paid - means.sum(), channels - means[:, np.newaxis], chance)


def borough_by_borough(evaluation: Evaluation) -> list[BoroughPrices]:
    """The schedule settled for each borough alone, and what its people's support pays back under either price.

    Prices are as written: clauses that bend pay are left out. A borough whose people cannot be priced is left out.
    """
    scenario, cohort = evaluation.scenario, evaluation.cohort
    borough = cohort.dimensions["borough"]
    plain = replace(cohort, dimensions={})
    found = []
    for code, name in enumerate(borough.levels):
        cells = np.flatnonzero(borough.codes == code)
        if not len(cells):
            continue
        own = strata.take(plain, cells)
        terms = schedule.settle(scenario, own)
        call = own.mean(call_on_support(scenario, own))
        alone = evaluate.apply(scenario, terms, call, own)
        shared_price = evaluate.apply(scenario, evaluation.terms, evaluation.mean_call, own)
        found.append(
            BoroughPrices(
                name,
                terms.basic_fee,
                dict(terms.unit_prices),
                dict(terms.baselines),
                shared_price.payback,
                alone.payback,
            )
        )
    return found


def tilt(places: Neighbourhoods, score: float) -> FloatArray:
    """Weights by overall tenth, (10,), that turn the area's places into places with a mean ``score``.

    Each neighbourhood weighs exp(-k score), with k such that the mean is ``score``: the mildest change that does it.
    """

    def weights(k: float) -> FloatArray:
        return np.asarray(np.exp(-k * (places.score - places.score.mean())))

    def beside(k: float) -> float:
        return float(np.average(places.score, weights=weights(k))) - score

    found = weights(brentq(beside, -1.0, 1.0))
    tenth = places.tenths["overall"].astype(np.int64) - 1
    return np.bincount(tenth, found, 10) / np.bincount(tenth, minlength=10)


def with_outside(evaluation: Evaluation, places: Neighbourhoods, scores: dict[str, float], share: float) -> Footprint:
    """An illustration: the price set once for an area with ``share`` of its people outside the mapped one.

    Nobody outside is in the data. Each authority in ``scores`` (name -> published mean score) gets the mapped area's
    people, weighted towards those who live in places as deprived as its own, the authorities alike in number.
    """
    cohort = evaluation.cohort
    tenth = cohort.deciles["overall"].astype(np.int64) - 1
    borough = cohort.dimensions["borough"]
    rows = [np.where(borough.codes == code, cohort.people, 0.0) for code in range(len(borough.levels))]
    inside = np.array(rows) * (1 - share) / cohort.people.sum()
    outside = np.array([cohort.people * tilt(places, score)[tenth] for score in scores.values()])
    outside *= share / len(scores) / outside.sum(axis=1, keepdims=True)
    weights = np.vstack([inside, outside])
    there = weights.sum(axis=1) > 0
    names = [name for name, kept in zip([*borough.levels, *scores], there, strict=True) if kept]
    area = replace(cohort, people=weights.sum(axis=0))
    return shared(evaluation, area, names, weights[there])
