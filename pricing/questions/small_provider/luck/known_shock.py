"""The clients of a year whose common shock is known: their risks are moved by it, and what is left is their own luck.

So whatever follows a year without a shock follows one with a known shock, clauses and all.
"""

from dataclasses import replace

import numpy as np

from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.one_client import OneClient


def moved(clients: Clients, z: float, sigma: float, joint: bool = False) -> Clients:
    """The clients in a year whose shock, of standard deviation ``sigma``, is ``z`` in log-odds.

    ``joint`` where whether a client reoffends and how often both count, though not both are paid for (a hurdle).
    """
    shock = np.array([z])
    ones = [OneClient.of(clients, segment, shock, sigma, joint) for segment in range(len(clients.people))]
    probability = np.array([float(one.probability[0, 0]) for one in ones])
    again = np.array([float(one.again[0, 0]) for one in ones])
    together = ones[0].joint
    rate = probability * again if together else np.array([float(one.rate[0, 0]) for one in ones])
    alpha = np.array([alpha_of(one) for one in ones]) if together else clients.alpha
    met = np.array([float(one.met[0, 0]) for one in ones])
    return replace(clients, probability=probability, rate=rate, alpha=alpha, met=met)


def alpha_of(one: OneClient) -> float:
    """The alpha of a count without a shock for which the reoffences after the first have the same bouts as here."""
    p, again = float(one.probability[0, 0]), float(one.again[0, 0])
    more = again - 1
    if more <= 0 or p <= 0:
        return one.alpha
    # `OneClient.of` takes the smaller of two bouts, which both rise with alpha.
    of_the_count = (one.bouts * more**2 - 1 + (1 - p) * again**2) / (p * again**2)
    return max(of_the_count, one.bouts * more / (p * again))
