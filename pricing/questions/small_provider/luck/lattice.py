"""A year's results pay, exactly: every client's luck added up on a lattice of £ by fast Fourier transform.

The transform of a sum is the product of the transforms: for each segment one client's, to the power of its people.
Amounts that do not fall on the lattice go to their two neighbours, which keeps the mean; what that adds to the
variance is taken off again by drawing the lattice together. Where all amounts are the same, that amount is the step
and nothing is lost. A Chernoff bound fixes how far the lattice must reach on either side; nothing is wrapped.

A common shock is integrated by Gauss-Hermite quadrature. A narrow distribution moved far wants many nodes, but one
client's transform is smooth in the shock: it is worked out at a few and interpolated before it is raised to a power.
"""

from dataclasses import replace
from functools import partial

import numpy as np
from scipy.fft import irfft, next_fast_len

from pricing.contract.counted.complex_numbers import ComplexArray, log
from pricing.contract.counted.few_places import from_few, interpolation
from pricing.errors import ScenarioError
from pricing.people.arrays import FloatArray, IntArray
from pricing.questions.small_provider.luck.carried import lowest_if_smooth, near_any
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.moments import nodes_for, overall
from pricing.questions.small_provider.luck.shocks import Shocks, at_shocks, coarse
from pricing.questions.small_provider.luck.transforms import (
    Lattice,
    floored,
    summed_logarithm,
    transforms,
)
from pricing.questions.small_provider.luck.window import NOTHING, window
from pricing.resources.pause import pause
from pricing.scenario.metrics import by_event

ENOUGH = 50.0
"""Steps of the lattice in one standard deviation, where the sum is smooth."""
PARTS = 20
"""Amounts that are multiples of the smallest, or of one of its first 20 parts, set the step."""
MANY = 1 << 13
"""Points up to which they do so even if the step is finer than it need be."""
ALIKE = 1e-9
"""Relative difference of amounts that are the same."""
NEVER = 1e-15
"""A chance that the last digits of a sum leave over."""
WRONG, CUT_OFF = 1e-9, 1e-6
"""By which a chance may be below 0, and all together miss 1, before anything is cut off or scaled; the second where
amounts do not fall on the lattice, so that frequencies beyond its own are cut off."""
NO_LUCK, LOST = 1e-12, 1e-5
"""Standard deviation, beside the mean, that is no luck at all; and those by which the lattice may miss the mean."""
LONGEST, TOO_LONG = 1 << 20, 40_000
"""Points of a lattice at most; and where amounts do not fall on it, those from which it takes too long."""
PLACES, MISSED = (128, 1024), 1e-6
"""Places, at least and at most, from which a smooth logarithm is known at others; and what it may be missed by at half
as many."""
DEEPEST = 600.0
"""Minus the logarithm of a product over segments that is none."""


class TooLongError(ScenarioError):
    """A sum that has an exact distribution which takes too long to work out."""


def counted(clients: Clients, sigma: float = 0.0, longest: int = LONGEST) -> Distribution:
    """Distribution of the year's pay for what is counted, without ``standing``; linear in results.

    ``sigma`` of the common shock, in log-odds. Raises ScenarioError where the lattice would need more than LONGEST
    points, and TooLongError as `prepared` does.
    """
    shocks = Shocks.of(sigma, nodes_for(clients, sigma))
    mean, sd, fine = overall(clients, shocks)
    if sd <= NO_LUCK * max(abs(mean), 1.0):
        return Distribution.sure(mean)
    lattice, some = prepared(clients, sigma, (sd, fine), longest)
    values, chances = on_points(spectrum(clients, shocks, lattice, some), lattice)
    return settled(values, chances, lattice, (mean, sd))


def prepared(
    clients: Clients,
    sigma: float,
    spread: tuple[float, float],
    longest: int = LONGEST,
    ends: tuple[float, float] | None = None,
    joint: bool = False,
) -> tuple[Lattice, IntArray]:
    """The lattice for a year's pay between two ``ends``, its window's, and those frequencies that carry anything.

    ``spread`` is the standard deviation, and the step where amounts differ; ``joint`` as a Lattice has it. Raises
    TooLongError where amounts do not fall on the lattice and it would be longer than ``longest``.
    """
    sd, fine = spread
    ends = ends or window(clients, sigma, sd)
    for step in dict.fromkeys((max(fine, sd / ENOUGH), fine)):
        lattice = replace(fitting(clients, step, ends), joint=joint)
        if lattice.exact:
            break
        if lattice.size > longest:
            raise TooLongError("The year's pay may come to more amounts than can be followed in little time.")
        smooth = replace(lattice, split=False)
        lowest = lowest_if_smooth(clients, sigma, smooth, sd)
        if lowest is not None:
            return smooth, np.arange(lowest)
    return lattice, np.flatnonzero(near_any(clients, sigma, lattice, sd) > -NOTHING)


def settled(values: FloatArray, chances: FloatArray, lattice: Lattice, known: tuple[float, float]) -> Distribution:
    """Points and chances as a distribution with the mean and the standard deviation that are ``known``.

    Raises ScenarioError where the mean says that something has been wrapped.
    """
    mean, sd = known
    short = abs(float(values @ chances) - mean) > LOST * sd
    wrong = WRONG if lattice.exact else CUT_OFF
    if short or chances.min() < -wrong or abs(float(chances.sum()) - 1) > wrong:
        raise ScenarioError("A part of the year's pay has fallen off the lattice, which is too short for its tails.")
    found = among(values, chances, lattice)
    found = replace(found, chances=found.chances / found.chances.sum())
    if lattice.exact:
        return found
    drawn = sd / found.sd
    return found.moved(drawn, mean - drawn * found.mean)


