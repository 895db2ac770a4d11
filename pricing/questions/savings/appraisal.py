"""Value for money as HM Treasury's Green Book asks: present values in one price base, net and as a ratio.

The comparison is with no contract and no support at all. Amounts are real. The year of the support is year 0, which is
not discounted; results are paid, and savings come, after it. To society a payment to the provider is a transfer: what
counts is what the support costs to give. No optimism bias, and no weight for who gains, is applied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from pricing.evaluate import Evaluation
from pricing.questions.savings import costs
from pricing.questions.savings.pot import Pot
from pricing.questions.savings.saved import savings
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import about, pence
from pricing.words.spend import spend

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "society": "Society",
        "agencies": "Agencies’ books",
        "cash": "Cash alone",
    }
)
"""Whose gain is held beside what it costs, the widest first; key -> words."""


@dataclass(frozen=True)
class Value:
    """Gains and costs of one view in £: ``gained`` and ``spent`` as they fall, and as present values.

    For society ``spent`` is what the support costs to give; elsewhere what the commissioner pays.
    """

    gained: float
    spent: float
    gained_today: float
    spent_today: float

    @property
    def net(self) -> float:
        """Net present value, £."""
        return self.gained_today - self.spent_today

    @property
    def ratio(self) -> float:
        """Present value of the gains for each £1 of that of the costs; nan where nothing is spent."""
        return self.gained_today / self.spent_today if self.spent_today > 0 else float("nan")


def appraise(evaluation: Evaluation, *, at_benchmark: bool) -> dict[str, Value]:
    """Value for money by key of VIEWS, where it pays best to be, or with the support that people need."""
    scenario, found = evaluation.scenario, evaluation.incentives
    saved = savings(evaluation, at_benchmark=at_benchmark)
    cash = sum(share.cash for share in Pot(saved).by_agency)
    base, many, late = contract_prices(scenario), years_of_people(scenario), results_factor(scenario)
    hours = found.benchmark_hours if at_benchmark else found.chosen_hours
    given = base * evaluation.cohort.total(scenario.cost_before_support + scenario.hour_cost * hours)
    fee = base * evaluation.totals["fee"]
    results = base * spend(evaluation)["benchmark" if at_benchmark else "chosen"].for_results
    costs_of = {"society": (given, given)} | dict.fromkeys(("agencies", "cash"), (fee + results, fee + late * results))
    gains, factor = {"society": saved.society, "agencies": saved.agencies, "cash": cash}, savings_factor(scenario)
    return {
        view: Value(
            round(scenario.appraised_years) * gained,
            round(scenario.appraised_years) * costs_of[view][0],
            many * factor * gained,
            many * costs_of[view][1],
        )
        for view, gained in gains.items()
    }


def contract_prices(scenario: Scenario) -> float:
    """What £1 of the contract comes to in the prices that savings are in."""
    return costs.uprating(int(scenario.contract_year), int(scenario.price_year))


def discounted(scenario: Scenario, years: float) -> float:
    """Present value of £1 that comes so many years after the support."""
    return float((1 + scenario.discount_rate) ** -years)


def results_factor(scenario: Scenario) -> float:
    """Present value of £1 of results pay, which comes when the contract says."""
    return discounted(scenario, scenario.payment_lag_months / 12)


def savings_factor(scenario: Scenario) -> float:
    """Present value of £1 of savings, in equal parts over their whole years, the first that of the support."""
    return float(np.mean([discounted(scenario, year) for year in range(round(scenario.savings_years))]))


def years_of_people(scenario: Scenario) -> float:
    """How many times one year's present value those of all appraised years of people come to."""
    return sum(discounted(scenario, year) for year in range(round(scenario.appraised_years)))


def sentence(evaluation: Evaluation, *, at_benchmark: bool = False) -> str:
    """Net present value and benefit-cost ratio to society, and what agencies save for each £1 paid."""
    found, scenario = appraise(evaluation, at_benchmark=at_benchmark), evaluation.scenario
    year, rate = costs.year_words(int(scenario.price_year)), stated(scenario, "discount_rate")
    society = f"What society gains less what the support costs (net present value): {about(found['society'].net)}"
    if found["society"].spent > 0:
        society += f", a benefit of {pence(found['society'].ratio)} for each £1 of what the support costs"
    if found["cash"].spent_today <= 0:
        paid = "The commissioner pays nothing in all."
    else:
        off, cash = pence(found["agencies"].ratio), pence(found["cash"].ratio)
        paid = f"For each £1 that the commissioner pays, {off} comes off agencies’ books and {cash} becomes cash."
    elsewhere = costs.of_another_country(evaluation.cohort)
    later = f"{year} prices; later money counts for less, by {rate} a year"
    return f"{society} ({later}). {paid} {elsewhere}".strip()
