"""The metrics that results can be paid on: the single declaration of each.

To add a metric, add an entry to METRICS, a weight to :class:`pricing.scenario.terms.ContractTerms`, and its formulas to
:mod:`pricing.price.metric_formulas`. tests/pricing/price/test_metrics.py names what a metric still lacks, and
tests/pages/test_fifth_metric.py adds one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", float, npt.NDArray[np.float64])
Event = Literal["reoffender", "reoffence", "harm", "need"]
"""What a metric counts one of; harm comes with a reoffence, in an amount that varies."""
Search = Literal["closed", "searched", "peaked"]

SEARCHES: tuple[Search, ...] = ("closed", "searched", "peaked")
"""How the hours that pay best are found, cheapest first: in closed form, at one peak, or at the best of several."""
SEARCH_OF: Mapping[Event, Search] = MappingProxyType(
    {"reoffender": "searched", "reoffence": "closed", "harm": "closed", "need": "peaked"}
)
BLEND = "blend"
"""The value of the parameter ``metric`` that stands for a weighting of metrics; it is none itself."""


@dataclass(frozen=True)
class Metric:
    """A measure of results.

    Attributes
    ----------
    key : value of the parameter ``metric``, name in links and tables.
    choice : words in the panel. pays_for : what it pays for, in a sentence.
    event : what it counts, or counts an amount of; two metrics may count one event. counted : that in words, a plural.
    unit : one unit of result against a target.
    success : one unit where every success is paid, without a target; "" where it can only be paid against one.
    rises : whether more of what it counts is better. common_target : whether one target can be set for everyone;
        otherwise each person is compared with what is expected of them.
    """

    key: str
    choice: str
    pays_for: str
    event: Event
    counted: str
    unit: str
    success: str
    rises: bool = False
    common_target: bool = True

    @property
    def label(self) -> str:
        """Its name on a chart or in a table."""
        return self.key.capitalize()

    @property
    def needs_target(self) -> bool:
        """Whether it can only be paid against a target."""
        return not self.success

    @property
    def better(self) -> float:
        """1 where a rise in what it counts is better, -1 where a fall is."""
        return 1.0 if self.rises else -1.0

    @property
    def search(self) -> Search:
        """How the hours that pay best under it are found."""
        return SEARCH_OF[self.event]

    def unit_under(self, target: str) -> str:
        """One unit of result in words, under a value of the parameter ``target``."""
        return self.success if target == "none" and self.success else self.unit


def registry(metrics: Iterable[Metric]) -> Mapping[str, Metric]:
    """Metrics by key, in their order."""
    return MappingProxyType({metric.key: metric for metric in metrics})


METRICS = registry(
    (
        Metric(
            key="binary",
            choice="Reoffended or not (binary)",
            pays_for="people who do not reoffend at all",
            event="reoffender",
            counted="people who reoffend",
            unit="person fewer who reoffends",
            success="person who does not reoffend",
        ),
        Metric(
            key="frequency",
            choice="Number of reoffences (frequency)",
            pays_for="fewer reoffences",
            event="reoffence",
            counted="reoffences",
            unit="reoffence avoided",
            success="",
        ),
        Metric(
            key="severity",
            choice="Harm of reoffences (severity)",
            pays_for="less harm",
            event="harm",
            counted="days of harm",
            unit="day of harm avoided (harm index)",
            success="",
        ),
        Metric(
            key="progress",
            choice="Needs met (progress)",
            pays_for="needs met",
            event="need",
            counted="needs met",
            unit="need met",
            success="need met",
            rises=True,
            common_target=False,
        ),
    )
)
GATE, GATED = "binary", "frequency"
"""The two metrics of the clause ``binary_hurdle``: rewards on the second are paid if the first has not become worse."""


def by_event(prices: Mapping[str, T]) -> dict[Event, T]:
    """Prices by the event that they are paid on, from those per event by metric; metrics on one event add up."""
    found: dict[Event, T] = {}
    for metric, price in prices.items():
        event = METRICS[metric].event
        found[event] = found[event] + price if event in found else price
    return found


def counts_reoffences(keys: Iterable[str]) -> bool:
    """Whether any of these metrics counts reoffences, or an amount of each."""
    return any(METRICS[key].event in ("reoffence", "harm") for key in keys)


def how_many() -> str:
    """How many metrics there are, in words."""
    return ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")[len(METRICS)]


def choices() -> dict[str, str]:
    """The choices of the parameter ``metric``: value -> words."""
    return {metric.key: metric.choice for metric in METRICS.values()} | {BLEND: f"A blend of the {how_many()}"}


def hardest_search(keys: Iterable[str]) -> Search:
    """How the hours that pay best are found where several metrics are paid."""
    return max((METRICS[key].search for key in keys), key=SEARCHES.index)
