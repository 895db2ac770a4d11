"""What a provider's year takes to work out; run ``python -m benchmarks.bench_small_provider``.

5,000 clients in 40 segments, each with its own chance and all with the same price, and a common shock. Beside it: the
simulation that a spreadsheet user would run, 10,000 years of 5,000 draws, with the error that it leaves; and a public
library for the Poisson-binomial distribution, fast-poibin, which knows no shock and so is run once for each year of
the same quadrature. It is no part of the explorer, and left out where it is not installed.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
from scipy.special import expit, logit

from benchmarks.timing import timed
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider import consortium, luck_or_skill, surplus
from pricing.questions.small_provider.luck import clients, lattice
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.moments import nodes_for
from pricing.questions.small_provider.luck.shocks import Shocks
from pricing.scenario.scenario import METRICS, Scenario

YEARS = 10_000
SIGMA = 0.2


def simulated(people: Clients, price: float) -> FloatArray:
    """Pay in each of YEARS years, drawn client by client."""
    luck = np.random.default_rng(1)
    risk = np.repeat(logit(people.probability), people.people.astype(int))
    pay = np.empty(YEARS)
    for year in range(YEARS):
        chance = expit(risk + SIGMA * luck.standard_normal())
        pay[year] = price * np.count_nonzero(luck.random(len(risk)) < chance)
    return pay


def by_library(library: Any, people: Clients) -> FloatArray:
    """Chance of each number of reoffenders, from one call for each shock."""
    shocks = Shocks.of(SIGMA, nodes_for(people, SIGMA))
    risk = np.repeat(logit(people.probability), people.people.astype(int))
    whole = np.zeros(len(risk) + 1)
    for z, weight in zip(shocks.z, shocks.weights, strict=True):
        whole += weight * library.PoiBin(expit(risk + z)).pmf
    return whole


def ours(people: Clients) -> FloatArray:
    """The same chances, the fewest reoffenders first."""
    return lattice.counted(people, SIGMA).chances[::-1]


def main() -> None:
    """Print medians."""
    scenario = Scenario(clients=5000.0, common_shock=SIGMA, who_comes="mix")
    people = clients.of(evaluate(scenario, shipped.load(scenario.cohort)))
    price = float(people.prices["binary"][0])
    tasks: list[Callable[[], object]] = [partial(ours, people)]
    try:
        library = import_module("fast_poibin")
        tasks.append(partial(by_library, library, people))
    except ImportError:
        library = None
    exact, *peer = (1e3 * seconds for seconds in timed(tasks))
    naive = 1e3 * timed([partial(simulated, people, price)], rounds=1)[0]
    print(f"5,000 clients, {len(people.people)} segments, common shock {SIGMA}: {exact:.1f} ms")
    error = 0.5 / np.sqrt(YEARS)
    print(f"  {YEARS:,} simulated years: {naive:,.0f} ms ({naive / exact:,.0f} times), a chance to within {error:.3f}")
    if library is None:
        print("  fast-poibin: not installed")
    else:
        apart = np.abs(np.cumsum(by_library(library, people)) - cumulated(people)).max()
        print(f"  fast-poibin, once a shock: {peer[0]:.1f} ms ({peer[0] / exact:.1f} times); {apart:.0e} apart")
    for metric in METRICS:
        at = evaluate(Scenario(metric=metric), shipped.load(scenario.cohort))
        questions = timed([partial(each, at) for each in (surplus.of, luck_or_skill.by_size, consortium.of)])
        board, luck, together = (1e3 * seconds for seconds in questions)
        print(f"  50 clients, {metric}: surplus {board:.0f}, luck by size {luck:.0f}, together {together:.0f} ms")


def cumulated(people: Clients) -> FloatArray:
    """Chance of at most each number of reoffenders, from none to all."""
    found = lattice.counted(people, SIGMA)
    numbers = np.rint(found.values / float(people.prices["binary"][0])).astype(int)
    chances = np.zeros(people.delivered + 1)
    chances[numbers] = found.chances
    return np.cumsum(chances)


if __name__ == "__main__":
    main()
