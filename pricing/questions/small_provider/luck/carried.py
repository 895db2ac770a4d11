"""What each frequency of a lattice carries at most of a year's pay, and which therefore need not be worked out."""

import numpy as np

from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.shocks import STRETCHES, stretches
from pricing.questions.small_provider.luck.transforms import Lattice, sizes
from pricing.questions.small_provider.luck.window import NOTHING
from pricing.resources.pause import pause

GLANCE = 50
"""Frequencies looked at before all others: most sums that are not smooth show there."""
AT_ONCE = 1000
"""Frequencies, about, looked at together after those: one that carries something ends the search."""
SMOOTH = 0.4
"""Share of a lattice's points up to which frequencies may carry much for the sum to count as smooth."""
BEYOND = 8
"""Times the lattice's last frequency up to which the sum is looked at before it counts as smooth: amounts that recur
carry as much again at a higher one, where the lattice would not see it."""
SKIPPED = 8
"""Frequencies of which one is looked at where a sum is smooth: all lie within half of a standard deviation's turn."""
NEAR, LESS = 0.2, 2.0
"""Turns in a standard deviation that frequencies are near within, and the logarithm by which they may differ."""
LITTLE = 16.0
"""Minus the logarithm of what is little: 1 in 10 million."""


def lowest_if_smooth(clients: Clients, sigma: float, lattice: Lattice, sd: float) -> int | None:
    """How many of the lattice's lowest frequencies carry anything, if none does beyond them and beyond the lattice."""
    if not little_beyond(clients, sigma, lattice, sd):
        return None
    # Of those that lie so near one is looked at: a lattice reaches far beyond the spread of what it holds.
    carried = bound(clients, sigma, lattice, lattice.angles[::SKIPPED])
    if carried[int(SMOOTH * lattice.size) // SKIPPED :].max() >= -LITTLE:
        return None
    last = int(np.flatnonzero(carried > -NOTHING - LESS).max())
    return min(SKIPPED * (last + 1), len(lattice.angles))


def little_beyond(clients: Clients, sigma: float, lattice: Lattice, sd: float) -> bool:
    """Whether frequencies beyond the lattice's own carry little, as far as one looks.

    What carries anything does so over about two turns in a standard deviation: a lattice with long tails has
    frequencies far closer than that.
    """
    apart = max(np.pi * BEYOND / lattice.size, lattice.step / sd)
    high = np.arange(np.pi, np.pi * BEYOND, apart)
    parts = max(len(high) // AT_ONCE, 1)
    for some in (high[:: max(len(high) // GLANCE, 1)], *(high[part::parts] for part in range(parts))):
        if bound(clients, sigma, lattice, some).max() >= -LITTLE:
            return False
    return True


def near_any(clients: Clients, sigma: float, lattice: Lattice, sd: float) -> FloatArray:
    """`bound` at each of the lattice's frequencies or, where they are close, the highest near by.

    Of those that turn less than NEAR times in a standard deviation one is looked at; what one carries, those between
    two of them carry but for a factor of exp(LESS).
    """
    angles = lattice.angles
    skipped = int(NEAR * lattice.step / sd * lattice.size / (2 * np.pi))
    if skipped < 2:
        return bound(clients, sigma, lattice, angles)
    looked_at = bound(clients, sigma, lattice, np.append(angles[::skipped], angles[-1])) + LESS
    either = np.maximum(looked_at[1:], looked_at[:-1])
    return np.repeat(either, skipped)[: len(angles)]


def bound(clients: Clients, sigma: float, lattice: Lattice, angles: FloatArray) -> FloatArray:
    """Logarithm of what the transform at each of the ``angles`` does not exceed, (angles,).

    From stretches of shocks, each at its worse end.
    """
    ends, chance = stretches(sigma, STRETCHES[::2])
    most = np.zeros((len(chance), len(angles)))
    for people, each in sizes(clients, (ends, sigma), lattice, angles):
        pause()
        most += people * (np.maximum(each[1:], each[:-1]) if sigma else each)
    return np.asarray(np.max(most + chance[:, None], axis=0))
