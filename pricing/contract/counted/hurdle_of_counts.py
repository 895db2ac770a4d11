"""A binary hurdle where few people are counted: how many reoffend and how often, jointly.

Pay is tabulated by the change of reoffences, and by how far that of reoffenders is from what it is where all log-odds
fall alike. At each change of reoffences their number has its own exact distribution (`offenders`), and from each number
follows the chance that the hurdle is passed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy.interpolate import RectBivariateSpline
from scipy.special import ndtr, ndtri, roots_hermitenorm

from pricing.contract.counted.baseline import ANY, TIE
from pricing.contract.counted.offenders import LUMPY, Offenders
from pricing.contract.pay_under_luck import FEW, TABLED
from pricing.contract.payment_rule import Number, PaymentRule
from pricing.people.arrays import FloatArray
from pricing.resources.pause import pause

BESIDE = 0.15
"""Change of reoffenders, beside that of everyone alike, up to which pay is tabulated; it hardly changes from there."""
PER_SPREAD, FEWEST, MOST = (9.0, 2.6), (36, 16), (128, 128)
"""Places in one standard deviation of the luck in a measure at which pay is tabulated, by each change; fewest, most."""
COUNTS = 400
"""Points of the lattice that are told apart in the chance to pass."""
COMMON, CLOSEST = 5, 0.999
"""Nodes of what the errors of a baseline have in common; and the correlation beyond which they are as good as one."""
ERRORS, MANY = 20, 400
"""Errors of reoffences that are told apart where a baseline is counted; and many, which are as good as all."""
FINE = 0.04
"""Standard deviations of noise."""
LIKELY = 1e-11
"""A chance of a point that is looked at."""


@dataclass(frozen=True, eq=False)
class MeasuredBaseline:
    """The errors of a baseline that is measured on so many ``people``, 0 if it is known: arrays (nodes,).

    ``weight`` of each; by how much the changes of reoffences and of reoffenders are off there (``errors``, ``over``),
    and the normal noise that each of the two has there beside (``blur``, ``noise``).
    """

    people: int
    weight: FloatArray
    errors: FloatArray
    blur: FloatArray
    over: FloatArray
    noise: FloatArray

    @classmethod
    def known(cls) -> "MeasuredBaseline":
        """That of a baseline without error."""
        return cls(0, np.ones(1), *np.zeros((4, 1)))

    @classmethod
    def normal(cls, people: int, sd: float, binary_sd: float, correlation: float) -> "MeasuredBaseline":
        """Errors of many people: nodes of what both have in common."""
        at, weights = roots_hermitenorm(COMMON)
        common = float(np.clip(correlation, 0.0, CLOSEST))
        shared, alone = common**0.5 * at, np.full(COMMON, (1 - common) ** 0.5)
        return cls(people, weights / weights.sum(), sd * shared, sd * alone, binary_sd * shared, binary_sd * alone)

    @classmethod
    def normal_at_many(cls, people: int, sd: float, binary_sd: float, correlation: float) -> "MeasuredBaseline":
        """The same at MANY nodes that are equally likely, each an error of reoffences."""
        common = float(np.clip(correlation, 0.0, CLOSEST))
        at, none = ndtri((np.arange(MANY) + 0.5) / MANY), np.zeros(MANY)
        alone = np.full(MANY, binary_sd * (1 - common**2) ** 0.5)
        return cls(people, np.full(MANY, 1 / MANY), sd * at, none, binary_sd * common * at, alone)

    @classmethod
    def counted(cls, people: Offenders, errors: int = ERRORS) -> "MeasuredBaseline":
        """Errors of few ``people``: as many nodes of reoffences as are about equally likely."""
        given = people.given(0.0)
        ever = given[0] > 0  # what one person has done leaves gaps
        chance, mean, spread, change = (each[ever] for each in (*given, people.changes))
        chance = chance / chance.sum()
        node = np.minimum((errors * (np.cumsum(chance) - chance / 2)).astype(np.int64), errors - 1)
        node = np.unique(node, return_inverse=True)[1]
        weight = np.bincount(node, chance).astype(np.float64)

        def moments(values: FloatArray, inside: FloatArray | float) -> tuple[FloatArray, FloatArray]:
            first = np.bincount(node, chance * values) / weight
            second = np.bincount(node, chance * (values**2 + inside)) / weight
            return first, np.sqrt(np.maximum(second - first**2, 0.0))

        (error, blur), (over, noise) = moments(-change, 0.0), moments(-mean, spread**2)
        return cls(people.size, weight, error, blur, over, noise)


class Pays(Protocol):
    """What a year pays by the change of reoffences that its people measure."""

    def __call__(self, change: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Pay past the hurdle, pay short of it and the chance of any past it, at a true ``change``: (nodes, points)."""
        ...

    def rewards(self) -> "Pays":
        """The same with its rewards alone."""
        ...


