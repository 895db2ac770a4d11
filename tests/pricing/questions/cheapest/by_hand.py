"""The cheapest price by another way: row by row in plain Python, with bisection, partitions and subsets."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from tests.cohorts import SIX_GROUPS

PV = 1.08 ** (-22 / 12)
COST, CASE, MINIMUM, VALUE = 40.0, 600.0, 6.0, 2240.0


@dataclass(frozen=True)
class Row:
    """One group, all of its people alike; money in £ per person, ``units`` of result per person."""

    share: float
    needs: int
    decile: float
    hours: float
    extra: float
    units: float
    gained: float
    last: float

    @property
    def required(self) -> float:
        """The price per unit at which an extra £1 pays back £1."""
        return self.extra / (PV * self.gained)

    @property
    def for_all_hours(self) -> float:
        """The price per unit at which the last needed hour is worth what it costs."""
        return COST / (PV * self.last)


def rows(metric: str) -> list[Row]:
    """The six groups at the default scenario."""
    columns = list(zip(*SIX_GROUPS.values(), strict=True))
    people = sum(column[0] for column in columns)
    calls = [(0.25 + p) * (1 + 0.35 * k) for _, k, _, p, _, _ in columns]
    mean = sum(n * call for (n, *_), call in zip(columns, calls, strict=True)) / people
    found = []
    for (n, k, decile, p, rate, _), call in zip(columns, calls, strict=True):
        theta, h = 0.5 * (1 - 0.36 * (10 - decile) / 9), 50 * (1 + 0.2 * k)
        hours = max((VALUE - CASE) / COST * call / mean, MINIMUM)

        def unit(x: float, p: float = p, rate: float = rate, theta: float = theta, h: float = h) -> float:
            y = theta * (1 - math.exp(-x / h))
            return p - 1 / (1 + (1 - p) / p * math.exp(y)) if metric == "binary" else rate * (1 - math.exp(-y))

        step = 1e-4
        last = (unit(hours + step) - unit(hours - step)) / (2 * step)
        gained = unit(hours) - unit(MINIMUM)
        found.append(Row(n / people, int(k), decile, hours, COST * (hours - MINIMUM), unit(hours), gained, last))
    return found


def mean_cost(given: list[Row]) -> float:
    return sum(row.share * (CASE + COST * row.hours) for row in given)


def total(given: list[Row], pot: float) -> float:
    return max(pot, mean_cost(given) + (1 - PV) * pot)


def flat(given: list[Row]) -> float:
    """The pot of one price for everyone."""
    return max(row.required for row in given) * sum(row.share * row.units for row in given)


def own(given: list[Row]) -> float:
    return sum(row.share * row.units * row.required for row in given)


def by_running_maximum(given: list[Row]) -> float:
    """Premiums of at least nothing for each further need: the price never falls as needs rise."""
    highest, pot = 0.0, 0.0
    for row in sorted(given, key=lambda row: row.needs):
        highest = max(highest, row.required)
        pot += row.share * row.units * highest
    return pot


def partitions(given: list[Row], most: int) -> Iterator[list[list[Row]]]:
    """All ways to part the rows, in order of what they require, into at most ``most`` stretches."""
    ordered = sorted(given, key=lambda row: row.required)
    for number in range(most):
        for cuts in combinations(range(1, len(ordered)), number):
            ends = [0, *cuts, len(ordered)]
            yield [ordered[a:b] for a, b in pairwise(ends)]


def bands(given: list[Row], most: int) -> float:
    """The pot of at most ``most`` prices, over all partitions."""

    def pot(parts: list[list[Row]]) -> float:
        return sum(max(r.required for r in part) * sum(r.share * r.units for r in part) for part in parts)

    return min(pot(parts) for parts in partitions(given, most))


def mixed(binary: list[Row], frequency: list[Row]) -> float:
    """The pot of one mix of two measures for everyone: at the crossing of two rows' limits, or one measure alone."""
    pairs = list(zip(binary, frequency, strict=True))
    pay = [sum(row.share * row.units for row in given) for given in (binary, frequency)]
    least = min(flat(binary), flat(frequency))
    for (a, b), (c, d) in combinations(pairs, 2):
        # x / a + y / b = 1 and x / c + y / d = 1, in what each row requires.
        crossed = 1 / (a.required * d.required) - 1 / (b.required * c.required)
        x, y = (1 / d.required - 1 / b.required) / crossed, (1 / a.required - 1 / c.required) / crossed
        if min(x, y) >= 0 and all(x / one.required + y / other.required >= 1 - 1e-12 for one, other in pairs):
            least = min(least, x * pay[0] + y * pay[1])
    return least


def nobody_a_loss(given: list[Row]) -> float:
    """What a fee and a price for everyone cost at least, if no row is a loss: by ternary search over the fee."""

    def cost(fee: float) -> float:
        price = max(max(row.required, (CASE + COST * row.hours - fee) / (PV * row.units)) for row in given)
        return fee + price * sum(row.share * row.units for row in given)

    low, high = 0.0, VALUE
    for _ in range(200):
        one, other = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, other) if cost(one) < cost(other) else (one, high)
    return cost(low)


def subsets(given: list[Row]) -> Iterator[tuple[Row, ...]]:
    """All choices of rows."""
    for size in range(len(given) + 1):
        yield from combinations(given, size)


def most_people(given: list[Row], pot: float) -> float:
    """The largest share of people that prices of their own can protect within a pot, over all subsets."""
    fits = [chosen for chosen in subsets(given) if own(list(chosen)) <= pot]
    return max(sum(row.share for row in chosen) for chosen in fits)


def specified(given: list[Row], checking: float, price_of: Callable[[list[Row]], float]) -> float:
    """The cheapest cost over all choices of whose hours are written down; ``price_of`` the pot for the rest."""
    costs = []
    for chosen in subsets(given):
        rest = [row for row in given if row not in chosen]
        pot = price_of(rest) if rest else 0.0
        check = checking * sum(row.share * row.extra for row in chosen)
        costs.append(max(pot, mean_cost(given) + check + (1 - PV) * pot))
    return min(costs)


def bisected(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The smallest value between ``low`` and ``high`` at which something comes to hold."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
