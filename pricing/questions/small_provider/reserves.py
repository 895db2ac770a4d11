"""Reserves carried on from year to year, until they have run out: amount by amount, or on a lattice of £.

Each year's surplus is added by Fourier transform to what is left. Reserves below 0 at a year's end have run out, and
the charity stops: what has run out stays so. With a shock that persists, reserves are followed jointly with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.small_provider.luck.distribution import PENNY, Distribution
from pricing.questions.small_provider.shock_chain import Chain

FINENESS = 200.0
"""Steps of the lattice in a standard deviation of the year's surplus, at least, where all years are alike."""
COARSENESS = 60.0
"""The same where there are many shocks to be followed."""
CUT = 1e-10
"""Chance at either end of a year's surplus that is put on its last point."""
MOST = 6000
"""Points of a year's lattice at most."""
MOST_AMOUNTS, MOST_SUMS, MISSED = 400, 2_000_000, 1e-6
"""Amounts that a year may come to, and sums of them with what there was before, which are told apart one by one; and
the chance of others, under one shock, that is nothing beside them."""


@dataclass(frozen=True, eq=False)
class YearsLattice:
    """A year's surplus given each shock: ``chances`` (states, points) of ``sure`` + (``first`` + point) ``step`` £."""

    sure: float
    step: float
    first: int
    chances: FloatArray


@dataclass(frozen=True, eq=False)
class ReservesPath:
    """Reserves over the years.

    ``runs_out`` (years,) chance that reserves run out at the end of each year. ``left`` for each year's end the
    reserves and their chances, those that have run out standing at £0.
    """

    runs_out: FloatArray
    left: tuple[Distribution, ...]


def on_lattice(
    whole: Distribution, given: Sequence[Distribution], chances: FloatArray, reserves: float
) -> YearsLattice:
    """A year's surplus on a lattice: over all shocks, the ``whole``, and ``given`` each of them.

    ``chances`` of each shock, (states,); nothing is given where there is one state. Surpluses given the shocks may be
    worked out more coarsely than the whole: each keeps its place among all of them, and together they are the whole.
    Amounts between two points go to both, but none to the other side of a year that uses up the ``reserves``.
    """
    upto = np.cumsum(whole.chances)
    low = float(whole.values[int(np.searchsorted(upto, CUT))])
    high = float(whole.values[min(int(np.searchsorted(upto, 1 - CUT)), len(upto) - 1)])
    fine = max(whole.sd / (COARSENESS if given else FINENESS), (high - low) / MOST, PENNY)
    step, sure = step_of(whole, fine)
    first = int(np.floor((low - sure) / step + 1e-9))
    points = int(np.ceil((high - sure) / step - 1e-9)) - first + 2

    last_out = int(np.ceil((-reserves - sure) / step - first - 1e-9)) - 1

    def placed(year: Distribution) -> FloatArray:
        values = np.clip(year.values, low, high)
        at = (values - sure) / step - first
        below = np.floor(at + 1e-9).astype(np.int64)
        part = np.clip(at - below, 0.0, 1.0)
        part = np.where(below == last_out, values >= -reserves - PENNY, part)
        found = np.bincount(below, year.chances * (1 - part), points)
        return np.asarray(found + np.bincount(below + 1, year.chances * part, points + 1)[:points])

    every = placed(whole)
    if not given:
        return YearsLattice(sure, step, first, every[None, :])
    return YearsLattice(sure, step, first, as_the_whole(every, np.array([placed(year) for year in given]), chances))


def as_the_whole(whole: FloatArray, given: FloatArray, chances: FloatArray) -> FloatArray:
    """Chances ``given`` each shock, (states, points), moved so that over all shocks they are those of the ``whole``.

    What stands at a share of the years over all shocks is moved to where the whole has that share.
    """
    mixed = chances @ given
    some = np.flatnonzero(mixed > 0)
    share = np.append(0.0, np.cumsum(mixed[some]))
    wanted = np.cumsum(whole) / whole.sum() * share[-1]
    upto = np.array([np.interp(wanted, share, np.append(0.0, np.cumsum(each[some]))) for each in given])
    return np.diff(upto / upto[:, -1:], axis=1, prepend=0.0)


def step_of(year: Distribution, fine: float) -> tuple[float, float]:
    """£ between points, about ``fine``, and an amount on them: those on which evenly spaced amounts fall."""
    likely = int(np.argmax(year.chances))
    steps = np.diff(year.values)
    if year.width or not len(steps):
        return fine, float(year.values[likely])
    unit = float(np.median(steps))
    even = np.flatnonzero(np.abs(steps - unit) < 1e-6 * unit)
    if 2 * len(even) < len(steps):
        return fine, float(year.values[likely])
    on = even[int(np.argmax(year.chances[even]))]
    return unit / np.ceil(unit / fine), float(year.values[on])


