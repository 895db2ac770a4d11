"""Transforms of one client's pay at the frequencies of a lattice, in years with a shock: as they are, or in logarithms.

Each is taken no further than is needed: a bound needs the size alone, a sum over who may come no logarithm.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pricing.contract.counted.complex_numbers import ComplexArray, log, log_size
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.moments import shares
from pricing.questions.small_provider.luck.one_client import OneClient, Units, in_years
from pricing.questions.small_provider.luck.window import NOTHING
from pricing.resources.pause import pause

Shock = tuple[FloatArray, float]
"""Shocks of some years, in log-odds, and their standard deviation."""


@dataclass(frozen=True)
class Lattice:
    """Points ``step`` £ apart, ``size`` of them, the first at ``first`` steps.

    ``exact`` if all amounts fall on points; if not, they are ``split`` between two points or, where the sum is so
    smooth that no frequency beyond the lattice's carries anything, left where they are. ``joint`` where what each
    client brings beside pay is looked at too, which may turn a segment's part of a transform any way.
    """

    step: float
    size: int
    first: int
    exact: bool
    split: bool = True
    joint: bool = False

    @property
    def angles(self) -> FloatArray:
        """The lattice's frequencies, (size // 2 + 1,)."""
        return np.asarray(2 * np.pi * np.arange(self.size // 2 + 1) / self.size)


def floored(logarithm: ComplexArray, least: float = NOTHING) -> ComplexArray:
    """The logarithm of a transform, no less than that of nothing: where one client's is 0, so is the whole."""
    logarithm.real = np.maximum(logarithm.real, -least)
    return logarithm


def sizes(clients: Clients, shock: Shock, lattice: Lattice, angles: FloatArray) -> Iterator[tuple[float, FloatArray]]:
    """The real parts of :func:`logarithms`, which take a third of the work."""
    with np.errstate(divide="ignore"):
        if clients.drawn and lattice.joint:
            every = zip(shares(clients), one_by_one(clients, shock, lattice, angles), strict=True)
            most = sum((share * np.exp(one.log_size(units)) for share, (one, units) in every), np.zeros(1))
            yield clients.delivered, np.maximum(np.log(most), -NOTHING)
            return
        if clients.drawn:
            yield clients.delivered, np.maximum(log_size(of_anyone(clients, shock, lattice, angles)), -NOTHING)
            return
        for people, (one, units) in zip(clients.people, one_by_one(clients, shock, lattice, angles), strict=True):
            yield people, np.maximum(one.log_size(units), -NOTHING)


def logarithms(
    clients: Clients, shock: Shock, lattice: Lattice, angles: FloatArray
) -> Iterator[tuple[float, ComplexArray]]:
    """People of each segment, and the logarithm of one client's transform in years with a ``shock``, at ``angles``.

    Where clients are drawn, all of them and the transform of one who is drawn.
    """
    with np.errstate(divide="ignore"):
        if clients.drawn:
            yield clients.delivered, floored(log(of_anyone(clients, shock, lattice, angles)))
            return
        for people, (one, units) in zip(clients.people, one_by_one(clients, shock, lattice, angles), strict=True):
            yield people, floored(one.log_transform(units))


def summed_logarithm(clients: Clients, shock: Shock, lattice: Lattice, angles: FloatArray) -> ComplexArray:
    """Logarithm of the transform of everyone's pay in years with a ``shock``, (years, angles)."""
    found = np.zeros((len(shock[0]), len(angles)), dtype=np.complex128)
    for people, each in logarithms(clients, shock, lattice, angles):
        pause()
        found += people * each
    return found


def transforms(
    clients: Clients, shock: Shock, lattice: Lattice, angles: FloatArray
) -> Iterator[tuple[float, ComplexArray]]:
    """The same without a logarithm, (years, angles)."""
    if clients.drawn:
        yield clients.delivered, of_anyone(clients, shock, lattice, angles)
        return
    shape = len(shock[0]), len(angles)
    for people, (one, units) in zip(clients.people, one_by_one(clients, shock, lattice, angles), strict=True):
        yield people, np.broadcast_to(one.transform(units), shape)


def of_anyone(clients: Clients, shock: Shock, lattice: Lattice, angles: FloatArray) -> ComplexArray:
    """Transform of one client who is drawn, (years, angles)."""
    found = np.zeros((len(shock[0]), len(angles)), dtype=np.complex128)
    for share, (one, units) in zip(shares(clients), one_by_one(clients, shock, lattice, angles), strict=True):
        found += share * one.transform(units)
    return found


def one_by_one(
    clients: Clients, shock: Shock, lattice: Lattice, angles: FloatArray
) -> Iterator[tuple[OneClient, Units]]:
    """One client of each segment in years with a ``shock``, and the units of its transform at the ``angles``."""
    z, sigma = shock
    for one in in_years(clients, tuple(z), sigma):
        pause()
        yield one, one.at_angles(angles, lattice.step, lattice.size, lattice.split)
