"""What a price rewards in each borough, for the people who are there, with small numbers hidden."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.people.small_numbers import RULE, Rule, shown_counts, shown_rates

MEANS = ("payback", "margin_at_benchmark", "withheld", "needs")


@dataclass(frozen=True, eq=False)
class Boroughs:
    """A row per borough, then one for all of them together.

    ``table`` has the columns borough, people, parked_people, parked (share), payback (£ per £1), margin_at_benchmark
    (£ per person), withheld (share), needs (mean); nan where a number is too small to show, or would give a hidden one
    away. ``means_shown`` (boroughs,) tells where any mean over a borough's people may be shown.
    """

    table: pd.DataFrame
    means_shown: BoolArray


def summed_up(evaluation: Evaluation, rule: Rule = RULE) -> Boroughs:
    """The boroughs of a cohort that has them, held to the ``rule`` for small numbers."""
    borough = evaluation.cohort.dimensions["borough"]
    size = len(borough.levels)
    alone = sums(evaluation, borough.codes, size)
    whole = sums(evaluation, np.zeros_like(borough.codes), 1)
    people, parked = alone["people"].to_numpy(), alone["parked_people"].to_numpy()
    means = shown_rates(people, rule)
    # 0 parked is a count as well, and a share of parked people tells their count: both follow the same rule.
    rates = means & shown_rates(people, rule, parked, modelled=True)
    for name, shown in (("people", shown_counts(people, rule)), ("parked_people", rates), ("parked", rates)):
        alone.loc[~shown, name] = np.nan
    alone.loc[~means, list(MEANS)] = np.nan
    everyone = whole["people"].to_numpy()
    if not shown_rates(everyone, rule).all():
        whole.loc[:, list(MEANS)] = np.nan
    if not shown_rates(everyone, rule, whole["parked_people"].to_numpy(), modelled=True).all():
        whole.loc[:, ["parked", "parked_people"]] = np.nan
    table = pd.concat(
        [alone.assign(borough=borough.levels), whole.assign(borough=evaluation.cohort.area)], ignore_index=True
    )
    return Boroughs(table[["borough", "people", "parked_people", "parked", *MEANS]], means)


def sums(evaluation: Evaluation, codes: IntArray, size: int) -> pd.DataFrame:
    """The columns of the table for each of ``size`` groups, nothing hidden."""
    cohort, found = evaluation.cohort, evaluation.incentives
    pooled = evaluation.pooled(codes, size)

    def over(values: FloatArray) -> FloatArray:
        return np.bincount(codes, cohort.people * values, size).astype(np.float64)

    people = pooled["people"]
    with np.errstate(invalid="ignore", divide="ignore"):
        return pd.DataFrame(
            {
                "people": people,
                "parked_people": over(found.parked.astype(np.float64)),
                "parked": over(found.parked.astype(np.float64)) / people,
                "payback": pooled["payback"],
                "margin_at_benchmark": over(found.margin_at_benchmark) / people,
                "withheld": pooled["withheld"],
                "needs": over(cohort.needs) / people,
            }
        )
