"""A contract whose clauses bend pay, settled anew under other assumptions, fast enough to search with.

Where it comes to rest is looked for on strata, some hundreds of cells; from there the rest is settled on every cell of
the cohort. What strata lose is where to look: the figures are those of every cell.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pricing.contract.effective_price import KnownContract
from pricing.evaluate import Evaluation, evaluate
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.people.strata import given, reduce
from pricing.scenario.scenario import Scenario

MOST_STRATA = 300
SECANTS = 5
"""Contracts settled anew on strata in search of a turning value."""
TRIES = 2
"""Of what is found on strata, values that are settled on every cell, each a secant's step from the one before."""
PENNY = 5e-3
"""£ of payback within which the verdict turns."""
Assume = Callable[[Scenario, Cohort, float], tuple[Scenario, Cohort]]
"""A scenario and people under another value of an assumption."""


@dataclass(frozen=True, eq=False)
class Anew:
    """The evaluation of other assumptions than those of ``evaluation``; ``central`` is the same on strata.

    ``times`` is its payback over that of the strata.
    """

    evaluation: Evaluation
    central: Evaluation
    times: float

    @classmethod
    def of(cls, evaluation: Evaluation) -> "Anew":
        """The strata of a cohort with its own risks, at the scenario's own area index."""
        scenario, cohort = evaluation.scenario, evaluation.cohort
        parted = scenario.area_index, MOST_STRATA, scenario.rates_apart
        strata = reduce(cohort, given(cohort), *parted).stacked(1)
        central = evaluate(scenario, strata)
        return cls(evaluation, central, evaluation.payback / central.payback if central.payback > 0 else 1.0)

    def roughly(self, assume: Assume, value: float, near: FloatArray | None = None) -> float:
        """Payback on strata, in proportion to that of every cell; at the rest ``near`` given prices, or the best."""
        return self.times * self._settled(self.central, assume, value, near).payback

    @property
    def _near(self) -> FloatArray | None:
        """Effective prices of the present rest of several metrics, whose rests take long to look for."""
        bent = self.central.mechanics
        return None if bent is None or len(bent.contract.metrics) == 1 else bent.equilibrium.chosen.worth

    def exactly(self, assume: Assume, value: float) -> float:
        """Payback on every cell, at the rest that strata lead to, with luck of the people as that leaves them."""
        rough = self._settled(self.central, assume, value)
        near = None if rough.mechanics is None else rough.mechanics.equilibrium.chosen.worth
        scenario, people = assume(self.evaluation.scenario, self.evaluation.cohort, value)
        if scenario.measured_people:
            return evaluate(scenario, people, KnownContract(near=near)).payback
        return self._settled(self.evaluation, assume, value, near).payback

    def _settled(self, settled: Evaluation, assume: Assume, value: float, near: FloatArray | None = None) -> Evaluation:
        """The evaluation of another value; the contract is as it was where the people are."""
        scenario, people = assume(settled.scenario, settled.cohort, value)
        bent = settled.mechanics
        contract = bent.contract if bent is not None and people is settled.cohort else None
        return evaluate(scenario, people, KnownContract(contract, near))

    def turning(self, assume: Assume, start: float, ends: tuple[float, float]) -> float:
        """A value from ``start`` on, within ``ends``, at which the payback is £1; nan where none is found.

        Of several metrics the rest is followed from the present one, and what is found is held against the best of all.
        """
        near = self._near
        values = [start, min(max(1.02 * start + 1e-3, ends[0]), ends[1])]
        gaps = [self.roughly(assume, value, near) - 1 for value in values]
        slope = float("nan")
        for _ in range(SECANTS):
            if not abs(gaps[-1]) > PENNY / 50 or gaps[-1] == gaps[-2] or values[-1] == values[-2]:
                break
            slope = (gaps[-1] - gaps[-2]) / (values[-1] - values[-2])
            values.append(min(max(values[-1] - gaps[-1] / slope, ends[0]), ends[1]))
            gaps.append(self.roughly(assume, values[-1], near) - 1)
        found, close = values[-1], abs(gaps[-1]) <= 10 * PENNY
        if close and near is not None:
            close = abs(self.roughly(assume, found) - 1) <= 10 * PENNY
        for _ in range(TRIES if close else 0):
            gap = self.exactly(assume, found) - 1
            if abs(gap) <= PENNY:
                return found
            if not abs(slope) > 0:
                break
            found = min(max(found - gap / slope, ends[0]), ends[1])
        return float("nan")
