"""Mean and spread of a year's pay, in closed form, and what they ask of a lattice and of the shocks."""

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.one_client import in_years
from pricing.questions.small_provider.luck.shocks import Shocks

FINENESS = (200.0, 1000.0)
"""Steps of the lattice in one standard deviation, where amounts differ: at least, and at most."""
WORK = 4000.0
"""Steps times segments to aim at: few segments leave amounts apart, and are worth a finer lattice."""
COARSENESS = 4
"""Steps at least in one standard deviation of own luck, the common shock apart."""
OFTEN = 4.0
"""Standard deviations within which a shock is near enough to ask for those steps."""


def moments(clients: Clients, shocks: Shocks, alike: Clients | None = None) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of the year's pay for what is counted, given each shock; (years,).

    Of each client of some who are ``alike``, if given.
    """
    each = [one.moments() for one in in_years(alike or clients, tuple(shocks.z), shocks.sigma)]
    means, variances = (np.array(found) for found in zip(*each, strict=True))
    mean, variance = clients.people @ means, clients.people @ variances
    if clients.drawn:
        # Whoever comes, each of so many clients is one of the segments: what lies between those is luck too.
        variance = variance + clients.people @ (means - mean / clients.delivered) ** 2
    return mean, variance


def nodes_for(clients: Clients, sigma: float) -> int:
    """Quadrature nodes that a shock wants: the more, the farther it moves pay in terms of pay's own spread."""
    if sigma == 0:
        return 1
    mean, variance = moments(clients, Shocks(sigma * np.array([-1.0, 0.0, 1.0]), np.ones(3), sigma))
    reach = 0.5 * np.ptp(mean) / np.sqrt(max(float(variance.min()), 1e-300))
    # A frequency at which own luck leaves anything turns at most 5.5 times this far in one standard deviation.
    return 8 * int(np.ceil((2.75 * reach + 3) ** 2 / 8))


def overall(clients: Clients, shocks: Shocks, alike: Clients | None = None) -> tuple[float, float, float]:
    """Mean and standard deviation of the year's pay over all shocks, and its step on a lattice where amounts differ.

    ``alike`` as :func:`moments` has it.
    """
    means, variances = moments(clients, shocks, alike)
    mean, own = float(shocks.weights @ means), float(shocks.weights @ variances)
    sd = float(np.sqrt(own + shocks.weights @ (means - mean) ** 2))
    least = float(np.sqrt(variances[np.abs(shocks.z) <= OFTEN * shocks.sigma].min()))
    detail = float(np.clip(WORK / len(clients.people), *FINENESS))
    return mean, sd, min(sd / detail, least / COARSENESS)


def shares(clients: Clients) -> FloatArray:
    """The chance that a client who is drawn is of each segment, (segments,)."""
    return np.asarray(clients.people / clients.people.sum())
