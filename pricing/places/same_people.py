"""The same people in every street: what a price rewards for one case mix, wherever it lives.

Under five of the 8,000 illustrative people live in a neighbourhood, too few to say anything of it. But the model sees a
neighbourhood only through two tenths: overall deprivation, which weakens what support achieves, and the tenth that sets
the multiplier. So everyone's case mix is held against each pair of tenths that there is, at most a hundred, and a
neighbourhood shows its pair's figures. A person keeps their risk: only the place changes.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from pricing.cohort import Cohort, Dimension, FloatArray
from pricing.evaluate import Evaluation, apply

BANDS = 40
"""Bands of risk, with equally many people, for each number of needs. What they lose is held by a test."""


def case_mix(cohort: Cohort, bands: int = BANDS) -> Cohort:
    """The cohort as at most 6 x ``bands`` kinds of people, by needs and risk, each with the mean risk of its kind."""
    order = np.lexsort((np.round(cohort.probability, 9), cohort.needs))
    people, needs = cohort.people[order], cohort.needs[order].astype(np.int64)
    of_needs = np.bincount(needs, people)
    before = np.cumsum(people) - people / 2 - (np.cumsum(of_needs) - of_needs)[needs]
    code = needs * bands + np.minimum((bands * before / of_needs[needs]).astype(np.int64), bands - 1)
    kind = np.unique(code, return_inverse=True)[1]

    def mean(values: FloatArray, weights: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(kind, weights * values) / np.bincount(kind, weights))

    rate = cohort.rate[order]
    count = np.bincount(kind, people).astype(np.float64)
    return replace(
        cohort,
        people=count,
        needs=mean(needs.astype(np.float64), people),
        deciles={index: np.ones(len(count)) for index in cohort.deciles},
        probability=mean(cohort.probability[order], people),
        rate=mean(rate, people),
        severity=mean(cohort.severity[order], people * rate),
        dimensions={},
    )


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
    people = placed(case_mix(evaluation.cohort), pairs[:, 0], pairs[:, 1], scenario.area_index)
    found = apply(scenario, evaluation.terms_at_margin, evaluation.mean_call, people).groups("pair")
    return found.drop(columns=["pair", "people"]).iloc[pair].reset_index(drop=True)
