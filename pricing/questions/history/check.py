"""What a check against history is made of, and the explorer's own functions put to a scenario's contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from pricing.contract import results_pay
from pricing.contract.payment_rule import Clauses, PaymentRule, from_clauses
from pricing.contract.results_pay import ResultsContract
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.price import schedule
from pricing.questions.history.published import PUBLISHED
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import Scenario, defaults

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "arithmetic": "the published rule or sum, worked out again from its own published inputs",
        "shape": "which way things go, not by how much, under inputs of which some are assumed",
        "figure": "a published figure that comes out without having been put in",
    }
)
"""What a check can be, from the weakest evidence for the explorer's model to the strongest."""
POINT = 0.01
"""A percentage point, where a rule is written in points of a rate."""


@dataclass(frozen=True)
class Finding:
    """One thing the explorer says, in words; ``value`` is the number it stands on, ``agrees`` whether history did."""

    words: str
    value: float
    agrees: bool


@dataclass(frozen=True)
class Row:
    """One contract held against the explorer.

    ``findings`` what the explorer says under ``inputs``; ``kind`` what the
    check is (a key of KINDS); ``ratios`` price over cost of a result, where one was
    needed; ``scenario`` the contract as a link holds it, None
    where no scenario can.
    """

    key: str
    inputs: str
    findings: tuple[Finding, ...]
    kind: str
    ratios: tuple[float, ...]
    scenario: Scenario | None

    @property
    def contract(self) -> str:
        """The contract's name."""
        return PUBLISHED[self.key].contract

    @property
    def published(self) -> str:
        """What was published about it."""
        return PUBLISHED[self.key].words

    @property
    def unchecked(self) -> str:
        """What of it cannot be checked, and why."""
        return PUBLISHED[self.key].unchecked

    @property
    def verdict(self) -> str:
        """Whether the explorer agrees with what was published: yes, in part or no."""
        agreed = sum(finding.agrees for finding in self.findings)
        if agreed == len(self.findings):
            return "yes"
        return "in part" if agreed else "no"

    @property
    def basis(self) -> str:
        """What is checked, and the price-to-cost ratio it was checked at."""
        what = f"Kind of check: {self.kind} ({KINDS[self.kind]})"
        if not self.ratios:
            return f"{what}; no price-to-cost ratio is needed."
        return f"{what}, with a price that is {' or '.join(f'{r:.3g}' for r in self.ratios)} times the cost."


@cache
def people() -> Cohort:
    """The people that a check needs where the contract's own are not public: the illustrative ones."""
    illustrative = (name for name in shipped.names() if shipped.curves(name).declaration.synthetic)
    return shipped.load(next(illustrative))


@cache
def settled(scenario: Scenario) -> ResultsContract:
    """A scenario's contract for those people."""
    return results_pay.settle(scenario, schedule.settle(scenario, people()), people())


def rule_of(scenario: Scenario, metric: str = "binary") -> PaymentRule:
    """A scenario's rule for a measured change, a share of the baseline."""
    contract = settled(scenario)
    return from_clauses(contract.clauses[contract.metrics.index(metric)])


def points_of(scenario: Scenario, points: float) -> float:
    """What a measured fall of so many points in the share who reoffend earns, as a share of the results money."""
    contract, rate = settled(scenario), people().mean(people().probability)
    place = contract.metrics.index("binary")
    return float(rule_of(scenario)(points * POINT / rate) / contract.full[place])


def in_points(zone: float, inner: float = 1.0) -> PaymentRule:
    """The rule of a flat zone, in points of the rate itself rather than shares of a baseline."""
    return from_clauses(Clauses(zone=zone, threshold=0.0, inner=inner, shape="per_result", full=1.0, deducts=True))


def preset(key: str) -> Scenario:
    """A preset's contract with every other setting at its default."""
    return next(one for one in PRESETS if one.key == key).scenario(defaults())


def standard_error(rate: float, size: float) -> float:
    """Of a share who reoffend, measured on so many people of like risk."""
    return float(np.sqrt(rate * (1 - rate) / size))
