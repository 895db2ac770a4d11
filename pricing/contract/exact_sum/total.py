"""A year's pay, exactly: every person's luck added up on a lattice of £ by fast Fourier transform.

Each of the errors is bounded before anything is worked out: what lies off the lattice (Chernoff), frequencies that are
left out (the modulus of what they carry), and the common shock (the trapezoidal rule's own bound); each of them 1 in
100,000 million. What comes out is held against the closed forms of chances, mean and variance as it is.
"""

import numpy as np

from pricing.contract.exact_sum.distribution import Distribution
from pricing.contract.exact_sum.everyone import SAMPLED, Everyone
from pricing.contract.exact_sum.lattice import Lattice, Spread, prepared, spread_of
from pricing.contract.exact_sum.people import People
from pricing.contract.exact_sum.shocks import Shocks
from pricing.contract.exact_sum.units import Units
from pricing.errors import ScenarioError
from pricing.people.cohort import FloatArray

NEVER = 1e-15
"""A chance that the last digits of a sum leave over."""
NO_LUCK = 1e-12
"""Standard deviation, beside the mean, that is no luck at all."""
OFF = 1e-9
"""How far the chances may miss a sum of 1, and any of them fall below 0."""
LOST = 1e-6
"""Standard deviations by which the lattice may miss the mean, and the share by which it may miss the variance."""


def counted(people: People, sigma: float = 0.0, points: int | None = None) -> Distribution:
    """Distribution of the year's pay for what is counted; linear in results.

    ``sigma`` of the common shock, in log-odds. ``points`` of the lattice, chosen if not given; raises ScenarioError
    where they are too few, or more than LONGEST would be needed.
    """
    everyone = Everyone.of(people, sigma)
    spread = spread_of(everyone)
    if spread.sd <= NO_LUCK * max(abs(spread.mean), 1.0):
        return Distribution.sure(spread.mean)
    found = prepared(everyone, spread, points)
    lattice, units = found.lattice, found.units(everyone)
    transform = np.zeros(lattice.size // 2 + 1, dtype=np.complex128)
    shocks = Shocks.of(sigma, everyone.spacing([sampled(units)]))
    transform[found.some] = everyone.over_shocks(units, shocks, found.carried)
    return settled(*lattice.on_points(transform), lattice, spread, splitting(everyone, lattice))


def sampled(units: list[Units]) -> list[Units]:
    """Those of some frequencies, by which the spacing of shocks is judged."""
    points = max(len(part) for part in vars(units[0]).values() if part is not None)
    some = np.unique(np.linspace(0, points - 1, SAMPLED).astype(int))
    return [unit.at(some) for unit in units]


def splitting(everyone: Everyone, lattice: Lattice) -> float:
    """Most that splitting amounts between two points can add to the variance of the year's pay, £ squared."""
    if lattice.exact or not lattice.split:
        return 0.0
    people = everyone.people
    each = np.ones_like(people.rate) + people.probability + people.rate + people.needs * people.met
    return people.total(each) * lattice.step**2 / 2


def settled(
    values: FloatArray, chances: FloatArray, lattice: Lattice, known: Spread, added: float = 0.0
) -> Distribution:
    """Points and chances as a distribution with the mean and the standard deviation that are ``known``.

    ``added`` to the variance at most by the lattice, which is drawn together by as much. Raises ScenarioError where
    chances, mean or variance are not what they must be: then something has been wrapped, or left out.
    """
    mean = float(values @ chances)
    variance = float(chances @ (values - known.mean) ** 2)
    least, most = (1 - LOST) * known.sd**2, (1 + LOST) * known.sd**2 + added
    if chances.min() < -OFF or abs(chances.sum() - 1) > OFF or abs(mean - known.mean) > LOST * known.sd:
        raise ScenarioError("A part of the year's pay has fallen off the lattice, which is too short for its tails.")
    if not least <= variance <= most:
        raise ScenarioError("The year's pay spreads otherwise on the lattice than it must: it is too short or coarse.")
    found = among(values, chances, lattice)
    if not added:
        return found
    drawn = known.sd / np.sqrt(variance)
    return found.moved(drawn, known.mean - drawn * mean)


def among(values: FloatArray, chances: FloatArray, lattice: Lattice) -> Distribution:
    """The points of a lattice that have any chance."""
    some = np.flatnonzero(chances > NEVER)
    inside = slice(some[0], some[-1] + 1)
    return Distribution(values[inside], np.maximum(chances[inside], 0.0), 0.0 if lattice.exact else lattice.step)
