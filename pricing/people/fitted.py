"""The curves fitted to a cohort's cells, and the risks that they give."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.errors import DataError
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cells import Cells, Declaration
from pricing.people.hold_out import HoldOut
from pricing.people.risk_curves import Curve, rate_from_probability


@dataclass(frozen=True, eq=False)
class RiskCurves:
    """What the risk curves page shows: the declaration, the cells, the fitted curves and how they were checked.

    Attributes
    ----------
    cells : as shipped, the hold-out marked, outcomes included.
    curves : by kind, ``binary`` always, ``frequency`` and ``severity`` where reoffences were counted.
    hold_out : the report on people not used in the fit that it describes.
    """

    declaration: Declaration
    cells: Cells
    curves: dict[str, Curve]
    hold_out: HoldOut

    def risks(self, levels: Mapping[str, IntArray]) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Probability, rate and severity, each (points,), for codes of every factor, each (points,).

        Where reoffences were not counted the rate is implied through the negative binomial link; where harm was not,
        the severity is the declared one for everybody.
        """
        probability = self.curves["binary"].predict(levels)
        return probability, self._rate(probability, levels), self._severity(probability, levels)

    def _rate(self, probability: FloatArray, levels: Mapping[str, IntArray]) -> FloatArray:
        if "frequency" in self.curves:
            return self.curves["frequency"].predict(levels)
        if self.declaration.implied_alpha is None:
            raise DataError(f"{self.declaration.name} has no counts and declares no implied_alpha.")
        return rate_from_probability(probability, self.declaration.implied_alpha)

    def _severity(self, probability: FloatArray, levels: Mapping[str, IntArray]) -> FloatArray:
        if "severity" in self.curves:
            return self.curves["severity"].predict(levels)
        if self.declaration.equal_severity is None:
            raise DataError(f"{self.declaration.name} has no harm and declares no equal_severity.")
        return np.full_like(probability, self.declaration.equal_severity)
