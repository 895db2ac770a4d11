"""What a price rewards for one and the same case mix in each neighbourhood.

Under five of the 8,000 illustrative people live in a neighbourhood, too few to say anything of it. But the model sees a
neighbourhood only through two tenths: overall deprivation, which weakens what support achieves, and the tenth that sets
the multiplier. So everyone's case mix is held against each pair of tenths that there is, at most a hundred, and a
neighbourhood shows its pair's figures. A person keeps their risk: only the place changes.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from pricing.evaluate import Evaluation, apply
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort, Dimension
from pricing.people.strata import counted_needs
from pricing.price.metric_formulas import per_event
from pricing.price.outcomes import Risk
from pricing.scenario.metrics import METRICS

BANDS = (40, 1)
"""Bands of risk for each number of needs, and of harm within each, with equally many people in every band."""
BANDS_BY_HARM = (14, 8)
"""The same where harm is paid for: people of one risk differ in it. What either loses is held by a test."""


def case_mix(cohort: Cohort, bands: tuple[int, int] = BANDS, rates: tuple[float, ...] = ()) -> Cohort:
    """The cohort as kinds of people, by needs, risk and harm, each with the mean risks of its kind.

    Where needs are paid at ``rates`` that differ, by what they count too, and in fewer bands: in as many kinds.
    """
    counted = counted_needs(cohort, rates)
    parts = np.column_stack([cohort.needs.astype(np.int64), counted])
    kind = np.unique(parts, axis=0, return_inverse=True)[1].ravel()
    fewer = (len(np.unique(parts[:, 0])) / len(np.unique(parts, axis=0))) ** (0.5 if min(bands) > 1 else 1.0)
    bands = max(round(bands[0] * fewer), 1), max(round(bands[1] * fewer), 1)
    for values, number in zip((cohort.probability, cohort.severity), bands, strict=True):
        kind = split(kind, values, cohort.people, number)

    def mean(values: FloatArray, weights: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(kind, weights * values) / np.bincount(kind, weights))

    people = np.bincount(kind, cohort.people).astype(np.float64)
    known = cohort.needs_by_kind
    return replace(
        cohort,
        people=people,
        needs=mean(cohort.needs, cohort.people),
        needs_by_kind=None if known is None else np.stack([mean(k, cohort.people) for k in known.T], axis=1),
        deciles={index: np.ones(len(people)) for index in cohort.deciles},
        probability=mean(cohort.probability, cohort.people),
        rate=mean(cohort.rate, cohort.people),
        severity=mean(cohort.severity, cohort.people * cohort.rate),
        dimensions={},
    )


def pays_by_harm(evaluation: Evaluation) -> bool:
    """Whether any metric that is paid counts harm, or an amount that differs between people, as harm does."""
    risk = Risk.of(evaluation.scenario, evaluation.cohort)
    return any(
        METRICS[metric].event == "harm" or bool(np.ptp(per_event(metric, risk)) > 0)
        for metric in evaluation.scenario.weights()
    )


def split(groups: IntArray, values: FloatArray, people: FloatArray, bands: int) -> IntArray:
    """Each group (cells,) parted by rank of ``values`` into bands of equally many people; codes without gaps."""
    # Rounded, so that the last digit, which may differ between machines, moves nobody into another band.
    order = np.lexsort((np.round(values, 9), groups))
    sizes = np.bincount(groups, people)
    ranked = groups[order]
    middle = np.cumsum(people[order]) - people[order] / 2 - (np.cumsum(sizes) - sizes)[ranked]
    codes = np.empty(len(groups), dtype=np.int64)
    codes[order] = ranked * bands + np.minimum((bands * middle / sizes[ranked]).astype(np.int64), bands - 1)
    return np.asarray(np.unique(codes, return_inverse=True)[1], dtype=np.int64)


def placed(mix: Cohort, overall: FloatArray, index: FloatArray, area_index: str) -> Cohort:
    """The mix once per pair of tenths, (pairs,) each; the dimension ``pair`` tells them apart."""
    pairs, kinds = len(overall), len(mix.people)

    def tiled(values: FloatArray) -> FloatArray:
        return np.tile(values, pairs)

    deciles = {name: np.repeat(overall, kinds) for name in mix.deciles}
    deciles[area_index] = np.repeat(index, kinds)
    deciles["overall"] = np.repeat(overall, kinds)
    levels = tuple(f"{a:.0f}, {b:.0f}" for a, b in zip(overall, index, strict=True))
    return replace(
        mix,
        people=tiled(mix.people),
        needs=tiled(mix.needs),
        needs_by_kind=None if mix.needs_by_kind is None else np.tile(mix.needs_by_kind, (pairs, 1)),
        deciles=deciles,
        probability=tiled(mix.probability),
        rate=tiled(mix.rate),
        severity=tiled(mix.severity),
        dimensions={
            "pair": Dimension("Overall tenth, tenth of the multiplier", levels, np.repeat(np.arange(pairs), kinds))
        },
    )


def everywhere(evaluation: Evaluation, overall: FloatArray, index: FloatArray) -> pd.DataFrame:
    """What the evaluated price rewards for its cohort's case mix in each place, a row per place.

    ``overall`` and ``index`` (places,) are the tenths of overall deprivation and of the index that sets the multiplier.
    Columns as :meth:`Evaluation.groups` has them, without people.
    """
    scenario = evaluation.scenario
    pairs, pair = np.unique(np.column_stack([overall, index]), axis=0, return_inverse=True)
    bands = BANDS_BY_HARM if pays_by_harm(evaluation) else BANDS
    mix = case_mix(evaluation.cohort, bands, scenario.rates_apart)
    people = placed(mix, pairs[:, 0], pairs[:, 1], scenario.area_index)
    found = apply(scenario, evaluation.terms_at_margin, evaluation.mean_call, people).groups("pair")
    return found.drop(columns=["pair", "people"]).iloc[pair].reset_index(drop=True)
