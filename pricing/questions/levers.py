"""The levers of a price: what one step of each would change, in what it costs and in whom it leaves behind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation, evaluate
from pricing.scenario.scenario import Scenario, specs
from pricing.words.groups import smallest_shown
from pricing.words.spend import spend

STEPS: Mapping[str, float] = MappingProxyType(
    {
        "results_share": 0.1,
        "priced_reduction": -0.01,
        "contract_value": 200.0,
        "need_premium": 0.1,
        "multiple_needs_premium": 0.25,
        "area_multiplier": 0.1,
        "specified_share": 0.1,
    }
)
"""Lever -> one step of it, the way that pays more for support; a lower reduction that results are priced for is a
higher price per result."""
OWN_TARGET = "own"
ENOUGH = 1.0
"""£ that an extra £1 of support has to pay back: under it people are left behind."""
KEYS = ("needs", "decile")
"""The groups of which it is told how many people are in one that pays back less."""
NOTICED = 0.005
"""£ of payback, or people, from which a change is one."""


@dataclass(frozen=True)
class PriceStands:
    """Where a price stands: £ ``cost`` in a year at the support that it rewards, £ ``needed`` at the support that
    people need, ``payback`` per extra £1, and people ``under`` £1: in groups that pay back less.
    """

    cost: float
    needed: float
    payback: float
    under: float


@dataclass(frozen=True)
class PriceStep:
    """One step of a parameter: to ``value`` from where it stands, and the price's standing ``before`` and ``after``."""

    name: str
    value: float | str
    before: PriceStands
    after: PriceStands

    @property
    def extra_cost(self) -> float:
        """£ more in a year at the support that is rewarded."""
        return self.after.cost - self.before.cost

    @property
    def lifted(self) -> float:
        """People fewer in groups that pay back less than £1."""
        return self.before.under - self.after.under

    @property
    def payback(self) -> float:
        """£ more that an extra £1 pays back."""
        return self.after.payback - self.before.payback


def standing(evaluation: Evaluation) -> PriceStands:
    """Where an evaluated price stands; groups too small to be shown are not counted."""
    spent, groups = spend(evaluation), evaluation.groups(*KEYS)
    told = groups[groups["people"] >= smallest_shown(evaluation)]
    under = float(told.loc[told["payback"] < ENOUGH, "people"].sum())
    return PriceStands(spent["chosen"].in_all, spent["benchmark"].in_all, evaluation.payback, under)


def steps(scenario: Scenario) -> dict[str, float | str]:
    """One step of every lever that has room for it, to the value it then has; each alone makes a price."""
    found: dict[str, float | str] = {}
    for name, step in STEPS.items():
        spec, value = specs()[name], getattr(scenario, name)
        moved = round(min(max(value + step, spec.low), spec.high), 6)
        if moved != value:
            found[name] = moved
    if scenario.target != OWN_TARGET:
        found["target"] = OWN_TARGET
    return found


def levers(evaluation: Evaluation) -> list[PriceStep]:
    """What one step of each lever changes, in the order of STEPS; each is an evaluation on the same people."""
    before, found = standing(evaluation), []
    for name, value in steps(evaluation.scenario).items():
        try:
            after = standing(evaluate(evaluation.scenario.with_(**{name: value}), evaluation.cohort))
        except ExplorerError:
            continue  # a price that has no meaning for these people is no step
        found.append(PriceStep(name, value, before, after))
    return found


def next_step(found: list[PriceStep]) -> PriceStep | None:
    """The lever that lifts the most people above £1 for what it costs; else that raises the payback most for it.

    None where no step does either, or nobody is under £1. A step that costs nothing comes before one that does.
    """
    if not found or not found[0].before.under:
        return None
    gains: tuple[Callable[[PriceStep], float], ...] = (lambda lever: lever.lifted, lambda lever: lever.payback)
    for gain in gains:
        better = [lever for lever in found if gain(lever) >= NOTICED]
        free = [lever for lever in better if lever.extra_cost <= 0]
        if free:
            return max(free, key=gain)
        if better:
            return max(better, key=lambda lever: gain(lever) / lever.extra_cost)
    return None