def among(values: FloatArray, chances: FloatArray, lattice: Lattice) -> Distribution:
    """The points of a lattice that have any chance; none of them where nothing has."""
    some = np.flatnonzero(chances > NEVER)
    if not some.size:
        return Distribution(np.zeros(0), np.zeros(0))
    inside = slice(some[0], some[-1] + 1)
    return Distribution(values[inside], np.maximum(chances[inside], 0.0), 0.0 if lattice.exact else lattice.step)


def fitting(clients: Clients, fine: float, ends: tuple[float, float]) -> Lattice:
    """A lattice that holds all between two ``ends``, £; raises ScenarioError where that takes more than LONGEST."""
    length = ends[1] - ends[0]
    step, exact = step_for(clients, fine, length)
    first = int(np.floor(ends[0] / step)) - 1
    needed = int(np.ceil(ends[1] / step)) + 2 - first
    if needed > LONGEST:
        raise ScenarioError(
            f"The year's pay may come to anything from £{ends[0]:,.0f} to £{ends[1]:,.0f}: "
            f"{LONGEST:,} steps of £{step:,.2f} cannot hold that."
        )
    return Lattice(step, int(next_fast_len(needed, real=True)), first, exact)


def on_points(transform: ComplexArray, lattice: Lattice) -> tuple[FloatArray, FloatArray]:
    """The lattice's points, £, and the chance of each up to its last digits: (size,) and (..., size).

    ``transform`` has shape (..., frequencies): the lattice's first, the others being 0.
    """
    # Turned, so that the first point comes first: to move them afterwards is to copy a whole table.
    turned = np.arange(transform.shape[-1]) * (lattice.first % lattice.size) % lattice.size
    chances = irfft(transform * np.exp(2j * np.pi / lattice.size * turned), lattice.size, axis=-1)
    return lattice.step * (lattice.first + np.arange(lattice.size, dtype=float)), np.asarray(chances)


def step_for(clients: Clients, fine: float, length: float) -> tuple[float, bool]:
    """£ between points, and whether all amounts fall on them: multiples of one amount, or of a small part of it.

    If they do not, or the lattice would be far longer than with ``fine`` steps, those are taken.
    """
    harm = clients.per_reoffence[1]
    counted = (clients.of_one(event) for event in by_event(clients.prices) if event != "harm")
    amounts = np.abs(np.concatenate([harm, *(each for event in counted for each in event)]))
    amounts = amounts[amounts > 0]
    if not np.any((clients.dispersion > 0) & (harm != 0)) and not np.any(clients.brought) and len(amounts):
        for parts in range(1, PARTS + 1):
            step = float(amounts.min()) / parts
            if step < fine and length > MANY * step:
                break
            if np.all(np.abs(amounts / step - np.rint(amounts / step)) <= ALIKE * amounts / step):
                return float((amounts / np.rint(amounts / step)).mean()), True
    return fine, False


def spectrum(clients: Clients, shocks: Shocks, lattice: Lattice, some: IntArray) -> ComplexArray:
    """Transform of the year's pay at ``some`` of the lattice's frequencies, (size // 2 + 1,); elsewhere it is 0."""
    at = coarse(shocks)
    between = interpolation(at, shocks.z) if len(at) < len(shocks.z) else None
    known, angles = (clients, (at, shocks.sigma), lattice), lattice.angles[some]
    little = turns_little(clients, lattice, some)
    if between is None or little:
        smooth, work = little and not lattice.split, partial(summed_logarithm, *known)
        few = from_few(work, angles, PLACES, MISSED) if smooth else work(angles)
        logs = at_shocks(few, slice(None), between)
    else:
        logs = np.zeros((len(shocks.z), len(some)), dtype=np.complex128)
        # One client's transform is smooth in the shock; its logarithm is not near 0, and takes longest: so few of them.
        products: dict[float, ComplexArray] = {}
        for people, each in transforms(*known, angles):
            pause()
            there = at_shocks(each, slice(None), between)
            products[people] = np.multiply(there, products.get(people, 1.0), out=there)
        for people, product in products.items():
            with np.errstate(divide="ignore"):
                logs += people * floored(log(product), DEEPEST)
    found = np.zeros(lattice.size // 2 + 1, dtype=np.complex128)
    carried = np.zeros_like(logs)
    np.exp(logs, out=carried, where=logs.real > -2 * NOTHING)  # in years far up nearly all of them carry nothing
    found[some] = shocks.weights @ carried
    return found


def turns_little(clients: Clients, lattice: Lattice, some: IntArray) -> bool:
    """Whether one client's transform is nowhere near 0 at ``some`` frequencies: its logarithm then is smooth as well.

    Of what happens once, with a chance p, it is 1 + p (u - 1), u a turn by its price: 0 where p / (1 - p) = -1 / u,
    no nearer to the real shocks than `shocks.NEAREST` while u turns by no more than a quarter. A count's is never 0.
    """
    prices = by_event(clients.prices)
    if clients.drawn or ("reoffender" in prices and prices.keys() & {"reoffence", "harm"}):
        return False
    paid = [each for event in prices.keys() & {"reoffender", "need"} for each in clients.of_one(event)]
    once = max((float(np.abs(each).max()) for each in paid), default=0.0)
    return once / lattice.step * float(lattice.angles[some[-1]]) <= np.pi / 2
