"""How far luck carries a measured rate from the true one.

The count of people who reoffend in a cohort is a Poisson-binomial variable. Up to `EXACT_UP_TO` people its exact
distribution is used, beyond that the normal one; at the switch the two differ by less than 0.012 in a chance, since a
threshold stands on either side of a whole person, and 2% of the results money in what is expected (held by a test). So
it is with needs that are met, and with people who do not all count alike (`tries`). Numbers of reoffences and their
harm are counted exactly too, of harm up to more people, since they are skewed (`events`), and so are the quarters of a
year that tops them up (`quarters_of_counts`), the people of a baseline (`baseline`) and a hurdle (`hurdle_of_counts`).
Blends with a limit in common are taken as normal. Support goes where it pays best: luck is that of the people as the
provider's line of prices leaves them (`pricing.contract.effort_line`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Protocol, cast

import numpy as np
from numpy.polynomial.chebyshev import chebval
from scipy.fft import dct
from scipy.interpolate import CubicSpline

from pricing.contract.counted.baseline import ANY, TIE, BaselineError, CountedSum
from pricing.contract.payment_rule import Number, PaymentRule
from pricing.people.arrays import FloatArray
from pricing.resources.pause import pause

EXACT_UP_TO = 5000
"""People measured at a time up to whom the exact distribution is used."""
TABLED = -0.25, 0.7
"""True changes over which expected pay is tabulated; beyond them it is worked out each time."""
FEWEST_TERMS, MOST_TERMS = 32, 512
TABLE_ERROR = 1e-10
LEVELS = np.array([0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0])
"""Parts of all that support can do at which luck is looked at: it follows the true change where people are unlike."""
FEW = 2
"""Places that a hurdle is worked out at without a table, where it is asked about once."""
PER_SPREAD, FEWEST_PLACES, MOST_PLACES = 2.5, 32, 300
"""Places in one standard deviation of luck at which a line is looked at; how many there are at least and at most."""


class Paid(Protocol):
    """A payment rule under luck; methods take true changes of any shape and return that shape, in the rule's unit."""

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        ...

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        ...

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        ...

    def rewards(self) -> "Paid":
        """The same with its rewards alone: nothing is ever deducted."""
        ...


@dataclass(frozen=True)
class Normal:
    """A rule on a measure with normal noise of a fixed standard deviation, a share of the baseline rate.

    ``baseline`` is the error of one that is counted, beside the noise.
    """

    rule: PaymentRule
    noise: float
    baseline: BaselineError | None = None

    @cached_property
    def _over(self) -> PaymentRule:
        return self.rule if self.baseline is None else self.baseline.over(self.rule, self.noise)

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        return self._over.expected(change, self.noise)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        return self._over.marginal(change, self.noise)

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        if self.baseline is None:
            return self.rule.chance(change, self.noise)
        return np.clip(self.baseline.chances @ self.rule.chance(self.baseline.beside(change), self.noise), 0.0, 1.0)

    def rewards(self) -> "Normal":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0))


@dataclass(frozen=True, eq=False)
class LuckByChange:
    """Pay where luck changes with the true change: worked out at a few places ``at`` of it, and mixed between them.

    ``at`` (places,) are changes against the target, as functions are given.
    """

    at: FloatArray
    each: tuple[Paid, ...]

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        return mixed(mixture(self.at, change)[0], [paid.expected(change) for paid in self.each])

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        weights, slopes = mixture(self.at, change)
        own = mixed(weights, [paid.marginal(change) for paid in self.each])
        return own + mixed(slopes, [paid.expected(change) for paid in self.each])

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        found = mixed(mixture(self.at, change)[0], [paid.chance(change) for paid in self.each])
        return np.clip(found, 0.0, 1.0)

    def rewards(self) -> "LuckByChange":
        """The same with its rewards alone."""
        return replace(self, each=tuple(paid.rewards() for paid in self.each))


def mixture(at: FloatArray, change: Number) -> tuple[FloatArray, FloatArray]:
    """Weights of rising places, (places, ...), at changes (...), and their slopes: the smooth line through the places.

    Before the first place and beyond the last they are those of the nearest.
    """
    x = np.asarray(change, dtype=float)
    if len(at) == 1:
        return np.ones((1, *x.shape)), np.zeros((1, *x.shape))
    inside = (x > at[0]) & (x < at[-1])
    through, x = smooth_line(tuple(at.tolist())), np.clip(x, at[0], at[-1])
    return np.moveaxis(through(x), -1, 0), np.where(inside, np.moveaxis(through(x, 1), -1, 0), 0.0)


@lru_cache(maxsize=64)
def smooth_line(at: tuple[float, ...]) -> CubicSpline:
    """For each place the smooth line that is 1 there and 0 at the others."""
    return CubicSpline(at, np.eye(len(at)), bc_type="natural")


def mixed(weights: FloatArray, each: Sequence[FloatArray]) -> FloatArray:
    """What places come to together."""
    return np.asarray(sum(weight * values for weight, values in zip(weights, each, strict=True)))


