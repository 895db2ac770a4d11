"""What comes and goes beside results pay, where who comes is luck: fee and costs on a lattice of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.fft import next_fast_len
from scipy.special import logsumexp

from pricing.contract.counted.complex_numbers import ComplexArray, raised
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.luck import lattice
from pricing.questions.small_provider.luck.clients import SAME, Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.moments import shares
from pricing.questions.small_provider.luck.window import NOTHING, TILTS

POINTS = (64, 1024)
"""Points of the lattice for what is beside results, at least and at most."""


@dataclass(frozen=True, eq=False)
class Beside:
    """The lattice of what is beside results: of each client, £ beyond that of the first segment.

    ``first`` point in steps, ``step`` £, ``units`` (segments, points) one client's transform at each frequency;
    ``known`` mean and variance of one client's, £; ``start`` £ of a client of the first segment.
    """

    first: int
    step: float
    units: ComplexArray
    known: tuple[float, float]
    start: float

    @classmethod
    def of(cls, some: Sequence[Clients], points: int) -> "Beside":
        """The lattice for ``some`` numbers of the same clients, of so many points at most unless amounts fall on it."""
        share = shares(some[0])
        each = some[0].beside - some[0].beside[0]
        mean, variance = float(share @ each), float(share @ each**2 - (share @ each) ** 2)
        reach = [ends(each, share, clients.delivered) for clients in some]
        low, high = min(low for low, _ in reach), max(high for _, high in reach)
        most = int(np.clip(points, *POINTS))
        step = step_of(each, (high - low) / (most - 4))
        first = int(np.floor(low / step + 1e-9)) - 1
        size = int(next_fast_len(int(np.ceil(high / step - 1e-9)) + 2 - first))
        angles = 2 * np.pi * np.arange(size) / size
        below = np.floor(each / step + 1e-9)[:, None]
        part = np.clip(each / step - below[:, 0], 0.0, 1.0)[:, None]
        units = np.exp(-1j * angles * below) * (1 - part + part * np.exp(-1j * angles))
        return cls(first, step, units, (mean, variance), float(some[0].beside[0]))

    @property
    def size(self) -> int:
        """How many points it has."""
        return int(self.units.shape[1])

    def points(self, chances: FloatArray, number: int) -> FloatArray:
        """£ of each point for a ``number`` of clients, as the inverse transform has them, from their ``chances``."""
        order = (np.arange(self.size) - self.first) % self.size + self.first
        mean, variance = self.known
        known = number * mean, float(np.sqrt(number * variance))
        return np.asarray(number * self.start + drawn_together(self.step * order.astype(np.float64), chances, known))


def ends(each: FloatArray, share: FloatArray, number: int) -> tuple[float, float]:
    """£ outside of which the sum of so many draws from ``each`` lies with a chance of exp(-NOTHING) at most."""
    sd = float(np.sqrt(number * (share @ each**2 - (share @ each) ** 2)))
    tilts = np.concatenate([-TILTS, TILTS]) / sd
    found = (number * logsumexp(tilts[:, None] * each, axis=1, b=share) + NOTHING) / tilts
    low, high = found[: len(TILTS)].max(), found[len(TILTS) :].min()
    return max(float(low), number * float(each.min())), min(float(high), number * float(each.max()))


def step_of(each: FloatArray, fine: float) -> float:
    """£ between points: the amount of which ``each`` is a multiple where one is no finer than ``fine``, or that."""
    amounts = np.abs(each[np.abs(each) > SAME * np.abs(each).max()])
    for parts in range(1, lattice.PARTS + 1):
        step = float(amounts.min()) / parts
        if step < fine:
            break
        if np.all(np.abs(amounts / step - np.rint(amounts / step)) <= 1e-6):
            return step
    return fine


def drawn_together(points: FloatArray, chances: FloatArray, known: tuple[float, float]) -> FloatArray:
    """The ``points`` moved so that they have the mean and standard deviation that are ``known``."""
    found = Distribution(points, chances / chances.sum())
    return known[0] + (points - found.mean) * (known[1] / found.sd if found.sd > 0 else 1.0)


def beside_alone(clients: Clients) -> tuple[FloatArray, FloatArray]:
    """What is beside results where those are sure: amounts, £, and their chances."""
    if is_sure(clients):
        return np.array([clients.total(clients.beside)]), np.ones(1)
    beside = Beside.of((clients,), POINTS[1])
    chances = np.fft.ifft(raised(shares(clients) @ beside.units, clients.delivered)).real.clip(min=0.0)
    return beside.points(chances, clients.delivered), chances / chances.sum()


def is_sure(clients: Clients) -> bool:
    """Whether luck does not touch what is beside results."""
    return not clients.drawn or float(np.ptp(clients.beside)) <= SAME * float(np.abs(clients.beside).max())
