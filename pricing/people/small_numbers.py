"""Which figures of a table may be shown: no small group, and none that subtraction would give back.

The rule. No count under 10 is shown and no rate or mean over fewer than 30 people (:data:`RULE`). What is hidden
for that reason cannot be worked out from the rest: whatever is added up and taken away from the figures that are shown,
each hidden small group, and each union of hidden groups that can be told apart, could still be as large as the limit.
So where one small group is hidden beside a shown total, the smallest of the others is hidden with it.

- One way (1-d): the groups with their total. The hidden groups together have at least the limit, and are two or more.
- Two ways (2-d): the groups with their row and column totals, which are themselves shown by the one-way rule, and the
  total of all. Each hidden small group, or margin, is the corner of a rectangle of hidden ones: raising it by t and
  moving its neighbours by t changes no total, and there is room to raise it to the limit. Where no rectangle serves, no
  group within the table is shown, and the margins alone stand.
- Several one-way tables of the same people, each with the same total, are safe beside each other if each is: they share
  nothing but that total. That does not hold where one is a merging of another's groups: show them as two ways.

A group that nobody is in is hidden as a count under 10 too. An upper limit is what is held: that a hidden group is at
least 1 may be known. A table's own shares of 0 and 100% tell something about everyone in it whatever is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.cells import SMALLEST_COUNT, SMALLEST_GROUP
from pricing.people.cohort import Cohort
from pricing.scenario.terms import OWN_TABLE


@dataclass(frozen=True, eq=False)
class Limited:
    """A quantity of each group, such as its people, and the least that may be told of it.

    ``none_may_show``: a group that has none of it is not hidden for that.
    """

    values: FloatArray
    limit: float
    none_may_show: bool = False

    @property
    def small(self) -> BoolArray:
        """Which groups have less than may be told."""
        return np.asarray((self.values < self.limit) & ~(self.none_may_show & (self.values == 0)))

    def over(self, axis: int) -> "Limited":
        """The totals along an axis, with the same limit."""
        return Limited(self.values.sum(axis=axis), self.limit, self.none_may_show)


@dataclass(frozen=True)
class Rule:
    """The smallest count shown, and the fewest people over whom a rate or a mean is shown."""

    count: float = SMALLEST_COUNT
    people: float = SMALLEST_GROUP


RULE = Rule()
WHOLE = Rule(0.0, 0.0)
"""Everything is shown: the rule for a reader's own table, whose figures are theirs already."""


def rule_for(cohort: Cohort) -> Rule:
    """The rule for a cohort: a reader's own table states its risks and is shown whole; people from records are not."""
    return WHOLE if cohort.name == OWN_TABLE and cohort.fitted is None else RULE


def shown_counts(people: FloatArray, rule: Rule = RULE) -> BoolArray:
    """Which counts may be shown beside their totals, True where shown; shape of ``people``, 1-d or 2-d.

    The totals of a 2-d table are shown as this function says of ``people.sum(axis=...)``; the total of all where
    :func:`shown_total` says so.
    """
    return _shown([Limited(np.asarray(people, dtype=np.float64), rule.count)])


def shown_rates(
    people: FloatArray, rule: Rule = RULE, events: FloatArray | None = None, *, modelled: bool = False
) -> BoolArray:
    """Which rates and means over ``people`` may be shown beside that of everyone, True where shown; 1-d or 2-d.

    A rate is shown only where its count of people is. ``events`` are observed numbers of people, as of reoffenders: a
    rate with its people tells that number, and its complement, so neither may be under the count either. Where they
    are ``modelled``, none and all may show: that follows from the price, not from a record of anybody.
    """
    people = np.asarray(people, dtype=np.float64)
    told = [Limited(people, rule.count), Limited(people, rule.people)]
    if events is not None:
        told += [Limited(number, rule.count, modelled) for number in (events, people - events)]
    # First what the counts hide: a rate beside a hidden count, and the mean of all, would tell that count.
    return _shown(told, first=told[:1])


def shown_total(people: FloatArray, rule: Rule = RULE, events: FloatArray | None = None) -> bool:
    """Whether a rate of everyone may be shown, and so any rate at all."""
    everyone = np.array([np.sum(people)])
    return bool(shown_rates(everyone, rule, None if events is None else np.array([np.sum(events)])).all())