@dataclass(frozen=True)
class Exact:
    """A rule on what is counted among a number of people.

    ``noise`` is that of a baseline which is normal, and ``baseline`` the error of one that is counted; ``standing`` the
    change against the target with no effect, which is part of the changes that functions are given. Of one that is
    asked about ``once``, at some dozens of changes, no table is made: it would take the work of twice as many.
    """

    rule: PaymentRule
    count: CountedSum
    noise: float = 0.0
    standing: float = 0.0
    baseline: BaselineError | None = None
    once: bool = False

    @property
    def _blur(self) -> float:
        """Standard deviation about a point of what is measured there."""
        return float(np.hypot(self.noise, self.count.width / np.sqrt(12)))

    @property
    def _measured(self) -> FloatArray:
        """What is measured at each point. A count on a threshold reaches it, whatever the last digits say."""
        return self.count.changes + self.standing + TIE

    @cached_property
    def _paid(self) -> FloatArray:
        if self.baseline is not None:
            return self.baseline.over_each(self.rule)(self._measured)
        return self.rule.expected(self._measured, self._blur) if self._blur > 0 else self.rule(self._measured)

    @cached_property
    def _rewarded(self) -> FloatArray:
        return self._chances_of(self.rule)

    def _chances_of(self, paid: PaymentRule) -> FloatArray:
        """Chance at each point that a rule pays more than nothing."""
        if self.baseline is not None:
            return self.baseline.chance_of_more(paid, self._measured)
        if self._blur > 0:
            return paid.chance(self._measured, self._blur)
        return (paid(self._measured) > ANY).astype(float)

    def expected(self, change: Number) -> FloatArray:
        """Expected pay."""
        if self.rule.linear:
            return self.rule.expected(change, 0.0)
        return self._sum(change, 0)

    def marginal(self, change: Number) -> FloatArray:
        """Derivative of expected pay by the true change."""
        if self.rule.linear:
            return self.rule.marginal(change, 0.0)
        return self._sum(change, 1)

    def chance(self, change: Number) -> FloatArray:
        """Chance that more than nothing is paid."""
        # A sum of chances may miss 0 or 1 in its last digits.
        return np.clip(self._sum(change, 2), 0.0, 1.0)

    def rewards(self) -> "Exact":
        """The same with its rewards alone."""
        return replace(self, rule=self.rule.at_least(0.0), once=True)

    def _sum(self, change: Number, part: int) -> FloatArray:
        """Expected pay, its derivative or the chance of pay (``part`` 0, 1, 2) at changes against the target."""
        changes = np.asarray(change, dtype=float) - self.standing
        flat = np.ravel(changes)
        if self.once:
            return self._asked_once(flat)[:, part].reshape(changes.shape)
        tabled = self._pieces if self.count.line is not None else self._table
        inside = (flat >= TABLED[0]) & (flat <= TABLED[1]) & (tabled is not None)
        found = np.empty(len(flat))
        if isinstance(tabled, CubicSpline):
            found[inside] = tabled(flat[inside], int(part == 1))[:, int(part == 2)]
        elif np.any(inside):
            found[inside] = chebval(scaled(flat[inside]), cast(FloatArray, tabled)[:, part])
        if not np.all(inside):
            found[~inside] = self._worked_out(flat[~inside])[:, part]
        return found.reshape(changes.shape)

    def _means(self, changes: FloatArray) -> FloatArray:
        """Expected pay and its chance at true changes (changes,), (changes, 2): at half the work of all three parts."""
        return self.count.means(changes, np.stack([self._paid, self._rewarded]))

    def _worked_out(self, changes: FloatArray) -> FloatArray:
        """The three parts at true changes (changes,) from the distribution itself: (changes, 3)."""
        means, slopes = self.count.means_and_slopes(changes, np.stack([self._paid, self._rewarded]))
        return np.stack([means[:, 0], slopes[:, 0], means[:, 1]], axis=1)

    def _asked_once(self, changes: FloatArray) -> FloatArray:
        """The same, kept for the changes that were asked for last: pay, its slope and its chance are asked in turn."""
        key, last = changes.tobytes(), self._last
        if key not in last:
            last.clear()
            last[key] = self._worked_out(changes)
        return last[key]

    @cached_property
    def _last(self) -> dict[bytes, FloatArray]:
        return {}

    @cached_property
    def _pieces(self) -> CubicSpline:
        """Expected pay and the chance of pay over TABLED, along a line that bends where support begins and ends.

        Both are as smooth as the luck in the measure is wide, so that a few places in one standard deviation hold them.
        """
        pause()
        chances, at = np.maximum(self.count.chances(np.zeros(1))[0], 0.0), self.count.changes
        mean = float(chances @ at)
        spread = float(np.sqrt(chances @ (at - mean) ** 2))
        places = int(np.clip(PER_SPREAD * (TABLED[1] - TABLED[0]) / spread, FEWEST_PLACES, MOST_PLACES))
        changes = np.linspace(*TABLED, places)
        found = [self._means(some) for some in np.array_split(changes, max(places // 32, 1))]
        return CubicSpline(changes, np.concatenate(found))

    @cached_property
    def _table(self) -> FloatArray | None:
        """Chebyshev coefficients, (terms, 3), of the three parts over TABLED; None where MOST_TERMS are too few.

        Each is a smooth function of the true change, as wide as the luck in the measure: some dozens of terms hold it
        to TABLE_ERROR of its largest value, which the last quarter of the terms tells.
        """
        terms = FEWEST_TERMS
        while terms <= MOST_TERMS:
            pause()
            nodes = np.cos(np.pi * (np.arange(terms) + 0.5) / terms)
            values = self._worked_out(TABLED[0] + (nodes + 1) * (TABLED[1] - TABLED[0]) / 2)
            found = np.asarray(dct(values, type=2, axis=0)) / terms
            found[0] /= 2
            if np.all(np.abs(found[-terms // 4 :]).max(axis=0) <= TABLE_ERROR * np.abs(found).max(axis=0)):
                return found
            terms *= 2
        return None


def scaled(change: FloatArray) -> FloatArray:
    """A change within TABLED, from -1 to 1."""
    return np.asarray(2 * (change - TABLED[0]) / (TABLED[1] - TABLED[0]) - 1)
