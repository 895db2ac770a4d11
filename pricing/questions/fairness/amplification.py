"""Amplification of inequality by a price: slopes of expected reoffences, and shares of support, by order of need.

Only people's place in that order and the sums of each of its levels enter, so every index is that of the whole
cohort. Ranges are over the 100 draws of :mod:`pricing.questions.how_sure.how_sure`: how far the
curves and the assumptions on support leave it open, the people being as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.people.small_numbers import rule_for, shown_rates
from pricing.people.strata import Strata
from pricing.price.outcomes import Response
from pricing.questions.fairness import inequality
from pricing.questions.fairness.characteristics import Characteristic
from pricing.questions.fairness.turning_away import SEEN_BY, gained, turned_away
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import Assumed, Spread, drawn_places, group_codes, under

RANKINGS = ("needs", "decile")
FOOTINGS = ("minimum", "chosen", "benchmark")
"""The support that everybody gets: the contractual minimum, what this price rewards, what they need."""
UNCHANGED = 0.005
"""Reoffences per person by which a slope has to differ to be called another: what rounds to 1 per 100 people."""
Index = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]


@dataclass(frozen=True, eq=False)
class Amplification:
    """Expected reoffences and hours along an order of need, the least first.

    Attributes
    ----------
    ranking : ``needs`` or ``decile``.
    levels, people : words of each level, and people in it, (levels,).
    visible : which levels may be shown, (levels,). An index is a sum over all levels and would give a hidden one
        back: where any is hidden, every index is nan.
    reoffences : by footing, expected per person, (levels,).
    slopes : by footing, how many more reoffences per person at the end of most need than at the other.
    steeper : slope under this price less slope at the minimum.
    concentration : of hours, by ``chosen`` and ``benchmark``: above 0, more goes to those in most need.
    Each Spread is of one value; nan at the ends of its range where nothing was drawn.
    """

    ranking: str
    levels: tuple[str, ...]
    people: FloatArray
    visible: BoolArray
    reoffences: Mapping[str, FloatArray]
    slopes: Mapping[str, Spread]
    steeper: Spread
    concentration: Mapping[str, Spread]

    @property
    def verdict(self) -> str:
        """``amplifies``, ``narrows`` or ``leaves``: what this price does to the slope at the minimum."""
        change = float(self.steeper.central[0])
        if np.isnan(change) or abs(change) < UNCHANGED:
            return "leaves"
        return "amplifies" if change > 0 else "narrows"

    @property
    def amplified(self) -> int:
        """In how many draws the slope is steeper under this price than at the minimum."""
        return int(np.sum(self.steeper.drawn > 0))


@dataclass(frozen=True, eq=False)
class Parts:
    """Theil's T of some hours, between and within groups, and the share between them with its range."""

    theil: inequality.Theil
    share_between: Spread


@dataclass(frozen=True, eq=False)
class Drawn:
    """Per person of each stratum, (rows, strata), the central row first: reoffences by footing, hours, margin (£).

    Sexes, ages and races share strata with people of the same needs, place and risk.
    """

    strata: Strata
    values: Mapping[str, FloatArray]


def order(cohort: Cohort, ranking: str) -> tuple[IntArray, tuple[str, ...]]:
    """Level of each cell, (cells,), 0 the least in need, and the words of each level."""
    dimension = cohort.dimensions[ranking]
    last = len(dimension.levels) - 1
    if ranking == "decile":
        return last - dimension.codes, dimension.levels[::-1]
    return dimension.codes, dimension.levels


def reoffences(cohort: Cohort, response: Response, hours: FloatArray | float) -> FloatArray:
    """Expected reoffences per person, (cells,), at some hours of support."""
    return np.asarray(cohort.rate * np.exp(-response.effect(hours)))


def central_values(evaluation: Evaluation) -> dict[str, FloatArray]:
    """Values that the indices are computed from, per person of each cell, (cells,)."""
    found, response = evaluation.incentives, evaluation.account.response
    return values_at(evaluation, evaluation.cohort, response, vars(found))


