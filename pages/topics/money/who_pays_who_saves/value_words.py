"""Value for money in words and a table. No streamlit."""

import pandas as pd

from pages.kit.markdown import NOT_SHOWN, about, pence
from pages.topics.money.who_pays_who_saves.words import prices
from pricing.evaluate import Evaluation
from pricing.questions.savings.appraisal import VIEWS, Value, contract_prices, results_factor, savings_factor
from pricing.questions.savings.costs import year_words
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario

COSTS = {
    "society": "cost of the support",
    "agencies": "pay",
    "cash": "pay",
}
"""What each view holds its gains against."""


def title(found: dict[str, Value]) -> str:
    """Benefit-cost ratio to society and to agencies, where there is one."""
    society, agencies, cash = (found[view] for view in VIEWS)
    if society.spent <= 0:
        return "No support is given, so there is nothing to appraise"
    said = f"Each £1 that the support costs brings society {pence(society.ratio)}"
    if agencies.spent_today <= 0:
        return f"{said}; the commissioner pays nothing in all"
    off, money = pence(agencies.ratio), pence(cash.ratio)
    if off == pence(0):
        off = "less than 1p" if agencies.gained > 0 else "nothing"
        return f"{said}; each £1 that is paid takes {off} off agencies’ books"
    of_it = {off: "all", pence(0): "hardly any"}.get(money, money)
    return f"{said}; each £1 that is paid takes {off} off agencies’ books, {of_it} of it cash"


def table(found: dict[str, Value]) -> pd.DataFrame:
    """A row for each view: gains and costs as they fall and as present values, net, and the ratio."""
    rows = [
        {
            "Seen from": words,
            "Gained": about(found[view].gained),
            "Gained, later money counting less (present value)": about(found[view].gained_today),
            "Held against": COSTS[view],
            "Spent": about(found[view].spent),
            "Spent, later money counting less (present value)": about(found[view].spent_today),
            "Gained less spent (net present value)": about(found[view].net),
            "Gained for each £1 (benefit–cost ratio)": pence(found[view].ratio)
            if found[view].spent_today > 0
            else NOT_SHOWN,
        }
        for view, words in VIEWS.items()
    ]
    return pd.DataFrame(rows).set_index("Seen from").T.reset_index(names="Seen from")


def reading(evaluation: Evaluation) -> str:
    """How the figures are made, and which of them are assumed."""
    scenario = evaluation.scenario
    return (
        f"Against no contract and no support at all, in {prices(scenario)}; {years(scenario)}. {brought(scenario)} "
        f"Money counts for less the later it comes: {stated(scenario, 'discount_rate')} a year (the discount rate; "
        f"the Treasury’s Green Book has 3.5%). So £1 of results, {stated(scenario, 'payment_lag_months')} months "
        f"later, counts {pence(results_factor(scenario))}; £1 of savings, over {many(scenario, 'savings_years')} "
        f"(assumed), {pence(savings_factor(scenario))}. To society a payment only passes from one purse to another (a "
        "transfer), so its costs are those of the support. Society’s gain counts what victims and the economy bear; "
        "little of that comes back to any budget. What becomes cash is assumed."
    )


def many(scenario: Scenario, name: str) -> str:
    """A number of years."""
    number = stated(scenario, name)
    return "1 year" if number == "1" else f"{number} years"


def years(scenario: Scenario) -> str:
    """How many years' people are appraised."""
    number = scenario.appraised_years
    return "one year’s people" if number == 1 else f"the people of {many(scenario, 'appraised_years')}"


def brought(scenario: Scenario) -> str:
    """From which year's prices the contract is brought, and how."""
    year = year_words(int(scenario.contract_year))
    if scenario.contract_year == scenario.price_year:
        return f"The contract is taken to be in {year} prices too (assumed)."
    return f"The contract, taken to be in {year} prices (assumed), is multiplied by {contract_prices(scenario):.3f}."
