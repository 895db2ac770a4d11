"""Numbers and findings in words, for pages, the command line and what a reader takes away."""

import math

from pricing import MODEL_VERSION
from pricing.evaluate import Evaluation
from pricing.scenario.in_words import stated
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario

NOT_SHOWN = "–"
LIMITS = (
    "These figures say what a price rewards under stated assumptions. They do not forecast what any provider will do."
)
"""The sentence on how every result may be read."""


def pounds(amount: float) -> str:
    """Whole pounds, with a true minus sign."""
    if math.isnan(amount):
        return NOT_SHOWN
    return f"{'−' if round(amount) < 0 else ''}£{abs(amount):,.0f}"


def signed(amount: float) -> str:
    """Whole pounds with a sign: +£12 is received, −£12 is paid."""
    return ("+" if round(amount) > 0 else "") + pounds(amount)


def pence(amount: float) -> str:
    """Pounds and pence, with a true minus sign."""
    if math.isnan(amount):
        return NOT_SHOWN
    return f"{'−' if round(amount, 2) < 0 else ''}£{abs(amount):,.2f}"


def millions(amount: float) -> str:
    """Large sums: £1.23m; under a million, whole pounds."""
    if abs(amount) < 1e6:
        return pounds(amount)
    return f"{'−' if amount < 0 else ''}£{abs(amount) / 1e6:,.2f}m"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return NOT_SHOWN if math.isnan(share) else f"{share:.0%}".replace("-", "−")


def hours(count: float) -> str:
    """Hours, with one decimal below ten."""
    if math.isnan(count):
        return NOT_SHOWN
    return f"{count:.1f}" if count < 10 and count != round(count) else f"{count:,.0f}"


def points(change: float) -> str:
    """Percentage points, to one decimal."""
    return f"{'−' if round(change, 1) < 0 else ''}{abs(change):.1f} points"


def count(number: float) -> str:
    """A number of people or events."""
    return f"{number:,.0f}"


def version_line() -> str:
    """The line under every page."""
    return f"Model version {MODEL_VERSION}. {LIMITS}"


def unit(metric: str, target: str) -> str:
    """What one unit of a metric is."""
    return METRICS[metric].unit_under(target)


def prices(evaluation: Evaluation) -> str:
    """The price per unit of each metric that is paid."""
    target, paid = evaluation.scenario.target, evaluation.terms.unit_prices.items()
    return " and ".join(f"{pounds(price)} per {unit(metric, target)}" for metric, price in paid)


def verdict(evaluation: Evaluation) -> str:
    """The current price in one sentence."""
    totals, payback = evaluation.totals, evaluation.payback
    if math.isnan(payback):
        return "Nobody here needs more than the contractual minimum, so this price is not put to the test."
    share = totals["parked_people"] / totals["people"]
    if payback >= 1 and share < 0.05:
        return (
            f"This price rewards giving people the support they need: an extra £1 pays back {pence(payback)} on "
            f"average, and for {percent(1 - share)} of people it does not pay to do the minimum."
        )
    return (
        f"This price rewards doing the minimum for {percent(share)} of people: an extra £1 of the support "
        f"they need pays back {pence(payback)} on average."
    )


def in_force(scenario: Scenario) -> str:
    """The main terms of a price, in a line."""
    share = stated(scenario, "results_share")
    return f"{stated(scenario, 'contract_value')} per person per year, {share} of it on results."
