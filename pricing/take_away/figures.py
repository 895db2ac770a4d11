"""A price in figures: what it rewards, costs and saves, how sure that is, and the price A beside it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pricing.evaluate import Evaluation, evaluate
from pricing.questions import comparison
from pricing.questions.how_sure import how_sure
from pricing.questions.how_sure.assumed_ranges import around
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import HowSure
from pricing.questions.savings import costs
from pricing.questions.savings.appraisal import Value, appraise
from pricing.questions.savings.pot import Pot
from pricing.questions.savings.saved import savings
from pricing.scenario.in_words import stated
from pricing.take_away import who_saves
from pricing.take_away.cover import Cover
from pricing.words.numbers import about, count, millions, pence, percent, pounds
from pricing.words.spend import share_for_results
from pricing.words.totals import OF_PEOPLE, of_people
from pricing.words.totals import TOTALS as LABELS

REWARDS = ("payback", "parked_share", "withheld", "reoffences_avoided_chosen")
MONEY = ("spend_at_chosen", "a_head_at_chosen", "on_results_at_chosen", "a_head_at_benchmark")
"""Totals that are told, in this order: what a price rewards, and what it costs."""
DRAWN = {"payback": "payback", "parked_share": "parked", "withheld": "withheld"}
"""Those that are drawn in *How sure* -> the draws' name."""


def cash(evaluation: Evaluation) -> float:
    """£ of savings that could be spent elsewhere, over all agencies."""
    return sum(share.cash for share in Pot(savings(evaluation, at_benchmark=False)).by_agency)


def value(evaluation: Evaluation, view: str) -> Value:
    """Value for money in one of the views of :data:`pricing.questions.savings.appraisal.VIEWS`."""
    return appraise(evaluation, at_benchmark=False)[view]


SAVED: Mapping[str, tuple[Callable[[float], str], Callable[[Evaluation], float]]] = {
    "Saved on agencies’ books": (about, lambda e: savings(e, at_benchmark=False).agencies),
    "Of it, cash that could be spent elsewhere": (about, cash),
}
"""What is told of savings at the effort that pays best: how it is written, and what it is."""
VALUE: Mapping[str, tuple[Callable[[float], str], Callable[[Evaluation], float]]] = {
    "Society’s gain less cost (net present value)": (about, lambda e: value(e, "society").net),
    "Benefit to society for each £1 of support": (pence, lambda e: value(e, "society").ratio),
    "Cash for each £1 paid": (pence, lambda e: value(e, "cash").ratio),
}
"""The same of value for money."""
VARIED = "max_effect"
READING = (
    f"How sure: 90 of {DRAWS} draws (ways things could be) of risks, how support works and how much people need; for "
    "savings and value, if support changes as little, or as much, as assumed. Both are at the support that the price "
    "rewards, in prices of {year}, the contract’s taken to be of {contract} (assumed); value is against no contract, "
    "later money counting for less ({rate} a year), society’s cost that of the support."
)


UNITS: Mapping[Callable[[float], str], str] = {
    pence: "£",
    pounds: "£",
    millions: "£",
    about: "£",
    percent: "share",
    share_for_results: "share",
    of_people: "share of people",
    count: "number",
}
"""Formatter -> the unit of what it writes."""
UNKNOWN = float("nan")


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, how it is written, its value, its range and the value of A; nan for what is not told."""

    what: str
    write: Callable[[float], str]
    value: float
    low: float
    high: float
    beside: float

    @property
    def unit(self) -> str:
        """The unit of the numbers."""
        return UNITS[self.write]

    @property
    def texts(self) -> dict[str, str]:
        """The value, its range and the value of A in words; "" for a range that is not told."""
        low, high = self.write(self.low), self.write(self.high)
        between = low if low == high else f"{low.removesuffix(OF_PEOPLE)} to {high}"
        return {
            "value": self.write(self.value),
            "sure": "" if math.isnan(self.low + self.high) else between,
            "beside": self.write(self.beside),
        }


def rows(cover: Cover) -> dict[str, list[Figure]]:
    """Every figure, under what it is about; ``beside`` is nan throughout where no A is pinned."""
    evaluation, a = cover.evaluation, cover.pinned
    drawn = how_sure.draw(evaluation, how_sure.strata_for(evaluation.scenario, evaluation.cohort)).by()

    def told(name: str) -> Figure:
        (what, write), total = LABELS[name], comparison.TOTALS[name]
        low, high = in_draws(drawn, name)
        return Figure(what, write, total(evaluation), low, high, UNKNOWN if a is None else total(a))

    both = saved_and_valued(evaluation, a)
    saved, valued = both[: len(SAVED)], both[len(SAVED) :]
    return {
        "What it rewards, and value for money": [*(told(name) for name in REWARDS), *valued],
        "What it costs and saves in a year": [*(told(name) for name in MONEY), *saved],
    }


def in_draws(drawn: HowSure, name: str) -> tuple[float, float]:
    """The range of a figure that holds 90 of 100 draws; nan for one that is not drawn, or not defined."""
    if name not in DRAWN:
        return UNKNOWN, UNKNOWN
    spread = getattr(drawn, DRAWN[name])
    return float(spread.low[0]), float(spread.high[0])


def saved_and_valued(evaluation: Evaluation, a: Evaluation | None) -> list[Figure]:
    """The savings of agencies, then value for money, with what they are at either end of what support can change."""
    ends = around(VARIED, evaluation.scenario)
    scenarios = [evaluation.scenario.with_(**{VARIED: value}) for value in (ends.low, ends.high)]
    low, high = (evaluate(scenario, evaluation.cohort) for scenario in scenarios)
    return [
        Figure(what, write, told(evaluation), told(low), told(high), UNKNOWN if a is None else told(a))
        for what, (write, told) in {**SAVED, **VALUE}.items()
    ]


def reading(evaluation: Evaluation) -> str:
    """How to read the figures: what the ranges hold, the prices of savings, and where costs are another country's."""
    scenario = evaluation.scenario
    year, contract = (costs.year_words(int(year)) for year in (scenario.price_year, scenario.contract_year))
    said = READING.format(year=year, contract=contract, rate=stated(scenario, "discount_rate"))
    return " ".join(filter(None, (said, who_saves.changed(scenario), costs.of_another_country(evaluation.cohort))))
