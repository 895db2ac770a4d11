"""Fixed points of a provider's effort under a contract that is not linear: its places of rest.

A linear contract prices each result the same whatever everyone else does. Another contract does not: what one more
result is worth depends on where the whole cohort stands. So the effort is a fixed point: the support that pays best at
the effective price at the change that this support brings about. All of them are found along one line of prices, from
everyone at the minimum up to the most that support can do; what pays best is the best of all. Where the provider ends
may depend on where it starts: such a contract rewards good work only if everyone is already doing it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import toms748

from pricing.contract.beside_line import beside_the_line, looks, polish
from pricing.contract.payment_rule import SMALLEST_NOISE
from pricing.contract.price_line import TINY, Stretch, whole_line
from pricing.contract.provider import Provider, Rest
from pricing.people.arrays import FloatArray

ROUNDS = 40
FIRST_STEP = 1e-3
"""Share of a price by which the search for a turn first moves at most."""
MOST_RESTS, FEWEST_RESTS = 12, 3
"""Rests that are worked out in full: at most, and at least where a large cohort makes each of them dear; a flight of
very many steps has more, of which the best are."""
SAME = 1e-7
"""Change within which two rests are one."""


def settle_at(stretch: Stretch, turn: float) -> Rest:
    """The rest at a turn of the line, to full precision: prices that the change they lead to is worth."""
    provider, value, along = stretch.provider, stretch.provider.contract.value, stretch.along(turn)

    def excess(factor: float) -> float:
        return float(provider.factor(provider.change(factor * value), along)) - factor

    found, step = price_of(stretch, turn)
    ends = bracket(excess, found, step)
    if ends is not None and ends[0] < ends[1]:
        found = float(toms748(excess, *ends, xtol=TINY, rtol=TINY))
    elif ends is not None:
        found = ends[0]
    worth = found * value
    return polish(provider, worth) if len(worth) > 1 else provider.rest(worth)


def price_of(stretch: Stretch, turn: float) -> tuple[float, float]:
    """The factor that leads to the change of a place between two nodes, well within the luck in the measure.

    With it, a step of the factor that moves the change by no more than that.
    """
    provider, value = stretch.provider, stretch.provider.contract.value
    left = min(int(turn), len(stretch.factor) - 2)
    (low, high), (least, most) = stretch.factor[left : left + 2], stretch.pay(np.array([left, left + 1.0]))
    wanted, factor = float(stretch.pay(turn)), float(stretch.at(turn)[0])
    close = float(value.sum()) * max(float(np.min(provider.contract.noise)), SMALLEST_NOISE) / 10
    for _ in range(ROUNDS):
        pay = float(provider.change(factor * value) @ value)
        if abs(pay - wanted) <= close or high - low <= TINY * high:
            break
        low, least, high, most = (factor, pay, high, most) if pay < wanted else (low, least, factor, pay)
        part = (wanted - least) / (most - least) if most > least else 0.5
        factor = float(low + min(max(part, 0.05), 0.95) * (high - low))
    slope = (most - least) / (high - low) if high > low else 0.0
    step = FIRST_STEP * (1 + factor)
    return factor, min(step, close / slope) if slope > 0 else step


def bracket(excess: Callable[[float], float], start: float, step: float) -> tuple[float, float] | None:
    """Factors about ``start`` between which the excess turns from positive to negative; none where it does not.

    The line between nodes is straight, so that a turn stands a little beside its place; the ``step`` is doubled.
    """
    here = excess(start)
    if here == 0 or (start == 0 and here < 0):
        return start, start
    before = start
    for _ in range(ROUNDS):
        beyond = before + step if here > 0 else max(before - step, 0.0)
        if excess(beyond) * here <= 0:
            return (before, beyond) if here > 0 else (beyond, before)
        if beyond == 0:
            return 0.0, 0.0
        step, before = 2 * step, beyond
    return None


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """Every rest on the line of effort, least support first, and which of them the two starts lead to."""

    rests: tuple[Rest, ...]
    from_minimum: Rest
    from_benchmark: Rest

    @property
    def chosen(self) -> Rest:
        """The one that leaves the provider most."""
        return max(self.rests, key=lambda rest: rest.profit)

    @property
    def others(self) -> tuple[Rest, ...]:
        """Every other one, least support first."""
        return tuple(rest for rest in self.rests if rest is not self.chosen)


def find(provider: Provider, benchmark: FloatArray) -> Equilibrium:
    """Every rest, and those that everyone at the minimum and everyone at ``benchmark`` hours (cells,) come to.

    From a start support moves towards the nearest turn: up while a further result pays, down while it does not.
    """
    line = whole_line(provider)
    turns = line.turns()
    good = float(provider.changes.at(provider.response.effect(benchmark)) @ provider.contract.value)
    nodes = np.arange(len(line.factor), dtype=float)
    start = float(np.interp(good, line.pay(nodes), nodes))
    uphill = float(line.excess(start)) >= 0
    nearest = turns[turns >= start][:1] if uphill else turns[turns < start][-1:]
    low, high = float(turns[0]), float(nearest[0]) if len(nearest) else float(turns[0])
    settled = {turn: settle_at(line, turn) for turn in worth_settling(line, turns, (low, high))}
    rests = list(settled.values())
    if len(provider.contract.metrics) > 1:
        rests += beside_the_line(line, max(rests, key=lambda rest: rest.profit))
    return Equilibrium(apart(rests), settled[low], settled[high])


def only(provider: Provider, worth: FloatArray) -> Equilibrium:
    """The one rest that effective prices near ``worth`` (metrics,) lead to."""
    rest = polish(provider, worth)
    return Equilibrium((rest,), rest, rest)


def worth_settling(line: Stretch, turns: FloatArray, starts: tuple[float, float]) -> list[float]:
    """The turns to work out in full: all, or where there are very many those of the starts and those that pay best."""
    most = max(min(MOST_RESTS, looks(line.provider) // 3), FEWEST_RESTS)
    if len(turns) <= most:
        return [float(turn) for turn in turns]
    profit = [line.provider.rest(line.at(turn)[0] * line.provider.contract.value).profit for turn in turns]
    best = turns[np.argsort(profit)[-most:]]
    return sorted({*starts, *(float(turn) for turn in best)})


def apart(rests: list[Rest]) -> tuple[Rest, ...]:
    """Rests without those that are one: two turns may settle in one place."""
    kept: list[Rest] = []
    for rest in sorted(rests, key=lambda each: float(np.sum(each.change))):
        if not kept or not np.allclose(rest.change, kept[-1].change, rtol=0, atol=SAME):
            kept.append(rest)
    return tuple(kept)