def values_at(
    evaluation: Evaluation, people: Cohort, response: Response, found: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """The same for any people, given how they respond and what the price rewards for them (``found``)."""
    hours = {
        "minimum": found["least_hours"],
        "chosen": found["chosen_hours"],
        "benchmark": found["benchmark_hours"],
    }
    named = {f"reoffences_{footing}": reoffences(people, response, given) for footing, given in hours.items()}
    named |= {f"hours_{footing}": hours[footing] for footing in ("chosen", "benchmark")}
    return named | {"margin": found["margin_at_chosen"]}


def drawn(evaluation: Evaluation, strata: Strata) -> Drawn:
    """The draws of an evaluation on its strata; as many rows as in :func:`pricing.questions.how_sure.how_sure.draw`."""
    shape = (DRAWS + 1, len(strata.people))
    assumed = Assumed.at(evaluation.scenario, shape[1], drawn_places(evaluation.scenario))
    people = strata.stacked(shape[0])
    found = under(evaluation, people, assumed, shape[0])
    values = values_at(evaluation, people, Response.of(assumed.effects, people), found)
    return Drawn(strata, {name: value.reshape(shape) for name, value in values.items()})


def amplification(evaluation: Evaluation, ranking: str, draws: Drawn | None = None) -> Amplification:
    """The indices of a price along an order of need, with their ranges where there are ``draws``."""
    cohort = evaluation.cohort
    codes, levels = order(cohort, ranking)
    people = np.bincount(codes, cohort.people, len(levels)).astype(np.float64)
    there = people > 0
    visible = shown_rates(people[there], rule_for(cohort))
    rank = inequality.fractional_rank(people[there], np.flatnonzero(there).astype(np.float64))
    means = {
        name: by_level(values, cohort.people, codes, people) for name, values in central_values(evaluation).items()
    }

    def spread(index: Index, name: str) -> Spread:
        if not visible.all():
            return Spread(np.array([np.nan]), np.full((DRAWS, 1), np.nan))
        middle = np.atleast_1d(index(people[there], means[name][there], rank))
        if draws is None:
            return Spread(middle, np.full((1, 1), np.nan))
        pooled = draws.strata.pooled(draws.values[name], cohort, codes, len(levels))[:, there] / people[there]
        rows = index(people[there], pooled, rank)
        return Spread(middle, middle + (rows[1:] - rows[0])[:, np.newaxis])

    slopes = {footing: spread(inequality.slope_index, f"reoffences_{footing}") for footing in FOOTINGS}
    at_minimum, at_chosen = slopes["minimum"], slopes["chosen"]
    shown = np.zeros(len(levels), dtype=bool)
    shown[there] = visible
    return Amplification(
        ranking=ranking,
        levels=levels,
        people=people,
        visible=shown,
        reoffences={footing: np.where(shown, means[f"reoffences_{footing}"], np.nan) for footing in FOOTINGS},
        slopes=slopes,
        steeper=Spread(at_chosen.central - at_minimum.central, at_chosen.drawn - at_minimum.drawn),
        concentration={name: spread(inequality.concentration_index, f"hours_{name}") for name in FOOTINGS[1:]},
    )


def by_level(values: FloatArray, weights: FloatArray, codes: IntArray, people: FloatArray) -> FloatArray:
    """Means of ``values`` (cells,) over the people of each level, (levels,); nan where there are none."""
    sums = np.bincount(codes, weights * values, len(people))
    return np.asarray(np.divide(sums, people, out=np.full(len(people), np.nan), where=people > 0))


def gain(evaluation: Evaluation, draws: Drawn | None = None) -> Spread:
    """£ per person of the cohort that turning away every loss-making group would save the provider."""
    middle = np.array([turned_away(evaluation).gain_per_person])
    if draws is None:
        return Spread(middle, np.full((1, 1), np.nan))
    cohort = evaluation.cohort
    margins = draws.strata.pooled(draws.values["margin"], cohort, *group_codes(cohort, SEEN_BY))
    rows = gained(margins) / cohort.people.sum()
    return Spread(middle, np.maximum(middle + (rows[1:] - rows[0])[:, np.newaxis], 0.0))


def between(evaluation: Evaluation, characteristic: Characteristic, draws: Drawn | None = None) -> dict[str, Parts]:
    """Theil's T of hours of support, rewarded (``chosen``) and needed (``benchmark``), between and within groups."""
    found = {}
    may = shown_rates(characteristic.people[characteristic.people > 0], rule_for(evaluation.cohort)).all()
    hours = {"chosen": evaluation.incentives.chosen_hours, "benchmark": evaluation.incentives.benchmark_hours}
    for name, values in hours.items():
        theil = inequality.theil_shared(characteristic.weights, values) if may else inequality.UNKNOWN
        middle = np.array([theil.share_between])
        drawn_shares = np.full((1, 1), np.nan)
        if draws is not None and may:
            rows = _shares_between(draws, characteristic, f"hours_{name}")
            moved = np.clip(middle + (rows[1:] - rows[0])[:, np.newaxis], 0.0, 1.0)
            # A draw with equal hours for all has no inequality and so no share: it is left out.
            drawn_shares = moved if np.isnan(moved).all() else moved[~np.isnan(moved[:, 0])]
        found[name] = Parts(theil, Spread(middle, drawn_shares))
    return found


def _shares_between(draws: Drawn, characteristic: Characteristic, name: str) -> FloatArray:
    """Share of inequality between groups in each draw, (rows,), on strata."""
    strata = draws.strata
    members = np.array([np.bincount(strata.stratum, row, len(strata.people)) for row in characteristic.weights])
    members = members[members.sum(axis=1) > 0]
    return np.array([inequality.theil_shared(members, row).share_between for row in draws.values[name]])