@dataclass(frozen=True, eq=False)
class ByRule:
    """Pay by a ``rule`` past the hurdle and by its losses short of it, measured on ``people``; ``standing`` of it."""

    rule: PaymentRule
    people: Offenders
    baseline: MeasuredBaseline
    standing: float

    def __call__(self, change: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The same at every ``change``."""
        return self._found

    def rewards(self) -> "ByRule":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0))

    @cached_property
    def _found(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        measured = self.people.changes + self.standing + self.baseline.errors[:, None] + TIE
        losses = self.rule.at_most(0.0)
        chance = [blurred(self.rule.chance, *each) for each in zip(measured, self.baseline.blur, strict=True)]
        if not self.baseline.blur.any():
            return self.rule(measured), losses(measured), (self.rule(measured) > ANY).astype(float)
        past, held = (
            np.array([blurred(rule.expected, *each) for each in zip(measured, self.baseline.blur, strict=True)])
            for rule in (self.rule, losses)
        )
        return past, held, np.array(chance)


@dataclass(frozen=True, eq=False)
class CountedHurdle:
    """Pay by the changes of reoffences and of reoffenders that ``people`` measure.

    ``pays`` says what is paid past the hurdle and short of it; ``standing`` are both changes against the target with no
    effect, which are part of the changes that functions are given. ``most`` is the true change of reoffences once
    support does all that it can, 0 where that is not known; ``once`` as in `Exact`.
    """

    pays: Pays
    people: Offenders
    baseline: MeasuredBaseline
    standing: tuple[float, float] = (0.0, 0.0)
    most: float = 0.0
    once: bool = False

    def expected(self, change: Number, binary: Number) -> FloatArray:
        """Expected pay at true changes of the measure and of the binary rate."""
        return self._at(change, binary, 0)

    def marginal(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray]:
        """Derivatives of expected pay by the true change of the measure, and by that of the binary rate."""
        x, beside, slope, inside = self._inside(change, binary)
        own = self._tabled(x, beside, 0, (1, 0))
        over = inside * self._tabled(x, beside, 0, (0, 1))
        return np.asarray(own - over * slope), np.asarray(over)

    def chance(self, change: Number, binary: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        return np.clip(self._at(change, binary, 1), 0.0, 1.0)

    def rewards(self) -> "CountedHurdle":
        """The same with its rewards alone."""
        return replace(self, pays=self.pays.rewards(), once=True)

    def _at(self, change: Number, binary: Number, part: int) -> FloatArray:
        """Expected pay or the chance of any (``part`` 0, 1) at both true changes."""
        x, beside, *_ = self._inside(change, binary)
        if not self.once or x.size > FEW:
            return self._tabled(x, beside, part)
        places = zip(np.ravel(x), np.ravel(beside), strict=True)
        found = [self._row(float(one), np.array([other]))[part, 0] for one, other in places]
        return np.reshape(found, x.shape)

    def _inside(self, change: Number, binary: Number) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Both changes as tabulated, the second beside the first; slope of the second by the first; whether inside."""
        x, y = np.broadcast_arrays(np.asarray(change) - self.standing[0], np.asarray(binary) - self.standing[1])
        x = np.clip(x, *self._ends)
        alike, slope = self.people.along(x)
        beside = y - alike
        return x, np.clip(beside, -BESIDE, BESIDE), slope, (np.abs(beside) < BESIDE).astype(float)

    def _passing(self, change: float, beside: FloatArray, spread: tuple[FloatArray, ...]) -> FloatArray:
        """Chance to pass at a true ``change``, from each point and ``beside`` it: (nodes, points, beside)."""
        people, baseline = self.people, self.baseline
        least = people.least(baseline.people)
        if people.whole and people.drawn and people.size <= LUMPY:
            left = 1 - np.arange(people.size + 1) * people.weight[0] / (people.size * people.means[0])
            over = left + self.standing[1] + baseline.over[:, None]
            noise = baseline.noise[:, None]
            known = not noise.any()
            let = (over >= -TIE).astype(float) if known else ndtr((over - least) / np.maximum(noise, TIE))
            found = people.passed(change, let)
            alike = float(people.along(np.array(change))[0])
            # Where fewer reoffend than that, a number of reoffences comes from fewer people.
            points = np.arange(found.shape[1])
            place = points[:, None] * (1 - alike - beside) / (1 - alike)
            return np.array([np.interp(place, points, each) for each in found])
        mean, sd = spread
        over = (mean + self.standing[1] - least)[:, None] + beside + baseline.over[:, None, None]
        return np.asarray(ndtr(over / np.hypot(sd[:, None], baseline.noise[:, None, None])))

    def _tabled(self, x: FloatArray, beside: FloatArray, part: int, derived: tuple[int, int] = (0, 0)) -> FloatArray:
        """Expected pay or the chance of any (``part`` 0, 1) at tabulated changes, ``derived`` so often by each."""
        found = self._tables[part].ev(np.ravel(x), np.ravel(beside), *derived)
        return np.asarray(found).reshape(np.shape(x))

    @property
    def _ends(self) -> tuple[float, float]:
        """True changes of reoffences that are tabulated, first and last: what support can do, where that is known."""
        return (0.0, self.most) if self.most else TABLED

    @cached_property
    def _tables(self) -> tuple[RectBivariateSpline, RectBivariateSpline]:
        """Expected pay and the chance of any by both changes.

        Both are as smooth as the luck in a measure is wide. Support begins and ends along the first, and the line bends
        there: pieces hold that where one polynomial swings on either side.
        """
        people = self.people
        spread = people.given(0.0)[2]
        middle = float(spread[np.argmin(np.abs(people.changes))])
        wide = (self._ends[1] - self._ends[0], 2 * BESIDE)
        blur = people.sd / (people.size * people.means[1]), float(np.hypot(middle, self.baseline.noise.mean()))
        places = np.clip(np.array(PER_SPREAD) * wide / np.maximum(blur, TIE), FEWEST, MOST).astype(np.int64)
        at, beside = np.linspace(*self._ends, places[0]), np.linspace(-BESIDE, BESIDE, places[1])
        values = np.zeros((2, *places))
        for row, change in enumerate(at):
            pause()
            values[:, row] = self._row(float(change), beside)
        pay, any_pay = (RectBivariateSpline(at, beside, each) for each in values)
        return pay, any_pay

    def _row(self, change: float, beside: FloatArray) -> FloatArray:
        """Expected pay and the chance of any at a true ``change`` and each place ``beside``: (2, beside)."""
        chances, mean, sd = self.people.given(change)
        past, held, chance = self.pays(change)
        some = np.flatnonzero(chances > LIKELY)
        first = np.arange(0, len(some), max(len(some) // COUNTS, 1))
        lumpy = self.people.whole and self.people.drawn and self.people.size <= LUMPY
        if lumpy:
            first = np.arange(len(some))
        together = np.add.reduceat(chances[some], first)
        spread = tuple(np.add.reduceat(chances[some] * each[some], first) / together for each in (mean, sd))
        passing = self._passing(change, beside, spread)
        if lumpy:
            passing = passing[:, some]
        found = np.zeros((2, len(beside)))
        for node, weight in enumerate(self.baseline.weight):
            more, any_pay = (np.add.reduceat(chances[some] * each[node][some], first) for each in (past - held, chance))
            found[0] += weight * (more @ passing[node] + chances[some] @ held[node][some])
            found[1] += weight * (any_pay @ passing[node])
        return found


def blurred(made: Callable[[FloatArray, float], FloatArray], change: FloatArray, sd: float) -> FloatArray:
    """What is ``made`` of each change with normal noise ``sd``; of many changes, read off between places FINE apart.

    What a jump of 1 is missed by there is under FINE squared / 32.
    """
    low, high = float(change.min()), float(change.max())
    places = int((high - low) / (FINE * sd)) + 2 if sd > 0 else change.size + 1
    if places > change.size:
        return np.asarray(made(change, sd))
    at = np.linspace(low, high, places)
    return np.interp(change, at, made(at, sd))
