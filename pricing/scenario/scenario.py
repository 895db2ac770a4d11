"""The parameters of a scenario: the single declaration of each.

A field of :class:`Scenario` is at once the argument, the widget key, the name in a link, the ``--set`` name and
the row on the evidence page. To add a parameter, add one field to one of the classes that it is made of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, cast

from pricing.errors import ParameterError, ScenarioError
from pricing.scenario.assumptions import WorkingAssumptions
from pricing.scenario.clauses import ContractMechanics
from pricing.scenario.local_pot import LocalPot
from pricing.scenario.metrics import BLEND, METRICS
from pricing.scenario.promise import FollowedGroup, Promise
from pricing.scenario.provider import ProviderTerms
from pricing.scenario.rate_card import RateCard
from pricing.scenario.spec import Spec, quoted
from pricing.scenario.terms import OWN_TABLE, ContractTerms

__all__ = ["METRICS", "OWN_TABLE", "Scenario", "defaults", "parse", "specs"]

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "main": "The price",
        "contract": "The contract",
        "blend": "The blend of metrics",
        "rate_card": "The rate of each need met",
        "premiums": "Premiums in detail",
        "mechanics": "How results are measured and paid",
        "costs": "What support costs",
        "support": "What support achieves",
        "good": "What good looks like",
        "timing": "When results are paid",
        "provider": "Being a small provider",
        "local": "Who pays, who saves",
        "cheapest": "The cheapest fair price",
        "followed": "A group to follow",
    }
)
NO_WEIGHT = 1e-12
"""A smaller share of the results money, or a smaller rate, is none: no price per unit could be told from it."""
BESIDE = ("provider", "local", "cheapest", "followed")
"""Groups whose parameters change neither the price nor what it rewards: provider, savings, promise, group."""


@dataclass(frozen=True)
class Scenario(
    FollowedGroup, Promise, LocalPot, ProviderTerms, WorkingAssumptions, ContractMechanics, RateCard, ContractTerms
):
    """One complete setting of the explorer. Raises ParameterError or ScenarioError for values that are not allowed.

    Published defaults cite their source; the rest are declared as assumptions or choices.
    """

    def __post_init__(self) -> None:
        for name, spec in specs().items():
            object.__setattr__(self, name, spec.check(name, getattr(self, name)))
        weights = self.weights()
        if sum(weights.values()) <= 0:
            raise ScenarioError("A blend needs at least one metric with a weight above 0.")
        if any(METRICS[m].event == "need" for m in weights) and max(self.rates.values()) <= NO_WEIGHT:
            raise ScenarioError("Where needs met are paid, at least one kind of need has to have a rate above 0.")
        unpriced = [m for m in weights if METRICS[m].needs_target]
        if self.target == "none" and unpriced:
            raise ScenarioError(
                f"The {' and '.join(unpriced)} metric needs a target to compare with: without one, "
                "there is no number of reoffences to count down from. Choose one target or an own target."
            )

        if self.target == "none" and self.bends_pay:
            raise ScenarioError(
                "A flat zone, threshold, hurdle, cap or an end to deductions needs a target to measure a change "
                "from. Choose one target or an own target."
            )

    def weights(self) -> dict[str, float]:
        """The share of results money on each metric that is paid, summing to 1."""
        if self.metric != BLEND:
            return {self.metric: 1.0}
        raw = {m: cast(float, getattr(self, f"blend_{m}")) for m in METRICS}
        whole = sum(raw.values())
        return {m: w / whole for m, w in raw.items() if w > NO_WEIGHT * whole}

    @property
    def rates_apart(self) -> tuple[float, ...]:
        """The rate of each kind of need, as in KINDS, where needs met are paid and rates differ; else none."""
        paid = any(METRICS[m].event == "need" for m in self.weights())
        return tuple(self.rates.values()) if paid and self.rates_differ else ()

    @property
    def need_follows_value(self) -> bool:
        """Whether what people need is a share of the contract value, and so falls when that is cut."""
        return self.benchmark == "fair_share" and not self.needed_budget

    @property
    def budget_of_need(self) -> float:
        """£ per person per year that pays for the hours of which people need a fair share."""
        return self.needed_budget or self.contract_value

    def with_need_of(self, other: "Scenario") -> "Scenario":
        """The same scenario judged by the support that people need in ``other``: two prices by one benchmark.

        A budget that is the contract value is ``other``'s. What an hour and a case cost stay its own.
        """
        worth = other if other.benchmark == "socially_worthwhile" else self
        return replace(
            self,
            benchmark=other.benchmark,
            needed_budget=other.budget_of_need,
            need_weight=other.need_weight,
            social_cost=worth.social_cost,
        )

    @property
    def limits_deductions(self) -> bool:
        """Whether there are deductions and a limit to them; with no target nothing is ever deducted."""
        return self.most_deducted > 0 and self.deductions == "full" and self.target != "none"

    def as_one_providers(self) -> "Scenario":
        """The same contract as one provider meets it: of the contract's limits and its own, the tighter ones."""
        return self._as_one_providers

    @cached_property
    def _as_one_providers(self) -> "Scenario":
        """Kept: a provider's year asks for it at each number of clients, and a scenario checks all of its values."""
        floors, caps = (self.most_deducted, self.most_lost), (self.results_cap, self.most_gained)
        floor, cap = (min((limit for limit in limits if limit > 0), default=0.0) for limits in (floors, caps))
        return replace(self, most_deducted=floor, results_cap=cap)

    @property
    def premiums(self) -> dict[str, float]:
        """How far each premium is above its neutral value, by name."""
        return {name: cast(float, getattr(self, name)) - neutral for name, neutral in neutral_premiums().items()}

    @property
    def has_premium(self) -> bool:
        """Whether anyone carries a higher price than anyone else, on the fee or on results."""
        return any(above > 0 for above in self.premiums.values())

    def premiums_apply_to(self, part: str) -> bool:
        """Whether premiums, if there are any, raise ``part`` of the price: "fee" or "results"."""
        return self.uplift_applies_to in (part, "both")

    def without_premiums(self) -> "Scenario":
        """The same scenario with one price for everyone."""
        return self.with_(**neutral_premiums())

    @property
    def present_value(self) -> float:
        """Worth to the provider, today, of £1 of results paid after the lag (model, section 3)."""
        return cast(float, (1 + self.cost_of_capital) ** (-self.payment_lag_months / 12))

    def values(self) -> dict[str, float | str]:
        """Every field and its value, in the order of declaration."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def price_alone(self) -> "Scenario":
        """The same price and people, with every parameter of the groups BESIDE at its default."""
        beside = {f.name: f.default for f in fields(self) if f.metadata["spec"].group in BESIDE}
        return replace(self, **cast(dict[str, Any], beside))

    def with_(self, **changes: float | str) -> "Scenario":
        """The same scenario with some values changed; raises ParameterError for an unknown name."""
        unknown = [name for name in changes if name not in specs()]
        if unknown:
            raise ParameterError(f"{quoted(unknown[0])} is not a parameter.")
        return replace(self, **cast(dict[str, Any], changes))


@cache
def specs() -> Mapping[str, Spec]:
    """The declaration of every parameter, by name."""
    return MappingProxyType({f.name: f.metadata["spec"] for f in fields(Scenario)})


@cache
def neutral_premiums() -> Mapping[str, float]:
    """The premiums, by name, and the value at which each raises nobody's price."""
    return MappingProxyType({name: spec.neutral for name, spec in specs().items() if spec.neutral is not None})


@cache
def defaults() -> Scenario:
    """The scenario with every parameter at its default."""
    return Scenario()


def parse(texts: Mapping[str, str]) -> dict[str, float | str]:
    """Read ``name -> text`` from outside; raises ParameterError at the first that cannot be honoured."""
    values: dict[str, float | str] = {}
    for name, text in texts.items():
        spec = specs().get(name)
        if spec is None:
            raise ParameterError(f"{quoted(name)} is not a parameter.")
        values[name] = spec.parse(name, text)
    return values
