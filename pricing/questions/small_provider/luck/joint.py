"""Results pay of a year jointly with what comes and goes beside it: fee and costs follow who comes, as results do.

Where the clients are exactly a mix, what is beside results is sure. Where they are drawn, both are sums over the same
clients, and their joint distribution is the inverse of the joint transform: one client's, to the power of the clients.
What is beside results stands on a lattice of its own; amounts between two of its points go to both, which keeps the
mean, and what that adds to the spread is taken off again by drawing the points together.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.fft import ifft, next_fast_len
from scipy.special import logsumexp

from pricing.pause import pause
from pricing.people.cohort import FloatArray, IntArray
from pricing.questions.small_provider.luck import lattice
from pricing.questions.small_provider.luck.clients import SAME, Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.lattice import NOTHING, TILTS, ComplexArray, Lattice
from pricing.questions.small_provider.luck.moments import nodes_for, overall, shares
from pricing.questions.small_provider.luck.shocks import Shocks, coarse, interpolation

WORK = 2_000_000
"""Shocks times frequencies of both sums to aim at."""
POINTS = (64, 1024)
"""Points of the lattice for what is beside results, at least and at most."""
HELD = 1_000_000
"""Complex numbers held at once, about, for one client of each segment."""
CELLS = 8192
"""Stretches into which the amounts of a table are put together."""
DETAIL = 200.0
"""Steps of pay in one standard deviation, where amounts differ."""
PARTS = 8
"""Points for each amount that stands for a stretch, once a rule goes over it."""


@dataclass(frozen=True, eq=False)
class Joint:
    """Results ``pay`` and what is ``beside`` it, £ a year, with the ``chances`` of each pair, which sum to 1.

    The three arrays are broadcast together: pairs one by one, or a table (beside, pay). Each amount of pay stands for
    as many £ about it as ``width`` says, evenly. ``drawn`` if these are years that were drawn.
    """

    pay: FloatArray
    beside: FloatArray
    chances: FloatArray
    width: float = 0.0
    drawn: bool = False

    @classmethod
    def with_sure(cls, pay: Distribution, beside: float) -> "Joint":
        """Where luck does not touch what is beside results."""
        return cls(pay.values, np.array([beside]), pay.chances, pay.width)

    @property
    def is_sure_beside(self) -> bool:
        """Whether luck does not touch what is beside results."""
        return float(np.ptp(self.beside)) == 0

    @property
    def pay_alone(self) -> Distribution:
        """The distribution of results pay."""
        chances = self.chances if self.chances.ndim == 1 else self.chances.sum(axis=0).clip(min=0.0)
        chances = chances / chances.sum()
        return Distribution(self.pay, chances, self.width) if self.width else Distribution.of(self.pay, chances)

    @property
    def mean_pay(self) -> float:
        """Expected results pay, £."""
        return float((self.pay * self.chances).sum())

    def paid(self, rule: Callable[[FloatArray], FloatArray]) -> "Joint":
        """The same where a ``rule`` makes of the results pay what is paid; in a table, over a stretch, its mean."""
        if not self.width:
            return replace(self, pay=rule(self.pay))
        about = self.width * ((np.arange(PARTS) + 0.5) / PARTS - 0.5)
        if self.is_sure_beside:
            every = (self.pay[:, None] + about).ravel()
            return Joint(rule(every), self.beside, np.repeat(self.chances / PARTS, PARTS))
        return replace(self, pay=np.mean([rule(self.pay + each) for each in about], axis=0), width=0.0)

    def sum(self, times: float = 1.0, plus: float = 0.0) -> Distribution:
        """The distribution of ``times`` the pay, and what is beside it, and ``plus`` something sure."""
        if self.is_sure_beside and self.width:
            return Distribution(self.pay, self.chances, self.width).moved(times, float(self.beside.flat[0]) + plus)
        values = (times * self.pay + self.beside + plus).ravel()
        if self.is_sure_beside or self.chances.ndim == 1:
            return Distribution.of(values, self.chances)
        return in_cells(values, self.chances.ravel())


def in_cells(values: FloatArray, chances: FloatArray) -> Distribution:
    """Many amounts put together in CELLS stretches: each goes to the middles of the two next to it, its mean kept.

    Chances that the last digits leave below 0 cancel with those beside them before what is left of them is cut off.
    """
    low, high = float(values.min()), float(values.max())
    width = (high - low) / (CELLS - 2)
    place = (values - low) / width
    below = np.floor(place).astype(np.int64)
    part = place - below
    mass = np.bincount(below, chances * (1 - part), CELLS) + np.bincount(below + 1, chances * part, CELLS)
    kept = mass.clip(min=0.0) / mass.clip(min=0.0).sum()
    middles = low + width * np.arange(CELLS, dtype=np.float64)
    return Distribution(middles + float(values @ chances - middles @ kept), kept, width)


def jointly(clients: Clients, sigma: float, others: int = 0, part: float = 1.0) -> Joint:
    """What is counted for the clients and for ``others`` like them, in £, with what is beside the clients' own results.

    Standing pay is not in it. ``sigma`` of the common shock; ``part`` of WORK. Raises `lattice.TooLongError`, or
    ScenarioError as `lattice.counted` does.
    """
    together = clients.like(clients.delivered + others, len(clients.people)) if others else clients
    if is_sure(clients):
        return Joint.with_sure(
            lattice.counted(together, sigma, longest=lattice.TOO_LONG), clients.total(clients.beside)
        )
    shocks = Shocks.of(sigma, nodes_for(together, sigma))
    mean, sd, fine = overall(together, shocks)
    if sd <= lattice.NO_LUCK * max(abs(mean), 1.0):
        return Joint(np.array([mean]), *beside_alone(clients))
    of_pay, some = lattice.prepared(together, sigma, (sd, max(fine, sd / DETAIL)), longest=lattice.TOO_LONG)
    beside = Beside.of(clients, int(part * WORK) // max(len(shocks.z) * len(some), of_pay.size))
    transform = np.zeros((beside.size, of_pay.size // 2 + 1), dtype=np.complex128)
    transform[:, some] = spectrum(together, beside, others, shocks, (of_pay, some))
    pay, pairs = lattice.on_points(ifft(transform, axis=0), of_pay)
    lattice.settled(pay, pairs.sum(axis=0), of_pay, (mean, sd))
    if not of_pay.exact:
        pay = drawn_together(pay, pairs.sum(axis=0), (mean, sd))
    stands = beside.points(pairs.sum(axis=1))
    return Joint(pay, stands[:, None], pairs / pairs.sum(), 0.0 if of_pay.exact else of_pay.step)


def drawn_together(points: FloatArray, chances: FloatArray, known: tuple[float, float]) -> FloatArray:
    """The ``points`` moved so that they have the mean and standard deviation that are ``known``."""
    found = Distribution(points, chances / chances.sum())
    return known[0] + (points - found.mean) * (known[1] / found.sd if found.sd > 0 else 1.0)


def beside_alone(clients: Clients) -> tuple[FloatArray, FloatArray]:
    """What is beside results where those are sure: amounts, £, and their chances."""
    if is_sure(clients):
        return np.array([clients.total(clients.beside)]), np.ones(1)
    beside = Beside.of(clients, POINTS[1])
    chances = np.fft.ifft(raised(shares(clients) @ beside.units, clients.delivered)).real.clip(min=0.0)
    return beside.points(chances), chances / chances.sum()


def is_sure(clients: Clients) -> bool:
    """Whether luck does not touch what is beside results."""
    return not clients.drawn or float(np.ptp(clients.beside)) <= SAME * float(np.abs(clients.beside).max())


@dataclass(frozen=True, eq=False)
class Beside:
    """The lattice of what is beside results: of each client, £ beyond that of the first segment.

    ``first`` point in steps, ``step`` £, ``units`` (segments, points) one client's transform at each frequency;
    ``known`` mean and standard deviation of the sum, £; ``start`` £ that the first segment's would come to.
    """

    first: int
    step: float
    units: ComplexArray
    known: tuple[float, float]
    start: float

    @classmethod
    def of(cls, clients: Clients, points: int) -> "Beside":
        """The lattice for the ``clients``, of so many points at most where amounts do not fall on one."""
        number, share = clients.delivered, shares(clients)
        each = clients.beside - clients.beside[0]
        mean, variance = float(share @ each), float(share @ each**2 - (share @ each) ** 2)
        low, high = ends(each, share, number)
        most = int(np.clip(points, *POINTS))
        step = step_of(each, (high - low) / (most - 4))
        first = int(np.floor(low / step + 1e-9)) - 1
        size = int(next_fast_len(int(np.ceil(high / step - 1e-9)) + 2 - first))
        angles = 2 * np.pi * np.arange(size) / size
        below = np.floor(each / step + 1e-9)[:, None]
        part = np.clip(each / step - below[:, 0], 0.0, 1.0)[:, None]
        units = np.exp(-1j * angles * below) * (1 - part + part * np.exp(-1j * angles))
        return cls(first, step, units, (number * mean, np.sqrt(number * variance)), number * float(clients.beside[0]))

    @property
    def size(self) -> int:
        """How many points it has."""
        return int(self.units.shape[1])

    def points(self, chances: FloatArray) -> FloatArray:
        """£ of each point, as the inverse transform has them, from their ``chances``; (size,)."""
        order = (np.arange(self.size) - self.first) % self.size + self.first
        return np.asarray(self.start + drawn_together(self.step * order.astype(np.float64), chances, self.known))


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


def spectrum(
    together: Clients, beside: Beside, others: int, shocks: Shocks, pay: tuple[Lattice, IntArray]
) -> ComplexArray:
    """Joint transform (beside, frequencies of pay): of pay for all, and of what is beside for all but ``others``."""
    of_pay, some = pay
    at = coarse(shocks)
    between = interpolation(at, shocks.z) if len(at) < len(shocks.z) else np.eye(len(shocks.z))
    share = shares(together)
    blocks = np.array_split(some, 1 + len(some) * len(at) * len(share) // HELD)
    found = []
    for block in blocks:
        pause()
        logs = lattice.one_by_one(together, (at, shocks.sigma), of_pay, of_pay.angles[block])
        each = np.array([np.broadcast_to(np.exp(log), (len(at), len(block))) for log in logs])
        # (segments, points) and (segments, shocks, frequencies) of one client become (shocks, points, frequencies).
        weighed = (beside.units * share[:, None]).T
        one = np.array([weighed @ each[:, z] for z in range(len(at))]).reshape(len(at), -1)
        any_one = np.tensordot(share, each, 1)
        whole = np.zeros((beside.size, len(block)), dtype=np.complex128)
        for weight, row in zip(shocks.weights, between, strict=True):
            # Real weights of complex numbers: as pairs of reals, half of the work.
            mixed = (row @ one.view(np.float64)).view(np.complex128).reshape(whole.shape)
            whole += weight * raised(mixed, together.delivered - others) * raised(row @ any_one, others)
        found.append(whole)
    return np.concatenate(found, axis=1)


def raised(base: ComplexArray, power: int) -> ComplexArray:
    """A whole ``power`` of complex numbers, by squaring: numpy's own goes by logarithms and takes far longer."""
    found = np.ones_like(base)
    while power:
        if power % 2:
            found = found * base
        power //= 2
        if power:
            base = base * base
    return found
