"""The harm that one person does: a negative binomial number of reoffences, the harm of each of them a gamma."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from scipy.special import gammainc, gammaln

from pricing.people.arrays import FloatArray
from pricing.price.metric_formulas import ALPHA, HARM_DISPERSION

OFTEN = np.geomspace(1e-3, 12.0, 200)
"""Expected reoffences of a person at which harm is tabulated; that of others is the nearest one's, its mean kept."""
MOST_REOFFENCES = 400
"""Reoffences of one person at most: at 12 expected, one person in a hundred million has more."""
AMOUNTS = np.geomspace(1e-12, 4000.0, 1500)
"""Harm at which it is tabulated, in the mean harm of one reoffence."""
IN_ALL, LEAST, MOST = 500_000, 64, 1024
"""Amounts that are told apart of all cells together; and of one, at least and at most."""


def harm_of_one(rate: FloatArray) -> Iterator[tuple[FloatArray, FloatArray | float]]:
    """Chances and amounts of harm of people who reoffend at a ``rate`` (cells,), in the mean harm of one reoffence.

    None, and amounts that are equally likely: the mean of each such part of all that there may be.
    """
    parts = int(np.clip(IN_ALL / len(rate), LEAST, MOST))
    none = no_reoffence(rate)
    yield none, 0.0
    middle = np.sqrt(OFTEN[1:] * OFTEN[:-1])
    like = np.searchsorted(middle, rate)
    kept = rate / (1 - none) * (1 - no_reoffence(OFTEN)[like]) / OFTEN[like]
    for amount in equally_likely(parts).T:
        yield (1 - none) / parts, amount[like] * kept


def no_reoffence(rate: FloatArray) -> FloatArray:
    """Chance to reoffend not once."""
    return np.asarray((1 + ALPHA * rate) ** (-1 / ALPHA))


@lru_cache(maxsize=4)
def equally_likely(parts: int) -> FloatArray:
    """The harm of those who reoffend, at each of `OFTEN`: means of so many equally likely ``parts`` of it."""
    number = np.arange(1, MOST_REOFFENCES + 1.0)
    mean, size = OFTEN[:, None], 1 / ALPHA
    log_chance = gammaln(number + size) - gammaln(size) - gammaln(number + 1)
    log_chance = log_chance - size * np.log1p(ALPHA * mean) + number * np.log(ALPHA * mean / (1 + ALPHA * mean))
    chance = np.exp(log_chance) / (1 - no_reoffence(mean))
    shape, scaled = number[:, None] / HARM_DISPERSION, AMOUNTS / HARM_DISPERSION
    upto = chance @ gammainc(shape, scaled)
    harm = (chance * number) @ gammainc(shape + 1, scaled)
    whole = OFTEN / (1 - no_reoffence(OFTEN))
    even = np.arange(parts + 1) / parts
    rows = []
    for cumulated, summed, of_all in zip(upto, harm, whole, strict=True):
        at = np.interp(even, np.append(cumulated, 1.0), np.append(summed, of_all))
        rows.append(parts * np.diff(at))
    return np.array(rows)
