"""Results pay of a year jointly with what comes and goes beside it: fee and costs follow who comes, as results do.

Where the clients are exactly a mix, what is beside results is sure. Where they are drawn, both are sums over the same
clients, and their joint distribution is the inverse of the joint transform: one client's, to the power of the clients.
What is beside results stands on a lattice of its own; amounts between two of its points go to both, which keeps the
mean, and what that adds to the spread is taken off again by drawing the points together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.fft import ifft

from pricing.contract.counted.complex_numbers import ComplexArray, log_size, raised
from pricing.contract.counted.few_places import interpolation
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.questions.small_provider.luck import lattice
from pricing.questions.small_provider.luck.beside import POINTS, Beside, beside_alone, drawn_together, is_sure
from pricing.questions.small_provider.luck.clients import Clients, with_others
from pricing.questions.small_provider.luck.distribution import Distribution, in_cells
from pricing.questions.small_provider.luck.moments import nodes_for, overall, shares
from pricing.questions.small_provider.luck.shocks import Shocks, at_shocks, coarse
from pricing.questions.small_provider.luck.transforms import Lattice, one_by_one
from pricing.questions.small_provider.luck.window import window
from pricing.resources.pause import pause

FEW = 8
"""Shocks that transforms are taken to at once."""
WORK = 2_000_000
"""Shocks times frequencies of both sums to aim at."""
HELD = 1_000_000
"""Complex numbers held at once, about, for one client of each segment."""
NEGLIGIBLE = 1e-16
"""A chance of one cell of a table that is left out: of a million cells together, 1e-10."""
PIECE = 32_768
"""Cells of a table looked at at once: what a processor's nearest memory holds."""
DEEPEST = 60.0
"""Minus the logarithm of a pair of frequencies that carries nothing at any of the shocks where it is looked at; between
them it may be somewhat more."""
DETAIL, LEAST_DETAIL = 200.0, 60.0
"""Steps of pay in one standard deviation, where amounts differ; and where that would be MUCH work: chances move by up
to .005 then, where a few amounts are likely (the harm of 30 people)."""
BELOW_NONE = 1e-5
"""What chances of pairs below 0 may come to in sum. More is left by frequencies that carry nothing of pay alone, but of
both together, and widens the luck of the year."""
MUCH = 1.2e8
"""Numbers of clients times shocks times frequencies of both sums that are much work: two seconds of it."""
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
        if self.is_sure_beside or self.chances.ndim == 1:
            return Distribution.of((times * self.pay + self.beside + plus).ravel(), self.chances)
        pay, values, chances = times * self.pay + plus, [], []
        rows = max(PIECE // len(pay), 1)
        for some in (slice(start, start + rows) for start in range(0, len(self.chances), rows)):
            pause()
            kept = np.abs(self.chances[some]) > NEGLIGIBLE
            if kept.any():
                values.append((pay + self.beside[some])[kept])
                chances.append(self.chances[some][kept])
        return in_cells(values, chances)


def jointly(clients: Clients, sigma: float, others: int = 0, part: float = 1.0) -> Joint:
    """What is counted for the clients and for ``others`` like them, in £, with what is beside the clients' own results.

    Standing pay is not in it. ``sigma`` of the common shock; ``part`` of WORK. Raises `lattice.TooLongError`, or
    ScenarioError as `lattice.counted` does.
    """
    if is_sure(clients):
        pay = lattice.counted(with_others(clients, others), sigma, longest=lattice.TOO_LONG)
        return Joint.with_sure(pay, clients.total(clients.beside))
    return each_number((clients,), sigma, others, part)[0]


def each_number(some: Sequence[Clients], sigma: float, others: int = 0, part: float = 1.0) -> list[Joint]:
    """The same for ``some`` numbers of clients who are drawn from the same segments, fewest first.

    One client's transform is the same for all of them, so that they share one lattice, and most of the work.
    """
    every = [each.of_number(each.delivered + others) for each in some]
    shocks = Shocks.of(sigma, nodes_for(every[-1], sigma))
    known = [overall(each, shocks, one) for each, one in zip(every, alike(every), strict=True)]
    if any(sd <= lattice.NO_LUCK * max(abs(mean), 1.0) for mean, sd, _ in known):
        return [Joint(np.array([mean]), *beside_alone(each)) for each, (mean, _, _) in zip(some, known, strict=True)]
    for joint in (False, True):
        pay = lattice_of(every, sigma, known, len(shocks.z), joint)
        beside = Beside.of(some, int(part * WORK) // max(len(shocks.z) * len(pay[1]), pay[0].size))
        carried = spectra(every[0], beside, ([each.delivered for each in some], others), shocks, pay)
        tables = [table(each, pay) for each in carried]
        if joint or min(float(pairs.clip(max=0.0).sum()) for _, pairs in tables) > -BELOW_NONE:
            break
    return [
        from_table(found, pay[0], beside, each.delivered, of_pay[:2])
        for found, each, of_pay in zip(tables, some, known, strict=True)
    ]


def alike(every: Sequence[Clients]) -> list[Clients]:
    """For ``every`` number of clients some whose luck one by one is theirs: the first, so that it is worked out once.

    What a client brings by coming hangs on the mean, and that on the last digits of how many there are.
    """
    first = every[0]
    return [first if np.array_equal(each.brought, first.brought) else each for each in every]


def lattice_of(
    every: Sequence[Clients], sigma: float, known: Sequence[tuple[float, float, float]], shocks: int, joint: bool
) -> tuple[Lattice, IntArray]:
    """The lattice of pay that suits ``every`` number of clients, fewest first, and the frequencies that carry anything.

    What is ``known`` of each is as `overall` has it. Steps are wider where with so many ``shocks`` they are MUCH work.
    ``joint`` as a Lattice has it.
    """
    each_of = zip(every, known, alike(every), strict=True)
    windows = np.array([window(each, sigma, sd, one) for each, (_, sd, _), one in each_of])
    ends = float(windows[:, 0].min()), float(windows[:, 1].max())
    _, sd, fine = known[0]

    def prepared(detail: float) -> tuple[Lattice, IntArray]:
        spread = sd, max(fine, sd / detail)
        return lattice.prepared(every[0], sigma, spread, longest=lattice.TOO_LONG, ends=ends, joint=joint)

    of_pay, at = prepared(DETAIL)
    much = len(every) * shocks * len(at) * POINTS[0] / MUCH
    return (of_pay, at) if much <= 1 or of_pay.exact else prepared(max(DETAIL / much, LEAST_DETAIL))


def table(carried: ComplexArray, pay: tuple[Lattice, IntArray]) -> tuple[FloatArray, FloatArray]:
    """Amounts of pay, and chances (beside, pay), whose joint transform is ``carried`` by some frequencies."""
    pause()
    of_pay, some = pay
    transform = np.zeros((len(carried), int(some[-1]) + 1), dtype=np.complex128)
    transform[:, some] = ifft(carried, axis=0)
    return lattice.on_points(transform, of_pay)


def from_table(
    found: tuple[FloatArray, FloatArray], of_pay: Lattice, beside: Beside, number: int, known: tuple[float, float]
) -> Joint:
    """The joint distribution for a ``number`` of clients, of whose pay the mean and spread are ``known``."""
    values, pairs = found
    lattice.settled(values, pairs.sum(axis=0), of_pay, known)
    if not of_pay.exact:
        values = drawn_together(values, pairs.sum(axis=0), known)
    stands = beside.points(pairs.sum(axis=1), number)
    return Joint(values, stands[:, None], pairs / pairs.sum(), 0.0 if of_pay.exact else of_pay.step)


def spectra(
    people: Clients,
    beside: Beside,
    numbers: tuple[Sequence[int], int],
    shocks: Shocks,
    pay: tuple[Lattice, IntArray],
) -> ComplexArray:
    """Joint transforms, (numbers, beside, frequencies of pay), for each of the ``numbers`` of clients and some others.

    Of pay for all of them, and of what is beside it for all but the others. ``numbers`` rise.
    """
    (own, others), (of_pay, some) = numbers, pay
    at, share = coarse(shocks), shares(people)
    between = interpolation(at, shocks.z) if len(at) < len(shocks.z) else None
    # (segments, points) and (segments, shocks, frequencies) of one client become (shocks, points, frequencies).
    weighed = (beside.units * share[:, None]).T
    whole = np.zeros((len(own), beside.size, len(some)), dtype=np.complex128)
    length = max(HELD // (len(at) * len(share)), 1)
    for block in (slice(start, start + length) for start in range(0, len(some), length)):
        pause()
        segments = one_by_one(people, (at, shocks.sigma), of_pay, of_pay.angles[some[block]])
        shape = (len(at), len(some[block]))
        each = np.array([np.broadcast_to(one.transform(units), shape) for one, units in segments])
        joint = np.array([joined(weighed, each[:, z]) for z in range(len(at))])
        any_one = np.tensordot(share, each, 1)
        row, column = np.nonzero(carries(joint, any_one, (own[0], others)))
        joint = joint.reshape(len(at), -1).take(row * joint.shape[2] + column, axis=1)
        found = np.zeros((len(own), len(row)), dtype=np.complex128)
        for few in (slice(start, start + FEW) for start in range(0, len(shocks.z), FEW)):
            joints = at_shocks(joint, few, between)
            rests = at_shocks(any_one, few, between) if others else joints  # of no others, none is asked for
            for weight, one, rest in zip(shocks.weights[few], joints, rests, strict=True):
                pause()
                of_others = (weight * raised(rest, others))[column] if others else weight
                for place, power in enumerate(powers(one, own)):
                    found[place] += of_others * power
        whole[:, row, block.start + column] = found
    return whole


def joined(weighed: ComplexArray, each: ComplexArray) -> ComplexArray:
    """One client's joint transform in years with one shock, (beside, pay), from its segments'."""
    pause()
    return weighed @ each


def carries(joint: ComplexArray, any_one: ComplexArray, numbers: tuple[int, int]) -> BoolArray:
    """Which pairs of frequencies, (beside, pay), carry anything at any of the shocks; the others are 0 to 25 digits.

    From one client's transforms, ``joint`` (shocks, beside, pay) and of pay alone (shocks, pay), for the least of the
    ``numbers`` of clients, and the others.
    """
    own, others = numbers
    with np.errstate(divide="ignore"):
        if not others:  # what carries most does so of one client too: one logarithm for all shocks
            most = (joint.real**2 + joint.imag**2).max(axis=0)
            return np.asarray(0.5 * own * np.log(most) > -DEEPEST)
        size = own * log_size(joint) + others * log_size(any_one)[:, None]
    return np.asarray(size.max(axis=0) > -DEEPEST)


def powers(base: ComplexArray, numbers: Sequence[int]) -> Iterator[ComplexArray]:
    """Whole powers of complex numbers, one after another; ``numbers`` rise."""
    reached, found = 0, np.ones_like(base)
    steps: dict[int, ComplexArray] = {}
    for number in numbers:
        step = number - reached
        if step not in steps:
            steps[step] = raised(base, step)
        found, reached = found * steps[step], number
        yield found