def followed_exactly(
    year: Distribution, given: Sequence[Distribution], chain: Chain, reserves: float, years: int
) -> ReservesPath | None:
    """The path of ``reserves`` over so many ``years``, amount by amount; none where those are many, or not told apart.

    Two good years and a bad one may leave some pounds or use up all there is: a lattice does not tell which.
    """
    some = year.chances > CUT
    amounts, of_each = year.values[some], chances_of_amounts(year, some, given, chain)
    if year.width or of_each is None:
        return None
    money, alive = np.array([reserves]), chain.chances[:, None]
    gone, runs_out, left = 0.0, [], []
    for number in range(1, years + 1):
        before = alive if number == 1 else chain.following.T @ alive
        if before.size * len(amounts) > MOST_SUMS:
            return None
        sums = np.add.outer(money, amounts).ravel()
        money, alive = alike(sums, (before[:, :, None] * of_each[:, None, :]).reshape(len(alive), -1))
        out = money < -PENNY
        runs_out.append(float(alive[:, out].sum()))
        gone += runs_out[-1]
        money, alive = money[~out], alive[:, ~out]
        left.append(what_is_left(money, alive.sum(axis=0), gone))
        if not len(money):
            return ended(runs_out, left, years)
    return ReservesPath(np.array(runs_out), tuple(left))


def ended(runs_out: list[float], left: list[Distribution], years: int) -> ReservesPath:
    """The path of reserves that have run out for sure before so many ``years``."""
    rest = years - len(left)
    return ReservesPath(np.array(runs_out + [0.0] * rest), (*left, *[Distribution.sure(0.0)] * rest))


def chances_of_amounts(
    year: Distribution, some: BoolArray, given: Sequence[Distribution], chain: Chain
) -> FloatArray | None:
    """Chances of ``some`` amounts of a year under each shock, (states, amounts); none where there are others too."""
    whole, amounts = year.chances[some] / year.chances[some].sum(), year.values[some]
    if len(amounts) > MOST_AMOUNTS:
        return None
    if not given:
        return np.asarray(whole[None, :])
    found = np.zeros((len(given), len(amounts)))
    for row, each in zip(found, given, strict=True):
        place = np.minimum(np.searchsorted(amounts, each.values - PENNY), len(amounts) - 1)
        known = np.abs(amounts[place] - each.values) <= PENNY
        if each.width or each.chances[~known].sum() > MISSED:
            return None
        np.add.at(row, place[known], each.chances[known])
    return as_the_whole(whole, found, chain.chances)


def alike(money: FloatArray, chances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Amounts that are the same put together, in rising order, and their chances, (states, amounts)."""
    order = np.argsort(money, kind="stable")
    starts = np.flatnonzero(np.diff(money[order], prepend=-np.inf) > PENNY)
    return money[order][starts], np.add.reduceat(chances[:, order], starts, axis=1)


def followed(year: YearsLattice, chain: Chain, reserves: float, years: int) -> ReservesPath:
    """The path of ``reserves``, £ at the start, over so many ``years``."""
    first, alive = 0, chain.chances[:, None]
    gone, runs_out, left = 0.0, [], []
    for number in range(1, years + 1):
        before = alive if number == 1 else chain.following.T @ alive
        alive = added(before, year.chances)
        first += year.first
        points = first + np.arange(alive.shape[1], dtype=np.float64)
        money: FloatArray = np.asarray(reserves + number * year.sure + year.step * points)
        out = money < -PENNY - 1e-9 * year.step
        runs_out.append(float(alive[:, out].sum()))
        gone += runs_out[-1]
        kept = np.flatnonzero(~out)
        alive, money = alive[:, kept], money[kept]
        first += int(np.count_nonzero(out))
        left.append(what_is_left(money, np.ones(len(alive)) @ alive, gone))
        if not len(kept):
            return ended(runs_out, left, years)
    return ReservesPath(np.array(runs_out), tuple(left))


def added(before: FloatArray, year: FloatArray) -> FloatArray:
    """Chances of the sums of what was there ``before`` and of a ``year``, both (states, points)."""
    points = before.shape[1] + year.shape[1] - 1
    size = int(next_fast_len(points, real=True))
    found = irfft(rfft(before, size, axis=1) * rfft(year, size, axis=1), size, axis=1)[:, :points]
    return np.asarray(np.maximum(found, 0.0))


def what_is_left(money: FloatArray, chances: FloatArray, gone: float) -> Distribution:
    """Reserves with their chances; ``gone`` is the chance that there are none."""
    return Distribution.of(np.append(money, 0.0), np.append(chances, gone))
