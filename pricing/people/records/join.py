"""Small cells joined until none is left, so that a cohort may leave the place where its records are.

People are parted in two again and again, along the factor that still changes their risk most, as long as both parts
are large enough; what cannot be parted is one cell (Mondrian: LeFevre, DeWitt and Ramakrishnan 2006). Everyone in it
gets the level of each factor whose effect is nearest to their mean, so that effects keep their mean in every cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pricing.errors import RecordsError
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.people.cells import Cells
from pricing.people.records.build import Settled, summed_up
from pricing.people.records.engines.engine import Progress, unheard
from pricing.people.records.thin import settle
from pricing.people.reoffence_counts import Histogram
from pricing.people.risk_curves import Curve

TWO_LEVELS, LEAST = 10.0, 0.3
"""Times that the effect of what has two levels, as a need has, counts, and its least effect in log-odds: such levels
have nothing between them, so a mixed cell would move people from one to the other, and prices are about needs."""
TENTHS_SPAN = 2.0
"""Log-odds that all tenths of deprivation count as, whatever their effect: prices are about places too."""
COUNT_WEIGHT = 0.5
"""Times that the effect of a count's level counts: its levels are close, so a mixed cell finds one at its mean.
On Georgia's records, cells of ten, these four moved half of the coefficients by under 0.4 of their standard errors and
the payback of an extra £1 by £0.0005; effects alone moved them by 4.4 and £0.02."""
LAST = 1e-3
"""Effect of a whole factor that is in no curve, as a place is: people are parted along it last."""


def join(exact: Settled, curve: Curve, smallest: int, progress: Progress = unheard) -> Settled:
    """The same people in cells of at least ``smallest``, with no count of outcomes from 1 to under it.

    ``curve`` is the binary curve of the exact cells. Holds for each side of the hold-out, for people with the outcome
    and without, and for the histogram.

    Raises
    ------
    RecordsError : a side of the hold-out is itself too small.
    """
    parts = Parting(exact.cells, effects(exact.cells, curve), smallest)
    codes = parts.codes(progress)
    joined, dropped = settle(replace(exact.cells, codes=codes), exact.given.factors, joined=True)
    histogram = None if exact.histogram is None else tail_joined(exact.histogram, smallest)
    less = f"{len(exact.cells.people):,} cells were joined into {len(joined.people):,} of at least {smallest} people"
    said = (*coarse(exact.said, smallest), less, *dropped, summed_up(joined))
    return replace(exact, cells=joined, histogram=histogram, said=said, smallest=smallest)


def coarse(said: Sequence[str], smallest: int) -> tuple[str, ...]:
    """What was said of the exact cells, without the sentences that count rows: few rows may be told by them."""
    return tuple(line for line in said if " row" not in line and " cells, " not in line)


def effects(cells: Cells, curve: Curve) -> dict[str, FloatArray]:
    """What tells levels apart when people are parted, by factor, (levels,), in log-odds and more for some kinds."""
    found, column = {}, 1
    for key, factor in cells.factors.items():
        line = np.arange(len(factor.levels)) / len(factor.levels)
        found[key] = LAST * line
        if key not in curve.rows:
            continue
        rows = curve.rows[key]
        effect = rows @ curve.coefficients[column : column + rows.shape[1]]
        column += rows.shape[1]
        if factor.kind == "decile":
            effect = TENTHS_SPAN * line
        elif len(effect) == 2:
            effect = TWO_LEVELS * np.array([0.0, max(abs(effect[1] - effect[0]), LEAST)])
        found[key] = found[key] + (COUNT_WEIGHT * effect if factor.kind == "count" else effect)
    return found


@dataclass(frozen=True, eq=False)
class Parting:
    """People parted along factors; ``effects`` by factor, (levels,); no part is under ``smallest``."""

    cells: Cells
    effects: Mapping[str, FloatArray]
    smallest: int

    def codes(self, progress: Progress) -> dict[str, IntArray]:
        """The level of each factor for every cell's people, (cells,), after joining."""
        found = {key: codes.copy() for key, codes in self.cells.codes.items()}
        sides = [np.flatnonzero(self.cells.held_out == side) for side in (False, True)]
        waiting = [side for side in sides if len(side)]
        if not all(self._large(*self._sums(side)) for side in waiting):
            raise RecordsError(f"One side of the hold-out is too small for cells of {self.smallest}: raise its share.")
        done = 0
        while waiting:
            part = waiting.pop()
            split = self._split(part)
            if split is None:
                self._level(part, found)
                done += len(part)
                progress("joining small cells", done / len(self.cells.people))
            else:
                waiting += [part[split], part[~split]]
        return found

    def _sums(self, part: IntArray) -> tuple[float, float]:
        return float(self.cells.people[part].sum()), float(self.cells.outcomes["reoffended"][part].sum())

    def _large(self, people: Any, reoffended: Any) -> BoolArray:
        """Whether people, and those with and without the outcome where there are any, are enough."""
        others = np.asarray(people) - reoffended
        enough = np.asarray(people) >= self.smallest
        for count in (np.asarray(reoffended), others):
            enough = enough & ((count == 0) | (count >= self.smallest))
        return np.asarray(enough)

    def _split(self, part: IntArray) -> BoolArray | None:
        """Which of a part's cells go one way, along the factor whose effects differ most; None where none serves."""
        people, reoffended = self.cells.people[part], self.cells.outcomes["reoffended"][part]
        spread = {key: self._spread(key, part, people) for key in self.effects}
        for key in sorted(spread, key=lambda name: -spread[name]):
            if spread[key] <= 0:
                return None
            codes = self.cells.codes[key][part]
            order = np.argsort(self.effects[key], kind="stable")
            rank = np.empty(len(order), dtype=np.int64)
            rank[order] = np.arange(len(order))
            ranks, size = rank[codes], len(order)
            below, below_again = (np.cumsum(np.bincount(ranks, sums, size))[:-1] for sums in (people, reoffended))
            rest, rest_again = people.sum() - below, reoffended.sum() - below_again
            serves = self._large(below, below_again) & self._large(rest, rest_again)
            if serves.any():
                at = int(np.argmax(np.where(serves, np.minimum(below, rest), -1)))
                return np.asarray(ranks <= at)
        return None

    def _spread(self, key: str, part: IntArray, people: FloatArray) -> float:
        """Variance over a part's people of what a factor adds."""
        effect = self.effects[key][self.cells.codes[key][part]]
        mean = people @ effect / people.sum()
        return float(people @ (effect - mean) ** 2 / people.sum())

    def _level(self, part: IntArray, found: dict[str, IntArray]) -> None:
        """Give a part's people one level of each factor."""
        people = self.cells.people[part]
        for key, effect in self.effects.items():
            codes = self.cells.codes[key][part]
            if (codes == codes[0]).all():
                continue
            mean = people @ effect[codes] / people.sum()
            there = np.unique(codes)
            found[key][part] = there[np.argmin(np.abs(effect[there] - mean))]


