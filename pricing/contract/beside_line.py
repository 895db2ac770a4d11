"""A better rest beside the line of prices: where the metrics of a contract are worth more and less than in proportion.

Without luck each metric has cliffs of its own, at thresholds, zones and hurdles, so that the best rest may stand just
past several of them at once. It is climbed to, on strata where a cohort is large and then from there on every cell.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize, root

from pricing.contract.best_of_line import NEAR, best_of_line
from pricing.contract.payment_rule import from_clauses
from pricing.contract.price_line import TINY, Stretch, whole_line
from pricing.contract.provider import Provider, Rest
from pricing.people.arrays import FloatArray
from pricing.scenario.metrics import hardest_search

LOOKS = 33
"""Places of the line at which a contract with several metrics is looked at for more than any rest leaves."""
CLIFFS, PAST = 12, np.array([0.98, 1.0, 1.02, 1.05])
"""Cliffs of the line that are looked at, and at which parts of their prices."""
SMOOTH = 0.003
"""Luck in a measure, as a share of the baseline, that rounds the edges of a rule off."""
CELLS = 300_000
"""Cells, over all prices tried, that a search beside the line may take: choices of several peaks count PEAKED times."""
PEAKED, CLIMBS = 16, 300
STRATA = 300
"""Strata at most on which a large cohort is searched."""
EVERY_CELL = CELLS
"""Cells, over all prices tried, that the climb on every cell of a large cohort may take, from where strata led."""
MOST_POLISH = 40
"""Prices tried to polish a rest: what converges takes some twenty, what stands at a cliff never does."""
STEP = 0.05
"""First step of a climb, in the logarithm of a price."""


def beside_the_line(line: Stretch, best: Rest) -> list[Rest]:
    """With several metrics, a rest that prices apart lead to and that leaves more than ``best`` on the line, if any.

    Strata move the cliffs a little, so that what they find is the place to start on every cell, not the answer.
    """
    provider = line.provider
    if float(np.min(provider.contract.noise)) > SMOOTH:
        # Luck rounds every cliff off, so that the turns of the line are all that there is on it.
        found = search(line, best) if looks(provider) >= LOOKS else None
        return better([found], best)
    near = best_of_line(line, best)
    if looks(provider) >= LOOKS:
        return better([near, search(line, near)], best)
    rough = on_strata(provider)
    there = search(whole_line(rough), rough.rest(near.worth))
    start = near if there is None else max(near, provider.rest(there.worth), key=profit)
    return better([start, climb(provider, start.worth, max(EVERY_CELL // each(provider), len(start.worth) + 2))], best)


def better(found: Sequence[Rest | None], best: Rest) -> list[Rest]:
    """The best rest ``found``, if it leaves more than ``best``."""
    rest = max([best, *(each for each in found if each is not None)], key=profit)
    return [rest] if rest.profit > best.profit + NEAR else []


def profit(rest: Rest) -> float:
    """What a rest leaves, £ per person."""
    return rest.profit


def search(line: Stretch, best: Rest) -> Rest | None:
    """The rest climbed to from the place that leaves most: ``best``, or one of the line that leaves more.

    None with luck in every measure where ``best`` is better than all around it on the line: it needs no climb.
    """
    provider = line.provider
    places = np.linspace(0, len(line.factor) - 1.0, LOOKS)
    factors = np.append(line.at(places)[0], past_cliffs(line))
    tried = [provider.rest(factor * provider.contract.value) for factor in factors]
    start = max(tried, key=profit)
    if start.profit <= best.profit + NEAR:
        if float(np.min(provider.contract.noise)) > SMOOTH:
            return None
        start = best
    return climb(provider, start.worth, looks(provider))


def past_cliffs(line: Stretch) -> FloatArray:
    """Factors of the line a little past every place where a metric's rule jumps or bends; at most CLIFFS places.

    Between nodes the line is straight and the change is not, so that it is looked at a little farther on too.
    """
    contract, last = line.provider.contract, len(line.factor) - 1.0
    index = np.arange(len(line.factor), dtype=float)
    found = [
        np.interp(from_clauses(clauses).at - standing, np.maximum.accumulate(line.change[:, k]), index)
        for k, (clauses, standing) in enumerate(zip(contract.clauses, contract.standing, strict=True))
    ]
    places = np.unique(np.concatenate(found))
    factors = line.at(places[(places > 0) & (places < last)][:CLIFFS])[0]
    return np.asarray((factors[:, None] * PAST).ravel())


def climb(provider: Provider, start: FloatArray, budget: int) -> Rest:
    """The best rest near prices ``start`` (metrics,), by Nelder and Mead's simplex, which needs no slopes.

    At most ``budget`` prices are tried. The first simplex reaches to higher prices, past the cliffs that end rewards.
    """
    value = provider.contract.value
    paid = value > 0

    def worth(prices: FloatArray) -> FloatArray:
        found = np.zeros_like(value)
        found[paid] = value[paid] * np.exp(prices)
        return found

    def loss(prices: FloatArray) -> float:
        return -provider.rest(worth(prices)).profit

    begin = np.log(np.maximum(start[paid] / value[paid], TINY))
    simplex = begin + np.vstack([np.zeros(len(begin)), STEP * np.eye(len(begin))])
    climbed = minimize(
        loss,
        begin,
        method="Nelder-Mead",
        options={"xatol": 1e-4, "fatol": 1e-3, "maxfev": budget, "initial_simplex": simplex},
    )
    return polish(provider, worth(np.asarray(climbed.x)))


def polish(provider: Provider, worth: FloatArray) -> Rest:
    """With several metrics each has an effective price of its own: solve for all of them, from those of ``worth``.

    Where nothing is found that leaves as much, as at a threshold without luck, the prices that led there stand.
    """
    unit = float(provider.contract.value.sum())

    def gap(scaled: FloatArray) -> FloatArray:
        return provider.contract.marginal(provider.change(scaled * unit)) / unit - scaled

    start = provider.contract.marginal(provider.change(worth)) / unit
    # The stubs of scipy misspell `maxfev`.
    options = {"xtol": 1e-11, "maxfev": MOST_POLISH}
    found = root(gap, start, method="hybr", options=options)  # type: ignore[call-overload]
    here = provider.rest(worth)
    there = provider.rest(np.asarray(np.maximum(found.x, 0.0)) * unit) if found.success else here
    return there if there.profit > here.profit - NEAR else here


def looks(provider: Provider) -> int:
    """Prices that may be tried beside the line: fewer for a large cohort, whose choices take longer."""
    return min(CELLS // each(provider), CLIMBS)


def each(provider: Provider) -> int:
    """Cells that one price takes."""
    needs = hardest_search(provider.contract.metrics) == "peaked"
    peaked = needs and provider.changes.risk.met_slope * float(np.max(provider.response.ceiling)) > 1
    return len(provider.response.ceiling) * (PEAKED if peaked else 1)


def on_strata(provider: Provider) -> Provider:
    """The same contract with strata in the place of its people."""
    support = provider.support.on_strata(STRATA)[0]
    return Provider(provider.scenario, provider.contract, support.changes, support.response, support.least)
