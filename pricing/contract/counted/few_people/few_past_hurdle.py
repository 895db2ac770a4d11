"""A binary hurdle on what up to a dozen people come to: years of them are drawn, evenly, person by person.

Of so few it matters who comes, how often they reoffend and whether at all, all together. Both changes follow the
provider's line: what one of them alone would move is not told apart, and is said to be the reoffences'.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.baseline import TIE
from pricing.contract.counted.few_people.few_quarters import KnownYear, paid
from pricing.contract.counted.hurdle_of_counts import MeasuredBaseline
from pricing.contract.even_points import even_ranks
from pricing.contract.hurdle import HurdleByChange
from pricing.contract.payment_rule import Number, PaymentRule
from pricing.people.arrays import FloatArray, IntArray
from pricing.price.metric_formulas import ALPHA
from pricing.price.schedule import outcome
from pricing.resources.pause import pause
from pricing.scenario.metrics import GATE, GATED

MOST_PERSONS = 12
"""People of a measure, or of the year that tops its quarters up, up to whom they are drawn one by one."""
TIMES = 4
"""Times that 8,192 years are drawn: the same on every machine, and at every true change."""
LEAST_BOUTS, MOST_OFTEN = 1e-9, 1000
"""An alpha that is as good as none, and reoffences of one person at most."""


@dataclass(frozen=True)
class KnownPast:
    """What a ``year`` pays on average at one true change, whatever changes are asked for."""

    year: KnownYear

    def expected(self, change: Number, binary: Number) -> FloatArray:
        """Expected pay."""
        return np.full(np.broadcast(change, binary).shape, self.year.pay)

    def marginal(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Derivatives of expected pay by both true changes: none, at these."""
        none = np.zeros(np.broadcast(change, binary).shape)
        return none, none

    def chance(self, change: Number, binary: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        return np.full(np.broadcast(change, binary).shape, self.year.paid)

    def rewards(self) -> "KnownPast":
        """The same with its rewards alone."""
        return KnownPast(self.year.rewards())


@dataclass(frozen=True, eq=False)
class FewPersons:
    """People drawn from a cohort: the ``cell`` of each and the ``rank`` of how often they reoffend, (people, years).

    ``before`` has the ranks of a baseline's node and of its two noises, (3, years).
    """

    changes: Changes
    cell: IntArray
    rank: FloatArray
    before: FloatArray

    @classmethod
    def drawn(cls, changes: Changes, people: int) -> "FewPersons":
        """So many ``people``, each from all cells, in each of the years."""
        ranks = even_ranks(2 * people + 3, TIMES)
        risk = changes.risk
        order = np.lexsort((risk.rate, changes.weight))
        upto = np.cumsum(changes.cohort.people[order])
        cell = order[np.minimum(np.searchsorted(upto / upto[-1], ranks[:people], side="right"), len(order) - 1)]
        return cls(changes, cell, ranks[people : 2 * people], ranks[2 * people :])

    def measured(self, effect: FloatArray | None) -> tuple[FloatArray, FloatArray]:
        """Change of reoffences and of reoffenders that each of them brings, (people, years), after an ``effect``."""
        changes = self.changes
        risk = changes.risk if effect is None else changes.risk.after(effect)
        p, rate = risk.reoffending(0.0)[self.cell], risk.rate[self.cell]
        who = self.rank >= 1 - p
        often = np.zeros_like(self.rank)
        often[who] = reoffences((self.rank[who] - 1 + p[who]) / p[who], p[who], rate[who])
        return self._beside_target(GATED, often), self._beside_target(GATE, who.astype(float))

    def _beside_target(self, metric: str, counted: FloatArray) -> FloatArray:
        """By how much less is ``counted`` than what each is held against, a share of the cohort's baseline."""
        changes, before = self.changes, outcome(metric, self.changes.risk, 0.0)
        target = before if changes.own_target else np.full_like(before, changes.cohort.mean(before))
        base = changes.base[changes.metrics.index(metric)]
        return np.asarray(changes.weight[self.cell] * (target[self.cell] - counted) / base)


def reoffences(rank: FloatArray, p: FloatArray, rate: FloatArray) -> FloatArray:
    """How often those reoffend who do, at a ``rank`` among them; their risk ``p`` and expected reoffences, (people,).

    Once, and a negative binomial number of times more, whose variance is that of the curves where it can be.
    """
    again = rate / p
    more = np.maximum(again - 1, LEAST_BOUTS)
    spread = again + ALPHA * rate * again - (1 - p) * again**2
    bouts = np.clip((spread - more) / more**2, LEAST_BOUTS, ALPHA * rate / more)
    chance, number = np.exp(-np.log1p(bouts * more) / bouts), 0
    found, upto, on = (again > 1).astype(float), chance.copy(), np.flatnonzero((rank >= chance) & (again > 1))
    found[again <= 1] = (rank >= 1 - again)[again <= 1]
    while len(on) and number < MOST_OFTEN:
        step = more[on] * (1 + number * bouts[on]) / ((1 + bouts[on] * more[on]) * (number + 1))
        chance[on] *= step
        upto[on] += chance[on]
        found[on] += 1
        number += 1
        on = on[rank[on] >= upto[on]]
    return found


def few_past_hurdle(
    changes: Changes,
    size: tuple[int, int],
    rules: tuple[PaymentRule, PaymentRule],
    baseline: MeasuredBaseline,
    levels: list[tuple[float, FloatArray | None]],
    standing: float,
) -> HurdleByChange:
    """Pay by the ``rules`` of a measure and of the year, where so many people are in each of so many measures.

    ``levels`` are true changes of reoffences, and the effects (cells,) that bring them about, none for people as they
    were; ``standing`` is the change against the target with no effect.
    """
    people, parts = size
    persons = FewPersons.drawn(changes, people * parts)
    upto = np.cumsum(baseline.weight)[:-1]
    node = np.searchsorted(upto, persons.before[0], side="right")
    off = baseline.errors[node] + baseline.blur[node] * ndtri(persons.before[1])
    gate = baseline.over[node] + baseline.noise[node] * ndtri(persons.before[2])
    each = []
    for _, effect in levels:
        pause()
        of_each, of_all = (one.reshape(parts, people, -1).mean(axis=1) for one in persons.measured(effect))
        each.append(KnownPast(paid(rules, of_each + off + TIE, of_all.mean(axis=0) + gate >= -TIE)))
    return HurdleByChange(np.array([change for change, _ in levels]) + standing, tuple(each))
