"""What luck makes of one contract: draws of what it pays at given true changes, with the same luck at each.

What each metric counts of few people has its own distribution, as where it is paid alone. How several go together is
known from people who are drawn; of many, ranks are those of normal luck that is as correlated.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.baseline import ANY, TIE, BaselineError, CountedSum
from pricing.contract.counted.people_together import luck_together
from pricing.contract.even_points import even_points, scrambled
from pricing.contract.measured import Measured, felt, of_the_year, people_measured, people_of_baseline
from pricing.contract.pay_limits import PayLimits
from pricing.contract.pay_under_luck import Exact, Paid, mixture
from pricing.contract.payment_rule import LINEAR, PaymentRule, from_clauses
from pricing.contract.results_pay import ResultsContract
from pricing.contract.top_up import QUARTERS
from pricing.people.arrays import FloatArray, IntArray
from pricing.resources.pause import pause
from pricing.scenario.metrics import GATE, GATED
from pricing.scenario.scenario import Scenario

DRAWS, FEWER = 8192, 1024
"""Sets of luck: a fixed low-discrepancy sequence, the same on every machine and at every setting; fewer for a curve."""
MOST_CORRELATED = 0.999
MOST_TOGETHER, SCRAMBLE = 1000, 7
"""People up to whom their counts go together otherwise than normal luck that is as correlated; and a seed."""
SOME, CLOSE = 4, 0.002
"""Places of a curve that are added at a time; and how close two may be, in parts of its length, to have one between."""


@dataclass(frozen=True, eq=False)
class Luck:
    """Normal luck in every measure of a period, and last in the baseline, each with a standard deviation of 1.

    ``draws`` has shape (DRAWS, periods + 1, metrics). ``counts`` of one measure and ``baselines`` by metric, where they
    have distributions of their own; elsewhere noises at true changes. ``limited`` is what is paid for a blend together.
    """

    contract: ResultsContract
    quarter: tuple[PaymentRule, ...]
    year: tuple[PaymentRule, ...]
    draws: FloatArray
    limited: PaymentRule
    noises: tuple[tuple[FloatArray, FloatArray], ...]
    counts: tuple[CountedSum | None, ...]
    baselines: tuple[BaselineError | None, ...]

    @classmethod
    def of(cls, scenario: Scenario, contract: ResultsContract, changes: Changes, counted: bool = True) -> "Luck":
        """The luck of a contract: one period, or the four of a year that is topped up; normal unless it is counted."""
        topped = scenario.annual_top_up == "yes" and scenario.measured_period == "quarter"
        periods = QUARTERS if topped else 1
        yearly = [of_the_year(scenario, clauses) for clauses in contract.clauses]
        rules = tuple(from_clauses(clauses) for clauses in contract.clauses)
        measured = Measured(scenario, changes, contract.line)
        people, of_baseline = (round(each(scenario)) * counted for each in (people_measured, people_of_baseline))
        draws = together(changes, periods, people, of_baseline)
        noises = tuple(measured.noises(metric) for metric in contract.metrics)
        each = zip(contract.metrics, contract.paid, strict=True)
        known = [known_luck(measured, metric, paid if counted else None, people, of_baseline) for metric, paid in each]
        counts, errors = zip(*known, strict=True)
        by_year = tuple(from_clauses(clauses) for clauses in yearly)
        whole = float(contract.value @ contract.full / contract.value.sum()) if contract.value.any() else 0.0
        limits = PayLimits.of(scenario, whole).over(LINEAR)
        return cls(contract, rules, by_year, draws, limits, noises, counts, errors)

    def pay(self, change: FloatArray, draws: int = DRAWS) -> FloatArray:
        """What is paid at true changes (points, metrics), in so many ``draws``: (points, draws), £ per person."""
        chances = [
            None if count is None else count.chances(at) for count, at in zip(self.counts, change.T, strict=True)
        ]
        every = []
        for place, at in enumerate(change):
            counted = [None if each is None else each[place] for each in chances]
            every.append(self._pay(self._measured(at, counted, self.draws[:draws])))
        return np.array(every)

    def _measured(self, change: FloatArray, chances: list[FloatArray | None], draws: FloatArray) -> FloatArray:
        """Measured changes, (draws, periods, metrics), at a true ``change`` (metrics,); ``chances`` of counts."""
        pause()
        found = np.empty_like(draws[:, :-1])
        for k, (count, baseline, each) in enumerate(zip(self.counts, self.baselines, chances, strict=True)):
            luck, before = draws[:, :-1, k], draws[:, -1:, k]
            if count is None or each is None:
                at, noises = self.noises[k]
                found[..., k] = change[k] + float(noises @ mixture(at, change[k])[0]) * luck
            else:
                found[..., k] = ranked(count.changes, each, luck, count.width)
            found[..., k] += self.contract.standing[k]
            if baseline is None:
                found[..., k] += self.contract.of_baseline[k] * before
            else:
                found[..., k] += ranked(baseline.errors, baseline.chances, before)
        return found

    def _pay(self, measured: FloatArray) -> FloatArray:
        """What is paid for measured changes (draws, periods, metrics), £ per person."""
        contract = self.contract
        if contract.together is not None:
            whole = float(contract.value.sum())
            return np.asarray(whole * self.limited(measured @ contract.value / whole).mean(axis=1))
        pay = np.zeros(len(measured))
        for k, metric in enumerate(contract.metrics):
            by_quarter = self.quarter[k](measured[..., k] + TIE)
            past, held = by_quarter.mean(axis=1), np.minimum(by_quarter, 0.0).mean(axis=1)
            if measured.shape[1] > 1:
                of_year = self.year[k](measured[..., k].mean(axis=1) + TIE)
                past, held = np.maximum(past, of_year), np.maximum(held, np.minimum(of_year, 0.0))
            if contract.hurdle is not None and metric == GATED:
                binary = measured[..., contract.metrics.index(GATE)].mean(axis=1)
                past = np.where(binary < -TIE, held, past)
            pay += contract.value[k] * past
        return pay


def known_luck(
    measured: Measured, metric: str, paid: Paid | None, people: int, before: int
) -> tuple[CountedSum | None, BaselineError | None]:
    """What a ``metric`` counts among so many people, and the error of its baseline on so many ``before``, if known.

    What is ``paid`` on a count of the very same people has both already.
    """
    if type(paid) is Exact:
        return paid.count, paid.baseline
    of_few = measured.counted(metric, before)
    return measured.counted(metric, people), None if of_few is None else BaselineError.of(of_few)


def chance_known(contract: ResultsContract, change: FloatArray) -> FloatArray | None:
    """Chance of any pay at true changes (points, metrics), where it has not to be drawn."""
    if not contract.value.any():
        return np.zeros(len(change))
    at = change + contract.standing
    if len(contract.metrics) == 1:
        return contract.paid[0].chance(at[:, 0])
    if contract.hurdle is not None and np.count_nonzero(contract.value) == 1:
        return contract.hurdle.chance(*(at[:, contract.metrics.index(metric)] for metric in (GATED, GATE)))
    return None


def any_pay(contract: ResultsContract, pay: FloatArray) -> FloatArray:
    """Share of drawn amounts of pay (points, draws) that are more than nothing."""
    return np.asarray((pay > ANY * contract.value.sum()).mean(axis=1))


def where_it_bends(made: Callable[[IntArray], FloatArray], at: FloatArray, number: int) -> tuple[IntArray, FloatArray]:
    """A ``number`` of places (some,) of a rising line ``at`` (places,), and what is ``made`` of them, (some, kinds).

    A third are spread evenly; then, some at a time, half-way between those where a straight line is likely to be
    furthest off. Nothing is asked for between places next to each other, or CLOSE.
    """
    even = np.linspace(at[0], at[-1], max(number // 3, 3))
    some = np.unique(np.abs(np.subtract.outer(even, at)).argmin(axis=1))
    values = made(some)
    while len(some) < number:
        middle = np.abs(np.subtract.outer((at[some[:-1]] + at[some[1:]]) / 2, at)).argmin(axis=1)
        open_ = (middle > some[:-1]) & (middle < some[1:]) & (np.diff(at[some]) > CLOSE * np.ptp(at))
        if not open_.any():
            break
        off = np.where(open_, off_a_line(at[some], values), -1.0)
        most = min(SOME, number - len(some), int(open_.sum()))
        more = middle[np.sort(np.argsort(-off, kind="stable")[:most])]
        values = np.concatenate([values, made(more)])
        order = np.argsort(np.concatenate([some, more]), kind="stable")
        some, values = np.concatenate([some, more])[order], values[order]
    return some, values


def off_a_line(at: FloatArray, values: FloatArray) -> FloatArray:
    """How far ``values`` (places, kinds) may be off a straight line between places, (places - 1,), for the worst kind.

    In parts of the range of that kind, from how its slope changes at both ends.
    """
    wide, whole = np.diff(at), np.ptp(values, axis=0)
    slopes = np.diff(values / np.where(whole > 0, whole, 1.0), axis=0) / wide[:, None]
    bends = np.abs(np.diff(slopes, axis=0)).max(axis=1) / ((wide[1:] + wide[:-1]) / 2)
    bends = np.concatenate([bends[:1], np.maximum(bends[1:], bends[:-1]), bends[-1:]])
    return np.asarray(wide**2 / 8 * bends)


def together(changes: Changes, periods: int, people: int, before: int) -> FloatArray:
    """Luck of metrics that are measured of the same people, (DRAWS, periods + 1, metrics); of the baseline last.

    Normal and as correlated as what they count; but of few ``people``, and of few ``before``, as those are together.
    """
    metrics = len(changes.metrics)
    # One more set for the baseline, whose error all periods share.
    alone = ndtri(even_points(DRAWS, (periods + 1) * metrics) + 0.5 / DRAWS).reshape(DRAWS, periods + 1, metrics)
    covariance = changes.covariance()
    sd = np.sqrt(np.diag(covariance))
    found = alone @ root(covariance / np.outer(sd, sd)).T
    if metrics > 1:
        even = scrambled(even_points(DRAWS, periods + 1), SCRAMBLE)
        if 0 < felt(people, changes.cohort) <= MOST_TOGETHER:
            found[:, :-1] = luck_together(changes, people, even[:, :-1])
        if 0 < felt(before, changes.cohort) <= MOST_TOGETHER:
            # Where many reoffended before, every change looks larger.
            found[:, -1:] = -luck_together(changes, before, even[:, -1:])
    return found


def root(correlation: FloatArray) -> FloatArray:
    """A root of the nearest correlations that there can be, (metrics, metrics)."""
    correlation = np.clip(correlation, -MOST_CORRELATED, MOST_CORRELATED)
    np.fill_diagonal(correlation, 1.0)
    values, vectors = np.linalg.eigh(correlation)
    found = vectors * np.sqrt(np.maximum(values, 0.0))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def ranked(values: FloatArray, chances: FloatArray, luck: FloatArray, width: float = 0.0) -> FloatArray:
    """Of ``values`` with these ``chances``, those at the ranks of standard normal ``luck``; each is ``width`` wide."""
    rising = slice(None, None, 1 if values[-1] > values[0] else -1)
    values, chances = values[rising], np.maximum(chances[rising], 0.0)
    upto = np.cumsum(chances) / chances.sum()
    rank = ndtr(luck)
    place = np.minimum(np.searchsorted(upto, rank, side="left"), len(values) - 1)
    if not width:
        return np.asarray(values[place])
    inside = (upto[place] - rank) * chances.sum() / np.maximum(chances[place], 1e-300)
    return np.asarray(values[place] + width * (0.5 - np.clip(inside, 0.0, 1.0)))
