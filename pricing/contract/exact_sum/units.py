"""What is paid for, one at a time, and its transform."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pricing.contract.exact_sum.counts import AnyArray, gamma_spectrum, power
from pricing.people.cohort import FloatArray, IntArray

FARTHEST = 700.0
"""Largest exponent that has a number."""


@dataclass(frozen=True, eq=False)
class Units:
    """What one reoffender, one reoffence and one need met multiply a transform by, (points,); None if not paid for.

    ``apart`` is what the person multiplies it by whatever is counted.
    """

    reoffender: AnyArray | None
    reoffence: AnyArray | None
    need: AnyArray | None
    apart: AnyArray | None = None

    def turned(self, angle: float) -> "Units":
        """The same with an ``angle`` for each reoffender on top."""
        if self.reoffender is None or not angle:
            return self
        return replace(self, reoffender=self.reoffender * np.exp(-1j * angle))

    def at(self, some: slice | IntArray) -> "Units":
        """Those at ``some`` of the points."""
        parts = (self.reoffender, self.reoffence, self.need, self.apart)
        return Units(*(None if part is None else part[some] for part in parts))


@dataclass(frozen=True)
class Prices:
    """£ of pay for a ``reoffender``, a ``reoffence`` whatever its harm, its mean ``harm``, and a ``need`` met.

    None where it is not paid for. ``apart`` £ whatever is counted. ``dispersion`` squared coefficient of variation of
    the harm of a reoffence.
    """

    reoffender: float | None
    reoffence: float | None
    harm: float | None
    need: float | None
    apart: float | None
    dispersion: float

    @property
    def per_reoffence(self) -> float:
        """£ for one reoffence of mean harm."""
        return (self.reoffence or 0.0) + (self.harm or 0.0)

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
            harm = power(1 + 1j * angles * (self.dispersion * self.harm / step), -1 / self.dispersion)
        elif self.harm:
            harm = unit(self.harm)
        return self._units(unit, harm)

    def _units(self, unit: Callable[[float], AnyArray], harm: AnyArray) -> Units:
        """Units from that of an amount of £, and that of a reoffence's harm."""
        return Units(
            None if self.reoffender is None else unit(self.reoffender),
            None if self.reoffence is None and self.harm is None else unit(self.reoffence or 0.0) * harm,
            None if self.need is None else unit(self.need),
            None if self.apart is None else unit(self.apart),
        )