def tail_joined(histogram: Histogram, smallest: int) -> Histogram:
    """Numbers of reoffences joined with the next lower until each is had by enough people, at their mean number.

    Each side of the hold-out by itself; reoffences in all stay the same.
    """
    rows: list[tuple[bool, float, float]] = []
    for side in (False, True):
        mine = histogram.where(histogram.held_out == side)
        order = np.argsort(-mine.reoffences)
        bins: list[tuple[float, float]] = []
        for number, people in zip(mine.reoffences[order], mine.people[order], strict=True):
            if bins and bins[-1][1] < smallest:
                had, held = bins[-1]
                bins[-1] = ((had * held + number * people) / (held + people), held + people)
            else:
                bins.append((float(number), float(people)))
        if len(bins) > 1 and bins[-1][1] < smallest:
            (low, few), (high, many) = bins.pop(), bins.pop()
            bins.append(((low * few + high * many) / (few + many), few + many))
        rows += [(side, number, people) for number, people in reversed(bins)]
    held_out, reoffences, people = zip(*rows, strict=True)
    return Histogram(np.array(held_out), np.array(reoffences), np.array(people))


def smallest_counts(cells: Cells, histogram: Histogram | None) -> float:
    """The smallest count above 0 that a cohort's files tell: of people, with and without the outcome, by cell."""
    reoffended = cells.outcomes["reoffended"]
    told = [cells.people, reoffended, cells.people - reoffended]
    if histogram is not None:
        told.append(histogram.people)
    return float(min(count[count > 0].min() for count in told if (count > 0).any()))


def moved(exact: Mapping[str, Curve], joined: Mapping[str, Curve], cells: Cells) -> list[str]:
    """What joining did to each curve, as sentences: the coefficient that moved most, and how far risks moved.

    ``cells`` are the exact ones. The terms of a spline are left out: their meaning hangs on the people.
    """
    lines = []
    for kind, curve in exact.items():
        other = joined[kind]
        shared = [term for term in curve.terms if term in other.terms and "spline" not in term and term != "intercept"]
        line = f"{kind}:"
        if shared:
            at = [curve.terms.index(term) for term in shared]
            before, errors = curve.coefficients[at], np.sqrt(np.diag(curve.covariance)[at])
            after = other.coefficients[[other.terms.index(term) for term in shared]]
            steps = np.abs(after - before) / errors
            most = int(np.argmax(steps))
            line += (
                f" {shared[most]} moved most, from {before[most]:.3f} to {after[most]:.3f}, {steps[most]:.1f} of its "
                f"standard errors; half of the terms moved by {np.median(steps):.1f} of theirs or less;"
            )
        if all(key in curve.rows and rows.shape[0] == curve.rows[key].shape[0] for key, rows in other.rows.items()):
            risks = [one.predict(cells.codes) for one in (curve, other)]
            gap = np.average(np.abs(risks[1] / risks[0] - 1), weights=cells.people)
            line += f" a person's risk moved by {gap:.1%} of itself on average"
        lines.append(line.rstrip(";:"))
    return lines
