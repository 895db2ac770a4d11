"""Between which two amounts a year's results pay lies all but certainly (Chernoff's bound)."""

import numpy as np
from scipy.special import logsumexp

from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.moments import shares
from pricing.questions.small_provider.luck.one_client import in_years
from pricing.questions.small_provider.luck.shocks import stretches

NOTHING = 23.0
"""Minus the logarithm of a chance that is none: 1 in 10,000 million."""
TILTS = np.geomspace(1e-4, 60.0, 80)
"""Where Chernoff's bound is tried, per standard deviation."""


def window(clients: Clients, sigma: float, sd: float, alike: Clients | None = None) -> tuple[float, float]:
    """£ outside of which pay lies with a chance of exp(-NOTHING) at most (Chernoff's bound in each stretch).

    Each client is one of some who are ``alike``, if given.
    """
    low, high = (reach(clients, sigma, way * TILTS / sd, alike or clients) for way in (-1, 1))
    return float(low.max(axis=1).min()), float(high.min(axis=1).max())


def reach(clients: Clients, sigma: float, tilts: FloatArray, alike: Clients) -> FloatArray:
    """Bounds of the year's pay, (stretches, tilts): one for each tilt, at the worse end of each stretch."""
    ends, chance = stretches(sigma)
    logs = []
    for one in in_years(alike, tuple(ends), sigma):
        with np.errstate(all="ignore"):
            each = one.log_transform(one.at_real(tilts))
        logs.append(np.broadcast_to(np.where(np.isfinite(each), each, np.inf), (len(ends), len(tilts))))
    if clients.drawn:
        with np.errstate(over="ignore"):
            whole = clients.delivered * logsumexp(np.array(logs), axis=0, b=shares(clients)[:, None, None])
    else:
        whole = np.tensordot(clients.people, np.array(logs), 1)
    worse = np.maximum(whole[1:], whole[:-1]) if sigma else whole
    return np.asarray((worse + chance[:, None] + NOTHING) / tilts)
