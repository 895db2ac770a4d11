"""People whose results are paid for, in segments of people alike."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.people.cohort import FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class People:
    """People in segments of people alike. Arrays (segments,), £ per person.

    Attributes
    ----------
    people : how many of each come: whole numbers; or, if ``drawn``, how many are expected of each, of a whole number
        of people each of whom is drawn from all segments.
    probability, rate, severity : risks (reoffending; reoffences; harm of each).
    alpha : negative binomial alpha of the number of reoffences. dispersion : squared coefficient of variation of the
        harm of one reoffence, the same for all.
    needs, met : needs per person, and the chance that each is met.
    apart : £ that a person of the segment brings beside what is counted, less the mean of it over all people; matters
        only if they are ``drawn``.
    prices : £ for each reoffender, reoffence, harm-index day and need met, by metric.
    """

    people: FloatArray
    probability: FloatArray
    rate: FloatArray
    severity: FloatArray
    alpha: FloatArray
    needs: FloatArray
    met: FloatArray
    apart: FloatArray
    prices: Mapping[str, FloatArray]
    dispersion: float = 0.0
    drawn: bool = False

    @property
    def delivered(self) -> int:
        """How many people come."""
        return int(np.rint(self.people.sum()))

    @property
    def weights(self) -> FloatArray:
        """Share of the people in each segment, (segments,)."""
        return np.asarray(self.people / self.people.sum())

    @property
    def per_reoffence(self) -> tuple[FloatArray, FloatArray]:
        """£ for one reoffence: whatever its harm, and for its mean harm."""
        nothing = np.zeros_like(self.rate)
        prices = self.prices
        return prices.get("frequency", nothing), prices.get("severity", nothing) * self.severity

    def total(self, values: FloatArray) -> float:
        """Sum over the people who come of ``values`` (segments,), which are per person."""
        return float(self.people @ values)

    def mean(self, values: FloatArray) -> float:
        """Mean of ``values`` (segments,) over people."""
        return self.total(values) / float(self.people.sum())
