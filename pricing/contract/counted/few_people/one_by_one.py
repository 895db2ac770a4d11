"""Luck in a measure of one person, or of two or three: what each may come to, person by person.

Of so few nothing is smooth. Whoever has no need to meet has not moved at all, and whoever reoffends not once is paid
what was expected of them: who that is has to be told cell by cell, and no change has to be a point of its own. What one
person drawn from all cells comes to goes to a fine lattice near no change, and to a coarse one, its mean kept, further
off; several are that distribution several times.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.fft import next_fast_len

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.few_people.persons import Grid, Persons
from pricing.contract.counted.lattice_sum import LEFTS
from pricing.contract.effort_line import OneMetric, OnLine
from pricing.people.arrays import FloatArray, IntArray
from pricing.resources.pause import pause

ONE_BY_ONE, MOST_CELLS = 3, 20_000
"""People measured at a time up to whom they are told apart cell by cell; and cells that are, at most."""
NEAR, FINE, COARSE = 5.0, 2000, 1 << 14
"""What is near no change, in what is measured of one person with none; points of its lattice in that; and points of the
lattice of all that one person may come to."""
ALIKE = np.linspace(-1.0, 4.0, 51)
"""Falls in everyone's log-odds at which people are looked at where no line of a provider's says who is helped."""


@dataclass(frozen=True, eq=False)
class OneByOne:
    """What is measured of ``size`` people, each drawn from all cells of a cohort.

    ``line`` has the chances of what one of them may come to, at places of a provider's line: at the points of a
    ``fine`` lattice what is near no change, the same on a ``coarse`` one, and there what is further off: (places, fine
    and two times coarse points). ``scale`` is what is measured of one with no change, and ``standing`` the whole
    cohort's against the target with no effect, a share of that.
    """

    size: int
    scale: float
    standing: float
    fine: Grid
    coarse: Grid
    line: OnLine
    width = 0.0

    @classmethod
    def like(cls, changes: Changes, metric: str, size: int, line: OneMetric | None = None) -> "OneByOne":
        """``size`` people who are like a cohort, whose risks fall along a ``line``, or all alike without one."""
        line, people = reached(line or everyone_alike(changes, metric)), Persons.of(changes, metric)
        scale = float(changes.base[changes.metrics.index(metric)])
        ends = people.ends(changes.risk.after(line.effect[0]))
        near = max(ends[0], -NEAR * scale), min(ends[1], NEAR * scale)
        fine, coarse = Grid.within(near, scale / FINE), Grid.within(ends, (ends[1] - ends[0]) / COARSE)

        def chances(effect: FloatArray) -> FloatArray:
            pause()
            found = [np.zeros(fine.points), np.zeros(coarse.points), np.zeros(coarse.points)]
            for chance, measured in people.measured(changes.risk.after(effect)):
                close = (measured >= near[0]) & (measured <= near[1])
                found[0] += fine.nearest(chance[close], measured[close])
                found[1] += coarse.holding(chance[close], measured[close])
                found[2] += coarse.holding(chance[~close], measured[~close])
            return np.concatenate(found)

        standing = people.standing(changes.risk) / scale
        return cls(size, scale, standing, fine, coarse, OnLine(line.at, line.each(chances)))

    @cached_property
    def _points(self) -> FloatArray:
        """Measured change at each point of both lattices of the sum, as they come."""
        return np.concatenate([each.sums(self.size) for each in (self.fine, self.coarse)]) / (self.size * self.scale)

    @cached_property
    def _falling(self) -> IntArray:
        """Points of both in one row, the largest change first."""
        return np.argsort(-self._points, kind="stable")

    @cached_property
    def changes(self) -> FloatArray:
        """Measured change at each point, a share of the baseline."""
        return np.asarray(self._points[self._falling] - self.standing)

    def chances(self, change: FloatArray) -> FloatArray:
        """Chance of each point at true changes, (changes, points)."""
        return np.array([self._sum(float(at))[0] for at in np.ravel(change)])

    def means(self, change: FloatArray, values: FloatArray) -> FloatArray:
        """What is expected of ``values`` (kinds, points) at true changes, (changes, kinds)."""
        return self.means_and_slopes(change, values)[0]

    def means_and_slopes(self, change: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same and its derivative by the true change."""
        found = np.array([self._sum(float(at)) @ values.T for at in np.ravel(change)])
        return found[:, 0], found[:, 1]

    def _sum(self, change: float) -> FloatArray:
        """Chance of each point of the sum at a true ``change``, and its derivative by it: (2, points)."""
        pause()
        at = self.line.at
        one = np.stack(self.line(float(np.clip(change, at[0], at[-1]))))
        one[1] *= at[0] <= change <= at[-1]
        near, same, far = np.split(one, [self.fine.points, self.fine.points + self.coarse.points], axis=1)
        # Where all of them are near no change is known finely; what is not, there and beyond, coarsely.
        beyond = far if self.size == 1 else summed(same + far, self.size) - summed(same, self.size)
        return np.concatenate([self._settled(summed(near, self.size)), beyond], axis=1)[:, self._falling]

    def _settled(self, near: FloatArray) -> FloatArray:
        """Sums on the fine lattice, (2, points), with no change as what it may have been rounded to."""
        none, off = self.size * self.fine.first, self.size - 1
        around = slice(none - off, none + off + 1)
        whole = near[:, around].sum(axis=1)
        near[:, around] = 0.0
        near[:, none] = whole
        return near


def summed(one: FloatArray, size: int) -> FloatArray:
    """Chances of the sum of so many alike, and their derivative, (2, points), from those of ``one`` of them."""
    if size == 1:
        return one
    length = size * (one.shape[1] - 1) + 1
    each = np.fft.rfft(one, next_fast_len(length, real=True))
    every = each[0] ** (size - 1) * each * np.array([[1.0], [size]])
    return np.asarray(np.fft.irfft(every, next_fast_len(length, real=True))[:, :length])


def everyone_alike(changes: Changes, metric: str) -> OneMetric:
    """The line along which everyone's log-odds fall alike."""
    every = [np.full_like(changes.weight, effect) for effect in ALIKE]
    place = changes.metrics.index(metric)
    return OneMetric(np.array([changes.at(effect)[place] for effect in every]), every)


def reached(line: OneMetric) -> OneMetric:
    """The part of a line that is asked about, and the places next to it."""
    low, high = (float(1 - left) for left in LEFTS[::-1])
    first = max(int(np.searchsorted(line.at, low, side="right")) - 1, 0)
    last = int(np.searchsorted(line.at, high)) + 1
    return OneMetric(line.at[first:last], line.effect[first:last])