def _shown(told: Sequence[Limited], first: Sequence[Limited] = ()) -> BoolArray:
    hide = _hidden_one_way if told[0].values.ndim == 1 else _hidden_two_ways
    hidden: BoolArray = hide(told, hide(first) if first else None)
    return ~hidden


def _hidden_one_way(told: Sequence[Limited], already: BoolArray | None = None) -> BoolArray:
    """Hide what is under a limit, then the smallest others until all that is hidden reaches every limit."""
    people = told[0].values
    hidden: BoolArray = np.zeros(people.shape, dtype=bool) if already is None else already.copy()
    for one in told:
        hidden |= one.small

    def too_few() -> bool:
        together = any(one.values[hidden].sum() < one.limit for one in told if np.any(hidden & one.small))
        return bool(hidden.any()) and (hidden.sum() < 2 or together)

    while not hidden.all() and too_few():
        hidden[np.argmin(np.where(hidden, np.inf, people))] = True
    return hidden


def _hidden_two_ways(told: Sequence[Limited], already: BoolArray | None = None) -> BoolArray:
    """Hide what is under a limit within the table, and rectangles through each; everything where none serves."""
    rows, columns = (_hidden_margin(told, axis, first=already is not None) for axis in (1, 0))
    hidden = np.zeros((len(rows) + 1, len(columns) + 1), dtype=bool)
    hidden[:-1, -1], hidden[-1, :-1] = rows, columns
    if already is not None:
        hidden[:-1, :-1] = already
    for one in told:
        hidden[:-1, :-1] |= one.small
    for one in told:
        whole = Limited(with_margins(one.values), one.limit, one.none_may_show)
        for row, column in np.argwhere(hidden & whole.small):
            found = _rectangle(whole.values, hidden, (int(row), int(column)), one.limit)
            if found is None:
                return np.ones(one.values.shape, dtype=bool)
            hidden[np.ix_((row, found[0]), (column, found[1]))] = True
    return hidden[:-1, :-1]


def _hidden_margin(told: Sequence[Limited], axis: int, *, first: bool) -> BoolArray:
    """The totals along an axis that the one-way rule hides, as :func:`_shown` would."""
    summed = [one.over(axis) for one in told]
    return np.logical_not(_shown(summed, summed[:1] if first else ()))


def with_margins(values: FloatArray) -> FloatArray:
    """A table (rows, columns) with its totals as a last row and a last column."""
    wide = np.column_stack([values, values.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


def _rectangle(whole: FloatArray, hidden: BoolArray, at: tuple[int, int], limit: float) -> tuple[int, int] | None:
    """The opposite corner of the rectangle that leaves room to raise ``at`` to the limit and hides least more.

    ``whole`` and ``hidden`` have the totals as last row and column. Two groups in a line move against each other, a
    group and the total of its line move together; what moves down has to have that much. Totals are not hidden anew.
    """
    row, column = at
    inner_row, inner_column = np.arange(len(whole)) < len(whole) - 1, np.arange(whole.shape[1]) < whole.shape[1] - 1
    down_beside = inner_column & inner_column[column]
    down_below = inner_row & inner_row[row]
    down_opposite = down_below[:, np.newaxis] != down_beside[np.newaxis, :]
    room = np.minimum(
        np.minimum(np.where(down_beside, whole[row], np.inf), np.where(down_below, whole[:, column], np.inf)[:, None]),
        np.where(down_opposite, whole, np.inf),
    )
    margin = ~(inner_row[:, np.newaxis] & inner_column[np.newaxis, :])
    # Each new group hidden costs more than all people together; a total that is shown costs everything.
    cost = np.where(hidden, 0.0, np.where(margin, np.inf, whole[-1, -1] + whole))
    summed = cost[row][np.newaxis, :] + cost[:, column][:, np.newaxis] + cost
    summed = np.where(whole[row, column] + room >= limit, summed, np.inf)
    summed[row, :], summed[:, column] = np.inf, np.inf
    best = np.unravel_index(np.argmin(summed), summed.shape)
    return None if np.isinf(summed[best]) else (int(best[0]), int(best[1]))
