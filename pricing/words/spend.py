"""What a price is expected to cost the commissioner, at the effort it rewards and at the effort that people need."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.evaluate import Evaluation
from pricing.scenario.in_words import stated
from pricing.words.numbers import millions, percent, pounds

EFFORTS: Mapping[str, str] = MappingProxyType(
    {"chosen": "with the support that this price rewards", "benchmark": "with the support that people need"}
)
"""Effort, as the totals of an evaluation name it -> words."""


@dataclass(frozen=True)
class Spend:
    """Expected pay for a year's people at face value: £ ``in_all``, of it £ ``for_results``, £ ``a_head``.

    ``for_results`` is below 0 where more is taken back than is paid.
    """

    in_all: float
    for_results: float
    a_head: float

    @property
    def on_results(self) -> float:
        """Share of what is paid that is for results; nan where nothing is paid in all."""
        return self.for_results / self.in_all if self.in_all > 0 else float("nan")


def spend(evaluation: Evaluation) -> dict[str, Spend]:
    """What the price is expected to cost, by effort of EFFORTS."""
    totals = evaluation.totals
    paid = {effort: totals[f"spend_at_{effort}"] for effort in EFFORTS}
    return {effort: Spend(sum_, sum_ - totals["fee"], sum_ / totals["people"]) for effort, sum_ in paid.items()}


def sentence(evaluation: Evaluation) -> str:
    """What the price is expected to cost, at both efforts, beside what is set aside."""
    said = {effort: amounts(evaluation, found) for effort, found in spend(evaluation).items()}
    costs = " and ".join(f"{said[effort]} {words}" for effort, words in EFFORTS.items())
    if said["chosen"] == said["benchmark"]:
        costs = f"{said['chosen']}, with the support that this price rewards or that people need"
    value = evaluation.scenario.contract_value
    aside = millions(value * evaluation.totals["people"])
    return f"Expected to cost {costs}. Set aside: {aside} ({stated(evaluation.scenario, 'contract_value')} a person)."


def share_for_results(share: float) -> str:
    """Which share of what is paid is for results: none where more is taken back than is paid for them."""
    if not share < 0 or percent(share) == percent(0):
        return percent(max(share, 0.0))
    return f"none: {percent(-share)} as much is taken back"


def amounts(evaluation: Evaluation, found: Spend) -> str:
    """£ in all, a person, and what of it is for results."""
    if not evaluation.scenario.results_share or not round(found.for_results):
        results = "none of it for results"
    elif found.for_results < 0:
        results = f"after {millions(-found.for_results)} is taken back for results"
    else:
        results = f"{percent(found.on_results)} of it for results"
    return f"{millions(found.in_all)} ({pounds(found.a_head)} a person, {results})"
