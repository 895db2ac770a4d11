"""What the parts of the page of places share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pages.kit import kept
from pricing.evaluate import Evaluation
from pricing.people.area_map import AreaMap
from pricing.questions.places import boroughs, multipliers, neighbourhoods
from pricing.questions.places.boroughs import Boroughs
from pricing.questions.places.multipliers import Moved
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Known:
    """What the parts of the page share, each worked out when it is first asked for, and not before."""

    evaluation: Evaluation
    compared: Scenario
    places: neighbourhoods.Neighbourhoods

    @cached_property
    def found(self) -> Boroughs:
        """The boroughs held to small numbers."""
        return boroughs.summed_up(self.evaluation)

    @cached_property
    def moved(self) -> Mapping[str, Moved]:
        """What each multiplier moves."""
        return multipliers.compare(self.compared, self.evaluation.cohort)

    @cached_property
    def streets(self) -> pd.DataFrame:
        """What the price rewards for the same people in every neighbourhood."""
        return kept.everywhere(self.evaluation)

    def of_compared(self) -> Evaluation:
        """The evaluation of the price with the multiplier that is compared; its settings head the downloads."""
        return kept.of(self.compared, self.evaluation.cohort)

    @property
    def area_map(self) -> AreaMap:
        """The map of the area, in words."""
        assert self.evaluation.cohort.area_map is not None
        return self.evaluation.cohort.area_map

    @property
    def levels(self) -> tuple[str, ...]:
        """The boroughs of the cohort, in order."""
        return self.evaluation.cohort.dimensions["borough"].levels


def known(evaluation: Evaluation) -> Known:
    """What all parts are about."""
    return Known(evaluation, multipliers.as_if(evaluation.scenario), neighbourhoods.load(evaluation.cohort.name))
