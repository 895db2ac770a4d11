"""How sure a finding is: what the price rewards in each of 100 draws of the risk curves and the assumptions.

Each draw is the evaluation that the explorer would give if the risks and the effect of support were those drawn; the
price per result is settled anew in it by the same rule. Draws run on strata, so each is read as a departure from the
central evaluation: from the strata at the centre to the strata under the draw. At no spread that is the centre.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.people.strata import Strata, reduce, take
from pricing.price import incentives, schedule
from pricing.price.incentives import Account, ratio
from pricing.price.outcomes import Response
from pricing.price.support_hours import call_on_support
from pricing.questions.how_sure import draws
from pricing.questions.how_sure.assumed_ranges import NEED, RANGES, Effects, around
from pricing.questions.how_sure.draws import DRAWS
from pricing.resources.pause import pause
from pricing.scenario.metrics import hardest_search
from pricing.scenario.scenario import Scenario

INSIDE = 0.90
"""Share of the draws that a range holds: as many lie below it as above."""
MOST_STRATA = {"closed": 850, "searched": 420, "peaked": 300}
"""Strata at most, by how the hours that pay best are found: each way takes longer than the one before."""
BY_RATE = 4
"""Times as many where one need is paid more than another: people who are alike but for that stay apart by risk."""
TAKEN = ("extra_pay", "extra_cost", "least_hours", "benchmark_hours", "chosen_hours", "margin_at_chosen", "parked")
"""Fields of :class:`Incentives` that draws are computed from."""


@dataclass(frozen=True, eq=False)
class Spread:
    """One measure, nan where undefined: ``central`` (groups,) as the explorer shows it, ``drawn`` (draws, groups)."""

    central: FloatArray
    drawn: FloatArray

    @property
    def low(self) -> FloatArray:
        """Lower end of the range that holds 90 of 100 draws, (groups,)."""
        return self._quantile((1 - INSIDE) / 2)

    @property
    def high(self) -> FloatArray:
        """Upper end of that range, (groups,)."""
        return self._quantile((1 + INSIDE) / 2)

    def count(self, holds: BoolArray) -> FloatArray:
        """In how many draws something ``holds`` (draws, groups), (groups,); nan where the measure is undefined."""
        return np.where(np.isnan(self.central), np.nan, holds.sum(axis=0))

    def _quantile(self, share: float) -> FloatArray:
        found = np.full(len(self.central), np.nan)
        there = ~np.isnan(self.central) & ~np.isnan(self.drawn).all(axis=0)
        # In a draw in which nobody of a group needs more than the minimum, it has no payback.
        found[there] = np.nanquantile(self.drawn[:, there], share, axis=0)
        return found


@dataclass(frozen=True, eq=False)
class HowSure:
    """The draws of a price, by group; one group where it is about everyone.

    Attributes
    ----------
    payback : £ paid back per extra £1 of needed support.
    parked : share of people for whom it pays to do the minimum.
    withheld : share of the needed support that it does not pay to give.
    """

    payback: Spread
    parked: Spread
    withheld: Spread

    @property
    def under_one(self) -> FloatArray:
        """In how many of the draws the payback is under £1: there it pays to disinvest. (groups,)"""
        return self.payback.count(self.payback.drawn < 1)

    @property
    def pays_minimum(self) -> FloatArray:
        """In how many of the draws it pays to do the minimum for at least half of the people. (groups,)"""
        return self.parked.count(self.parked.drawn >= 0.5)


@dataclass(frozen=True, eq=False)
class Draws:
    """What a price rewards in each draw, stratum by stratum, ready to be pooled by any grouping of people.

    ``sums`` are per person, (rows, strata), the central row first.
    """

    evaluation: Evaluation
    strata: Strata
    sums: Mapping[str, FloatArray]

    def by(self, *keys: str) -> HowSure:
        """The draws by group of the dimensions ``keys``, codes in their order; for everyone without keys."""
        return self.of_groups(*group_codes(self.evaluation.cohort, keys))

    def of_groups(self, codes: IntArray, size: int) -> HowSure:
        """The draws by group of any grouping of people: ``codes`` (cells,) in 0..size-1."""
        cohort = self.evaluation.cohort
        pooled = {name: self.strata.pooled(values, cohort, codes, size) for name, values in self.sums.items()}
        return anchored(measures(pooled), central(self.evaluation, codes, size))


def strata_for(scenario: Scenario, cohort: Cohort) -> Strata:
    """The strata on which the draws of a scenario run."""
    return reduce(cohort, draws.of(cohort), scenario.area_index, most_strata(scenario), scenario.rates_apart)


def most_strata(scenario: Scenario) -> int:
    """How many strata a scenario can afford."""
    most = MOST_STRATA[hardest_search(scenario.weights())] * (BY_RATE if scenario.rates_apart else 1)
    return most // (2 if scenario.benchmark == "socially_worthwhile" else 1)


def draw(evaluation: Evaluation, strata: Strata) -> Draws:
    """The draws of an evaluation on the strata of :func:`strata_for`."""
    return draw_at(evaluation, strata, drawn_places(evaluation.scenario))


def curves_alone(evaluation: Evaluation, strata: Strata) -> Draws:
    """The draws with the assumptions held at their central values: what the risk curves alone leave open."""
    return draw_at(evaluation, strata, dict.fromkeys(drawn_places(evaluation.scenario), np.zeros(DRAWS)))


def drawn_places(scenario: Scenario) -> dict[str, FloatArray]:
    """The places (draws,) in its range of each assumption that is drawn: how support works, and a fair share's budget.

    Hours of a guideline, and those worth it to society, are what they are: they have no range of their own.
    """
    names = (*RANGES, NEED) if scenario.benchmark == "fair_share" else tuple(RANGES)
    return {name: draws.positions(name) for name in names}


def draw_at(evaluation: Evaluation, strata: Strata, places: Mapping[str, FloatArray]) -> Draws:
    """The draws whose assumptions stand at ``places`` (draws,) in their ranges."""
    shape = (DRAWS + 1, len(strata.people))
    found = under(evaluation, strata.stacked(shape[0]), Assumed.at(evaluation.scenario, shape[1], places), shape[0])
    sums = {
        "extra_pay": found["extra_pay"],
        "extra_cost": found["extra_cost"],
        "missing": np.maximum(found["benchmark_hours"] - found["chosen_hours"], 0),
        "needed": found["benchmark_hours"],
        "parked": found["parked"],
        "people": np.ones_like(found["parked"]),
    }
    return Draws(evaluation, strata, {name: values.reshape(shape) for name, values in sums.items()})


@dataclass(frozen=True, eq=False)
class Assumed:
    """What is assumed in each row of some strata, the central one first; each value (rows * strata,).

    ``effects`` how support works; ``need`` how many times the hours of a fair share people need.
    """

    effects: Effects
    need: FloatArray

    @classmethod
    def at(cls, scenario: Scenario, strata: int, places: Mapping[str, FloatArray]) -> "Assumed":
        """The assumptions at ``places`` (draws,) in their ranges; a budget of need without a place stays as it is."""

        def over(name: str, place: FloatArray) -> FloatArray:
            return np.repeat(around(name, scenario).at(np.append(0.0, place)), strata)

        budget = over(NEED, places.get(NEED, np.zeros(len(next(iter(places.values()))))))
        central = scenario.budget_of_need - scenario.cost_before_support
        need = (budget - scenario.cost_before_support) / central if central else np.ones_like(budget)
        return cls(Effects(**{name: over(name, place) for name, place in places.items() if name != NEED}), need)


def under(evaluation: Evaluation, people: Cohort, assumed: Assumed, rows: int) -> dict[str, FloatArray]:
    """What the price rewards, (cells,) by name, when it is settled anew in each of the ``rows`` stacked in ``people``.

    Where a contract's clauses bend pay, its effective prices keep their ratio to the written ones in every draw.
    Hours have to be searched for where needs met pay and support achieves much; those cells are taken on their own.
    """
    scenario = evaluation.scenario
    settled, call = settled_anew(scenario, people, rows)
    prices = at_margin(evaluation, settled)
    # Twice the hours of a fair share are those of half the call on support.
    call = call / assumed.need
    response = Response.of(assumed.effects, people)
    searched = (scenario.progress_effect * response.ceiling > 1) & (hardest_search(prices) == "peaked")
    found = {name: np.empty_like(call) for name in TAKEN}
    for keep in (np.flatnonzero(searched), np.flatnonzero(~searched)):
        pause()
        # Prices and mean calls are one per cell here, which broadcasts as a single one would.
        local = cast(Mapping[str, float], {metric: price[keep] for metric, price in prices.items()})
        some = take(people, keep)
        priced = schedule.apply(scenario, replace(evaluation.terms_at_margin, unit_prices=local), some)
        account = Account(scenario, priced, Response(response.ceiling[keep], response.hours_scale[keep]))
        rewarded = incentives.assess(account, some, cast(float, call[keep]))
        for name, values in found.items():
            values[keep] = getattr(rewarded, name)
    return found


def at_margin(evaluation: Evaluation, settled: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """Prices settled anew, (cells,) by metric, as one more result meets them; the same ones where pay is linear."""
    if evaluation.mechanics is None:
        return settled
    written = evaluation.terms.unit_prices
    effective = evaluation.terms_at_margin.unit_prices
    anyone = next(iter(settled.values()))
    return {
        metric: settled[metric] * (price / written[metric]) if written.get(metric) else np.full_like(anyone, price)
        for metric, price in effective.items()
    }


def settled_anew(scenario: Scenario, people: Cohort, rows: int) -> tuple[dict[str, FloatArray], FloatArray]:
    """Price per unit of each metric, £, and mean call on support, of the row that each cell is in; (cells,).

    The rule is that of :func:`schedule.unit_price`, with a mean over each row in place of one over all.
    """
    weight = people.people.reshape(rows, -1)

    def mean(values: FloatArray) -> FloatArray:
        means = np.sum(weight * values.reshape(rows, -1), axis=1) / weight.sum(axis=1)
        return np.repeat(means, weight.shape[1])

    _, on_results = schedule.relativities(scenario, people.needs, people.deciles[scenario.area_index])
    weighing = on_results if scenario.total_spend == "fixed" else np.ones_like(on_results)
    pot = scenario.results_share * scenario.contract_value
    prices = {
        metric: share * pot / mean(weighing * schedule.units_priced(metric, scenario, people))
        for metric, share in scenario.weights().items()
    }
    return prices, mean(call_on_support(scenario, people))


def measures(sums: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The measures of each draw and group from sums over people, all (rows, groups)."""
    return {
        "payback": ratio(sums["extra_pay"], sums["extra_cost"]),
        "parked": ratio(sums["parked"], sums["people"]),
        "withheld": ratio(sums["missing"], sums["needed"]),
    }


