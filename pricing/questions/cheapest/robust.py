"""A price that keeps its promise in most of the draws of what is uncertain, as *How sure* counts them.

In each draw the price per result is settled anew by the contract's own rule, so what a group requires follows from its
payback under the schedule itself: requirement = price / payback. A few passes come to rest.
"""

from collections.abc import Callable

import numpy as np

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.cheapest import limits, promises
from pricing.questions.cheapest.express import as_scenario
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.promises import FAMILIES, Kept
from pricing.questions.how_sure.how_sure import Draws

PASSES = 4
TIE = 1e-6
"""Share by which a requirement is raised, so that a draw that meets it exactly counts as kept."""


def keep(ground: Ground, protected: BoolArray, draws_of: Callable[[Evaluation], Draws]) -> Kept:
    """The explorer's premiums at which each protected group is paid back enough in ``holds_in`` of 100 draws.

    ``draws_of`` gives the draws of an evaluation. Raises ScenarioError where no scenario holds such a price.
    """
    if ground.scenario.promise != "payback" or len(ground.metrics) > 1:
        raise ScenarioError("Only a payback promised on a single measure can be asked to hold in the draws.")
    kept = promises.keep(ground, "explorer", protected)
    for _ in range(PASSES):
        evaluation = evaluate(as_scenario(ground, kept), ground.cohort)
        lowest = reached_in(ground, draws_of(evaluation), ground.scenario.holds_in / 100)
        needed = ground.scenario.promise_floor * (1 + TIE) * kept.found.prices / lowest
        found = FAMILIES["explorer"](ground, needed, protected)
        moved = abs(found.pot - kept.found.pot)
        kept = Kept(found, (needed,), limits.fee(ground, found.pot))
        if moved < TIE * found.pot:
            break
    return kept


def reached_in(ground: Ground, draws: Draws, share: float) -> FloatArray:
    """By group, the payback that is reached in at least ``share`` of the draws, (groups,): that of one of the draws."""
    found = np.sort(drawn(ground, draws), axis=0)
    return np.asarray(found[int((1 - share) * len(found) + TIE)])


def drawn(ground: Ground, draws: Draws) -> FloatArray:
    """Payback in each draw by group, (draws, groups), of the area index that sets the multiplier."""
    return draws.of_groups(ground.codes, len(ground.people)).payback.drawn
