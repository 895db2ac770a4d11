"""The gain to a provider from turning away every loss-making group, and the people left without support."""

from dataclasses import dataclass

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.small_numbers import rule_for, shown_rates
from pricing.questions.how_sure.how_sure import group_codes

SEEN_BY = ("needs", "decile")
"""The groups that a price can tell apart, and so a provider: by needs and place."""


@dataclass(frozen=True, eq=False)
class TurnedAway:
    """Groups by needs and place that lose money even when the provider does what pays best.

    Attributes
    ----------
    cells : whether a cell's people are in such a group, (cells,).
    groups, losing : how many groups there are, and how many of them lose money.
    people, share : how many people these are, and their share of all.
    gain, gain_per_person : £ that a provider saves by not taking them, and per person of the whole cohort. The terms
        of the contract are held as they are. All nan where fewer than ten people are in such groups, or in the others.
    """

    cells: BoolArray
    groups: int
    losing: int
    people: float
    share: float
    gain: float
    gain_per_person: float


def turned_away(evaluation: Evaluation) -> TurnedAway:
    """The groups by needs and place whose margin is below 0 at the hours that pay best."""
    cohort = evaluation.cohort
    codes, size = group_codes(cohort, SEEN_BY)
    people = np.bincount(codes, cohort.people, size)
    margin = np.bincount(codes, cohort.people * evaluation.incentives.margin_at_chosen, size).astype(np.float64)
    losing = margin < 0
    everyone, gone, gain = float(people.sum()), float(people[losing].sum()), float(gained(margin))
    may = shown_rates(np.array([everyone]), rule_for(cohort), np.array([gone]), modelled=True).all()
    told = 1.0 if may else float("nan")
    return TurnedAway(
        cells=losing[codes],
        groups=int(np.sum(people > 0)),
        losing=int(np.sum(losing)),
        people=gone * told,
        share=gone / everyone * told,
        gain=gain * told,
        gain_per_person=gain / everyone * told,
    )


def gained(margins: FloatArray) -> FloatArray:
    """£ saved by turning away every group with a loss; ``margins`` (..., groups) are £ over all people of a group."""
    return np.asarray(np.maximum(-margins, 0.0).sum(axis=-1))