def group_codes(cohort: Cohort, keys: Sequence[str]) -> tuple[IntArray, int]:
    """Code of each cell's group by the dimensions ``keys``, (cells,), and how many codes there are; 1 without keys."""
    if not keys:
        return np.zeros(len(cohort.people), dtype=np.int64), 1
    dimensions = [cohort.dimensions[key] for key in keys]
    shape = tuple(len(dimension.levels) for dimension in dimensions)
    return np.ravel_multi_index(tuple(d.codes for d in dimensions), shape), int(np.prod(shape))


def central(evaluation: Evaluation, codes: IntArray, size: int) -> dict[str, FloatArray]:
    """The measures of the evaluation itself, over all of its cells; (groups,)."""
    pooled = evaluation.pooled(codes, size)
    weights = evaluation.cohort.people * evaluation.incentives.parked
    parked = np.bincount(codes, weights=weights, minlength=size).astype(np.float64)
    return {
        "payback": pooled["payback"],
        "parked": ratio(parked, pooled["people"]),
        "withheld": pooled["withheld"],
    }


def anchored(found: Mapping[str, FloatArray], centre: Mapping[str, FloatArray]) -> HowSure:
    """Draws on strata, (rows, groups) with the central row first, moved so that row falls on the evaluation itself.

    A payback is moved in proportion, a share by addition.
    """
    start, drawn = found["payback"][0], found["payback"][1:]
    times = np.divide(drawn, start, out=np.ones_like(drawn), where=start > 0)
    shares = {
        name: Spread(centre[name], np.clip(centre[name] + (found[name][1:] - found[name][0]), 0.0, 1.0))
        for name in ("parked", "withheld")
    }
    return HowSure(payback=Spread(centre["payback"], centre["payback"] * times), **shares)
