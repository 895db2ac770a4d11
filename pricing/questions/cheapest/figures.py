"""What is shown of an answer beside its cost: the schedule, who is left out within a pot, what leaving
out saves, and specify or pay.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pricing.errors import ScenarioError
from pricing.evaluate import evaluate
from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.cheapest import answer, left_out, limits, patterns, promises, rounded, specify
from pricing.questions.cheapest.answer import Answer
from pricing.questions.cheapest.covering import like
from pricing.questions.cheapest.express import as_scenario
from pricing.questions.cheapest.left_out import WithinPot
from pricing.questions.cheapest.promises import Kept
from pricing.questions.cheapest.specify import Mixed
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Specified:
    """Hours written down and checked: £ per person.

    ``everything`` all needed hours specified; ``own`` the cheaper of the two for each group with prices of its own;
    ``pattern`` the same beside the explorer's premiums. ``break_even`` (groups,): the checking cost, a share of the
    extra support's cost, above which results are the cheaper; nan where nothing more is needed.
    """

    everything: float
    own: Mixed
    pattern: Mixed
    break_even: FloatArray


@dataclass(frozen=True)
class WithoutThem:
    """``by_group``: each group that sets the price, left out alone. ``by_needs``: everyone with as many needs."""

    by_group: Mapping[int, float]
    by_needs: Mapping[int, float]


def schedule(found: Answer) -> pd.DataFrame:
    """A row per group: needs, decile, people, what it requires and is paid per unit, the fee, and who sets the price.

    With several metrics, ``required`` and ``price`` are a column each, with the metric's name behind them.
    """
    ground, kept = found.ground, found.chosen
    rows: dict[str, object] = {"needs": ground.needs, "decile": ground.tenth, "people": ground.people}
    for row, metric in enumerate(ground.metrics):
        behind = f"_{metric}" if len(ground.metrics) > 1 else ""
        rows[f"required{behind}"] = kept.required[row]
        rows[f"price{behind}"] = kept.found.prices[row]
    rows |= {"fee": kept.fee, "protected": found.protected, "sets_price": found.sets_price, "over": found.over}
    return pd.DataFrame(rows).replace([np.inf, -np.inf], np.nan)


def in_round_numbers(found: Answer) -> tuple[Kept, Scenario] | None:
    """The chosen price in round numbers, held through ``evaluate``, and its scenario; None where it has none."""
    kept = rounded.rounded(found.ground, found.chosen, found.protected)
    if kept is None:
        return None
    try:
        scenario = as_scenario(found.ground, kept)
    except ScenarioError:
        return None
    answer.held(found.ground, found.protected, kept, evaluate(scenario, found.evaluation.cohort))
    return kept, scenario


def required(found: Answer) -> FloatArray:
    """What each group requires, £ per unit, (groups,); one without a promise, what the group does whose price it has.

    Raises ScenarioError for a blend. Where nobody may be a loss, it is the payback alone that is required here.
    """
    if len(found.ground.metrics) > 1:
        raise ScenarioError("This is worked out for a contract that is paid on a single measure, not for a blend.")
    return np.asarray(promises.requirement(found.ground)[0][like(found.ground, found.protected)])


def within_share(found: Answer) -> dict[str, WithinPot]:
    """Who can be protected within the limit on the share, both ways; raises ScenarioError for a blend."""
    pot = limits.by_share(found.ground, found.ground.scenario.most_on_results)
    given = (found.ground, required(found), found.protected, pot)
    return {"most_people": left_out.most_people(*given), "worst_off_first": left_out.worst_off_first(*given)}


def specified(found: Answer) -> Specified:
    """Specify or pay at the scenario's checking cost; raises ScenarioError for a blend."""
    ground, needed, checking = found.ground, required(found), found.ground.scenario.checking_cost
    return Specified(
        specify.all_specified(ground, checking),
        specify.with_own_prices(ground, needed, checking),
        specify.with_pattern(ground, needed, found.protected, checking, patterns.of(ground)),
        specify.worth_paying(ground, needed),
    )


def saved(found: Answer) -> WithoutThem:
    """What leaving out each group that sets the price, and each number of needs, would save."""
    setting, needs = np.flatnonzero(found.sets_price), found.ground.needs
    return WithoutThem(
        {int(group): saved_without(found, np.arange(len(needs)) == group) for group in setting},
        {int(n): saved_without(found, needs == n) for n in np.unique(needs[found.protected])},
    )


def saved_without(found: Answer, groups: BoolArray) -> float:
    """What leaving ``groups`` (groups,) out saves; all of what the promise costs where nobody is left.

    Never less than nothing: who is left out may still be paid as before.
    """
    others = found.protected & ~groups
    cost = promises.keep(found.ground, found.family, others).cost if others.any() else found.ground.mean_cost
    return max(found.chosen.cost - cost, 0.0)
