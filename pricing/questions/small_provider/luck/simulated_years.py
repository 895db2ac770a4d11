"""A year's results pay under clauses that one distribution cannot hold: years drawn one by one.

Several metrics that each pass a rule of their own, and quarters that are paid one by one, hang together through the
same people. So people are drawn, quarter by quarter, in years that share a shock, and the contract is applied to each
as it is written. The draws are the same on every machine. A chance of one in two is known to 0.7 in 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from pricing.contract.counted.complex_numbers import SMALLEST
from pricing.contract.payment_rule import PaymentRule
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.luck.one_client import OneClient
from pricing.resources.pause import pause
from pricing.resources.shelf import shelved
from pricing.scenario.metrics import GATE, GATED, METRICS, Event

YEARS = 20_000
"""Years that are drawn: the standard error of a chance is at most 0.35 in 100."""
SEGMENTS = 24
"""Segments of clients at most; a third of them where a year has four quarters."""
SEED = 20_13
BITS = 36
"""Of a number, those that are kept where years are drawn: 11 digits."""
REOFFENDERS = "reoffenders"


@dataclass(frozen=True)
class Rules:
    """What a contract does with each metric; mappings by metric.

    ``period`` the rule of one period, for a change as a
    share of the baseline; ``year`` that of the year which tops its quarters up, or None. ``periods`` in a year.
    ``hurdle`` share who may reoffend for frequency to be rewarded, or None where there is no hurdle.
    """

    period: Mapping[str, PaymentRule]
    year: Mapping[str, PaymentRule] | None
    periods: int
    hurdle: float | None


@dataclass(frozen=True, eq=False)
class DrawnYears:
    """Years that are drawn: what is counted in each of them, £, before any rule; arrays (periods, years).

    ``pay`` by metric, standing pay with it; ``reoffenders`` how many. ``sizes`` (periods,) clients who are measured;
    ``beside`` (years,) £ beside the results of the provider's own clients, or one sum where that is sure.
    """

    pay: Mapping[str, FloatArray]
    reoffenders: FloatArray
    sizes: FloatArray
    beside: FloatArray


def year(clients: Clients, sigma: float, rules: Rules, others: int = 0, years: int = YEARS) -> Joint:
    """Results pay of a year, £ before a prime, with what is beside it, in ``years`` drawn with a shock ``sigma``.

    Of the clients and of ``others`` like them, whose results are paid for together; what is beside is the clients' own.
    """
    found = drawn(clients, (sigma, others), (rules.periods, rules.hurdle is not None), years)
    pay = np.zeros(years)
    for metric, worth in clients.value.items():
        each = found.pay[metric]
        held = held_up(found, rules) if metric == GATED else np.zeros_like(each, dtype=bool)
        pay += of_metric(each, found.sizes * worth, held, (rules.period[metric], (rules.year or {}).get(metric)))
    return Joint(pay, found.beside, np.full(years, 1 / years), drawn=True)


def drawn(clients: Clients, shared: tuple[float, int], measured: tuple[int, bool], years: int) -> DrawnYears:
    """So many ``years`` of clients.

    ``shared`` is the shock's standard deviation, and how many others share the pay; ``measured`` in how many periods,
    and whether it counts who reoffends and how often together.
    """
    # Exactly a mix are all together whose results are paid for.
    most = SEGMENTS if measured[0] == 1 else SEGMENTS // 3
    some = clients.like(clients.delivered + (0 if clients.drawn else shared[1]), most)
    if measured[1] and GATE not in some.prices:
        some = replace(some, prices={**some.prices, GATE: np.zeros_like(some.rate)})
    scale = {m: float(np.abs(prices).max()) or 1.0 for m, prices in some.prices.items()}
    found = drawn_alike(alike(some, scale), shared, measured[0], years)
    beside = some.delivered * float(some.beside[0]) + found.beside if clients.drawn else clients.total(clients.beside)
    pay = {m: scale[m] * found.pay[m] for m in clients.value}
    return replace(found, pay=pay, beside=np.atleast_1d(beside))


def alike(some: Clients, scale: Mapping[str, float]) -> Clients:
    """The clients as luck sees them: at prices of 1 at most, what is beside counted from the first segment's.

    They are the same wherever the luck is, whatever the share on results. Prices are divided by a ``scale`` for each
    metric.
    """
    beyond = to_bits(some.kept * (some.fee - some.fee[0]) - (some.cost - some.cost[0]))
    nothing = np.zeros_like(beyond)
    return replace(
        some,
        people=to_bits(some.people),
        promised=0,
        hours=nothing,
        probability=to_bits(some.probability),
        rate=to_bits(some.rate),
        severity=to_bits(some.severity),
        alpha=to_bits(some.alpha),
        needs=replace(some.needs, number=to_bits(some.needs.number)),
        met=to_bits(some.met),
        fee=beyond,
        cost=nothing,
        prices={m: to_bits(each / scale[m]) for m, each in some.prices.items()},
        standings={m: to_bits(each / scale[m]) for m, each in some.standings.items()},
        value={},
        dispersion=to_bits(some.dispersion),
        kept=1.0,
        at_risk=1.0,
    )


def to_bits(values: FloatArray) -> FloatArray:
    """Numbers without the last of their digits, BITS being kept: what was scaled once more is the same again."""
    part, power = np.frexp(values)
    return np.asarray(np.ldexp(np.rint(np.ldexp(part, BITS)), power - BITS))


@shelved(12)
def drawn_alike(some: Clients, shared: tuple[float, int], periods: int, years: int) -> DrawnYears:
    """The years of clients as `alike` has them, kept, since several contracts are asked about one after another.

    ``shared`` as in `drawn`; pay in parts of the scale, and what is beside beyond that of the first segment.
    """
    (sigma, others), luck = shared, np.random.default_rng(SEED)
    shock = sigma * even_normal(years)
    own, come = who_come(some, others, periods, (years, luck))
    found = [counted(some, people, (sigma, shock), luck) for people in come]
    standing = {m: np.array([people.T @ each for people in come]) for m, each in some.standings.items()}
    return DrawnYears(
        pay={m: np.array([period[m] for period in found]) + each for m, each in standing.items()},
        reoffenders=np.array([period[REOFFENDERS] for period in found]),
        sizes=np.array([float(people[:, 0].sum()) for people in come]),
        beside=own.T @ some.beside,
    )


def even_normal(years: int) -> FloatArray:
    """Standard normal numbers, each for an equal part of the chances: no luck of the draw is in a shock that all share.

    Their standard deviation is 1.
    """
    found = ndtri((np.arange(years) + 0.5) / years)
    return np.asarray(found / found.std())


def who_come(
    some: Clients, others: int, periods: int, drawn: tuple[int, np.random.Generator]
) -> tuple[IntArray, list[IntArray]]:
    """How many of each segment come: the provider's own in the year, and all in each period; (segments, years).

    Where they are exactly a mix, ``some`` are all together, and one column stands for every year.
    """
    years, luck = drawn
    if not some.drawn:
        parts = split(some.people, periods)
        return whole(some.people[:, None]), [whole(part[:, None]) for part in parts]
    share = some.people / some.people.sum()
    of_each = [whole(split(np.array([float(n)]), periods)[:, 0]) for n in (some.delivered, others)]
    own, come = [[luck.multinomial(n, share, size=years).T.astype(np.int64) for n in numbers] for numbers in of_each]
    return np.asarray(sum(own)), [mine + theirs for mine, theirs in zip(own, come, strict=True)]


def whole(people: FloatArray) -> IntArray:
    """Whole numbers, as such."""
    return np.rint(people).astype(np.int64)


def of_metric(
    counted_pay: FloatArray, whole: FloatArray, held: BoolArray, rules: tuple[PaymentRule, PaymentRule | None]
) -> FloatArray:
    """Pay for one metric, (years,), from what is counted in each period, £ (periods, years).

    ``whole`` £ of a change of the whole baseline, (periods,); ``held`` where a hurdle stands in the way of rewards.
    """
    rule, yearly = rules
    scale = np.where(whole > 0, whole, 1.0)[:, None]
    paid = whole[:, None] * rule(counted_pay / scale + 1e-9)
    pay = np.where(held, np.minimum(paid, 0.0), paid).sum(axis=0)
    if yearly is None:
        return np.asarray(pay)
    top = whole.sum() * yearly(counted_pay.sum(axis=0) / (whole.sum() or 1.0) + 1e-9)
    return np.asarray(np.maximum(pay, np.where(held.all(axis=0), np.minimum(top, 0.0), top)))


def held_up(found: DrawnYears, rules: Rules) -> BoolArray:
    """Where more people reoffend than at the baseline: in the period, or where the year tops up, in the year."""
    over, sizes = found.reoffenders, found.sizes
    if rules.hurdle is None:
        return np.zeros_like(over, dtype=bool)
    if rules.year is not None:
        year = over.sum(axis=0) > rules.hurdle * sizes.sum() + 1e-6
        return np.broadcast_to(year, over.shape)
    return np.asarray(over > rules.hurdle * sizes[:, None] + 1e-6)


def split(people: FloatArray, periods: int) -> FloatArray:
    """Whole clients of each segment in each period, (periods, segments); none is lost and periods are alike."""
    ends = np.floor(np.cumsum(people)[:, None] * np.arange(periods + 1) / periods + 1e-9)
    along = np.diff(ends, axis=1)
    return np.diff(along, axis=0, prepend=0.0).T.clip(min=0.0) if periods > 1 else people[None, :]


def counted(
    of: Clients, come: IntArray, shock: tuple[float, FloatArray], luck: np.random.Generator
) -> dict[str, FloatArray]:
    """What is counted, £ by metric, and how many clients reoffend, in years with each shock; (years,).

    ``come`` (segments, years or 1) clients; ``shock`` its standard deviation, and each year's.
    """
    sigma, moved = shock
    found = {name: np.zeros_like(moved) for name in (*of.prices, REOFFENDERS)}
    for segment, people in enumerate(come):
        pause()
        one = OneClient.of(of, segment, moved, sigma)
        some = luck.binomial(people, one.probability[:, 0]).astype(float)
        found[REOFFENDERS] += some
        events: dict[Event, FloatArray] = {"reoffender": some}
        if one.reoffence is not None or one.harm is not None:
            number = events["reoffence"] = reoffences(one, people, some, luck)
            if one.harm is not None:
                spread, severity = one.dispersion, float(of.severity[segment])
                events["harm"] = severity * (spread * luck.gamma(number / spread) if spread else number)
        if one.need is not None:
            events["need"] = needs_met(one, people, luck)
        for metric, prices in of.prices.items():
            found[metric] += float(prices[segment]) * events[METRICS[metric].event]
    return found


def needs_met(one: OneClient, people: IntArray, luck: np.random.Generator) -> FloatArray:
    """What the needs of a segment's clients that are met count in each year."""
    met = one.met[:, 0]
    found = np.zeros_like(met)
    for number, rate in one.needs:
        part = luck.binomial(people, number % 1, size=len(met))
        found += rate * luck.binomial(people * int(number) + part, met)
    return found


def reoffences(one: OneClient, people: IntArray, reoffenders: FloatArray, luck: np.random.Generator) -> FloatArray:
    """Reoffences of a segment's clients in each year, jointly with how many of them reoffend where both count."""
    if not one.joint:
        mean = one.rate[:, 0]
        mean = luck.gamma(people / one.alpha, one.alpha * mean) if one.alpha >= SMALLEST else people * mean
        return luck.poisson(mean).astype(float)
    again = one.again[:, 0]
    if np.all(again <= 1):
        return luck.binomial(reoffenders.astype(int), again).astype(float)
    mean = (again - 1) * (luck.gamma(reoffenders / one.bouts, one.bouts) if one.bouts > 0 else reoffenders)
    return np.asarray(reoffenders + luck.poisson(mean))
