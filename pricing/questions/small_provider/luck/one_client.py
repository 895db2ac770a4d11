"""The luck of one client: how results pay to a person varies, and with it a year's luck that all share.

Of a person it counts whether there is a reoffence, how many there are and their harm, and how many needs are met.

- Whether: a chance P. How many: negative binomial with mean lambda and alpha. Harm of each: gamma about its mean.
- Paid for both, whether and how many hang together: those who reoffend (P) do so 1 + n times, n negative binomial, so
  that the mean is lambda and the variance lambda + alpha lambda^2, as before, unless that would take a tail longer
  than before, or a variance below a count's own. Where the two curves disagree (lambda < P), the one who reoffends
  counts with chance lambda / P.
- Needs met: each with its own luck, apart from reoffending. A part of a need is a need with that chance.
- A common shock z moves all log-odds of reoffending up by z, those of a need being met down by z, and the mean number
  of reoffences by exp(z - sigma^2 / 2). Paid for both, those after the first grow by exp(k z), k such that a small
  shock moves the number of reoffences by exp(z) again. All are centred: their means over years are those without it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import expit, gammainc, logit

from pricing.contract.counted.complex_numbers import SMALLEST, AnyArray, log, log_count, log_size, raised
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.shocks import hermite
from pricing.resources.shelf import shelved
from pricing.scenario.metrics import by_event

FARTHEST = 700.0
"""Largest exponent that has a number."""
STEEPEST = 2.0
"""Most that reoffences after the first may follow a shock, in powers of it."""
YEARS, ROUNDS = 64, 12
"""Nodes over which a mean over years is taken, and Newton steps to centre it: both far more than needed."""


@dataclass(frozen=True, eq=False)
class Units:
    """What one reoffender, one reoffence and one need met multiply a transform by, (points,); None if not paid for.

    ``need`` holds one for each rate of `OneClient.needs`. ``sure`` is what the client multiplies it by whatever is
    counted; None where that is nothing.
    """

    reoffender: AnyArray | None
    reoffence: AnyArray | None
    need: tuple[AnyArray, ...] | None
    sure: AnyArray | None = None


@dataclass(frozen=True, eq=False)
class OneClient:
    """A client of one segment in years with shocks. Risks have shape (years, 1), the rest are numbers.

    ``again`` (years, 1) is the mean number of reoffences of those who reoffend, ``bouts`` the alpha of those after the
    first; at or below 1, it is the chance that there is one that counts.
    ``needs`` are how many are paid at each rate, and that rate.
    Prices, in £ of results pay: ``reoffender``, ``reoffence`` whatever its harm, ``harm`` for its mean harm, ``need``
    at a rate of 1; and ``sure``, what the client's coming brings.
    """

    probability: FloatArray
    rate: FloatArray
    alpha: float
    again: FloatArray
    bouts: float
    needs: tuple[tuple[float, float], ...]
    met: FloatArray
    dispersion: float
    reoffender: float | None
    reoffence: float | None
    harm: float | None
    need: float | None
    joint: bool
    sure: float = 0.0

    @classmethod
    def of(cls, clients: Clients, segment: int, shock: FloatArray, sigma: float, joint: bool = False) -> "OneClient":
        """The client of a ``segment`` in years with ``shock`` (years,) of standard deviation ``sigma``."""
        z, paid = shock[:, None], clients.needs.paid
        p, rate, alpha = (float(a[segment]) for a in (clients.probability, clients.rate, clients.alpha))
        price = {event: float(prices[segment]) for event, prices in by_event(clients.prices).items()}
        again = rate / p if p > 0 else 1.0
        spread = again + alpha * rate * again - (1 - p) * again**2
        more = max(again - 1, 0.0)
        follows = min(rate / more, STEEPEST) if more > SMALLEST else 0.0
        chance = expit(centred(p, sigma) + z)
        grown = more * np.exp(follows * z - (follows * sigma) ** 2 / 2)
        grown *= kept_in_the_mean(p, more, (follows, sigma))
        harm = price.get("harm")
        return cls(
            probability=np.asarray(chance),
            rate=np.asarray(rate * np.exp(z - sigma**2 / 2)),
            alpha=alpha,
            again=np.asarray(1 + grown if more > SMALLEST else np.full_like(z, min(again, 1.0))),
            bouts=min(max((spread - more) / more**2, 0.0), alpha * rate / more) if more > SMALLEST else 0.0,
            needs=tuple((float(n), float(r)) for n, r in zip(paid.number[segment], paid.rate, strict=True)),
            met=np.asarray(expit(centred(float(clients.met[segment]), sigma) - z)),
            dispersion=float(clients.dispersion[segment]),
            reoffender=price.get("reoffender"),
            reoffence=price.get("reoffence"),
            harm=None if harm is None else harm * float(clients.severity[segment]),
            need=price.get("need"),
            joint=joint or ("reoffender" in price and ("reoffence" in price or "harm" in price)),
            sure=float(clients.brought[segment]),
        )

    @property
    def per_reoffence(self) -> float:
        """£ for one reoffence of mean harm."""
        return (self.reoffence or 0.0) + (self.harm or 0.0)

    def log_transform(self, units: Units) -> AnyArray:
        """Logarithm of the transform of one client's pay, (years, points), complex where the units are."""
        return self._summed(units, log)

    def log_size(self, units: Units) -> FloatArray:
        """Logarithm of the size of the transform, (years, points): the real part of :meth:`log_transform`."""
        return self._summed(units, log_size)

    def _summed(self, units: Units, log: Callable[[AnyArray], AnyArray]) -> AnyArray:
        """Sum over what is counted of a ``log`` of its transform: the whole logarithm, or its real part."""
        whole: AnyArray = np.zeros((len(self.probability), 1))
        if self.joint or units.reoffender is not None:
            whole = whole + log(self._whether(units))
        elif units.reoffence is not None:
            whole = whole + log_count(self.alpha, self.rate * (units.reoffence - 1), log)
        for number, need in self._needs(units):
            met = 1 + self.met * (need - 1)
            whole = whole + (number // 1) * log(met) + log(1 + number % 1 * (met - 1))
        return whole if units.sure is None else whole + log(units.sure)

    def transform(self, units: Units) -> AnyArray:
        """Transform of one client's pay, (years, points): without a logarithm where none is needed."""
        whole: AnyArray = np.ones((len(self.probability), 1))
        if self.joint or units.reoffender is not None:
            whole = self._whether(units)
        elif units.reoffence is not None:
            whole = np.exp(log_count(self.alpha, self.rate * (units.reoffence - 1)))
        for number, need in self._needs(units):
            met = 1 + self.met * (need - 1)
            whole = whole * raised(met, int(number)) * (1 + number % 1 * (met - 1))
        return whole if units.sure is None else whole * units.sure

    def _needs(self, units: Units) -> Iterator[tuple[float, AnyArray]]:
        """How many needs there are of each rate, and what one that is met multiplies a transform by."""
        for (number, _), need in zip(self.needs, units.need or (), strict=units.need is not None):
            if number > 0:
                yield number, need

    def _whether(self, units: Units) -> AnyArray:
        """Transform of the pay for whether a client reoffends, and where both count for how often."""
        first = 1.0 if units.reoffender is None else units.reoffender
        there = first * self._count(units.reoffence) if self.joint else first
        return np.asarray(1 + self.probability * (there - 1))

    def _count(self, each: AnyArray | None) -> AnyArray | float:
        """Transform of the pay for the reoffences of one who reoffends."""
        if each is None:
            return 1.0
        if np.all(self.again <= 1):
            return np.asarray(1 + self.again * (each - 1))
        return np.asarray(each * np.exp(log_count(self.bouts, (self.again - 1) * (each - 1))))

    def moments(self) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of one client's pay, each (years,)."""
        p, rate, price = self.probability[:, 0], self.rate[:, 0], self.per_reoffence
        first, noise = self.reoffender or 0.0, self.dispersion * (self.harm or 0.0) ** 2
        if self.joint:
            again = self.again[:, 0]
            spread = np.where(again > 1, again - 1 + self.bouts * (again - 1) ** 2, again * (1 - again))
            there = first + price * again
            mean, variance = p * there, p * (price**2 * spread + noise * again) + p * (1 - p) * there**2
        else:
            mean = p * first + rate * price
            variance = p * (1 - p) * first**2 + rate * (price**2 + noise) + self.alpha * rate**2 * price**2
        mean, met = self.sure + mean, self.met[:, 0]
        for number, rate_of_need in self.needs:
            need, part = (self.need or 0.0) * rate_of_need, number % 1
            mean = mean + need * number * met
            variance = variance + need**2 * (number * met * (1 - met) + part * (1 - part) * met**2)
        return mean, variance

    def at_real(self, points: FloatArray) -> Units:
        """Units of the moment generating function at real ``points`` (points,); infinite where there is none."""

        def unit(price: float) -> AnyArray:
            return np.asarray(np.exp(np.minimum(points * price, FARTHEST)))

        harm: AnyArray = np.ones_like(points)
        if self.harm and self.dispersion:
            within = 1 - self.dispersion * self.harm * points
            harm = np.where(within > 0, np.abs(within) ** (-1 / self.dispersion), np.inf)
        elif self.harm:
            harm = unit(self.harm)
        return self._units(unit, harm)

    def at_angles(self, angles: FloatArray, step: float, size: int, split: bool) -> Units:
        """Units on a lattice of ``size`` points ``step`` £ apart, at the ``angles`` 2 pi k / size, (angles,).

        An amount between two points is ``split`` between them so that its mean is kept, or left where it is.
        """
        turn = np.exp(-1j * angles)

        def unit(price: float) -> AnyArray:
            below = np.floor(price / step + 1e-9) if split else price / step
            part = max(price / step - below, 0.0)
            return np.asarray(np.exp(-1j * angles * below) * (1 - part + part * turn))

        harm: AnyArray = np.ones_like(turn)
        if self.harm and self.dispersion and split:
            spectrum = gamma_spectrum(-self.harm / step, self.dispersion, size)
            harm = np.conj(spectrum[np.rint(angles * size / (2 * np.pi)).astype(np.int64)])
        elif self.harm and self.dispersion:
            harm = np.exp(-log(1 + 1j * angles * (self.dispersion * self.harm / step)) / self.dispersion)
        elif self.harm:
            harm = unit(self.harm)
        return self._units(unit, harm)

    def _units(self, unit: Callable[[float], AnyArray], harm: AnyArray) -> Units:
        """Units from that of an amount of £, and that of a reoffence's harm."""
        return Units(
            None if self.reoffender is None else unit(self.reoffender),
            None if self.reoffence is None and self.harm is None else unit(self.reoffence or 0.0) * harm,
            None if self.need is None else tuple(unit(self.need * rate) for _, rate in self.needs),
            unit(self.sure) if self.sure else None,
        )


@shelved(8)
def in_years(clients: Clients, shock: tuple[float, ...], sigma: float) -> tuple[OneClient, ...]:
    """One client of each segment in years with a ``shock``; kept, since bounds and transforms ask for the same."""
    years = np.array(shock)
    return tuple(OneClient.of(clients, segment, years, sigma) for segment in range(len(clients.people)))


@lru_cache(maxsize=4096)
def centred(chance: float, sigma: float) -> float:
    """Log-odds whose mean chance, over years with a shock of standard deviation ``sigma``, is ``chance``."""
    found = float(logit(chance))
    if sigma == 0 or not np.isfinite(found):
        return found
    x, weights = hermite(YEARS)
    for _ in range(ROUNDS):
        there = expit(found + sigma * x)
        found -= float((weights @ there - chance) / (weights @ (there * (1 - there))))
    return found


@lru_cache(maxsize=4096)
def kept_in_the_mean(chance: float, more: float, shock: tuple[float, float]) -> float:
    """What makes the reoffences after the first, over years, as many as without a shock.

    ``more`` of them by each who reoffends, with a ``chance``; the ``shock``: the power in which they follow it, and its
    standard deviation.
    """
    follows, sigma = shock
    if sigma == 0 or more <= SMALLEST or chance <= 0:
        return 1.0
    x, weights = hermite(YEARS)
    there = expit(centred(chance, sigma) + sigma * x) * np.exp(follows * sigma * x - (follows * sigma) ** 2 / 2)
    return chance / float(weights @ there)


@shelved(64)
def gamma_spectrum(mean: float, dispersion: float, size: int) -> AnyArray:
    """Fourier transform of :func:`gamma_masses`, (size // 2 + 1,); kept, since it is asked for again at once."""
    return np.fft.rfft(gamma_masses(mean, dispersion, size), size)


def gamma_masses(mean: float, dispersion: float, size: int) -> FloatArray:
    """A gamma variable on the whole numbers 0, 1, ... below ``size``: each part goes to its two neighbours.

    The masses are second differences of the expected value limited to each number, which keeps the mean.
    """
    shape = 1 / dispersion
    scale = mean * dispersion
    last = min(size - 1, int(np.ceil(mean + 40 * scale)) + 2)
    at = np.arange(last + 1) / scale
    limited = mean * gammainc(shape + 1, at) + at * scale * (1 - gammainc(shape, at))
    rises = np.append(np.diff(limited), 0.0)
    return -np.diff(rises, prepend=1.0)
