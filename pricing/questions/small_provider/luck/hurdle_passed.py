"""A year's pay jointly with how many clients reoffend: what a binary hurdle on frequency pay needs.

The joint transform of pay and of the number who reoffend is taken at every frequency of that number; summed with the
hurdle's own transform, it leaves the transform of pay in the years that pass.
"""

from dataclasses import replace

import numpy as np

from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.lattice import (
    among,
    counted,
    nodes_for,
    on_points,
    overall,
    prepared,
    spectrum,
)
from pricing.questions.small_provider.luck.shocks import Shocks
from pricing.scenario.metrics import GATE

STEPS = 100.0
"""Steps of pay in one standard deviation where amounts differ, at most."""
SEGMENTS = 6
"""Segments at most: two dimensions take longer than one."""
WIDER = 4
"""Times the frequencies of pay alone that its joint transform may hold."""
LITTLE = 1e-7
"""Size of a transform that carries nothing here."""
QUIET = 4
"""Frequencies of the number who reoffend that have to carry nothing before the rest is taken to."""


def by_reoffenders(clients: Clients, sigma: float, most: int) -> tuple[Distribution, Distribution]:
    """Pay for what is counted in years when at most ``most`` clients reoffend, and in the others.

    The chances of each are those of the years that it holds; they sum to 1 together. Where no year passes, or every
    year does, the other holds no amount.
    """
    few = clients.like(clients.delivered, SEGMENTS)
    numbers = counted(replace(few, prices={GATE: -np.ones_like(few.rate)}), sigma)
    few = replace(few, prices={**few.prices, GATE: np.zeros_like(few.rate)})
    shocks = Shocks.of(sigma, nodes_for(few, sigma))
    _, sd, fine = overall(few, shocks)
    lattice, some = prepared(few, sigma, (sd, max(fine, sd / STEPS)))
    frequencies = np.arange(min(WIDER * (int(some[-1]) + 1), lattice.size // 2 + 1))
    values, everyone = on_points(spectrum(few, shocks, lattice, frequencies), lattice)
    # The numbers who reoffend stand as what they would cost at £1 each, so the least is at the end.
    fewest, size = round(-float(numbers.values[-1])), len(numbers.values) + 1
    inside = np.arange(fewest, min(most + 1, fewest + size))
    passing = np.zeros(lattice.size // 2 + 1, dtype=np.complex128)
    quiet = 0
    for turn in sorted(range(-((size - 1) // 2), size // 2 + 1), key=abs):
        angle = 2 * np.pi * turn / size
        found = spectrum(few, shocks, lattice, frequencies, angle)
        passing += found * np.exp(1j * angle * inside).sum() / size
        quiet = 0 if np.abs(found).max() > LITTLE else quiet + 1
        if quiet == QUIET:
            break
    passed = np.clip(on_points(passing, lattice)[1], 0.0, np.maximum(everyone, 0.0))
    whole = float(np.maximum(everyone, 0.0).sum())
    return among(values, passed / whole, lattice), among(values, (everyone - passed) / whole, lattice)
