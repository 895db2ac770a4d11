"""Clients typed in for tests, and one simulated year after another of them."""

from collections.abc import Sequence

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.price.rate_card import PaidNeeds
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.one_client import OneClient

PLAIN = {"rate": 1.0, "severity": 1.0, "alpha": 1.6, "met": 0.5}


def clients(people: Sequence[float], probability: object, prices: dict[str, object], **given: object) -> Clients:
    """Clients with these risks and prices; ``dispersion``, ``fee`` and ``cost`` may be given too."""
    number = np.array(people, dtype=float)

    def each(value: object) -> FloatArray:
        return np.broadcast_to(np.asarray(value, dtype=float), number.shape).copy()

    risks = {name: each(given.get(name, usual)) for name, usual in PLAIN.items()}
    money = {name: each(given.get(name, 0.0)) for name in ("hours", "fee", "cost")}
    return Clients(
        people=number,
        promised=int(number.sum()),
        probability=each(probability),
        prices={metric: each(price) for metric, price in prices.items()},
        value=dict.fromkeys(prices, 1.0),
        standings={metric: each(0.0) for metric in prices} | {"binary": each(given.get("standing", 0.0))},
        drawn=bool(given.get("drawn", False)),
        dispersion=each(given.get("dispersion", 0.0)),
        needs=PaidNeeds.alike(each(given.get("needs", 0.0))),
        **risks,
        **money,
    )


def simulated(of: Clients, sigma: float, years: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """What is counted comes to so many £ in each year, and how many clients reoffend, where that is drawn."""
    pay, reoffenders, _ = simulated_beside(of, sigma, years, seed)
    return pay, reoffenders


def simulated_beside(of: Clients, sigma: float, years: int, seed: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The same, and £ beside results pay; clients who are drawn differ from year to year."""
    luck = np.random.default_rng(seed)
    shock = sigma * luck.standard_normal(years)
    pay, reoffenders, beside = np.zeros(years), np.zeros(years), np.zeros(years)
    come = np.broadcast_to(of.people.astype(int), (years, len(of.people)))
    if of.drawn:
        come = luck.multinomial(of.delivered, of.people / of.people.sum(), size=years)
    mean = of.mean(of.standing)
    for segment, people in enumerate(come.T):
        one = OneClient.of(of, segment, shock, sigma)
        some = luck.binomial(people, one.probability[:, 0]).astype(float)
        count = how_many(one, people, some, luck)
        pay += (one.reoffender or 0.0) * some + (one.reoffence or 0.0) * count
        reoffenders += some
        beside += people * of.beside[segment]
        if of.drawn:
            pay += people * (of.standing[segment] - mean)
        if one.harm:
            bouts = one.dispersion
            pay += one.harm * (bouts * luck.gamma(count / bouts) if bouts else count)
        for number, rate in one.needs if one.need else ():
            needs = people * int(number) + luck.binomial(people, number % 1, size=years)
            pay += (one.need or 0.0) * rate * luck.binomial(needs, one.met[:, 0])
    return pay, reoffenders, beside


def how_many(one: OneClient, people: IntArray, reoffenders: FloatArray, luck: np.random.Generator) -> FloatArray:
    """Reoffences of a segment's clients in each year."""
    if not one.joint:
        return luck.poisson(luck.gamma(people / one.alpha, one.alpha * one.rate[:, 0])).astype(float)
    again = one.again[:, 0]
    if np.all(again <= 1):
        return luck.binomial(reoffenders.astype(int), again).astype(float)
    mean = (again - 1) * (luck.gamma(reoffenders / one.bouts, one.bouts) if one.bouts > 0 else reoffenders)
    return reoffenders + luck.poisson(mean)
